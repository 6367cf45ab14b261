import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from siting.market import market
from siting.market.market import accessibility, nearest_customers, outlets, unserved

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


def sold_by_hand(kept, demand, capacity):
    """Place the output of one plant customer by customer."""
    left, sold = min(capacity, sum(demand)), [0.0] * len(demand)
    whole = left
    for i in sorted(range(len(demand)), key=lambda i: -kept[i]):
        sold[i] = min(left, demand[i])
        left -= sold[i]
    return [kt / whole for kt in sold]


def test_outlets_fill_where_most_is_kept_first():
    kept = np.array([[30.0, 90.0, 10.0], [50.0, 10.0, 60.0]], dtype=np.float32)
    share = outlets(kept, np.array([40.0, 20.0, 500.0]), 50.0)
    assert share.tolist() == [pytest.approx([0.6, 0.4, 0.0]), pytest.approx([0.0, 0.0, 1.0])]


def test_a_plant_larger_than_its_market_sells_to_all_of_it():
    kept = np.array([[10.0, -30.0, 5.0]], dtype=np.float32)
    share = outlets(kept, np.array([10.0, 30.0, 0.0]), 999.0)
    assert share[0].tolist() == pytest.approx([0.25, 0.75, 0.0])


margins = hnp.arrays(np.float32, (4, 5), elements=st.integers(-2000, 2000), unique=True)
buyers = st.lists(st.sampled_from([0.0, 0.5, 7.0, 12.0, 30.0]), min_size=5, max_size=5).filter(any)


@given(margins, buyers, st.floats(0.1, 200))
def test_outlets_are_those_of_a_seller_who_goes_from_door_to_door(kept, demand, capacity):
    share = outlets(kept, np.array(demand), capacity)
    assert share.sum(axis=1) == pytest.approx(np.ones(4), abs=1e-5)
    assert (share[:, np.array(demand) == 0] == 0).all()
    for row, found in zip(kept, share, strict=True):
        assert found == pytest.approx(sold_by_hand(row.tolist(), demand, capacity), abs=1e-5)


@given(margins, buyers, st.permutations(range(5)))
def test_order_of_customers_never_matters(kept, demand, order):
    demand = np.array(demand)
    turned = outlets(kept[:, order], demand[order], 20.0)
    assert turned == pytest.approx(outlets(kept, demand, 20.0)[:, order], abs=1e-6)


@given(st.integers(1, 7))
def test_blocks_of_places_equal_one(rows):
    kept = np.random.default_rng(1).normal(0, 300, (17, 6)).astype(np.float32)
    demand = np.array([5.0, 0.0, 12.0, 7.0, 30.0, 2.0])
    whole = outlets(kept, demand, 25.0)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(market, "BLOCK", rows)
        assert (outlets(kept, demand, 25.0) == whole).all()


def test_nearest_customers_skip_those_without_demand():
    freight = np.array([[5.0, 1.0, 3.0]], dtype=np.float32)
    assert nearest_customers(freight, np.array([1.0, 0.0, 1.0]), 8).tolist() == [[2, 0]]


@given(hnp.arrays(np.float32, (6, 40), elements=st.sampled_from([-np.inf, -1, -0.0, 0, 1, 2, 9])))
def test_best_first_is_a_stable_sort(kept):
    assert (market._best_first(kept) == np.argsort(-kept, axis=1, kind="stable")).all()


@given(freights, tonnes)
def test_several_weights_at_once_are_each_alone(freight, demand):
    both = accessibility(freight, np.column_stack([demand, 2 * demand]), 30.0)
    assert both[:, 0] == pytest.approx(accessibility(freight, demand, 30.0))
    assert both[:, 1] == pytest.approx(2 * both[:, 0])
