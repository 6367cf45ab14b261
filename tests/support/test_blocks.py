"""What is worked in blocks has the bytes of what is worked at once."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from siting.model.appraisal import Appraisal, appraise
from siting.model.plan import Plan
from siting.study.study import Study
from siting.support import blocks
from siting.support.blocks import Far, remembered

LARGE = np.arange(60.0).reshape(12, 5)
ROWS = st.integers(-12, 11)


@given(
    st.one_of(
        ROWS,
        st.lists(ROWS, max_size=20).map(lambda rows: np.array(rows, dtype=np.intp)),
        st.lists(st.booleans(), min_size=12, max_size=12).map(np.array),
        st.builds(slice, ROWS, ROWS),
        st.tuples(ROWS, st.just(np.array([4, 0]))),
        st.tuples(st.just(np.array([3, 3, 1])), st.just(np.array([0, 4, 2]))),
        st.just(np.ix_([7, 2, 7], [1, 3])),
        st.tuples(st.just(slice(None)), st.integers(0, 4)),
    )
)
def test_rows_worked_out_are_those_that_numpy_picks(at: object) -> None:
    far = Far(LARGE.shape, lambda rows: LARGE[rows])
    assert len(far) == len(LARGE)
    np.testing.assert_array_equal(far[at], LARGE[at])  # type: ignore[index]


def test_the_last_rows_are_remembered_up_to_a_block(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "PLACES", 10)
    made: list[int] = []
    some = remembered(lambda rows: made.append(len(rows)) or rows.sum())
    few, many = np.arange(3), np.arange(9)
    assert [some(few), some(few), some(many), some(many), some(few)] == [3, 3, 36, 36, 3]
    assert made == [3, 9, 3]  # the many left no room for the few


@pytest.fixture(scope="module")
def scattered(nordic: Plan) -> pd.DataFrame:
    """Some 1,300 places: those of a plan, moved a little each time."""
    rng = np.random.default_rng(5)
    times = -(-1300 // len(nordic.places))
    places = pd.concat([nordic.places] * times, ignore_index=True)
    moved = places[["lat", "lon"]] + rng.uniform(-0.2, 0.2, (len(places), 2))
    return places.assign(lat=moved["lat"], lon=moved["lon"])


@pytest.fixture(scope="module")
def at_once(nordic: Plan, nordic_study: Study, scattered: pd.DataFrame) -> Appraisal:
    return appraise(nordic_study, nordic.facts, nordic.demand, scattered)


@pytest.fixture(scope="module")
def in_blocks(nordic: Plan, nordic_study: Study, scattered: pd.DataFrame) -> Iterator[Appraisal]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocks, "HELD", 100)
        patch.setattr(blocks, "PLACES", 512)
        yield appraise(nordic_study, nordic.facts, nordic.demand, scattered)


def test_every_number_is_that_of_places_appraised_at_once(
    at_once: Appraisal, in_blocks: Appraisal
) -> None:
    np.testing.assert_array_equal(in_blocks.utility, at_once.utility)
    for name in ("raw", "level", "imputed", "outcome", "stack"):
        pd.testing.assert_frame_equal(
            getattr(in_blocks.measures, name), getattr(at_once.measures, name), check_exact=True
        )


def test_rows_asked_for_later_are_those_of_the_matrices(
    at_once: Appraisal, in_blocks: Appraisal
) -> None:
    assert isinstance(in_blocks.measures.landed.sold, Far)
    rows = np.array([1200, 7, 7, 513])
    for name in ("freight", "duty", "sold"):
        one, other = (getattr(of.measures.landed, name) for of in (in_blocks, at_once))
        np.testing.assert_array_equal(one[rows], other[rows])
    for name in ("pays", "pays_from"):
        one, other = (getattr(of.measures, name) for of in (in_blocks, at_once))
        np.testing.assert_array_equal(one[rows], other[rows])
    for name in ("cost", "low", "high"):
        one, other = (getattr(of.measures.landed.take(rows), name) for of in (in_blocks, at_once))
        np.testing.assert_array_equal(one, other)
    np.testing.assert_array_equal(
        in_blocks.customers.feed_freight[rows], at_once.customers.feed_freight[rows]
    )
