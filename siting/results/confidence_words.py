"""How sure a site's place in the order is, and what would change it, in sentences."""

from __future__ import annotations

import numpy as np
import pandas as pd

from siting.confidence.standing import Standing
from siting.confidence.why_not import COST, ENTRY, TOP
from siting.model.plan import Plan
from siting.study.criteria import CRITERIA
from siting.study.strategies import STRATEGIES

BIGGEST = 3  # inputs of the tornado that are named
CLOSE = 0.10  # a lead that so small a change of weights undoes is thin


def confidence_said(plan: Plan, found: Standing) -> list[str]:
    """Return the sentences on the confidence of a candidate's rank."""
    return [*_ranked(plan, found), *_passed(plan, found), _hangs_on(found.tornado)]


def held_back_said(plan: Plan, found: Standing) -> list[str]:
    """Return what holds a site back, in sentences; nothing for one of the first zones."""
    if found.needs.empty:
        return []
    enough = found.needs[found.needs["needed"].notna()]
    first = (
        f"To enter the first {min(TOP, len(plan.zones.head))} it needs a score of "
        f"{found.target:.1f}."
    )
    if enough.empty:
        held = ", ".join(
            f"{row['input']} (+{row['gain']:.1f})" for row in found.needs.head(3).to_dict("records")
        )
        return [f"{first} No single change suffices; most would come from {held}."]
    told = "; ".join(
        _needed(str(row["input"]), str(row["unit"]), float(row["now"]), float(row["needed"]))
        for row in enough.head(4).to_dict("records")
    )
    return [f"{first} Alone would do: {told}."]


def _needed(what: str, unit: str, now: float, needed: float) -> str:
    if what == COST:
        return f"a tonne cheaper by {now - needed:,.0f} USD"
    if what == ENTRY:
        return f"a chance of entry of {needed:.0%} instead of {now:.0%}"
    return f"{what} of {needed:,.3g} {unit} instead of {now:,.3g}".replace("  ", " ")


def _ranked(plan: Plan, found: Standing) -> list[str]:
    row = found.ranked
    if row is None:
        return []
    said = (
        f"Of {plan.study.confidence.draws:,} draws of weights, plants, costs and prices it is "
        f"first in {row['p_first']:.0%} and among the first ten in {row['p_top10']:.0%}; its rank "
        f"among the {len(plan.zones.head)} zones lies between {row['rank_low']:.0f} and "
        f"{row['rank_high']:.0f} in nine of ten, {row['expected_rank']:.0f} on average."
    )
    return [said]


def _passed(plan: Plan, found: Standing) -> list[str]:
    """Say how little weight must move for the site behind to pass the one ahead."""
    whole = found.whole
    if whole is None:
        return []
    ahead, behind = plan.places["name"].to_numpy()[[found.ahead, found.behind]]
    if not np.isfinite(whole.moved):
        return [f"No weights at all bring {behind} past {ahead}."]
    how = "" if whole.exact else " (found by search)"
    thin = "only " if whole.moved < CLOSE else ""
    told = _within(plan, found)
    return [f"{behind} passes {ahead} when {thin}{whole.moved:.1%} of the weight moves{how}{told}."]


def _within(plan: Plan, found: Standing) -> str:
    """Say the smallest change within the strategy under which the site ahead stands highest."""
    leading = str(plan.shares.iloc[found.ahead].idxmax())
    least = next((p for p in found.passings if p.exact and p.strategy == leading), None)
    if least is None or not (least.moved > 0 and least.to):
        return ""
    giver, taker = (CRITERIA[c].name.lower() for c in (least.taken[0], least.to[0]))
    only = len(found.passings) == 1
    share = "" if only else f"; within {STRATEGIES[leading].name.lower()} {least.moved:.1%}"
    return f"{share}, from {giver} to {taker}"


def _hangs_on(table: pd.DataFrame) -> str:
    told = ", ".join(
        f"{str(row['input'])[:1].lower()}{str(row['input'])[1:]} "
        f"({min(row['low'], row['high']):.0f} to {max(row['low'], row['high']):.0f})"
        for row in table.head(BIGGEST).to_dict("records")
    )
    return f"Its score hangs most on {told}."
