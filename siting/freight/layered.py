"""The network layered by mode, and how a point on the map enters it.

Nodes are layered by mode, so that a change of mode is an edge and has its price. Loading is
charged half at each end of a road or rail leg, which makes every cost the same in both directions.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array
from scipy.spatial import cKDTree

from geodata.network import (
    FERRY_KM,
    PORT_KM,
    RAIL_KM,
    ROAD,
    ROAD_KM,
    SEA,
    SEA_KM,
    TERMINAL_KM,
    Network,
)
from geodata.sphere import chord_to_km, km_to_chord, unit_vectors
from siting.freight.tariff import Rates, edge_usd, in_america
from siting.support import cache

if TYPE_CHECKING:
    from numpy.typing import NDArray

CIRCUITY = 1.3  # road over great circle (Ballou et al. 2002: 1.2 to 1.5 in most countries)
DIRECT_KM = 100.0  # nearer than this, on one landmass, a truck may also go straight
_FORMAT = 1  # of the cached graph; raise it when the meaning of the numbers changes
_ARRAYS = ("edge", "node", "deep", "start", "end")  # of a graph, beside its steps
NEAREST, ENTRIES = 4, 6  # access points looked at, and ways into the network kept, per point


@dataclass(frozen=True, eq=False)
class Layers:
    """The priced graph of one mode.

    Attributes
    ----------
    usd : csr_array, shape (nodes, nodes)
        USD/t of each step, in both directions.
    edge : ndarray of int, shape (steps,)
        Edge of the network behind each stored step.
    node : ndarray of int, shape (nodes,)
        Node of the network behind each layered node.
    deep : ndarray of bool, shape (nodes,)
        Nodes of the deep-sea layer.
    start, end : ndarray of int, shape (road nodes,)
        Layered node of each road node where a journey starts and ends.
    """

    usd: csr_array
    edge: NDArray[np.int64]
    node: NDArray[np.int64]
    deep: NDArray[np.bool_]
    start: NDArray[np.int64]
    end: NDArray[np.int64]


def layers(network: Network, rates: Rates, mode: str) -> Layers:
    """Build the priced graph of `mode`: "any", "road" or "sea"."""
    size = len(network.lat)
    is_road, is_sea = network.mode == ROAD, network.mode == SEA
    road = np.flatnonzero(is_road)
    # Each block of layered nodes repeats network nodes: everything, deep sea; in mode sea also the
    # roads after the voyage.
    deep_node = size + np.cumsum(is_sea) - 1
    after_node = size + int(is_sea.sum()) + np.cumsum(is_road) - 1
    after = road if mode == "sea" else road[:0]
    node = np.concatenate([np.arange(size), np.flatnonzero(is_sea), after])
    deep = np.zeros(len(node), bool)
    deep[size : size + int(is_sea.sum())] = True

    u, v, kind = network.u.astype(np.int64), network.v.astype(np.int64), network.kind
    onland = np.isin(kind, (ROAD_KM, FERRY_KM))
    byrail = np.isin(kind, (RAIL_KM, TERMINAL_KM))
    lane, port = kind == SEA_KM, kind == PORT_KM  # a port edge runs from road to sea
    short, long = edge_usd(network, rates), edge_usd(network, rates, deep=True)
    edges = np.arange(len(u))
    parts: list[tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64], NDArray[np.int64]]]
    parts = []

    def both(
        chosen: NDArray[np.bool_],
        a: NDArray[np.int64],
        b: NDArray[np.int64],
        usd: NDArray[np.float64],
    ) -> None:
        one(chosen, a, b, usd)
        one(chosen, b, a, usd)

    def one(
        chosen: NDArray[np.bool_],
        a: NDArray[np.int64],
        b: NDArray[np.int64],
        usd: NDArray[np.float64],
    ) -> None:
        parts.append((a[chosen], b[chosen], usd[chosen], edges[chosen]))

    both(onland, u, v, short)
    end = road
    if mode != "road":
        both(lane, u, v, short)
        both(lane, deep_node[u], deep_node[v], long)
    if mode == "any":
        both(byrail, u, v, short)
        both(port, u, v, short)
        both(port, u, deep_node[v], long)
    elif mode == "sea":
        end = after_node[road]
        both(onland, after_node[u], after_node[v], short)
        one(port, u, v, short)
        one(port, u, deep_node[v], long)
        one(port, v, after_node[u], short)
        one(port, deep_node[v], after_node[u], long)
    a, b, usd, edge = (np.concatenate([part[i] for part in parts]) for i in range(4))
    order, first = _cheapest_first(a * len(node) + b, usd)
    a, b, usd, edge = a[order], b[order], usd[order], edge[order]
    indptr = np.concatenate([[0], np.cumsum(np.bincount(a[first], minlength=len(node)))])
    steps = csr_array(
        (usd[first], b[first].astype(np.int32), indptr.astype(np.int32)),
        shape=(len(node), len(node)),
    )
    return Layers(steps, edge[first], node, deep, road, end)


def kept_layers(network: Network, rates: Rates, mode: str) -> Layers:
    """Return the priced graph from the cache, where it was built before."""
    key = cache.digest("layers", _FORMAT, network_digest(network), rates, mode)

    @lru_cache(maxsize=1)
    def built() -> dict[str, NDArray[np.generic]]:
        graph = layers(network, rates, mode)
        steps = graph.usd
        own = {"data": steps.data, "indices": steps.indices, "indptr": steps.indptr}
        return own | {name: getattr(graph, name) for name in _ARRAYS}

    data, indices, indptr, *rest = (
        cache.array(cache.digest(key, name), lambda name=name: built()[name])  # type: ignore[misc]
        for name in ("data", "indices", "indptr", *_ARRAYS)
    )
    nodes = len(indptr) - 1
    return Layers(csr_array((data, indices, indptr), shape=(nodes, nodes)), *rest)


@lru_cache(maxsize=2)
def network_digest(network: Network) -> str:
    """Return a key of the content of a network."""
    return cache.digest(network)


def _cheapest_first(
    pair: NDArray[np.int64], usd: NDArray[np.float64]
) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """Return the order by pair of nodes, then price, and which row in it is the first of a pair."""
    order = np.argsort(pair, kind="stable")
    ordered = pair[order]
    first = np.ones(len(pair), dtype=bool)
    first[1:] = ordered[1:] != ordered[:-1]
    # few pairs have several ways: only these need the slower sort by two keys
    many = np.flatnonzero(~first | ~np.append(first[1:], True))
    order[many] = order[many][np.lexsort((usd[order[many]], ordered[many]))]
    return order, first


@lru_cache(maxsize=2)
def access_tree(network: Network) -> cKDTree:
    """Return the search tree over the access points."""
    return cKDTree(unit_vectors(network.access_lat, network.access_lon))


@dataclass(frozen=True, eq=False)
class Entry:
    """How points enter the network.

    Attributes
    ----------
    node : ndarray of int, shape (points, ENTRIES)
        Road nodes (0 where there are fewer).
    usd, km : ndarray of float, shape (points, ENTRIES)
        Half a loading and the road to them (inf where there are fewer).
    gap_km : ndarray of float, shape (points,)
        Great circle to the nearest access point.
    landmass : ndarray of int, shape (points,)
        Land under the point.
    """

    node: NDArray[np.int64]
    usd: NDArray[np.float64]
    km: NDArray[np.float64]
    gap_km: NDArray[np.float64]
    landmass: NDArray[np.int64]


def enter(network: Network, rates: Rates, points: NDArray[np.float64]) -> Entry:
    """Find the ways of each point (lat, lon in degrees) into the road net of its own land."""
    chord, near = access_tree(network).query(unit_vectors(*points.T), k=NEAREST)
    gap = chord_to_km(chord)
    land = network.landmass[near]
    gate = network.gate[near]
    km = (gap * CIRCUITY)[:, :, None] + network.gate_km[near].astype(float)
    km[(gate < 0) | (land != land[:, :1])[:, :, None]] = np.inf
    node, km = gate.reshape(len(points), -1), km.reshape(len(points), -1)
    order = np.lexsort((km, node), axis=1)
    node, km = np.take_along_axis(node, order, 1), np.take_along_axis(km, order, 1)
    km[:, 1:][node[:, 1:] == node[:, :-1]] = np.inf
    order = np.argsort(km, axis=1, kind="stable")[:, :ENTRIES]
    node, km = np.take_along_axis(node, order, 1), np.take_along_axis(km, order, 1)
    node = np.where(np.isfinite(km), node, 0)
    rate = rates.road(in_america(points[:, 0], points[:, 1]))[:, None]
    usd = km * rate + rates.loading_usd_per_t / 2
    return Entry(node.astype(np.int64), usd, km, gap[:, 0], land[:, 0].astype(np.int64))


def with_sources(graph: Layers, entry: Entry) -> tuple[csr_array, int]:
    """Return the steps with one more node for each point, and the number of the first of these."""
    open_ = np.isfinite(entry.usd)
    to = np.zeros(len(graph.node), np.int64)
    to[graph.node[graph.start]] = graph.start
    extra = np.concatenate([[0], np.cumsum(open_.sum(axis=1))])
    first = graph.usd.shape[0]
    steps = csr_array(
        (
            np.concatenate([graph.usd.data, entry.usd[open_]]),
            np.concatenate([graph.usd.indices, to[entry.node[open_]].astype(np.int32)]),
            np.concatenate([graph.usd.indptr, graph.usd.indptr[-1] + extra[1:].astype(np.int32)]),
        ),
        shape=(first + len(entry.node), first + len(entry.node)),
    )
    return steps, first


@lru_cache(maxsize=2)
def road_rows(network: Network) -> NDArray[np.int64]:
    """Return the place of each node among the road nodes (meaningless for other nodes)."""
    return np.cumsum(network.mode == ROAD) - 1


def direct(
    rates: Rates,
    points: NDArray[np.float64],
    entry: Entry,
    targets: NDArray[np.float64],
    target_entry: Entry,
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
    """Price the straight way by truck between points and targets near each other on one land.

    Returns
    -------
    point, target : ndarray of int
        The pairs, sorted.
    km, usd : ndarray of float
        Road km and USD/t of each.
    """
    here, there = unit_vectors(*points.T), unit_vectors(*targets.T)
    reach = km_to_chord(DIRECT_KM)
    near = cKDTree(here).sparse_distance_matrix(cKDTree(there), reach, output_type="ndarray")
    near = near[entry.landmass[near["i"]] == target_entry.landmass[near["j"]]]
    near = near[np.lexsort((near["j"], near["i"]))]
    point, target = near["i"].astype(np.int64), near["j"].astype(np.int64)
    km = chord_to_km(near["v"]) * CIRCUITY
    rate = rates.road(in_america(*((points[point] + targets[target]) / 2).T))
    return point, target, km, km * rate + rates.loading_usd_per_t
