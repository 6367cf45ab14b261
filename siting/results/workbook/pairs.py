"""The odds of each of the first sites against each other, at the weights of the moment."""

from __future__ import annotations

import numpy as np
import pandas as pd
from xlsxwriter.utility import xl_col_to_name

from geodata.language import tr
from maps.palette import SCORE
from siting.model.plan import Plan
from siting.model.scoring import ODDS
from siting.results.workbook.formulas import FIRST_SHOWN, LARGEST
from siting.results.workbook.spreadsheet import Placed, Spreadsheet, line_height, lines_of

SHEET = "Each against each"
WIDTH, MOST_LINES = 16, 5  # of a heading, in characters and lines
HEAD, LEFT = 2, 2  # row of the headings; columns of rank and site
SAY = (
    "How many times the odds of the site in the column the site in the row has: 2.0 is twice as "
    "likely, 0.5 half. Whoever else is compared does not change it."
)


def write_pairs(book: Spreadsheet, plan: Plan, sites: pd.DataFrame, top: Placed) -> None:
    """Write the odds of the first sites of the sorted list, each against each: exp(k (U - U'))."""
    names = sites["name"].astype(str).tolist()
    sheet, most = book.sheets[SHEET], min(FIRST_SHOWN, len(sites))
    utility = plan.utility[plan.zones.head[:most]]
    label, score = (xl_col_to_name(top.at[key]) for key in ("site", "score"))
    sheet.set_column(0, 0, 8)
    sheet.set_column(1, 1, 56)
    sheet.set_column(LEFT, LEFT + most - 1, WIDTH)
    book.put(SHEET, 0, 0, tr(SAY), "note")
    book.put(SHEET, HEAD, 0, tr("Rank now"), "head_right")
    book.put(SHEET, HEAD, 1, tr("Odds of this site, in times those of"), "head")
    lines = max(lines_of(name, WIDTH - 3) for name in names)
    sheet.set_row(HEAD, min(lines, MOST_LINES) * line_height() + 4)
    source = f"'{top.sheet}'!"
    for i in range(most):
        row, n = HEAD + 1 + i, top.first + 1 + i
        name = f"{source}{label}{n}"
        book.put(SHEET, HEAD, LEFT + i, names[i], "head_right", formula=f'{name}&""')
        book.put(SHEET, row, 0, i + 1, "rank")
        book.put(SHEET, row, 1, names[i], "strong", formula=f'{name}&""')
        for j in range(most):
            against = float(np.exp(min(LARGEST, ODDS * (utility[i] - utility[j]))))
            gap = f"{source}{score}{n}-{source}{score}{top.first + 1 + j}"
            formula = f"EXP(MIN({LARGEST},odds_scale*({gap})))"
            book.put(SHEET, row, LEFT + j, against, "odds", formula=formula)
    sheet.conditional_format(HEAD + 1, LEFT, HEAD + most, LEFT + most - 1, {
        "type": "cell", "criteria": ">", "value": 1.0005,
        "format": book.book.add_format({"bg_color": SCORE[0]}),
    })  # fmt: skip
    sheet.freeze_panes(HEAD + 1, LEFT)
    sheet.repeat_rows(HEAD)
