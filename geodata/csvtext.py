"""Any CSV that people save, as text cells under checked headings.

Comma, semicolon or tab; with or without the UTF-8 mark and Excel's line that names the separator;
blank rows, and blank columns at the end, left out. Rows are numbered as a spreadsheet numbers
them: the header is row 1.
"""

from __future__ import annotations

import csv
import itertools
import os
import re
import stat
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn, TextIO

import pandas as pd

from geodata.errors import Fault, SitingError, shorten
from geodata.fault_list import Faults

MAX_BYTES = 200_000_000
MAX_ROWS = 2_000_000
MAX_COLUMNS = 1_000
MAX_CELL = 4_000_000  # characters: the outline of an area in WKT
_CHUNK = 100_000  # rows turned into columns at a time: cells as Python objects are large
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_BINARY = (
    b"PK\x03\x04",
    b"SQLite format 3",
    b"PAR1",
    b"\x1f\x8b",
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8",
)
_ZEROS = re.compile(rb"(\x00[^\x00]){4}|([^\x00]\x00){4}")  # of UTF-16 without its mark
_MARKUP = re.compile(rb"\s*(?P<json>\{|\[\s*[{\[\]])|\s*<")
_NAMED = re.compile(r'"?sep=(?P<separator>[,;|\t])"?[,;\t\s]*', re.IGNORECASE)
_CSV = "save it as CSV UTF-8"


def refuse(name: str, what: str, hint: str, row: int | None = None) -> NoReturn:
    """Raise a `SitingError` with this one fault."""
    raise SitingError(Fault(name, what, hint, row))


def check_size(path: Path) -> None:
    """Raise a `SitingError` unless `path` is a plain file that is neither empty nor too large."""
    try:
        about = path.stat()
    except FileNotFoundError:
        refuse(str(path), "there is no such file", "check the path")
    except (OSError, ValueError) as error:
        refuse(shorten(path), f"cannot be opened: {error}", "check the path")
    if not stat.S_ISREG(about.st_mode):
        refuse(str(path), "this is not a file", "name the file itself")
    if not os.access(path, os.R_OK):
        refuse(str(path), "you may not read this file", "change its rights")
    size = about.st_size
    if size == 0:
        refuse(path.name, "the file is empty", "save it again with its rows")
    if size > MAX_BYTES:
        limit = f"keep it under {MAX_BYTES / 1e6:,.0f} MB: split or thin it"
        refuse(path.name, f"the file is too large ({size / 1e6:,.0f} MB)", limit)


def read(path: Path, max_rows: int = MAX_ROWS, hint: str = _CSV) -> pd.DataFrame:
    """Read a CSV file as text.

    Parameters
    ----------
    path : Path
    max_rows : int
    hint : str
        What to do with a file of another kind.

    Returns
    -------
    DataFrame of str
        Cells without surrounding blanks; the index is the row in a spreadsheet;
        ``attrs["decimal_comma"]`` says whether a comma in a number can only be a decimal one,
        because cells are kept apart by something else.

    Raises
    ------
    SitingError
        For a file that is missing, empty, too large, not text, or whose rows do not fit the header.
    """
    check_size(path)
    with path.open("rb") as raw:
        start = raw.read(64)
    _check_kind(path.name, start, hint)
    with path.open(encoding="utf-8-sig", newline="") as file, _long_cells():
        try:
            separator = _delimiter(file)
            lines = csv.reader(file, delimiter=separator, strict=True)
            header = _header(path.name, next(lines, []))
            rows = _frame(path.name, header, lines, max_rows)
        except UnicodeDecodeError as error:
            byte = error.object[error.start]
            refuse(path.name, f"not UTF-8 text (byte 0x{byte:02x})", "save it as CSV UTF-8")
        except csv.Error as error:
            what = f"not readable as CSV before line {lines.line_num}: {error}"
            refuse(path.name, what, "check the quotation marks")
    rows.attrs["decimal_comma"] = separator != ","
    return rows


def _check_kind(name: str, start: bytes, hint: str) -> None:
    """Refuse what begins as a file of another kind."""
    if start.startswith(_UTF16) or _ZEROS.match(start):
        refuse(name, "saved as UTF-16", hint)
    if start.startswith(_BINARY):
        refuse(name, "this is no CSV text", hint)
    markup = _MARKUP.match(start.removeprefix(b"\xef\xbb\xbf"))
    if markup:
        refuse(name, f"this is {'JSON' if markup['json'] else 'XML or HTML'}, not CSV", hint)


@contextmanager
def _long_cells() -> Iterator[None]:
    """Let cells be as long as shapes are; the limit is one of the whole process."""
    before = csv.field_size_limit(MAX_CELL)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _delimiter(file: TextIO) -> str:
    """Return the separator, and leave the file at its header.

    It is named by a first line "sep=;", which Excel reads and does not show; else it is the one
    that the header holds most of.
    """
    first = file.readline(1 << 16)
    named = _NAMED.fullmatch(first)
    if named:
        return named["separator"]
    file.seek(0)
    return max(",;\t", key=first.count)


def _header(name: str, cells: list[str]) -> list[str]:
    header = [clean(cell) for cell in cells]
    while header and not header[-1]:
        header.pop()
    if not header:
        refuse(name, "the first line holds no headings", "start with a header line", 1)
    check_headings(name, header)
    return header


def check_headings(name: str, header: list[str]) -> None:
    """Raise a `SitingError` where columns have no heading, or one that another has."""
    if len(header) > MAX_COLUMNS:
        refuse(name, f"{len(header):,} columns", f"keep at most {MAX_COLUMNS:,}", 1)
    faults = Faults(name)
    for place, cell in enumerate(header, 1):
        if not cell:
            faults.add("a column without a heading", "name it or delete it", 1, f"column {place}")
    for cell, count in Counter(filter(None, header)).items():
        if count > 1:
            faults.add(f"{count} columns have this heading", "keep one of them", 1, cell)
    faults.raise_if_any()


def _frame(name: str, header: list[str], lines: Iterator[list[str]], most: int) -> pd.DataFrame:
    """Return the rows under `header`; a row with too few or too many cells is a fault."""
    faults, parts = Faults(name), []
    width = len(header)
    numbered = enumerate(lines, 2)
    while chunk := list(itertools.islice(numbered, _CHUNK)):
        if chunk[-1][0] > most + 1:
            refuse(name, f"more than {most:,} rows", "split or thin it")
        rows, fitting = [], []
        for row, raw in chunk:
            cells = [cell.strip() for cell in raw]
            if not any(cells):
                continue
            if len(cells) == width or (len(cells) > width and not any(cells[width:])):
                rows.append(row)
                fitting.append(cells[:width])
            else:
                what = f"{len(cells)} cells under {width} headings"
                hint = "put a text that holds the separator in quotation marks"
                faults.add(what, hint, row, value=shorten(",".join(raw)))
        columns = zip(*fitting, strict=True) if fitting else [() for _ in header]
        part = dict(zip(header, map(list, columns), strict=True))
        parts.append(pd.DataFrame(part, index=rows, columns=header, dtype=str))
    faults.raise_if_any()
    whole = pd.concat(parts) if parts else pd.DataFrame(columns=header)
    if whole.empty:
        refuse(name, "no rows under the header", "add at least one row", 2)
    return whole


def clean(text: str) -> str:
    """Return `text` without control characters and surrounding blanks."""
    return "".join(c for c in text if c >= " " and c != "\x7f").strip()
