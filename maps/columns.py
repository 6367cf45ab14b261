"""How a value of a frame goes into a page: cleaned, rounded, never dropped."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from geodata.arrays import Floats
from maps import linework
from maps.escape import plain

Rows = dict[str, list[Any]]
Column = Callable[[object], object]


def _number(decimals: int) -> Column:
    def rounded(value: object) -> float | int | None:
        if pd.isna(value):  # type: ignore[call-overload] # one value, whatever its type
            return None
        number = float(value)  # type: ignore[arg-type] # a number by then
        if not np.isfinite(number):
            return None
        return round(number, decimals) if decimals else round(number)

    return rounded


def _lines(value: object) -> list[str]:
    return [plain(line) for line in value]  # type: ignore[attr-defined] # a tuple of text


def _hull(value: object) -> str:
    return linework.encode(np.array(value, dtype=float)[:, ::-1])


TEXT, YES, LINES, HULL = plain, bool, _lines, _hull
WHOLE, TENTH, FINE, DEGREE, SHARE = (_number(decimals) for decimals in (0, 1, 4, 3, 6))
PLACE: dict[str, Column] = {"lat": DEGREE, "lon": DEGREE}


def whole_parts(parts: Floats) -> Floats:
    """Return parts of sums (n, parts) as whole numbers that add up to the rounded sums.

    Those that are nearest to the next number are rounded up, as many as it takes.

    Examples
    --------
    >>> whole_parts(np.array([[0.4, 0.4, 0.4]])).tolist()
    [[1.0, 0.0, 0.0]]
    """
    whole = np.floor(parts)
    missing = np.rint(parts.sum(axis=1)) - whole.sum(axis=1)
    place = np.argsort(np.argsort(whole - parts, axis=1, kind="stable"), axis=1)
    return np.asarray(whole + (place < missing[:, None]))


def rows(frame: pd.DataFrame, columns: Mapping[str, Column]) -> Rows:
    """Return a frame column by column, each value as the page takes it."""
    return {name: [turn(value) for value in frame[name]] for name, turn in columns.items()}
