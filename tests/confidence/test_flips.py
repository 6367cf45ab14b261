"""The smallest change of weights: a flip is a flip, a hair less is none, and none is smaller."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy.optimize import linprog

from siting.confidence.flips import alone, flip, interval

part = st.floats(0.01, 1, allow_subnormal=False).map(lambda x: round(x, 4))
rows = hnp.arrays(float, 5, elements=part)
start = st.floats(-0.3, 0.3).map(lambda x: round(x, 4))


def normal(weights):
    return weights / weights.sum()


@given(rows, rows, rows, start)
def test_a_flip_is_a_flip_and_a_hair_less_is_none(raw, a, b, ahead):
    weights = normal(raw)
    change = flip(weights, a, b, ahead)
    assume(change.exists and change.moved > 1e-6)
    assert change.weights.sum() == pytest.approx(1)
    assert (change.weights >= -1e-12).all()
    assert change.moved == pytest.approx(np.abs(change.weights - weights).sum() / 2)
    assert change.weights @ (a - b) + ahead == pytest.approx(0, abs=1e-9)
    less = weights + 0.999 * (change.weights - weights)
    assert less @ (a - b) + ahead > 0


@settings(max_examples=40)
@given(rows, rows, rows, start)
def test_no_smaller_change_exists(raw, a, b, ahead):
    """A linear programme comes to the same amount: least half L1 norm with B not behind A."""
    weights, gap = normal(raw), a - b
    # where B can at best draw level, the programme calls that passing
    assume(weights @ gap + ahead > 1e-6 and abs((gap + ahead).min()) > 1e-6)
    k = len(weights)
    solved = linprog(
        np.ones(2 * k) / 2,
        A_ub=[np.concatenate([gap, -gap])],
        b_ub=[-(weights @ gap) - ahead],
        A_eq=[np.concatenate([np.ones(k), -np.ones(k)])],
        b_eq=[0.0],
        bounds=[(0, None)] * k + [(0, w) for w in weights],
    )
    change = flip(weights, a, b, ahead)
    assert change.exists == solved.success
    if solved.success:
        assert change.moved == pytest.approx(solved.fun, abs=1e-7)


def test_who_is_behind_everywhere_never_passes():
    weights = np.array([0.25, 0.75])
    change = flip(weights, np.array([1.0, 1.0]), np.array([0.9, 1.0]))
    assert not change.exists
    assert change.to == -1
    assert change.weights.tolist() == weights.tolist()


@pytest.mark.parametrize("b", [[0.9, 0.9], [0.1, 0.1], [0.5, 0.0]])
def test_who_leads_already_or_is_level_needs_no_change(b):
    weights = np.array([0.25, 0.75])
    change = flip(weights, np.array([0.1, 0.1]), np.array(b))
    assert change.exists
    assert (change.moved, change.to) == (0, -1)
    assert change.weights.tolist() == weights.tolist()
    change.weights[0] = 9.0  # its own array
    assert weights[0] == 0.25


def test_of_criteria_that_count_alike_the_first_ones_give():
    # A leads by 0.35625; a fortieth moved from one of the first kind closes 0.025
    lead = np.tile([0.5, 0.25], 20)
    lead[39] = -0.5
    change = flip(np.full(40, 0.025), lead, np.zeros(40))
    by_hand = np.full(40, 0.025)
    by_hand[:28:2], by_hand[28], by_hand[39] = 0.0, 0.01875, 0.38125
    assert change.moved == pytest.approx(0.35625)
    assert change.weights == pytest.approx(by_hand)


def test_by_hand():
    # A leads by 0.6 x 0.5 - 0.4 x 0.2 = 0.22; a share moved from the first to the second closes 0.7
    weights, a, b = np.array([0.6, 0.4]), np.array([0.8, 0.3]), np.array([0.3, 0.5])
    change = flip(weights, a, b)
    assert change.moved == pytest.approx(0.22 / 0.7)
    assert change.to == 1
    # with a head start of 0.1 more has to move
    assert flip(weights, a, b, 0.1).moved == pytest.approx(0.32 / 0.7)
    # alone, the first must fall to 0.16: 0.16 x 0.5 = 0.4 x 0.2; the second rise to 1.5
    assert alone(weights, a - b) == (0, pytest.approx(0.16))


def test_a_weight_alone_may_fall_to_nothing_and_no_lower():
    weights = np.array([0.5, 0.5])
    assert alone(weights, np.array([1.0, 0.0])) == (0, 0.0)
    at, wanted = alone(weights, np.array([1.0, 0.5]))
    assert (at, np.isnan(wanted)) == (-1, True)


def test_intervals_by_hand():
    # A is ahead by 0.5 in the first criterion, behind B by 0.25 in the second: level at a third
    values = np.array([[1.0, 0.25], [0.5, 0.5]])
    none = np.zeros(2)
    weights = np.array([0.5, 0.5])
    assert interval(weights, values, none, 0, 0) == (pytest.approx(1 / 3), 1.0)
    assert interval(weights, values, none, 0, 1) == (0.0, pytest.approx(2 / 3))
    # a head start of 0.5 is never made up for
    assert interval(weights, values, np.array([0.5, 0.0]), 0, 0) == (0.0, 1.0)
    # level at the chosen weights: any less and B is first
    level = np.array([[1.0, 0.25], [0.5, 0.75]])
    assert interval(weights, level, none, 0, 0) == (0.5, 1.0)
    assert interval(weights, level, none, 0, 1) == (0.0, 0.5)


def test_criteria_without_weight_share_alike_what_another_gives():
    # A has 1, B has (2 + 3) / 2 of what the first criterion gives: level where it keeps 0.6
    values = np.array([[2.0, 1.0, 1.0], [1.0, 2.0, 3.0]])
    low, high = interval(np.array([1.0, 0.0, 0.0]), values, np.zeros(2), 0, 0)
    assert (low, high) == (pytest.approx(0.6), 1.0)
    assert interval(np.ones(1), np.array([[2.0], [1.0]]), np.zeros(2), 0, 0) == (0.0, 1.0)


@given(rows, rows, rows, start)
def test_one_weight_alone_draws_level_and_none_closer_does(raw, a, b, ahead):
    weights, gap = normal(raw), a - b
    assume(weights @ gap + ahead > 1e-6 and np.abs(gap + ahead).min() > 1e-6)

    def lead(k, to):
        turned = weights.copy()
        turned[k] = to
        return normal(turned) @ gap + ahead

    at, wanted = alone(weights, gap, ahead)
    if at >= 0:
        assert wanted >= 0
        assert lead(at, wanted) == pytest.approx(0, abs=1e-9)
    reach = abs(wanted - weights[at]) if at >= 0 else 5.0
    for k in range(5):
        for to in (weights[k] - 0.99 * reach, weights[k] + 0.99 * reach):
            assert to < 0 or lead(k, to) > 0


@given(
    hnp.arrays(float, (6, 4), elements=part),
    hnp.arrays(float, 4, elements=part),
    hnp.arrays(float, 6, elements=start),
)
def test_the_winner_stays_inside_the_interval_and_falls_outside(values, raw, ahead):
    weights = normal(raw)
    total = values @ weights + ahead
    first = int(np.argmax(total))
    assume(np.sort(total)[-1] - np.sort(total)[-2] > 1e-3)

    def leads(criterion, t):
        turned = weights * (1 - t) / (1 - weights[criterion])
        turned[criterion] = t
        then = values @ turned + ahead
        return np.delete(then, first).max() <= then[first] + 1e-9

    for criterion in range(4):
        low, high = interval(weights, values, ahead, first, criterion)
        assert low <= weights[criterion] <= high
        assert leads(criterion, low)
        assert leads(criterion, high)
        if low > 0.01:
            assert not leads(criterion, low - 0.005)
        if high < 0.99:
            assert not leads(criterion, high + 0.005)
