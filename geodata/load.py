"""A catalogue table, or the user's own file in its place, as a checked and typed frame."""

from __future__ import annotations

import datetime as dt
import difflib
import functools
import hashlib
import re
from collections.abc import Callable, Iterable
from functools import partial
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pandas as pd

from geodata import CATALOGUE, csvtext
from geodata.border import at_border
from geodata.columns import NOT_A_WORD
from geodata.errors import Fault, SitingError
from geodata.fault_list import Faults
from geodata.headings import known_headings
from geodata.language import tr
from geodata.tables import TABLES, TableSpec

# Day the catalogue was closed; `as_of` is often no finer than a month.
_DATE = dt.date(2026, 11, 22)
RENAMED = {"zone_id": "instrument_id"}  # what a column was called -> its name of today
_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")
_COMMA = re.compile(r"^([+-]?[0-9]+),([0-9]+)$")
_FLAGS = {"y": "1", "n": "0"}


def catalogue_date() -> dt.date:
    """Return the catalogue's own date: nothing in it was read later."""
    return _DATE


Once = Callable[[str, Callable[[], object]], None]


def table(name: str, path: str | Path | None = None, once: Once | None = None) -> pd.DataFrame:
    """Return a table, typed and checked against its schema.

    Parameters
    ----------
    name : str
        Key of `geodata.tables.TABLES`.
    path : path, optional
        The user's own file in place of the catalogue's; columns that may be blank may be missing.
    once : callable, optional
        Told a key and a check, it runs the check unless one with this key has passed before. Then
        a file of the catalogue is only read, where neither it nor what checks it has changed.

    Returns
    -------
    DataFrame
        Numbers float64 with NaN for blank, everything else str with "" for blank.

    Raises
    ------
    SitingError
        With every fault of the file: unreadable, columns, cells, rules of a row.
    """
    spec = spec_of(name)
    if path is not None:
        return own_table(spec, path)
    if once is None:
        return _catalogue(spec.name).copy()
    once(_fingerprint(spec.name), lambda: _catalogue(spec.name))
    return _unchecked(spec.name).copy()


def own_table(spec: TableSpec, path: str | Path) -> pd.DataFrame:
    """Return a user's file by a schema of its own; columns that may be blank may be missing.

    Raises
    ------
    SitingError
        As `table`.
    """
    with at_border(Path(path).name):
        return _load(spec, Path(path), own=True)


def spec_of(name: str) -> TableSpec:
    """Return the entry of a table; an unknown name is a `SitingError` that says the nearest."""
    if name not in TABLES:
        raise SitingError(Fault("tables", "no such table", nearest(name, TABLES), value=name))
    return TABLES[name]


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the hint for a word that is none of the known ones."""
    choices = list(known)
    close = difflib.get_close_matches(word, choices, n=1, cutoff=0.5)
    if close:
        return tr("did you mean {name}?", name=close[0])
    return one_of(choices)


def one_of(known: Iterable[str]) -> str:
    """Return the hint that names every known word."""
    return tr("use one of {names}", names=", ".join(known))


def column_hint(name: str, columns: Iterable[str]) -> str:
    """Return the hint for a name that is no column: its name of today, or the nearest."""
    choices = list(columns)
    today = RENAMED.get(name)
    return f"it is called {today} now" if today in choices else nearest(name, choices)


def numbers(
    column: str, text: pd.Series, faults: Faults, *, decimal_comma: bool = False
) -> pd.Series:
    """Read a column of numbers.

    Parameters
    ----------
    column : str
        What the faults name.
    text : Series of str
        The index is the row in a spreadsheet.
    faults : Faults
        Gains one for each cell that holds no finite number.
    decimal_comma : bool
        Whether a comma can only be a decimal one, see `geodata.csvtext.read`.

    Returns
    -------
    Series of float64
        NaN where blank or at fault.
    """
    cells = text.to_numpy(dtype=object)
    if decimal_comma:
        cells = np.array([_COMMA.sub(r"\1.\2", cell) for cell in cells], dtype=object)
    read = [float(cell) if cell and _NUMBER.fullmatch(cell) else np.nan for cell in cells]
    values = pd.Series(read, index=text.index, name=text.name, dtype=float)
    values = values.where(np.isfinite(values))
    faults.add_cells("not a number", point_hint, column, text[text.ne("") & values.isna()])
    return values


def point_hint(value: str) -> str:
    """Return the hint for a cell that is no number."""
    whole, comma, rest = value.partition(",")
    if comma and whole.lstrip("+-").isdigit() and rest.isdigit():
        return f"write a decimal point: {whole}.{rest}"
    return "write a plain number with a decimal point"


@functools.cache
def _catalogue(name: str) -> pd.DataFrame:
    return _load(TABLES[name], CATALOGUE / TABLES[name].file, own=False)


@functools.cache
def _unchecked(name: str) -> pd.DataFrame:
    return _load(TABLES[name], CATALOGUE / TABLES[name].file, own=False, check=False)


def _fingerprint(name: str) -> str:
    """Return a key of a file of the catalogue and of all that has a say in whether it passes."""
    path = CATALOGUE / TABLES[name].file
    csvtext.check_size(path)
    return hashlib.blake2b(path.read_bytes() + _checker(), digest_size=20).hexdigest()


@functools.cache
def _checker() -> bytes:
    """Return a hash of the code that checks tables."""
    code = b"".join(path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py")))
    tools = "".join(version(package) for package in ("pandas", "pandera"))
    return hashlib.blake2b(code + tools.encode()).digest()


def _load(spec: TableSpec, path: Path, *, own: bool, check: bool = True) -> pd.DataFrame:
    columns = spec.columns
    show = f"save it as CSV with the columns of `siting data show {spec.name}`"
    cells = csvtext.read(path, hint=show) if spec.name in TABLES else csvtext.read(path)
    decimal_comma = cells.attrs["decimal_comma"]
    faults = Faults(path.name)
    cells = known_headings(cells, columns, faults)
    for heading in cells.columns.difference(list(columns), sort=False):
        faults.add("not a column of this table", column_hint(heading, columns), 1, heading)
    replaced = {RENAMED[heading] for heading in cells if heading in RENAMED}
    cells = cells[[heading for heading in cells if heading in columns]]
    for name in columns:
        if name in cells:
            continue
        if own and columns[name].blank:
            cells = cells.assign(**{name: ""})
        elif name not in replaced:
            faults.add("this column is missing", "add it", 1, name)
    whole = not len(faults)
    typed = cells.copy()
    for name, column in columns.items():
        if name in cells and column.kind is float:
            typed[name] = numbers(
                name, cells[name].replace(_FLAGS), faults, decimal_comma=decimal_comma
            )
    if whole and check:  # the rules of a row need all of its columns
        _check(spec, typed, cells, faults)
    faults.raise_if_any()
    return typed[list(columns)].reset_index(drop=True)


def _check(spec: TableSpec, typed: pd.DataFrame, cells: pd.DataFrame, faults: Faults) -> None:
    """Add what breaks the checks, except in cells that are known to be at fault."""
    from geodata.checking import breaches  # noqa: PLC0415 - slow to load, and not needed to read

    known = {(fault.row, fault.column) for fault in faults.shown}
    for column, what, hint, rows in breaches(spec, typed, unread=bool(known)):
        fresh = [row for row in rows if (row, column) not in known]
        words = spec.columns[column].words or ()
        shown = partial(nearest, known=words) if what == NOT_A_WORD else hint
        faults.add_cells(what, shown, column, cells.loc[fresh, column])
