from __future__ import annotations

from unittest import mock

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse.csgraph import shortest_path

from geodata.build import graphs
from geodata.build.graphs import Graph


def random_graph(seed: int, nodes: int = 40, edges: int = 70) -> Graph:
    rng = np.random.default_rng(seed)
    u, v = rng.integers(0, nodes, (2, edges))
    apart = u != v
    return Graph(
        rng.uniform(40, 45, nodes),
        rng.uniform(5, 10, nodes),
        u[apart],
        v[apart],
        rng.integers(1, 1000, edges)[apart].astype(float),
    )


def distances(graph: Graph) -> np.ndarray:
    return shortest_path(graph.matrix(), directed=False)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from([2, 4, 30]))
def test_elimination_keeps_every_distance(seed: int, max_degree: int) -> None:
    graph = random_graph(seed)
    keep = np.random.default_rng(seed + 1).random(len(graph.lat)) < 0.2
    core, node, gate, gate_km = graphs.eliminate(graph, keep, max_degree, 40)
    exact = distances(graph)
    assert keep[keep].all() == np.isin(np.flatnonzero(keep), node).all()
    np.testing.assert_allclose(distances(core), exact[np.ix_(node, node)])
    # a gate is never nearer than it is, and the way through the gates is never shorter
    way, km = np.nonzero(gate >= 0)
    assert (gate_km[way, km] >= exact[way, node[gate[way, km]]] - 1e-9).all()


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000))
def test_gates_lead_to_the_core_by_the_shortest_way(seed: int) -> None:
    graph = random_graph(seed)
    keep = np.random.default_rng(seed + 1).random(len(graph.lat)) < 0.2
    with mock.patch.object(graphs, "_DETOUR_KM", 0.0):
        core, node, gate, gate_km = graphs.eliminate(graph, keep, 30, 40)
    within = distances(core)
    exact = distances(graph)[:, node]
    for i in range(len(graph.lat)):
        ways = gate[i] >= 0
        if not ways.any():
            assert np.isinf(exact[i]).all()
            continue
        through = (gate_km[i, ways, None] + within[gate[i, ways]]).min(axis=0)
        np.testing.assert_allclose(through, exact[i])


def test_subdivided_edges_are_short_and_as_long_together() -> None:
    graph = random_graph(3)
    fine = graphs.subdivide(graph, 25.0)
    assert fine.km.max() <= 25.0
    assert fine.km.sum() == pytest.approx(graph.km.sum())
    np.testing.assert_allclose(distances(fine)[:40, :40], distances(graph))


def test_points_laid_along_an_edge_stand_on_the_great_circle() -> None:
    none = np.array([0])
    graph = Graph(np.array([0.0, 0.0]), np.array([170.0, -170.0]), none, none + 1, np.array([30.0]))
    fine = graphs.subdivide(graph, 10.0)
    # equal pieces of the chord are nearly equal pieces of the arc, across the antimeridian too
    np.testing.assert_allclose(fine.lat, 0, atol=1e-12)
    np.testing.assert_allclose(np.abs(fine.lon[2:]), 176.6, atol=0.2)


def test_cells_have_one_representative_each() -> None:
    rng = np.random.default_rng(5)
    lat, lon = rng.uniform(-60, 60, 4000), rng.uniform(-180, 180, 4000)
    marked = graphs.cell_representatives(lat, lon, 400.0)
    cell = np.floor(graphs.unit_vectors(lat, lon) * graphs.EARTH_KM / 400)
    assert len(np.unique(cell[marked], axis=0)) == marked.sum() == len(np.unique(cell, axis=0))


def test_gap_is_found_on_one_landmass_only() -> None:
    lat = np.array([50.0, 50.0, 50.0, 50.0, 51.0])
    lon = np.array([0.0, 0.10, 0.13, 0.2, 0.2])
    graph = Graph(lat, lon, np.array([0, 2]), np.array([1, 3]), np.array([8.0, 6.0]))
    u, v, km = graphs.gaps_between_pieces(graph, np.zeros(5, int), 10.0)
    assert {*u.tolist(), *v.tolist()} == {1, 2}
    assert km == pytest.approx([2.14], abs=0.02)
    assert not len(graphs.gaps_between_pieces(graph, np.array([0, 0, 1, 1, 1]), 10.0)[0])
    assert not len(graphs.gaps_between_pieces(graph, np.zeros(5, int), 2.0)[0])


def test_parallel_edges_count_once_and_loops_not_at_all() -> None:
    graph = Graph(
        np.zeros(3),
        np.zeros(3),
        np.array([0, 1, 0, 2]),
        np.array([1, 0, 1, 2]),
        np.array([5.0, 3.0, 4.0, 1.0]),
    )
    assert graph.matrix().toarray().tolist() == [[0, 3, 0], [3, 0, 0], [0, 0, 0]]


def test_parts_of_a_graph_are_numbered_anew() -> None:
    graph = random_graph(8)
    chosen = np.arange(40) % 2 == 0
    part = graph.only(chosen)
    assert len(part.lat) == 20
    pairs = {
        (float(graph.lat[a]), float(graph.lat[b])) for a, b in zip(graph.u, graph.v, strict=True)
    }
    assert {
        (float(part.lat[a]), float(part.lat[b])) for a, b in zip(part.u, part.v, strict=True)
    } <= pairs
