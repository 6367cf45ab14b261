"""`siting portfolio`: which plants, how big and when, chosen together and verified."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from siting.commands import options
from siting.support import clock
from siting.support.console import aside, print_json


def portfolio(
    *,
    study: options.Study = options.STUDY,
    grid: Annotated[
        Path | None,
        typer.Option("--grid", "-g", help="Scenarios that portfolios are tried in: docs/sweep.md."),
    ] = None,
    price: Annotated[
        float | None,
        typer.Option(help="Price outside China, USD/t, in place of the study's.", min=1),
    ] = None,
    investor: options.Investor = None,
    plants: Annotated[int | None, typer.Option(help="Plants at most.", min=1)] = None,
    out: Annotated[Path | None, options.out("Folder of the results (out/STUDY-portfolio).")] = None,
    quiet: options.Quiet = False,
    as_json: options.Json = False,
) -> None:
    """Choose which plants to build, how big and when, within the limits of a board."""
    from siting.results.folder import check_target, default_folder, origin
    from siting.scenarios.sweep_grid import read
    from siting.study.studyfile import changed, named

    asked = changed(named(study), {"price_usd_per_t": price, "investor": investor})
    if plants is not None:
        own = asked.portfolio.model_copy(update={"plants": plants})
        asked = changed(asked, {"portfolio": own.model_dump()})
    scenarios = read(grid, asked) if grid else ()
    folder = out or default_folder(study, "portfolio")
    made_of = origin(study, str(grid) if grid else None)
    check_target(folder, None if out else made_of)

    from siting.commands import portfolio_terminal
    from siting.pipeline import Run
    from siting.portfolios.answer import answer
    from siting.results.portfolio.files import write_portfolio
    from siting.results.portfolio.tables import PortfolioTables, verified
    from siting.support.progress import shown

    with shown(aside, quiet=quiet) as stages:
        run = Run(stages)
        plan = run.plan(changed(asked, {"confidence": {"draws": 0}}))
        tables = PortfolioTables(answer(plan, scenarios, stages, run))
        with stages("checks"):
            verified(tables)
        write_portfolio(tables, folder, stages, grid, made_of)
    if as_json:
        print_json(portfolio_terminal.portfolio_json(tables, folder))
    elif not quiet:
        portfolio_terminal.print_portfolio(tables, folder, clock.elapsed_s())
