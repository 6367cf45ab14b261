"""The live workbook `ranked_sites.xlsx`: turn a weight, and the ranks follow.

Functions are those that Excel 2010 and LibreOffice share. Every formula carries the plan's own
value, so that a viewer that does not calculate shows the plan.
"""

from __future__ import annotations

from pathlib import Path

from geodata.geometry import credit_lines
from geodata.language import tr
from siting.model.plan import Plan
from siting.results.customers import CUSTOMERS_SHOWN
from siting.results.tables import Tables, in_words, tables_of
from siting.results.text import answer as said
from siting.results.workbook import dossier, formulas, money, pairs, sheets, weights
from siting.results.workbook.spreadsheet import Spreadsheet, line_height, lines_of
from siting.study.lenses import LENSES

READ_ME = "Read me"
TEXT_WIDTH = 110
CONFIDENCE = "Confidence"
SHEETS = (
    READ_ME, formulas.TOP, pairs.SHEET, weights.SHEET, formulas.RANKING,
    dossier.SHEET, "Estates", money.COST, money.CUSTOMERS, "Policies",
    formulas.CRITERIA_SHEET, CONFIDENCE, "Excluded", "Sources",
)  # fmt: skip
GUIDE: dict[str, str] = {
    formulas.TOP: (
        "The sites sorted by the rank of the moment, with their chances and their money. Its blue "
        "cell is the price outside China: margins and chances to pay follow it."
    ),
    pairs.SHEET: "The odds of each of the ten likeliest sites against each other.",
    weights.SHEET: (
        "Blue cells move the ranking: how much each pillar and each criterion weighs. The study's "
        "own numbers and the other lenses stand beside them, to be copied over. The first ten "
        "sites stand at the right."
    ),
    formulas.RANKING: (
        "Every zone with its chance of the next plant and its rank, now and as planned."
    ),
    dossier.SHEET: "One site, chosen from the list in its blue cell.",
    "Estates": "The named sites of each zone with their facts, by name.",
    money.COST: "Parts of the cost of a tonne, and what the customers pay.",
    money.CUSTOMERS: "The customers of each site in the order in which it serves them.",
    "Policies": "The instruments in force at each site.",
    formulas.CRITERIA_SHEET: "What was measured, the value it counts as, and what it weighs.",
    CONFIDENCE: "How sure the order is, at the study's own weights.",
    "Excluded": "Places that may not be built on, and the rule.",
    "Sources": "Where the facts come from.",
}
HOW = (
    (
        "Score U = sum of weight x value over the criteria. Chance of a place = exp(k U) over the "
        "sum of exp(k U) of all places. So the odds between two places are exp(k (U - U')), "
        "whoever else is compared. Chance of a zone: the sum over its places."
    ),
    (
        "Odds against the median place: 2.0 means twice as likely as a place with the median value "
        "of every criterion; below 1 means less likely."
    ),
    "What follows the weights: chances, ranks, odds and scores.",
    (
        "What follows the price outside China (blue, on the Top list): what customers pay, margins "
        "and chances to pay, as a new plan at that price has them; below the Chinese export price "
        "it takes that down with it. It moves no rank."
    ),
    (
        "What follows neither: the zones and the site that stands for each, the values of the "
        "criteria, costs, laws and confidence. A zone moves as its site does. Places outside the "
        "zones keep the chance that they have in the plan. For other weights over all places, put "
        "them into the study and plan again."
    ),
    "Zones without a known estate within 50 km of their likeliest place are listed last.",
    (
        "Chance that it pays: that a tonne earns its cost at the price. It stands beside the score "
        "and is no part of it. Pays from 'any': what the Chinese tonne costs there pays alone."
    ),
    "LibreOffice: if numbers do not follow, choose Data, Calculate, Hard Recalculate.",
    (
        "Estates, Customers and Policies print the rows of the ten likeliest sites, Sources its "
        "first rows: clear the print area to print all."
    ),
    (
        "Blue cells are inputs; grey italics come from a wider place or are the study's; red words "
        "warn."
    ),
    "Money is constant 2025 USD; coordinates are EPSG:4326; blank is unknown.",
)


def write_workbook(plan: Plan, path: Path, tables: Tables | None = None) -> None:
    """Write the workbook of a plan; the same plan gives the same bytes.

    Parameters
    ----------
    plan : Plan
    path : Path
        Replaced where it exists.
    tables : Tables, optional
        Saves time where they are at hand.
    """
    tables = in_words(tables or tables_of(plan))
    sure = plan.confidence is not None
    names = [name for name in SHEETS if sure or name != CONFIDENCE]
    sites = tables.sites
    with Spreadsheet(path, names) as book:
        leaves = weights.write_weights(book, plan)
        criteria = formulas.write_criteria(book, plan, sites, leaves)
        customers = money.write_customers(book, plan, tables)
        cost = money.write_cost(book, plan, tables, customers)
        ranking = formulas.write_ranking(book, plan, sites, cost)
        top = formulas.write_top(book, plan, sites, ranking)
        pairs.write_pairs(book, plan, sites, top)
        policies, most = sheets.write_policies(book, tables)
        written = dossier.Written(
            ranking=ranking,
            criteria=criteria,
            cost=cost,
            estates=sheets.write_estates(book, tables),
            customers=customers,
            policies=policies,
            confidence=sheets.write_confidence(book, plan, tables),
            customers_each=CUSTOMERS_SHOWN,
            laws_most=most,
        )
        dossier.write_dossier(book, plan, sites, written)
        sheets.write_barred(book, plan)
        sheets.write_sources(book, plan)
        _read_me(book, plan, names)


def _read_me(book: Spreadsheet, plan: Plan, names: list[str]) -> None:
    """Write what the workbook is, how it is read and what follows the weights."""
    sheet = book.sheets[READ_ME]
    sheet.set_column(0, 0, 27)
    sheet.set_column(1, 1, TEXT_WIDTH)
    known = tr("{sentence}.", sentence=said.known(plan))
    book.put(READ_ME, 0, 0, said.question(plan), "title")
    row = 2
    for text in (known, said.answer(plan), *said.notes(plan)):
        _line(book, row, "", text)
        row += 1
    guide = {book.titles[name]: tr(GUIDE[name]) for name in names if name in GUIDE}
    row = _section(book, tr("The sheets"), guide, row + 1)
    row = _section(book, tr("How to read it"), dict.fromkeys(map(tr, HOW), ""), row + 1)
    lenses = {tr(lens.name): tr(lens.reasoning) for lens in LENSES.values()}
    row = _section(book, tr("The lenses: views to weigh by"), lenses, row + 1)
    _section(book, tr("Credits"), dict.fromkeys(credit_lines(), ""), row + 1)


def _section(book: Spreadsheet, title: str, lines: dict[str, str], row: int) -> int:
    """Write a heading and its lines, a name beside each where it has one; return the next row."""
    book.put(READ_ME, row, 0, title, "head")
    book.put(READ_ME, row, 1, "", "head")
    for line, (left, right) in enumerate(lines.items(), start=row + 1):
        _line(book, line, left if right else "", right or left)
    return row + 1 + len(lines)


def _line(book: Spreadsheet, row: int, name: str, text: str) -> None:
    book.put(READ_ME, row, 0, name, "strong")
    book.put(READ_ME, row, 1, text, "wrap")
    book.sheets[READ_ME].set_row(row, line_height() * lines_of(text, TEXT_WIDTH))
