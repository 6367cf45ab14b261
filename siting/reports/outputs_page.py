"""The page docs/outputs.md: every file of a result's folder, every layer, every column."""

from __future__ import annotations

from siting.reports.page import filled
from siting.results.columns import COLUMNS, ODDS_DIGITS, TIMES, Column
from siting.results.portfolio.columns import COLUMNS as TABLES


def reference() -> str:
    """Return the page as Markdown."""
    rows = [(f"`{key}`", c.words, c.unit, _decimals(c)) for key, c in COLUMNS.items()]
    portfolio = [
        (f"`{name}.csv`", f"`{column}`", of.words, of.unit)
        for name, columns in TABLES.items()
        for column, of in columns.items()
    ]
    files = " ".join(f"`{name}.csv`" for name in TABLES)
    return filled("outputs.md", columns=rows, portfolio=portfolio, portfolio_files=files)


def _decimals(column: Column) -> str:
    if column.unit == TIMES:
        return f"{ODDS_DIGITS} digits"
    return "" if column.decimals is None else str(column.decimals)
