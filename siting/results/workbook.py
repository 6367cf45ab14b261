"""The live workbook `ranked_sites.xlsx`: turn a weight, and the ranks follow.

Functions are those that Excel 2010 and LibreOffice share. Every formula carries the plan's own
value, so that a viewer that does not reckon shows the plan.
"""

from __future__ import annotations

from pathlib import Path

from geodata.geometry import ATTRIBUTIONS
from siting.model.plan import Plan
from siting.results import mapping, workbook_dossier, workbook_live, workbook_tables
from siting.results import workbook_weights as weights
from siting.results.ranking import CUSTOMERS_SHOWN
from siting.results.shared import Shared, shared_of
from siting.results.spreadsheet import LINE, Spreadsheet, lines_of

READ_ME = "Read me"
TEXT_WIDTH = 110
CONFIDENCE = "Confidence"
SHEETS = (
    READ_ME, workbook_live.TOP, weights.SHEET, workbook_live.RANKING, workbook_dossier.SHEET,
    "Cost", "Customers", "Policies", workbook_live.CRITERIA_SHEET, CONFIDENCE, "Barred", "Sources",
)  # fmt: skip
GUIDE: dict[str, str] = {
    workbook_live.TOP: "The sites sorted by the rank of the moment.",
    weights.SHEET: (
        "Blue cells turn the ranking: how likely each strategy is, how much each pillar and each "
        "criterion weighs. The study's own numbers stand beside them; copy them back to reset. "
        "The first ten sites stand at the right."
    ),
    workbook_live.RANKING: (
        "Every siting zone with score and rank now and as planned. Score = sum of value times "
        "weight, times price gate, times entry gate, for each strategy; then the smooth maximum "
        "of the strategies."
    ),
    workbook_dossier.SHEET: "One site, chosen from the list in its blue cell.",
    "Cost": "Parts of the cost of a tonne, and what the customers pay.",
    "Customers": "The customers that are cheapest to reach from each site.",
    "Policies": "The instruments in force at each site.",
    workbook_live.CRITERIA_SHEET: "What was measured, its value of 0 to 1, and what it weighs.",
    CONFIDENCE: "How sure the order is, at the study's own weights.",
    "Barred": "Places that may not be built on, and the rule.",
    "Sources": "Where the facts come from.",
}
STILL = (
    "What moves: score, rank and move on Ranking, Top list, Weights and Dossier.",
    (
        "What does not: the zones and the site that stands for each (those of the plan), the "
        "values of the criteria, the gates, costs, laws and confidence. Only the sites of the "
        "plan's zones are ranked here; for other weights over all places, put them into the study "
        "and plan again."
    ),
    "LibreOffice: if numbers do not follow, choose Data, Calculate, Hard Recalculate.",
    (
        "Blue cells are inputs; grey italics come from a wider place or are the study's; red words "
        "warn. Price gate: chance that the cost is earned at the price of the day. Entry gate: "
        "chance that this investor may build."
    ),
    "One row is one siting zone, shown by its best named site or, without one, its best place.",
    "Money is constant 2025 USD; coordinates are EPSG:4326; blank is unknown.",
)


def write_workbook(plan: Plan, path: Path, shared: Shared | None = None) -> None:
    """Write the workbook of a plan; the same plan gives the same bytes.

    Parameters
    ----------
    plan : Plan
    path : Path
        Replaced where it exists.
    shared : Shared, optional
        Saves time where it is at hand.
    """
    shared = shared or shared_of(plan)
    sure = plan.confidence is not None
    names = [name for name in SHEETS if sure or name != CONFIDENCE]
    sites = workbook_live.sites_of(plan, shared.archetype)
    with Spreadsheet(path, names) as book:
        turned = weights.write_weights(book, plan)
        criteria = workbook_live.write_criteria(book, plan, sites, turned)
        ranking = workbook_live.write_ranking(book, plan, sites)
        workbook_live.write_top(book, plan, sites, ranking)
        policies, most = workbook_tables.write_policies(book, shared.laws, sites)
        tables = workbook_dossier.Tables(
            ranking=ranking,
            criteria=criteria,
            cost=workbook_tables.write_cost(book, plan, sites),
            customers=workbook_tables.write_customers(book, plan, sites),
            policies=policies,
            confidence=workbook_tables.write_confidence(book, plan, sites),
            customers_each=CUSTOMERS_SHOWN,
            laws_most=most,
        )
        workbook_dossier.write_dossier(book, plan, sites, tables)
        workbook_tables.write_barred(book, plan)
        workbook_tables.write_sources(book, plan)
        _read_me(book, plan, names)


def _read_me(book: Spreadsheet, plan: Plan, names: list[str]) -> None:
    """Write what the workbook is, how it is turned and what stands still."""
    sheet = book.sheets[READ_ME]
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, TEXT_WIDTH)
    known = f"{mapping.investor(plan)} investor, as known on {mapping.long_date(plan)}."
    book.put(READ_ME, 0, 0, mapping.question(plan), "title")
    row = 2
    for text in (known, mapping.answer(plan), *mapping.notes(plan)):
        _line(book, row, "", text)
        row += 1
    row = _section(book, "The sheets", {n: GUIDE[n] for n in names if n in GUIDE}, row + 1)
    row = _section(book, "How to read it", dict.fromkeys(STILL, ""), row + 1)
    _section(book, "Credits", dict.fromkeys(ATTRIBUTIONS.values(), ""), row + 1)


def _section(book: Spreadsheet, title: str, lines: dict[str, str], row: int) -> int:
    """Write a heading and its lines, a name beside each where it has one; return the next row."""
    book.put(READ_ME, row, 0, title, "head")
    book.put(READ_ME, row, 1, "", "head")
    for at, (left, right) in enumerate(lines.items(), start=row + 1):
        _line(book, at, left if right else "", right or left)
    return row + 1 + len(lines)


def _line(book: Spreadsheet, row: int, name: str, text: str) -> None:
    book.put(READ_ME, row, 0, name, "strong")
    book.put(READ_ME, row, 1, text, "wrap")
    book.sheets[READ_ME].set_row(row, LINE * lines_of(text, TEXT_WIDTH))
