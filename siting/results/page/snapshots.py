"""The question of a study at other moments, or asked otherwise, for the map to choose from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from maps.atlas import Atlas
from siting.pipeline import Run
from siting.results.page.atlas import INVESTORS, atlas
from siting.study.study import Snapshot, Study
from siting.study.studyfile import changed

MOST = 1500  # places to rank anew at a further moment: seven of them stay a file to be mailed


def studies(study: Study) -> Iterator[Study]:
    """Yield the study at each of its snapshots, which has none itself.

    Raises
    ------
    SitingError
        As `studyfile.changed`.
    """
    for one in study.snapshots:
        switches = {
            "policies": study.policies.beside(one.policies).model_dump(),
            "events": study.events.beside(one.events).model_dump(),
        }
        moment = {"as_of": one.as_of, "demand_year": one.demand_year, "investor": one.investor}
        yield changed(study, {**moment, **switches, "snapshots": ()})


def atlases(study: Study, run: Run) -> list[Atlas]:
    """Return what the map shows at each snapshot; one plan is in memory at a time.

    Raises
    ------
    SitingError
        When a date leaves no candidate, no customer or no price.
    """
    return [
        replace(atlas(run.plan(asked), MOST), what_if=title(one))
        for one, asked in zip(study.snapshots, studies(study), strict=True)
    ]


def title(one: Snapshot) -> str:
    """Return what a snapshot that changes more than the moment is called; "" for any other."""
    if not one.asks_otherwise:
        return ""
    investor = [f"{INVESTORS.get(one.investor, one.investor)} investor"] if one.investor else []
    off = [f"without {name}" for name in (*one.policies.off, *one.events.off)]
    on = [f"with {name}" for name in (*one.policies.on, *one.events.on)]
    made = ", ".join([*investor, *off, *on])
    return one.title or made[0].upper() + made[1:]
