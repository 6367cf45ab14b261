"""The question of a study at other moments, or asked otherwise, for the map to choose from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from geodata.language import speaking, tr
from maps.atlas import Atlas
from siting.model.plan import Plan
from siting.pipeline import Run
from siting.results.page.atlas import atlas
from siting.results.page.live import Beside
from siting.study.study import Snapshot, Study
from siting.study.studyfile import changed
from siting.study.terms import NATIONALITIES


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


def atlases(plan: Plan, run: Run) -> list[Atlas]:
    """Return what the map shows at each snapshot of the study of a plan.

    One of their plans is in memory at a time, beside that of the study.

    Raises
    ------
    SitingError
        When a date leaves no candidate, no customer or no price.
    """
    study = plan.study
    if not study.snapshots:
        return []
    beside = Beside.of(plan)
    return [
        _titled(atlas(run.plan(asked), beside=beside), one)
        for one, asked in zip(study.snapshots, studies(study), strict=True)
    ]


def _titled(asked: Atlas, one: Snapshot) -> Atlas:
    """Say on an atlas what the snapshot asks otherwise, in every language."""
    spoken = {}
    for language, said in asked.spoken.items():
        with speaking(language):
            spoken[language] = {**said, "what_if": title(one)}
    return replace(asked, what_if=title(one), switch=switch(one), spoken=spoken)


def switch(one: Snapshot) -> str:
    """Return what alone a snapshot changes: "owner", "law", or "" for anything else."""
    changed = {
        "moment": bool(one.as_of or one.demand_year),
        "owner": bool(one.investor),
        "law": bool(one.policies.switched),
        "event": bool(one.events.switched),
    }
    names = [name for name, is_changed in changed.items() if is_changed]
    return names[0] if names in (["owner"], ["law"]) else ""


def title(one: Snapshot) -> str:
    """Return what a snapshot that changes more than the moment is called; "" for any other."""
    if not one.asks_otherwise:
        return ""
    if one.title:
        return tr(one.title)
    off = [tr("without {name}", name=name) for name in (*one.policies.off, *one.events.off)]
    on = [tr("with {name}", name=name) for name in (*one.policies.on, *one.events.on)]
    made = tr(", ").join([*_investor(one), *off, *on])
    return made[0].upper() + made[1:]


def _investor(one: Snapshot) -> list[str]:
    home = one.investor
    if not home:
        return []
    return [tr("{nationality} investor", nationality=tr(NATIONALITIES.get(home, home)))]
