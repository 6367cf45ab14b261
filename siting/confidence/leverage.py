"""How much of the answer each row of the tables carries.

The answer is half the score and half the money of the listed zones, each by its share.

    score   a criterion counts by |ln of the odds against the median place| over their sum
    money   a figure counts by the USD a tonne that it stands for, over their sum: the change of
            price less delivered cost when it alone grows by 1 %, times 100

A criterion that is a sum of money counts through the same figures; what is measured between two
places counts half for the row at either end.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from geodata.arrays import Floats
from siting.confidence.evidence import reads
from siting.model.plan import Plan, advantages
from siting.money import cost
from siting.money.capex import CapexModel
from siting.money.landed import inputs_at, parameters_of, plant_of
from siting.study.parameters import Parameters, Ranges
from siting.world import pull
from siting.world.conditions import Conditions, conditions

Mix = Mapping[str, float]

STEP = 0.01
TINY = 1e-12  # in place of a sum of nothing
LEAST = 1e-4  # of a zone's answer: less is not read
# figure -> field of `cost.Inputs`
INPUTS = {
    "power": "power_usd_per_mwh",
    "gas": "gas_usd_per_mmbtu",
    "wage": "wage_usd_per_h",
    "carbon": "carbon_g_per_kwh",
    "risk": "risk_premium",
    "aid": "aid_share",
}
# Criterion -> figures that it is read from; the estate stands for the geometry around it.
CRITERIA: dict[str, Mix] = {
    "compatriots": {"works": 0.5, "estate": 0.5},
    "accessible_demand": {"demand": 0.5, "estate": 0.5},
    "unserved_demand": {"unserved": 0.5, "estate": 0.5},
    "compatriot_cells": {"kin": 0.5, "estate": 0.5},
    "automaker_pull": {"cars": 0.5, "estate": 0.5},
    "import_duty": {"demand": 0.5, "duty": 0.5},
    "openness": {"entry": 1.0},
    "governance": {"stability": 0.5, "quality": 0.5},
    "power_price": {"power": 1.0},
    "wage": {"wage": 1.0},
    "grid_carbon": {"carbon": 1.0},
    **{name: {name: 1.0} for name in ("logistics", "net_zero_year", *pull.CRITERIA)},
    **{name: {"estate": 1.0} for name in ("port_km", "rail_km", "workforce", "grid_strength",
                                          "carbon_works")},
}  # fmt: skip
MONEY = ("delivered_cost", "margin", "served_demand")
PRICES = ("price_outside", "price_chinese")
# Part of the delivered cost -> figures: a freight is a rate times the km between two places.
WAYS: dict[str, Mix] = {
    "freight": {"rates": 0.5, "sold": 0.25, "estate": 0.25},
    "duty": {"duty": 0.5, "sold": 0.5},
    "feedstock_freight": {"rates": 0.5, "estate": 0.5},
}


def rows_that_decide(plan: Plan) -> pd.DataFrame:
    """Return the rows that the score and the money of the listed zones rest on.

    Returns
    -------
    DataFrame
        table, row (position in it), share (of the answer), zones (how many read it). Shares sum
        to less than 1: geometry and what a study sets itself are in no table.
    """
    places = plan.places.iloc[plan.zones.head].reset_index(drop=True)
    local = conditions(plan.facts["place_factors"], places, plan.as_of)
    figures, listed = _carried(plan, places, local), plan.zones.share / plan.zones.share.sum()
    parts = [pd.DataFrame(columns=["table", "row", "nth", "share"])]
    for read in reads(plan, places, local):
        if read.figure in figures:
            of_zone = figures[read.figure][:, None] * read.share
            nth, k = np.nonzero(of_zone > LEAST)
            parts.append(
                pd.DataFrame(
                    {
                        "table": read.table,
                        "row": read.rows[k],
                        "nth": nth,
                        "share": (of_zone * listed[:, None])[nth, k],
                    }
                )
            )
    rows = pd.concat(parts[1:] or parts, ignore_index=True).groupby(["table", "row"])
    return rows.agg(share=("share", "sum"), zones=("nth", "nunique")).reset_index()


def _carried(plan: Plan, places: pd.DataFrame, local: Conditions) -> dict[str, Floats]:
    """Return what each figure carries of the answer of each zone (n,); all sum to 1 at most."""
    money = _usd(plan, places, local)
    costs = {figure: usd for figure, usd in money.items() if figure not in PRICES}
    ahead = advantages(plan).iloc[plan.zones.head].abs()
    weight = ahead.to_numpy() / np.maximum(ahead.to_numpy().sum(axis=1), TINY)[:, None]
    total = {figure: 0.5 * part for figure, part in _normalised(money).items()}
    for k, name in enumerate(ahead.columns):
        if name in MONEY:
            mix = _normalised(costs if name == "delivered_cost" else money)
        else:
            mix = _mix(plan, str(name), local)
        for figure, part in mix.items():
            total[figure] = total.get(figure, 0.0) + 0.5 * weight[:, k] * part
    return total


def _mix(plan: Plan, criterion: str, local: Conditions) -> dict[str, Floats]:
    """Return the figures of a criterion that is no sum of money, with their parts (n,)."""
    head = plan.zones.head
    ones = np.ones(len(head))
    mix = {figure: part * ones for figure, part in CRITERIA.get(criterion, {}).items()}
    if criterion == "governance":  # read off the risk premium where no indicator is known
        by_risk = plan.measures.imputed[criterion].to_numpy(dtype=bool)[head]
        by_risk = by_risk & ~local.risk["imputed"].to_numpy(dtype=bool)
        mix = {figure: part * ~by_risk for figure, part in mix.items()} | {"risk": 1.0 * by_risk}
    if criterion == "targeted_aid":
        credit = np.abs(plan.measures.stack["credit"].to_numpy(dtype=float)[head])
        whole = np.maximum(plan.measures.landed.aimed_aid[head], TINY)
        mix = {"aimed": 1.0 - credit / whole, "credit": credit / whole}
    return mix


def _usd(plan: Plan, places: pd.DataFrame, local: Conditions) -> dict[str, Floats]:
    """Return the USD a tonne that each figure stands for at each zone (n,), from zero up."""
    head, facts, study = plan.zones.head, plan.facts, plan.study
    p, customers = parameters_of(study, facts), plan.customers
    plant = plant_of(study, facts, p)
    inputs = inputs_at(
        study, facts, places, local, customers.feed_freight[head], customers.feedstock
    )
    base = cost.at_gate(inputs, plant, p.central)
    moves = {
        figure: np.abs(cost.at_gate(*changed) - base) / STEP
        for figure, changed in grown(inputs, plant, p)
    }
    stack = plan.measures.stack.iloc[head]
    for part, mix in WAYS.items():
        for figure, of_it in mix.items():
            usd = of_it * stack[part].to_numpy(dtype=float)
            moves[figure] = moves.get(figure, np.zeros(len(head))) + usd
    return moves | _price(plan)


def grown(
    inputs: cost.Inputs, plant: cost.Plant, p: Ranges
) -> Iterator[tuple[str, tuple[cost.Inputs, cost.Plant, Parameters]]]:
    """Yield each figure of the cost with what it makes of the cost's terms when it alone grows."""
    more, central = 1.0 + STEP, p.central
    for field in p.rows:
        yield field, (inputs, plant, replace(central, **{field: more * getattr(central, field)}))
    for figure, field in INPUTS.items():
        yield figure, (replace(inputs, **{field: more * getattr(inputs, field)}), plant, central)
    dearer = CapexModel(*(more * part for part in vars(plant.capex).values()))
    yield "capex", (inputs, replace(plant, capex=dearer), central)
    credit = {of: more * share for of, share in inputs.credit.items()}
    yield "credit", (replace(inputs, credit=credit), plant, central)
    for kind, (price, inbound) in inputs.feed.items():
        feed = {**inputs.feed, kind: (more * price, inbound)}
        yield f"feed_{kind}", (replace(inputs, feed=feed), plant, central)


def _price(plan: Plan) -> dict[str, Floats]:
    """Return what the two prices pay for a tonne: a customer pays the dearer one (USD/t, n)."""
    landed = plan.measures.landed
    sold, gates = landed.sold[plan.zones.head].astype(float), landed.gates
    outside = (gates["price"] > gates["parity"]).to_numpy()
    return {
        "price_outside": sold @ np.where(outside, plan.price_usd_per_t, 0.0),
        "price_chinese": sold @ np.where(outside, 0.0, gates["chinese_price"].to_numpy(float)),
    }


def _normalised(usd: Mapping[str, Floats]) -> dict[str, Floats]:
    """Return amounts as shares of their sum (n,)."""
    whole = np.maximum(sum(usd.values(), np.zeros(1)), TINY)
    return {figure: amount / whole for figure, amount in usd.items()}
