import numpy as np
import pytest

from siting.confidence.why_not import (
    COST,
    ENTRY,
    POWER,
    _costing,
    _score,
    _site,
    needs,
    target,
)

TOP = 5


@pytest.fixture(scope="module")
def last(nordic):
    """A site far down the list."""
    return int(nordic.order[-1])


def test_the_score_of_one_site_is_that_of_the_plan(nordic):
    for position in nordic.order[:: len(nordic.order) // 7]:
        site = _site(nordic, int(position))
        assert _score(nordic, site) == pytest.approx(nordic.score[position])


def test_who_is_among_the_first_needs_nothing(nordic):
    first = int(nordic.zones.head[0])
    assert needs(nordic, first, TOP).empty


def test_what_is_needed_is_just_enough(nordic):
    wanted = target(nordic, TOP)
    found = 0
    for position in nordic.zones.head[TOP : TOP + 3]:
        table = needs(nordic, int(position), TOP)
        row = table[table["input"].eq(COST)].iloc[0]
        if np.isnan(row["needed"]):
            continue
        found += 1
        site = _site(nordic, int(position))
        assert _score(nordic, _costing(nordic, site, row["needed"] - 0.1)) >= wanted
        assert _score(nordic, _costing(nordic, site, row["needed"] + 1.0)) < wanted
    assert found


def test_gains_are_in_order_and_never_negative(nordic, last):
    table = needs(nordic, last, TOP)
    assert table["gain"].is_monotonic_decreasing
    assert (table["gain"] > 0).all()
    assert COST in set(table["input"])


def test_cheaper_power_needs_no_more_than_the_cost_it_saves(nordic):
    position = int(nordic.zones.head[TOP + 1])
    table = needs(nordic, position, TOP).set_index("input")
    if POWER in table.index and np.isfinite(table.loc[POWER, "needed"]):
        saved = 12 * (table.loc[POWER, "now"] - table.loc[POWER, "needed"])
        assert saved <= table.loc[COST, "now"] - table.loc[COST, "needed"] + 1


def test_entry_helps_only_where_it_is_in_doubt(nordic):
    openness = nordic.measures.openness
    shut = int(np.argmin(openness))
    table = needs(nordic, shut, TOP)
    assert ENTRY in set(table["input"])
    free = next(int(i) for i in nordic.order[::-1] if openness[i] == 1)
    assert ENTRY not in set(needs(nordic, free, TOP)["input"])
