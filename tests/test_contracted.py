from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from geodata.network import load_network
from siting.freight.contracted import CORE, DROP, WAY, contract, laid_out, search
from siting.freight.layered import enter, layers, with_sources
from siting.freight.tariff import Rates

RATES = Rates(0.10, 0.08, 0.05, 0.03, 0.02, 0.005, 15.0, 30.0, 8.0)
TOWNS = np.array([[52.15, 10.33], [62.39, 17.31], [-6.97, 110.42], [35.05, -85.31], [64.1, -21.9]])


def graph_of(size: int, edges: dict[tuple[int, int], float]) -> csr_array:
    """Both directions of each edge, by hand and in order, so that free edges stay."""
    both = sorted({**edges, **{(b, a): usd for (a, b), usd in edges.items()}}.items())
    tails = [a for (a, _), _ in both]
    ends = np.searchsorted(tails, np.arange(size + 1))
    heads = [b for (_, b), _ in both]
    return csr_array(([usd for _, usd in both], heads, ends), shape=(size, size), dtype=float)


@st.composite
def graphs(draw: st.DrawFn) -> csr_array:
    """Draw a sparse graph, with pieces apart, chains, dead ends, ties and edges that are free."""
    size = draw(st.integers(2, 40))
    rng = np.random.default_rng(draw(st.integers(0, 10**6)))
    chain = {(i, i + 1): float(rng.integers(0, 9)) for i in range(size - 1) if rng.random() < 0.8}
    ends = rng.integers(0, size, (draw(st.integers(0, 3)) * size, 2))
    usd = rng.choice([rng.integers(0, 9, len(ends)).astype(float), rng.random(len(ends)) * 9])
    cross = {(min(e), max(e)): u for e, u in zip(ends.tolist(), usd.tolist(), strict=True)}
    return graph_of(size, chain | {(a, b): u for (a, b), u in cross.items() if a != b})


@settings(max_examples=150, deadline=None)
@given(graphs(), st.integers(0, 25))
def test_no_distance_moves(graph: csr_array, rounds: int) -> None:
    size = graph.shape[0]
    ways = laid_out(contract(graph, rounds), size)
    found = search(ways, np.arange(size)[:, None], np.zeros((size, 1)))
    np.testing.assert_allclose(found, dijkstra(graph), rtol=1e-12, atol=1e-12)


@settings(max_examples=50, deadline=None)
@given(graphs(), st.integers(0, 10**6))
def test_sources_enter_where_it_is_cheapest(graph: csr_array, seed: int) -> None:
    rng, size = np.random.default_rng(seed), graph.shape[0]
    node = rng.integers(0, size, (3, 4))
    usd = np.where(rng.random((3, 4)) < 0.3, np.inf, rng.random((3, 4)) * 20)
    found = search(laid_out(contract(graph), size), node, usd)
    apart = dijkstra(graph)
    wanted = (usd[:, :, None] + apart[node]).min(axis=1).T
    np.testing.assert_allclose(found, wanted, rtol=1e-12)


@pytest.mark.parametrize("mode", ["any", "sea"])
def test_the_world_is_as_far_as_it_was(mode: str) -> None:
    network = load_network()
    graph, entry = layers(network, RATES, mode), enter(network, RATES, TOWNS)
    steps, first = with_sources(graph, entry)
    plain = dijkstra(steps, indices=range(first, first + len(TOWNS)))[:, :first]
    where = np.zeros(len(network.mode), np.int64)
    where[graph.node[graph.start]] = graph.start
    ways = laid_out(contract(graph.usd), first)
    found = search(ways, where[entry.node], entry.usd)
    np.testing.assert_allclose(found.T, plain, rtol=1e-13)
    size = len(np.unique(graph.usd.nonzero()[0]))
    assert len(np.unique(ways.steps.nonzero()[0])) < (0.2 if mode == "any" else 1.01) * size


def test_chains_and_dead_ends_go_first() -> None:
    # a star of three arms of ten nodes each: nothing of it has to be searched
    edges = {(0, 1): 1.0, (0, 11): 1.0, (0, 21): 1.0}
    edges |= {(arm + i, arm + i + 1): 1.0 for arm in (1, 11, 21) for i in range(9)}
    ways = contract(graph_of(31, edges))
    assert not (ways["round"] == CORE).any()
    assert (np.bincount(ways["tail"], minlength=31) <= 3).all()


def undercut(ways: np.ndarray) -> int:
    """Count the edges of the core for which there is a cheaper way over a third node."""
    core = ways[ways["round"] == CORE]
    ends = zip(core["tail"].tolist(), core["head"].tolist(), strict=True)
    cost = dict(zip(ends, core["usd"].tolist(), strict=True))
    beyond: dict[int, list[tuple[int, float]]] = {}
    for (a, b), usd in cost.items():
        beyond.setdefault(a, []).append((b, usd))
    return len(
        {
            (a, c)
            for (a, b), usd in cost.items()
            for c, more in beyond[b]
            if usd + more < cost.get((a, c), 0)
        }
    )


def test_edges_that_are_undercut_are_dropped_from_the_core() -> None:
    size = 20
    node = np.arange(size * size).reshape(size, size)
    pairs = [(node[:, :-1], node[:, 1:]), (node[:-1], node[1:])]
    grid = {
        (int(a), int(b)): 1.0 + int(a) % 7
        for tails, heads in pairs
        for a, b in zip(tails.flat, heads.flat, strict=True)
    }
    before, after = (contract(graph_of(size * size, grid), rounds) for rounds in (DROP - 1, DROP))
    assert undercut(before) > 0
    assert undercut(after) == 0


def test_steps_that_run_one_way_are_left_alone() -> None:
    usd = csr_array(np.array([[0.0, 1.0, 0.0], [0.0, 0.0, 2.0], [4.0, 0.0, 0.0]]))
    ways = contract(usd)
    assert ways["round"].tolist() == [CORE] * 3
    found = search(laid_out(ways, 3), np.array([[0], [2]]), np.zeros((2, 1)))
    assert found.T.tolist() == [[0, 1, 3], [4, 5, 0]]


def test_a_graph_without_edges_reaches_its_sources_only() -> None:
    ways = contract(csr_array((3, 3), dtype=float))
    assert len(ways) == 0
    assert ways.dtype == WAY
    found = search(laid_out(ways, 3), np.array([[1]]), np.array([[2.5]]))
    assert found[:, 0].tolist() == [np.inf, 2.5, np.inf]


def test_same_graph_same_bytes() -> None:
    network = load_network()
    usd = layers(network, RATES, "road").usd
    assert contract(usd, 6).tobytes() == contract(usd.copy(), 6).tobytes()
