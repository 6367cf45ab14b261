"""Tables as CSV, where no text becomes a formula."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
# A number with its sign, or nothing but signs: no spreadsheet works anything else out of it.
_NUMBER = re.compile(r"[+-]+|[+-][0-9]*[.,]?[0-9]+([eE][+-]?[0-9]+)?\s?%?|[+-][0-9]+[.,]")


def write_csv(frame: pd.DataFrame, path: Path) -> None:
    """Write a CSV in UTF-8 whose text cells no spreadsheet takes for a formula.

    It begins with the mark of UTF-8: without it Excel and WPS take the text for that of an old
    code page, and no Chinese name can be read.
    """
    frame.map(inert).rename(columns=inert).to_csv(
        path, index=False, encoding="utf-8-sig", lineterminator="\n"
    )


def inert(cell: object) -> object:
    """Return a text cell that starts like a formula with an apostrophe before it (OWASP).

    A number keeps its sign: a user's -5 comes back as -5.
    """
    if not isinstance(cell, str) or not cell.startswith(FORMULA_STARTS) or _NUMBER.fullmatch(cell):
        return cell
    return f"'{cell}"
