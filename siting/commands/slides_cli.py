"""`siting slides`: a few sites side by side, as PowerPoint."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geodata.errors import Fault, raise_if, together
from siting.commands import options
from siting.support.console import aside, console

if TYPE_CHECKING:
    from siting.model.plan import Plan

SUFFIX = ".pptx"


def slides(
    study: options.Study = options.STUDY,
    site: Annotated[
        list[str] | None,
        typer.Option(help='One of two to four: site_id, name, "Name, CC" or lat,lon; repeat it.'),
    ] = None,
    from_setting: Annotated[
        str | None, typer.Option(help="Link of the map: its weights, and its pins without --site.")
    ] = None,
    out: Annotated[Path | None, options.out("File of the slides (out/STUDY-sites.pptx).")] = None,
    force: options.Force = False,
    quiet: options.Quiet = False,
) -> None:
    """Set two to four sites side by side on slides: figures, costs, odds, customers, laws."""
    from siting.study.studyfile import named

    chosen = named(study)
    pins: tuple[str, ...] = ()
    if from_setting is not None:
        from siting.study import setting

        read = setting.read(from_setting)
        chosen, pins = setting.laid_on(chosen, read), read.pins

    from siting.results.compared import check_many
    from siting.results.folder import OUT
    from siting.results.slides import check_slides, to_compared_slides

    wanted = list(dict.fromkeys(site or pins))
    check_many(wanted)
    check_slides()
    file = out or OUT / f"{chosen.name}-sites{SUFFIX}"
    _check_file(file, force=force)

    import numpy as np

    from siting.results.compared import compared
    from siting.results.kept_plans import planned
    from siting.results.text.explain import find
    from siting.support.progress import shown

    with shown(aside, quiet=quiet) as stages:

        def make() -> Plan:
            from siting.pipeline import make_plan

            return make_plan(chosen, stages)

        with planned(chosen, make) as plan:
            found = together([partial(find, plan, one) for one in wanted])
            check_many([str(position) for position in found])
            made = to_compared_slides(compared(plan, np.array(found, dtype=np.intp)))
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(made)
    if not quiet:
        console.print(f"Slides in {file}")


def _check_file(file: Path, *, force: bool) -> None:
    faults = []
    if file.suffix.lower() != SUFFIX:
        hint = f"end its name in {SUFFIX}"
        faults.append(Fault("--out", "no file of slides", hint, value=file.name))
    if file.is_dir():
        faults.append(Fault("--out", "is a folder", "name a file in it", value=str(file)))
    elif file.exists() and not force:
        faults.append(Fault(str(file), "exists already", "choose another name, or --force"))
    raise_if(faults)
