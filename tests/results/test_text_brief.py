from __future__ import annotations

import dataclasses

import numpy as np
import pandas as pd
import pytest
from remade import remade

from maps.numerals import number, share, times
from siting.confidence.what_if import nearest, tornado
from siting.model import scoring
from siting.model.plan import Plan, advantages, country_chances
from siting.results.text import brief
from siting.results.text.confidence import (
    closest_call,
    ends,
    first_in,
    first_ten,
    lower,
    short,
    to_one,
)
from siting.study.lenses import LENSES
from siting.study.study import PillarWeights

NO_LENSES = pd.DataFrame({"name": [], "own": [], "firsts": [], "zone": []})


def lines(plan: Plan, lenses: pd.DataFrame = NO_LENSES) -> dict[str, str]:
    answer = brief.answer(plan, nearest(plan), lenses)
    return {line.head.split(" is ")[0]: line.text for line in answer}


def with_confidence(plan: Plan, p_top10: list[float]) -> Plan:
    table = plan.confidence.table.copy()
    table["p_top10"] = 0.0
    table.loc[: len(p_top10) - 1, "p_top10"] = p_top10
    return dataclasses.replace(plan, confidence=dataclasses.replace(plan.confidence, table=table))


def earning(plan: Plan, margin: object) -> Plan:
    outcome = plan.measures.outcome.assign(margin=margin)
    return remade(plan, measures=dataclasses.replace(plan.measures, outcome=outcome))


def test_five_lines_answer(nordic: Plan) -> None:
    heads = ["Rank 1", "How sure", "Why", "Does it pay", "What would change it"]
    assert list(lines(nordic)) == heads


def test_where_says_zones_and_countries_with_their_shares(nordic: Plan) -> None:
    text = lines(nordic)["Rank 1"]
    for zone in range(3):
        assert share(nordic.zones.share[zone]) in text
    assert all(share(p) in text for p in country_chances(nordic).head(3))


@pytest.mark.parametrize(
    ("p_top10", "words"),
    [
        ([0.5] * 10, "No zone is likely to be among the first ten: read them as one"),
        ([0.9, *[0.4] * 9], "One of the first ten is likely there"),
        ([0.9, 0.8, 0.6, *[0.5] * 7], "Three of the first ten are likely there"),
        ([0.6] * 10, "All ten are likely there"),
    ],
)
def test_how_sure_counts_the_likely_ones(nordic: Plan, p_top10: list[float], words: str) -> None:
    assert words in lines(with_confidence(nordic, p_top10))["How sure"]


def test_how_sure_uses_the_words_of_certainty(nordic: Plan) -> None:
    row, text = nordic.confidence.table.iloc[0], lines(nordic)["How sure"]
    assert text.startswith(f"{first_in(row['p_first'])}, {first_ten(row['p_top10'])}; ")
    assert ends(row["share_low"], row["share_high"]) in text


def test_why_names_what_multiplies_the_odds_most(nordic: Plan) -> None:
    first, second = (int(head) for head in nordic.zones.head[:2])
    text, ahead = lines(nordic)["Why"], advantages(nordic).iloc[first]
    assert to_one(float(np.exp(ahead.sum()))) in text
    assert f"{times(float(np.exp(ahead.max())))} times" in text
    gap = nordic.utility[first] - nordic.utility[second]
    assert f"against {short(nordic.places['name'].iloc[second])}" in text
    assert to_one(float(scoring.odds(np.array(gap)))) in text


def test_the_order_of_criteria_changes_no_line(nordic: Plan) -> None:
    mixed = list(nordic.weights.index[::-1])
    other = remade(nordic, weights=nordic.weights[mixed])
    assert lines(nordic) == lines(other)


@pytest.mark.parametrize(
    ("margin", "word", "cover"),
    [(250.0, "earns", "ten cover their cost"), (-250.0, "loses", "none covers its cost")],
)
def test_money_says_earns_or_loses(nordic: Plan, margin: float, word: str, cover: str) -> None:
    text = lines(earning(nordic, margin))["Does it pay"]
    assert f"it {word} 250" in text
    assert cover in text
    assert "move no rank" in text


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (-300.0, -120.0, "one does if customers pay 120 USD a tonne more, all do at 300 more"),
        (-300.0, 120.0, "none does if customers pay 120 USD a tonne less, all do at 300 more"),
        (
            40.0,
            120.0,
            "Every site of the ten likeliest covers its cost; none does if customers pay 120",
        ),
    ],
)
def test_at_what_margin_the_first_sites_pay(
    nordic: Plan, low: float, high: float, words: str
) -> None:
    margin = np.full(len(nordic.places), (low + high) / 2)
    margin[nordic.zones.head[:2]] = low, high
    text = dict(brief.changes(earning(nordic, margin)))["Price"]
    assert text.startswith("it moves no rank")
    assert words in text


def test_lenses_under_which_another_zone_leads_are_named(nordic: Plan) -> None:
    lenses = pd.DataFrame(
        {"name": ["Evidence", "Onshoring", "Low-cost export"], "own": [True, False, False],
         "firsts": ["", "", ""], "zone": [1, 0, 1]}
    )  # fmt: skip
    text = lines(nordic, lenses)["What would change it"]
    assert (
        "another zone has rank 1 by the weights of \N{LEFT DOUBLE QUOTATION MARK}onshoring" in text
    )
    assert "low-cost" not in text
    assert text.startswith(lower(closest_call(nordic, nearest(nordic))).removesuffix("."))


def test_what_is_filled_in_and_what_is_an_estimate(nordic: Plan) -> None:
    table = tornado(nordic, int(nordic.zones.head[0]))
    heads = nordic.zones.head[:10]
    imputed = nordic.measures.imputed.copy()
    imputed["power_price"] = False
    imputed.loc[imputed.index[heads[:3]], "power_price"] = True
    measures = dataclasses.replace(nordic.measures, imputed=imputed)
    told = dict(brief.unknown(remade(nordic, measures=measures), table))
    assert "power price at 3" in told["Filled in"]
    factors = nordic.facts["place_factors"].assign(confidence="C")
    facts = dataclasses.replace(
        nordic.facts, tables={**nordic.facts.tables, "place_factors": factors}
    )
    told = dict(brief.unknown(dataclasses.replace(nordic, facts=facts), table))
    assert "power price at 10" in told["Estimates (confidence C)"]
    plants = nordic.demand.plants
    kt = plants["anode_kt"].to_numpy(float)
    later = kt[plants["status"].ne("operating").to_numpy()].sum() / kt.sum()
    assert told["Demand"].startswith(f"{share(later)} of the demand")
    assert "named sites of one country" in told["Not in the numbers"]


def test_the_method_names_lens_and_scale_of_odds(nordic: Plan) -> None:
    score, rows = brief.method(nordic)
    assert LENSES["evidence"].name.lower() in score
    assert "by 36.6." in score
    assert "no public data chooses" in rows
    weights = {"energy": PillarWeights(criteria={"power_price": 2.0})}
    turned = dataclasses.replace(nordic, study=nordic.study.model_copy(update={"weights": weights}))
    assert "changed by the study" in brief.method(turned)[0]


def test_joined_and_counted() -> None:
    assert brief.joined(["a"]) == "a"
    assert brief.joined(["a", "b", "c"]) == "a, b and c"
    assert brief.counted(3) == "three"
    assert brief.counted(12) == "12"
    assert number(1234) == "1,234"
