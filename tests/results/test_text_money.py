"""What a plan's money says of a site: the numbers of the sentences are those of the plan."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest

from maps.numerals import share
from maps.palette import COSTS
from siting.money.cost import chance_it_pays
from siting.results.text.confidence import certainty
from siting.results.text.money import money_sentences, pays, pays_sentence
from siting.study.terms import COST_PARTS

STEP = 12  # every twelfth place is asked


def test_cost_and_price(nordic):
    for i in range(0, len(nordic.places), STEP):
        cost, _, _ = money_sentences(nordic, i)
        landed, outcome = nordic.measures.landed, nordic.measures.outcome.iloc[i]
        whole = [int(n.replace(",", "")) for n in re.findall(r"\d[\d,]*\d", cost)]
        expected = [landed.cost[i], landed.low[i], landed.high[i], outcome["delivered"],
                    outcome["price"], abs(outcome["margin"])]  # fmt: skip
        assert whole == pytest.approx(expected, abs=1)


def test_the_chance_that_it_pays_is_that_of_what_it_earns(nordic):
    margin = nordic.measures.outcome["margin"].to_numpy(dtype=float)
    chances = np.array([pays(nordic, i) for i in range(len(margin))])
    np.testing.assert_allclose(chances, chance_it_pays(margin, nordic.measures.landed.swings))
    for i in (int(margin.argmin()), int(margin.argmax())):
        told = money_sentences(nordic, i)[1]
        assert f"{certainty(chances[i])} ({share(chances[i])})" in told
        assert "moves a rank" in told


def test_every_part_has_a_name_of_its_own(nordic):
    assert [*nordic.measures.stack] == [*COST_PARTS]
    names = [part.name for part in COST_PARTS.values()]
    assert len(set(names)) == len(names)
    assert {part.group for part in COST_PARTS.values()} <= set(COSTS)


@pytest.mark.parametrize(
    ("usd", "words"),
    [(3173.4, "from a price of 3,173 before tax"), (0.0, "at any price of the day")],
)
def test_a_place_that_the_chinese_tonne_alone_pays_for_pays_at_any_price(usd, words):
    of = pd.Series({"pays_from": usd, "pays_after_tax_from": 4000.0})
    assert pays_sentence(of).startswith(f"It pays {words}; after tax")
