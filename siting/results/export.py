"""Tables as CSV, where no text becomes a formula."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def write_csv(frame: pd.DataFrame, path: Path) -> None:
    """Write a CSV in UTF-8 whose text cells no spreadsheet takes for a formula."""
    frame.map(inert).rename(columns=inert).to_csv(
        path, index=False, encoding="utf-8", lineterminator="\n"
    )


def inert(cell: object) -> object:
    """Return a text cell that starts like a formula with an apostrophe before it (OWASP)."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell
