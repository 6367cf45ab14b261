"""The sheet of weights: cells that a consultant turns, and the leaf weights that follow."""

from __future__ import annotations

from dataclasses import dataclass

from siting.model.plan import Plan
from siting.results.spreadsheet import Spreadsheet
from siting.study.criteria import CRITERIA, PILLARS
from siting.study.strategies import STRATEGIES, Tree
from siting.study.weights import leaf_weights, tree_of

SHEET = "Weights"
NAME, INPUT, STUDY, COUNTS, SHARE, LEAF, PLANNED, NOTE = range(8)
HEADS = ("Weight", "The study's", "Counts as", "Among siblings", "Of the whole", "As planned",
         "Warning")  # fmt: skip
WIDTHS = (36, 10, 12, 11, 16, 13, 12, 46)
FIRST_ROW = 4
LARGEST_SHARPNESS = 100  # as in a study
SAY = (
    "Turn the blue cells; ranks on every sheet follow. Only ratios count within a group of "
    "siblings. To reset, copy 'The study's' over 'Weight'."
)


@dataclass(frozen=True)
class Turned:
    """What the other sheets need of this one.

    Attributes
    ----------
    leaves : dict of str
        (strategy, criterion) -> cell of its leaf weight.
    last : int
        Last row that is used.
    """

    leaves: dict[tuple[str, str], str]
    last: int


def trees(plan: Plan) -> dict[str, Tree]:
    """Return the weight tree of each strategy in play."""
    return {name: tree_of(plan.study, name) for name in plan.strategies}


def priors(plan: Plan) -> dict[str, float]:
    """Return how likely each strategy in play is, summing to 1."""
    given = {name: plan.prior.get(name, 0.0) for name in plan.strategies}
    whole = sum(given.values())
    return {name: chance / whole for name, chance in given.items()}


def write_weights(book: Spreadsheet, plan: Plan) -> Turned:
    """Write the sheet; names `prior_<strategy>`, `sharpness` and `weights_turned` stand for it."""
    sheet = book.sheets[SHEET]
    for at, width in enumerate(WIDTHS):
        sheet.set_column(at, at, width)
    book.put(SHEET, 0, NAME, "Weights", "title")
    sheet.set_row(0, 24)
    book.put(SHEET, 1, NAME, SAY, "note")
    row = _priors(book, plan, FIRST_ROW) + 1
    leaves: dict[tuple[str, str], str] = {}
    for name, tree in trees(plan).items():
        row = _strategy(book, name, tree, leaves, row) + 1
    turned = f"(B{FIRST_ROW + 1}:B{row}<>C{FIRST_ROW + 1}:C{row})*ISNUMBER(C{FIRST_ROW + 1}:C{row})"
    cell = book.put(SHEET, 2, INPUT, 0, "whole", formula=f"SUMPRODUCT({turned})")
    book.put(SHEET, 2, NAME, "Inputs that differ from the study's", "strong")
    book.name("weights_turned", cell)
    sheet.freeze_panes(3, 1)
    return Turned(leaves, row)


def _priors(book: Spreadsheet, plan: Plan, row: int) -> int:
    """Write how likely each strategy is and how sharp the mixture; return the next free row."""
    _head(book, row, "How likely each strategy is")
    share = priors(plan)
    first, last = row + 2, row + 1 + len(share)
    for at, (name, chance) in enumerate(share.items(), start=row + 1):
        own = plan.prior.get(name, 0.0)
        _input(book, at, STRATEGIES[name].name, own, name=f"w_prior_{name}")
        book.put(SHEET, at, COUNTS, own, "value", formula=f"MAX(0,N(B{at + 1}))", faint=True)
        whole = f"SUM(D${first}:D${last})"
        formula = f"IF({whole}=0,0,D{at + 1}/{whole})"
        cell = book.put(SHEET, at, SHARE, chance, "share", formula=formula)
        book.put(SHEET, at, PLANNED, chance, "share", faint=True)
        book.name(f"prior_{name}", cell)
        _warn(book, at, f'IF({whole}=0,"No strategy is likely at all: every score is 0","")')
    at, sharp = last, plan.study.sharpness
    _input(book, at, "Sharpness of the mixture", sharp, name="w_sharpness", most=LARGEST_SHARPNESS)
    good = f"AND(ISNUMBER(B{at + 1}),N(B{at + 1})>0)"
    formula = f"IF({good},MIN(B{at + 1},{LARGEST_SHARPNESS}),C{at + 1})"
    book.name("sharpness", book.put(SHEET, at, COUNTS, sharp, "fine", formula=formula, faint=True))
    _warn(book, at, f'IF({good},"","Must be above 0: the study\'s counts")', plain=False)
    return at + 1


def _strategy(
    book: Spreadsheet, name: str, tree: Tree, leaves: dict[tuple[str, str], str], row: int
) -> int:
    """Write the tree of one strategy, note its leaf cells and return the next free row."""
    planned = leaf_weights(tree)
    alive = {p: w for p, (w, c) in tree.items() if w > 0 and sum(c.values()) > 0}
    tops: dict[str, int] = {}
    at = row + 1
    for pillar, (_, criteria) in tree.items():
        tops[pillar] = at
        at += 1 + len(criteria)
    whole = "+".join(f"D${top + 1}" for top in tops.values())
    _head(book, row, STRATEGIES[name].name)
    _warn(book, row, f'IF({whole}=0,"Nothing weighs: the strategy scores 0","")', head=True)
    for pillar, (weight, criteria) in tree.items():
        top, own = tops[pillar], f"D${tops[pillar] + 2}:D${tops[pillar] + 1 + len(criteria)}"
        n = top + 1
        siblings = f"SUM({own})" if criteria else "0"
        share = alive.get(pillar, 0.0) / sum(alive.values())
        _input(book, top, PILLARS[pillar], weight, name=f"w_{name}_{pillar}", style="strong")
        counts = f"IF({siblings}>0,MAX(0,N(B{n})),0)"
        book.put(SHEET, top, COUNTS, alive.get(pillar, 0), "value", formula=counts, faint=True)
        formula = f"IF({whole}=0,0,D{n}/({whole}))"
        book.put(SHEET, top, SHARE, share, "share", formula=formula)
        book.put(SHEET, top, LEAF, share, "share", formula=f"E{n}")
        book.put(SHEET, top, PLANNED, share, "share", faint=True)
        dead = f"AND(N(B{n})>0,{siblings}=0)"
        _warn(book, top, f'IF({dead},"All its criteria weigh nothing: it takes no share","")')
        total = sum(criteria.values())
        for at, (criterion, own_weight) in enumerate(criteria.items(), start=top + 1):
            label, cell_name = CRITERIA[criterion].name, f"w_{name}_{pillar}_{criterion}"
            _input(book, at, label, own_weight, name=cell_name, style="indent")
            of = own_weight / total if total else 0.0
            book.put(SHEET, at, COUNTS, own_weight, "value", formula=f"MAX(0,N(B{at + 1}))",
                     faint=True)  # fmt: skip
            formula = f"IF({siblings}=0,0,D{at + 1}/{siblings})"
            book.put(SHEET, at, SHARE, of, "share", formula=formula)
            leaf = float(planned.get(criterion, 0.0))
            formula = f"E${n}*E{at + 1}"
            leaves[name, criterion] = book.put(SHEET, at, LEAF, leaf, "share", formula=formula)
            book.put(SHEET, at, PLANNED, leaf, "share", faint=True)
            _warn(book, at, '""')
    return max(tops.values()) + len(tree[max(tops, key=lambda p: tops[p])][1]) + 1


def _head(book: Spreadsheet, row: int, title: str) -> None:
    for at, text in enumerate((title, *HEADS)):
        book.put(SHEET, row, at, text, "head" if at in (NAME, NOTE) else "head_right")


def _input(
    book: Spreadsheet, row: int, label: str, value: float, *, name: str, style: str = "text",
    most: float | None = None,
) -> None:  # fmt: skip
    """Write a label, a cell to be turned, and beside it what the study says."""
    book.put(SHEET, row, NAME, label, style)
    book.name(name, book.put(SHEET, row, INPUT, value, "input"))
    book.put(SHEET, row, STUDY, value, "value", faint=True)
    bounds: dict[str, object] = (
        {"criteria": ">=", "value": 0}
        if most is None
        else {"criteria": "between", "minimum": 0.01, "maximum": most}
    )
    told = "A number, 0 or more." if most is None else f"A number above 0, at most {most}."
    book.sheets[SHEET].data_validation(
        row, INPUT, row, INPUT,
        {"validate": "decimal", **bounds, "error_title": "Weight", "error_message": told},
    )  # fmt: skip


def _warn(
    book: Spreadsheet, row: int, otherwise: str, *, head: bool = False, plain: bool = True
) -> None:
    """Write a warning that shows only when the row's input, or what hangs on it, is at fault."""
    cell = f"B{row + 1}"
    formula = otherwise
    if plain and not head:
        formula = (
            f'IF(NOT(ISNUMBER({cell})),"Not a number: counts as 0",'
            f'IF(N({cell})<0,"Below 0: counts as 0",{otherwise}))'
        )
    book.put(SHEET, row, NOTE, "", "head" if head else "warning", formula=formula)
