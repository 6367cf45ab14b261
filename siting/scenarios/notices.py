"""What became of the files and names of a sweep's studies, and in which scenarios."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from siting.model import unmatched
from siting.pipeline import Run
from siting.study.study import Study
from siting.world import exclusions
from siting.world.exclusions import Account

SOME = 5  # scenarios in a sentence


@dataclass(frozen=True)
class Notice:
    """The account of an exclusion layer, or a note as a plan has them.

    Attributes
    ----------
    text : str
        A sentence.
    account : Account or None
    scenarios : tuple of int
        Where it holds, from 1.
    """

    text: str
    account: Account | None
    scenarios: tuple[int, ...]


def of_block(run: Run, numbers: Sequence[int], studies: Sequence[Study]) -> tuple[Notice, ...]:
    """Return the notices of scenarios that compare the same places under the same facts.

    Parameters
    ----------
    run : Run
    numbers : sequence of int
        Of the scenarios, from 0.
    studies : sequence of Study
    """
    first = studies[0]
    facts, selected = run.of("facts", first), run.of("places", first)
    compared = unmatched.Compared(selected.places, selected.barred)
    every = tuple(number + 1 for number in numbers)
    notices = [Notice(exclusions.sentence(one), one, every) for one in selected.exclusions]
    texts = [*selected.notes, *unmatched.sentences(first, facts, compared)]
    weighed = {text for study in studies for text in unmatched.of_weights(study)}
    notices += [Notice(text, None, every) for text in texts if text not in weighed]
    for number, study in zip(every, studies, strict=True):  # these alone may differ in a block
        notices += [Notice(text, None, (number,)) for text in unmatched.of_weights(study)]
    return tuple(notices)


def together(notices: Iterable[Notice]) -> tuple[Notice, ...]:
    """Return each notice once, with all its scenarios: accounts first, then as they came."""
    where: dict[tuple[str, Account | None], set[int]] = {}
    for one in notices:
        where.setdefault((one.text, one.account), set()).update(one.scenarios)
    joined = [Notice(*key, tuple(sorted(numbers))) for key, numbers in where.items()]
    return tuple(sorted(joined, key=lambda one: (one.account is None, one.scenarios[0])))


def sentence(notice: Notice, count: int) -> str:
    """Say a notice, with its scenarios unless it holds in all of `count`."""
    if len(notice.scenarios) == count:
        return notice.text
    shown = ", ".join(map(str, notice.scenarios[:SOME]))
    more = len(notice.scenarios) - SOME
    rest = f" and {more:,} more" if more > 0 else ""
    which = "scenario" if len(notice.scenarios) == 1 else "scenarios"
    return f"In {which} {shown}{rest}: {notice.text}"


def for_programs(notices: Iterable[Notice]) -> dict[str, list[dict[str, object]]]:
    """Return notices as plain values, for the manifest and for JSON."""
    rows: dict[str, list[dict[str, object]]] = {"exclusions": [], "notes": []}
    for one in notices:
        row: dict[str, object] = {"sentence": one.text, "scenarios": list(one.scenarios)}
        if one.account is None:
            rows["notes"].append(row)
        else:
            rows["exclusions"].append(dataclasses.asdict(one.account) | row)
    return rows
