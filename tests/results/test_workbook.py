"""The workbook in LibreOffice: weights changed in its cells, held against plain arithmetic."""

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest
from remade import remade

from siting.model.zones import Zones
from siting.pipeline import make_plan
from siting.results.neighbours import estates_of
from siting.results.tables import money_at, tables_of
from siting.results.workbook import formulas, money, weights
from siting.results.workbook.book import SHEETS, write_workbook
from siting.results.workbook.pairs import SHEET as PAIRS
from siting.results.workbook.spreadsheet import Spreadsheet
from siting.study.criteria import CRITERIA, PILLARS, pillar_names
from siting.study.lenses import LENSES
from siting.study.study import Candidates, Draws, Listing, PillarWeights, Study
from tests.libreoffice import recalculated, turned

# one change of weights a book, by the names of its cells
TURNS = {
    "three": {"w_ties": 0.3, "w_cost_delivered_cost": 3.0, "w_policy_targeted_aid": 0.9},
    "lens": {
        f"w_{pillar}_{key}": weight
        for pillar, (_, criteria) in LENSES["onshoring"].tree.items()
        for key, weight in criteria.items()
    },
    "wrong": {"w_market": "much", "w_energy": -0.5},
}
NOBODY = {f"w_{pillar}": 0.0 for pillar in PILLARS}
# the price outside China that is turned in the same books; the last is below the Chinese one
PRICES = {"three": 3800.0, "lens": 6000.0, "nobody": 2000.0}
OWN = {  # studies that set a price or sell a blend, turned to `OTHER`
    "chinese": {"chinese_price_usd_per_t": 2500.0},
    "blend": {"product": "silicon_blended", "price_usd_per_t": 2600.0},
}
OTHER = 2700.0
MOVED = {"margin": "Margin now, USD/t", "pays": "Chance that it pays now"}
GOLDEN = json.loads(Path("tests/golden/scoring.json").read_text())["cases"]
ODDS = 3.6
CHOSEN = 3  # of the dossier, by its rank as planned
PAYLOADS = [
    '=HYPERLINK("http://x.example","a")', "+cmd|' /C calc'!A0", "-1+1", "@SUM(A1)", "a*b?~c",
    "{{7*7}}", "tab\there", "line\nend", "\u202eright to left", "\u0627\u0633\u0645 \u540d\u524d",
    "z" * 40_000, "a\x01b", '"quoted" & <b>', "'apostrophe",
]  # fmt: skip


@pytest.fixture(scope="module")
def plan(nordic):
    return nordic


@pytest.fixture(scope="module")
def hostile(plan):
    """The plan with payloads for names of sites, customers and laws."""
    heads = plan.zones.head[: len(PAYLOADS)]
    names = plan.places["name"].to_numpy(object).copy()
    names[heads] = PAYLOADS
    plants = plan.demand.plants
    laws = plan.facts.laws.assign(instrument="=1+1", summary="@SUM(A1)")
    return remade(
        plan,
        places=plan.places.assign(name=names),
        demand=replace(plan.demand, plants=plants.assign(name="=2+2", country="+")),
        facts=replace(plan.facts, laws=laws),
    )


@pytest.fixture(scope="module")
def own():
    """Studies of one country with prices of their own: planned, and planned at another price."""
    study = Study(
        name="own",
        candidates=Candidates(countries=("NO",), min_population=15_000),
        confidence=Draws(draws=0),
        listing=Listing(zones=5, top=5),
    )
    studies = {name: study.model_copy(update=prices) for name, prices in OWN.items()}
    other = {"price_usd_per_t": OTHER}
    return {
        name: (make_plan(made), make_plan(made.model_copy(update=other)))
        for name, made in studies.items()
    }


@pytest.fixture(scope="module")
def books(plan, hostile, own, tmp_path_factory):
    """Every workbook as written and as LibreOffice calculates it, with values and formulas."""
    folder = tmp_path_factory.mktemp("books")
    plain, names = folder / "plain.xlsx", folder / "hostile.xlsx"
    write_workbook(plan, plain)
    write_workbook(hostile, names)
    label = openpyxl.load_workbook(plain)["Ranking"]
    column = [c.value for c in label[2]].index("Label")
    chosen = {"Dossier!B1": label.cell(2 + CHOSEN, column + 1).value}
    paths = [plain, names]
    turns = {name: cells | chosen for name, cells in TURNS.items()} | {"nobody": NOBODY}
    for name, usd in (PRICES | {"wrong": "much"}).items():
        turns[name] = turns[name] | {"price_outside": usd}
    paths += [turned(plain, folder / f"{name}.xlsx", cells) for name, cells in turns.items()]
    for name, (before, _) in own.items():
        write_workbook(before, folder / "own.xlsx")
        cells = {"price_outside": OTHER}
        paths.append(turned(folder / "own.xlsx", folder / f"{name}.xlsx", cells))
    for nth, case in enumerate(GOLDEN):
        paths.append(folder / f"golden{nth}.xlsx")
        write_golden(as_plan(case, plan), paths[-1])
    read = {
        path.stem: {"calculated": openpyxl.load_workbook(path, data_only=True)}
        for path in recalculated(paths, folder)
    }
    for path in (plain, names):
        read[path.stem]["written"] = openpyxl.load_workbook(path, data_only=True)
        read[path.stem]["formulas"] = openpyxl.load_workbook(path)
    return read


def table(book, sheet, head=0):
    head = head or (6 if sheet == "Top list" else 2)
    rows = list(book[sheet].iter_rows(min_row=head, values_only=True))
    return pd.DataFrame(rows[1:], columns=[str(c) for c in rows[0]])


def block(sheet, title):
    """Rows below a heading of the dossier, as far as they go: lists of cells."""
    cells = [c for row in sheet.iter_rows() for c in row if c.value == title]
    assert len(cells) == 1
    rows = []
    row, left = cells[0].row + 1, cells[0].column
    while sheet.cell(row, left).value not in (None, ""):
        rows.append([sheet.cell(row, left + k).value for k in range(7)])
        row += 1
    return rows


def write_golden(made, path):
    """Write the sheets that work out scores and shares, and no others."""
    tables = tables_of(made)
    sites = tables.sites
    sheets = [weights.SHEET, formulas.CRITERIA_SHEET, formulas.RANKING, money.COST, money.CUSTOMERS]
    with Spreadsheet(path, sheets) as book:
        leaves = weights.write_weights(book, made)
        formulas.write_criteria(book, made, sites, leaves)
        cost = money.write_cost(book, made, tables, money.write_customers(book, made, tables))
        formulas.write_ranking(book, made, sites, cost)


def as_plan(case, plan):
    """Return a golden case as a plan: each place a zone of its own."""
    chance = np.array(case["chance"])
    n, order = len(chance), np.argsort(-chance, kind="stable")
    values = pd.DataFrame(0.0, index=plan.values.index, columns=plan.values.columns)
    values.loc[values.index[:n], list(case["values"])] = np.transpose(list(case["values"].values()))
    weights = pd.Series({c: case["weights"][c] for c in CRITERIA if case["weights"].get(c)})
    utility = np.full(len(values), -1e3)  # the places that the case does not have: no chance
    utility[:n] = case["utility"]
    tree = {
        pillar: PillarWeights(
            weight=1,
            criteria={
                key: case["weights"].get(key, 0.0)
                for key, criterion in CRITERIA.items()
                if criterion.pillar == pillar
            },
        )
        for pillar in PILLARS
    }
    zone = np.zeros(len(values), dtype=int)
    zone[order] = np.arange(1, n + 1)
    return remade(
        plan, study=plan.study.model_copy(update={"weights": tree}), values=values,
        weights=weights, utility=utility,
        zones=Zones(zone, order, order, chance[order], np.ones(n, dtype=bool)), confidence=None,
    )  # fmt: skip


def expected(plan, cells):
    """Return weights, U (n) and shares (zones) under changed cells, by plain arithmetic."""
    lens = LENSES[plan.study.lens].tree

    def given(name, otherwise):
        cell = cells.get(name, otherwise)
        return 0.0 if isinstance(cell, str) else max(0.0, cell)

    leaf = {
        key: given(f"w_{pillar}", weight) * given(f"w_{pillar}_{key}", own)
        for pillar, (weight, criteria) in lens.items()
        for key, own in criteria.items()
    }
    whole = sum(leaf.values())
    weights = {key: 7 * leaf[key] / whole for key in CRITERIA}
    matrix = plan.values[list(CRITERIA)].to_numpy()
    utility = matrix @ np.array(list(weights.values()))
    heads, share = plan.zones.head, plan.zones.share
    moved = share * np.exp(ODDS * (utility - plan.utility)[heads])
    return weights, utility, share.sum() * moved / moved.sum()


def in_order(plan, share):
    """Return the numbers of the zones, scouted first and by their share."""
    return np.lexsort((plan.zones.head, -share.round(12), ~plan.zones.scouted))


@pytest.mark.parametrize("name", TURNS)
def test_shares_and_ranks_follow_the_weights(books, plan, name):
    _, utility, share = expected(plan, TURNS[name])
    heads = plan.zones.head
    listed = table(books[name]["calculated"], "Ranking")
    assert listed["Chance of the next plant now"].to_numpy(float) == pytest.approx(share, abs=1e-12)
    assert listed["Score U now"].to_numpy(float) == pytest.approx(utility[heads])
    order = in_order(plan, share)
    ranks = np.empty(len(heads), dtype=int)
    ranks[order] = np.arange(1, len(heads) + 1)
    assert listed["Rank now"].tolist() == ranks.tolist()
    assert (ranks != np.arange(1, len(heads) + 1)).any()  # else nothing was shown
    top = table(books[name]["calculated"], "Top list")
    assert top["Site"].tolist() == plan.places["name"].iloc[heads[order]].tolist()
    assert top["Rank as planned"].tolist() == (order + 1).tolist()
    assert top["Move"].tolist() == (order + 1 - np.arange(1, len(heads) + 1)).tolist()


@pytest.mark.parametrize("name", TURNS)
def test_odds_are_against_the_median_of_every_place(books, plan, name):
    weights, utility, _ = expected(plan, TURNS[name])
    median = sum(plan.values[key].median() * weight for key, weight in weights.items())
    listed = table(books[name]["calculated"], "Ranking")
    odds = np.exp(ODDS * (utility[plan.zones.head] - median))
    shown = listed["Odds against the median place now, times"].to_numpy(float)
    assert shown == pytest.approx(odds)


@pytest.mark.parametrize("name", ["plain", *TURNS])
def test_the_first_ten_stand_each_against_each(books, plan, name):
    _, utility, share = expected(plan, TURNS.get(name, {}))
    heads = plan.zones.head[in_order(plan, share)[:10]]
    rows = list(books[name]["calculated"][PAIRS].iter_rows(min_row=3, values_only=True))
    names = plan.places["name"].iloc[heads].tolist()
    assert list(rows[0][2:12]) == names == [row[1] for row in rows[1:11]]
    odds = np.exp(ODDS * (utility[heads][:, None] - utility[heads]))
    assert np.array([row[2:12] for row in rows[1:11]], dtype=float) == pytest.approx(odds)


@pytest.mark.parametrize("nth", range(len(GOLDEN)), ids=[case["name"] for case in GOLDEN])
def test_scores_and_chances_are_those_of_the_golden_vectors(books, nth):
    case = GOLDEN[nth]
    listed = table(books[f"golden{nth}"]["calculated"], "Ranking").set_index("Rank as planned")
    order = np.argsort(-np.array(case["chance"]), kind="stable")
    assert listed["Score U now"].to_numpy(float) == pytest.approx(
        np.array(case["utility"])[order], abs=1e-9
    )
    assert listed["Chance of the next plant now"].to_numpy(float) == pytest.approx(
        np.array(case["chance"])[order], abs=1e-12
    )


@pytest.mark.parametrize("name", TURNS)
def test_the_dossier_follows_its_list_and_the_weights(books, plan, planned_at, name):
    weights, _, share = expected(plan, TURNS[name])
    at = int(plan.zones.head[CHOSEN - 1])
    sheet = books[name]["calculated"]["Dossier"]
    site = {row[0]: row[1] for row in block(sheet, "The site")}
    assert site["Site"] == plan.places["name"].iloc[at]
    assert site["Chance of the next plant: the zone now"] == pytest.approx(share[CHOSEN - 1])
    assert site["Chance of the next plant: the zone as planned"] == pytest.approx(
        plan.zones.share[CHOSEN - 1]
    )
    sure = plan.confidence.table.iloc[CHOSEN - 1]
    assert site["Among the first ten in the what-if runs, as planned"] == pytest.approx(
        sure["p_top10"]
    )
    assert site["Chance in nine of ten runs, to"] == pytest.approx(sure["share_high"])
    ln = {
        key: ODDS * weight * (plan.values[key].iloc[at] - plan.values[key].median())
        for key, weight in weights.items()
    }
    rows = block(sheet, "What makes the odds")
    shown = {row[0]: row[6] for row in rows if row[6] not in (None, "")}
    wanted = {CRITERIA[key].name: np.exp(ln[key]) for key in CRITERIA if weights[key]}
    wanted["All together (blank: weighs nothing)"] = np.exp(sum(ln.values()))
    assert shown == pytest.approx(wanted)
    pillars = {row[0]: row[1] for row in block(sheet, "Against the median place")}
    for key, words in pillar_names(plan.study.investor).items():
        own = sum(ln[c] for c in CRITERIA if CRITERIA[c].pillar == key)
        assert pillars[words] == pytest.approx(np.exp(own))
    money = {row[0]: row[1] for row in block(sheet, "What a tonne costs and earns")}
    assert money["Cost at the gate"] == pytest.approx(plan.measures.landed.cost[at])
    priced = (planned_at[name][0] if name in planned_at else plan).measures
    assert money["Margin now"] == pytest.approx(priced.outcome["margin"].iloc[at])
    assert site["Chance that it pays now"] == pytest.approx(priced.pays[at])
    customers = block(sheet, "Customers in the order it serves them")
    way = (plan.measures.landed.freight + plan.measures.landed.duty)[at]
    cheapest = np.sort(way[plan.measures.landed.open_kt > 0])[:8]
    paid = [row[3] + row[4] for row in customers]
    assert paid == pytest.approx(cheapest.tolist(), rel=1e-5)
    named = estates_of(plan)
    names = named.loc[named["zone"].eq(CHOSEN), "name"].tolist()[:10]
    assert [row[0] for row in block(sheet, "Named sites of the zone, by name")] == names


@pytest.fixture(scope="module")
def planned_at(nordic_study):
    """Plan the study anew at another price, with its money."""
    plans = {
        name: make_plan(nordic_study.model_copy(update={"price_usd_per_t": usd}))
        for name, usd in PRICES.items()
    }
    return {name: (anew, money_at(anew, anew.zones.head)) for name, anew in plans.items()}


@pytest.fixture(scope="module")
def as_planned(plan):
    return money_at(plan, plan.zones.head)


@pytest.mark.parametrize("name", PRICES)
def test_money_follows_the_price_as_a_new_plan_does(books, plan, planned_at, as_planned, name):
    book, (anew, wanted) = books[name]["calculated"], planned_at[name]
    assert anew.zones.head.tolist() == plan.zones.head.tolist()  # the price moves no share
    assert (wanted["margin"] - as_planned["margin"]).abs().min() > 100
    cost = table(book, "Cost")
    for column, heading in {
        "parity": "Landed Chinese tonne now, USD/t",
        "price": "Price that its customers pay now, USD/t",
        "margin": "Margin now, USD/t",
        "pays": "Chance that it pays now",
    }.items():
        assert cost[heading].to_numpy(float) == pytest.approx(wanted[column], abs=1e-9)
    for sheet in ("Ranking", "Top list"):
        listed = table(book, sheet)
        at = listed["Rank as planned"].to_numpy(int) - 1
        for column, heading in MOVED.items():
            assert listed[heading].to_numpy(float) == pytest.approx(wanted[column][at], abs=1e-9)
    earn = (wanted["margin"] > 0).sum()
    words = f"{earn} of {len(wanted)} sites earn their cost at this price"
    assert book["Top list"]["D4"].value == words


@pytest.mark.parametrize("name", OWN)
def test_prices_that_a_study_sets_and_a_blend_are_followed_too(books, own, name):
    before, anew = (money_at(made, made.zones.head)["margin"].to_numpy() for made in own[name])
    shown = table(books[name]["calculated"], "Cost")["Margin now, USD/t"].to_numpy(float)
    assert shown == pytest.approx(anew)
    assert (before != anew).any()


def test_a_wrong_price_has_a_warning_and_the_plans_counts(books, as_planned):
    book = books["wrong"]["calculated"]
    warning = "Give a number from 1 to 100,000: the plan's price counts"
    assert book["Top list"]["D2"].value == warning
    shown = table(book, "Cost")["Margin now, USD/t"].to_numpy(float)
    assert shown == pytest.approx(as_planned["margin"])
    assert books["plain"]["calculated"]["Top list"]["D2"].value in (None, "")


def test_a_site_that_pays_at_any_price_says_so_and_stays_a_number(books):
    for sheet, head in (("Cost", 2), ("Ranking", 2), ("Top list", 6)):
        rows = books["plain"]["formulas"][sheet].iter_rows(min_row=head, max_row=head + 1)
        heads, cells = rows
        (style,) = {c.number_format for h, c in zip(heads, cells, strict=True)
                    if str(h.value).startswith("Pays from")}  # fmt: skip
        assert style.startswith('[=0]"any"')


def test_what_is_unknown_of_an_estate_is_blank_and_never_zero(books, plan):
    named = estates_of(plan)
    area = dict(zip(named["name"], named["area_ha_available"], strict=True))
    rows = block(books["three"]["calculated"]["Dossier"], "Named sites of the zone, by name")
    assert any(np.isnan(area[row[0]]) for row in rows)
    for row in rows:
        unknown = np.isnan(area[row[0]])
        assert row[2] in (None, "") if unknown else row[2] == pytest.approx(area[row[0]])
    listed = table(books["plain"]["calculated"], "Estates")
    assert listed["Estate"].tolist() == named["name"].tolist()
    assert (
        listed["Land available, ha"].isna().tolist() == named["area_ha_available"].isna().tolist()
    )


def test_a_lens_stands_beside_the_weights_ready_to_be_copied(books, plan):
    sheet = books["plain"]["written"]["Weights"]
    heads, *rows = sheet.iter_rows(min_row=5, values_only=True)
    rows = rows[: len(PILLARS) + len(CRITERIA)]
    others = {key: lens for key, lens in LENSES.items() if key != plan.study.lens}
    for lens in others.values():
        column = [row[heads.index(lens.short.capitalize())] for row in rows]
        given = [
            number
            for weight, criteria in lens.tree.values()
            for number in (weight, *criteria.values())
        ]
        assert column == given
    assert [row[1] for row in rows] == [row[2] for row in rows]


def test_a_wrong_weight_has_a_warning_and_counts_nothing(books):
    def warnings(name):
        rows = list(books[name]["calculated"]["Weights"].iter_rows(min_row=5, values_only=True))
        cells = [row[rows[0].index("Warning")] for row in rows[1:]]
        return [cell for cell in cells if cell not in (None, "")]

    assert warnings("wrong") == ["Not a number: counts as 0", "Below 0: counts as 0"]
    assert warnings("nobody") == ["Nothing weighs: give at least one criterion a weight"]
    assert warnings("three") == warnings("plain") == []
    for name, count in (("plain", 0), ("three", 3), ("wrong", 2)):
        assert books[name]["calculated"]["Weights"]["B4"].value == count
    assert books["three"]["calculated"]["Top list"]["E1"].value.endswith(": 3")


def test_where_nothing_weighs_there_are_numbers_all_the_same(books):
    listed = table(books["nobody"]["calculated"], "Ranking")
    assert set(listed["Score U now"]) == {0}
    assert set(listed["Odds against the median place now, times"]) == {1}
    assert sorted(listed["Rank now"]) == list(range(1, len(listed) + 1))


@pytest.mark.parametrize("name", ["plain", "hostile"])
def test_every_formula_carries_the_value_that_it_comes_to(books, name):
    book, counted = books[name], 0
    for sheet in book["formulas"]:
        for cell in (c for row in sheet.iter_rows() for c in row if c.data_type == "f"):
            where = f"{sheet.title}!{cell.coordinate}"
            held, new = (book[k][sheet.title][cell.coordinate].value for k in
                         ("written", "calculated"))  # fmt: skip
            if isinstance(new, (int, float)):
                assert held == pytest.approx(new, abs=1e-8), where
            else:
                assert (held or "") == (new or ""), where
            counted += 1
    assert counted > 500


def test_hostile_names_are_text_in_every_sheet(books):
    for stage in ("formulas", "calculated"):
        book = books["hostile"][stage]
        for sheet in book:
            for cell in (c for row in sheet.iter_rows() for c in row):
                assert cell.hyperlink is None
                if cell.data_type == "f":
                    assert "example" not in cell.value
                    assert "cmd" not in cell.value
    listed = table(books["hostile"]["calculated"], "Top list")["Site"].tolist()
    clean = [
        {"tab\there": "tab here", "line\nend": "line end", "a\x01b": "ab",
         "\u202eright to left": "right to left"}.get(name, name)[:32_767]
        for name in PAYLOADS
    ]  # fmt: skip
    assert listed[: len(PAYLOADS)] == clean
    laws = table(books["hostile"]["formulas"], "Policies")
    assert set(laws["Instrument"]) == {"=1+1"}
    dossier = books["hostile"]["calculated"]["Dossier"]
    assert block(dossier, "The site")[0][1] == PAYLOADS[0]
    assert {row[0] for row in block(dossier, "Customers in the order it serves them")} == {"=2+2"}


def test_the_sheets_are_those_promised_and_ready_to_read(books):
    book = books["plain"]["formulas"]
    assert tuple(book.sheetnames) == SHEETS
    assert book.properties.created == dt.datetime(2000, 1, 1)  # noqa: DTZ001 - as the file holds it
    for sheet in book:
        assert sheet.page_setup.orientation == "landscape"
        high = None if sheet.title == "Dossier" else 0  # one page, or as many as it takes
        assert sheet.page_setup.fitToHeight == high
    for name in ("Estates", "Customers", "Policies", "Sources"):
        assert book[name].print_area
    for name in set(SHEETS) - {"Read me", "Weights", "Dossier", PAIRS}:
        assert book[name].auto_filter.ref
        assert book[name].freeze_panes
        assert book[name].print_title_rows
    rules = book["Weights"].data_validations.dataValidation
    assert {(rule.type, rule.operator) for rule in rules} == {
        ("decimal", "greaterThanOrEqual")
    }  # fmt: skip
    (choice,) = book["Dossier"].data_validations.dataValidation
    assert choice.type == "list"
    assert choice.formula1.startswith("'Ranking'!$")  # a range, never the names themselves
    assert len(book["Dossier"]._charts) == 2
    assert {"w_policy", "w_policy_openness", "odds_scale", "leaf", "median_place"} <= set(
        book.defined_names
    )


def test_the_numbers_are_the_plans(books, plan):
    book, heads = books["plain"]["written"], plan.zones.head
    listed = table(book, "Ranking")
    assert listed["Site id"].tolist() == plan.places["site_id"].iloc[heads].tolist()
    assert listed["Chance of the next plant now"].to_numpy() == pytest.approx(plan.zones.share)
    assert listed["Estate within 50 km"].eq("yes").tolist() == plan.zones.scouted.tolist()
    criteria = table(book, "Criteria", head=4)
    medians = [cell.value for cell in book["Criteria"][3]]
    for at, key in enumerate(CRITERIA, start=3):
        shown = criteria[f"{CRITERIA[key].name}, value"].to_numpy(float)
        assert shown == pytest.approx(plan.values[key].to_numpy()[heads])
        assert medians[at] == pytest.approx(plan.values[key].median())
    sure = table(book, "Confidence")
    assert sure["Among the first ten in the what-if runs"].to_numpy(float) == pytest.approx(
        plan.confidence.table["p_top10"].to_numpy()
    )
    assert len(table(book, "Excluded")) == len(plan.barred)


def test_the_same_plan_gives_the_same_bytes(plan, tmp_path):
    for name in ("a.xlsx", "b.xlsx"):
        write_workbook(plan, tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_without_draws_there_is_a_workbook_too(plan, tmp_path):
    write_workbook(replace(plan, confidence=None), tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx", data_only=True)
    assert tuple(book.sheetnames) == tuple(name for name in SHEETS if name != "Confidence")


def test_the_own_lens_stands_beside_weights_that_a_study_changes(plan, tmp_path):
    weights = {"cost": PillarWeights(weight=2.0)}
    study = plan.study.model_copy(update={"weights": weights})
    write_workbook(replace(plan, study=study), tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx", data_only=True)["Weights"]
    heads = [cell.value for cell in sheet[5]]
    assert {lens.short.capitalize() for lens in LENSES.values()} <= set(heads)
