"""The dossier: all that is known of one site, chosen from a list, at the weights of the moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from geodata.language import tr
from maps.palette import COLOURS, COSTS, pillar_colours
from siting.model.plan import Plan, advantages
from siting.results.sites import pillar_odds
from siting.results.workbook.formulas import labels, style_of
from siting.results.workbook.money import MONEY
from siting.results.workbook.sheets import OF_A_SITE
from siting.results.workbook.spreadsheet import A3, STYLES, Placed, Spreadsheet, quoted
from siting.study.criteria import CRITERIA, pillar_names
from siting.study.terms import COST_PARTS

SHEET = "Dossier"
LEFT, CHARTS, RIGHT = 0, 8, 16  # first columns of the three bands
WIDTHS: Mapping[int, tuple[float, ...]] = {
    LEFT: (38, 24, 11, 10, 10, 12, 13, 2),
    CHARTS: (10, 10, 10, 10, 10, 10, 10, 2),
    RIGHT: (36, 13, 11, 11, 11, 11),
}
TOP = 3  # first row below the choice
MOST_LAWS, MOST_ESTATES = 12, 10
ROWS_OF_A_CHART = 17
FIRST_TEN = "Among the first ten in the what-if runs, as planned"
CHART_SIZE = {"width": 515, "height": 340}


@dataclass(frozen=True)
class Written:
    """The tables that the dossier looks things up in.

    Attributes
    ----------
    ranking, criteria, cost, estates, customers, policies, confidence : Placed
    customers_each, laws_most : int
        How many rows one site has, at most.
    """

    ranking: Placed
    criteria: Placed
    cost: Placed
    estates: Placed
    customers: Placed
    policies: Placed
    confidence: Placed | None
    customers_each: int
    laws_most: int


@dataclass(frozen=True)
class Cell:
    """What a cell shows now, how, and the formula behind it."""

    value: Any
    style: str = "text"
    formula: str = ""


@dataclass(frozen=True)
class Bars:
    """Rows of a table that a chart draws: from the first row on, a colour a bar."""

    title: str
    label: int
    number: int
    first: int
    colours: tuple[str, ...]
    odds: bool = False

    @property
    def numbers(self) -> str:
        """Format of the numbers at the bars."""
        return str(STYLES["odds"]["num_format"]) if self.odds else "#,##0;-#,##0;"


def write_dossier(book: Spreadsheet, plan: Plan, sites: pd.DataFrame, written: Written) -> None:
    """Write the sheet, showing the plan's first site until another is chosen."""
    sheet = book.sheets[SHEET]
    for left, widths in WIDTHS.items():
        for column, width in enumerate(widths, start=left):
            sheet.set_column(column, column, width)
    _choice(book, sites, written)
    after_facts = _facts(book, written)
    middle = max(after_facts, TOP + ROWS_OF_A_CHART) + 1
    after_criteria = _criteria(book, plan, written, middle)
    pillars = _pillars(book, plan, TOP, middle)
    after_cost, costs = _costs(book, plan, written, middle)
    lower = max(after_cost, after_criteria) + 1
    after_laws = _laws(book, written, lower)
    _customers(book, written, lower)
    _estates(book, written, after_laws + 1)
    for row, bars in ((TOP, pillars), (middle, costs)):
        _chart(book, bars, row)
    for row, height in ((0, 24), (TOP, 34), (middle, 34), (lower, 34)):
        sheet.set_row(row, height)
    sheet.freeze_panes(2, 0)
    sheet.repeat_rows(0, 1)
    sheet.set_paper(A3)
    sheet.fit_to_pages(1, 1)


def _choice(book: Spreadsheet, sites: pd.DataFrame, written: Written) -> None:
    """Write the cell with the list; the number before the name is what is looked up."""
    sheet = book.sheets[SHEET]
    book.put(SHEET, 0, 0, tr("Choose a site"), "title")
    sheet.merge_range(0, 1, 0, 5, "", book.style("choice"))
    choice = book.put(SHEET, 0, 1, labels(sites)[0], "choice")
    sheet.data_validation(0, 1, 0, 1, {
        "validate": "list", "source": f"={written.ranking.column('label')}",
        "error_title": tr("Site"), "error_message": tr("Choose a site from the list."),
    })  # fmt: skip
    number = f'IFERROR(VALUE(LEFT({choice},FIND(" ",{choice})-1)),0)'
    book.put(SHEET, 1, 0, tr("Its number is its rank as planned"), "note")
    cell = book.put(SHEET, 1, 1, 1, "year", formula=number, faint=True, left=True)
    book.name("dossier_no", cell)
    wanted = quoted(tr("Choose a site from the list"))
    fault = f'IF(ISNUMBER(MATCH(dossier_no,site_no,0)),"",{wanted})'
    book.put(SHEET, 1, 2, "", "warning", formula=fault)


def _head(book: Spreadsheet, row: int, left: int, *texts: str, words: int = 1) -> None:
    """Write headings; the first `words` are over text, the others over numbers."""
    for column, text in enumerate(texts):
        book.put(SHEET, row, left + column, text, "head" if column < words else "head_right")


def _row(book: Spreadsheet, row: int, left: int, *cells: Cell) -> None:
    for column, cell in enumerate(cells, start=left):
        book.put(SHEET, row, column, cell.value, cell.style, formula=cell.formula)


def _of(table: Placed, key: str) -> str:
    """Return the formula of a column's cell in the row of the chosen site."""
    return f"INDEX({table.column(key)},MATCH(dossier_no,{table.column('no')},0))"


def _now(table: Placed, key: str) -> Any:
    """Return a column's cell of the plan's first site."""
    return table.columns[key].cells[0]


def _facts(book: Spreadsheet, written: Written) -> int:
    """Write place, rank and confidence; return the next free row."""
    ranking, sure = written.ranking, written.confidence
    rows = [
        (tr("Site"), "strong", ranking, "site"),
        (tr("Zone"), "text", ranking, "zone"),
        (tr("Country"), "text", ranking, "country"),
        (tr("Kind of place"), "text", ranking, "kind"),
        (tr("Kind of site, by profile"), "text", ranking, "archetype"),
        (tr("Latitude, degrees"), "degree", ranking, "lat"),
        (tr("Longitude, degrees"), "degree", ranking, "lon"),
        (tr("Rank now"), "year", ranking, "rank"),
        (tr("Chance of the next plant: the zone now"), "first", ranking, "share"),
        (tr("Chance of the next plant: the zone as planned"), "share", ranking, "planned"),
        (tr("Chance of the next plant: the country as planned"), "share", ranking, "country_share"),
        (tr("Odds against the median place now, times"), "odds", ranking, "odds"),
        (tr("Pays from a price outside China of, USD/t"), "from", ranking, "from"),
        (tr("Chance that it pays now"), "share", ranking, "pays"),
        (tr("Criteria known, of {number}", number=len(CRITERIA)), "whole", ranking, "known"),
    ]
    if sure is not None:
        rows += [
            (tr("First in the what-if runs, as planned"), "share", sure, "p_first"),
            *([(tr(FIRST_TEN), "share", sure, "p_top10")] if "p_top10" in sure.columns else []),
            (tr("Rank in nine of ten runs, from"), "year", sure, "low"),
            (tr("Rank in nine of ten runs, to"), "year", sure, "high"),
            (tr("Chance in nine of ten runs, from"), "share", sure, "share_low"),
            (tr("Chance in nine of ten runs, to"), "share", sure, "share_high"),
        ]
    _head(book, TOP, LEFT, tr("The site"), "", words=2)
    for row, (label, style, table, key) in enumerate(rows, start=TOP + 1):
        value = _now(table, key)
        text = '&""' if isinstance(value, str) else ""
        book.put(SHEET, row, LEFT, label)
        book.put(SHEET, row, LEFT + 1, value, style, formula=_of(table, key) + text, left=True)
    return TOP + 1 + len(rows)


def _criteria(book: Spreadsheet, plan: Plan, written: Written, row: int) -> int:
    """Write by what each criterion multiplies the odds; return the next free row."""
    head, names = int(plan.zones.head[0]), pillar_names(plan.study.investor)
    ahead, medians = advantages(plan).iloc[head], plan.values[list(CRITERIA)].median()
    _head(book, row, LEFT, tr("What makes the odds"), tr("Pillar"), tr("Measured"), tr("Unit"),
          tr("Value"), tr("Median place"), tr("Times the odds"), words=2)  # fmt: skip
    for line, (key, criterion) in enumerate(CRITERIA.items(), start=row + 1):
        nth, n = line - row, line + 1
        raw, value = _now(written.criteria, f"raw_{key}"), _now(written.criteria, key)
        every = plan.measures.raw[key].to_numpy(float)[plan.zones.head]
        weight = f"INDEX(leaf,1,{nth})"
        odds = float(np.exp(ahead[key])) if key in ahead else ""
        _row(
            book, line, LEFT, Cell(tr(criterion.name)), Cell(names[criterion.pillar]),
            Cell(raw, style_of(every, criterion.unit), _of(written.criteria, f"raw_{key}")),
            Cell(tr(criterion.unit)), Cell(value, "value", _of(written.criteria, key)),
            Cell(float(medians[key]), "value", f"INDEX(median_place,1,{nth})"),
            Cell(odds, "odds", f'IF({weight}=0,"",EXP(odds_scale*{weight}*(E{n}-F{n})))'),
        )  # fmt: skip
    end = row + 1 + len(CRITERIA)
    book.put(SHEET, end, LEFT, tr("All together (blank: weighs nothing)"), "strong")
    book.put(SHEET, end, LEFT + 6, float(np.exp(ahead.sum())), "odds",
             formula=f"PRODUCT(G{row + 2}:G{end})")  # fmt: skip
    return end + 1


def _pillars(book: Spreadsheet, plan: Plan, row: int, table: int) -> Bars:
    """Write by what each pillar multiplies the odds, which the chart draws."""
    ahead = pillar_odds(plan).iloc[int(plan.zones.head[0])]
    names = pillar_names(plan.study.investor)
    _head(book, row, RIGHT, tr("Against the median place"), tr("Times the odds"))
    of = [criterion.pillar for criterion in CRITERIA.values()]
    for line, (pillar, name) in enumerate(names.items(), start=row + 1):
        cells = ",".join(f"$G${table + 2 + i}" for i, own in enumerate(of) if own == pillar)
        formula = f"IF(COUNT({cells})=0,1,PRODUCT({cells}))"
        _row(book, line, RIGHT, Cell(name), Cell(float(np.exp(ahead[pillar])), "odds", formula))
    colours = tuple(pillar_colours(list(names)))
    return Bars(tr("Times the odds of the median place, by pillar"), RIGHT, RIGHT + 1, row + 1,
                colours, odds=True)  # fmt: skip


def _costs(book: Spreadsheet, plan: Plan, written: Written, row: int) -> tuple[int, Bars]:
    """Write the cost of a tonne; return the next free row and what the chart draws."""
    parts = [str(key) for key in plan.measures.stack if key in written.cost.at]
    names = {key: tr(COST_PARTS[key].name) for key in parts}
    more = {"cost": tr("Cost at the gate"), "low": tr("Its range from"), "high": tr("Its range to")}
    more |= {k: tr(text.removesuffix(", USD/t")) for k, text in MONEY.items() if k not in parts}
    _head(book, row, RIGHT, tr("What a tonne costs and earns"), tr("USD/t"))
    for line, (key, text) in enumerate({**names, **more}.items(), start=row + 1):
        style = "strong" if key in ("cost", "delivered") else "text"
        now = float(_now(written.cost, key))
        _row(book, line, RIGHT, Cell(text, style), Cell(now, "whole", _of(written.cost, key)))
    colours = tuple(COSTS[COST_PARTS[key].group] for key in parts)
    bars = Bars(tr("Cost of a delivered tonne, USD/t"), RIGHT, RIGHT + 1, row + 1, colours)
    return row + 1 + len(names) + len(more), bars


def _laws(book: Spreadsheet, written: Written, row: int) -> int:
    """Write the instruments in force; return the next free row."""
    columns = {"zone_name": 0, "effect_type": 1, "instrument": 2}
    most = min(written.laws_most, MOST_LAWS)
    _head(book, row, LEFT, tr("Instruments in force: where"), tr("Effect"), tr("Instrument"),
          "", "", "", "", words=7)  # fmt: skip
    _long(book, written.policies, row, LEFT, columns, most)
    return row + 1 + most


def _estates(book: Spreadsheet, written: Written, row: int) -> None:
    """Write the first named sites of the zone, by name; the sheet Estates holds all."""
    columns = {"estate": 0, "operator": 1, "area_ha_available": 2, "grid_mw_available": 3,
               "special_regime": 4}  # fmt: skip
    _head(book, row, LEFT, tr("Named sites of the zone, by name"), tr("Operator"), tr("Land, ha"),
          tr("Grid, MW"), words=2)  # fmt: skip
    _head(book, row, LEFT + 4, tr("Regime"), "", "", words=3)
    known = {key: column for key, column in columns.items() if key in written.estates.at}
    _long(book, written.estates, row, LEFT, known, MOST_ESTATES)


def _customers(book: Spreadsheet, written: Written, row: int) -> None:
    columns = {"customer": 0, "where": 1, "kt": 2, "freight": 3, "duty": 4, "margin": 5}
    _head(book, row, RIGHT, tr("Customers in the order it serves them"), tr("Country"),
          tr("Demand, kt/y"), tr("Freight, USD/t"), tr("Duty, USD/t"),
          tr("Margin, USD/t"), words=2)  # fmt: skip
    _long(book, written.customers, row, RIGHT, columns, written.customers_each)


def _long(
    book: Spreadsheet, table: Placed, row: int, left: int, columns: Mapping[str, int], most: int
) -> None:
    """Write the rows that a long table has of the chosen site, and blanks beyond their end."""
    of_first = sum(1 for key in table.columns["key"].cells if key < 2 * OF_A_SITE)
    for nth in range(1, most + 1):
        wanted = f"MATCH(dossier_no*{OF_A_SITE}+{nth},{table.column('key')},0)"
        for key, number in columns.items():
            column = table.columns[key]
            value = column.cells[nth - 1] if nth <= of_first else ""
            cell = f"INDEX({table.column(key)},{wanted})"
            shown = f'{cell}&""' if column.is_text else f'IF({cell}="","",{cell})'
            formula = f'IFERROR({shown},"")'
            style = "text" if column.is_text else column.style  # one line: nothing grows unseen
            book.put(SHEET, row + nth, left + number, value, style, formula=formula)


def _chart(book: Spreadsheet, bars: Bars, row: int) -> None:
    """Draw the rows as bars, each in its colour."""
    last = bars.first + len(bars.colours) - 1
    chart = book.book.add_chart({"type": "bar"})
    chart.add_series({
        "categories": [book.titles[SHEET], bars.first, bars.label, last, bars.label],
        "values": [book.titles[SHEET], bars.first, bars.number, last, bars.number],
        "points": [{"fill": {"color": colour}} for colour in bars.colours],
        "data_labels": {"value": True, "num_format": bars.numbers,
                        "position": "outside_end"},
        "gap": 40,
    })  # fmt: skip
    chart.set_title({"name": bars.title, "overlay": False, "name_font": {"size": 12}})
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True, "label_position": "low", "line": {"none": True}})
    scale = {"log_base": 10, "crossing": 1, "min": 0.01, "max": 100} if bars.odds else {}
    chart.set_x_axis({"major_gridlines": {"visible": True, "line": {"color": COLOURS["line"]}},
                      "num_format": "General" if bars.odds else "#,##0",
                      "label_position": "high", **scale})  # fmt: skip
    chart.set_size(CHART_SIZE)
    book.sheets[SHEET].insert_chart(row, CHARTS, chart, {"description": bars.title})
