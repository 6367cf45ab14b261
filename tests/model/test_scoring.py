"""The one weighted sum and its chances: what must hold of any values and weights."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from siting.model.scoring import (
    ODDS,
    by_country,
    chance,
    contributions,
    odds,
    rank_order,
    utility,
)

CRITERIA = ["a", "b", "c"]
GOLDEN = Path(__file__).parents[1] / "golden" / "scoring.json"
# costs go on beyond their anchors and the chance of entry is a logarithm: values are not in [0, 1]
value = st.floats(-4, 2)
tables = hnp.arrays(float, st.tuples(st.integers(2, 8), st.just(3)), elements=value)
weightings = hnp.arrays(float, 3, elements=st.floats(0, 5))


def columns(values):
    return dict(zip(CRITERIA, np.asarray(values).T, strict=True))


def weights_of(weights):
    return dict(zip(CRITERIA, map(float, weights), strict=True))


def score(values, weights):
    return utility(columns(values), weights_of(weights))


@given(tables, weightings)
def test_the_sum_is_that_of_plain_arithmetic_and_of_its_contributions(values, weights):
    plain = [sum(w * v for w, v in zip(weights, row, strict=True)) for row in values]
    assert score(values, weights) == pytest.approx(plain, abs=1e-12)
    frame = pd.DataFrame(values, columns=CRITERIA)
    parts = contributions(frame, pd.Series(weights, CRITERIA))
    assert parts.sum(axis=1).to_numpy() == pytest.approx(plain, abs=1e-12)


@given(tables, weightings, st.permutations(CRITERIA))
def test_no_order_of_columns_moves_a_bit(values, weights, order):
    turned = {name: columns(values)[name] for name in order}
    own = {name: weights_of(weights)[name] for name in order}
    assert utility(turned, own).tobytes() == score(values, weights).tobytes()


@given(tables, weightings, st.randoms())
def test_no_order_of_places_moves_a_bit(values, weights, random):
    rows = list(range(len(values)))
    random.shuffle(rows)
    assert score(values[rows], weights).tobytes() == score(values, weights)[rows].tobytes()


@given(tables, weightings, st.data())
def test_the_dominated_never_outranks_its_dominator(values, weights, data):
    i = data.draw(st.integers(0, len(values) - 1))
    better = np.maximum(values[i], data.draw(hnp.arrays(float, 3, elements=value)))
    scores = score(np.vstack([values, better]), weights)
    assert scores[-1] >= scores[i] - 1e-12
    assert chance(scores)[-1] >= chance(scores)[i] * (1 - 1e-9)


@given(tables, weightings, st.data())
def test_odds_between_two_places_depend_on_nobody_else(values, weights, data):
    others = data.draw(tables)
    alone = score(values[:2], weights)
    among = score(np.vstack([values[:2], others]), weights)
    assert among[:2].tobytes() == alone.tobytes()
    assert np.diff(np.log(chance(among)[:2])) == pytest.approx(ODDS * np.diff(alone), abs=1e-6)
    assert np.log(odds(alone[1:] - alone[0])) == pytest.approx(ODDS * np.diff(alone), abs=1e-6)


@given(tables, weightings, st.floats(-3, 3))
def test_chances_sum_to_one_and_only_differences_of_scores_count(values, weights, lift):
    scores = score(values, weights)
    assert chance(scores).sum() == pytest.approx(1, abs=1e-12)
    assert chance(scores + lift) == pytest.approx(chance(scores), abs=1e-9)


def test_chances_of_scores_far_apart_stay_finite():
    found = chance(np.array([-1e4, 0.0, 1e4]))
    assert found.tolist() == [0.0, 0.0, 1.0]


@given(tables, st.integers(1, 5), st.data())
def test_broadcasting_over_draws_equals_one_by_one(values, draws, data):
    weights = data.draw(hnp.arrays(float, (3, draws), elements=st.floats(0, 5)))
    moved = data.draw(hnp.arrays(float, (len(values), draws), elements=value))
    drawn = dict(zip(CRITERIA, weights, strict=True))
    for given_values in (columns(values), columns(values) | {"b": moved}):
        together = utility(given_values, drawn)
        assert together.shape == (len(values), draws)
        for d in range(draws):
            one = {k: v if v.ndim == 1 else v[:, d] for k, v in given_values.items()}
            alone = utility(one, weights_of(weights[:, d]))
            assert together[:, d] == pytest.approx(alone, abs=1e-12)
            assert chance(together)[:, d] == pytest.approx(chance(alone), abs=1e-9)


@given(tables, weightings, st.data())
def test_drawn_values_under_fixed_weights_equal_one_by_one(values, weights, data):
    moved = data.draw(hnp.arrays(float, (len(values), 3), elements=value))
    together = utility(columns(values) | {"c": moved}, weights_of(weights))
    for d in range(3):
        alone = utility(columns(values) | {"c": moved[:, d]}, weights_of(weights))
        assert together[:, d] == pytest.approx(alone, abs=1e-12)


@given(tables, weightings, st.floats(0.1, 10))
def test_only_ratios_of_weights_move_the_order(values, weights, scale):
    scores = score(values, weights)
    gaps = np.abs(np.subtract.outer(scores, scores))[~np.eye(len(scores), dtype=bool)]
    assume(gaps.min() > 1e-6)
    key = pd.Series([f"s{i}" for i in range(len(values))])
    order = rank_order(scores, key)
    assert rank_order(score(values, scale * weights), key).tolist() == order.tolist()


def test_an_unknown_value_is_never_scored():
    message = "^values must be finite; impute what is unknown first$"
    for unknown in (np.nan, np.inf):
        with pytest.raises(ValueError, match=message):
            utility({"a": np.array([0.5, unknown])}, {"a": 1.0})


def test_scores_are_finite_although_their_sum_is_not():
    large = np.array([1e308, 1e308])
    with np.errstate(over="ignore"):
        assert utility({"a": large}, {"a": 1.0}).tolist() == large.tolist()


def test_the_chance_of_a_country_is_the_sum_over_its_places():
    countries = pd.Series(["FI", "DE", "FI"], index=[7, 8, 9])  # whatever the rows are called
    found = by_country(np.array([0.125, 0.25, 0.625]), countries)
    assert found.to_dict() == {"DE": 0.25, "FI": 0.75}


def test_ties_are_broken_by_key_not_by_input_order():
    key = pd.Series(["b", "c", "a"])
    assert rank_order(np.array([0.5, 0.7, 0.5]), key).tolist() == [1, 2, 0]
    assert rank_order(np.array([0.5, 0.7, 0.5 + 1e-15]), key).tolist() == [1, 2, 0]


@pytest.mark.skipif(not GOLDEN.is_file(), reason="no golden vectors")
def test_golden_vectors_by_independent_arithmetic():
    cases = json.loads(GOLDEN.read_text("utf-8"))["cases"]
    assert cases
    for case in cases:
        values = {k: np.array(v, dtype=float) for k, v in case["values"].items()}
        own, weights = utility(values, case["weights"]), case["weights"]
        plain = np.zeros(len(own))
        for name, weight in weights.items():
            plain += weight * values[name]
        powers = np.exp(case["odds"] * (plain - plain.max()))
        assert case["odds"] == ODDS
        for computed in (own, plain):
            assert computed == pytest.approx(case["utility"], abs=1e-12), case["name"]
        for computed in (chance(own), powers / powers.sum()):
            assert computed == pytest.approx(case["chance"], abs=1e-12), case["name"]
