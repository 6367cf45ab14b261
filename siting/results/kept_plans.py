"""Plans kept between runs: another question about a study needs none made anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from siting.model.plan import Plan
from siting.results.inputs import own_files
from siting.study.study import Study
from siting.support import kept, pickles


@contextmanager
def planned(study: Study, make: Callable[[], Plan]) -> Iterator[Plan]:
    """Give the plan of a study: one that this user made before of the same files and code, or anew.

    A new one is kept once what asks it is answered, with what that worked out of it.
    """
    key = key_of(study)
    plan = pickles.read(key) if key else None
    if isinstance(plan, Plan):
        yield plan
        return
    made = make()
    yield made
    keep(key, made)


def keep(key: str, plan: Plan) -> None:
    """Keep a plan whose study had a key before it was made, unless a file was changed meanwhile."""
    if key and key == key_of(plan.study):
        pickles.keep(key, plan)


def key_of(study: Study) -> str:
    """Return the key of all that a plan rests on; "" where a file of the user's is gone."""
    try:
        files = kept.hashes(own_files(study).values())
    except OSError:  # whoever reads it reports it
        return ""
    lines = sorted((".".join(path), line) for path, line in study.origin.lines.items())
    return kept.key_of({
        "plan of": study.model_dump(mode="json"),
        "written in": [study.origin.name, lines],
        "folder": str(Path.cwd()),
        "files": files,
    })  # fmt: skip
