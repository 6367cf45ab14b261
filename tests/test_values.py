import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from siting.study.criteria import CRITERIA, PILLARS
from siting.study.values import ValueFunction

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


def test_unknown_stays_unknown():
    for shape in ("linear", "saturating"):
        assert np.isnan(ValueFunction(0, 1, shape)(np.array([np.nan])))[0]


@pytest.mark.parametrize("name", CRITERIA)
@given(a=finite, b=finite)
def test_every_criterion_is_monotone_and_bounded(name, a, b):
    function = CRITERIA[name].value
    low, high = function(np.array([min(a, b), max(a, b)]))
    assert 0 <= low <= 1
    assert 0 <= high <= 1
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
