from __future__ import annotations

import numpy as np
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from maps.print import placing

SHEET = (12.0, 5.0)
SPOTS = st.lists(st.tuples(st.floats(0.2, 11.8), st.floats(0.2, 4.8)), min_size=1, max_size=25)


def gaps(spots: np.ndarray) -> np.ndarray:
    far = np.hypot(*np.moveaxis(spots[:, None] - spots[None], -1, 0))
    np.fill_diagonal(far, np.inf)
    return far


@given(SPOTS)
@settings(max_examples=40, deadline=None)
def test_settled_discs_keep_apart_and_on_the_sheet(places: list[tuple[float, float]]) -> None:
    home, radius = np.array(places), np.full(len(places), 0.1)
    spots = placing.settle(home, radius, SHEET)
    assert gaps(spots).min() > 0.2 * 0.93  # a hair may be left where all push from all sides
    assert (spots >= 0.1 - 1e-9).all()
    assert (spots <= np.array(SHEET) - 0.1 + 1e-9).all()


def test_what_touches_nothing_stays_and_one_heap_is_spread_about_its_place() -> None:
    home = np.array([[1.0, 1.0], *[[6.0, 2.5]] * 10])
    spots = placing.settle(home, np.full(11, 0.1), SHEET)
    assert (spots[0] == home[0]).all()
    assert np.abs(spots[1:].mean(axis=0) - home[1]).max() < 0.05
    assert np.hypot(*(spots[1:] - home[1]).T).max() < 0.6


def test_overlaps_agree_with_shapely() -> None:
    random = np.random.default_rng(3)
    some = placing.boxes(random.uniform(0, 4, (30, 2)), random.uniform(0.1, 1, (30, 2)))
    others = placing.boxes(random.uniform(0, 4, (20, 2)), random.uniform(0.1, 1, (20, 2)))
    areas = shapely.intersection(shapely.box(*some.T)[:, None], shapely.box(*others.T)[None])
    assert (placing.overlaps(some, others) == (shapely.area(areas) > 0)).all()


@given(SPOTS)
@settings(max_examples=40, deadline=None)
def test_names_touch_nothing_and_stay_on_the_sheet(places: list[tuple[float, float]]) -> None:
    marks, radius = np.array(places), np.full(len(places), 0.1)
    sizes = np.tile((1.4, 0.16), (len(places), 1))
    taken = placing.boxes(marks, np.full((len(places), 2), 0.2))
    room = np.array([0, 0, *SHEET])
    found = placing.names(marks, radius, sizes, taken, np.empty((0, 4)), room)
    spots = [spot for spot in found if spot is not None]
    names = placing.boxes(np.array(spots).reshape(-1, 2), sizes[: len(spots)])
    assert not placing.overlaps(names, taken).any()
    assert placing.overlaps(names, names).sum() == len(names)  # each only with itself
    assert (names[:, :2] >= 0).all()
    assert (names[:, 2:] <= SHEET).all()


def test_a_name_stands_right_of_a_lone_mark_and_flees_specks_and_edges() -> None:
    mark, radius, size = np.array([[6.0, 2.5]]), np.array([0.1]), np.array([[1.0, 0.16]])
    none, room = np.empty((0, 4)), np.array([0, 0, *SHEET])
    (right,) = placing.names(mark, radius, size, none, none, room)
    assert right is not None
    assert right[0] > 6.5
    specks = placing.boxes(np.array([[6.6, 2.5], [6.9, 2.5]]), np.full((2, 2), 0.1))
    (left,) = placing.names(mark, radius, size, none, specks, room)
    assert left is not None
    assert left[0] < 5.5
    (nowhere,) = placing.names(mark, radius, np.array([[20.0, 0.2]]), none, none, room)
    assert nowhere is None
