"""What a plan's money says of a site: the numbers of the sentences are those of the plan."""

from __future__ import annotations

import re
from statistics import median

import pytest

from siting.money.cost import PARTS
from siting.results.money_words import PART_NAMES, money_said

STEP = 12  # every twelfth place is asked


def position(plan, country):
    return next(int(i) for i in plan.order if plan.places["country"].iloc[i] == country)


@pytest.mark.parametrize("country", ["SE", "FI", "NO", "MA"])
def test_cost_price_and_what_is_earned(nordic, country):
    i = position(nordic, country)
    told = money_said(nordic, i)[0]
    found, outcome = nordic.measures.landed, nordic.measures.outcome.iloc[i]
    whole = [int(n.replace(",", "")) for n in re.findall(r"\d[\d,]*", told)]
    earned = outcome["price"] - found.stack.iloc[i].sum() - outcome["freight"] - outcome["duty"]
    expected = [found.cost[i], found.low[i], found.high[i], outcome["delivered"],
                outcome["price"], outcome["parity"], abs(earned)]  # fmt: skip
    assert whole == pytest.approx(expected, abs=1)
    assert ("earns" in told) == (earned >= 0)
    assert ("loses" in told) == (earned < 0)


def test_who_earns_and_who_loses_is_told_apart(nordic):
    earned = nordic.measures.outcome["earned"].to_numpy()
    for i in (int(earned.argmin()), int(earned.argmax())):
        assert f"it {'earns' if earned[i] >= 0 else 'loses'} " in money_said(nordic, i)[0]


def test_the_law_is_told_where_it_counts_and_only_there(nordic):
    stack, openness = nordic.measures.landed.stack, nordic.measures.openness
    counts = (-stack["aid"] >= 1) | (-stack["credit"] >= 1) | (openness < 1)
    assert counts.nunique() == 2
    for i in range(0, len(counts), STEP):
        told, law = money_said(nordic, i), counts.iloc[i]
        assert any(line.startswith("The law in force") for line in told) == law
    swedish = money_said(nordic, position(nordic, "SE"))[1]
    chance = openness[position(nordic, "SE")]
    assert f"the chance that this investor may build is {chance:.0%}" in swedish
    aided = int(stack["aid"].argmin())
    usd = -stack["aid"].iloc[aided]
    assert f"capital aid takes off {usd:,.0f} USD" in money_said(nordic, aided)[1]


def test_power_is_told_of_every_place_against_all_others(nordic):
    price = nordic.measures.raw["power_price"].tolist()
    for i in range(0, len(price), STEP):
        told = next(line for line in money_said(nordic, i) if line.startswith("Power, "))
        usd = 12 * price[i]  # MWh of a box furnace and all beside it
        more = usd - 12 * median(price)
        dearer = sum(other > price[i] for other in price) / len(price)
        assert f"12 MWh at {price[i]:,.0f} USD/MWh, makes {usd:,.0f} USD a tonne" in told
        share = usd / nordic.measures.landed.stack.iloc[i].sum()
        assert f", {share:.0%} of the cost: {abs(more):,.0f} " in told
        assert ("more than at the median" in told) == (more > 1e-9)
        assert f"cheaper than at {int(100 * dearer)}% of all places." in told


def test_what_else_sets_the_cost_apart_is_the_part_farthest_from_the_median(nordic):
    stack, met = nordic.measures.stack, set()
    middle = {part: median(stack[part]) for part in stack}
    for i in range(0, len(stack), STEP):
        gaps = {part: stack[part].iloc[i] - middle[part] for part in stack}
        part = max(gaps, key=lambda name, gaps=gaps: abs(gaps[name]))
        told = money_said(nordic, i)[-1]
        met.add(part)
        # power has its sentence already
        assert told.startswith("What sets its cost apart most is ") == (part != "power")
        if part != "power":
            assert f"is {PART_NAMES[part].lower()}: {stack[part].iloc[i]:,.0f} USD" in told
            word = "more" if gaps[part] > 0 else "less"
            assert told.endswith(f"{abs(gaps[part]):,.0f} {word} than at the median place.")
    assert len(met) > 1


def test_every_part_has_a_name_of_its_own():
    assert list(PART_NAMES) == [*PARTS, "freight", "duty"]
    assert len(set(PART_NAMES.values())) == len(PART_NAMES)
    assert all(name[0].isupper() for name in PART_NAMES.values())  # listed in maps.layers
