"""The workbook of a portfolio: the answer, then a sheet a table, as its files hold them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from geodata.geometry import credit_lines
from geodata.places import country_name
from siting.results.columns import SHARE, USD, YES_NO
from siting.results.columns import Column as Meaning
from siting.results.portfolio.columns import COLUMNS, KT, MUSD
from siting.results.portfolio.page import NOTES, TITLE, answer_of, subtitle
from siting.results.portfolio.tables import PortfolioTables
from siting.results.portfolio.text import why_sentences
from siting.results.workbook.spreadsheet import A3, A4, Column, Spreadsheet, line_height, lines_of

ANSWER = "Answer"
FIGURE_WIDTH, UNIT_WIDTH, TEXT_WIDTH = 14, 26, 100
MOST_COLUMNS = 12  # that A4 has room for


class _Sheet(NamedTuple):
    """Of a table: its note, columns that stay when scrolled, rows that are printed (0: all)."""

    note: str
    freeze: int
    printed: int = 0


SHEETS: Mapping[str, _Sheet] = {
    "plants": _Sheet("The plants of the best portfolio, the most valuable first.", 2),
    "flows": _Sheet("What each plant sells to each customer, by period. The first rows are "
                    "printed: clear the print area to print all.", 2, 50),
    "years": _Sheet("All plants together, by year, should all be admitted and built.", 1),
    "portfolios": _Sheet("The best portfolio, those that come near it, then simple rules at their "
                         "best sizes and years; blank where the limits cannot be met.", 1),
    "sites": _Sheet("The sites of all near portfolios.", 1),
    "supply": _Sheet("Whose supply without China it is, by country of the customers.", 1),
    "scenarios": _Sheet("What each near portfolio is worth in each scenario, the best first.",
                        1, 50),
}  # fmt: skip
STYLES = {USD: "whole", MUSD: "tenth", KT: "tenth", SHARE: "share", "year": "year",
          "degrees": "degree", "t/t": "fine", YES_NO: "mark"}  # fmt: skip
# of little use to a reader, so behind the others; countries are written in words
LAST = ("site_id", "customer_id", "lat", "lon")
COUNTRIES = {"country": "Country", "customer_country": "Country of the customer"}
WIDTHS = {
    "name": 40, "site_name": 40, "customer_name": 38, "sites": 60, "portfolio": 34, "scenario": 44,
    "replaced_by": 30, "standing": 22, "proved": 22,
}  # fmt: skip
WRAPPED = ("sites",)


def write_workbook(
    tables: PortfolioTables, written: Mapping[str, pd.DataFrame], path: Path
) -> None:
    """Write the workbook; the same portfolio gives the same bytes.

    Parameters
    ----------
    tables : PortfolioTables
    written : mapping of DataFrame
        The tables as files hold them, by the keys of `SHEETS`.
    path : Path
        Replaced where it exists.
    """
    names = {key: key.capitalize() for key in SHEETS if key in written}
    with Spreadsheet(path, [ANSWER, *names.values()]) as book:
        _answer(book, tables)
        for key, sheet in names.items():
            _table(book, sheet, key, written[key])


def _answer(book: Spreadsheet, tables: PortfolioTables) -> None:
    """Write the sentences with their figures, why each plant is in, and how to read it."""
    sheet = book.sheets[ANSWER]
    for column, width in enumerate((FIGURE_WIDTH, UNIT_WIDTH, TEXT_WIDTH)):
        sheet.set_column(column, column, width)
    book.put(ANSWER, 0, 0, TITLE, "title")
    sheet.set_row(0, 2 * line_height())
    book.put(ANSWER, 1, 0, subtitle(tables), "note")
    row = 3
    for line in answer_of(tables):
        row = _line(book, row, line.figure, line.unit, line.text)
    for head, lines in (("Why each is in", why_sentences(tables)), ("How to read it", NOTES),
                        ("Credits", dict.fromkeys(credit_lines()))):  # fmt: skip
        if lines:
            for column in range(3):
                book.put(ANSWER, row + 1, column, "" if column else head, "head")
            row += 2
        for text in lines:
            row = _line(book, row, "", "", text)


def _line(book: Spreadsheet, row: int, figure: str, unit: str, text: str) -> int:
    """Write a line of the answer; return the next row."""
    for column, (cell, style) in enumerate(((figure, "strong"), (unit, "wrap"), (text, "wrap"))):
        book.put(ANSWER, row, column, cell, style)
    lines = max(lines_of(text, TEXT_WIDTH), lines_of(unit, UNIT_WIDTH))
    book.sheets[ANSWER].set_row(row, line_height() * lines)
    return row + 1


def _table(book: Spreadsheet, sheet: str, key: str, table: pd.DataFrame) -> None:
    of = SHEETS[key]
    named = table.drop(columns="country_name", errors="ignore")
    named = named.assign(**{c: table[c].map(country_name) for c in COUNTRIES if c in named})
    order = [*(str(c) for c in named if c not in LAST), *(c for c in LAST if c in named)]
    columns = [_column(key, name, named[name]) for name in order]
    wide = len(columns) > MOST_COLUMNS
    book.table(sheet, columns, note=of.note, freeze=of.freeze, paper=A3 if wide else A4,
               pages=2 if wide else 1, printed=min(of.printed, len(table)))  # fmt: skip


def _column(key: str, name: str, cells: pd.Series) -> Column:
    meaning = Meaning(COUNTRIES[name]) if name in COUNTRIES else COLUMNS[key].get(
        name, Meaning(_of_a_portfolio(name), MUSD)
    )  # fmt: skip
    text = cells.dtype == object or isinstance(cells.dtype, pd.StringDtype)
    style = STYLES.get(meaning.unit, "text" if text else "year")
    if text and style != "mark":
        style = "wrap" if name in WRAPPED else "text"
    values = cells.astype(object).where(cells.notna(), None).tolist()
    head = meaning.words if meaning.unit in (SHARE, YES_NO) else str(meaning)
    return Column(name, head, values, style, width=WIDTHS.get(name, 0))


def _of_a_portfolio(name: str) -> str:
    """Return the words of a column of the scenarios: one a near portfolio."""
    return name.removesuffix("_musd").replace("_", " ").capitalize()
