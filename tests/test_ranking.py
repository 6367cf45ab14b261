import numpy as np
import pandas as pd
import pytest
from pyproj import Geod

from siting.confidence.archetypes import archetypes
from siting.model.plan import weighed
from siting.model.scoring import LOSSES
from siting.results import ranking
from siting.results.shared import laws_at
from siting.study.criteria import CRITERIA


@pytest.fixture(scope="module")
def listed(nordic):
    return ranking.ranked_sites(nordic)


def test_ranks_run_from_one_without_a_gap(listed, nordic):
    assert listed["rank"].tolist() == list(range(1, len(nordic.zones.head) + 1))
    assert listed["site_id"].is_unique
    assert set(listed["country"]) <= {"SE", "FI", "NO", "MA"}


def test_points_of_pillars_and_losses_add_up_to_the_score(listed):
    points = listed[[c for c in listed if c.startswith("points_")]]
    assert points.sum(axis=1).to_numpy() == pytest.approx(listed["score"].to_numpy(), abs=0.06)
    losses = points[[f"points_{loss}" for loss in LOSSES if loss != "mixture"]]
    assert (losses <= 0).all(axis=None)


def test_pillar_points_are_exact_over_all_places(nordic):
    points = ranking.pillar_points(nordic)
    assert points.sum(axis=1).to_numpy() == pytest.approx(100 * nordic.score, abs=1e-9)


def test_runners_up_lie_in_the_zone_and_score_no_better_than_a_town_may(nordic):
    others = ranking.runners_up(nordic)
    assert len(others)
    geod = Geod(ellps="WGS84")
    at = nordic.places.set_index("site_id")
    head, other = at.loc[others["head_id"]], at.loc[others["site_id"]]
    km = geod.inv(head["lon"], head["lat"], other["lon"], other["lat"])[2] / 1000
    assert others["km_away"].to_numpy() == pytest.approx(km, rel=0.01, abs=0.2)
    assert (km <= nordic.study.listing.zone_km * 1.01).all()
    assert not set(others["head_id"]) & set(others["site_id"])
    shown = 100 * pd.Series(nordic.score[nordic.zones.head], range(1, len(nordic.zones.head) + 1))
    kinds = at.loc[
        others.loc[others["score"] > others["zone"].map(shown) + 1e-9, "site_id"], "kind"
    ]
    assert "industrial site" not in set(kinds)  # only a named site may stand before a better place


def test_every_criterion_that_weighs_has_a_column_with_its_unit(listed, nordic):
    for criterion in weighed(nordic):
        column = ranking.column_of(criterion)
        assert column in listed
        raw = nordic.measures.raw[criterion].to_numpy(float)[nordic.zones.head]
        assert listed[column].to_numpy(float) == pytest.approx(raw, abs=6e-4)


@pytest.mark.parametrize("criterion", CRITERIA)
def test_a_unit_is_said_in_the_name_of_the_column(criterion):
    column = ranking.column_of(criterion)
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
    near = ranking.customers_of(nordic, position)
    assert len(near) == ranking.CUSTOMERS_SHOWN
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
        alone = laws_at(nordic, np.array([position]))["zone_id"]
        assert text == ";".join(alone)


def test_every_site_of_the_list_has_its_archetype(listed, nordic):
    named = {site: kind.name for kind in archetypes(nordic) for site in kind.members}
    assert listed["archetype"].tolist() == [named[site] for site in listed["site_id"]]
