"""What a plan's money says of a site, in sentences."""

from __future__ import annotations

import numpy as np

from maps.layers import cost_part
from maps.numerals import number
from siting.model.front import front, price_rank
from siting.model.plan import Plan
from siting.money.cost import PARTS
from siting.results.confidence_words import short, sure

# As a reader meets them; freight and duty come on the way to the customer.
FRONT_NAMED = 8  # of the zones in the front
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


def two_orders(plan: Plan) -> str:
    """Say which zone pays at the lowest price, and which none beats in share and price."""
    heads = plan.zones.head
    pays_from = plan.measures.pays_from[heads]
    names = [short(str(name)) for name in plan.places["name"].iloc[heads]]
    cheapest = int(np.flatnonzero(price_rank(pays_from) == 1)[0])
    ahead = np.flatnonzero(front(plan.zones.share, pays_from, plan.zones.scouted))
    lowest = f"The lowest price from which one pays is {number(pays_from[cheapest])} USD a tonne"
    return (
        f"{lowest}, at {names[cheapest]} (rank {cheapest + 1}). None beats these in both share and "
        f"price: {', '.join(names[nth] for nth in ahead[:FRONT_NAMED])}."
    )


def pays(plan: Plan, position: int) -> float:
    """Return the chance that a tonne earns its cost at the price of the day."""
    return float(plan.measures.pays[position])
