"""`siting crosscheck`: whether other methods put the same sites first."""

from __future__ import annotations

from typing import Annotated

from siting.commands import options
from siting.support.console import aside, print_json


def crosscheck(
    study: options.Study = options.STUDY,
    top: Annotated[int, options.top("Sites of the shortlist.", least=3, most=200)] = 25,
    as_json: options.Json = False,
) -> None:
    """Set the shortlist beside other methods: product, TOPSIS, VIKOR, PROMETHEE."""
    from siting.study.studyfile import named

    chosen = named(study)

    from siting.commands import crosscheck_terminal
    from siting.confidence.agreement import crosscheck as check
    from siting.pipeline import make_plan
    from siting.support.progress import shown

    with shown(aside) as stages:
        plan = make_plan(chosen, stages)
    checked = check(plan, top)
    if as_json:
        print_json(crosscheck_terminal.crosscheck_json(checked, plan))
    else:
        crosscheck_terminal.print_crosscheck(checked, plan)
