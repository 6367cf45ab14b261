"""The methods against their published examples, two other packages, and the laws they obey."""

from __future__ import annotations

import warnings

import numpy as np
import pandas as pd
import pytest
import skcriteria
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from pymcdm import methods as mcdm
from pymcdm import weights as mcdm_weights
from pymcdm.normalizations import vector_normalization
from skcriteria.agg.simple import WeightedProductModel
from skcriteria.agg.topsis import TOPSIS
from skcriteria.agg.vikor import VIKOR
from skcriteria.preprocessing.scalers import VectorScaler
from skcriteria.preprocessing.weighters import critic_weights, entropy_weights

from geodata.errors import SitingError
from siting.confidence import crosschecks as own

# Hwang and Yoon 1981, the choice of a fighter; the price is the one to be low, so it is negative
FIGHTERS = np.array(
    [
        [2.0, 1500, 20_000, 5.5, 5, 9],
        [2.5, 2700, 18_000, 6.5, 3, 5],
        [1.8, 2000, 21_000, 4.5, 7, 7],
        [2.2, 1800, 20_000, 5.0, 5, 5],
    ]
)
SIGNS = np.array([1, 1, 1, -1, 1, 1])
RANDOM = [np.random.default_rng(seed).uniform(0.05, 1.0, (12, 6)) for seed in range(5)]
WEIGHTS = [np.random.default_rng(100 + seed).dirichlet(np.ones(6)) for seed in range(5)]
CASES = list(zip(RANDOM, WEIGHTS, strict=True))
MATRIX = arrays(float, st.tuples(st.integers(2, 9), st.just(4)), elements=st.floats(0, 1))
CHOSEN = arrays(float, 4, elements=st.floats(0.01, 1))


def ids(count):
    return pd.Series([f"site-{k:02d}" for k in range(count)])


# ---- published examples ----


def test_topsis_gives_the_fighters_of_hwang_and_yoon():
    score = own.topsis(FIGHTERS * SIGNS, np.array([0.2, 0.1, 0.1, 0.1, 0.2, 0.3]))
    assert score == pytest.approx([0.643, 0.268, 0.613, 0.312], abs=6e-4)


def test_topsis_gives_the_example_of_tzeng_and_huang_2011():
    matrix = np.array([[5, 8, 4], [7, 6, 8], [8, 8, 6], [7, 4, 6.0]])
    score = own.topsis(matrix, np.array([0.3, 0.4, 0.3]))
    assert score == pytest.approx([0.5037, 0.6581, 0.7482, 0.3340], abs=5e-5)


def test_entropy_gives_the_fighters_of_hwang_and_yoon():
    # the book rounds the entropies to four digits first
    expected = [0.0649, 0.2055, 0.0133, 0.0829, 0.3570, 0.2764]
    assert own.entropy_weights(FIGHTERS) == pytest.approx(expected, abs=2e-3)


def test_vikor_gives_the_mountain_climbers_of_opricovic_and_tzeng_2004():
    climbs = np.array([[-1, 3000], [-2, 3750], [-5, 4500.0]])  # risk is to be low
    assert 1 - own.vikor(climbs, np.ones(2)) == pytest.approx([1, 0, 1])


@pytest.mark.parametrize(
    ("weights", "expected"),
    [
        ([1, 1, 1, 1, 1, 1, 1, 1], [0.991, 1.0, 0.473, 0.670, 0.0, 0.578]),
        ([2, 2, 2, 2, 1, 1, 1, 1], [1.0, 0.533, 0.552, 0.563, 0.0, 0.686]),
        ([1, 1, 1, 1, 2, 2, 2, 2], [0.684, 1.0, 0.147, 0.554, 0.041, 0.191]),
    ],
)
def test_vikor_gives_the_reservoirs_of_opricovic_and_tzeng_2007(weights, expected):
    reservoirs = np.array(
        [
            [4184.3, -2914.0, 407.2, 251.0, -195, -244, -15, 2.41],
            [5211.9, -3630.0, 501.7, 308.3, -282, -346, -21, 1.41],
            [5021.3, -3920.5, 504.0, 278.6, -12, -56, -3, 4.42],
            [5566.1, -3957.9, 559.5, 335.3, -167, -268, -16, 3.36],
            [5060.5, -3293.5, 514.1, 284.2, -69, -90, -7, 4.04],
            [4317.9, -2925.9, 432.8, 239.3, -12, -55, -3, 4.36],
        ]
    )
    found = 1 - own.vikor(reservoirs, np.array(weights, dtype=float))
    assert found == pytest.approx(expected, abs=2e-3)


def test_the_product_gives_the_ratios_of_triantaphyllou_and_mann_1989():
    matrix = np.array([[25, 20, 15, 30], [10, 30, 20, 30], [30, 10, 30, 10.0]])
    a, b, c = own.weighted_product(matrix, np.array([20, 15, 40, 25.0]))
    assert (a / b, a / c, b / c) == pytest.approx((1.007, 1.067, 1.059), abs=6e-4)


def test_critic_gives_the_firms_of_diakoulaki_1995():
    firms = np.array(
        [
            [61, 1.08, 4.33],
            [20.7, 0.26, 4.34],
            [16.3, 1.98, 2.53],
            [9, 3.29, 1.65],
            [5.4, 2.77, 2.33],
            [4, 4.12, 1.21],
            [-6.1, 3.52, 2.10],
            [-34.6, 3.31, 0.98],
        ]
    )
    assert own.critic_weights(firms) == pytest.approx([0.2022, 0.4809, 0.3169], abs=5e-5)


def test_promethee_gives_the_power_stations_of_brans_and_vincke_1985():
    """Six stations, six criteria, one of each type; ours knows four of the types, two are here."""
    stations = np.array(
        [
            [80, 90, 6, 5.4, 8, 5],
            [65, 58, 2, 9.7, 1, 1],
            [83, 60, 4, 7.2, 4, 7],
            [40, 80, 10, 7.5, 7, 10],
            [52, 72, 6, 2.0, 3, 8],
            [94, 96, 7, 3.6, 5, 6],
        ]
    ) * [-1, 1, -1, -1, -1, 1]
    preferred = np.array(  # the table of the paper: how far each row is preferred to each column
        [
            [0, 0.296, 0.250, 0.268, 0.100, 0.185],
            [0.462, 0, 0.389, 0.333, 0.296, 0.500],
            [0.236, 0.180, 0, 0.333, 0.056, 0.429],
            [0.399, 0.505, 0.305, 0, 0.223, 0.212],
            [0.444, 0.515, 0.487, 0.380, 0, 0.448],
            [0.286, 0.399, 0.250, 0.432, 0.133, 0],
        ]
    )
    four = own.promethee(
        stations[:, [0, 1, 2, 4]], np.ones(4),
        indifference=np.array([10, 0, 0.5, 0]), preference=np.array([10, 30, 5, 0.0]),
    )  # fmt: skip
    cost, safety = (stations[:, None, k] - stations[None, :, k] for k in (3, 5))
    level = np.select([cost > 6, cost > 1], [1.0, 0.5])  # type IV, thresholds 1 and 6
    gauss = np.where(safety > 0, 1 - np.exp(-(safety**2) / (2 * 5**2)), 0)  # type VI, s = 5
    two = sum((p.sum(axis=1) - p.sum(axis=0)) / 5 for p in (level, gauss))
    published = (preferred.sum(axis=1) - preferred.sum(axis=0)) / 5
    assert (4 * four + two) / 6 == pytest.approx(published, abs=1.1e-3)


def test_promethee_by_hand():
    # usual: wins less defeats, by weight, over the two others
    matrix, weights = np.array([[4, 3, 2], [3, 2, 4], [5, 1, 3.0]]), np.array([0.5, 0.3, 0.2])
    assert own.promethee(matrix, weights) == pytest.approx([0.1, -0.3, 0.2])
    # linear with q = 1 and p = 3: differences 1, 2 and 3 are preferred by 0, 1/2 and 1
    line = np.array([[0.0], [1.0], [3.0]])
    flow = own.promethee(line, np.ones(1), indifference=1.0, preference=3.0)
    assert flow == pytest.approx([-0.5, -0.25, 0.75])
    # a sharp step at 1 (type II): a difference of 1 is none, one of 2 is whole
    step = own.promethee(line, np.ones(1), indifference=1.0, preference=1.0)
    assert step == pytest.approx([-0.5, -0.5, 1.0])


# ---- other packages ----


@pytest.mark.parametrize(("values", "weights"), CASES)
def test_the_scores_are_those_of_pymcdm(values, weights):
    up = np.ones(6)
    closeness = mcdm.TOPSIS(normalization_function=vector_normalization)
    assert own.topsis(values, weights) == pytest.approx(closeness(values, weights, up), abs=1e-9)
    compromise = mcdm.VIKOR()(values, weights, up)
    assert 1 - own.vikor(values, weights) == pytest.approx(compromise, abs=1e-9)
    usual = mcdm.PROMETHEE_II("usual")(values, weights, up)
    assert own.promethee(values, weights) == pytest.approx(usual, abs=1e-9)
    q, p = np.full(6, own.INDIFFERENCE), np.full(6, own.PREFERENCE)
    linear = mcdm.PROMETHEE_II("vshape_2", p=p, q=q)(values, weights, up)
    found = own.promethee(values, weights, indifference=q, preference=p)
    assert found == pytest.approx(linear, abs=1e-9)
    product = mcdm.WPM()(values, weights, up)  # it scales the columns first
    scale = np.prod((1 / values.sum(axis=0)) ** weights)
    assert own.weighted_product(values, weights) * scale == pytest.approx(product, abs=1e-9)


@pytest.mark.parametrize(("values", "weights"), CASES)
def test_the_scores_are_those_of_scikit_criteria(values, weights):
    matrix = skcriteria.mkdm(values, [max] * 6, weights=weights)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        scaled = VectorScaler(target="matrix").transform(matrix)
        closeness = TOPSIS().evaluate(scaled).e_.similarity
        compromise = VIKOR().evaluate(matrix).e_.q_k
        product = 10 ** WeightedProductModel().evaluate(matrix).e_.score
    assert own.topsis(values, weights) == pytest.approx(closeness, abs=1e-9)
    assert 1 - own.vikor(values, weights) == pytest.approx(compromise, abs=1e-9)
    assert own.weighted_product(values, weights) == pytest.approx(product, abs=1e-9)


@pytest.mark.parametrize("values", RANDOM)
def test_the_weights_are_those_of_both_packages(values):
    for theirs in (entropy_weights(values), mcdm_weights.entropy_weights(values)):
        assert own.entropy_weights(values) == pytest.approx(theirs, abs=1e-9)
    for theirs in (critic_weights(values, np.ones(6)), mcdm_weights.critic_weights(values)):
        assert own.critic_weights(values) == pytest.approx(theirs, abs=1e-9)


# ---- laws ----


@pytest.mark.parametrize("method", own.METHODS)
@given(MATRIX, CHOSEN)
def test_scores_are_bounded_and_weights_are_ratios(method, values, weights):
    score = own.METHODS[method].score(values, weights)
    least = -1 if method.startswith("promethee") else 0
    assert ((score >= least - 1e-9) & (score <= 1 + 1e-9)).all()
    assert own.METHODS[method].score(values, 7 * weights) == pytest.approx(score, abs=1e-6)


@pytest.mark.parametrize("method", own.METHODS)
@given(MATRIX, CHOSEN)
def test_a_site_that_is_best_in_everything_is_never_behind(method, values, weights):
    values = np.vstack([values, values.max(axis=0)])
    score = own.METHODS[method].score(values, weights)
    assert score[-1] >= score.max() - 1e-9


@given(MATRIX)
def test_objective_weights_are_shares_and_what_tells_nothing_weighs_nothing(values):
    values = np.column_stack([values, np.full(len(values), 0.5)])
    for weights in (own.entropy_weights(values), own.critic_weights(values)):
        assert (weights >= -1e-12).all()
        assert weights[-1] == pytest.approx(0, abs=1e-9)
        assert weights.sum() == pytest.approx(1) or not weights.any()


@given(MATRIX, CHOSEN)
def test_net_flows_cancel_out(values, weights):
    assert own.promethee(values, weights, preference=0.25).sum() == pytest.approx(0, abs=1e-9)


def test_topsis_turns_the_winner_when_the_worst_site_leaves_and_the_sum_does_not():
    values, weights = np.array([[0.3, 0.7], [0.9, 0.3], [1.0, 0.0]]), np.ones(2)
    whole, without = own.topsis(values, weights), own.topsis(values[:2], weights)
    assert whole.argmin() == 2
    assert whole[0] > whole[1] + 0.05
    assert without[1] > without[0] + 0.05
    assert own.weighted_sum(values, weights)[:2] == pytest.approx(
        own.weighted_sum(values[:2], weights)
    )
    relative = {name for name, method in own.METHODS.items() if method.set_relative}
    assert relative == {"topsis", "vikor", "promethee_usual", "promethee_linear"}


@pytest.mark.parametrize("method", own.METHODS)
def test_ties_go_by_site_id_and_not_by_the_order_of_rows(method):
    values = np.tile([0.4, 0.6], (3, 1))
    judged = own.judge(method, values, np.ones(2), pd.Series(["c", "a", "b"]))
    assert judged.rank.tolist() == [3, 1, 2]
    assert np.ptp(judged.score) == 0


@pytest.mark.parametrize("method", own.METHODS)
def test_every_fault_is_named_at_once(method):
    values = np.array([[0.5, np.nan], [np.inf, 0.2]])
    with pytest.raises(SitingError) as caught:
        own.judge(method, values, np.array([0.5, -1.0]), ids(2))
    lines = [str(fault) for fault in caught.value.faults]
    assert len(lines) == 3
    assert any("not a number" in line and "row 1" in line for line in lines)
    assert any("negative" in line for line in lines)


@pytest.mark.parametrize(
    ("values", "weights", "words"),
    [
        (np.ones((3, 2)), np.ones(3), "do not fit"),
        (np.ones(3), np.ones(3), "do not fit"),
        (np.ones((3, 2)), np.zeros(2), "no weight is above zero"),
        (np.ones((1, 2)), np.ones(2), "fewer than two sites"),
    ],
)
def test_what_cannot_be_judged_is_refused(values, weights, words):
    with pytest.raises(SitingError, match=words):
        own.topsis(values, weights)


def test_a_product_and_an_entropy_of_values_below_zero_are_refused():
    values = np.array([[0.5, -0.1], [0.2, 0.3]])
    with pytest.raises(SitingError, match="below zero"):
        own.weighted_product(values, np.ones(2))
    with pytest.raises(SitingError, match="below zero"):
        own.entropy_weights(values)


@pytest.mark.parametrize(("q", "p"), [(-0.1, 0.2), (0.3, 0.2)])
def test_thresholds_out_of_order_are_refused(q, p):
    with pytest.raises(SitingError, match="thresholds"):
        own.promethee(np.eye(2), np.ones(2), indifference=q, preference=p)
