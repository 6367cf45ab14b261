"""Plain graphs on the sphere, and the few operations that turn a raw road file into a network.

All functions are pure and give the same answer for the same input, down to the order of edges.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import ConvexHull, cKDTree

from geodata.sphere import EARTH_KM, chord_to_km, km_to_chord, unit_vectors

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

_PRECISION_KM = 1e-3
_DETOUR_KM = 0.5  # a gate saves at least so much


@dataclass(frozen=True)
class Graph:
    """An undirected graph: nodes by `lat`, `lon` (degrees), edges by `u`, `v` and `km`."""

    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    u: NDArray[np.int64]
    v: NDArray[np.int64]
    km: NDArray[np.float64]

    def plus_edges(
        self, u: NDArray[np.int64], v: NDArray[np.int64], km: NDArray[np.float64]
    ) -> Graph:
        """Return the graph with more edges between its nodes."""
        return replace(
            self,
            u=np.concatenate([self.u, u]),
            v=np.concatenate([self.v, v]),
            km=np.concatenate([self.km, km]),
        )

    def plus_nodes(self, lat: NDArray[np.float64], lon: NDArray[np.float64]) -> Graph:
        """Return the graph with more nodes, numbered after its own."""
        return replace(
            self, lat=np.concatenate([self.lat, lat]), lon=np.concatenate([self.lon, lon])
        )

    def only_edges(self, edges: NDArray[np.bool_]) -> Graph:
        """Return the graph with the chosen edges and all its nodes."""
        return replace(self, u=self.u[edges], v=self.v[edges], km=self.km[edges])

    def only(self, nodes: NDArray[np.bool_]) -> Graph:
        """Return the part between the chosen nodes, numbered anew in their order."""
        number = np.cumsum(nodes) - 1
        edges = nodes[self.u] & nodes[self.v]
        return Graph(
            self.lat[nodes],
            self.lon[nodes],
            number[self.u[edges]],
            number[self.v[edges]],
            self.km[edges],
        )

    def matrix(self) -> csr_array:
        """Return the symmetric matrix of km; of parallel edges the shortest counts."""
        low, high = np.minimum(self.u, self.v), np.maximum(self.u, self.v)
        order = np.lexsort((self.km, high, low))
        order = order[low[order] != high[order]]
        pair = np.stack([low[order], high[order]])
        first = np.ones(len(order), bool)
        first[1:] = (pair[:, 1:] != pair[:, :-1]).any(axis=0)
        a, b, km = pair[0, first], pair[1, first], np.maximum(self.km[order][first], _PRECISION_KM)
        size = len(self.lat)
        both = (np.concatenate([a, b]), np.concatenate([b, a]))
        return coo_array((np.concatenate([km, km]), both), shape=(size, size)).tocsr()

    def components(self) -> NDArray[np.int64]:
        """Return the number of the piece that each node belongs to."""
        labels: NDArray[np.int64] = connected_components(self.matrix(), directed=False)[1]
        return labels.astype(np.int64)


def from_vectors(xyz: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return latitude and longitude in degrees of vectors of any length."""
    lat = np.degrees(np.arctan2(xyz[..., 2], np.hypot(xyz[..., 0], xyz[..., 1])))
    return lat, np.degrees(np.arctan2(xyz[..., 1], xyz[..., 0]))


def subdivide(graph: Graph, step_km: float) -> Graph:
    """Return the graph with every edge cut into pieces no longer than `step_km`."""
    pieces = np.ceil(graph.km / step_km).astype(np.int64).clip(min=1)
    edge = np.repeat(np.arange(len(pieces)), pieces - 1)
    start = np.cumsum(pieces - 1) - (pieces - 1)
    place = np.arange(len(edge)) - start[edge] + 1
    share = (place / pieces[edge])[:, None]
    xyz = unit_vectors(graph.lat, graph.lon)
    made = xyz[graph.u[edge]] * (1 - share) + xyz[graph.v[edge]] * share
    grown = graph.plus_nodes(*from_vectors(made))

    whole = pieces == 1
    number = len(graph.lat) + np.arange(len(edge))
    last = place == pieces[edge] - 1
    u = np.concatenate([graph.u[whole], np.where(place == 1, graph.u[edge], number - 1)])
    v = np.concatenate([graph.v[whole], number])
    km = np.concatenate([graph.km[whole], (graph.km / pieces)[edge]])
    return replace(
        grown,
        u=np.concatenate([u, number[last]]),
        v=np.concatenate([v, graph.v[edge[last]]]),
        km=np.concatenate([km, (graph.km / pieces)[edge[last]]]),
    )


def cell_representatives(
    lat: NDArray[np.float64], lon: NDArray[np.float64], size_km: float
) -> NDArray[np.bool_]:
    """Mark one node in every cube of `size_km` that the nodes touch: the nearest to its centre."""
    xyz = unit_vectors(lat, lon) * EARTH_KM / size_km
    cell = np.floor(xyz)
    off = ((xyz - cell - 0.5) ** 2).sum(axis=1)
    order = np.lexsort((np.arange(len(off)), off, *cell.T))
    first = np.ones(len(order), bool)
    first[1:] = (cell[order[1:]] != cell[order[:-1]]).any(axis=1)
    marked = np.zeros(len(order), bool)
    marked[order[first]] = True
    return marked


def gaps_between_pieces(
    graph: Graph, landmass: NDArray[np.int64], reach_km: float
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Return the shortest missing link of each two pieces on one landmass, up to `reach_km`.

    Returns
    -------
    u, v : ndarray of int
        Nodes to be joined.
    km : ndarray of float
        Great-circle distance between them.
    """
    label = graph.components()
    xyz = unit_vectors(graph.lat, graph.lon)
    size = np.bincount(label)
    reach = km_to_chord(reach_km)
    best: dict[tuple[int, int], tuple[float, int, int]] = {}
    order = np.argsort(label, kind="stable")
    start = np.concatenate([[0], np.cumsum(size)])
    for piece in np.argsort(-size, kind="stable")[1:]:
        own = order[start[piece] : start[piece + 1]]
        low, high = xyz[own].min(axis=0) - reach, xyz[own].max(axis=0) + reach
        near = np.flatnonzero(((xyz >= low) & (xyz <= high)).all(axis=1))
        near = near[label[near] != piece]
        if not len(near):
            continue
        chord, to = cKDTree(xyz[own]).query(xyz[near], distance_upper_bound=reach)
        hit = np.isfinite(chord)
        hit[hit] = landmass[near[hit]] == landmass[own[to[hit]]]
        for length, a, b in zip(chord[hit], near[hit], own[to[hit]], strict=True):
            pair = (min(label[a], piece), max(label[a], piece))
            best[pair] = min(best.get(pair, (np.inf, 0, 0)), (length, int(a), int(b)))
    links = [best[pair] for pair in sorted(best)]
    u = np.array([link[1] for link in links], np.int64)
    v = np.array([link[2] for link in links], np.int64)
    return u, v, chord_to_km(np.array([link[0] for link in links]))


def neighbours_on_sphere(graph: Graph) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the pairs of nodes that are neighbours in the Delaunay triangulation."""
    faces = ConvexHull(unit_vectors(graph.lat, graph.lon)).simplices
    pairs = np.concatenate([faces[:, [0, 1]], faces[:, [1, 2]], faces[:, [2, 0]]])
    pairs = np.unique(np.sort(pairs, axis=1), axis=0)
    return pairs[:, 0].astype(np.int64), pairs[:, 1].astype(np.int64)


def eliminate(
    graph: Graph, keep: NDArray[np.bool_], max_degree: int, gates: int
) -> tuple[Graph, NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Take out all nodes but `keep`, so that distances between those that stay are unchanged.

    A node that goes leaves a shortcut between each two of its neighbours, unless a way at least as
    short is there. A node with more than `max_degree` neighbours stays too.

    Returns
    -------
    core : Graph
        The nodes that stay, in their old order.
    node : ndarray of int, shape (core nodes,)
        Their old numbers.
    gate : ndarray of int, shape (n, gates)
        For every old node, the nearest core nodes (-1 where there are fewer).
    gate_km : ndarray of float, shape (n, gates)
        Distance to them (inf where there are fewer).
    """
    matrix = graph.matrix()
    bounds, columns, lengths = matrix.indptr, matrix.indices.tolist(), matrix.data.tolist()
    near: list[dict[int, float]] = [
        dict(zip(columns[a:b], lengths[a:b], strict=True)) for a, b in pairwise(bounds)
    ]
    stays = keep.copy()
    queue = [(len(near[i]), i) for i in np.flatnonzero(~keep).tolist()]
    heapq.heapify(queue)
    gone: list[tuple[int, dict[int, float]]] = []
    taken = np.zeros(len(near), bool)
    while queue:
        degree, i = heapq.heappop(queue)
        if taken[i] or degree != len(near[i]):
            continue
        if degree > max_degree:
            stays[i] = True
            continue
        taken[i] = True
        around = near[i]
        gone.append((i, around))
        _shortcut(near, i, around)
        for j in around:
            if not stays[j]:
                heapq.heappush(queue, (len(near[j]), j))
    node = np.flatnonzero(stays & ~taken)
    gate, gate_km = _gates(near, node, gone, gates)
    number = np.cumsum(stays & ~taken) - 1
    ends = [(number[i], number[j], km) for i in node for j, km in near[i].items() if i < j]
    u, v, km = np.array(ends, float).reshape(-1, 3).T
    core = Graph(graph.lat[node], graph.lon[node], u.astype(np.int64), v.astype(np.int64), km)
    return core, node, gate, gate_km


def _shortcut(near: list[dict[int, float]], i: int, around: dict[int, float]) -> None:
    """Join the neighbours of `i` to each other in its stead."""
    items = list(around.items())
    for j, _ in items:
        del near[j][i]
    for place, (a, to_a) in enumerate(items):
        for b, to_b in items[place + 1 :]:
            km = to_a + to_b
            if near[a].get(b, np.inf) <= km:
                continue
            small, large = (near[a], near[b]) if len(near[a]) < len(near[b]) else (near[b], near[a])
            if any(half + large.get(c, np.inf) <= km for c, half in small.items()):
                continue
            near[a][b] = near[b][a] = km


def _gates(
    near: list[dict[int, float]],
    node: NDArray[np.int64],
    gone: list[tuple[int, dict[int, float]]],
    gates: int,
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Walk back through the eliminated nodes: theirs are the gates of the neighbours they left."""
    ways_of: list[dict[int, float]] = [{} for _ in near]
    for i in node.tolist():
        ways_of[i] = {i: 0.0}
    for i, around in reversed(gone):
        merged: dict[int, float] = {}
        for j, km in around.items():
            for core, more in ways_of[j].items():
                if km + more < merged.get(core, np.inf):
                    merged[core] = km + more
        ways_of[i] = _useful(near, merged, gates)
    number = np.full(len(near), -1, np.int64)
    number[node] = np.arange(len(node))
    gate = np.full((len(near), gates), -1, np.int64)
    gate_km = np.full((len(near), gates), np.inf)
    for i, ways in enumerate(ways_of):
        gate[i, : len(ways)] = number[list(ways)] if ways else []
        gate_km[i, : len(ways)] = list(ways.values())
    return gate, gate_km


def _useful(near: list[dict[int, float]], ways: dict[int, float], gates: int) -> dict[int, float]:
    """Keep the nearest gates, without those that are hardly farther by way of a nearer one."""
    kept: dict[int, float] = {}
    for core, km in sorted(ways.items(), key=lambda item: (item[1], item[0])):
        limit = km + _DETOUR_KM
        if not any(first + near[other].get(core, np.inf) <= limit for other, first in kept.items()):
            kept[core] = km
            if len(kept) == gates:
                break
    return kept
