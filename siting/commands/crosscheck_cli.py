"""`siting crosscheck`: whether other methods put the same sites first."""

from __future__ import annotations

from typing import Annotated

import typer

from siting.support.console import console, print_json


def crosscheck(
    study: Annotated[
        str | None,
        typer.Argument(metavar="[STUDY]", help="Study file, or the name of a preset (balanced)."),
    ] = None,
    top: Annotated[int, typer.Option(min=3, max=200, help="Sites of the shortlist.")] = 25,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Set the shortlist beside other methods: product, TOPSIS, VIKOR, PROMETHEE."""
    from siting.study.studyfile import named

    chosen = named(study or "balanced")

    from siting.commands import crosscheck_terminal
    from siting.confidence.agreement import crosscheck as check
    from siting.pipeline import make_plan
    from siting.support.progress import shown

    with shown(console, quiet=as_json) as stages:
        plan = make_plan(chosen, stages)
    checked = check(plan, top)
    if as_json:
        print_json(crosscheck_terminal.crosscheck_json(checked, plan))
    else:
        crosscheck_terminal.print_crosscheck(checked, plan)
