"""A workbook that is safe to open: text stays text, one look, tables with filters and formulas.

A thin layer on XlsxWriter. Text is only ever written as a string; a formula comes only from the
planner's own templates and carries the value that it has when the workbook is written.
"""

from __future__ import annotations

import datetime as dt
import itertools
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from unicodedata import east_asian_width

import pandas as pd
import xlsxwriter
from numpy.typing import NDArray
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_cell_to_rowcol, xl_col_to_name, xl_range_abs
from xlsxwriter.worksheet import Worksheet

from geodata.language import Language, spoken, tr
from maps.palette import COLOURS, SCORE
from siting.support.text import one_line

CREATED = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - a spreadsheet's date has no zone; fixed: same plan, same bytes
TEXT_STYLES = ("text", "wrap", "mark", "fitted")
MOST_CHARACTERS = 32_767  # of a cell, in UTF-16 units
HEAD_ROW = 1  # of a table, below its note
MAX_LINES = 3  # of a heading
MOST_LINES = 27  # of a row: none may be higher than 409 points
BAR = SCORE[0]  # light enough for a number in ink
Cells = Sequence[Any] | NDArray[Any]
LINES: Mapping[Language, float] = {"en": 15, "zh": 18, "ko": 18, "ja": 18}  # height of one, points
A4, A3 = 9, 8

_HEAD: Mapping[str, object] = {
    "bold": True, "text_wrap": True, "valign": "top", "bg_color": COLOURS["navy"],
    "font_color": "#FFFFFF", "bottom": 1, "border_color": COLOURS["line"],
}  # fmt: skip
ANY = '"any"'
_WIDE = r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]"  # Chinese and Japanese break anywhere
FONTS: Mapping[Language, Mapping[str, object]] = {
    "en": {},
    "zh": {"font_name": "Microsoft YaHei"},
    "ko": {"font_name": "Malgun Gothic"},
    "ja": {"font_name": "Yu Gothic"},
}
SHARE = "[>=0.01]0.0%_);[=0]0%_);0.00%_)"
STYLES: Mapping[str, Mapping[str, object]] = {
    "text": {},
    "wrap": {"text_wrap": True},
    "mark": {"align": "center"},
    "fitted": {"shrink": True},  # on one line, where what the cell shows changes
    # "_)" leaves a little room at the right, so that a text beside it does not touch
    "whole": {"num_format": "#,##0_)"},
    # where what the Chinese tonne costs pays alone, any price will do; the number stays 0
    "from": {"num_format": f"[=0]{ANY}_);#,##0_)"},
    "signed": {"num_format": "+#,##0_);-#,##0_);0_)"},
    "tenth": {"num_format": "#,##0.0_)"},
    "fine": {"num_format": "#,##0.00_)"},
    "value": {"num_format": "0.000_)"},
    "degree": {"num_format": "0.000_)"},
    "share": {"num_format": SHARE},
    "odds": {"num_format": "[>=10]#,##0_);[>=1]0.0_);0.00_)"},
    "year": {"num_format": "0_)"},
    "move": {"num_format": '"▲ "0;"▼ "0;"="', "align": "center"},
    "first": {"num_format": SHARE, "bold": True},
    "rank": {"num_format": "0", "bold": True, "align": "center", "font_color": COLOURS["navy"]},
    "title": {"bold": True, "font_size": 16, "font_color": COLOURS["navy"]},
    "note": {"italic": True, "font_color": COLOURS["ink3"]},
    "strong": {"bold": True},
    "indent": {"align": "left", "indent": 2},
    "warning": {"bold": True, "font_color": COLOURS["paritytext"]},
    "head": _HEAD,
    "head_right": {**_HEAD, "align": "right", "indent": 1},
    "head_middle": {**_HEAD, "align": "center"},
    "input": {"bg_color": COLOURS["chosen"], "border": 1, "border_color": COLOURS["link"],
              "font_color": COLOURS["link"], "num_format": "0.00##"},
    "price": {"bg_color": COLOURS["chosen"], "border": 1, "border_color": COLOURS["link"],
              "font_color": COLOURS["link"], "bold": True, "num_format": "#,##0.##",
              "align": "left"},
    "choice": {"bg_color": COLOURS["chosen"], "border": 1, "border_color": COLOURS["link"],
               "font_color": COLOURS["link"], "bold": True},
}  # fmt: skip


def quoted(text: str) -> str:
    """Return a text as a formula has it."""
    doubled = text.replace('"', '""')
    return f'"{doubled}"'


def line_height() -> float:
    """Return the height of a line of text (points): Chinese characters need more."""
    return LINES[spoken()]


def breadth(text: str) -> int:
    """Return how many columns of letters a text takes; Chinese characters take two each."""
    return len(text) + sum(east_asian_width(sign) in "WF" for sign in text)


def _words(text: str) -> list[str]:
    """Return the parts of a text between which a line may break."""
    return re.findall(rf"{_WIDE}|(?:(?!{_WIDE})\S)+", text) or [""]


def _spoken(style: Mapping[str, object]) -> Mapping[str, object]:
    """Return a style with the words of its number format in the language of now."""
    shown = str(style.get("num_format", ""))
    return {**style, "num_format": shown.replace(ANY, quoted(tr("any")))} if ANY in shown else style


def legal(text: object) -> str:
    """Return text on one line that a cell can hold, cut to `MOST_CHARACTERS` UTF-16 units."""
    clean = one_line(text)
    if len(clean) <= MOST_CHARACTERS // 2:  # as most are
        return clean
    return clean.encode("utf-16-le")[: 2 * MOST_CHARACTERS].decode("utf-16-le", "ignore")


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Attributes
    ----------
    key : str
        What formulas of the same row call it, as `{key}`.
    head : str
        Heading with the unit.
    cells : sequence
        Text or numbers; with a formula, what it gives when the workbook is written.
    style : str
        Key of `STYLES`.
    formula : str
        Template without the equals sign; "" for plain cells.
    width : float
        In characters; 0 to fit.
    hidden : bool
    faint : sequence of bool
        Cells to be shown in grey italics; empty for none.
    """

    key: str
    head: str
    cells: Cells
    style: str = "text"
    formula: str = ""
    width: float = 0
    hidden: bool = False
    faint: Sequence[bool] = ()

    @property
    def is_text(self) -> bool:
        """Whether the cells are text."""
        return self.style in TEXT_STYLES

    @property
    def is_plain_text(self) -> bool:
        """Whether the cells are text that begins at the left."""
        return self.is_text and self.style != "mark"

    @property
    def head_style(self) -> str:
        """Style of the heading, set as its cells are."""
        if self.style in ("rank", "move", "mark"):
            return "head_middle"
        return "head" if self.is_text else "head_right"


@dataclass(frozen=True)
class Placed:
    """A table on its sheet: its columns by key, and ranges as formulas name them.

    Attributes
    ----------
    sheet : str
    first, last : int
        Rows of the cells (from 0).
    at : dict of int
        Position of each column.
    columns : dict of Column
    """

    sheet: str
    first: int
    last: int
    at: Mapping[str, int]
    columns: Mapping[str, Column]

    def column(self, key: str) -> str:
        """Return a column's cells as an absolute range."""
        return self.block(key, key)

    def block(self, first: str, last: str) -> str:
        """Return the cells from one column to another as an absolute range."""
        area = xl_range_abs(self.first, self.at[first], self.last, self.at[last])
        return f"'{self.sheet}'!{area}"


class Spreadsheet:
    """A workbook being written; its sheets are in the order in which they are named."""

    def __init__(self, path: Path, sheets: Sequence[str]) -> None:
        options = {"strings_to_formulas": False, "strings_to_urls": False,
                   "strings_to_numbers": False}  # fmt: skip
        self.book = xlsxwriter.Workbook(str(path), options)
        self.book.set_properties({"created": CREATED})
        self.titles = {name: tr(name) for name in sheets}
        self.sheets: dict[str, Worksheet] = {
            name: self.book.add_worksheet(title) for name, title in self.titles.items()
        }
        self._styles: dict[tuple[str, bool, bool, bool], Format] = {}
        for sheet in self.sheets.values():
            _set_up_print(sheet)
            if spoken() != "en":
                sheet.set_default_row(line_height())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.book.close()

    def style(
        self, name: str, *, faint: bool = False, left: bool = False, apart: bool = False
    ) -> Format:
        """Return a format of `STYLES`, made once.

        `left` sets numbers under a text, `apart` leaves room between a text and a number before it.
        """
        key = (name, faint, left, apart)
        if key not in self._styles:
            grey = {"italic": True, "font_color": COLOURS["ink3"]} if faint else {}
            side = {"align": "left"} if left or apart else {}
            room = {"indent": 1} if apart else {}
            plain = {"valign": "top", "font_color": COLOURS["ink"]}
            self._styles[key] = self.book.add_format(
                {**plain, **_spoken(STYLES[name]), **grey, **side, **room, **FONTS[spoken()]}
            )
        return self._styles[key]

    def name(self, name: str, where: str) -> str:
        """Give a range a name for formulas."""
        self.book.define_name(name, f"={where}")
        return name

    def put(
        self, sheet: str, row: int, column: int, cell: Any, style: str = "text",
        *, formula: str = "", faint: bool = False, left: bool = False,
    ) -> str:  # fmt: skip
        """Write one cell and return its absolute reference.

        Parameters
        ----------
        sheet : str
        row, column : int
            From 0.
        cell : str, number or missing
            With a formula, what it gives now.
        style : str
            Key of `STYLES`.
        formula : str
            Without the equals sign; never made from data.
        faint, left : bool
            As `style`.
        """
        shown = self.style(style, faint=faint, left=left)
        _write(self.sheets[sheet], row, column, cell, shown, formula)
        return f"'{self.titles[sheet]}'!{xl_range_abs(row, column, row, column)}"

    def table(
        self, sheet: str, columns: Sequence[Column], *, note: str = "", head: int = HEAD_ROW,
        freeze: int = 0, paper: int = A4, pages: int = 1, printed: int = 0,
    ) -> Placed:  # fmt: skip
        """Write a table with its note above, a frozen heading, a filter and print titles.

        Parameters
        ----------
        sheet : str
        columns : sequence of Column
            All of the same length.
        note : str
            Shown in the first row.
        head : int
            Row of the headings (from 0).
        freeze : int
            How many columns stay when scrolled.
        paper, pages : int
            Size of the paper, and how many sheets of it a row takes.
        printed : int
            How many rows are printed; 0 for all.
        """
        to, count = self.sheets[sheet], len(columns[0].cells)
        letters = {column.key: xl_col_to_name(number) for number, column in enumerate(columns)}
        if note:
            self.put(sheet, 0, 0, note, "note")
        for number, column in enumerate(columns):
            apart = number > 0 and column.is_plain_text and not columns[number - 1].is_text
            to.write_string(head, number, column.head, self.style(column.head_style, apart=apart))
            to.set_column(number, number, _width(column), None, {"hidden": column.hidden})
            faint = column.faint if len(column.faint) else itertools.repeat(False)
            cells = zip(column.cells, faint, strict=False)
            for row, (cell, grey) in enumerate(cells, start=head + 1):
                formula = column.formula and column.formula.format(
                    **{key: f"${letter}{row + 1}" for key, letter in letters.items()}
                )
                shown = self.style(column.style, faint=bool(grey), apart=apart)
                _write(to, row, number, cell, shown, formula)
        to.set_row(head, line_height() * max(_lines(column) for column in columns) + 4)
        for i, lines in enumerate(_wrapped(columns), start=head + 1):
            to.set_row(i, line_height() * lines)
        to.freeze_panes(head + 1, freeze)
        to.autofilter(head, 0, head + max(count, 1), len(columns) - 1)
        to.repeat_rows(head)
        to.set_paper(paper)
        to.fit_to_pages(pages, 0)
        to.repeat_columns(0, max(freeze - 1, 0))
        last = head + max(count, 1)
        if printed:
            to.print_area(0, 0, head + printed, len(columns) - 1)
        places = {column.key: number for number, column in enumerate(columns)}
        return Placed(self.titles[sheet], head + 1, last, places, {c.key: c for c in columns})

    def bars(self, cells: str, most: float | None = None) -> None:
        """Lay bars from 0 to `most`, or to the largest, behind the numbers of a range."""
        sheet, where = cells.rsplit("!", 1)
        area = where.replace("$", "").split(":")
        (top, left), (bottom, right) = (xl_cell_to_rowcol(a) for a in (area[0], area[-1]))
        self.book.get_worksheet_by_name(sheet.strip("'")).conditional_format(
            top, left, bottom, right,
            {"type": "data_bar", "data_bar_2010": True, "bar_solid": True, "bar_color": BAR,
             "bar_border_color": BAR, "min_type": "num", "min_value": 0,
             **({} if most is None else {"max_type": "num", "max_value": most})},
        )  # fmt: skip


def _write(
    to: Worksheet, row: int, column: int, cell: Any, shown: Format, formula: str
) -> None:  # fmt: skip
    """Write one cell: a formula with what it gives now, text as text, a number, or nothing."""
    missing = cell is None or (not isinstance(cell, str) and pd.isna(cell))
    value = "" if missing else legal(cell) if isinstance(cell, str) else float(cell)
    if formula:
        to.write_formula(row, column, f"={formula}", shown, value)
    elif missing:
        to.write_blank(row, column, None, shown)
    elif isinstance(value, str):
        to.write_string(row, column, value, shown)
    else:
        to.write_number(row, column, value, shown)


def _set_up_print(sheet: Worksheet) -> None:
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer(tr("&L&A&RPage &P of &N"))
    sheet.hide_gridlines(1)


def _width(column: Column) -> float:
    """Return the width that fits the first cells, the longest word of the heading and its lines."""
    if column.width:
        return column.width
    head = max(map(breadth, _words(column.head))) + 4
    texts = [breadth(cell) + 1 for cell in column.cells[:200] if isinstance(cell, str)]
    return float(min(max(9, head, breadth(column.head) / MAX_LINES + 4, *texts, 0), 48))


def lines_of(text: object, width: float) -> int:
    """Return how many lines a text takes in a cell so many characters wide."""
    spread = breadth(str(text)) * 1.1  # a tenth is lost at the ends of lines
    return max(1, math.ceil(spread / width))


def _wrapped(columns: Sequence[Column]) -> list[int]:
    """Return how many lines each row takes; nothing where no column wraps."""
    tall = [c for c in columns if c.style == "wrap"]
    rows = zip(*(c.cells for c in tall), strict=True)
    return [
        min(MOST_LINES, max(lines_of(cell, c.width) for cell, c in zip(row, tall, strict=True)))
        for row in rows
    ]


def _lines(column: Column) -> int:
    """Return how many lines the heading takes in its width, words kept whole."""
    wide, lines, used = int(_width(column)) - 1, 1, 0
    for word in _words(column.head):
        if used and used + 1 + breadth(word) > wide:
            lines, used = lines + 1, 0
        used += breadth(word) + (1 if used else 0)
    return 1 if column.hidden else lines
