"""What a plan's money says of a site, in sentences."""

from __future__ import annotations

import numpy as np
import pandas as pd

from maps.numerals import number, per_cent
from siting.model.front import front, price_rank
from siting.model.plan import Plan
from siting.results.tables import money_at
from siting.results.text.confidence import short, sure
from siting.study.terms import BEFORE_TAX

FRONT_NAMED = 8  # of the zones in the front


def money_sentences(plan: Plan, position: int) -> list[str]:
    """Return the sentences on cost, price and the chance that it pays."""
    of = money_at(plan, np.array([position])).iloc[0]
    cost = (
        f"A tonne costs {number(of['gate'])} USD at the gate ({number(of['low'])} to "
        f"{number(of['high'])}), {number(of['delivered'])} delivered; its customers pay "
        f"{number(of['price'])} on average: margin {number(of['margin'], sign=True)}."
    )
    chance = (
        f"It pays {from_price(of['pays_from'])}; {after_tax(of['pays_after_tax_from'])}. That it "
        f"pays today is {sure(of['pays'])}. None of this moves a rank."
    )
    return [cost, chance, worth_sentence(of)]


def from_price(usd: float) -> str:
    """Say from which price of the day a place pays.

    At any, where the landed Chinese tonne alone, which sets a floor to what customers pay, is
    dearer than its own.
    """
    return f"from a price of {number(usd)} {BEFORE_TAX}" if usd > 0 else "at any price of the day"


def after_tax(usd: float) -> str:
    """Say what its customers must pay for the plant to be worth its money after tax."""
    return f"after tax and ramp-up its customers must pay {number(usd)}"


def worth_sentence(of: pd.Series) -> str:
    """Say what the plant is worth after tax, what it returns, and the carbon of its power."""
    earns = np.isfinite(of["irr_pct"])
    returns = f"returns {per_cent(of['irr_pct'], 1)} a year" if earns else "never returns the money"
    return (
        f"Over 15 years after tax the plant is worth {number(of['npv_musd'], sign=True)} million "
        f"USD and {returns}; the power of a tonne emits {number(of['carbon_t_per_t'], 1)} t "
        "of CO2e."
    )


def two_orders(plan: Plan) -> str:
    """Say which zone pays at the lowest price, and which none beats in share and price."""
    heads = plan.zones.head
    pays_from = plan.measures.pays_from[heads]
    names = [short(str(name)) for name in plan.places["name"].iloc[heads]]
    cheapest = int(np.flatnonzero(price_rank(pays_from) == 1)[0])
    ahead = np.flatnonzero(front(plan.zones.share, pays_from, plan.zones.scouted))
    lowest = (
        f"The lowest price from which one pays is {number(pays_from[cheapest])} USD a tonne "
        f"{BEFORE_TAX}, at"
        if pays_from[cheapest] > 0
        else "One pays at any price of the day:"
    )
    both = "in both chance and price"
    if len(ahead) == 1:
        alone = "it" if ahead[0] == cheapest else names[ahead[0]]
        unbeaten = f"None beats {alone} {both}."
    else:
        unbeaten = (
            f"None beats these {both}: {', '.join(names[nth] for nth in ahead[:FRONT_NAMED])}."
        )
    return f"{lowest} {names[cheapest]} (rank {cheapest + 1}). {unbeaten}"


def pays(plan: Plan, position: int) -> float:
    """Return the chance that a tonne earns its cost at the price of the day."""
    return float(plan.measures.pays[position])
