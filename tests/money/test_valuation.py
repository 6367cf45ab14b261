"""The value of real places: to the dollar by hand, and what tax and ramp-up move."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from test_cashflow import by_hand

from geodata.load import table
from siting.money import cashflow
from siting.money.landed import inputs_at
from siting.money.valuation import minimum_tax, project_of, schedule, tax_relief, terms_of
from siting.pipeline import make_plan
from siting.results.tables import money_at
from siting.study import finance
from siting.study.parameters import own_faults
from siting.study.product import catalogue
from siting.study.study import Candidates, Draws, Events, Finance, Study
from siting.study.studyfile import changed
from siting.world import facts as facts_module
from siting.world.conditions import conditions

BASE = Study(
    investor="KR",
    candidates=Candidates(sets=("industrial_sites",), countries=("ID", "US", "MA", "HU")),
    confidence=Draws(draws=0),
)


@pytest.fixture(scope="module")
def plan():
    return make_plan(BASE)


def at(plan, name):
    return int(np.flatnonzero(plan.places["name"].str.contains(name))[0])


def valued(plan, rows):
    """Return the project and the terms of some places of a plan."""
    places = plan.places.iloc[rows].reset_index(drop=True)
    at_places = conditions(plan.facts["place_factors"], places, plan.as_of)
    feed, sources = plan.customers.feed_freight[rows], plan.customers.feedstock
    inputs = inputs_at(plan.study, plan.facts, places, at_places, feed, sources)
    of = project_of(plan.study, plan.facts, places, plan.measures.landed.take(rows), inputs)
    return of, terms_of(plan.study, plan.facts)


@pytest.mark.parametrize("name", ["Kendal", "Clarksville"])
def test_the_value_of_a_place_by_hand_to_the_dollar(plan, name):
    row = np.array([at(plan, name)])
    of, terms = valued(plan, row)
    flows = by_hand(of, terms)
    rate = float(of.rate[0])
    tonnes = plan.study.capacity_ktpa * 1000
    value = sum(cash * tonnes / (1 + rate) ** year for year, cash in enumerate(flows))
    shown = money_at(plan, row)["npv_musd"].iloc[0] * 1e6
    assert shown == pytest.approx(value, abs=1.0)


def test_the_parts_of_the_cash_flow_are_those_of_the_cost(plan):
    """With output grown from the first day and no tax, the levelised cost comes back."""
    rows = plan.zones.head[:10]
    of, terms = valued(plan, rows)
    stack = plan.measures.stack.iloc[rows]
    output, life = of.output, cashflow.YEARS
    annuity = of.rate / (1 - (1 + of.rate) ** -life)
    capital = of.capex * (1 - of.aid_share) * annuity / output
    levelised = capital + of.fixed / output + of.variable + of.delivery
    credit = (of.credit * (1 + of.rate[:, None]) ** -np.arange(1, life + 1)).sum(axis=1)
    credit /= ((1 + of.rate[:, None]) ** -np.arange(1, life + 1)).sum(axis=1)
    assert levelised - credit == pytest.approx(stack.sum(axis=1).to_numpy(), rel=1e-9)
    assert terms.ramp_1_pct < terms.ramp_2_pct < terms.ramp_3_pct


def switched(plan, **off):
    study = plan.study.model_copy(update={"finance": Finance(**off)})
    return money_at(replace(plan, study=study), plan.zones.head[:20])


def test_tax_and_ramp_up_switched_off_move_the_value_and_nothing_else(plan):
    whole = switched(plan)
    moved = {"npv_musd", "irr_pct", "pays_after_tax_from", "tax_pct"}
    for off in ({"tax": False}, {"ramp_up": False}):
        other = switched(plan, **off)
        assert (other["pays_after_tax_from"] <= whole["pays_after_tax_from"] + 1e-6).all()
        same = [column for column in whole if column not in moved]
        pd.testing.assert_frame_equal(whole[same], other[same])
    untaxed = switched(plan, tax=False)
    assert (untaxed["tax_pct"] == 0).all()
    assert (untaxed["npv_musd"] >= whole["npv_musd"]).all()


def test_a_schedule_is_read_year_by_year():
    waived = schedule("4:100;9:75;2:50")
    assert waived.tolist() == [1.0] * 4 + [0.75] * 9 + [0.5] * 2
    assert schedule("5:100").tolist() == [1.0] * 5 + [0.0] * 10


def test_what_a_zone_grants_counts_in_zones_alone(plan):
    places = pd.DataFrame(
        {"country": ["MA", "MA"], "region": ["", ""], "zone": ["", ""],
         "site_type": ["free_zone", "industrial_park"]}
    )  # fmt: skip
    relief = tax_relief(plan.study, plan.facts, places)
    assert relief[0, :5].tolist() == [1.0] * 5
    assert (relief[1] == 0).all()


@pytest.mark.parametrize(
    ("investor", "country", "on", "floor"),
    [("CN", "ID", "2024-06-01", 0.0), ("CN", "ID", "2026-06-01", 0.15),
     ("KR", "US", "2026-06-01", 0.15), ("CN", "US", "2026-06-01", 0.0)],
)  # fmt: skip
def test_the_floor_is_that_of_the_host_or_of_the_home(investor, country, on, floor):
    study = Study(investor=investor, as_of=dt.date.fromisoformat(on))
    places = pd.DataFrame({"country": [country], "region": [""], "zone": [""]})
    least = minimum_tax(study, facts_module.load(study), places)
    assert (least == floor).all()


def test_a_surcharge_switched_off_takes_its_usd_from_the_ports_it_names_and_no_others():
    base = BASE.model_copy(
        update={
            "investor": "CN",
            "candidates": Candidates(sets=("industrial_sites",), countries=("OM", "ID")),
        }
    )
    charged = make_plan(base)
    free = make_plan(base.model_copy(update={"events": Events(off=("gulf-ports-2026",))}))
    usd = table("events").set_index("event_id").loc["gulf-ports-2026", "value"]
    for name, less in (("Sohar Freezone", usd), ("Kendal", 0.0)):
        one, other = at(charged, name), at(free, name)
        karawang = int(np.flatnonzero(charged.demand.plants["id"].eq("hli-karawang"))[0])
        freight = [
            float(plan.measures.landed.freight[i, karawang])
            for plan, i in ((charged, one), (free, other))
        ]
        assert freight[0] - freight[1] == pytest.approx(less, abs=0.01)
        feed = [
            plan.measures.stack[["feedstock", "feedstock_freight"]].iloc[i].sum()
            for plan, i in ((charged, one), (free, other))
        ]
        assert (feed[0] > feed[1]) == (less > 0)
        worth = [
            money_at(plan, np.array([i]))["npv_musd"].iloc[0]
            for plan, i in ((charged, one), (free, other))
        ]
        assert (worth[1] > worth[0] + 1) == (less > 0)
        rest = ["capital", "power", "gas", "labour", "maintenance", "hazard"]
        parts = [
            plan.measures.stack[rest].iloc[i].tolist()
            for plan, i in ((charged, one), (free, other))
        ]
        assert parts[0] == parts[1]


@pytest.mark.parametrize(
    ("row", "value", "way"),
    [
        ("FIN-WC", 30.0, -1), ("FIN-WC", 0.0, 1), ("YLD-START-1", 100.0, 1),
        ("YLD-START-2", 60.0, -1),
        ("RAMP-1", 60.0, 1), ("RAMP-2", 20.0, -1), ("RAMP-3", 99.0, 1), ("QUAL-SYN", 48.0, -1),
        ("PL-SPEND-1", 90.0, -1), ("PL-SPEND-3", 90.0, 1), ("TAX-CARVE-ASSET", 60.0, 1),
        ("TAX-CARVE-PAY", 90.0, 1), ("PL-TIME", 60.0, -1),
    ],
)  # fmt: skip
def test_a_study_sets_each_term_and_the_value_moves_its_way(plan, row, value, way):
    some = np.arange(len(plan.places))
    of, stated = valued(plan, some)
    # so that each term weighs: a plant that earns, taxed in part by the floor
    of = replace(of, price=of.price + 6000.0, minimum_tax=np.full_like(of.minimum_tax, 0.6))
    study = changed(plan.study, {"parameters": {row: value}})
    own = terms_of(study, plan.facts)
    before, after = (npv_of(of, terms) for terms in (stated, own))
    assert (way * (after - before) > 0).all()


def npv_of(of, terms):
    return cashflow.npv(cashflow.cash_flows(of, terms), of.rate)


@pytest.mark.parametrize("product", list(catalogue().values()), ids=list(catalogue()))
def test_every_term_of_a_product_may_be_set_and_no_other(product):
    rows = finance.own_rows(product)
    assert set(finance.BOUNDS) == set(rows)
    study = Study(product=product.key)
    central = table("anode_economics").set_index("param_id")["central"]
    own = {row: float(central[row]) for row in rows.values()}
    assert changed(study, {"parameters": own}).parameters == own
    for field, row in rows.items():
        low, high = finance.BOUNDS[field]
        for value, fits in ((low, True), (high, True), (low - 0.01, False), (high + 1, False)):
            assert bool(own_faults({row: value}, product, "box")) != fits
    each = (other.qualification for other in catalogue().values())
    other = next(row for row in each if row not in rows.values())
    assert own_faults({other: 24.0}, product, "box")


def test_no_bound_of_a_term_breaks_the_cash_flow(plan):
    of, _ = valued(plan, np.arange(3))
    for end in (0, 1):
        rows = finance.own_rows(catalogue()["synthetic"])
        own = {row: finance.BOUNDS[field][end] for field, row in rows.items()}
        terms = terms_of(changed(plan.study, {"parameters": own}), plan.facts)
        assert np.isfinite(npv_of(of, terms)).all()
