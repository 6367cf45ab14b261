from typing import get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from siting.study.criteria import CRITERIA, PILLARS
from siting.study.values import BOUNDS, Shape, ValueFunction

finite = st.floats(-1e6, 1e6, allow_nan=False)


def test_linear_hits_its_anchors_and_stops_there():
    power = ValueFunction(150, 30)
    assert power(np.array([200.0, 150.0, 90.0, 30.0, 0.0])).tolist() == [0, 0, 0.5, 1, 1]
    assert not power.more_is_better


def test_saturating_is_half_at_best_and_never_one():
    reach = ValueFunction(0, 20, "saturating")
    assert reach(np.array([-5.0, 0.0, 20.0, 60.0])).tolist() == [0, 0, 0.5, 0.75]
    assert reach(np.array([1e9]))[0] < 1
    assert reach.more_is_better


def test_unclipped_goes_on_beyond_both_anchors():
    cost = ValueFunction(5000, 2500, "unclipped")
    assert cost(np.array([7500.0, 5000.0, 3750.0, 2500.0, 0.0])).tolist() == [-1, 0, 0.5, 1, 2]
    assert not cost.more_is_better
    assert cost.most == np.inf


def test_nearness_is_one_at_hand_and_half_at_best():
    works = ValueFunction(0, 50, "nearness")
    assert works(np.array([-1.0, 0.0, 50.0, 150.0])).tolist() == [1, 1, 0.5, 0.25]
    assert works(np.array([np.inf])).tolist() == [0]
    assert not works.more_is_better


def test_a_logarithm_is_none_at_best_and_has_a_floor():
    entry = ValueFunction(0.02, 1, "logarithmic")
    expected = np.log([0.02, 0.02, 0.5, 1, 1])
    assert entry(np.array([0.0, 0.02, 0.5, 1, 3])) == pytest.approx(expected)
    assert entry.more_is_better
    assert entry.most == 0


def test_unknown_stays_unknown():
    for shape in get_args(Shape):
        assert np.isnan(ValueFunction(0.5, 1, shape)(np.array([np.nan])))[0]


@pytest.mark.parametrize("name", CRITERIA)
@given(value=st.floats(0.05, 0.95))
def test_a_value_turned_round_is_its_raw_figure(name, value):
    function = CRITERIA[name].value
    value = np.log(value) if function.shape == "logarithmic" else value
    assert function(np.array([function.raw(value)]))[0] == pytest.approx(value)


@pytest.mark.parametrize(
    ("worst", "best", "shape", "sound"),
    [
        (3, 3, "linear", False),
        (3, 3, "unclipped", False),
        (3, 3, "saturating", True),
        (0, 0, "saturating", False),
        (0, -1, "nearness", False),
        (0, 1, "logarithmic", False),
        (2, 1, "logarithmic", False),
        (0.1, 1, "logarithmic", True),
    ],
)
def test_anchors_are_sound_by_shape(worst, best, shape, sound):
    assert ValueFunction(worst, best, shape).sound is sound
    assert shape in BOUNDS


@pytest.mark.parametrize("name", CRITERIA)
@given(a=finite, b=finite)
def test_every_criterion_is_monotone_and_bounded(name, a, b):
    function = CRITERIA[name].value
    low, high = function(np.array([min(a, b), max(a, b)]))
    assert max(low, high) <= function.most
    if function.shape not in ("unclipped", "logarithmic"):
        assert min(low, high) >= 0
    assert function.sound
    assert (low <= high) if function.more_is_better else (low >= high)


@given(st.lists(finite, min_size=1, max_size=8), st.data())
def test_a_value_depends_on_nothing_but_its_own_raw_value(raws, data):
    function = CRITERIA["accessible_demand"].value
    i = data.draw(st.integers(0, len(raws) - 1))
    assert function(np.array(raws))[i] == function(np.array([raws[i]]))[0]


def test_every_criterion_has_a_pillar_a_unit_and_a_source():
    for criterion in CRITERIA.values():
        assert criterion.pillar in PILLARS
        assert criterion.unit
        assert len(criterion.source) > 10
