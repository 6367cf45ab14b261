"""Why a site is not among the first, and what alone would bring it there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from siting.model import scoring
from siting.model.plan import Plan, weighed
from siting.money import cost
from siting.study.criteria import CRITERIA, value_function
from siting.study.strategies import STRATEGIES

Floats = NDArray[np.float64]

TOP = 25
HALVINGS = 30
CHEAPEST = 6000.0  # USD/t; no site can be made cheaper by more
COST, POWER, ENTRY = "cost of a tonne", "power price", "chance of entry"
WITH_THE_COST = ("delivered_cost", "margin", "served_demand", "power_price")
FREE_POWER = 15.0  # USD/MWh; nowhere does industry pay less for long


@dataclass(frozen=True)
class _Site:
    """One candidate: values of its criteria, what it earns, and its gates."""

    values: pd.Series
    earned: float
    delivered: float
    affinity: float
    openness: float


def needs(plan: Plan, position: int, top: int = TOP) -> pd.DataFrame:
    """Return what each input alone would have to be for the site to enter the first zones.

    A criterion is moved on its own, as if nothing else followed from it; a cheaper tonne, and
    cheaper power, move the criterion and the gate of the price; entry is the chance that the
    investor may build.

    Returns
    -------
    DataFrame
        input, unit, now, needed (NaN: not even its best suffices), gain (points of 100 that its
        best would bring); the largest gain first. Empty where the site is among the first.
    """
    wanted = target(plan, top)
    site = _site(plan, position)
    if _score(plan, site) >= wanted:
        return pd.DataFrame(columns=["input", "unit", "now", "needed", "gain"])
    rows = [
        _cheaper(plan, site, wanted),
        _cheaper_power(plan, site, wanted, position),
        _let_in(plan, site, wanted),
    ]
    alone = [name for name in weighed(plan) if name not in WITH_THE_COST]
    rows += [_better(plan, site, wanted, name, position) for name in alone]
    table = pd.DataFrame(rows)
    table = table[table["gain"].gt(0)]
    return table.sort_values("gain", ascending=False, kind="stable").reset_index(drop=True)


def target(plan: Plan, top: int = TOP) -> float:
    """Return the score, in [0, 1], that brings a place among the first zones."""
    heads = plan.zones.head
    return float(plan.score[heads[min(top, len(heads)) - 1]])


def _site(plan: Plan, position: int) -> _Site:
    outcome = plan.measures.outcome.iloc[position]
    return _Site(
        values=plan.values.iloc[position].astype(float),
        earned=float(outcome["earned"]),
        delivered=float(outcome["delivered"]),
        affinity=float(plan.measures.raw["home_affinity"].iloc[position]),
        openness=float(plan.measures.openness[position]),
    )


def _score(plan: Plan, site: _Site) -> float:
    """Score one site with the engine's own formula."""
    scores = {}
    for name, leaves in plan.weights.items():
        strategy = STRATEGIES[name]
        gate = float(cost.viability(np.array([site.earned + strategy.premium_usd_per_t]))[0])
        if strategy.carried:
            gate = site.affinity + (1.0 - site.affinity) * gate
        gross = float(site.values[list(leaves.index)].to_numpy() @ leaves.to_numpy(dtype=float))
        scores[name] = np.array([gross * gate * site.openness])
    return float(scoring.mix(scores, plan.prior, plan.study.sharpness)[0][0])


def _least(enough: Callable[[float], bool], start: float, end: float) -> float:
    """Return the point nearest to `start` on the way to `end` that is enough; NaN where none is."""
    if not enough(end):
        return float("nan")
    short, far = start, end
    for _ in range(HALVINGS):
        middle = (short + far) / 2
        if enough(middle):
            far = middle
        else:
            short = middle
    return far


def _costing(plan: Plan, site: _Site, delivered: float) -> _Site:
    """Return the site with another delivered cost: its criterion and what it earns."""
    own = plan.study.anchors.get("delivered_cost")
    worth = value_function("delivered_cost", (own.worst, own.best) if own else None)
    values = site.values.copy()
    values["delivered_cost"] = float(worth(np.array([delivered]))[0])
    return replace(
        site, values=values, delivered=delivered, earned=site.earned + site.delivered - delivered
    )


def _cheaper(plan: Plan, site: _Site, target: float) -> dict[str, object]:
    def at(delivered: float) -> float:
        return _score(plan, _costing(plan, site, delivered))

    best = max(site.delivered - CHEAPEST, 0.0)
    needed = _least(lambda usd: at(usd) >= target, site.delivered, best)
    gain = 100 * (at(best) - _score(plan, site))
    return {"input": COST, "unit": "USD/t", "now": site.delivered, "needed": needed, "gain": gain}


def _cheaper_power(plan: Plan, site: _Site, target: float, position: int) -> dict[str, object]:
    now = float(plan.measures.raw["power_price"].iloc[position])
    mwh = float(plan.measures.landed.stack["power"].iloc[position]) / now
    own = plan.study.anchors.get("power_price")
    worth = value_function("power_price", (own.worst, own.best) if own else None)

    def at(price: float) -> float:
        cheaper = _costing(plan, site, site.delivered - mwh * (now - price))
        cheaper.values["power_price"] = float(worth(np.array([price]))[0])
        return _score(plan, cheaper)

    best = min(FREE_POWER, now)
    needed = _least(lambda price: at(price) >= target, now, best)
    gain = 100 * (at(best) - _score(plan, site))
    return {"input": POWER, "unit": "USD/MWh", "now": now, "needed": needed, "gain": gain}


def _let_in(plan: Plan, site: _Site, target: float) -> dict[str, object]:
    def at(chance: float) -> float:
        return _score(plan, replace(site, openness=chance))

    needed = _least(lambda chance: at(chance) >= target, site.openness, 1.0)
    gain = 100 * (at(1.0) - _score(plan, site))
    return {"input": ENTRY, "unit": "", "now": site.openness, "needed": needed, "gain": gain}


def _better(plan: Plan, site: _Site, target: float, name: str, position: int) -> dict[str, object]:
    """Move one criterion's value up to 1, and say what raw figure that value stands for."""

    def at(value: float) -> float:
        values = site.values.copy()
        values[name] = value
        return _score(plan, replace(site, values=values))

    value = _least(lambda v: at(v) >= target, float(site.values[name]), 1.0 - 1e-9)
    criterion = CRITERIA[name]
    return {
        "input": criterion.name.lower(),
        "unit": criterion.unit if criterion.unit not in ("0-1", "year") else "",
        "now": float(plan.measures.raw[name].iloc[position]),
        "needed": _raw_of(plan, name, value),
        "gain": 100 * (at(1.0) - _score(plan, site)),
    }


def _raw_of(plan: Plan, name: str, value: float) -> float:
    """Return the raw figure worth a value: the value function turned round."""
    own = plan.study.anchors.get(name)
    function = value_function(name, (own.worst, own.best) if own else None)
    if function.shape == "saturating":
        return function.worst + function.best * value / (1.0 - value)
    return function.worst + value * (function.best - function.worst)
