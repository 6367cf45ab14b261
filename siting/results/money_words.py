"""What a plan's money says of a site, in sentences."""

from __future__ import annotations

import numpy as np

from maps.layers import cost_part
from maps.numerals import number
from siting.model.plan import Plan
from siting.money.cost import PARTS, viability
from siting.results.confidence_words import sure

# As a reader meets them; freight and duty come on the way to the customer.
PART_NAMES = {part: cost_part(part)[0] for part in (*PARTS, "freight", "duty")}


def money_sentences(plan: Plan, position: int) -> list[str]:
    """Return the sentences on cost, price and the chance that it pays."""
    money, outcome = plan.measures.landed, plan.measures.outcome.iloc[position]
    cost = (
        f"A tonne costs {number(money.cost[position])} USD at the gate "
        f"({number(money.low[position])} to {number(money.high[position])}), "
        f"{number(outcome['delivered'])} delivered; its customers pay {number(outcome['price'])}."
    )
    chance = (
        f"That it pays at this price is {sure(pays(plan, position))}; that is not in the order."
    )
    return [cost, chance]


def pays(plan: Plan, position: int) -> float:
    """Return the chance that a tonne earns its cost at the price of the day."""
    return float(viability(np.array([plan.measures.outcome["earned"].iloc[position]]))[0])
