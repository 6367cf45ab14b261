"""The sheets that follow the weights: values of the criteria, the ranking and the sorted list.

The score of a site is the sum of value times leaf weight (`siting.model.scoring`). A zone weighs
exp(k (U + ahead)), where U is the score of its site and `ahead` what the whole zone weighs against
that site in the plan; the largest exponent is taken out first, so that none overflows. Every row
looks up its own by the number of its zone, never by its place, so that a sheet may be sorted or
filtered at will.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from xlsxwriter.utility import xl_col_to_name

from geodata.language import tr
from siting.confidence.shares import head_start
from siting.model.plan import Plan
from siting.model.scoring import ODDS
from siting.results.text.confidence import knows_ten
from siting.results.workbook.money import write_price
from siting.results.workbook.sheets import site_columns
from siting.results.workbook.spreadsheet import A3, Cells, Column, Placed, Spreadsheet, quoted
from siting.results.workbook.weights import SHEET as WEIGHTS
from siting.results.workbook.weights import columns_of
from siting.study.criteria import CRITERIA

RANKING, TOP, CRITERIA_SHEET = "Ranking", "Top list", "Criteria"
DECIMALS = 12  # of a share: two shares nearer than that are equal, as in `siting.model.zones`
LARGEST = 700  # exponent that a spreadsheet can bear
LABEL_CHARACTERS = 80
PRICE_ROW = 1  # of the top list, above its headings
FIRST_SHOWN = 10
LIVE = (
    "Rank, chance, odds and move follow the sheet Weights; margin and the chance that it pays "
    "follow the price on the Top list; all else is the plan's. "
    "Places outside the zones keep the chance of the plan: {rest}."
)
MEASURED = (
    "Values of the criteria, and what was measured; grey italics: taken from a wider place. "
    "Above the values: how much each weighs now, and the median of all places compared."
)
ALL_PLANNED = "All weights are the study's."
CHANGED = "Weights that differ from the study's: "


def _changed() -> str:
    """Return the formula of the sentence on how many weights differ from the study's."""
    return f"IF(weights_changed=0,{quoted(tr(ALL_PLANNED))},{quoted(tr(CHANGED))}&weights_changed)"


def labels(sites: pd.DataFrame) -> list[str]:
    """Return what the dossier offers to choose by; each begins with the rank: no two are alike."""
    parts = zip(sites["rank"], sites["name"], sites["country_name"], strict=True)
    return [
        f"{rank} \N{MIDDLE DOT} {name}, {country}"[:LABEL_CHARACTERS]
        for rank, name, country in parts
    ]


def write_criteria(
    book: Spreadsheet, plan: Plan, sites: pd.DataFrame, leaves: dict[str, str]
) -> Placed:  # fmt: skip
    """Write values and raw values of all criteria, under the leaf weights as they are now.

    `leaf` names the weights, `median_place` the medians, `median_score` the score of that place,
    `criteria_values` the values and `criteria_no` their keys.
    """
    head, keys = plan.zones.head, list(CRITERIA)
    raw = {key: plan.measures.raw[key].to_numpy(float)[head] for key in CRITERIA}
    columns = [
        *site_columns(sites),
        *(Column(key, tr("{name}, value", name=tr(c.name)),
                 plan.values[key].to_numpy(float)[head], "value")
          for key, c in CRITERIA.items()),
        *(Column(f"raw_{key}", tr("{name}, {unit}", name=tr(c.name), unit=tr(c.unit)), raw[key],
                 style_of(raw[key], c.unit),
                 faint=plan.measures.imputed[key].to_numpy(bool)[head].tolist())
          for key, c in CRITERIA.items()),
    ]  # fmt: skip
    placed = book.table(CRITERIA_SHEET, columns, head=3, freeze=3, paper=A3, pages=2,
                        note=tr(MEASURED))  # fmt: skip
    book.put(CRITERIA_SHEET, 1, 1, tr("Weight now"), "strong")
    book.put(CRITERIA_SHEET, 2, 1, tr("Median of all places"), "strong")
    medians = plan.values[keys].median()
    for key in keys:
        column, weight = placed.at[key], float(plan.weights.get(key, 0.0))
        book.put(CRITERIA_SHEET, 1, column, weight, "value", formula=leaves[key])
        book.put(CRITERIA_SHEET, 2, column, float(medians[key]), "value")
    first, last = (xl_col_to_name(placed.at[key]) for key in (keys[0], keys[-1]))
    book.name("leaf", f"'{placed.sheet}'!${first}$2:${last}$2")
    book.name("median_place", f"'{placed.sheet}'!${first}$3:${last}$3")
    score = float((medians[plan.weights.index] * plan.weights).sum())
    cell = book.put(CRITERIA_SHEET, 2, 2, score, "value", formula="SUMPRODUCT(leaf,median_place)")
    book.name("median_score", cell)
    book.put(CRITERIA_SHEET, 1, 2, tr("its score U"), "note")
    book.name("criteria_values", placed.block(keys[0], keys[-1]))
    book.name("criteria_no", placed.column("no"))
    return placed


def style_of(raw: np.ndarray, unit: str) -> str:
    """Return the number format of a criterion's raw values by their size."""
    if unit == "year":
        return "year"
    return "whole" if np.nanmax(np.abs(raw), initial=0.0) >= 100 else "fine"  # noqa: PLR2004 - three digits


def write_ranking(book: Spreadsheet, plan: Plan, sites: pd.DataFrame, cost: Placed) -> Placed:
    """Write the live ranking; `rank_now`, `share_now` and `score_now` name its columns."""
    numbers, share = sites["rank"].tolist(), sites["share"].to_numpy()
    scouted = sites["scouted"].to_numpy(dtype=bool)
    utility, ahead = plan.utility[plan.zones.head], head_start(plan)
    # a list without zones is ordered by its chances alone
    first = np.where(np.all(scouted[:-1] >= scouted[1:]), scouted, True)
    by_id = np.argsort(np.argsort(plan.zones.head, kind="stable"))
    known = ~plan.measures.imputed[list(CRITERIA)].iloc[plan.zones.head].to_numpy(bool)
    rest = max(0.0, 1.0 - float(share.sum()))
    median = float((plan.values[plan.weights.index].median() * plan.weights).sum())
    exponent = ODDS * (utility + ahead)
    rank = "1+SUMPRODUCT((rank_key>{key})+(rank_key={key})*(rank_tie<{tie}))"

    def of(key: str, column: str, head: str, style: str, width: float = 0) -> Column:
        return Column(key, head, sites[column].to_numpy(), style, width=width)

    def priced(key: str, column: str, head: str, style: str) -> Column:
        formula = f"INDEX({cost.column(key)},MATCH({{no}},cost_no,0))"
        return Column(key, head, sites[column].to_numpy(), style, formula)

    def term(key: str, head: str) -> Column:
        return Column(key, head, [tr(str(word)) for word in sites[key]])

    def text(key: str, column: str, head: str, width: float = 0) -> Column:
        return Column(key, head, sites[column].astype(str).tolist(), width=width)

    columns = [
        Column("rank", tr("Rank now"), numbers, "rank", formula=rank),
        Column("site", tr("Site"), sites["name"].astype(str).tolist(), "wrap", width=46),
        text("zone", "zone", tr("Zone"), 24),
        text("country", "country_name", tr("Country")),
        Column("share", tr("Chance of the next plant now"), share, "first",
               "(1-rest_share)*{weight}/SUM(zone_weight)", width=12),
        Column("no", tr("Rank as planned"), numbers, "year"),
        Column("move", tr("Move"), np.zeros(len(numbers)), "move", "{no}-{rank}"),
        Column("planned", tr("Chance as planned"), share, "share"),
        Column("scouted", tr("Estate within 50 km"),
               np.where(scouted, tr("yes"), tr("no")).tolist(), "mark"),
        Column("odds", tr("Odds against the median place now, times"),
               np.exp(np.minimum(ODDS * (utility - median), LARGEST)), "odds",
               f"EXP(MIN({LARGEST},odds_scale*({{score}}-median_score)))"),
        Column("score", tr("Score U now"), utility, "value",
               "SUMPRODUCT(INDEX(criteria_values,{at},0),leaf)"),
        of("country_share", "country_share", tr("The country's chance, as planned"), "share"),
        term("archetype", tr("Kind of site, by profile")),
        of("top10", "p_top10", tr("Among the first ten in the what-if runs, as planned"), "share"),
        of("gate", "gate_cost_usd_per_t", tr("Cost at the gate, USD/t"), "whole"),
        of("from", "pays_from_usd_per_t", tr("Pays from a price of, USD/t"), "from"),
        of("delivered", "delivered_usd_per_t", tr("Delivered cost, USD/t"), "whole"),
        priced("margin", "margin_usd_per_t", tr("Margin now, USD/t"), "whole"),
        priced("pays", "chance_it_pays", tr("Chance that it pays now"), "share"),
        Column("known", tr("Criteria known, of {number}", number=len(CRITERIA)),
               known.sum(axis=1), "whole"),
        term("kind", tr("Kind of place")),
        of("lat", "lat", tr("Latitude, degrees"), "degree"),
        of("lon", "lon", tr("Longitude, degrees"), "degree"),
        text("id", "site_id", tr("Site id")),
        Column("at", tr("Row in Criteria"), numbers, "year", "MATCH({no},criteria_no,0)",
               hidden=True),
        Column("ahead", tr("What the zone weighs against its site"), ahead, "value", hidden=True),
        Column("exponent", tr("ln of its weight"), exponent, "value",
               "odds_scale*({score}+{ahead})", hidden=True),
        Column("weight", tr("Weight"), np.exp(exponent - exponent.max()), "value",
               "EXP({exponent}-MAX(zone_exponent))", hidden=True),
        Column("first", tr("Comes first"), first.astype(int), "year", hidden=True),
        Column("key", tr("To rank by"), (share + 2 * first).round(DECIMALS), "value",
               f"ROUND({{share}}+2*{{first}},{DECIMALS})", hidden=True),
        Column("tie", tr("Order of equals"), by_id, "year", hidden=True),
        Column("label", tr("Label"), labels(sites), hidden=True),
    ]  # fmt: skip
    placed = book.table(RANKING, columns, freeze=2, paper=A3, pages=2,
                        note=tr(LIVE, rest=f"{rest:.1%}"))  # fmt: skip
    book.put(RANKING, 0, placed.at["archetype"], tr(ALL_PLANNED), "strong", formula=_changed())
    named = {"rank_key": "key", "rank_tie": "tie", "rank_now": "rank", "score_now": "score",
             "share_now": "share", "zone_exponent": "exponent", "zone_weight": "weight",
             "site_no": "no", "site_name": "site", "site_country": "country",
             "site_label": "label"}  # fmt: skip
    for name, key in named.items():
        book.name(name, placed.column(key))
    hidden = placed.at["label"]
    book.name("rest_share", book.put(RANKING, 0, hidden, rest, "share"))
    book.bars(placed.column("share"))
    return placed


def write_top(book: Spreadsheet, plan: Plan, sites: pd.DataFrame, ranking: Placed) -> Placed:
    """Write the list that sorts itself by the live rank."""

    def of(key: str, head: str, style: str = "", width: float = 0) -> Column:
        source = ranking.columns[key]
        formula = f"INDEX({ranking.column(key)},{{at}})" + ('&""' if source.is_text else "")
        return Column(key, head, source.cells, style or source.style, formula, width=width)

    numbers = sites["rank"].tolist()
    drawn = [of("top10", tr("Among the first ten in the what-if runs"))] if knows_ten(plan) else []
    columns = [
        Column("rank", tr("Rank now"), numbers, "rank"),
        of("site", tr("Site"), "fitted", width=46),
        of("zone", tr("Zone"), "fitted", width=24),
        of("country", tr("Country"), width=20),
        of("share", tr("Chance of the next plant now"), "first", width=18),
        *drawn,
        of("from", tr("Pays from a price of, USD/t"), "from"),
        of("delivered", tr("Delivered cost, USD/t"), "whole"),
        of("margin", tr("Margin now, USD/t"), "signed"),
        of("pays", tr("Chance that it pays now"), "share"),
        of("no", tr("Rank as planned"), "year"),
        Column("move", tr("Move"), np.zeros(len(numbers)), "move", "{no}-{rank}"),
        of("odds", tr("Odds against the median place, times"), "odds", width=14),
        of("scouted", tr("Estate within 50 km"), "mark"),
        of("archetype", tr("Kind of site, by profile"), width=38),
        of("score", tr("Score U now"), "value"),
        Column("at", tr("Row in Ranking"), numbers, "year", "MATCH({rank},rank_now,0)",
               hidden=True),
    ]  # fmt: skip
    note = tr("Sorts itself by the weights of the sheet Weights; its blue cell is the price.")
    placed = book.table(TOP, columns, freeze=2, head=PRICE_ROW + 4, paper=A3, note=note)
    book.put(TOP, 0, placed.at["share"], tr(ALL_PLANNED), "strong", formula=_changed())
    write_price(book, plan, TOP, PRICE_ROW, placed.at["at"])
    book.bars(placed.column("share"))
    _beside_weights(book, plan, placed)
    return placed


def _beside_weights(book: Spreadsheet, plan: Plan, top: Placed) -> None:
    """Show the first sites beside the weights that move them."""
    left = len(columns_of(plan)) + 1
    heads = {"rank": (tr("Rank now"), 10.0), "site": (tr("Site"), 44.0),
             "share": (tr("Chance"), 12.0),
             "margin": (tr("Margin, USD/t"), 12.0), "pays": (tr("It pays"), 10.0),
             "no": (tr("As planned"), 12.0), "move": (tr("Move"), 8.0)}  # fmt: skip
    for number, (key, (title, width)) in enumerate(heads.items(), start=left):
        column = top.columns[key]
        cells: Cells = column.cells
        letter = xl_col_to_name(top.at[key])
        book.sheets[WEIGHTS].set_column(number, number, width)
        book.put(WEIGHTS, 4, number, title, column.head_style)
        for i, cell in enumerate(cells[:FIRST_SHOWN]):
            cell_of = f"'{top.sheet}'!{letter}{top.first + 1 + i}"
            formula = cell_of + ('&""' if column.is_text else "")
            book.put(WEIGHTS, 5 + i, number, cell, column.style, formula=formula)
