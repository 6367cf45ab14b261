"""The sheet of weights: cells that a consultant changes, and the leaf weights that follow."""

from __future__ import annotations

from xlsxwriter.utility import xl_col_to_name

from geodata.language import tr
from siting.model import scoring
from siting.model.plan import Plan
from siting.results.workbook.spreadsheet import A3, Spreadsheet, quoted
from siting.study.criteria import CRITERIA, pillar_names
from siting.study.lenses import LENSES, Tree
from siting.study.weights import TOTAL, leaf_weights, tree_of

SHEET = "Weights"
NAME, INPUT, STUDY, FIRST_LENS = range(4)
HEAD_ROW = 4  # of the tree, below title, note and the count of changes
SAY = (
    "Change the blue cells; every sheet follows. A criterion weighs its own weight times its "
    "pillar's; all are scaled to sum to {total}, so that only ratios count."
)
APPLY = (
    "To look through another lens, copy its column over 'Weight' as values; to reset, copy "
    "'The study's'."
)
NOTHING = "Nothing weighs: give at least one criterion a weight"
ADDED = (13, 12, 13, 28)  # widths of the columns beside the lenses


def shown_lenses(plan: Plan) -> list[str]:
    """Return the lenses beside the study's weights: all others, and its own where it is changed."""
    changed = bool(plan.study.weights)
    return [key for key in LENSES if key != plan.study.lens or changed]


def columns_of(plan: Plan) -> list[float]:
    """Return the widths of the sheet's columns."""
    return [36, 10, 14, *(12 for _ in shown_lenses(plan)), *ADDED]


def write_weights(book: Spreadsheet, plan: Plan) -> dict[str, str]:
    """Write the sheet; return the cell of each criterion's leaf weight.

    `odds_scale` names the scale of the odds, `weights_changed` how many inputs differ from the
    study's.
    """
    sheet, tree = book.sheets[SHEET], tree_of(plan.study)
    for column, width in enumerate(columns_of(plan)):
        sheet.set_column(column, column, width)
    book.put(SHEET, 0, NAME, tr("Weights"), "title")
    sheet.set_row(0, 24)
    book.put(SHEET, 1, NAME, tr(SAY, total=f"{TOTAL:g}"), "note")
    book.put(SHEET, 2, NAME, tr(APPLY), "note")
    book.put(SHEET, 3, NAME, tr("Weights that differ from the study's"), "strong")
    leaves, last = _tree(book, plan, tree)
    first = HEAD_ROW + 2
    changed = f"SUMPRODUCT(1*(B{first}:B{last}<>C{first}:C{last}))"
    book.name("weights_changed", book.put(SHEET, 3, INPUT, 0, "year", formula=changed))
    book.put(SHEET, last + 1, NAME, tr("Scale of the odds, k"))
    book.name("odds_scale", book.put(SHEET, last + 1, INPUT, scoring.ODDS, "fine"))
    note = tr("A unit of the score multiplies the odds by exp(k); fitted on plants, not to be "
              "changed.")  # fmt: skip
    book.put(SHEET, last + 1, STUDY, note, "note")
    sheet.freeze_panes(HEAD_ROW + 1, 1)
    sheet.set_paper(A3)
    sheet.repeat_rows(0, HEAD_ROW)
    return leaves


def _tree(book: Spreadsheet, plan: Plan, tree: Tree) -> tuple[dict[str, str], int]:
    """Write pillars and criteria; return the leaf cells and how many rows are filled."""
    lenses = shown_lenses(plan)
    counts, leaf, planned, warning = range(FIRST_LENS + len(lenses), FIRST_LENS + len(lenses) + 4)
    letter, leaf_letter = xl_col_to_name(counts), xl_col_to_name(leaf)
    _head(book, [_capital(tr(LENSES[key].short)) for key in lenses])
    tops: dict[str, int] = {}
    line = HEAD_ROW + 1
    for pillar, (_, criteria) in tree.items():
        tops[pillar] = line
        line += 1 + len(criteria)
    spans = {p: (top + 2, top + 1 + len(tree[p][1])) for p, top in tops.items()}
    whole = "SUM(" + ",".join(f"${letter}${a}:${letter}${b}" for a, b in spans.values()) + ")"
    weights, names = leaf_weights(tree), pillar_names(plan.study.investor)
    leaves: dict[str, str] = {}
    for pillar, (weight, criteria) in tree.items():
        top, (first, final) = tops[pillar], spans[pillar]
        _row(book, top, names[pillar], weight, f"w_{pillar}", style="strong")
        book.put(SHEET, top, counts, weight, "value", formula=f"MAX(0,N(B{top + 1}))", faint=True)
        own = float(weights.reindex(list(criteria)).sum())
        total = f"SUM({leaf_letter}{first}:{leaf_letter}{final})"
        book.put(SHEET, top, leaf, own, "value", formula=total)
        book.put(SHEET, top, planned, own, "value", faint=True)
        nothing = f'IF({whole}=0,{quoted(tr(NOTHING))},"")'
        _warn(book, top, warning, nothing if top == HEAD_ROW + 1 else '""')
        for column, key in enumerate(lenses, start=FIRST_LENS):
            book.put(SHEET, top, column, LENSES[key].tree[pillar][0], "fine", faint=True)
        for row, (criterion, own_weight) in enumerate(criteria.items(), start=top + 1):
            name = f"w_{pillar}_{criterion}"
            _row(book, row, tr(CRITERIA[criterion].name), own_weight, name, style="indent")
            for column, key in enumerate(lenses, start=FIRST_LENS):
                share = LENSES[key].tree[pillar][1][criterion]
                book.put(SHEET, row, column, share, "fine", faint=True)
            product = f"${letter}${top + 1}*MAX(0,N(B{row + 1}))"
            book.put(SHEET, row, counts, weight * own_weight, "value", formula=product, faint=True)
            value = float(weights.get(criterion, 0.0))
            scaled = f"IF({whole}=0,0,{TOTAL:g}*{letter}{row + 1}/{whole})"
            leaves[criterion] = book.put(SHEET, row, leaf, value, "value", formula=scaled)
            book.put(SHEET, row, planned, value, "value", faint=True)
            _warn(book, row, warning, '""')
    return leaves, line


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]


def _head(book: Spreadsheet, lenses: list[str]) -> None:
    names = [tr("Pillar, criterion"), tr("Weight"), tr("The study's"), *lenses, tr("Counts as"),
             tr("Of {total} now", total=f"{TOTAL:g}"), tr("As planned"), tr("Warning")]  # fmt: skip
    for nth, text in enumerate(names):
        book.put(SHEET, HEAD_ROW, nth, text, "head" if nth in (0, len(names) - 1) else "head_right")


def _row(
    book: Spreadsheet, row: int, label: str, value: float, name: str, *, style: str
) -> None:  # fmt: skip
    """Write a label, a cell to be changed, and beside it what the study says."""
    book.put(SHEET, row, NAME, label, style)
    book.name(name, book.put(SHEET, row, INPUT, value, "input"))
    book.put(SHEET, row, STUDY, value, "fine", faint=True)
    book.sheets[SHEET].data_validation(
        row, INPUT, row, INPUT,
        {"validate": "decimal", "criteria": ">=", "value": 0, "error_title": tr("Weight"),
         "error_message": tr("A number, 0 or more.")},
    )  # fmt: skip


def _warn(book: Spreadsheet, row: int, column: int, otherwise: str) -> None:
    """Write a warning that shows only when the row's input, or what depends on it, is at fault."""
    cell = f"B{row + 1}"
    formula = (
        f"IF(NOT(ISNUMBER({cell})),{quoted(tr('Not a number: counts as 0'))},"
        f"IF(N({cell})<0,{quoted(tr('Below 0: counts as 0'))},{otherwise}))"
    )
    book.put(SHEET, row, column, "", "warning", formula=formula)
