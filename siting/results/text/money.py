"""What a plan's money says of a site, in sentences."""

from __future__ import annotations

import numpy as np
import pandas as pd

from geodata.language import sentences, tr
from maps.numerals import number, per_cent
from siting.model.front import front, price_rank
from siting.model.plan import Plan
from siting.results.tables import money_at
from siting.results.text.confidence import short, sure

FRONT_NAMED = 8  # of the zones in the front


def money_sentences(plan: Plan, position: int) -> list[str]:
    """Return the sentences on cost, price and the chance that it pays."""
    of = money_at(plan, np.array([position])).iloc[0]
    cost = tr(
        "A tonne costs {gate} USD at the gate ({low} to {high}), {delivered} delivered; its "
        "customers pay {price} on average: margin {margin}.",
        **{key: number(of[key]) for key in ("gate", "low", "high", "delivered", "price")},
        margin=number(of["margin"], sign=True),
    )
    chance = sentences([
        pays_sentence(of),
        tr("That it pays today is {sure}.", sure=sure(of["pays"])),
        tr("None of this moves a rank."),
    ])  # fmt: skip
    return [cost, chance, worth_sentence(of)]


def pays_sentence(of: pd.Series) -> str:
    """Say from which price of the day a place pays, and what makes its plant worth its money.

    At any, where the landed Chinese tonne alone, which sets a floor to what customers pay, is
    dearer than its own.
    """
    places = {"usd": number(of["pays_from"]), "after": number(of["pays_after_tax_from"])}
    if of["pays_from"] > 0:
        return tr("It pays from a price of {usd} before tax; after tax and ramp-up its customers "
                  "must pay {after}.", **places)  # fmt: skip
    return tr("It pays at any price of the day; after tax and ramp-up its customers must pay "
              "{after}.", **places)  # fmt: skip


def worth_sentence(of: pd.Series) -> str:
    """Say what the plant is worth after tax, what it returns, and the carbon of its power."""
    places = {
        "worth": number(of["npv_musd"], sign=True), "return": per_cent(of["irr_pct"], 1),
        "carbon": number(of["carbon_t_per_t"], 1),
    }  # fmt: skip
    if np.isfinite(of["irr_pct"]):
        return tr("Over 15 years after tax the plant is worth {worth} million USD and returns "
                  "{return} a year; the power of a tonne emits {carbon} t of CO2e.",
                  **places)  # fmt: skip
    return tr("Over 15 years after tax the plant is worth {worth} million USD and never returns "
              "the money; the power of a tonne emits {carbon} t of CO2e.", **places)  # fmt: skip


def two_orders(plan: Plan) -> str:
    """Say which zone pays at the lowest price, and which none beats in share and price."""
    heads = plan.zones.head
    pays_from = plan.measures.pays_from[heads]
    names = [short(str(name)) for name in plan.places["name"].iloc[heads]]
    cheapest = int(np.flatnonzero(price_rank(pays_from) == 1)[0])
    ahead = np.flatnonzero(front(plan.zones.share, pays_from, plan.zones.scouted))
    places = {"usd": number(pays_from[cheapest]), "site": names[cheapest], "rank": cheapest + 1}
    lowest = (
        tr("The lowest price from which one pays is {usd} USD a tonne before tax, at {site} (rank "
           "{rank}).", **places)
        if pays_from[cheapest] > 0
        else tr("One pays at any price of the day: {site} (rank {rank}).", **places)
    )  # fmt: skip
    if len(ahead) == 1 and ahead[0] == cheapest:
        unbeaten = tr("None beats it in both chance and price.")
    elif len(ahead) == 1:
        unbeaten = tr("None beats {site} in both chance and price.", site=names[ahead[0]])
    else:
        unbeaten = tr("None beats these in both chance and price: {sites}.",
                      sites=tr(", ").join(names[nth] for nth in ahead[:FRONT_NAMED]))  # fmt: skip
    return sentences([lowest, unbeaten])


def pays(plan: Plan, position: int) -> float:
    """Return the chance that a tonne earns its cost at the price of the day."""
    return float(plan.measures.pays[position])
