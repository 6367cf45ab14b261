from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from geodata.errors import SitingError
from geodata.network import Network, load_network
from geodata.sphere import chord_to_km, unit_vectors
from siting.freight.field import Fields
from siting.freight.freight import fields
from siting.freight.layered import direct, enter, road_rows
from siting.freight.tariff import Rates

RATES = Rates(0.10, 0.08, 0.05, 0.03, 0.02, 0.005, 15.0, 30.0, 8.0)
GOALS = np.array([[52.15, 10.33], [47.53, 21.63], [62.39, 17.31], [52.15, 10.33], [35.77, -5.80]])
POINTS = np.random.default_rng(4).uniform((34, -9), (64, 30), (1500, 2))


@pytest.fixture(scope="module")
def network() -> Network:
    return load_network()


@pytest.fixture(scope="module", params=["any", "sea"])
def field(
    request: pytest.FixtureRequest, network: Network, tmp_path_factory: pytest.TempPathFactory
) -> Fields:
    folder: Path = tmp_path_factory.mktemp("field")
    return fields(network, RATES, GOALS, mode=request.param, cache_dir=folder)


def oracle(field: Fields, network: Network) -> np.ndarray:
    """Every point by itself: each way in, then the straight ways, in plain loops."""
    goals, which = np.unique(GOALS, axis=0, return_inverse=True)
    here, there = enter(network, RATES, POINTS), enter(network, RATES, goals)
    rows = road_rows(network)
    cost = np.full((len(POINTS), len(goals)), np.inf, np.float32)
    for i in range(len(POINTS)):
        for node, usd in zip(here.node[i], here.usd[i], strict=True):
            if np.isfinite(usd):
                cost[i] = np.minimum(cost[i], field.usd[rows[node]] + np.float32(usd))
    if field._mode != "sea":
        for i, j, _, usd in zip(*direct(RATES, POINTS, here, goals, there), strict=True):
            cost[i, j] = min(cost[i, j], np.float32(usd))
    return cost[:, which.ravel()]


def test_at_is_the_cheapest_way_in_to_the_last_bit(field: Fields, network: Network) -> None:
    np.testing.assert_array_equal(field.at(POINTS), oracle(field, network))


def test_columns_are_those_asked_for(field: Fields) -> None:
    every = field.at(POINTS)
    some = np.array([4, 0, 0])
    np.testing.assert_array_equal(field.at(POINTS, some), every[:, some])
    parts = field.at_each(POINTS, [some, np.array([], int), np.array([2])])
    for part, columns in zip(parts, (some, [], [2]), strict=True):
        assert part.flags.c_contiguous
        assert part.dtype == np.float32
        np.testing.assert_array_equal(part, every[:, columns])
    with pytest.raises(IndexError):
        field.at(POINTS[:2], np.array([5]))


def test_threads_do_not_disturb_each_other(field: Fields) -> None:
    alone = field.at(POINTS)
    parts = np.array_split(POINTS, 6)
    with ThreadPoolExecutor(3) as pool:
        together = np.concatenate(list(pool.map(field.at, parts)))
    np.testing.assert_array_equal(together, alone)


def test_gap_is_the_way_to_the_nearest_road(field: Fields, network: Network) -> None:
    access = unit_vectors(network.access_lat, network.access_lon)
    nearest = [np.linalg.norm(access - here, axis=1).min() for here in unit_vectors(*POINTS[:40].T)]
    np.testing.assert_allclose(field.gap_km(POINTS[:40]), chord_to_km(np.array(nearest)), atol=1e-6)
    with pytest.raises(SitingError):
        field.gap_km(np.array([[91.0, 0.0]]))
