"""The merit order of a customer, by hand and against the cost at a place."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from geodata.errors import SitingError
from siting.money.cost import Swings
from siting.money.landed import Landed
from siting.money.merit import merit_at, merit_order
from siting.money.sitecost import cost_at
from siting.world.gazetteer import place


@pytest.fixture(scope="module")
def swedish(nordic):
    return merit_at(nordic.study, nordic.facts, nordic.demand, "lyten-skelleftea")


def three_sites() -> tuple[Landed, pd.DataFrame]:
    """Sites at 3,000, 2,000 and 2,500 USD at the gate, seen from two customers."""
    stack = pd.DataFrame({"capital": [1000.0, 500.0, 900.0], "power": [2000.0, 1500.0, 1600.0]})
    freight = np.array([[50, 10], [700, 20], [100, 30]], dtype=np.float32)
    duty = np.array([[0, 5], [400, 0], [0, 0]], dtype=np.float32)
    gates = pd.DataFrame({"price": [2900.0, 2100.0]})
    none, both = np.zeros(3), np.ones(2)
    swing = lambda: Swings({}, {}, none, none)  # noqa: E731 - the range is not looked at
    found = Landed(stack, swing, none, freight, duty, gates, freight, both, both)
    return found, pd.DataFrame({"site_id": ["a", "b", "c"], "name": ["A", "B", "C"]})


def test_the_order_by_hand():
    found, names = three_sites()
    rows = merit_order(found, 0, names, 40.0)
    assert rows["site_id"].tolist() == ["c", "a", "b"]
    assert rows["delivered"].tolist() == [2600, 3050, 3100]
    assert rows["margin"].tolist() == [300, -150, -200]
    assert rows["kt_before"].tolist() == [0, 40, 80]
    # the other customer is nearer to b
    assert merit_order(found, 1, names, 40.0)["site_id"].tolist() == ["b", "c", "a"]


def test_equals_stand_by_their_id():
    found, names = three_sites()
    free = np.zeros((3, 2), dtype=np.float32)
    same = replace(found, stack=found.stack * 0 + 5, freight=free, duty=free)
    rows = merit_order(same, 0, names.assign(site_id=["z", "m", "a"]), 1.0)
    assert rows["site_id"].tolist() == ["a", "m", "z"]


def test_sites_stand_from_the_cheapest_to_the_dearest(swedish, nordic):
    gate, rows = swedish
    assert rows["delivered"].is_monotonic_increasing
    assert rows["site_id"].is_unique
    assert (rows["cost"] + rows["freight"] + rows["duty"]).to_numpy() == pytest.approx(
        rows["delivered"].to_numpy()
    )
    assert (gate["price"] - rows["delivered"]).to_numpy() == pytest.approx(
        rows["margin"].to_numpy()
    )
    assert np.diff(rows["kt_before"]) == pytest.approx(nordic.study.capacity_ktpa)


def test_countries_that_are_out_on_the_date_are_left_out(swedish, nordic):
    _, rows = swedish
    assert {"CN", "RU"} <= set(nordic.facts.closed)
    assert not set(rows["country"]) & set(nordic.facts.closed)
    assert "FI" in set(rows["country"])
    closed = replace(nordic.facts, closed={**nordic.facts.closed, "FI": "war"})
    _, fewer = merit_at(nordic.study, closed, nordic.demand, "lyten-skelleftea")
    kept = rows.loc[rows["country"].ne("FI"), "site_id"]
    assert fewer["site_id"].tolist() == kept.tolist()


def test_the_gate_is_that_of_the_customer(swedish, nordic):
    gate, _ = swedish
    plants = nordic.demand.plants.set_index("id")
    assert gate["name"] == plants.loc["lyten-skelleftea", "name"]
    assert gate["kt"] == pytest.approx(plants.loc["lyten-skelleftea", "anode_kt"])
    assert gate["price"] >= gate["parity"] > 0


@pytest.mark.parametrize("row", [0, 50, -1])
def test_a_site_costs_what_it_costs_alone(swedish, nordic, row):
    gate, rows = swedish
    site = rows.iloc[row]
    there = place(site["site_id"])
    found = cost_at(nordic.study, nordic.facts, nordic.demand, there)
    alone = found.customers.set_index("plant_id").loc[gate["plant_id"]]
    assert found.usd_per_t == pytest.approx(site["cost"], rel=1e-5)
    assert alone["delivered"] == pytest.approx(site["delivered"], rel=1e-5)
    assert alone["parity"] == pytest.approx(gate["parity"])


def test_a_customer_nobody_knows_is_a_fault(nordic):
    with pytest.raises(SitingError, match="no such customer"):
        merit_at(nordic.study, nordic.facts, nordic.demand, "nobody at all")
