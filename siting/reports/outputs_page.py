"""The page docs/outputs.md: every file of a plan's folder, every layer, every column."""

from __future__ import annotations

from siting.reports.page import filled
from siting.results.columns import COLUMNS, ODDS_DIGITS, TIMES, Column


def reference() -> str:
    """Return the page as Markdown."""
    rows = [(f"`{key}`", c.words, c.unit, _decimals(c)) for key, c in COLUMNS.items()]
    return filled("outputs.md", columns=rows)


def _decimals(column: Column) -> str:
    if column.unit == TIMES:
        return f"{ODDS_DIGITS} digits"
    return "" if column.decimals is None else str(column.decimals)
