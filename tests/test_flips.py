"""The smallest change of weights: a flip found is a flip, a hair less is none, and none is less."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy.optimize import linprog

from siting.confidence.flips import flip, interval, moved_by, search

share = st.floats(0.01, 1, allow_subnormal=False).map(lambda x: round(x, 4))
rows = hnp.arrays(float, 5, elements=share)


def normal(weights):
    return weights / weights.sum()


@given(rows, rows, rows)
def test_a_flip_is_a_flip_and_a_hair_less_is_none(raw, a, b):
    weights = normal(raw)
    found = flip(weights, a, b)
    assume(found.exists and found.moved > 1e-6)
    assert found.weights.sum() == pytest.approx(1)
    assert (found.weights >= -1e-12).all()
    assert found.moved == pytest.approx(np.abs(found.weights - weights).sum() / 2)
    assert found.weights @ (b - a) >= -1e-9
    less = weights + 0.999 * (found.weights - weights)
    assert less @ (a - b) > 0


@settings(max_examples=40)
@given(rows, rows, rows)
def test_no_smaller_change_exists(raw, a, b):
    """A linear programme finds the same amount: least half L1 norm with B not behind A."""
    weights = normal(raw)
    # where B can at best draw level, the programme calls that passing
    assume(weights @ (a - b) > 1e-6 and abs((a - b).min()) > 1e-6)
    k = len(weights)
    up_down = np.concatenate([np.ones(k), np.ones(k)]) / 2
    solved = linprog(
        up_down,
        A_ub=[np.concatenate([a - b, b - a])],
        b_ub=[-(weights @ (a - b))],
        A_eq=[np.concatenate([np.ones(k), -np.ones(k)])],
        b_eq=[0.0],
        bounds=[(0, None)] * k + [(0, w) for w in weights],
    )
    found = flip(weights, a, b)
    assert found.exists == solved.success
    if solved.success:
        assert found.moved == pytest.approx(solved.fun, abs=1e-7)


def test_who_is_behind_everywhere_never_passes():
    found = flip(np.array([0.5, 0.5]), np.array([1.0, 1.0]), np.array([0.9, 1.0]))
    assert not found.exists
    assert found.to == -1


def test_who_leads_already_needs_no_change():
    found = flip(np.array([0.5, 0.5]), np.array([0.1, 0.1]), np.array([0.9, 0.9]))
    assert found.moved == 0


def test_by_hand():
    # A leads by 0.6 x 0.5 - 0.4 x 0.2 = 0.22; a share moved from the first to the second closes 0.7
    found = flip(np.array([0.6, 0.4]), np.array([0.8, 0.3]), np.array([0.3, 0.5]))
    assert found.moved == pytest.approx(0.22 / 0.7)
    assert found.to == 1


@given(rows, rows, rows, st.floats(0, 1))
def test_moving_weight_keeps_weights(raw, a, b, moved):
    turned = moved_by(normal(raw), a, b, moved)
    assert turned.sum() == pytest.approx(1)
    assert (turned >= -1e-12).all()
    assert turned @ (b - a) >= normal(raw) @ (b - a) - 1e-12


def test_search_finds_the_first_crossing():
    assert search(lambda x: 0.37 - x) == pytest.approx(0.37)
    assert search(lambda x: (x - 0.2) * (x - 0.6)) == pytest.approx(0.2)
    assert search(lambda x: -1.0) == 0
    assert np.isnan(search(lambda x: 1.0))


@given(hnp.arrays(float, (6, 4), elements=share), hnp.arrays(float, 4, elements=share))
def test_the_winner_stays_inside_the_interval_and_falls_outside(scores, raw):
    weights = normal(raw)
    total = scores @ weights
    first = int(np.argmax(total))
    assume(np.sort(total)[-1] - np.sort(total)[-2] > 1e-3)

    def leads(criterion, t):
        turned = weights * (1 - t) / (1 - weights[criterion])
        turned[criterion] = t
        return np.delete(scores @ turned, first).max() <= (scores @ turned)[first] + 1e-9

    for criterion in range(4):
        low, high = interval(weights, scores, first, criterion)
        assert low <= weights[criterion] <= high
        assert leads(criterion, low)
        assert leads(criterion, high)
        if low > 0.01:
            assert not leads(criterion, low - 0.005)
        if high < 0.99:
            assert not leads(criterion, high + 0.005)
