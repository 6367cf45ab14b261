from __future__ import annotations

import dataclasses
import html
import re

import numpy as np
import pandas as pd
import pytest
from sample_atlas import PAYLOADS

from geodata.places import country_names
from maps.brief import Brief, render
from maps.escape import plain
from maps.numerals import MINUS, THIN
from siting.confidence.what_if import passing, tornado
from siting.planner import Plan
from siting.results import briefing
from siting.results.briefing import brief_of
from siting.results.ranking import pillar_points, ranked_sites
from siting.scenarios.without import price_of_first
from siting.study.criteria import CRITERIA
from siting.study.study import Draws


@pytest.fixture(scope="module")
def brief(nordic: Plan) -> Brief:
    return brief_of(nordic)


def fewer(plan: Plan, zones: int) -> Plan:
    """Return a plan whose list has so many zones, without draws."""
    heads = plan.zones.head[:zones]
    label = np.where(plan.zones.zone <= zones, plan.zones.zone, 0)
    study = plan.study.model_copy(update={"confidence": Draws(draws=0)})
    cut = dataclasses.replace(plan.zones, head=heads, zone=label)
    return dataclasses.replace(plan, study=study, zones=cut, confidence=None)


def test_the_table_is_the_ranked_list(nordic: Plan, brief: Brief) -> None:
    ranked = ranked_sites(nordic).head(10)
    sites = brief.sites
    assert sites["name"].tolist() == ranked["name"].tolist()
    assert sites["country_name"].tolist() == ranked["country"].map(country_names()).tolist()
    for column in ("p_first", "p_top10", "rank_low", "rank_high"):
        assert np.allclose(sites[column], ranked[column], atol=1e-4)
    assert np.allclose(sites["score"], ranked["score"], atol=0.006)
    assert sites["kind"].tolist() == ranked["archetype"].tolist()
    points = sites[[key for key, _ in brief.pillars]].sum(axis=1) + sites["taken"]
    assert np.allclose(points, sites["score"])
    assert np.allclose(sites["earned"] + sites["delivered"], ranked["price_paid_usd_per_t"], atol=1)
    first = ranked["nearest_customers"].str.split(";").str[0]
    told = sites["customer"] + " (" + sites["customer_usd_per_t"].map("{:.0f}".format) + " USD/t)"
    assert told.tolist() == first.tolist()


def test_the_cost_of_a_tonne_is_the_sum_of_its_parts(nordic: Plan, brief: Brief) -> None:
    ranked = ranked_sites(nordic)
    assert [cost.rank for cost in brief.costs] == [1, 2, 3, 4, 5]
    for cost, (_, row) in zip(brief.costs, ranked.iterrows(), strict=False):
        assert sum(cost.parts.values()) == pytest.approx(cost.delivered)
        way = row["cost_freight_usd_per_t"] + row["cost_duty_usd_per_t"]
        assert cost.delivered == pytest.approx(row["gate_cost_usd_per_t"] + way, abs=2)
        assert cost.low == pytest.approx(row["gate_cost_low_usd_per_t"] + way, abs=2)
        assert cost.high == pytest.approx(row["gate_cost_high_usd_per_t"] + way, abs=2)
        assert cost.margin == pytest.approx(row["margin_over_chinese_tonne_usd_per_t"], abs=1)
        assert cost.earned == pytest.approx(row["price_paid_usd_per_t"] - cost.delivered, abs=1)


def test_kinds_hold_every_listed_site_once(nordic: Plan, brief: Brief) -> None:
    assert 1 <= len(brief.kinds) == min(3, brief.of_kinds)
    assert sum(kind.sites for kind in brief.kinds) <= len(nordic.zones.head)
    ranked = ranked_sites(nordic)
    for kind in brief.kinds:
        own = ranked[ranked["archetype"].eq(kind.name)]
        assert kind.sites == len(own)
        assert (kind.best, kind.rank) == (own["name"].iloc[0], own["rank"].iloc[0])
        at = nordic.zones.head[own["rank"] - 1]
        assert kind.delivered == pytest.approx(nordic.measures.outcome["delivered"].iloc[at].mean())


def test_each_strategy_alone_ranks_the_listed_sites(nordic: Plan, brief: Brief) -> None:
    heads = nordic.zones.head
    for row, found in zip(brief.strategies.to_dict("records"), nordic.strategies.values(),
                          strict=True):  # fmt: skip
        order = np.argsort(-found.score[heads], kind="stable")
        assert row["first"] == nordic.places["name"].iloc[heads[order[0]]]
        assert row["fallen_to"] == order.tolist().index(0) + 1
        assert row["new"] == len(set(order[:10]) - set(range(10)))


def test_the_same_plan_gives_the_same_bytes(nordic: Plan, brief: Brief) -> None:
    assert render(brief_of(nordic)) == render(brief)


def numbers(text: str) -> list[tuple[float, int]]:
    """Return the numbers of a text, without sign, with how many decimals they were said."""
    flat = text.replace(THIN, "").replace(MINUS, "-").replace(",", "")
    found = re.findall(r"(?<![\w.])\d+(?:\.\d+)?", flat)
    return [(float(n), len(n.partition(".")[2])) for n in found]


def allowed(plan: Plan, brief: Brief) -> dict[str, np.ndarray]:
    """Return the numbers that each line may say, few a line, so that no wrong one hides."""
    heads = plan.zones.head
    first, second = (int(head) for head in heads[:2])
    money = plan.measures.outcome.loc[first, ["delivered", "price", "parity", "earned"]]
    sure = plan.confidence.table.iloc[0]
    moved = [100 * p.moved for p in passing(plan, first, second)]
    price = price_of_first(plan)
    turns = [price.down, price.up, price.reach]
    score = 100 * plan.score[heads[:2]]
    gaps = 100 * (plan.parts.iloc[first] - plan.parts.iloc[second])
    lines = {
        "Look first": [*score, 100],  # the scale
        "How sure": [plan.confidence.draws, len(heads), sure["rank_low"], sure["rank_high"],
                     100 * sure["p_first"], 100 * sure["p_top10"]],
        "Why": [*pillar_points(plan).iloc[first], *gaps],
        "Money": money,
        "What would change it": [*moved, *turns],
        "Weights": moved,
        "Price": [*money, *turns],
        "What moves": [score[0], *tornado(plan, first)[["low", "high"]].head(4).to_numpy().ravel()],
        "As known on": [plan.as_of.day, plan.as_of.year],
        "Places compared": [len(plan.places)],
        "Set apart": [len(plan.barred)],
        "Siting zones": [len(heads)],
        "Cell plants": [len(plan.demand.plants)],
        "Laws": [len(plan.facts.laws), brief.laws_seen],
        "Draws": [plan.confidence.draws],
        "Seed": [plan.confidence.seed],
    }  # fmt: skip
    return {head: np.abs(np.array(list(given), dtype=float)) for head, given in lines.items()}


def test_every_number_of_the_answer_stands_in_the_plan(nordic: Plan, brief: Brief) -> None:
    given = allowed(nordic, brief)
    names = [*nordic.places["name"].iloc[nordic.zones.head], *(c.name for c in CRITERIA.values())]
    names = sorted((*names, *(name.lower() for name in names), "CO2"), key=len, reverse=True)
    checked = 0
    for line in (*brief.answer, *brief.changes, *brief.unknown, *brief.facts):
        own = next((given[head] for head in given if line.head.startswith(head)), None)
        if own is None:
            continue
        text = line.text
        for name in names:
            text = text.replace(name, " ")
        for value, decimals in numbers(text):
            near = np.nanmin(np.abs(own - value))
            assert near <= 0.5 * 10.0**-decimals + 1e-9, (line, value)
            checked += 1
    assert checked > 25


def test_every_number_of_the_page_stands_in_the_brief(brief: Brief) -> None:
    """The cells of the tables against their frames: nothing is made up on the way."""
    page = render(brief)
    table = re.search(r'<table class="stack">.*?</table>', page, flags=re.DOTALL)[0]
    cells = re.findall(r'<td class="n[^"]*">([^<]*)<', table)
    shown = [abs(v) for cost in brief.costs for v in (
        *cost.parts.values(), cost.delivered, cost.low, cost.high, cost.price, cost.parity,
        cost.earned, cost.margin)]  # fmt: skip
    for value, _ in numbers(" ".join(cells)):
        assert np.min(np.abs(np.array([*shown, 0.0]) - value)) <= 0.5
    assert len(cells) >= 8 * len(brief.costs)


@pytest.fixture
def no_laws(monkeypatch: pytest.MonkeyPatch, brief: Brief) -> None:
    """Leave the laws out, which take longest and have tests of their own."""
    monkeypatch.setattr(briefing, "without_laws", lambda _: brief.laws.iloc[:0])


@pytest.mark.usefixtures("no_laws")
def test_one_zone_and_no_draws(nordic: Plan) -> None:
    one = brief_of(fewer(nordic, 1))
    assert len(one.sites) == len(one.costs) == 1
    assert one.changes == ()
    assert one.strategies.empty
    assert "only siting zone" in one.answer[0].text
    assert "asks for no draws" in one.answer[1].text
    assert "nan" not in html.unescape(re.sub(r"<[^>]+>", " ", render(one))).lower().split()


@pytest.mark.usefixtures("no_laws")
def test_three_zones(nordic: Plan) -> None:
    three = brief_of(fewer(nordic, 3))
    assert three.sites["rank"].tolist() == [1, 2, 3]
    assert three.kinds[0].rank == 1
    assert "The first 3 sites" in render(three)


@pytest.mark.usefixtures("no_laws")
def test_one_strategy_has_no_table_of_strategies(nordic: Plan) -> None:
    name = "low_cost_export"
    found = nordic.strategies[name]
    from siting.model import scoring  # noqa: PLC0415 - beside its use

    shares = pd.DataFrame({name: np.ones(len(nordic.places))})
    single = dataclasses.replace(
        fewer(nordic, 10),
        study=nordic.study.model_copy(update={"strategy": name, "confidence": Draws(draws=0)}),
        strategies={name: found}, weights={name: nordic.weights[name]}, prior={name: 1.0},
        shares=shares, score=found.score,
        parts=scoring.split({name: found}, shares, found.score),
    )  # fmt: skip
    made = brief_of(single)
    assert made.strategies.empty
    assert "one strategy, low-cost export" in made.method[0]
    assert "(exact)" in made.changes[0].text or "no weights" in made.changes[0].text


@pytest.mark.usefixtures("no_laws")
def test_hostile_names_stay_text(nordic: Plan, brief: Brief) -> None:
    few = fewer(nordic, 5)
    places, plants = few.places.copy(), few.demand.plants.copy()
    for k, head in enumerate(few.zones.head):
        places.loc[places.index[head], "name"] = PAYLOADS[k] + PAYLOADS[k + 5]
    plants["name"] = [PAYLOADS[k % len(PAYLOADS)] for k in range(len(plants))]
    demand = dataclasses.replace(few.demand, plants=plants)
    page = render(brief_of(dataclasses.replace(few, places=places, demand=demand)))
    said = html.unescape(page)
    for name in places["name"].iloc[few.zones.head]:
        assert plain(name) in said
    assert not re.findall(r"<(script|img|iframe)\b", page)
    allowed = set(re.findall(r"<(\w+)", render(brief)))
    assert set(re.findall(r"<(\w+)", page)) <= allowed
