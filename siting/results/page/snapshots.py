"""The question of a study at other moments, for the map to choose from."""

from __future__ import annotations

from collections.abc import Iterator

from maps.atlas import Atlas
from siting.pipeline import Run
from siting.results.page.atlas import atlas
from siting.study.study import Study
from siting.study.studyfile import changed

MOST = 1500  # places to rank anew at a further moment: seven of them stay a file to be mailed


def studies(study: Study) -> Iterator[Study]:
    """Yield the study at each of its snapshots, which has none itself.

    Raises
    ------
    SitingError
        As `studyfile.changed`.
    """
    for snapshot in study.snapshots:
        yield changed(study, {**snapshot.model_dump(exclude_none=True), "snapshots": ()})


def atlases(study: Study, run: Run) -> list[Atlas]:
    """Return what the map shows at each snapshot; one plan is in memory at a time.

    Raises
    ------
    SitingError
        When a date leaves no candidate, no customer or no price.
    """
    return [atlas(run.plan(moment), MOST) for moment in studies(study)]
