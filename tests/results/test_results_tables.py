import dataclasses

import numpy as np
import pytest
from pyproj import Geod

from siting.model.archetypes import archetypes
from siting.model.plan import weighed
from siting.model.zones import ESTATES, SCOUTED_KM
from siting.results import tables
from siting.results.columns import column_of
from siting.results.customers import CUSTOMERS_SHOWN, customers_of
from siting.results.neighbours import estates_of, runners_up
from siting.results.sites import pillar_odds
from siting.results.tables import laws_at
from siting.results.workbook.book import write_workbook
from siting.study.criteria import CRITERIA, PILLARS
from siting.world import policy


@pytest.fixture(scope="module")
def listed(nordic):
    return tables.ranked_sites(nordic)


def test_ranks_run_from_one_without_a_gap(listed, nordic):
    assert listed["rank"].tolist() == list(range(1, len(nordic.zones.head) + 1))
    assert listed["site_id"].is_unique
    assert set(listed["country"]) <= {"SE", "FI", "NO", "MA"}


def test_scouted_zones_come_first_and_each_group_by_its_share(listed, nordic):
    assert listed["scouted"].eq("yes").tolist() == nordic.zones.scouted.tolist()
    assert listed["scouted"].is_monotonic_decreasing
    for _, group in listed.groupby("scouted"):
        assert group["share"].is_monotonic_decreasing
    assert listed["share"].sum() <= 1 + 1e-4
    assert (listed["share"] <= listed["country_share"] + 1e-6).all()


def test_a_share_is_the_sum_over_the_zone_and_the_country(listed, nordic):
    utility = sum(nordic.values[c] * w for c, w in nordic.weights.items()).to_numpy()
    weight = np.exp(3.6 * (utility - utility.max()))
    chance = weight / weight.sum()
    for number, row in enumerate(listed.itertuples(), start=1):
        assert row.share == pytest.approx(chance[nordic.zones.zone == number].sum(), abs=1e-6)
        own = nordic.places["country"].eq(row.country)
        assert row.country_share == pytest.approx(chance[own].sum(), abs=1e-6)


def test_odds_of_pillars_and_of_criteria_multiply_to_those_of_the_site(listed, nordic):
    pillars = listed[[f"odds_{p}" for p in PILLARS if f"odds_{p}" in listed]]
    criteria = listed[[f"odds_{c}" for c in weighed(nordic)]]
    whole = np.log(listed["odds_vs_median"].to_numpy())
    for frame in (pillars, criteria):
        assert np.log(frame).sum(axis=1).to_numpy() == pytest.approx(whole, abs=1e-2)


def test_odds_of_a_pillar_are_against_the_median_of_all_places(nordic):
    made = pillar_odds(nordic)
    assert list(made) == list(PILLARS)
    policy = [c for c in weighed(nordic) if CRITERIA[c].pillar == "policy"]
    values = nordic.values[policy]
    ln = 3.6 * ((values - values.median()) * nordic.weights[policy]).sum(axis=1)
    assert made["policy"].to_numpy() == pytest.approx(ln.to_numpy())
    assert (made["surroundings"] == 0).all()


def test_the_chance_that_it_pays_stands_beside_the_score(listed, nordic):
    margin = nordic.measures.outcome["margin"].to_numpy()[nordic.zones.head]
    likely = margin > nordic.measures.landed.swings.drift[nordic.zones.head]
    assert (listed["chance_it_pays"].to_numpy() > 0.5).tolist() == likely.tolist()
    assert listed["chance_it_pays"].between(0, 1).all()


def test_runners_up_lie_in_the_zone_and_bear_their_odds(nordic):
    others = runners_up(nordic)
    assert len(others)
    at = nordic.places.set_index("site_id")
    head, other = at.loc[others["head_id"]], at.loc[others["site_id"]]
    km = Geod(ellps="WGS84").inv(head["lon"], head["lat"], other["lon"], other["lat"])[2] / 1000
    assert others["km_away"].to_numpy() == pytest.approx(km, rel=0.01, abs=0.2)
    assert (head["country"].to_numpy() == other["country"].to_numpy()).all()
    assert not set(others["head_id"]) & set(others["site_id"])
    chance = dict(zip(nordic.places["site_id"], nordic.chance, strict=True))
    against = others["site_id"].map(chance) / others["head_id"].map(chance)
    assert others["odds"].to_numpy() == pytest.approx(against.to_numpy())


def test_every_named_site_of_a_zone_is_listed_by_name(nordic, listed):
    made = estates_of(nordic)
    named = nordic.places["kind"].isin(ESTATES).to_numpy() & (nordic.zones.zone > 0)
    zone_of = dict(zip(nordic.places["site_id"], nordic.zones.zone, strict=True))
    of_zone = made[made["site_id"].map(zone_of).eq(made["zone"])]
    assert sorted(of_zone["site_id"]) == sorted(nordic.places["site_id"][named])
    # the rest are those next door of zones without one, and near the site of the zone
    borrowed = made.drop(of_zone.index)
    assert not set(borrowed["zone"]) & set(of_zone["zone"])
    assert (borrowed["km_away"] <= SCOUTED_KM).all()
    assert {"zone", "head_id", "site_id", "name", "country", "lat", "lon", "km_away"} <= set(made)
    assert {"operator", "area_ha_available", "special_regime"} <= set(made)
    for zone, group in made.groupby("zone"):
        assert group["name"].is_monotonic_increasing
        assert listed["estates"][zone - 1] == ";".join(group["name"])
        assert set(group["head_id"]) == {listed["site_id"][zone - 1]}


def test_every_criterion_that_weighs_has_a_column_with_its_unit(listed, nordic):
    for criterion in weighed(nordic):
        column = column_of(criterion)
        assert column in listed
        raw = nordic.measures.raw[criterion].to_numpy(float)[nordic.zones.head]
        assert listed[column].to_numpy(float) == pytest.approx(raw, abs=6e-4)


@pytest.mark.parametrize("criterion", CRITERIA)
def test_a_unit_stands_in_the_name_of_the_column(criterion):
    column = column_of(criterion)
    unit = CRITERIA[criterion].unit
    if unit == "0-1":
        assert column == criterion
    elif unit in ("km", "year", "works"):
        assert column.endswith(f"_{unit}")
    else:
        assert column.startswith(f"{criterion}_")
        assert set(column) <= set("abcdefghijklmnopqrstuvwxyz_0123456789")


def test_parts_of_the_delivered_cost_add_up(listed):
    parts = listed[[c for c in listed if c.startswith("cost_") and c.endswith("_usd_per_t")]]
    assert parts.shape[1] >= 5
    whole = listed["delivered_cost_usd_per_t"].to_numpy()
    assert parts.sum(axis=1).to_numpy() == pytest.approx(whole, abs=4)


def test_completeness_is_counted(listed):
    assert (listed["criteria_known"] <= listed["criteria_total"]).all()
    named = listed["criteria_imputed"].map(lambda text: len([c for c in text.split(";") if c]))
    assert (listed["criteria_total"] - listed["criteria_known"]).tolist() == named.tolist()


def test_customers_are_the_cheapest_to_reach_with_their_way(nordic):
    position = int(nordic.zones.head[0])
    near = customers_of(nordic, position)
    assert len(near) == CUSTOMERS_SHOWN
    assert near["usd_per_t"].is_monotonic_increasing
    buying = nordic.demand.plants["anode_kt"].to_numpy() > 0
    assert near["usd_per_t"].iloc[0] == pytest.approx(
        nordic.customers.freight[position, buying].min()
    )
    for row in near.to_dict("records"):
        km = sum(float(part.split()[1].replace(",", "")) for part in row["modes"].split(", r")[0:1])
        assert 0 < km <= row["km"] + 1
        assert row["modes"].split()[0] in {"road", "rail", "sea"}


def test_laws_of_a_site_are_named_in_their_order(listed, nordic):
    for position, text in zip(nordic.zones.head, listed["laws"], strict=True):
        alone = laws_at(nordic, np.array([position]))["instrument_id"]
        assert text == ";".join(alone)


def test_every_site_of_the_list_has_its_archetype(listed, nordic):
    named = {site: kind.name for kind in archetypes(nordic) for site in kind.members}
    assert listed["archetype"].tolist() == [named[site] for site in listed["site_id"]]


def test_laws_are_those_of_the_place_and_the_investor(nordic):
    heads = nordic.zones.head
    laws = laws_at(nordic, heads)
    assert laws["nth"].is_monotonic_increasing
    for nth, country in enumerate(nordic.places["country"].iloc[heads]):
        own = laws[laws["nth"].eq(nth)]
        others = {f"{c}-" for c in ("SE", "FI", "NO", "MA")} - {f"{country}-"}
        assert not set(own["instrument_id"].str[:3]) & others
        assert policy.applies_to_owner(own, nordic.study.investor).all()
    finnish = np.flatnonzero(nordic.places["country"].eq("FI"))[:1]
    assert "FI-NZ2035" in set(laws_at(nordic, finnish)["instrument_id"])


def test_where_no_law_holds_the_list_and_the_workbook_say_none(nordic, tmp_path):
    lawless = dataclasses.replace(nordic.facts, laws=nordic.facts.laws.iloc[:0])
    plan = dataclasses.replace(nordic, facts=lawless)
    made = tables.tables_of(plan)
    assert made.laws.empty
    assert tables.ranked_sites(plan, made)["laws"].eq("").all()
    write_workbook(plan, tmp_path / "ranked_sites.xlsx", made)
    assert (tmp_path / "ranked_sites.xlsx").stat().st_size > 0
