"""What the absence of a single law would change, in a sentence."""

from __future__ import annotations

import pandas as pd

from geodata.language import tr
from siting.model.plan import Plan
from siting.results.text.confidence import short


def law_sentence(plan: Plan, without: pd.DataFrame) -> str:
    """Say whether the absence of a law alone puts another zone first.

    Parameters
    ----------
    plan : Plan
    without : DataFrame
        As `siting.scenarios.law_removal.without_laws`.
    """
    if without.empty:
        return ""
    names = plan.places["name"]
    turning = without[without["fallen_to"] > 1]
    if len(turning):
        row = turning.iloc[0]
        first = short(str(names.iloc[int(row["first"])]))
        return tr("Without {law}, {site} takes rank 1.", law=row["instrument"], site=first)
    return tr("No single law at the listed sites brings another to rank 1.")
