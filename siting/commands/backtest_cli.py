"""`siting backtest`: the ranking against anode plants that were really announced."""

from __future__ import annotations

from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geodata.errors import Fault, SitingError, together
from siting.commands import options
from siting.support.console import aside, console, print_json

if TYPE_CHECKING:
    from siting.study.study import Study

FIRST_YEAR, LAST_YEAR = 2000, 2100


class Part(StrEnum):
    """Which plants are ranked."""

    ALL = "all"
    EXPLORE = "explore"
    REPORT = "report"
    FRESH = "fresh"
    NEWEST = "newest"
    ANNOUNCED_LATER = "announced_later"
    UNSIZED = "unsized"


class Neighbours(StrEnum):
    """Neighbouring industries, and the tables that hold them."""

    CELLS = "gigafactories"
    MATERIALS = "material_works"


def backtest(
    study: options.Study = options.STUDY,
    since: Annotated[
        int, typer.Option(help="First year of announcement.", min=FIRST_YEAR, max=LAST_YEAR)
    ] = 2019,
    plants: Annotated[
        Path | None,
        typer.Option(
            help="Your own plants: a CSV with id, name, owner, owner_hq_country, country, city, "
            "lat, lon, product, announced_date; further columns of anode_plants where you have "
            "them."
        ),
    ] = None,
    part: Annotated[
        Part,
        typer.Option(
            help="A (explore), B (report), C (fresh), D (newest), E (announced_later), "
            "F (unsized), or all."
        ),
    ] = Part.ALL,
    neighbours: Annotated[
        Neighbours | None,
        typer.Option(help="Rank works of a neighbouring industry instead: cells or materials."),
    ] = None,
    freeze: Annotated[
        Path | None,
        typer.Option(help="Write today's predictions for every owner to this file, and no more."),
    ] = None,
    quiet: options.Quiet = False,
    as_json: options.Json = False,
) -> None:
    """Rank announced anode plants as of the eve of each, against all other places."""
    from geodata.load import table
    from siting.study.studyfile import named
    from siting.support.progress import shown

    if freeze is not None:
        _freeze(named(study), freeze, quiet=quiet)
        return

    if neighbours is not None and (plants is not None or part is not Part.ALL):
        what = "ranks works of a neighbouring industry, which have no parts and no list of yours"
        raise SitingError(Fault("--neighbours", what, "leave out --plants and --part"))

    from siting.commands import backtest_terminal
    from siting.validation.plants import choose, neighbours_of, of_part, own_plants
    from siting.validation.register import frozen_on
    from siting.validation.replay import backtest as ranked

    rows = partial(own_plants, plants) if plants else partial(table, "anode_plants")
    tested, listed = together([partial(named, study), rows])
    if neighbours is not None:
        chosen = neighbours_of(table(neighbours.value), since)
    else:
        chosen = of_part(choose(listed, since, frozen=frozen_on()), part.value)
    with shown(aside, quiet=quiet) as stages:
        result = ranked(tested, chosen, stages)
    if as_json:
        print_json(backtest_terminal.backtest_json(result))
    elif not quiet:
        backtest_terminal.print_backtest(result)


def _freeze(study: Study, path: Path, *, quiet: bool) -> None:
    """Write the predictions of a study; an existing file is left as it is."""
    from siting.support.progress import shown
    from siting.validation import register

    if path.exists():
        hint = "predictions are never written over: name another file"
        raise SitingError(Fault(str(path), "exists", hint))
    if not path.parent.is_dir():
        raise SitingError(Fault(str(path.parent), "no such folder", "make it first"))
    with shown(aside, quiet=quiet) as stages:
        content = register.freeze(study, stages)
    path.write_text(register.dumped(content), encoding="utf-8", newline="\n")
    if not quiet:
        console.print(f"Wrote {path.name}: {len(content['predictions'])} investors, "
                      f"as of {content['as_of']}, SHA-256 {content['sha256']}")  # fmt: skip
