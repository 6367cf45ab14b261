"""The sheets that follow the weights: values of the criteria, the ranking and the sorted list.

Score of a strategy = sum of values times leaf weights, times the two gates; mixture = smooth
maximum of the strategies (`siting.model.scoring`), with the largest taken out before the
exponentials so that none overflows. Every row finds its own by the number of its zone, never by
its place, so that a sheet may be sorted or filtered at will.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from geodata.places import country_names
from siting.model.plan import Plan
from siting.results.spreadsheet import A3, Cells, Column, Placed, Spreadsheet
from siting.results.workbook_weights import WIDTHS as WEIGHTS_WIDTHS
from siting.results.workbook_weights import Turned, trees
from siting.study.criteria import CRITERIA
from siting.study.strategies import STRATEGIES

RANKING, TOP, CRITERIA_SHEET = "Ranking", "Top list", "Criteria"
DECIMALS = 10  # of a score of 100: two scores nearer than that are equal, as in `rank_order`
LABEL_CHARACTERS = 80
FIRST_SHOWN = 10
LIVE = (
    "Rank, score and move follow the sheet Weights; gates and all else are the plan's. "
    "One row a siting zone, shown by its best named site or best place."
)

MEASURED = (
    "Values of the criteria, and what was measured; grey italics: taken from a wider place. "
    "Above the values: how much each weighs now."
)
ALL_PLANNED = "All weights are the study's."
TURNED = (
    f'IF(weights_turned=0,"{ALL_PLANNED}","Inputs that differ from the study\'s: "&weights_turned)'
)


@dataclass(frozen=True)
class Sites:
    """The sites that stand for the zones, in the plan's order.

    Attributes
    ----------
    number : list of int
        1 for the first: the key of every sheet.
    name, country, archetype, label : list of str
        The label begins with the number, so that no two are alike.
    """

    number: list[int]
    name: list[str]
    country: list[str]
    archetype: list[str]
    label: list[str]

    def columns(self) -> list[Column]:
        """Return the columns that every sheet of sites begins with."""
        return [
            Column("no", "Planned rank", self.number, "year"),
            Column("site", "Site", self.name, width=40),
            Column("country", "Country", self.country),
        ]


def sites_of(plan: Plan, archetype: list[str]) -> Sites:
    """Return the sites that stand for the zones."""
    places = plan.places.iloc[plan.zones.head]
    names = places["name"].astype(str).tolist()
    countries = places["country"].map(country_names()).fillna(places["country"]).tolist()
    labels = [
        f"{number} \N{MIDDLE DOT} {name}, {country}"[:LABEL_CHARACTERS]
        for number, (name, country) in enumerate(zip(names, countries, strict=True), start=1)
    ]
    return Sites(list(range(1, len(names) + 1)), names, countries, archetype, labels)


def in_trees(plan: Plan) -> list[str]:
    """Return the criteria that stand in a tree, weighed or not, in the order of the registry."""
    named = {c for t in trees(plan).values() for _, criteria in t.values() for c in criteria}
    return [criterion for criterion in CRITERIA if criterion in named]


def write_criteria(book: Spreadsheet, plan: Plan, sites: Sites, turned: Turned) -> Placed:
    """Write values and raw values, under the leaf weights of each strategy as they are now.

    The weights are named `leaf_<strategy>`, the values `criteria_values`, their keys `criteria_no`.
    """
    head, used = plan.zones.head, in_trees(plan)
    values = [
        Column(c, f"{CRITERIA[c].name}, value 0 to 1", plan.values[c].to_numpy(float)[head],
               "value")
        for c in used
    ]  # fmt: skip
    raw = [
        Column(f"raw_{c}", f"{CRITERIA[c].name}, {CRITERIA[c].unit}",
               plan.measures.raw[c].to_numpy(float)[head],
               style_of(plan.measures.raw[c].to_numpy(float)[head], CRITERIA[c].unit),
               faint=plan.measures.imputed[c].to_numpy(bool)[head].tolist())
        for c in used
    ]  # fmt: skip
    strategies = list(plan.strategies)
    columns = [*sites.columns(), *values, *raw]
    placed = book.table(
        CRITERIA_SHEET, columns, head=1 + len(strategies), freeze=3, paper=A3, pages=2,
        note=MEASURED,
    )  # fmt: skip
    for row, name in enumerate(strategies, start=1):
        book.put(CRITERIA_SHEET, row, 1, f"Weight: {STRATEGIES[name].name}", "strong")
        for criterion in used:
            cell = turned.leaves.get((name, criterion), "0")
            planned = float(plan.weights[name].get(criterion, 0.0))
            book.put(CRITERIA_SHEET, row, placed.at[criterion], planned, "share", formula=cell)
        weights = replace(placed, first=row, last=row)
        book.name(f"leaf_{name}", weights.block(used[0], used[-1]))
    book.name("criteria_values", placed.block(used[0], used[-1]))
    book.name("criteria_no", placed.column("no"))
    return placed


def style_of(raw: np.ndarray, unit: str) -> str:
    """Return the number format of a criterion's raw values by their size."""
    if unit == "year":
        return "year"
    return "whole" if np.nanmax(np.abs(raw), initial=0.0) >= 100 else "fine"  # noqa: PLR2004 - three digits


def mixture_formula(strategies: list[str], score: str, best: str) -> str:
    """Return the smooth maximum, of 100; `score` names a strategy's cell as `score_{}` does."""
    chance = "+".join(f"prior_{s}" for s in strategies)
    terms = "+".join(f"prior_{s}*EXP(sharpness*({score.format(s)}-{best})/100)" for s in strategies)
    return f"IF({chance}=0,0,MAX(0,MIN(100,{best}+100*LN({terms})/sharpness)))"


def write_ranking(book: Spreadsheet, plan: Plan, sites: Sites) -> Placed:
    """Write the live ranking; `rank_now` and `score_now` stand for its columns."""
    head, names = plan.zones.head, list(plan.strategies)
    places = plan.places.iloc[head]
    score = 100 * plan.score[head]
    single = {s: 100 * plan.strategies[s].score[head] for s in names}
    likely = [s for s in names if plan.prior.get(s, 0.0) > 0]
    by_id = np.argsort(np.argsort(places["site_id"].to_numpy(str), kind="stable"))
    known = (~plan.measures.imputed[in_trees(plan)].iloc[head].to_numpy(bool)).sum(axis=1)
    outcome, money = plan.measures.outcome.iloc[head], plan.measures.landed
    best = "MAX(" + ",".join(f"{{score_{s}}}*(prior_{s}>0)" for s in names) + ")"
    rank = "1+SUMPRODUCT((rank_key>{key})+(rank_key={key})*(rank_tie<{tie}))"
    columns = [
        Column("rank", "Rank now", sites.number, "rank", formula=rank),
        Column("site", "Site", sites.name, width=40),
        Column("country", "Country", sites.country),
        Column("score", "Score now, of 100", score, "score",
               mixture_formula(names, "{{score_{}}}", "{best}"), width=14),
        Column("no", "Rank as planned", sites.number, "year"),
        Column("move", "Move", np.zeros(len(head)), "move", "{no}-{rank}"),
        Column("planned", "Score as planned", score, "tenth"),
        *(Column(f"score_{s}", f"{STRATEGIES[s].name}: score now", single[s], "tenth",
                 f"100*SUMPRODUCT(INDEX(criteria_values,{{at}},0),leaf_{s})"
                 f"*{{price_{s}}}*{{entry}}") for s in names),
        *(Column(f"price_{s}", f"{STRATEGIES[s].name}: price gate, 0 to 1",
                 plan.strategies[s].price_gate[head], "value") for s in names),
        Column("entry", "Entry gate, 0 to 1", plan.measures.openness[head], "value"),
        Column("archetype", "Archetype", sites.archetype),
        Column("top10", "In the first ten of the draws, as planned", _drawn(plan), "share"),
        Column("gate", "Cost at the gate, USD/t", money.cost[head], "whole"),
        Column("margin", "Margin over the Chinese tonne, USD/t", outcome["margin"].to_numpy(),
               "whole"),
        Column("known", f"Criteria known, of {len(in_trees(plan))}", known, "whole"),
        Column("kind", "Kind of place", places["kind"].tolist()),
        Column("lat", "Latitude, degrees", places["lat"].to_numpy(float), "degree"),
        Column("lon", "Longitude, degrees", places["lon"].to_numpy(float), "degree"),
        Column("id", "Site id", places["site_id"].astype(str).tolist()),
        Column("at", "Row in Criteria", sites.number, "year", "MATCH({no},criteria_no,0)",
               hidden=True),
        Column("best", "Best strategy", np.max([single[s] for s in likely], axis=0), "value", best,
               hidden=True),
        Column("key", "Score to rank by", score.round(DECIMALS), "value",
               f"ROUND({{score}},{DECIMALS})", hidden=True),
        Column("tie", "Order of equals", by_id, "year", hidden=True),
        Column("label", "Label", sites.label, hidden=True),
    ]  # fmt: skip
    placed = book.table(RANKING, columns, freeze=2, paper=A3, note=LIVE)
    book.put(RANKING, 0, placed.at["archetype"], ALL_PLANNED, "strong", formula=TURNED)
    named = {"rank_key": "key", "rank_tie": "tie", "rank_now": "rank", "score_now": "score",
             "site_no": "no", "site_name": "site", "site_country": "country",
             "site_label": "label"}  # fmt: skip
    for name, key in named.items():
        book.name(name, placed.column(key))
    book.bars(placed.column("score"), 100)
    return placed


def write_top(book: Spreadsheet, plan: Plan, sites: Sites, ranking: Placed) -> Placed:
    """Write the list that sorts itself by the live rank."""
    head = plan.zones.head

    def found(key: str, *, text: bool = False) -> str:
        return f"INDEX({ranking.column(key)},{{at}})" + ('&""' if text else "")

    columns = [
        Column("rank", "Rank now", sites.number, "rank"),
        Column("site", "Site", sites.name, formula=found("site", text=True), width=44),
        Column("country", "Country", sites.country, formula=found("country", text=True), width=20),
        Column("score", "Score now, of 100", 100 * plan.score[head], "score", found("score"),
               width=22),
        Column("no", "Rank as planned", sites.number, "year", found("no")),
        Column("move", "Move", np.zeros(len(head)), "move", "{no}-{rank}"),
        *(Column(f"score_{s}", f"{STRATEGIES[s].name}, of 100", 100 * v.score[head], "tenth",
                 found(f"score_{s}")) for s, v in plan.strategies.items()),
        Column("archetype", "Archetype", sites.archetype,
               formula=found("archetype", text=True), width=36),
        Column("at", "Row in Ranking", sites.number, "year", "MATCH({rank},rank_now,0)",
               hidden=True),
    ]  # fmt: skip
    note = "Sorts itself by the weights of the sheet Weights."
    placed = book.table(TOP, columns, freeze=2, note=note)
    book.put(TOP, 0, placed.at["score"], ALL_PLANNED, "strong", formula=TURNED)
    book.bars(placed.column("score"), 100)
    _beside_weights(book, sites, 100 * plan.score[head])
    return placed


def _beside_weights(book: Spreadsheet, sites: Sites, score: np.ndarray) -> None:
    """Show the first sites beside the weights that move them."""
    sheet, left = "Weights", len(WEIGHTS_WIDTHS) + 1
    heads: tuple[tuple[str, float, str, str, Cells], ...] = (
        ("Rank now", 10, "rank", "A", sites.number),
        ("Site", 44, "text", "B", sites.name),
        ("Score, of 100", 14, "score", "D", score),
        ("As planned", 12, "year", "E", sites.number),
        ("Move", 8, "move", "F", [0] * len(score)),
    )
    for at, (title, width, style, letter, cells) in enumerate(heads, start=left):
        book.sheets[sheet].set_column(at, at, width)
        book.put(sheet, 4, at, title, Column("", "", (), style).head_style)
        for i, cell in enumerate(cells[:FIRST_SHOWN]):
            formula = f"'{TOP}'!{letter}{i + 3}"
            text = '&""' if isinstance(cell, str) else ""
            book.put(sheet, 5 + i, at, cell, style, formula=formula + text)


def _drawn(plan: Plan) -> np.ndarray:
    if plan.confidence is None:
        return np.full(len(plan.zones.head), np.nan)
    return np.asarray(pd.to_numeric(plan.confidence.table["p_top10"]), dtype=float)
