import numpy as np
import pytest

from siting.confidence.archetypes import archetypes
from siting.results import mapping

COLUMNS = {
    "sites": {"rank", "site_id", "name", "country", "country_name", "lat", "lon", "kind", "score"},
    "criteria": {"site_id", "criterion", "pillar", "raw", "unit", "value", "points", "imputed"},
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
    "policies": {"site_id", "zone_id", "instrument", "effect", "status", "summary"},
    "barred": {"site_id", "name", "country", "lat", "lon", "rule", "rule_id"},
    "gigafactories": {"id", "name", "owner", "status", "gwh_2030", "anode_kt"},
    "automakers": {"id", "name", "vehicles", "ev_status"},
    "rivals": {"id", "name", "product", "status", "ktpa"},
    "policy_countries": {"country", "score_hint", "in_force", "bars", "instruments"},
    "zones": {"zone", "name", "rank", "hull", "sites"},
    "surface": {"h3", "kt"},
}


@pytest.fixture(scope="module")
def atlas(nordic):
    return mapping.atlas(nordic)


@pytest.mark.parametrize("frame", COLUMNS)
def test_every_frame_fits_what_the_map_draws(atlas, frame):
    table = getattr(atlas, frame)
    assert set(table.columns) >= COLUMNS[frame]
    if frame != "barred":
        assert len(table)


def test_contributions_sum_to_the_score(atlas):
    points = atlas.contributions.set_index("site_id").sum(axis=1)
    score = atlas.sites.set_index("site_id")["score"]
    assert points[score.index].to_numpy() == pytest.approx(score.to_numpy())


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
    assert nordic.places["name"].iloc[nordic.zones.head[0]] in atlas.answer


def test_the_map_names_the_archetype_of_the_list(atlas, nordic):
    named = {site: kind.name for kind in archetypes(nordic) for site in kind.members}
    assert atlas.sites["archetype"].tolist() == [named[site] for site in atlas.sites["site_id"]]
