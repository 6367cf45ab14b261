import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from pymcdm.methods import WSM
from scipy.special import rel_entr

from siting.model.scoring import mix, rank_order, score_strategy, split

CRITERIA = ["a", "b", "c"]
unit = st.floats(0, 1)
tables = hnp.arrays(float, st.tuples(st.integers(1, 8), st.just(3)), elements=unit)
weightings = hnp.arrays(float, 3, elements=st.floats(0.01, 1)).map(lambda w: w / w.sum())


def plan_of(values, weights, price, entry, prior=(0.5, 0.5)):
    """Score two strategies, one through the gates and one with turned weights, and mix them."""
    frame = pd.DataFrame(values, columns=CRITERIA)
    first = score_strategy(frame, pd.Series(weights, CRITERIA), price, entry)
    second = score_strategy(frame, pd.Series(weights[::-1], CRITERIA), np.ones(len(frame)), entry)
    strategies = {"first": first, "second": second}
    single = {name: s.score for name, s in strategies.items()}
    score, shares = mix(single, dict(zip(strategies, prior, strict=True)), 12.0)
    return strategies, score, shares


def test_weighted_sum_agrees_with_pymcdm():
    rng = np.random.default_rng(7)
    values, weights = rng.random((200, 3)), np.array([0.5, 0.3, 0.2])
    ones = np.ones(200)
    ours = score_strategy(
        pd.DataFrame(values, columns=CRITERIA), pd.Series(weights, CRITERIA), ones, ones
    )
    theirs = WSM(normalization_function=lambda x, cost=False: x)(values, weights, np.ones(3))
    assert ours.score == pytest.approx(theirs, abs=1e-12)


def test_an_unknown_value_is_never_scored():
    frame = pd.DataFrame({"a": [0.5, np.nan]})
    with pytest.raises(ValueError, match="finite"):
        score_strategy(frame, pd.Series({"a": 1.0}), np.ones(2), np.ones(2))


@given(tables, weightings, st.data())
def test_the_split_adds_up_and_its_signs_hold(values, weights, data):
    gates = hnp.arrays(float, len(values), elements=unit)
    price, entry = data.draw(gates), data.draw(gates)
    strategies, score, shares = plan_of(values, weights, price, entry)
    parts = split(strategies, shares, score)
    assert parts.sum(axis=1).to_numpy() == pytest.approx(score, abs=1e-9)
    assert (parts[CRITERIA] >= -1e-12).all(axis=None)
    assert (parts[["price_gate", "entry_gate", "mixture"]] <= 1e-9).all(axis=None)
    assert ((score >= 0) & (score <= 1)).all()


@given(tables, weightings)
def test_what_the_mixture_takes_is_the_divergence_from_the_prior(values, weights):
    ones = np.ones(len(values))
    strategies, score, shares = plan_of(values, weights, ones, ones, prior=(0.3, 0.7))
    divergence = rel_entr(shares.to_numpy(), np.array([0.3, 0.7])).sum(axis=1)
    expected = sum(shares[n].to_numpy() * s.score for n, s in strategies.items()) - divergence / 12
    assert score == pytest.approx(expected, abs=1e-9)


@given(tables, weightings, st.data())
def test_the_dominated_never_outranks_its_dominator(values, weights, data):
    gates = hnp.arrays(float, len(values), elements=unit)
    price, entry = data.draw(gates), data.draw(gates)
    i = data.draw(st.integers(0, len(values) - 1))
    gain = data.draw(hnp.arrays(float, 3, elements=unit))
    values = np.vstack([values, np.maximum(values[i], gain)])
    price, entry = np.append(price, price[i]), np.append(entry, entry[i])
    _, score, _ = plan_of(values, weights, price, entry)
    assert score[-1] >= score[i] - 1e-12


@given(tables, weightings, st.data())
def test_no_score_moves_when_others_come_or_go(values, weights, data):
    ones = np.ones(len(values))
    keep = data.draw(st.lists(st.integers(0, len(values) - 1), min_size=1, unique=True))
    _, whole, _ = plan_of(values, weights, ones, ones)
    _, part, _ = plan_of(values[keep], weights, ones[keep], ones[keep])
    assert part == pytest.approx(whole[keep], abs=1e-12)


@given(tables, weightings, st.permutations(CRITERIA))
def test_column_order_never_matters(values, weights, columns):
    frame, ones = pd.DataFrame(values, columns=CRITERIA), np.ones(len(values))
    leaves = pd.Series(weights, CRITERIA)
    straight = score_strategy(frame, leaves, ones, ones).score
    turned = score_strategy(frame[columns], leaves[columns], ones, ones).score
    assert straight.tobytes() == turned.tobytes()


def test_a_strategy_without_prior_takes_no_part():
    score, shares = mix({"x": np.array([0.9]), "y": np.array([0.4])}, {"x": 0.0, "y": 1.0}, 12.0)
    assert score == pytest.approx([0.4])
    assert shares.iloc[0].to_dict() == {"x": 0.0, "y": 1.0}


def test_ties_are_broken_by_key_not_by_input_order():
    key = pd.Series(["b", "c", "a"])
    assert rank_order(np.array([0.5, 0.7, 0.5]), key).tolist() == [1, 2, 0]
