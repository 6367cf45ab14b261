"""The dossier: all that is known of one site, chosen from a list, at the weights of the moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from xlsxwriter.utility import xl_col_to_name

from maps.layers import LOSSES, cost_part
from maps.palette import COLOURS, COSTS, pillar_colours
from siting.model.plan import Plan
from siting.results.spreadsheet import Placed, Spreadsheet
from siting.results.workbook_live import Sites, in_trees, style_of
from siting.results.workbook_tables import MONEY, OF_A_SITE
from siting.results.workbook_weights import priors
from siting.study.criteria import CRITERIA, PILLARS
from siting.study.strategies import STRATEGIES

SHEET = "Dossier"
LEFT, CHARTS, RIGHT = 0, 7, 15  # first columns of the three bands
WIDTHS: Mapping[int, tuple[float, ...]] = {
    LEFT: (38, 24, 11, 10, 10, 10, 2),
    CHARTS: (10, 10, 10, 10, 10, 10, 10, 2),
    RIGHT: (36, 13, 11, 11, 11, 11, 11),
}
STRATEGY, GROSS, PRICE, ENTRY, SCORE, LIKELY, SHARE = map(xl_col_to_name, range(RIGHT, RIGHT + 7))
TOP = 3  # first row below the choice
MOST_LAWS = 12
CHART_SIZE = {"width": 515, "height": 340}


@dataclass(frozen=True)
class Tables:
    """The tables that the dossier looks things up in.

    Attributes
    ----------
    ranking, criteria, cost, customers, policies, confidence : Placed
    customers_each, laws_most : int
        How many rows one site has, at most.
    """

    ranking: Placed
    criteria: Placed
    cost: Placed
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


def write_dossier(book: Spreadsheet, plan: Plan, sites: Sites, tables: Tables) -> None:
    """Write the sheet, showing the plan's first site until another is chosen."""
    sheet = book.sheets[SHEET]
    for left, widths in WIDTHS.items():
        for at, width in enumerate(widths, start=left):
            sheet.set_column(at, at, width)
    _choice(book, sites, tables)
    row = _facts(book, plan, tables)
    _strategies(book, plan, tables)
    middle = max(row, TOP + len(plan.strategies) + 3 + len(PILLARS) + len(LOSSES) + 2) + 1
    after_criteria = _criteria(book, plan, tables, middle)
    pillars = _pillars(book, plan, TOP + len(plan.strategies) + 3, middle, after_criteria)
    after_cost, costs = _costs(book, plan, tables, middle)
    lower = max(after_cost, after_criteria) + 1
    _laws(book, tables, lower)
    _customers(book, tables, lower)
    for row, bars in ((TOP, pillars), (middle, costs)):
        _chart(book, bars, row)
    for row, height in ((0, 24), (TOP, 34), (middle, 34), (lower, 34)):
        sheet.set_row(row, height)
    sheet.freeze_panes(2, 0)
    sheet.repeat_rows(0, 1)


def _choice(book: Spreadsheet, sites: Sites, tables: Tables) -> None:
    """Write the cell with the list; the number before the name is what is looked up."""
    sheet = book.sheets[SHEET]
    book.put(SHEET, 0, 0, "Choose a site", "title")
    sheet.merge_range(0, 1, 0, 5, "", book.style("choice"))
    choice = book.put(SHEET, 0, 1, sites.label[0], "choice")
    sheet.data_validation(0, 1, 0, 1, {
        "validate": "list", "source": f"={tables.ranking.column('label')}",
        "error_title": "Site", "error_message": "Choose a site from the list.",
    })  # fmt: skip
    number = f'IFERROR(VALUE(LEFT({choice},FIND(" ",{choice})-1)),0)'
    book.put(SHEET, 1, 0, "Its number is its rank as planned", "note")
    cell = book.put(SHEET, 1, 1, 1, "year", formula=number, faint=True, left=True)
    book.name("dossier_no", cell)
    told = 'IF(ISNUMBER(MATCH(dossier_no,site_no,0)),"","Choose a site from the list")'
    book.put(SHEET, 1, 2, "", "warning", formula=told)


def _head(book: Spreadsheet, row: int, left: int, *texts: str, words: int = 1) -> None:
    """Write headings; the first `words` stand over text, the others over numbers."""
    for at, text in enumerate(texts):
        book.put(SHEET, row, left + at, text, "head" if at < words else "head_right")


def _row(book: Spreadsheet, row: int, left: int, *cells: Cell) -> None:
    for at, cell in enumerate(cells, start=left):
        book.put(SHEET, row, at, cell.value, cell.style, formula=cell.formula)


def _of(table: Placed, key: str) -> str:
    """Return the formula of a column's cell in the row of the chosen site."""
    return f"INDEX({table.column(key)},MATCH(dossier_no,{table.column('no')},0))"


def _now(table: Placed, key: str) -> Any:
    """Return a column's cell of the plan's first site."""
    return table.columns[key].cells[0]


def _facts(book: Spreadsheet, plan: Plan, tables: Tables) -> int:
    """Write place, rank and confidence; return the next free row."""
    ranking, sure = tables.ranking, tables.confidence
    rows = [
        ("Site", "strong", ranking, "site"),
        ("Country", "text", ranking, "country"),
        ("Kind of place", "text", ranking, "kind"),
        ("Archetype", "text", ranking, "archetype"),
        ("Latitude, degrees", "degree", ranking, "lat"),
        ("Longitude, degrees", "degree", ranking, "lon"),
        ("Rank now", "year", ranking, "rank"),
        ("Score now, of 100", "tenth", ranking, "score"),
        ("Score as planned, of 100", "tenth", ranking, "planned"),
        (f"Criteria known, of {len(in_trees(plan))}", "whole", ranking, "known"),
    ]
    if sure is not None:
        rows += [
            ("First in the draws, as planned", "share", sure, "p_first"),
            ("In the first ten of the draws, as planned", "share", sure, "p_top10"),
            ("Rank in nine of ten draws, from", "year", sure, "low"),
            ("Rank in nine of ten draws, to", "year", sure, "high"),
        ]
    _head(book, TOP, LEFT, "The site", "", words=2)
    for at, (label, style, table, key) in enumerate(rows, start=TOP + 1):
        value = _now(table, key)
        text = '&""' if isinstance(value, str) else ""
        book.put(SHEET, at, LEFT, label)
        book.put(SHEET, at, LEFT + 1, value, style, formula=_of(table, key) + text, left=True)
    return TOP + 1 + len(rows)


def _strategies(book: Spreadsheet, plan: Plan, tables: Tables) -> None:
    """Write what each strategy makes of the site; names stand for gross, gates and shares."""
    head, first, last = int(plan.zones.head[0]), TOP + 2, TOP + 1 + len(plan.strategies)
    likely = priors(plan)
    score, prior = (f"${letter}${first}:${letter}${last}" for letter in (SCORE, LIKELY))
    best = f"SUMPRODUCT(MAX({score}*({prior}>0)))"
    whole = f"SUMPRODUCT({prior}*EXP(sharpness*({score}-{best})/100))"
    values = "INDEX(criteria_values,MATCH(dossier_no,criteria_no,0),0)"
    _head(book, TOP, RIGHT, "How each strategy sees it", "Before the gates, of 100", "Price gate",
          "Entry gate", "Score now, of 100", "Likely", "Share now")  # fmt: skip
    for at, (name, scored) in enumerate(plan.strategies.items(), start=TOP + 1):
        gross, n = 100 * float(scored.contributions.iloc[head].sum()), at + 1
        share = f"IF(SUM({prior})=0,0,{LIKELY}{n}*EXP(sharpness*({SCORE}{n}-{best})/100)/{whole})"
        _row(
            book, at, RIGHT, Cell(STRATEGIES[name].name),
            Cell(gross, "tenth", f"100*SUMPRODUCT({values},leaf_{name})"),
            Cell(float(scored.price_gate[head]), "value", _of(tables.ranking, f"price_{name}")),
            Cell(float(scored.entry_gate[head]), "value", _of(tables.ranking, "entry")),
            Cell(100 * float(scored.score[head]), "tenth", f"{GROSS}{n}*{PRICE}{n}*{ENTRY}{n}"),
            Cell(likely[name], "share", f"prior_{name}"),
            Cell(float(plan.shares[name].iloc[head]), "share", share),
        )  # fmt: skip
    for name, letter in (("gross", GROSS), ("price", PRICE), ("entry", ENTRY), ("share", SHARE)):
        book.name(f"dossier_{name}", f"'{SHEET}'!${letter}${first}:${letter}${last}")


def _criteria(book: Spreadsheet, plan: Plan, tables: Tables, row: int) -> int:
    """Write what each criterion and loss adds to the score; return the next free row."""
    head, used = int(plan.zones.head[0]), in_trees(plan)
    _head(book, row, LEFT, "What adds up to the score", "Pillar", "Measured", "Unit",
          "Value, 0 to 1", "Points, of 100", words=2)  # fmt: skip
    for at, key in enumerate(used, start=row + 1):
        criterion, nth = CRITERIA[key], at - row
        raw, value = _now(tables.criteria, f"raw_{key}"), _now(tables.criteria, key)
        every = plan.measures.raw[key].to_numpy(float)[plan.zones.head]
        weight = "+".join(
            f"INDEX(dossier_share,{i})*INDEX(leaf_{name},1,{nth})"
            for i, name in enumerate(plan.strategies, start=1)
        )
        points = 100 * float(plan.parts[key].iloc[head]) if key in plan.parts else 0.0
        _row(
            book, at, LEFT, Cell(criterion.name), Cell(PILLARS[criterion.pillar]),
            Cell(raw, style_of(every, criterion.unit), _of(tables.criteria, f"raw_{key}")),
            Cell(criterion.unit), Cell(value, "value", _of(tables.criteria, key)),
            Cell(points, "tenth", f"100*E{at + 1}*({weight})"),
        )  # fmt: skip
    at = row + 1 + len(used)
    above = f"F{row + 2}:F{at}"
    losses = {
        "price_gate": "-SUMPRODUCT(dossier_share,dossier_gross,1-dossier_price)",
        "entry_gate": "-SUMPRODUCT(dossier_share,dossier_gross,dossier_price,1-dossier_entry)",
        "mixture": f"{_of(tables.ranking, 'score')}-SUM({above})-SUM(F{at + 1}:F{at + 2})",
    }
    for i, (key, formula) in enumerate(losses.items()):
        points = 100 * float(plan.parts[key].iloc[head])
        book.put(SHEET, at + i, LEFT, LOSSES[key])
        book.put(SHEET, at + i, LEFT + 5, points, "tenth", formula=formula)
    end = at + len(losses)
    book.put(SHEET, end, LEFT, "Score now", "strong")
    total = 100 * float(plan.score[head])
    book.put(SHEET, end, LEFT + 5, total, "score", formula=f"SUM(F{row + 2}:F{end})")
    return end + 1


def _pillars(book: Spreadsheet, plan: Plan, row: int, table: int, end: int) -> Bars:
    """Write the points by pillar and loss, which the chart draws."""
    head, used = int(plan.zones.head[0]), in_trees(plan)
    shown = [p for p in PILLARS if any(CRITERIA[c].pillar == p for c in used)]
    _head(book, row, RIGHT, "Points by pillar", "Of 100")
    last = table + 1 + len(used)
    for at, pillar in enumerate(shown, start=row + 1):
        own = [c for c in used if CRITERIA[c].pillar == pillar and c in plan.parts]
        points = 100 * float(plan.parts[own].iloc[head].sum())
        formula = f"SUMIF($B${table + 2}:$B${last},{STRATEGY}{at + 1},$F${table + 2}:$F${last})"
        _row(book, at, RIGHT, Cell(PILLARS[pillar]), Cell(points, "tenth", formula))
    start = row + 1 + len(shown)
    for i, (key, text) in enumerate(LOSSES.items()):
        points = 100 * float(plan.parts[key].iloc[head])
        cell = f"F{end - len(LOSSES) + i}"
        _row(book, start + i, RIGHT, Cell(text), Cell(points, "tenth", cell))
    colours = (*pillar_colours(shown), *(COLOURS["grey"] for _ in LOSSES))
    return Bars("Points by pillar, of 100", RIGHT, RIGHT + 1, row + 1, colours)


def _costs(book: Spreadsheet, plan: Plan, tables: Tables, row: int) -> tuple[int, Bars]:
    """Write the cost of a tonne; return the next free row and what the chart draws."""
    parts = [str(key) for key in plan.measures.stack if key in tables.cost.at]
    names = {key: cost_part(key)[0] for key in parts}
    more = {"cost": "Cost at the gate", "low": "Its range from", "high": "Its range to"}
    more |= {k: text.removesuffix(", USD/t") for k, (text, _) in MONEY.items() if k not in parts}
    _head(book, row, RIGHT, "What a tonne costs and earns", "USD/t")
    for at, (key, text) in enumerate({**names, **more}.items(), start=row + 1):
        style = "strong" if key in ("cost", "delivered") else "text"
        now = float(_now(tables.cost, key))
        _row(book, at, RIGHT, Cell(text, style), Cell(now, "whole", _of(tables.cost, key)))
    colours = tuple(COSTS[cost_part(key)[1]] for key in parts)
    bars = Bars("Cost of a delivered tonne, USD/t", RIGHT, RIGHT + 1, row + 1, colours)
    return row + 1 + len(names) + len(more), bars


def _laws(book: Spreadsheet, tables: Tables, row: int) -> None:
    columns = {"zone_name": 0, "effect_type": 1, "instrument": 2}
    _head(
        book, row, LEFT, "Instruments in force: where", "Effect", "Instrument", "", "", "", words=6
    )
    _long(book, tables.policies, row, LEFT, columns, min(tables.laws_most, MOST_LAWS))


def _customers(book: Spreadsheet, tables: Tables, row: int) -> None:
    columns = {"customer": 0, "where": 1, "kt": 2, "freight": 3, "duty": 4, "margin": 5}
    _head(book, row, RIGHT, "Customers cheapest to reach", "Country", "Demand, kt/y",
          "Freight, USD/t", "Duty, USD/t", "Margin, USD/t", words=2)  # fmt: skip
    _long(book, tables.customers, row, RIGHT, columns, tables.customers_each)


def _long(
    book: Spreadsheet, table: Placed, row: int, left: int, columns: Mapping[str, int], most: int
) -> None:
    """Write the rows that a long table has of the chosen site, and blanks beyond their end."""
    of_first = sum(1 for key in table.columns["key"].cells if key < 2 * OF_A_SITE)
    for nth in range(1, most + 1):
        wanted = f"MATCH(dossier_no*{OF_A_SITE}+{nth},{table.column('key')},0)"
        for key, at in columns.items():
            column = table.columns[key]
            value = column.cells[nth - 1] if nth <= of_first else ""
            text = '&""' if column.is_text else ""
            formula = f'IFERROR(INDEX({table.column(key)},{wanted}){text},"")'
            style = "text" if column.is_text else column.style  # one line: nothing grows unseen
            book.put(SHEET, row + nth, left + at, value, style, formula=formula)


def _chart(book: Spreadsheet, bars: Bars, row: int) -> None:
    """Draw the rows as bars, each in its colour."""
    last = bars.first + len(bars.colours) - 1
    chart = book.book.add_chart({"type": "bar"})
    chart.add_series({
        "categories": [SHEET, bars.first, bars.label, last, bars.label],
        "values": [SHEET, bars.first, bars.number, last, bars.number],
        "points": [{"fill": {"color": colour}} for colour in bars.colours],
        "data_labels": {"value": True, "num_format": "#,##0;-#,##0;"},
        "gap": 40,
    })  # fmt: skip
    chart.set_title({"name": bars.title, "overlay": False, "name_font": {"size": 12}})
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True, "label_position": "low", "line": {"none": True}})
    chart.set_x_axis({"major_gridlines": {"visible": True, "line": {"color": COLOURS["line"]}},
                      "num_format": "#,##0", "label_position": "high"})  # fmt: skip
    chart.set_size(CHART_SIZE)
    book.sheets[SHEET].insert_chart(row, CHARTS, chart, {"description": bars.title})
