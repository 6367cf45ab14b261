"""What would bring a place to rank 1, in sentences: each change alone, all else as it is."""

from __future__ import annotations

import numpy as np

from maps.numerals import number, times
from siting.confidence.what_if import nearest
from siting.confidence.why_not import gap, needs
from siting.model import scoring
from siting.model.plan import Plan
from siting.results.text.confidence import closest_call, needed_words, short, upper
from siting.study.terms import CHANCE

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
        return (f"It lies in the zone of rank 1; {ahead} stands for it.",)
    lacking = gap(plan, position, 1)
    if lacking <= 0:
        larger = f"Its zone has a larger {CHANCE} than {ahead}, but no estate is known in it"
        return (f"{larger}, so that it is listed after those that have one.",)
    table = needs(plan, position, 1)
    does = table["needed"].notna()
    each = [upper(needed_words(plan, position, str(row["input"]), row["now"], row["needed"]))
            for row in table[does].head(MOST_CHANGES).to_dict("records")]  # fmt: skip
    best = [f"{row['input']} {times(row['factor'])} times"
            for row in table[~does].head(BEST).to_dict("records")]  # fmt: skip
    more = int(does.sum()) - len(each)
    odds = float(scoring.odds(np.array(lacking)))
    grow = f"Its odds must grow {times(odds)} times to pass {ahead}."
    return (
        f"{grow} {'Each of these alone would do:' if each else 'No single change would do.'}",
        *each,
        *([f"{number(more)} more would do; the map names them."] if more > 0 else []),
        *([f"Not enough alone, at their best: {', '.join(best)}."] if best else []),
    )


def _kept_by(plan: Plan) -> tuple[str, ...]:
    """Say what would bring another to rank 1."""
    if len(plan.zones.head) == 1:
        return ("It is the only zone of the study.",)
    return ("It has rank 1.", closest_call(plan, nearest(plan)))
