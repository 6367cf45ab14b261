import numpy as np
import pytest
from remade import remade

from siting.confidence.shares import share_at
from siting.confidence.why_not import COST, ENTRY, POWER, gap, needs
from siting.model import scoring
from siting.model.appraisal import function_of
from siting.study.criteria import CRITERIA

TOP = 5


@pytest.fixture(scope="module")
def behind(nordic):
    """Sites of zones behind the first, and the last place of all."""
    order = np.argsort(-nordic.zones.share, kind="stable")
    return [*(int(nordic.zones.head[i]) for i in order[TOP:]), int(nordic.order[-1])]


def key_of(name):
    named = {COST: "delivered_cost", POWER: "power_price", ENTRY: "openness"}
    return named.get(name) or next(k for k, c in CRITERIA.items() if c.name.lower() == name)


def moved_to(plan, position, name, raw):
    """Return by what the odds of a site grow when one raw figure is what it needs."""
    key = key_of(name)
    values = {key: raw}
    if name == POWER:  # and the tonne becomes cheaper by the power in it
        now = float(plan.measures.raw["power_price"].iloc[position])
        mwh = float(plan.measures.landed.stack["power"].iloc[position]) / now
        cost = float(plan.measures.raw["delivered_cost"].iloc[position])
        values["delivered_cost"] = cost - mwh * (now - raw)
    gained = sum(
        plan.weights[k]
        * (
            float(function_of(plan.study, k)(np.array([v]))[0])
            - float(plan.values[k].iloc[position])
        )
        for k, v in values.items()
    )
    return float(np.exp(scoring.ODDS * gained))


def test_who_is_among_the_first_needs_nothing(nordic):
    first = int(nordic.zones.head[np.argmax(nordic.zones.share)])
    assert gap(nordic, first, TOP) <= 0
    assert needs(nordic, first, TOP).empty


def test_with_the_needed_figure_the_share_is_that_of_the_last_of_the_first(nordic, behind):
    last, met = nordic.zones.share[TOP - 1], set()  # as listed
    for position in behind:
        table = needs(nordic, position, TOP)
        for row in table[table["needed"].notna()].to_dict("records"):
            met.add(row["input"])
            grown = share_at(nordic, position) * moved_to(
                nordic, position, row["input"], row["needed"]
            )
            if row["input"] == "works or home of the owner":  # there is no part of one
                assert grown >= last
            else:
                assert grown == pytest.approx(last, rel=1e-6)
    assert {COST, POWER} <= met


def test_what_is_not_enough_has_no_figure(nordic, behind):
    for position in behind:
        lacking = np.exp(scoring.ODDS * gap(nordic, position, TOP))
        table = needs(nordic, position, TOP)
        assert (table["needed"].isna() == (table["factor"] < lacking * (1 - 1e-9))).all()
        assert table["factor"].is_monotonic_decreasing
        assert (table["factor"] > 1).all()


def test_no_tonne_becomes_cheaper_than_the_cheapest(nordic, behind):
    cheapest = nordic.measures.raw["delivered_cost"].min()
    for position in behind:
        row = needs(nordic, position, TOP).set_index("input")
        if COST in row.index and np.isfinite(row.loc[COST, "needed"]):
            assert row.loc[COST, "needed"] >= cheapest - 1e-6
    assert COST not in set(
        needs(nordic, int(nordic.measures.raw["delivered_cost"].to_numpy().argmin()), 1)["input"]
    )


def test_entry_helps_only_where_it_is_in_doubt(nordic):
    openness = nordic.measures.raw["openness"].to_numpy(dtype=float)
    shut = int(np.argmin(openness))
    assert ENTRY in set(needs(nordic, shut, TOP)["input"])
    free = next(int(i) for i in nordic.order[::-1] if openness[i] == 1)
    assert ENTRY not in set(needs(nordic, free, TOP)["input"])


def test_the_order_of_criteria_changes_nothing(nordic, behind):
    mixed = list(nordic.weights.index[::-1])
    other = remade(nordic, weights=nordic.weights[mixed])
    one, two = (needs(plan, behind[0], TOP) for plan in (nordic, other))
    assert one.equals(two)
