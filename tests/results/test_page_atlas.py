import re

import numpy as np
import pandas as pd
import pytest

from maps.numerals import share as share_text
from siting.model.archetypes import archetypes
from siting.model.plan import advantages
from siting.results.page import atlas as page_atlas
from siting.results.text.estates import facts_in_words

COLUMNS = {
    "sites": {
        "rank", "site_id", "name", "country", "country_name", "lat", "lon", "kind", "share",
        "share_low", "share_high", "country_share", "percentile", "odds", "scouted", "zone_name",
        "pays",
    },
    "criteria": {"site_id", "criterion", "pillar", "raw", "unit", "value", "odds", "imputed"},
    "runners_up": {"site_id", "name", "kind", "km_away", "facts"},
    "costs": {"site_id", "part", "usd_per_t"},
    "customers": {
        "site_id",
        "plant_id",
        "name",
        "kt",
        "usd_per_t",
        "km",
        "modes",
        "lat",
        "lon",
        "duty",
        "parity",
        "margin",
    },
    "policies": {"site_id", "instrument_id", "instrument", "effect", "status", "summary"},
    "barred": {"site_id", "name", "country", "lat", "lon", "rule", "rule_id"},
    "gigafactories": {"id", "name", "owner", "status", "capacity_gwh", "anode_kt"},
    "automakers": {"id", "name", "vehicles", "ev_status"},
    "rivals": {"id", "name", "product", "status", "ktpa"},
    "policy_countries": {
        "country", "score_hint", "in_force", "bars", "decides", "entry", "instruments",
    },
    "unranked": {"country", "why"},
    "zones": {"zone", "name", "rank", "hull", "sites"},
    "surface": {"h3", "kt"},
}  # fmt: skip


@pytest.fixture(scope="module")
def atlas(nordic):
    return page_atlas.atlas(nordic)


@pytest.mark.parametrize("frame", COLUMNS)
def test_every_frame_fits_what_the_map_draws(atlas, frame):
    table = getattr(atlas, frame)
    assert set(table.columns) >= COLUMNS[frame]
    if frame != "barred":
        assert len(table)


def test_pillars_sum_to_the_odds_against_the_median_place(atlas, nordic):
    pillars = atlas.contributions.set_index("site_id").sum(axis=1)
    odds = atlas.sites.set_index("site_id")["odds"]
    assert pillars[odds.index].to_numpy() == pytest.approx(odds.to_numpy())
    heads = nordic.zones.head[: len(odds)]
    assert odds.to_numpy() == pytest.approx(advantages(nordic).sum(axis=1).to_numpy()[heads])
    criteria = atlas.criteria.groupby("site_id")["odds"].sum()
    assert criteria[odds.index].to_numpy() == pytest.approx(odds.to_numpy())


def test_shares_are_those_of_zones_and_countries(atlas, nordic):
    sites = atlas.sites
    assert sites["share"].tolist() == nordic.zones.share[: len(sites)].tolist()
    total = nordic.chance[nordic.places["country"] == sites["country"][0]].sum()
    assert sites["country_share"][0] == pytest.approx(total)
    assert sites["scouted"].tolist() == nordic.zones.scouted[: len(sites)].tolist()
    assert (sites["share_low"] <= sites["share_high"]).all()


def test_zones_without_an_estate_come_after_the_sites(atlas, nordic):
    rest = atlas.unscouted
    assert not set(rest["site_id"]) & set(atlas.sites["site_id"])
    assert len(rest) == (~nordic.zones.scouted[len(atlas.sites) :]).sum()
    assert rest["share"].is_monotonic_decreasing


def test_estates_of_a_zone_are_by_name_and_hold_the_one_that_stands_for_it(atlas):
    for site, own in atlas.runners_up.groupby("site_id"):
        assert own["name"].is_monotonic_increasing
        stands = atlas.sites.set_index("site_id").loc[site]
        # a zone that borrows the estates next door is stood for by its likeliest place
        estate = stands["kind"] == "industrial site"
        assert (stands["name"] in set(own["name"])) == estate


def test_what_is_known_of_an_estate_is_a_line():
    estates = pd.DataFrame(
        {"site_type": ["free_zone", ""], "status": ["partly_taken", "unknown"],
         "area_ha_available": [1408.0, np.nan], "rail": ["y", "n"], "gas": ["n", ""],
         "special_regime": ["0 % tax", "none"], "notable_tenants": ["One;Two", np.nan]}
    )  # fmt: skip
    first, second = facts_in_words(estates)
    assert first == (
        "free zone \u00b7 partly taken \u00b7 1,408 ha available \u00b7 rail \u00b7 "
        "0 % tax \u00b7 tenants: One, Two"
    )
    assert second == ""
    assert facts_in_words(pd.DataFrame({"name": ["Own"]})) == [""]


def test_the_sites_are_the_heads_of_the_first_zones(atlas, nordic):
    heads = nordic.zones.head[: nordic.study.listing.top]
    assert atlas.sites["site_id"].tolist() == nordic.places["site_id"].iloc[heads].tolist()
    assert atlas.sites["rank"].tolist() == list(range(1, len(heads) + 1))


def test_hulls_hold_the_places_of_their_zone(atlas, nordic):
    for zone in atlas.zones.itertuples():
        lat, lon = np.array(zone.hull).T
        members = nordic.places[nordic.zones.zone == zone.zone]
        assert members["lat"].astype(float).between(lat.min(), lat.max()).all()
        assert members["lon"].astype(float).between(lon.min(), lon.max()).all()


def test_the_title_is_the_question_in_words(atlas, nordic):
    assert atlas.title == "Where to build 50 kt a year of synthetic graphite"
    assert atlas.subtitle.endswith("as known on 22 November 2026")
    first = nordic.places["name"].iloc[nordic.zones.head[0]]
    share = share_text(nordic.zones.share[0])
    begins = rf"Rank 1: {re.escape(first)}.*: a {share} chance of the next plant; then "
    assert re.match(begins, atlas.answer)
    assert "By country: " in atlas.answer
    assert "this investor's next plant" in atlas.notes[0]


def test_the_map_names_the_archetype_of_the_list(atlas, nordic):
    named = {site: kind.name for kind in archetypes(nordic) for site in kind.members}
    assert atlas.sites["archetype"].tolist() == [named[site] for site in atlas.sites["site_id"]]
