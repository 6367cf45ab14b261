"""The money of a plan's places, for the page to say what they earn at another price."""

from __future__ import annotations

import numpy as np
import pandas as pd

from geodata.arrays import Floats, Positions
from maps.prices import Prices
from siting.market.prices import on
from siting.model.appraisal import function_of
from siting.model.plan import Plan
from siting.money.landed import Costs, of_graphite, prices_of

LEAST_USD_PER_T = 2500.0  # of the slider


def prices(plan: Plan, positions: Positions) -> Prices:
    """Return what a price moves at some places of a plan."""
    money = plan.measures.landed.take(positions)
    gates, sold = money.gates, np.asarray(money.sold[:])
    place, customer = np.nonzero(sold)
    slope = 1.0 + gates["duty_rate"].to_numpy(dtype=float)
    chinese = gates["chinese_price"].to_numpy(dtype=float)
    delivered = plan.measures.outcome["delivered"].to_numpy(dtype=float)[positions]
    constants = _constants(plan)
    base = gates["parity"].to_numpy(dtype=float) - slope * chinese
    open_kt = money.kt * gates["open_share"].to_numpy(dtype=float)
    gate = money.delivered()
    low, high = (_parity(base, slope, constants, end) for end in _ends(constants))
    always, ever = low >= gate, high >= gate
    decided, at = np.nonzero(ever & ~always & (open_kt > 0))
    return Prices(
        places=pd.DataFrame(
            {
                "delivered": delivered,
                "drift": money.swings.drift,
                "deviation": money.swings.deviation,
                "served": always @ open_kt,
            }
        ),
        customers=pd.DataFrame({"slope": slope, "base": base, "open_kt": open_kt}),
        sales=pd.DataFrame({"place": place, "customer": customer, "share": sold[place, customer]}),
        contested=pd.DataFrame({"place": decided, "customer": at, "delivered": gate[decided, at]}),
        constants=constants,
    )


def _ends(constants: dict[str, float]) -> tuple[float, float]:
    """Return the lowest and highest Chinese export price that a price on the slider brings."""
    chinese, day = constants["chinese"], constants["chinese_day"]
    if not constants["follows"]:
        return chinese, chinese
    return min(constants["least"], chinese, day), max(chinese, day)


def _parity(base: Floats, slope: Floats, constants: dict[str, float], price: float) -> Costs:
    """Return the landed Chinese tonne at each gate, as precise as `Landed.served_kt` has it."""
    paid = price * constants["graphite"] + constants["other"]
    return np.asarray(base + slope * paid, dtype=np.float32)


def _constants(plan: Plan) -> dict[str, float]:
    """Return the prices of the plan, and what is paid for a tonne of its product."""
    study, facts = plan.study, plan.facts
    chinese, today = prices_of(study, facts)
    day = study.chinese_price_usd_per_t or on(
        facts["anode_prices"], facts.product(study).chinese_price, facts.as_of
    )
    graphite, other = of_graphite(study, facts)
    margin, served = (function_of(study, one) for one in ("margin", "served_demand"))
    return {
        "today": today,
        "least": min(LEAST_USD_PER_T, today),
        "chinese": chinese,
        "chinese_day": day,
        "follows": not study.chinese_price_usd_per_t,
        "graphite": graphite,
        "other": other,
        "worst": margin.worst,
        "best": margin.best,
        "served_worst": served.worst,
        "served_half": served.best,
    }
