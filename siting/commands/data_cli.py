"""`siting data`: the facts behind a plan, their sources and their faults."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer
from rich.table import Table
from rich.text import Text

from geodata.controls import cleaned
from siting.commands import options
from siting.support.console import (
    EXIT_FAULT,
    answer,
    aside,
    console,
    failing_well,
    print_csv,
    print_json,
)

if TYPE_CHECKING:
    import pandas as pd

app = typer.Typer(no_args_is_help=True)

SHORT = 12  # characters of a cell that is never cut
SHOWN = 20  # rows that a terminal shows unless asked for more

Name = Annotated[str, typer.Argument(metavar="TABLE", help="Name of the table; see `list`.")]
Where = Annotated[
    list[str] | None,
    typer.Option("--where", "-w", help="Condition such as country=SE, lat>60, name~port; repeat."),
]
Columns = Annotated[
    list[str] | None, typer.Option("--columns", "-c", help="Columns, with commas; repeat.")
]
Limit = Annotated[
    int | None, typer.Option(min=1, help=f"Rows at most ({SHOWN}; JSON and CSV: all).")
]


@failing_well
def list_tables() -> None:
    """List the tables: rows, how well they are known, newest evidence."""
    from geodata import query

    tables = query.overview()
    _print(tables.rename(columns={"newest": "newest as_of"}))


@failing_well
def show(
    name: Name,
    where: Where = None,
    columns: Columns = None,
    limit: Limit = None,
    as_json: options.Json = False,
    as_csv: options.Csv = False,
) -> None:
    """Show rows of a table."""
    from geodata import query
    from geodata.load import table

    rows = query.choose(table(name), where or [], columns or [])
    if as_json:
        records = json.loads(rows.head(limit or len(rows)).to_json(orient="records"))
        print_json(answer({"table": name, "rows": records}))
        return
    if as_csv:
        print_csv(rows.head(limit or len(rows)).to_csv(index=False, lineterminator="\n"))
        return
    seen = rows if columns else rows[query.glance(rows, where or [], console.width)]
    _print(seen.head(limit or SHOWN), whole=bool(columns) or console.whole)
    _note(f"{min(len(rows), limit or SHOWN)} of {len(rows)} rows")
    hidden = [column for column in rows.columns if column not in seen]
    if hidden:
        _note("more columns: " + ", ".join(hidden))


@failing_well
def age(
    study: options.Study = options.STUDY,
    limit: Limit = None,
    quiet: options.Quiet = False,
    as_json: options.Json = False,
    as_csv: options.Csv = False,
) -> None:
    """List the rows that a plan rests on, the oldest that decide first: what to check first."""
    from siting.study.study import Draws
    from siting.study.studyfile import named

    chosen = named(study)

    from siting.pipeline import make_plan
    from siting.results import data_age
    from siting.support.progress import shown

    with shown(aside, quiet=quiet) as stages:
        # how sure the order is moves no row
        undrawn = chosen.model_copy(update={"confidence": Draws(draws=0)})
        plan = make_plan(undrawn, stages)
        rows = data_age.data_age(plan)
    if as_json:
        content = data_age.summary(plan, rows) | {
            "rows": data_age.records(rows.head(limit or len(rows)))
        }
        print_json(answer(content))
        return
    if as_csv:
        print_csv(rows.head(limit or len(rows)).to_csv(index=False, lineterminator="\n"))
        return
    seen = rows.head(limit or max(data_age.deciding(rows), 1))
    _print(data_age.for_people(seen, console.width), whole=console.whole)
    _note(f"{len(seen)} of {len(rows)} rows; {data_age.LEGEND}")
    console.print(Text(data_age.sentence(rows)))
    console.print(Text(f"Price of the day: {data_age.price_of_the_day(plan.study, plan.facts)}."))


@failing_well
def check() -> None:
    """Check every table, and the tables against each other and the map."""
    from geodata.check import check_catalogue
    from geodata.tables import TABLES

    faults = check_catalogue()
    for fault in faults:
        console.print(Text(str(fault)), soft_wrap=True)
    if faults:
        raise typer.Exit(EXIT_FAULT)
    _note(f"{len(TABLES)} tables checked, no fault")


def _print(rows: pd.DataFrame, *, whole: bool = True) -> None:
    """Print a frame, long cells `whole` or cut; cells are data and never markup."""
    from pandas.api.types import is_numeric_dtype

    from geodata import query

    grid = Table(box=None, header_style="bold", pad_edge=False)
    for column in rows.columns:
        side: Literal["left", "right"] = "right" if is_numeric_dtype(rows[column]) else "left"
        if whole:
            grid.add_column(Text(column), justify=side, overflow="fold")
        else:
            # text gives way to numbers: a column that may wrap is the first that Rich narrows
            short = rows[column].map(_cell).str.len().max() <= SHORT
            grid.add_column(Text(column), justify=side, no_wrap=short, max_width=query.WIDEST)
    cut: dict[str, Any] = {} if whole else {"no_wrap": True, "overflow": "ellipsis"}
    for cells in rows.itertuples(index=False):
        grid.add_row(*(Text(_cell(value), **cut) for value in cells))
    console.print(grid)


def _cell(value: object) -> str:
    if isinstance(value, float):
        return "" if value != value else f"{value:.10g}"  # noqa: PLR0124 - only NaN differs from itself
    return cleaned(value, " ")


def _note(text: str) -> None:
    console.print(Text(text, style="dim"))


options.add(app, list_tables, "list")
for command in (show, age, check):
    options.add(app, command)
