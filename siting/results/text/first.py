"""What would make a place first, in sentences: each change alone, all else as it is."""

from __future__ import annotations

import numpy as np

from maps.numerals import number, times
from siting.confidence.why_not import gap, needs
from siting.model import scoring
from siting.model.plan import Plan
from siting.results.text import brief
from siting.results.text.confidence import needed_words, passing_sentence, short, upper

MOST_CHANGES = 5  # of which each would do
BEST = 3  # of those that would not, named


def first_sentences(plan: Plan, position: int) -> tuple[str, ...]:
    """Return what would make a candidate first: what it lacks, then each change that would do.

    Of the candidate that is first, what would put another there.
    """
    first, zone = int(plan.zones.head[0]), int(plan.zones.zone[position])
    ahead = short(plan.places["name"].iloc[first])
    if position == first:
        return _kept_by(plan)
    if zone == 1:
        return (f"It lies in the siting zone that is first; {ahead} stands for it.",)
    lacking = gap(plan, position, 1)
    if lacking <= 0:
        larger = f"Its zone has a larger share than {ahead}, but no estate is known in it"
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
    """Say what would put another in the place of the first."""
    pair, change = brief.first_two(plan), brief.turned(plan)
    if pair is None or change is None:
        return ("It is the only siting zone of the study.",)
    ahead, behind = (short(plan.places["name"].iloc[position]) for position in pair)
    return ("It is first.", passing_sentence(change, behind, ahead))
