from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse.csgraph import dijkstra

from geodata.network import (
    FERRY_KM,
    PORT_KM,
    RAIL_KM,
    ROAD,
    ROAD_KM,
    SEA,
    SEA_KM,
    Network,
    load_network,
)
from geodata.sphere import chord_to_km, unit_vectors
from siting.freight.layered import (
    CIRCUITY,
    DIRECT_KM,
    access_tree,
    direct,
    enter,
    layers,
    with_sources,
)
from siting.freight.tariff import Rates

RATES = Rates(0.10, 0.08, 0.05, 0.03, 0.02, 0.005, 15.0, 30.0, 8.0)
TOWNS = np.array([[52.15, 10.33], [53.55, 9.99], [62.39, 17.31], [-6.97, 110.42], [35.05, -85.31]])


@pytest.fixture(scope="module")
def network() -> Network:
    return load_network()


@pytest.mark.parametrize(
    ("mode", "blocks", "kinds"),
    [
        ("road", 1, {ROAD_KM, FERRY_KM}),
        ("any", 1, {ROAD_KM, FERRY_KM, RAIL_KM, SEA_KM, PORT_KM, 5}),
        ("sea", 2, {ROAD_KM, FERRY_KM, SEA_KM, PORT_KM}),
    ],
)
def test_modes_use_their_own_edges(
    network: Network, mode: str, blocks: int, kinds: set[int]
) -> None:
    graph = layers(network, RATES, mode)
    assert set(np.unique(network.kind[graph.edge])) == kinds
    assert len(set(map(tuple, (graph.start, graph.end)))) == blocks
    assert (network.mode[graph.node[graph.start]] == ROAD).all()
    np.testing.assert_array_equal(graph.node[graph.start], graph.node[graph.end])
    assert (network.mode[graph.node[graph.deep]] == SEA).all()
    assert (graph.usd.data > 0).mean() > 0.999


@pytest.mark.parametrize("mode", ["road", "any"])
def test_priced_graph_is_symmetric(network: Network, mode: str) -> None:
    usd = layers(network, RATES, mode).usd
    assert abs(usd - usd.T).max() == 0


def test_one_voyage_and_no_more(network: Network) -> None:
    """In mode sea nothing leads back from the roads after the voyage."""
    graph = layers(network, RATES, "sea")
    after = np.zeros(len(graph.node), bool)
    after[graph.end] = True
    rows, columns = graph.usd.nonzero()
    assert not (after[rows] & ~after[columns]).any()
    assert (~after[rows] & after[columns]).any()


def test_points_enter_by_the_nearest_roads_of_their_land(network: Network) -> None:
    entry = enter(network, RATES, TOWNS)
    chord, near = access_tree(network).query(unit_vectors(*TOWNS.T))
    np.testing.assert_allclose(entry.gap_km, chord_to_km(chord))
    np.testing.assert_array_equal(entry.landmass, network.landmass[near])
    assert (network.mode[entry.node] == ROAD).all()
    reached = np.isfinite(entry.km)
    assert reached[:, 0].all()
    assert (entry.km[:, 0] >= entry.gap_km * CIRCUITY - 1e-9).all()
    rate = np.array([0.10, 0.10, 0.10, 0.10, 0.08])[:, None]
    np.testing.assert_allclose(entry.usd[reached], (entry.km * rate + 4)[reached])
    for row, ways in zip(entry.node, reached, strict=True):
        assert len(set(row[ways])) == ways.sum()


def test_sources_do_not_become_short_cuts(network: Network) -> None:
    graph = layers(network, RATES, "road")
    bare = dijkstra(graph.usd, indices=[0])
    steps, first = with_sources(graph, enter(network, RATES, TOWNS))
    assert steps.shape == (first + len(TOWNS),) * 2
    np.testing.assert_array_equal(dijkstra(steps, indices=[0])[:, :first], bare)


def test_straight_way_is_for_near_points_on_one_land() -> None:
    network = load_network()
    # Salzgitter, Hanover (48 km), Hamburg (157 km); two towns over the Strait of Messina
    lat = np.array([52.15, 52.37, 53.55, 38.22, 38.19])
    lon = np.array([10.33, 9.73, 9.99, 15.64, 15.55])
    points = np.stack([lat, lon], axis=1)
    entry = enter(network, RATES, points)
    a, b, km, usd = direct(RATES, points, entry, points, entry)
    ends = zip(a.tolist(), b.tolist(), strict=True)
    pairs = {pair: i for i, pair in enumerate(ends) if pair[0] < pair[1]}
    assert set(pairs) == {(0, 1)}
    at = pairs[0, 1]
    assert km[at] == pytest.approx(47.9 * CIRCUITY, rel=0.02)
    assert usd[at] == pytest.approx(km[at] * 0.10 + 8)
    assert km.max() <= DIRECT_KM * CIRCUITY
