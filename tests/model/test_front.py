"""The two orders of the zones and their Pareto front, by hand and by their definition."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from siting.model.front import front, price_rank

ZONES = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=1, max_size=12)


def test_front_and_rank_by_hand() -> None:
    share, price = np.array([0.5, 0.3, 0.1, 0.1]), np.array([4000.0, 3000.0, 3500.0, 2900.0])
    assert front(share, price).tolist() == [True, True, False, True]
    assert price_rank(price).tolist() == [4, 2, 3, 1]


def test_a_zone_without_an_estate_beats_nobody() -> None:
    share, price = np.array([0.5, 0.6]), np.array([4000.0, 3000.0])
    assert front(share, price, np.array([True, False])).tolist() == [True, False]
    assert front(share, price, np.array([False, False])).tolist() == [False, True]


@given(ZONES)
def test_a_zone_is_in_the_front_when_no_other_is_as_good_in_both_and_better_in_one(
    zones: list[tuple[int, int]],
) -> None:
    share, price = (np.array(column, dtype=float) for column in zip(*zones, strict=True))
    by_hand = [
        not any(s >= mine and p <= cost and (s > mine or p < cost) for s, p in zones)
        for mine, cost in zones
    ]
    assert front(share, price).tolist() == by_hand


@given(ZONES)
def test_ranks_are_a_permutation_and_the_cheapest_is_first(zones: list[tuple[int, int]]) -> None:
    price = np.array([p for _, p in zones], dtype=float)
    rank = price_rank(price)
    assert sorted(rank.tolist()) == list(range(1, len(zones) + 1))
    assert (np.diff(price[np.argsort(rank)]) >= 0).all()
