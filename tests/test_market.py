import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from siting.market import accessibility, mean_freight, nearest_customers, unserved

freights = hnp.arrays(np.float32, (4, 5), elements=st.floats(1, 300, width=32))
tonnes = hnp.arrays(float, 5, elements=st.floats(0, 100))


def test_accessibility_by_hand():
    freight = np.array([[0.0, 30.0], [60.0, 30.0]], dtype=np.float32)
    reach = accessibility(freight, np.array([10.0, 20.0]), 30.0)
    assert reach == pytest.approx([10 + 20 / np.e, 10 / np.e**2 + 20 / np.e], rel=1e-6)


@given(freights, tonnes)
def test_dearer_freight_never_reaches_more(freight, demand):
    near = accessibility(freight, demand, 30.0)
    far = accessibility(freight + np.float32(5), demand, 30.0)
    assert (far <= near + 1e-9).all()


def test_a_rival_serves_its_neighbour_first():
    # the rival stands beside the first customer and sells less than it buys
    freight = np.array([[1.0, 500.0]], dtype=np.float32)
    left = unserved(np.array([50.0, 50.0]), np.array([20.0]), freight, 30.0)
    assert left == pytest.approx([30.0, 50.0], abs=1e-4)


def test_without_rivals_all_is_unserved():
    empty = np.empty((0, 2), dtype=np.float32)
    assert unserved(np.array([3.0, 4.0]), np.empty(0), empty, 30.0).tolist() == [3.0, 4.0]


@given(freights, tonnes, hnp.arrays(float, 4, elements=st.floats(0, 200)))
def test_no_customer_is_left_less_than_nothing_or_more_than_it_buys(freight, demand, supply):
    left = unserved(demand, supply, freight, 60.0)
    assert (left >= 0).all()
    assert (left <= demand + 1e-9).all()
    more = unserved(demand, supply * 2, freight, 60.0)
    assert (more <= left + 1e-6).all()


def test_mean_freight_fills_the_cheapest_first():
    freight = np.array([[30.0, 10.0, 99.0]], dtype=np.float32)
    # 20 kt at 10, then 30 of the next 40 kt at 30
    assert mean_freight(freight, np.array([40.0, 20.0, 500.0]), 50.0) == pytest.approx([22.0])


def test_a_plant_larger_than_its_market_takes_the_mean_of_all():
    freight = np.array([[10.0, 30.0]], dtype=np.float32)
    assert mean_freight(freight, np.array([10.0, 10.0]), 999.0) == pytest.approx([20.0])


@given(freights, st.permutations(range(5)))
def test_order_of_customers_never_matters(freight, order):
    demand = np.array([5.0, 0.0, 12.0, 7.0, 30.0])
    turned = mean_freight(freight[:, order], demand[order], 20.0)
    assert turned == pytest.approx(mean_freight(freight, demand, 20.0), rel=1e-5)


def test_nearest_customers_skip_those_without_demand():
    freight = np.array([[5.0, 1.0, 3.0]], dtype=np.float32)
    assert nearest_customers(freight, np.array([1.0, 0.0, 1.0]), 8).tolist() == [[2, 0]]
