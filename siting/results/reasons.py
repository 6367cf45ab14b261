"""The reasons of November 2023, each with the criterion that carries it.

Why anode makers built in Europe and the US, as the trade press summed it up then (SMM, November
2023), so that a ranking can be read against them: a reason whose criterion gives a site no more
than it gives the median place is not borne out there.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from siting.model.plan import Plan

BORNE_OUT_POINTS = 0.5  # of 100; less than this over the median place is noise


@dataclass(frozen=True)
class Reason:
    """One reason and the criteria that measure it."""

    text: str
    criteria: tuple[str, ...]


REASONS = (
    Reason("Overseas supply is Japanese and Korean and too small", ("unserved_demand",)),
    Reason("The rest is imported from China, at a duty", ("import_duty",)),
    Reason("The old carmakers are near", ("automaker_pull",)),
    Reason("Cell makers followed the carmakers", ("accessible_demand", "compatriot_cells")),
    Reason("A fleet CO2 standard holds", ("fleet_standard",)),
    Reason("The state pays buyers of electric cars", ("purchase_support",)),
    Reason("The state pays for the plant", ("targeted_aid",)),
    Reason("The climate target is earlier than 2050", ("net_zero_year",)),
    Reason("A law has set off a wave of investment", ("investment_wave",)),
    Reason("Chinese components and minerals are shut out", ("origin_rule",)),
)


def reasons_at(plan: Plan, position: int) -> pd.DataFrame:
    """Return what each reason contributes at a candidate, against the median candidate.

    Returns
    -------
    DataFrame
        reason, criteria, points, median_points (of 100), verdict: "borne out", "not borne out"
        or "not weighed" where the study's strategy has no such criterion.
    """
    rows = []
    for reason in REASONS:
        own = [c for c in reason.criteria if c in plan.parts]
        points = 100 * plan.parts[own].sum(axis=1)
        here, median = float(points.iloc[position]), float(points.median())
        verdict = "borne out" if here - median >= BORNE_OUT_POINTS else "not borne out"
        rows.append(
            {
                "reason": reason.text,
                "criteria": ", ".join(reason.criteria),
                "points": here,
                "median_points": median,
                "verdict": verdict if own else "not weighed",
            }
        )
    return pd.DataFrame(rows)
