"""The reasons of November 2023, each with the criterion that carries it.

Why anode makers built in Europe and the US, as the trade press summed it up then (SMM, November
2023), so that a ranking can be read against them: a reason whose criterion favours a place no more
than the median place is not borne out there. They are weighed as the article weighs them, whatever
the study does.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from geodata.language import tr
from siting.model import scoring
from siting.model.plan import Plan, once_a_plan
from siting.study.lenses import LENSES
from siting.study.weights import leaf_weights

BORNE_OUT = 1.05  # odds against the median place; less is noise


@dataclass(frozen=True)
class Reason:
    """One reason and the criteria that measure it."""

    text: str
    criteria: tuple[str, ...]


REASONS = (
    Reason("Overseas supply is Japanese and Korean and too small", ("unserved_demand",)),
    Reason("The rest is imported from China", ("import_dependence",)),
    Reason("The old carmakers are near", ("automaker_pull",)),
    Reason("Cell makers followed the carmakers", ("accessible_demand",)),
    Reason("Chinese cell makers among them", ("compatriot_cells",)),
    Reason("Sales of electric cars grow since 2020", ("market_growth",)),
    Reason("A fleet CO2 standard holds", ("fleet_standard",)),
    Reason("The state pays buyers of electric cars", ("purchase_support",)),
    Reason("The state pays for the plant", ("targeted_aid",)),
    Reason("The climate target is earlier than 2050", ("net_zero_year",)),
    Reason("A law has set off a wave of investment", ("investment_wave",)),
    Reason("Chinese components and minerals are shut out", ("origin_rule",)),
)


def reasons_at(plan: Plan, position: int) -> pd.DataFrame:
    """Return by what each reason multiplies the odds of a candidate against the median place.

    Returns
    -------
    DataFrame
        reason, criteria, odds, verdict: "borne out" or "not borne out".
    """
    rows = []
    for reason, leads in zip(REASONS, _leads(plan), strict=True):
        gap = float(leads.iloc[position].sum())
        odds = float(scoring.odds(np.array(gap)))
        rows.append(
            {
                "reason": tr(reason.text),
                "criteria": ", ".join(reason.criteria),
                "odds": odds,
                "verdict": tr("borne out") if odds > BORNE_OUT else tr("not borne out"),
            }
        )
    return pd.DataFrame(rows)


@once_a_plan
def _leads(plan: Plan) -> list[pd.DataFrame]:
    """Return what each reason adds to the score of every place over the median place (n, own)."""
    weights = leaf_weights(LENSES["article_2023"].tree)
    parts = [scoring.contributions(plan.values, weights[list(r.criteria)]) for r in REASONS]
    return [own - own.median() for own in parts]
