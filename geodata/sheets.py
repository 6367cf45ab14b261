"""Excel workbooks as tables under checked headings, as `geodata.csvtext` gives them."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd

from geodata import foreign
from geodata.csvtext import check_headings, clean, refuse
from geodata.foreign_excel import HEADINGS
from geodata.spatialfiles import LIMITS, WHOLE

_MAGIC = b"PK\x03\x04"
_OLD = b"\xd0\xcf\x11\xe0"  # of .xls, and of a workbook that a password encrypts


def read(path: Path, sheet: str | None) -> pd.DataFrame:
    """Read one sheet.

    Parameters
    ----------
    path : Path
    sheet : str, optional
        Needed where several are visible.

    Returns
    -------
    DataFrame
        Numbers, times and text as they are in the sheet, blank rows left out; the index is the row.

    Raises
    ------
    SitingError
        For a file that is no workbook, has no such sheet, errors, merged cells or formulas without
        a value, or is beyond a limit.
    """
    with path.open("rb") as file:
        start = file.read(len(_MAGIC))
    if start == _OLD:
        what = "an .xls workbook, or one with a password"
        refuse(path.name, what, "save it as .xlsx without a password")
    if start != _MAGIC:
        refuse(path.name, "this is no Excel workbook", "save it as .xlsx")
    table = foreign.table(path, "Excel", {**LIMITS, "sheet": sheet})
    headings = [clean(text) for text in json.loads(table.schema.metadata[HEADINGS.encode()])]
    if not any(headings):
        refuse(path.name, "the first row holds no headings", "start with a row of headings", 1)
    check_headings(path.name, headings)
    rows: pd.DataFrame = table.to_pandas(types_mapper=WHOLE.get)
    rows.columns = pd.Index(headings)
    rows.index = pd.RangeIndex(2, len(rows) + 2)
    rows = rows[rows.notna().any(axis=1)]
    if rows.empty:
        refuse(path.name, "no rows under the header", "add at least one row", 2)
    rows.attrs["decimal_comma"] = True  # cells are kept apart by themselves
    return rows
