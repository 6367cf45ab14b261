"""One sheet of an Excel workbook as an Arrow table; run in `foreign_child`.

calamine reads the values that a workbook holds and works out no formula. It makes a blank of an
error and of a formula that was never worked out, and room for every cell up to the last one, so a
first look at the sheet (`Look`) finds these before.
"""

from __future__ import annotations

import datetime as dt
import json
import posixpath
import re
import zipfile
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET
from xml.parsers import expat

import pyarrow as pa

from geodata.foreign_refusal import Refused, Request, check_count, check_unpacked

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

HEADINGS = "headings"  # key of the schema's metadata: the first row as JSON
_MOST_CELLS = 20_000_000  # blanks in between too
_WHOLE = 2**53  # a larger number of Excel is no longer exact
_BLOCK = 1 << 20
_CHUNK = 50_000  # rows
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_BOOK = "xl/workbook.xml"
_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
Cell = Any  # str, float, bool, date, time or timedelta; "" where blank


def workbook(path: Path, request: Request) -> pa.Table:
    """Read the sheet of a workbook that a request names, or the only one that is filled.

    Returns
    -------
    pyarrow.Table
        Columns called "0", "1" ... with a row for each of the sheet, blank ones too, so that rows
        keep their numbers; the metadata hold the `HEADINGS`.
    """
    from python_calamine import CalamineError, load_workbook  # noqa: PLC0415 - few files need it

    _check_archive(path, request)
    try:
        with load_workbook(str(path)) as book:
            name = _sheet(book, request.get("sheet"))
            _look_at(path, name, request)
            sheet = book.get_sheet_by_name(name)
            _check_merged(sheet.merged_cell_ranges or [], name)
            return _table(sheet.iter_rows())
    except CalamineError as error:
        raise Refused(f"not readable as Excel: {error}", "save it again as .xlsx") from error


def _check_archive(path: Path, request: Request) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except zipfile.BadZipFile as error:
        raise Refused(f"damaged: {error}", "copy it again, or save it again") from error
    check_unpacked(sum(part.file_size for part in parts), request)
    if _BOOK not in {part.filename for part in parts}:
        raise Refused("this is no Excel workbook", "save it as .xlsx")


def _sheet(book: CalamineWorkbook, asked: str | None) -> str:
    """Return the sheet to read: the one asked for, else the only one that is not hidden."""
    from python_calamine import SheetTypeEnum, SheetVisibleEnum  # noqa: PLC0415 - as above

    sheets = [one for one in book.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet]
    shown = [one.name for one in sheets if one.visible == SheetVisibleEnum.Visible]
    every = [one.name for one in sheets]
    listed = ", ".join(every)[:200]
    if asked is not None:
        if asked not in every:
            raise Refused("no such sheet", f"name one of: {listed}", column="sheet", value=asked)
        return asked
    if not every:
        raise Refused("the workbook has no sheet of cells", "add one with the rows")
    if len(shown) != 1:
        what = f"{len(shown)} sheets ({', '.join(shown)[:200]})" if shown else "no visible sheet"
        raise Refused(what, f"name the one that counts, as `sheet: {(shown or every)[0]}`")
    return shown[0]


def _check_merged(ranges: list[tuple[tuple[int, int], tuple[int, int]]], name: str) -> None:
    """Refuse merged cells: only the first of them holds the value, the others none."""
    for (top, left), (bottom, right) in sorted(ranges)[:1]:
        what = f"merged cells ({_letters(left)}{top + 1}:{_letters(right)}{bottom + 1}"
        more = f", and {len(ranges) - 1:,} ranges more)" if len(ranges) > 1 else ")"
        hint = "unmerge them and fill each cell"
        raise Refused(f"{what}{more}", hint, row=top + 1, column=name)


# ---- a first look at the sheet -------------------------------------------------------------------


@dataclass
class Look:
    """What a sheet holds that its values do not say.

    Attributes
    ----------
    rows, columns : int
        Up to the last cell that is filled.
    wrong : tuple or None
        What is wrong with the first cell that has no value, the hint, and its place.
    """

    rows: int = 0
    columns: int = 0
    wrong: tuple[str, str, str] | None = None
    _place: str = ""
    _kind: str = ""
    _parts: set[str] = field(default_factory=set)
    _text: list[str] | None = None

    def start(self, tag: str, about: dict[str, str]) -> None:
        """Take the start of an element."""
        name = tag.rpartition(":")[2]
        if name == "c":
            self._place, self._kind, self._parts = about.get("r", ""), about.get("t", "n"), set()
        elif name in ("f", "v", "is"):
            self._parts.add(name)
            wanted = name == "v" and (self._kind == "e" or "f" in self._parts)
            self._text = [] if wanted else None

    def text(self, some: str) -> None:
        """Take the characters of an error, or of the value of a formula."""
        if self._text is not None:
            self._text.append(some)

    def end(self, tag: str) -> None:
        """Take the end of an element; that of a cell is the time to judge it."""
        if tag.rpartition(":")[2] != "c" or not self._parts:
            return
        place = _PLACE.fullmatch(self._place)
        if place:
            self.columns = max(self.columns, _number(place[1]))
            self.rows = max(self.rows, int(place[2]))
        if self.wrong is None and self._kind == "e":
            what = f"an error of a formula ({''.join(self._text or [])})"
            self.wrong = what, "correct the formula, or write the value", self._place
        elif self.wrong is None and "f" in self._parts and self._kind != "str" and not self._text:
            what = "a formula that was never worked out"
            self.wrong = what, "open the file in a spreadsheet and save it", self._place


def _look_at(path: Path, name: str, request: Request) -> None:
    """Refuse a sheet whose cells would be lost, or would take more room than there is."""
    look = Look()
    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = look.start, look.end
    parser.CharacterDataHandler = look.text
    parser.StartDoctypeDeclHandler = _no_entities
    with zipfile.ZipFile(path) as archive, archive.open(_part(archive, name)) as file:
        read = 0
        while block := file.read(_BLOCK):
            read += len(block)
            check_unpacked(read, request)
            parser.Parse(block, False)
        parser.Parse(b"", True)
    check_count(look.rows - 1, look.columns, request)
    if look.rows * look.columns > _MOST_CELLS:
        what = f"{look.rows:,} rows of {look.columns:,} columns"
        raise Refused(what, "delete what stands far off, or split the sheet")
    if look.wrong:
        what, hint, place = look.wrong
        raise Refused(what, hint, column=f"{name}!{place}")


def _no_entities(*_: object) -> None:
    raise Refused("it declares entities (DOCTYPE)", "save it again from a spreadsheet")


def _part(archive: zipfile.ZipFile, name: str) -> str:
    """Return the part of a workbook that holds a sheet."""
    sheets = ET.fromstring(archive.read(_BOOK))  # noqa: S314 - expat bounds what entities make
    sheet_element = next(
        one for one in sheets.iter() if one.tag.endswith("}sheet") and one.get("name") == name
    )
    key = sheet_element.get(_RELATION) or sheet_element.get(_STRICT)
    relations = ET.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314 - as above
    target = next(one.get("Target", "") for one in relations if one.get("Id") == key)
    return posixpath.normpath(posixpath.join("xl", target)).removeprefix("/")


def _number(letters: str) -> int:
    """Return the number of a column: A is 1."""
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number


def _letters(column: int) -> str:
    """Return the letters of a column; 0 is A."""
    text, rest = "", column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        text = chr(ord("A") + letter) + text
    return text


# ---- cells as columns ----------------------------------------------------------------------------


def _table(rows: Any) -> pa.Table:
    header = [_as_text(cell) or "" for cell in next(rows, [])]
    parts: list[list[list[Cell]]] = []
    while chunk := list(islice(rows, _CHUNK)):
        parts.append([list(column) for column in zip(*chunk, strict=True)])
    columns = [
        _column([cell for part in parts for cell in part[nth]]) for nth in range(len(header))
    ]
    filled = [
        nth for nth, column in enumerate(columns)
        if header[nth] or column.null_count < len(column)
    ]  # fmt: skip
    return pa.table(
        [columns[nth] for nth in filled],
        names=[str(nth) for nth in filled],
        metadata={HEADINGS: json.dumps([header[nth] for nth in filled])},
    )


def _column(cells: list[Cell]) -> pa.Array:
    """Return cells as whole numbers, numbers, times or text, whichever holds all of them."""
    cells = [cell.strip() if isinstance(cell, str) else cell for cell in cells]
    kinds = {type(cell) for cell in cells if cell != ""}
    values = [None if cell == "" else cell for cell in cells]
    if kinds and kinds <= {int, float}:
        whole = all(v is None or (v == int(v) and abs(v) < _WHOLE) for v in values)
        return pa.array(values, pa.int64() if whole else pa.float64(), safe=False)
    if kinds and kinds <= {dt.date, dt.datetime}:
        times = [v and dt.datetime(*v.timetuple()[:6]) for v in values]  # noqa: DTZ001 - of no zone
        return pa.array(times, pa.timestamp("ms"))
    return pa.array([_as_text(cell) for cell in cells], pa.string())


def _as_text(cell: Cell) -> str | None:
    if isinstance(cell, str):
        return cell or None
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < _WHOLE:
        return str(int(cell))
    if isinstance(cell, dt.datetime):
        return cell.isoformat(" ")
    return str(cell)
