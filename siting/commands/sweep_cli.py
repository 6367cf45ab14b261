"""`siting sweep`: many studies over shared stages, and which sites are good in all of them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from siting.commands import options
from siting.support import clock
from siting.support.console import aside, print_json


def sweep(
    *,
    study: options.Study = options.STUDY,
    grid: Annotated[Path, typer.Option("--grid", "-g", help="What varies: see docs/sweep.md.")],
    out: Annotated[Path | None, options.out("Folder of the results (out/STUDY-GRID).")] = None,
    top: Annotated[int, options.top("First sites of each scenario compared.")] = 25,
    workers: options.Workers = 0,
    quiet: options.Quiet = False,
    as_json: options.Json = False,
) -> None:
    """Score a study under many scenarios, and list the sites that are good in all of them."""
    from siting.results.folder import check_target, default_folder, origin
    from siting.scenarios.sweep_grid import read
    from siting.study.studyfile import named

    base = named(study)
    scenarios = read(grid, base)
    folder, made_of = out or default_folder(study, grid.stem), origin(study, str(grid))
    check_target(folder, None if out else made_of)

    from siting.commands import sweep_terminal
    from siting.results.sweep_files import write_sweep
    from siting.scenarios.sweep import sweep as sweep_over
    from siting.support.progress import shown

    with shown(aside, quiet=quiet) as stages:
        result = sweep_over(base, scenarios, top, stages, workers)
        write_sweep(result, grid, folder, stages, made_of)
    if as_json:
        print_json(sweep_terminal.sweep_json(result, folder))
    elif not quiet:
        sweep_terminal.print_sweep(result, folder, clock.elapsed_s())
