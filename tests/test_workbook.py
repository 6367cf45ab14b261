"""The workbook in LibreOffice: weights turned in its cells, ranks held against the planner's."""

import datetime as dt
from dataclasses import replace

import numpy as np
import openpyxl
import pandas as pd
import pytest

from siting.model import appraisal
from siting.model.clusters import siting_zones
from siting.model.scoring import mix, rank_order, split
from siting.results.workbook import SHEETS, write_workbook
from siting.study.criteria import CRITERIA
from siting.study.study import PillarWeights
from siting.study.weights import leaf_weights, tree_of
from tests.libreoffice import recalculated, turned

# one change of weights a book: cells of the workbook, and the same change to the study
TURNS = {
    "three": (
        {"w_premium_local_energy": 0.05, "w_low_cost_export_ground_port_km": 2.0,
         "w_onshoring_policy_targeted_aid": 0.9},
        {"weights": {"premium_local": {"energy": PillarWeights(weight=0.05)},
                     "low_cost_export": {"ground": PillarWeights(criteria={"port_km": 2.0})},
                     "onshoring": {"policy": PillarWeights(criteria={"targeted_aid": 0.9})}}},
    ),
    "strategies": (
        {"w_prior_premium_local": 0.0, "w_prior_low_cost_export": 0.2, "w_prior_onshoring": 0.7,
         "w_sharpness": 100.0, "w_low_cost_export_cost_delivered_cost": 0.0},
        {"prior": {"premium_local": 0.0, "low_cost_export": 0.2, "onshoring": 0.7},
         "sharpness": 100.0,
         "weights": {"low_cost_export": {"cost": PillarWeights(criteria={"delivered_cost": 0})}}},
    ),
    "wrong": (
        {"w_premium_local_market": "much", "w_onshoring_energy": -0.5, "w_sharpness": 0.0},
        {"weights": {"premium_local": {"market": PillarWeights(weight=0.0)},
                     "onshoring": {"energy": PillarWeights(weight=0.0)}}},
    ),
}  # fmt: skip
NOBODY = dict.fromkeys(
    ("w_prior_premium_local", "w_prior_low_cost_export", "w_prior_onshoring"), 0.0
)
CHOSEN = 3  # of the dossier, by its rank as planned
PAYLOADS = [
    '=HYPERLINK("http://x.example","a")', "+cmd|' /C calc'!A0", "-1+1", "@SUM(A1)", "a*b?~c",
    "{{7*7}}", "tab\there", "line\nend", "\u202eright to left", "\u0627\u0633\u0645 \u540d\u524d",
    "z" * 40_000, "a\x01b", '"quoted" & <b>', "'apostrophe",
]  # fmt: skip


@pytest.fixture(scope="module")
def plan(nordic):
    """The plan of the Nordic countries, as if some of them refused this investor now and then."""
    chance = nordic.places["country"].map({"SE": 0.8, "FI": 0.9, "NO": 1.0, "MA": 0.7})
    study, measures = nordic.study, replace(nordic.measures, openness=chance.to_numpy(float))
    scored = appraisal.score(nordic.values, nordic.weights, measures)
    total, shares = mix({k: s.score for k, s in scored.items()}, nordic.prior, study.sharpness)
    order = rank_order(total, nordic.places["site_id"])
    zones = siting_zones(nordic.places, order, zones=20, extent_km=study.listing.zone_km)
    return replace(
        nordic, measures=measures, strategies=scored, shares=shares, score=total, order=order,
        parts=split(scored, shares, total), zones=zones,
    )  # fmt: skip


@pytest.fixture(scope="module")
def hostile(plan):
    """The plan with payloads for names of sites, customers and laws."""
    heads = plan.zones.head[: len(PAYLOADS)]
    names = plan.places["name"].to_numpy(object).copy()
    names[heads] = PAYLOADS
    plants = plan.demand.plants
    laws = plan.facts.laws.assign(instrument="=1+1", summary="@SUM(A1)")
    return replace(
        plan,
        places=plan.places.assign(name=names),
        demand=replace(plan.demand, plants=plants.assign(name="=2+2", country="+")),
        facts=replace(plan.facts, laws=laws),
    )


@pytest.fixture(scope="module")
def books(plan, hostile, tmp_path_factory):
    """Every workbook as written and as LibreOffice reckons it, with values and with formulas."""
    folder = tmp_path_factory.mktemp("books")
    plain, names = folder / "plain.xlsx", folder / "hostile.xlsx"
    write_workbook(plan, plain)
    write_workbook(hostile, names)
    label = openpyxl.load_workbook(plain)["Ranking"]
    column = [c.value for c in label[2]].index("Label")
    chosen = {"Dossier!B1": label.cell(2 + CHOSEN, column + 1).value}
    paths = [plain, names]
    turns = {name: cells | chosen for name, (cells, _) in TURNS.items()} | {"nobody": NOBODY}
    paths += [turned(plain, folder / f"{name}.xlsx", cells) for name, cells in turns.items()]
    found = {
        path.stem: {"reckoned": openpyxl.load_workbook(path, data_only=True)}
        for path in recalculated(paths, folder)
    }
    for path in (plain, names):
        found[path.stem]["written"] = openpyxl.load_workbook(path, data_only=True)
        found[path.stem]["formulas"] = openpyxl.load_workbook(path)
    return found


def table(book, sheet, head=2):
    rows = list(book[sheet].iter_rows(min_row=head, values_only=True))
    return pd.DataFrame(rows[1:], columns=[str(c) for c in rows[0]])


def block(sheet, title):
    """Rows below a heading of the dossier, as far as they go: lists of cells."""
    found = [c for row in sheet.iter_rows() for c in row if c.value == title]
    assert len(found) == 1
    rows = []
    row, left = found[0].row + 1, found[0].column
    while sheet.cell(row, left).value not in (None, ""):
        rows.append([sheet.cell(row, left + k).value for k in range(7)])
        row += 1
    return rows


def expected(plan, change):
    """Shares, parts and score (n) of the plan under another study, by the planner's own stages."""
    study = plan.study.model_copy(update=change)
    weights = {name: leaf_weights(tree_of(study, name)) for name in plan.strategies}
    scored = appraisal.score(plan.values, weights, plan.measures)
    single = {name: s.score for name, s in scored.items()}
    total, shares = mix(single, study.prior or plan.prior, study.sharpness)
    return scored, shares, split(scored, shares, total), total


@pytest.mark.parametrize("name", TURNS)
def test_ranks_follow_the_weights_as_the_planner_would(books, plan, name):
    scored, _, _, total = expected(plan, TURNS[name][1])
    heads = plan.zones.head
    listed = table(books[name]["reckoned"], "Ranking")
    assert listed["Score now, of 100"].to_numpy(float) == pytest.approx(
        100 * total[heads], abs=1e-9
    )
    for strategy, label in (("premium_local", "Premium and local"), ("onshoring", "Onshoring")):
        column = listed[f"{label}: score now"].to_numpy(float)
        assert column == pytest.approx(100 * scored[strategy].score[heads], abs=1e-9)
    order = rank_order(total[heads], plan.places["site_id"].iloc[heads])
    ranks = np.empty(len(heads), dtype=int)
    ranks[order] = np.arange(1, len(heads) + 1)
    assert listed["Rank now"].tolist() == ranks.tolist()
    assert (ranks != np.arange(1, len(heads) + 1)).any()  # else nothing was shown
    top = table(books[name]["reckoned"], "Top list")
    assert top["Site"].tolist() == plan.places["name"].iloc[heads[order]].tolist()
    assert top["Rank as planned"].tolist() == (order + 1).tolist()
    assert top["Move"].tolist() == (order + 1 - np.arange(1, len(heads) + 1)).tolist()


@pytest.mark.parametrize("name", TURNS)
def test_the_dossier_follows_its_list_and_the_weights(books, plan, name):
    _, shares, parts, total = expected(plan, TURNS[name][1])
    at = int(plan.zones.head[CHOSEN - 1])
    sheet = books[name]["reckoned"]["Dossier"]
    site = {row[0]: row[1] for row in block(sheet, "The site")}
    assert site["Site"] == plan.places["name"].iloc[at]
    assert site["Score now, of 100"] == pytest.approx(100 * total[at])
    assert site["Score as planned, of 100"] == pytest.approx(100 * plan.score[at])
    sure = plan.confidence.table.iloc[CHOSEN - 1]
    assert site["In the first ten of the draws, as planned"] == pytest.approx(sure["p_top10"])
    seen = block(sheet, "How each strategy sees it")
    assert [row[6] for row in seen] == pytest.approx(shares.iloc[at].tolist(), abs=1e-9)
    added = {row[0]: row[5] for row in block(sheet, "What adds up to the score")}
    wanted = {CRITERIA[c].name: 100 * parts[c].iloc[at] for c in parts if c in CRITERIA}
    assert {k: v for k, v in added.items() if k in wanted} == pytest.approx(wanted, abs=1e-9)
    assert added["Score now"] == pytest.approx(100 * total[at])
    losses = 100 * parts[["price_gate", "entry_gate", "mixture"]].iloc[at]
    pillars = block(sheet, "Points by pillar")
    assert [row[1] for row in pillars[-3:]] == pytest.approx(losses.tolist(), abs=1e-9)
    assert sum(row[1] for row in pillars) == pytest.approx(100 * total[at])
    money = {row[0]: row[1] for row in block(sheet, "What a tonne costs and earns")}
    assert money["Cost at the gate"] == pytest.approx(plan.measures.landed.cost[at])
    assert money["Earned"] == pytest.approx(plan.measures.outcome["earned"].iloc[at])
    customers = block(sheet, "Customers cheapest to reach")
    cheapest = np.sort(plan.customers.freight[at][plan.demand.plants["anode_kt"] > 0])[:8]
    assert [row[3] for row in customers] == pytest.approx(cheapest.tolist(), rel=1e-5)


def test_a_wrong_weight_is_said_and_counts_nothing(books):
    def warnings(name):
        cells = (row[0].value for row in books[name]["reckoned"]["Weights"]["H5:H99"])
        return [c for c in cells if c not in (None, "", "Warning")]

    assert warnings("wrong") == ["Must be above 0: the study's counts",
                                 "Not a number: counts as 0", "Below 0: counts as 0"]  # fmt: skip
    assert warnings("strategies") == ["All its criteria weigh nothing: it takes no share"]
    assert warnings("three") == warnings("plain") == []
    for name, count in (("plain", 0), ("three", 3), ("strategies", 5)):
        assert books[name]["reckoned"]["Weights"]["B3"].value == count
    assert books["three"]["reckoned"]["Top list"]["D1"].value.endswith(": 3")


def test_equal_scores_stand_by_their_site_id(books, plan):
    book = books["nobody"]["reckoned"]
    listed = table(book, "Ranking").sort_values("Rank now")
    assert set(listed["Score now, of 100"]) == {0}
    assert listed["Rank now"].tolist() == list(range(1, len(plan.zones.head) + 1))
    assert listed["Site id"].tolist() == sorted(plan.places["site_id"].iloc[plan.zones.head])
    assert book["Weights"]["H6"].value == "No strategy is likely at all: every score is 0"


@pytest.mark.parametrize("name", ["plain", "hostile"])
def test_every_formula_carries_the_value_that_it_reckons_to(books, name):
    book, counted = books[name], 0
    for sheet in book["formulas"]:
        for cell in (c for row in sheet.iter_rows() for c in row if c.data_type == "f"):
            where = f"{sheet.title}!{cell.coordinate}"
            held, new = (book[k][sheet.title][cell.coordinate].value for k in
                         ("written", "reckoned"))  # fmt: skip
            if isinstance(new, (int, float)):
                assert held == pytest.approx(new, abs=1e-8), where
            else:
                assert (held or "") == (new or ""), where
            counted += 1
    assert counted > 500


def test_hostile_names_are_text_in_every_sheet(books):
    for stage in ("formulas", "reckoned"):
        book = books["hostile"][stage]
        for sheet in book:
            for cell in (c for row in sheet.iter_rows() for c in row):
                assert cell.hyperlink is None
                if cell.data_type == "f":
                    assert "example" not in cell.value
                    assert "cmd" not in cell.value
    listed = table(books["hostile"]["reckoned"], "Top list")["Site"].tolist()
    clean = [
        {"tab\there": "tab here", "line\nend": "line end", "a\x01b": "ab",
         "\u202eright to left": "right to left"}.get(name, name)[:32_767]
        for name in PAYLOADS
    ]  # fmt: skip
    assert listed[: len(PAYLOADS)] == clean
    laws = table(books["hostile"]["formulas"], "Policies")
    assert set(laws["Instrument"]) == {"=1+1"}
    dossier = books["hostile"]["reckoned"]["Dossier"]
    assert block(dossier, "The site")[0][1] == PAYLOADS[0]
    assert {row[0] for row in block(dossier, "Customers cheapest to reach")} == {"=2+2"}


def test_the_sheets_are_those_promised_and_ready_to_read(books):
    book = books["plain"]["formulas"]
    assert tuple(book.sheetnames) == SHEETS
    assert book.properties.created == dt.datetime(2000, 1, 1)  # noqa: DTZ001 - as the file holds it
    for sheet in book:
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.fitToHeight == 0
    for name in set(SHEETS) - {"Read me", "Weights", "Dossier"}:
        assert book[name].auto_filter.ref
        assert book[name].freeze_panes
        assert book[name].print_title_rows
    rules = book["Weights"].data_validations.dataValidation
    assert {(rule.type, rule.operator) for rule in rules} == {
        ("decimal", "greaterThanOrEqual"), ("decimal", None)
    }  # fmt: skip
    (choice,) = book["Dossier"].data_validations.dataValidation
    assert choice.type == "list"
    assert choice.formula1.startswith("'Ranking'!$")  # a range, never the names themselves
    assert len(book["Dossier"]._charts) == 2
    assert {"w_onshoring_policy", "prior_onshoring", "sharpness", "leaf_onshoring"} <= set(
        book.defined_names
    )


def test_the_numbers_are_the_plans(books, plan):
    book, heads = books["plain"]["written"], plan.zones.head
    listed = table(book, "Ranking")
    assert listed["Site id"].tolist() == plan.places["site_id"].iloc[heads].tolist()
    assert listed["Score now, of 100"].to_numpy() == pytest.approx(100 * plan.score[heads])
    weights = table(book, "Criteria", head=2 + len(plan.strategies))
    for criterion in plan.weights["premium_local"].index:
        shown = weights[f"{CRITERIA[criterion].name}, value 0 to 1"].to_numpy(float)
        assert shown == pytest.approx(plan.values[criterion].to_numpy()[heads])
    sure = table(book, "Confidence")
    assert sure["In the first ten"].to_numpy(float) == pytest.approx(
        plan.confidence.table["p_top10"].to_numpy()
    )
    assert len(table(book, "Barred")) == len(plan.barred)


def test_the_same_plan_gives_the_same_bytes(plan, tmp_path):
    for name in ("a.xlsx", "b.xlsx"):
        write_workbook(plan, tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_without_draws_or_with_one_strategy_there_is_a_workbook_too(plan, tmp_path):
    heads = plan.zones.head
    alone = {"onshoring": plan.strategies["onshoring"]}
    score = alone["onshoring"].score
    single = replace(
        plan, confidence=None, prior={"onshoring": 1.0}, strategies=alone, score=score,
        weights={"onshoring": plan.weights["onshoring"]},
        shares=pd.DataFrame({"onshoring": np.ones(len(score))}),
        parts=split(alone, pd.DataFrame({"onshoring": np.ones(len(score))}), score),
        study=plan.study.model_copy(update={"strategy": "onshoring"}),
    )  # fmt: skip
    write_workbook(single, tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx", data_only=True)
    assert tuple(book.sheetnames) == tuple(name for name in SHEETS if name != "Confidence")
    assert table(book, "Ranking")["Onshoring: score now"].to_numpy(float) == pytest.approx(
        100 * score[heads]
    )
