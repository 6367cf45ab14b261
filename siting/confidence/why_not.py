"""Why a site is not among the first, and what alone would bring it there."""

from __future__ import annotations

import numpy as np
import pandas as pd

from siting.confidence.shares import share_at, start_of
from siting.model import scoring
from siting.model.appraisal import function_of
from siting.model.plan import Plan, weighed
from siting.study.criteria import CRITERIA

TOP = 25
HALVINGS = 30
COST, POWER, ENTRY = "cost of a tonne", "power price", "chance of entry"
FREE_POWER = 15.0  # USD/MWh; nowhere does industry pay less for long
COLUMNS = ["input", "unit", "now", "needed", "factor"]


def needs(plan: Plan, position: int, top: int = TOP) -> pd.DataFrame:
    """Return what each input alone would have to be for the site to enter the first zones.

    A criterion is moved on its own, as if nothing else followed from it; cheaper power makes the
    tonne cheaper too, and no tonne becomes cheaper than at the cheapest place of the plan. What
    the site stands for moves with it, all other zones stay.

    Returns
    -------
    DataFrame
        input, unit, now, needed (NaN: not even its best suffices), factor (by what its best would
        multiply the odds); the largest first. Empty where the site is among the first.
    """
    lacking = gap(plan, position, top)
    if lacking <= 0:
        return pd.DataFrame(columns=COLUMNS)
    rows = [
        _power(plan, position, lacking) if name == "power_price"
        else _alone(plan, position, name, lacking)
        for name in weighed(plan)
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=COLUMNS)
    table = table[table["factor"].gt(1.0)]
    table = table.sort_values(["factor", "input"], ascending=[False, True])
    return table.reset_index(drop=True)


def gap(plan: Plan, position: int, top: int = TOP) -> float:
    """Return how much U the site lacks on the last of the first zones; at most 0 if it is one."""
    shares = plan.zones.share  # in the order of the list
    last, own = shares[min(top, len(shares)) - 1], share_at(plan, position)
    return float(start_of(last, 0.0) - start_of(own, 0.0))


def _alone(plan: Plan, position: int, name: str, lacking: float) -> dict[str, object]:
    """Move one criterion's value up, and say what raw figure that value stands for."""
    function, weight = function_of(plan.study, name), float(plan.weights[name])
    value, now = float(plan.values[name].iloc[position]), _raw(plan, position, name)
    cheapest = plan.measures.raw["delivered_cost"].min()
    most = float(function(cheapest)) if name == "delivered_cost" else function.most
    wanted = value + lacking / weight
    needed = function.raw(wanted) if wanted <= most else float("inf")
    if name == "tie" and np.isfinite(needed):
        needed = 1.0  # there is no part of one
    named = {"delivered_cost": COST, "openness": ENTRY}
    unit = CRITERIA[name].unit
    return {
        "input": named.get(name, CRITERIA[name].name.lower()),
        "unit": unit if unit not in ("0-1", "year") else "",
        "now": now,
        "needed": needed if np.isfinite(needed) else float("nan"),
        "factor": float(scoring.odds(np.array(weight * (most - value)))),
    }


def _power(plan: Plan, position: int, lacking: float) -> dict[str, object]:
    """Make power cheaper, and with it the tonne where its cost weighs."""
    now = _raw(plan, position, "power_price")
    mwh = float(plan.measures.landed.stack["power"].iloc[position]) / now
    function, weights = function_of(plan.study, "power_price"), plan.weights
    cost = function_of(plan.study, "delivered_cost")
    delivered = float(plan.measures.raw["delivered_cost"].iloc[position])

    def gained(price: float) -> float:
        power = float(np.diff(function(np.array([now, price])))[0])
        tonne = float(np.diff(cost(np.array([delivered, delivered - mwh * (now - price)])))[0])
        by_cost = float(weights.get("delivered_cost", 0.0)) * tonne
        return float(weights["power_price"]) * power + by_cost

    best = min(FREE_POWER, now)
    needed, far = float("nan"), best
    if gained(best) >= lacking:
        short = now
        for _ in range(HALVINGS):
            middle = (short + far) / 2
            short, far = (short, middle) if gained(middle) >= lacking else (middle, far)
        needed = far
    factor = float(scoring.odds(np.array(gained(best))))
    return {"input": POWER, "unit": "USD/MWh", "now": now, "needed": needed, "factor": factor}


def _raw(plan: Plan, position: int, name: str) -> float:
    return float(plan.measures.raw[name].iloc[position])
