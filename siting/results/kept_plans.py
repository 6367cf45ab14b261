"""Plans kept between runs: another question about a study needs none made anew."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from siting.model.plan import Plan
from siting.results.inputs import own_files, reads_a_database
from siting.scenarios import compare
from siting.scenarios.compare import Runs
from siting.study.study import Study
from siting.support import kept, pickles
from siting.support.progress import Stages


@contextmanager
def planned(study: Study, make: Callable[[], Plan]) -> Iterator[Plan]:
    """Give the plan of a study: one that this user made before of the same files and code, or anew.

    A new one is kept once what asks it is answered, with what that worked out of it.
    """
    if (plan := kept_plan(study)) is not None:
        yield plan
        return
    key, made = key_of(study), make()
    yield made
    keep(key, made)


def kept_plan(study: Study) -> Plan | None:
    """Return the plan of a study that this user made before of the same files and code."""
    plan = pickles.read(key_of(study))
    if not isinstance(plan, Plan):
        return None
    spoken = plan.study.model_copy(update={"language": study.language})
    return dataclasses.replace(plan, study=spoken)


def keep(key: str, plan: Plan) -> None:
    """Keep a plan whose study had a key before it was made, unless a file was changed meanwhile."""
    if key and key == key_of(plan.study):
        pickles.keep(key, plan)


def runs(first: Study, second: Study, stages: Stages) -> Runs:
    """Return the plans that a comparison makes: those made before for the same two, or anew."""
    key = key_of(first, second)
    before = pickles.read(key)
    if isinstance(before, Runs):
        return before
    made = compare.runs(first, second, stages)
    if key and key == key_of(first, second):
        pickles.keep(key, made)
    return made


def key_of(*studies: Study) -> str:
    """Return the key of all that plans rest on.

    "" where a file of the user's cannot be read, and for a database: it may change at any time.
    """
    if any(reads_a_database(study) for study in studies):
        return ""
    try:
        read = [_read_by(study) for study in studies]
    except OSError:  # whoever needs it reports it
        return ""
    return kept.key_of({"plans": read, "in": str(Path.cwd())})


def _read_by(study: Study) -> list[object]:
    lines = sorted((".".join(path), at) for path, at in study.origin.lines.items() if path)
    files = kept.hashes(own_files(study).values())
    return [study.model_dump(mode="json", exclude={"language"}), study.origin.name, lines, files]
