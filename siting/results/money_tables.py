"""The money of sites: one table that list, page, workbook, brief and command line read."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from siting.model.plan import Plan
from siting.money import cost
from siting.money.landed import inputs_at, parameters_of
from siting.money.valuation import valuations
from siting.world.conditions import conditions


def money_at(plan: Plan, positions: NDArray[np.intp]) -> pd.DataFrame:
    """Return the money of candidates.

    Returns
    -------
    DataFrame (positions)
        In USD a tonne: gate, low, high (cost at the gate with its range), freight, duty, delivered,
        parity (the landed Chinese tonne), price, margin (price less delivered), pays_from (price
        of the day from which it is 0) and pays_after_tax_from (price at which the net present
        value is 0). Then pays (chance that the margin is above 0), npv_musd (million USD), irr_pct
        (NaN where money is never back), tax_pct (rate in the first year) and carbon_t_per_t (CO2e
        of the power).
    """
    of = plan.measures.landed
    places = plan.places.iloc[positions].reset_index(drop=True)
    feed, sources = plan.customers.feed_freight[positions], plan.customers.feedstock
    here = of.take(positions)
    worth = valuations(plan.study, plan.facts, places, here, feed, sources)
    at = conditions(plan.facts["place_factors"], places, plan.as_of)
    inputs = inputs_at(plan.study, plan.facts, places, at, feed, sources)
    p = parameters_of(plan.study, plan.facts).central
    return pd.DataFrame(
        {
            "gate": of.cost[positions],
            "low": of.low[positions],
            "high": of.high[positions],
            **{str(k): c.to_numpy() for k, c in plan.measures.outcome.iloc[positions].items()},
            "pays_from": plan.measures.pays_from[positions],
            "pays": plan.measures.pays[positions],
            **{str(key): column.to_numpy() for key, column in worth.items()},
            "carbon_t_per_t": cost.carbon_t_per_t(inputs, p),
        }
    )
