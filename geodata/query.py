"""Questions to the catalogue's tables: which rows, which columns, how well known."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from geodata.errors import Fault, SitingError
from geodata.load import column_hint, table
from geodata.tables import TABLES, TableSpec, day
from geodata.vocabulary import CONFIDENCE

_CONDITION = re.compile(r"\s*(\w+)\s*(!=|<=|>=|=|<|>|~)(.*)", re.DOTALL)
_COMPARE: dict[str, Callable[[pd.Series, str | float], pd.Series]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_PROSE = {"source", "note", "summary", "judgement", "power_note", "battery_supply_note"}
_POSITION = {"lat", "lon", "coord_precision"}
WIDEST = 28  # characters of a cell at a glance
_GAP, _SAMPLE = 2, 50


def overview() -> pd.DataFrame:
    """Return a row a table: name, title, rows, number of rows by confidence, newest `as_of`."""
    return pd.DataFrame([_summary(spec) for spec in TABLES.values()])


def _summary(spec: TableSpec) -> dict[str, str | int]:
    rows = table(spec.name)
    counts = rows["confidence"].value_counts()
    newest = rows["as_of"].iloc[int(day(rows["as_of"], "start").argmax())]
    return {
        "table": spec.name,
        "title": spec.title,
        "rows": len(rows),
        **{grade: int(counts.get(grade, 0)) for grade in CONFIDENCE},
        "newest": newest,
    }


def choose(rows: pd.DataFrame, conditions: Sequence[str], columns: Sequence[str]) -> pd.DataFrame:
    """Return the rows that meet every condition, with the named columns (all when none is named).

    Parameters
    ----------
    rows : DataFrame
    conditions : sequence of str
        Column, operator and value: ``=``, ``!=``, ``<``, ``<=``, ``>``, ``>=`` or ``~`` (holds
        the text, in any case). Numbers compare as numbers; a blank cell is only ``=`` to nothing.
    columns : sequence of str
        Names, also several in one with commas between them.

    Raises
    ------
    SitingError
        For a condition or column that cannot be understood, all at once.
    """
    faults: list[Fault] = []
    keep = np.ones(len(rows), dtype=bool)
    for condition in conditions:
        try:
            keep &= _meets(rows, condition)
        except SitingError as error:
            faults += error.faults
    names = [name.strip() for text in columns for name in text.split(",") if name.strip()]
    for name in names:
        try:
            _known("--columns", name, rows)
        except SitingError as error:
            faults += error.faults
    if faults:
        raise SitingError(faults)
    return rows.loc[keep, names or list(rows.columns)]


def glance(rows: pd.DataFrame, conditions: Sequence[str], width: int) -> list[str]:
    """Return the columns to show when none is named: as many as the terminal holds.

    The first one, those that were asked about, then the others but prose and position.

    Parameters
    ----------
    rows : DataFrame
    conditions : sequence of str
        As in `choose`.
    width : int
        Characters of the terminal.
    """
    asked = [parts.group(1) for parts in map(_CONDITION.fullmatch, conditions) if parts]
    rest = [column for column in rows.columns if column not in _PROSE | _POSITION]
    candidates = list(dict.fromkeys([*rows.columns[:1], *asked, *rest]))
    need = [max(map(len, [c, *rows[c].head(_SAMPLE).map(str)])) for c in candidates]
    used = np.cumsum(np.minimum(need, WIDEST) + _GAP)
    return candidates[: max(2, int((used <= width).sum()))]


def _meets(rows: pd.DataFrame, condition: str) -> pd.Series:
    parts = _CONDITION.fullmatch(condition)
    if parts is None:
        hint = "write column, operator and value, as country=SE or lat>60"
        raise SitingError(Fault("--where", "not a condition", hint, value=condition))
    name, sign, value = parts.group(1), parts.group(2), parts.group(3).strip()
    _known("--where", name, rows)
    cells = rows[name]
    if sign == "~":
        return cells.astype(str).str.contains(value, case=False, regex=False)
    if not pd.api.types.is_numeric_dtype(cells):
        return _COMPARE[sign](cells, value)
    if not value:
        return cells.isna() if sign == "=" else cells.notna()
    try:
        number = float(value)
    except ValueError:
        fault = Fault("--where", f"{name} holds numbers", "compare it with a number", value=value)
        raise SitingError(fault) from None
    return _COMPARE[sign](cells, number)


def _known(where: str, name: str, rows: pd.DataFrame) -> None:
    if name not in rows:
        hint = column_hint(name, rows.columns)
        raise SitingError(Fault(where, "no such column", hint, value=name))
