"""`siting backtest`: the ranking against anode plants that were really announced."""

from __future__ import annotations

from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from geodata.errors import together
from siting.support.console import console

FIRST_YEAR, LAST_YEAR = 2000, 2100


class Part(StrEnum):
    """Which plants are ranked."""

    ALL = "all"
    EXPLORE = "explore"
    REPORT = "report"
    FRESH = "fresh"
    NEWEST = "newest"


def backtest(
    since: Annotated[
        int, typer.Option(help="First year of announcement.", min=FIRST_YEAR, max=LAST_YEAR)
    ] = 2019,
    preset: Annotated[
        str, typer.Option(help="Preset or study file whose model is tested.")
    ] = "balanced",
    plants: Annotated[
        Path | None, typer.Option(help="Your own plants: a CSV with the columns of anode_plants.")
    ] = None,
    part: Annotated[
        Part, typer.Option(help="Half A (explore), half B (report), C (fresh), D (newest), or all.")
    ] = Part.ALL,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress, no summary.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Rank announced anode plants as of the eve of each, against all other places."""
    from geodata.load import table
    from siting.study.studyfile import named

    study, rows = together([partial(named, preset), partial(table, "anode_plants", plants)])

    from siting.backtest.plants import choose, of_part
    from siting.backtest.replay import backtest as ranked
    from siting.commands import backtest_terminal
    from siting.support.progress import shown

    chosen = of_part(choose(rows, since), part.value)
    with shown(console, quiet=quiet or as_json) as stages:
        found = ranked(study, chosen, stages)
    if as_json:
        typer.echo(backtest_terminal.backtest_json(found))
    elif not quiet:
        backtest_terminal.print_backtest(found)
