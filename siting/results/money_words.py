"""What a plan's money says of a site, in sentences."""

from __future__ import annotations

import numpy as np

from maps.layers import cost_part
from siting.model.plan import Plan
from siting.money.cost import PARTS
from siting.money.landed import parameters_of

# As a reader meets them; freight and duty come on the way to the customer.
PART_NAMES = {part: cost_part(part)[0] for part in (*PARTS, "freight", "duty")}


def money_said(plan: Plan, position: int) -> list[str]:
    """Return the sentences on cost, price, policy and what sets the cost apart."""
    said = [_delivered(plan, position), *_policy(plan, position), _power(plan, position)]
    part = _apart_by(plan, position)
    return said if part == "power" else [*said, _apart(plan, position, part)]


def _delivered(plan: Plan, position: int) -> str:
    money, outcome = plan.measures.landed, plan.measures.outcome.iloc[position]
    earned = float(outcome["earned"])
    word = "earns" if earned >= 0 else "loses"
    return (
        f"A tonne costs {money.cost[position]:,.0f} USD at the gate "
        f"({money.low[position]:,.0f} to {money.high[position]:,.0f}) and "
        f"{outcome['delivered']:,.0f} USD delivered, duty paid. Its customers pay "
        f"{outcome['price']:,.0f} USD, where the Chinese tonne lands at {outcome['parity']:,.0f}: "
        f"it {word} {abs(earned):,.0f} USD a tonne."
    )


def _policy(plan: Plan, position: int) -> list[str]:
    stack = plan.measures.landed.stack.iloc[position]
    gained = {
        "capital aid": -float(stack["aid"]),
        "a production credit": -float(stack["credit"]),
    }
    told = [f"{name} takes off {usd:,.0f} USD" for name, usd in gained.items() if usd >= 1]
    chance = float(plan.measures.openness[position])
    if chance < 1:
        told.append(f"the chance that this investor may build is {chance:.0%}")
    return [f"The law in force: {'; '.join(told)}."] if told else []


def _power(plan: Plan, position: int) -> str:
    """Say what power does to the cost here, which of all prices differs most between places."""
    usd = plan.measures.stack["power"].to_numpy()
    price = plan.measures.raw["power_price"].to_numpy(dtype=float)
    mwh = parameters_of(plan.study, plan.facts).central.power_mwh_per_t
    here, more = usd[position], usd[position] - np.median(usd)
    share = here / plan.measures.landed.cost[position]
    word = "more" if more > 0 else "less"
    dearer = int(100 * (price > price[position]).mean())  # never rounded up to all of them
    return (
        f"Power, {mwh:g} MWh at {price[position]:,.0f} USD/MWh, makes {here:,.0f} USD a tonne, "
        f"{share:.0%} of the cost: {abs(more):,.0f} {word} than at the median place, and cheaper "
        f"than at {dearer}% of all places."
    )


def _apart_by(plan: Plan, position: int) -> str:
    """Return the part of the cost that sets the site apart most from the median place."""
    stack = plan.measures.stack
    return str((stack.iloc[position] - stack.median()).abs().idxmax())


def _apart(plan: Plan, position: int, part: str) -> str:
    column = plan.measures.stack[part]
    usd, more = float(column.iloc[position]), float(column.iloc[position] - column.median())
    word = "more" if more > 0 else "less"
    wage = plan.measures.raw["wage"].iloc[position]
    detail = f" (at {wage:,.0f} USD an hour)" if part == "labour" else ""
    return (
        f"What sets its cost apart most is {PART_NAMES[part].lower()}: {usd:,.0f} USD a tonne"
        f"{detail}, {abs(more):,.0f} {word} than at the median place."
    )
