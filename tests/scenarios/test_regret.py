from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from siting.scenarios.regret import hurwicz, ranked, ranks_over, regrets, robust

# Three acts, four states; the criteria worked out by hand:
#        states          regret           largest  mean   least  most
#  a   2  2  0  1     2  2 4 1 -> 4                 1.25     0     2
#  b   1  1  1  1     3  3 3 1 -> 3                 1.00     1     1
#  c   0  4  0  0     4  0 4 2 -> 4                 1.00     0     4
#  d   4  3  0  0     0  1 4 2 -> 4                 1.75     0     4
#  e   0  0  4  2     4  4 0 0 -> 4                 1.50     0     4
SCORES = np.array(
    [[2, 2, 0, 1], [1, 1, 1, 1], [0, 4, 0, 0], [4, 3, 0, 0], [0, 0, 4, 2]], dtype=float
)
KEYS = pd.Series(list("abcde"))
EVEN = np.full(4, 0.25)
numbers = st.floats(0, 100, width=32)


def table(scores, ranks=None, probability=None, keys=None):
    scores = np.asarray(scores, dtype=float)
    ranks = np.ones(scores.shape, dtype=int) if ranks is None else np.asarray(ranks)
    count = scores.shape[1]
    keys = pd.Series([f"s{i:02}" for i in range(len(scores))]) if keys is None else keys
    chance = np.full(count, 1 / count) if probability is None else np.asarray(probability)
    return robust(keys, scores, ranks, scores.max(axis=0), chance)


def test_an_example_worked_by_hand():
    found = table(SCORES, keys=KEYS)
    assert regrets(SCORES, SCORES.max(axis=0)).tolist() == [
        [2, 2, 4, 1], [3, 3, 3, 1], [4, 0, 4, 2], [0, 1, 4, 2], [4, 4, 0, 0]
    ]  # fmt: skip
    assert found["regret_max"].tolist() == [4, 3, 4, 4, 4]
    assert found["regret_max_in"].tolist() == [3, 1, 1, 3, 1]
    assert found["regret_expected"].tolist() == [2.25, 2.5, 2.5, 1.75, 2.0]
    # Savage: b; the others tie at 4 and stand by their mean regret
    assert KEYS[np.argsort(found["robust_rank"])].tolist() == ["b", "d", "e", "a", "c"]
    assert KEYS[found["rank_laplace"].eq(1)].tolist() == ["d"]
    assert KEYS[found["rank_wald"].eq(1)].tolist() == ["b"]
    assert found["score_mean"].tolist() == [1.25, 1.0, 1.0, 1.75, 1.5]
    assert found["score_hurwicz"].tolist() == [1, 1, 2, 2, 2]


def test_one_likely_scenario_decides_what_is_expected_and_nothing_else():
    even, skewed = (table(SCORES, probability=p) for p in (EVEN, [0.01, 0.01, 0.97, 0.01]))
    assert even["rank_expected"].idxmin() == 3
    assert skewed["rank_expected"].idxmin() == 4
    for column in ("regret_max", "score_mean", "score_worst", "rank_laplace", "rank_wald"):
        assert even[column].equals(skewed[column])


@settings(max_examples=40)
@given(arrays(float, (5, 4), elements=numbers), arrays(float, 4, elements=numbers))
def test_points_that_all_get_in_a_scenario_move_no_regret(scores, gift):
    before, after = table(scores), table(scores + gift)
    for column in ("regret_max", "regret_expected"):
        assert after[column].to_numpy() == pytest.approx(before[column].to_numpy(), abs=1e-6)


@settings(max_examples=40)
@given(arrays(float, (4, 5), elements=numbers), arrays(float, 5, elements=numbers))
def test_what_is_nowhere_worse_is_worth_no_less_by_any_criterion(scores, more):
    found = table(np.vstack([scores, scores[0] + more]))
    for value, rank, sign in (
        ("regret_max", "robust_rank", 1), ("score_mean", "rank_laplace", -1),
        ("score_expected", "rank_expected", -1), ("score_worst", "rank_wald", -1),
        ("score_hurwicz", "rank_hurwicz", -1),
    ):  # fmt: skip
        less, more_of_it = sign * found[value].iloc[-1], sign * found[value].iloc[0]
        assert less <= more_of_it + 1e-9
        if less < more_of_it - 1e-6:
            assert found[rank].iloc[-1] < found[rank].iloc[0]


@settings(max_examples=40)
@given(arrays(float, (6, 3), elements=numbers), st.permutations(range(6)))
def test_the_order_of_rows_moves_nothing(scores, order):
    keys = pd.Series(list("abcdef"))
    before = table(scores, keys=keys).set_index(keys)
    shuffled = table(scores[list(order)], keys=keys[list(order)].reset_index(drop=True))
    shuffled.index = pd.Index(keys[list(order)])
    pd.testing.assert_frame_equal(shuffled.loc[before.index], before, check_names=False)


@given(arrays(float, (5, 4), elements=numbers))
def test_regret_is_never_negative_and_someone_has_none_in_each_scenario(scores):
    lost = regrets(scores, scores.max(axis=0))
    assert (lost >= 0).all()
    assert (lost.min(axis=0) == 0).all()


def test_hurwicz_runs_from_wald_to_the_best_that_may_come():
    assert hurwicz(SCORES, 0.0).tolist() == SCORES.min(axis=1).tolist()
    assert hurwicz(SCORES, 1.0).tolist() == SCORES.max(axis=1).tolist()


def test_ranks_beyond_the_list_stay_unknown_and_count_as_behind_all():
    found = ranks_over(np.array([[1, 0, 3], [0, 0, 7], [4, 2, 9]]))
    assert found["rank_best"].tolist() == [1, 7, 2]
    assert found["rank_median"].iloc[[0, 2]].tolist() == [3, 4]
    assert np.isnan(found["rank_median"].iloc[1])
    assert np.isnan(found["rank_worst"].iloc[:2]).all()
    assert found["rank_worst"].iloc[2] == 9


def test_how_often_among_the_first_counts_scenarios_and_their_probability():
    ranks = [[1, 10, 11, 0], [2, 25, 26, 1]]
    found = table(np.zeros((2, 4)), ranks, [0.4, 0.3, 0.2, 0.1])
    assert found["times_first"].tolist() == [1, 1]
    assert found["times_top10"].tolist() == [2, 2]
    assert found["times_top25"].tolist() == [3, 3]
    assert found["p_top10"].tolist() == pytest.approx([0.7, 0.5])


def test_equals_stand_by_the_second_value_and_then_by_their_key():
    keys = pd.Series(["b", "a", "c"])
    assert ranked(np.zeros(3), np.zeros(3), keys).tolist() == [2, 1, 3]
    assert ranked(np.array([1, 1 + 1e-12, 0]), np.array([0, 1, 0]), keys).tolist() == [2, 3, 1]
