"""How sure a site's place in the order is, and what would change it, in sentences."""

from __future__ import annotations

import numpy as np
import pandas as pd

from siting.confidence.what_if import Passing, passing, tornado
from siting.model.plan import Plan
from siting.study.criteria import CRITERIA
from siting.study.strategies import STRATEGIES

BIGGEST = 3  # inputs of the tornado that are named
CLOSE = 0.10  # a lead that so small a change of weights undoes is thin


def confidence_said(plan: Plan, position: int) -> list[str]:
    """Return the sentences on the confidence of a candidate's rank.

    Only sites that stand for a zone are ranked in the draws.
    """
    table = tornado(plan, position)
    return [*_ranked(plan, position), *_passed(plan, position), _hangs_on(table)]


def _ranked(plan: Plan, position: int) -> list[str]:
    at = np.flatnonzero(plan.zones.head == position)
    if plan.confidence is None or not len(at):
        return []
    row = plan.confidence.table.iloc[int(at[0])]
    said = (
        f"Of {plan.confidence.draws:,} draws of weights, plants, costs and prices it is first in "
        f"{row['p_first']:.0%} and among the first ten in {row['p_top10']:.0%}; its rank among the "
        f"{len(plan.zones.head)} zones lies between {row['rank_low']:.0f} and "
        f"{row['rank_high']:.0f} in nine of ten, {row['expected_rank']:.0f} on average."
    )
    return [said]


def _passed(plan: Plan, position: int) -> list[str]:
    """Say how little weight must move for the zone behind to pass, or for it to pass the first."""
    heads = plan.zones.head
    at = np.flatnonzero(heads == position)
    if not len(at) or len(heads) == 1:
        return []
    zone = int(at[0])
    ahead, behind = (zone, zone + 1) if zone + 1 < len(heads) else (0, zone)
    found = passing(plan, int(heads[ahead]), int(heads[behind]))
    names = plan.places["name"].to_numpy()[heads]
    whole = found[-1]
    if not np.isfinite(whole.moved):
        return [f"No weights at all bring {names[behind]} past {names[ahead]}."]
    how = " (found by search)" if not whole.exact else ""
    thin = "only " if whole.moved < CLOSE else ""
    told = _least([p for p in found if p.exact])
    said = (
        f"{names[behind]} passes {names[ahead]} when {thin}{whole.moved:.1%} of the weight "
        f"moves{how}{told}."
    )
    return [said]


def _least(single: list[Passing]) -> str:
    """Say the smallest change within one strategy, with the criteria that gain and give."""
    real = [p for p in single if np.isfinite(p.moved) and p.moved > 0 and p.to]
    if not real:
        return ""
    least = min(real, key=lambda p: p.moved)
    giver, taker = (CRITERIA[c].name.lower() for c in (least.taken[0], least.to[0]))
    strategy = STRATEGIES[least.strategy].name.lower()
    return f"; within {strategy} {least.moved:.1%}, from {giver} to {taker}"


def _hangs_on(table: pd.DataFrame) -> str:
    told = ", ".join(
        f"{str(row['input'])[:1].lower()}{str(row['input'])[1:]} "
        f"({min(row['low'], row['high']):.0f} to {max(row['low'], row['high']):.0f})"
        for row in table.head(BIGGEST).to_dict("records")
    )
    return f"Its score hangs most on {told}."
