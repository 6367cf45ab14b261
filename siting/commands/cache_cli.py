"""`siting cache`: where it lies, what it holds, and its clearing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer
from rich.table import Table
from rich.text import Text

from siting.commands import options
from siting.support.cachefolder import ENV, directory
from siting.support.console import answer, console, print_json

if TYPE_CHECKING:
    from siting.support.housekeeping import Usage

app = typer.Typer(invoke_without_command=True)
MB = 1e6


@app.callback()
def show(context: typer.Context, as_json: options.Json = False) -> None:
    """Print where the cache lies and what it holds; everything in it can be made again."""
    if context.invoked_subcommand is not None:
        return
    from siting.support.housekeeping import usage

    rows = usage()
    if as_json:
        print_json(_answer(rows))
        return
    console.print(Text(f"{directory()} (${ENV} names another folder)"))
    table = Table(box=None, header_style="dim", pad_edge=False)
    table.add_column("kind")
    for head in ("files", "MB"):
        table.add_column(head, justify="right")
    for row in rows:
        table.add_row(row.kind, f"{row.files:,}", f"{row.size / MB:,.1f}")
    table.add_row("all together", f"{sum(row.files for row in rows):,}",
                  f"{sum(row.size for row in rows) / MB:,.1f}", style="bold")  # fmt: skip
    console.print(table)


def clear(as_json: options.Json = False) -> None:
    """Remove from the cache what the planner wrote; the next runs make it again."""
    from siting.support.housekeeping import clear as cleared

    gone = cleared()
    if as_json:
        print_json(_answer(gone))
        return
    files, size = sum(row.files for row in gone), sum(row.size for row in gone)
    console.print(Text(f"Removed {files:,} files, {size / MB:,.1f} MB, from {directory()}."))


def _answer(rows: list[Usage]) -> str:
    return answer({
        "folder": str(directory()),
        "bytes": sum(row.size for row in rows),
        "kinds": [
            {"kind": row.kind, "files": row.files, "bytes": row.size} for row in rows
        ],
    })  # fmt: skip


options.add(app, clear)
