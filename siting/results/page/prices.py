"""The money of a plan's places, for the page to say what they earn at another price."""

from __future__ import annotations

import numpy as np
import pandas as pd

from geodata.arrays import Positions
from maps.prices import Prices
from siting.market.prices import on
from siting.model.appraisal import function_of
from siting.model.plan import Plan
from siting.money.landed import of_graphite, prices_of


def prices(plan: Plan, positions: Positions) -> Prices:
    """Return what a price moves at some places of a plan."""
    money = plan.measures.landed.take(positions)
    gates, sold = money.gates, np.asarray(money.sold[:])
    place, customer = np.nonzero(sold)
    slope = 1.0 + gates["duty_rate"].to_numpy(dtype=float)
    chinese = gates["chinese_price"].to_numpy(dtype=float)
    delivered = plan.measures.outcome["delivered"].to_numpy(dtype=float)[positions]
    return Prices(
        places=pd.DataFrame(
            {
                "delivered": delivered,
                "drift": money.swings.drift,
                "deviation": money.swings.deviation,
            }
        ),
        customers=pd.DataFrame(
            {"slope": slope, "base": gates["parity"].to_numpy(dtype=float) - slope * chinese}
        ),
        sales=pd.DataFrame({"place": place, "customer": customer, "share": sold[place, customer]}),
        constants=_constants(plan),
    )


def _constants(plan: Plan) -> dict[str, float]:
    """Return the prices of the plan, and what is paid for a tonne of its product."""
    study, facts = plan.study, plan.facts
    chinese, today = prices_of(study, facts)
    day = study.chinese_price_usd_per_t or on(
        facts["anode_prices"], facts.product(study).chinese_price, facts.as_of
    )
    graphite, other = of_graphite(study, facts)
    margin = function_of(study, "margin")
    return {
        "today": today,
        "chinese": chinese,
        "chinese_day": day,
        "follows": not study.chinese_price_usd_per_t,
        "graphite": graphite,
        "other": other,
        "worst": margin.worst,
        "best": margin.best,
    }
