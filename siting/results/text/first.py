"""What would bring a place to rank 1, in sentences: each change alone, all else as it is."""

from __future__ import annotations

import numpy as np

from geodata.language import sentences, tr
from maps.numerals import number, times
from siting.confidence.what_if import nearest
from siting.confidence.why_not import gap, needs
from siting.model import scoring
from siting.model.plan import Plan
from siting.results.text.confidence import (
    closest_call,
    input_words,
    needed_words,
    short,
    upper,
)

MOST_CHANGES = 5  # of which each would do
BEST = 3  # of those that would not, named


def first_sentences(plan: Plan, position: int) -> tuple[str, ...]:
    """Return what would bring a candidate to rank 1: what it lacks, then each change that would do.

    Of the candidate that has it, what would bring another there.
    """
    first, zone = int(plan.zones.head[0]), int(plan.zones.zone[position])
    ahead = short(plan.places["name"].iloc[first])
    if position == first:
        return _kept_by(plan)
    if zone == 1:
        return (tr("It lies in the zone of rank 1; {site} stands for it.", site=ahead),)
    lacking = gap(plan, position, 1)
    if lacking <= 0:
        return (
            tr("Its zone has a larger chance of the next plant than {site}, but no estate is known "
               "in it, so that it is listed after those that have one.", site=ahead),
        )  # fmt: skip
    table = needs(plan, position, 1)
    does = table["needed"].notna()
    each = [upper(needed_words(plan, position, str(row["input"]), row["now"], row["needed"]))
            for row in table[does].head(MOST_CHANGES).to_dict("records")]  # fmt: skip
    best = [tr("{criterion} {times} times", criterion=input_words(row["input"]),
               times=times(row["factor"]))
            for row in table[~does].head(BEST).to_dict("records")]  # fmt: skip
    more = int(does.sum()) - len(each)
    odds = float(scoring.odds(np.array(lacking)))
    grow = tr("Its odds must grow {times} times to pass {site}.", times=times(odds), site=ahead)
    would = tr("Each of these alone would do:") if each else tr("No single change would do.")
    several = tr("{number} more would do; the map names them.", number=number(more))
    weak = tr("Not enough alone, at their best: {criteria}.", criteria=tr(", ").join(best))
    return (
        sentences([grow, would]), *each, *([several] if more > 0 else []), *([weak] if best else [])
    )  # fmt: skip


def _kept_by(plan: Plan) -> tuple[str, ...]:
    """Say what would bring another to rank 1."""
    if len(plan.zones.head) == 1:
        return (tr("It is the only zone of the study."),)
    return (tr("It has rank 1."), closest_call(plan, nearest(plan)))
