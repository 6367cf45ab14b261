from __future__ import annotations

import dataclasses

import numpy as np
import pandas as pd
import pytest

from maps.numerals import THIN
from siting.confidence.what_if import tornado
from siting.planner import Plan
from siting.results import brief_words
from siting.results.ranking import pillar_points
from siting.scenarios.without import Price

NO_PRICE = Price(float("nan"), -1, float("nan"), -1, 1000.0)


def said(plan: Plan, price: Price = NO_PRICE) -> dict[str, str]:
    points = pillar_points(plan).iloc[plan.zones.head[:10]]
    lines = brief_words.answer(plan, points, price, brief_words.passings(plan))
    return {line.head.split(" at ")[0]: line.text for line in lines}


def with_confidence(plan: Plan, p_top10: list[float]) -> Plan:
    table = plan.confidence.table.copy()
    table["p_top10"] = 0.0
    table.loc[: len(p_top10) - 1, "p_top10"] = p_top10
    return dataclasses.replace(plan, confidence=dataclasses.replace(plan.confidence, table=table))


def test_five_lines_answer(nordic: Plan) -> None:
    assert list(said(nordic)) == ["Look first", "How sure", "Why", "Money", "What would change it"]


@pytest.mark.parametrize(
    ("p_top10", "words"),
    [
        ([0.4] * 10, "No site is among the first ten in half of the draws: read them as one"),
        ([0.9, *[0.4] * 9], "One of the first ten is in it in half"),
        ([0.9, 0.8, 0.5, *[0.4] * 7], "Three of the first ten are in it in half"),
        ([0.5] * 10, "All ten are in it in half of the draws"),
    ],
)
def test_how_sure_counts_the_firm_ones(nordic: Plan, p_top10: list[float], words: str) -> None:
    assert words in said(with_confidence(nordic, p_top10))["How sure"]


@pytest.mark.parametrize(
    ("earned", "word", "cover"),
    [(250.0, "earns", "ten cover their cost"), (-250.0, "loses", "none covers its cost")],
)
def test_money_says_earns_or_loses(nordic: Plan, earned: float, word: str, cover: str) -> None:
    outcome = nordic.measures.outcome.assign(earned=earned, margin=-1.0)
    plan = dataclasses.replace(
        nordic, measures=dataclasses.replace(nordic.measures, outcome=outcome)
    )
    text = said(plan)["Money"]
    assert f"it {word} 250 USD a tonne" in text
    assert cover in text
    assert "none would at the price of the Chinese tonne" in text


def test_the_price_that_turns_the_order_is_said_both_ways(nordic: Plan) -> None:
    other = int(nordic.zones.head[1])
    price = Price(-120.0, other, 80.0, other, 1000.0)
    turned = brief_words.passings(nordic)
    text = dict(brief_words.changes(nordic, price, turned))["Price"]
    name = nordic.places["name"].iloc[other]
    assert f"120 USD a tonne less puts {name}" in text
    assert f"80 USD a tonne more puts {name}" in text
    none = dict(brief_words.changes(nordic, NO_PRICE, turned))["Price"]
    assert f"no change of up to 1{THIN}000 USD a tonne puts another site first" in none


def test_what_is_filled_in_and_what_is_an_estimate(nordic: Plan) -> None:
    table = tornado(nordic, int(nordic.zones.head[0]))
    heads = nordic.zones.head[:10]
    imputed = nordic.measures.imputed.copy()
    imputed["wage"] = False
    imputed.loc[imputed.index[heads[:3]], "port_km"] = True
    measures = dataclasses.replace(nordic.measures, imputed=imputed)
    lines = dict(brief_words.unknown(dataclasses.replace(nordic, measures=measures), table))
    assert "way to a seaport at 3" in lines["Filled in"]
    factors = nordic.facts["place_factors"].assign(confidence="C")
    facts = dataclasses.replace(
        nordic.facts, tables={**nordic.facts.tables, "place_factors": factors}
    )
    lines = dict(brief_words.unknown(dataclasses.replace(nordic, facts=facts), table))
    assert "power price at 10" in lines["Estimates (confidence C)"]
    plants = nordic.demand.plants
    kt = plants["anode_kt"].to_numpy(float)
    share = 100 * kt[plants["status"].ne("operating").to_numpy()].sum() / kt.sum()
    assert lines["Demand"].startswith(f"{share:.0f}{THIN}% of the demand")


def test_joined_counted_and_per_cent() -> None:
    assert brief_words.joined(["a"]) == "a"
    assert brief_words.joined(["a", "b", "c"]) == "a, b and c"
    assert brief_words.counted(3) == "three"
    assert brief_words.counted(12) == "12"
    assert brief_words.per_cent(0.0375, 1) == f"3.8{THIN}%"


def test_no_losses_no_word_of_them(nordic: Plan) -> None:
    points = pillar_points(nordic).iloc[nordic.zones.head[:10]]
    clean = points.assign(price_gate=0.0, entry_gate=0.0)
    why = next(
        line for line in brief_words.answer(nordic, clean, NO_PRICE, []) if line.head == "Why"
    )
    assert "away" not in why.text
    hard = points.assign(price_gate=-12.34, entry_gate=-5.0)
    why = next(
        line for line in brief_words.answer(nordic, hard, NO_PRICE, []) if line.head == "Why"
    )
    assert "cost against the price takes 12.3 away" in why.text
    assert "doubt that this investor may enter takes 5.0" in why.text
    assert isinstance(points, pd.DataFrame)
    assert np.isfinite(points.to_numpy()).all()
