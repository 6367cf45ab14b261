"""The priced graph made small before it is searched, without moving any distance.

Nodes are eliminated in rounds, as in contraction hierarchies (Geisberger et al. 2008): those go
whose degree is the least among their neighbours, and their neighbours are joined by what the way
over them costs. Chains and dead ends go first, by themselves. Edges that a way over a third node
undercuts are dropped. A search then climbs from its source into the core that is left, and the
nodes eliminated are read off their neighbours, round by round backwards, for many sources at once
(PHAST, Delling et al. 2011).
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Ways = NDArray[Any]

ROUNDS, DROP = 20, 4  # of elimination; after every so many of them dear edges are dropped
CORE = 255  # the round of edges that no round has eliminated
WAY = np.dtype([("round", "u1"), ("tail", "i4"), ("head", "i4"), ("usd", "f8")])
_THREADS, _CHUNK = 2, 1 << 15  # edges a task


def contract(steps: csr_array, rounds: int = ROUNDS) -> Ways:
    """Return the ways that a search has to know.

    Parameters
    ----------
    steps : csr_array, shape (nodes, nodes)
        USD/t of each step. Where it costs otherwise to go than to come, nothing is contracted.
    rounds : int

    Returns
    -------
    ndarray of WAY
        Sorted by round, tail and head. From nodes eliminated in a round to neighbours that outlast
        it, one way; in round `CORE` the edges of the core, both ways.
    """
    tail = np.repeat(np.arange(steps.shape[0]), np.diff(steps.indptr))
    head, usd = steps.indices.astype(np.int64), steps.data
    if abs(steps - steps.T).max() > 0:
        return _ways(CORE, tail, head, usd)
    size = steps.shape[0]
    once = tail < head
    edge, usd = _cheapest(tail[once] * size + head[once], usd[once])
    found = []
    for number in range(rounds):
        p, q = np.divmod(edge, size)
        gone = _least_joined(p, q, size)
        first, second = gone[p], gone[q]
        tail = np.concatenate([p[first], q[second]])
        head = np.concatenate([q[first], p[second]])
        found.append(_ways(number, tail, head, np.concatenate([usd[first], usd[second]])))
        a, b = _pairs(found[-1]["tail"])
        joined = found[-1]["head"][a] * np.int64(size) + found[-1]["head"][b]
        over = found[-1]["usd"][a] + found[-1]["usd"][b]
        kept = ~(first | second)
        edge, usd = _cheapest(
            np.concatenate([edge[kept], joined]), np.concatenate([usd[kept], over])
        )
        if number % DROP == DROP - 1:
            edge, usd = _undercut_dropped(edge, usd, size)
    p, q = np.divmod(edge, size)
    both = np.concatenate([p, q]), np.concatenate([q, p]), np.concatenate([usd, usd])
    return np.concatenate([*found, _ways(CORE, *both)])


@dataclass(frozen=True, eq=False)
class Contracted:
    """Ways laid out for the search.

    Attributes
    ----------
    level : ndarray of int, shape (nodes,)
        Round in which a node was eliminated, `CORE` for those that were not.
    core : ndarray of int, shape (core nodes,)
        Those that were not.
    steps : csr_array, shape (core nodes, core nodes)
        USD/t of each step between them.
    up : csr_array, shape (nodes, nodes)
        USD/t from nodes eliminated to neighbours that outlast them.
    rounds : tuple
        From the last to the first: the nodes of a round, those with the most ways first; then for
        the first way, the second and so on of as many nodes as have one, its head and USD/t.
    """

    level: NDArray[np.uint8]
    core: Ints
    steps: csr_array
    up: csr_array
    rounds: tuple[tuple[Ints, tuple[tuple[Ints, Floats], ...]], ...]


def laid_out(ways: Ways, size: int) -> Contracted:
    """Lay out the ways of `contract` for a graph of `size` nodes."""
    last = np.searchsorted(ways["round"], np.arange(CORE + 1))
    climbing, inner = ways[: last[CORE]], ways[last[CORE] :]
    level = np.full(size, CORE, np.uint8)
    level[climbing["tail"]] = climbing["round"]
    core = np.flatnonzero(level == CORE)
    steps = _graph(
        np.searchsorted(core, inner["tail"]),
        np.searchsorted(core, inner["head"]),
        inner["usd"],
        len(core),
    )
    up = _graph(climbing["tail"], climbing["head"], climbing["usd"], size)
    rounds = (ways[start:stop] for start, stop in pairwise(last.tolist()) if start < stop)
    return Contracted(level, core, steps, up, tuple(map(_by_turns, rounds))[::-1])


def search(graph: Contracted, node: Ints, usd: Floats) -> Floats:
    """Return USD/t from each source to every node, shape (nodes, sources).

    Parameters
    ----------
    graph : Contracted
    node : ndarray of int, shape (sources, entries)
        Where a source enters the graph.
    usd : ndarray of float, shape (sources, entries)
        USD/t of entering there, inf where it does not.
    """
    count, width = len(graph.core), len(node)
    source, at, price = _climb(graph, node, usd)
    inner = graph.level[at] == CORE
    leaving = _graph(
        source[inner] + count,
        np.searchsorted(graph.core, at[inner]),
        price[inner],
        count + width,
    )
    both = csr_array(
        (
            np.concatenate([graph.steps.data, leaving.data]),
            np.concatenate([graph.steps.indices, leaving.indices]),
            np.concatenate([graph.steps.indptr[:-1], leaving.indptr[count:] + graph.steps.nnz]),
        ),
        shape=leaving.shape,
    )
    found = dijkstra(both, indices=range(count, count + width))
    reached = np.full((len(graph.level), width), np.inf)
    reached[graph.core] = found[:, :count].T
    reached[at[~inner], source[~inner]] = price[~inner]
    for own, turns in graph.rounds:
        best = reached[own]
        for head, more in turns:
            over = reached[head]
            over += more[:, None]
            np.minimum(best[: len(head)], over, out=best[: len(head)])
        reached[own] = best
    return reached


def _climb(graph: Contracted, node: Ints, usd: Floats) -> tuple[Ints, Ints, Floats]:
    """Return source, node and USD/t of all that lies upwards of the entries."""
    size = len(graph.level)
    source, entry = np.nonzero(np.isfinite(usd))
    key, price = _cheapest(source * size + node[source, entry], usd[source, entry])
    for number in range(len(graph.rounds)):
        at = key % size
        here = np.flatnonzero(graph.level[at] == number)
        first, stop = graph.up.indptr[at[here]], graph.up.indptr[at[here] + 1]
        start, way = _runs(here, first, stop - first)
        head = graph.up.indices[way] + (key[start] // size) * size
        over = price[start] + graph.up.data[way]
        key, price = _cheapest(np.concatenate([key, head]), np.concatenate([price, over]))
    return *np.divmod(key, size), price


def _graph(tail: Ints, head: Ints, usd: Floats, size: int) -> csr_array:
    """Return steps as a graph; those that cost nothing stay."""
    order = np.argsort(tail, kind="stable")
    ends = np.concatenate([[0], np.cumsum(np.bincount(tail, minlength=size))]).astype(np.int32)
    return csr_array((usd[order], head[order].astype(np.int32), ends), shape=(size, size))


def _by_turns(ways: Ways) -> tuple[Ints, tuple[tuple[Ints, Floats], ...]]:
    """Return the ways of one round as `Contracted.rounds` has them."""
    first = np.flatnonzero(np.diff(ways["tail"], prepend=-1))
    count = np.diff(first, append=len(ways))
    order = np.argsort(-count, kind="stable")
    first, count = first[order], count[order]
    turns = (ways[first[: np.searchsorted(-count, -k)] + k] for k in range(count[0]))
    own = ways["tail"][first].astype(np.int64)
    return own, tuple((turn["head"].astype(np.int64), turn["usd"].copy()) for turn in turns)


def _ways(number: int, tail: Ints, head: Ints, usd: Floats) -> Ways:
    order = np.lexsort((head, tail))
    ways = np.empty(len(order), WAY)
    ways["round"] = number
    for name, values in (("tail", tail), ("head", head), ("usd", usd)):
        ways[name] = values[order]
    return ways


def _least_joined(p: Ints, q: Ints, size: int) -> NDArray[np.bool_]:
    """Tell which nodes have a lower degree than all their neighbours; a hash breaks ties."""
    degree = np.bincount(p, minlength=size) + np.bincount(q, minlength=size)
    mixed = np.arange(size, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    degree = (degree << 32) + (mixed >> np.uint64(32)).astype(np.int64)
    least = np.ones(size, bool)
    least[np.where(degree[p] < degree[q], q, p)] = False
    return least


def _cheapest(edge: Ints, usd: Floats) -> tuple[Ints, Floats]:
    """Return each edge once, sorted, with its least cost."""
    order = np.argsort(edge)
    edge, usd = edge[order], usd[order]
    first = np.flatnonzero(np.diff(edge, prepend=-1))
    return edge[first], np.minimum.reduceat(usd, first) if len(first) else usd


def _pairs(tail: NDArray[np.integer], rows: slice = slice(None)) -> tuple[Ints, Ints]:
    """Return the pairs (a, b), a < b and a in `rows`, of ways that leave one node (sorted)."""
    a = np.arange(len(tail))[rows]
    return _runs(a, a + 1, np.searchsorted(tail, tail[a], side="right") - a - 1)


def _runs(label: Ints, first: Ints, length: Ints) -> tuple[Ints, Ints]:
    """Return each label as often as its run is long, and beside it the numbers of the run."""
    before = np.cumsum(length) - length
    return np.repeat(label, length), np.arange(length.sum()) + np.repeat(first - before, length)


def _undercut_dropped(edge: Ints, usd: Floats, size: int) -> tuple[Ints, Floats]:
    """Drop edges for which there is a cheaper way over a third node.

    Strictly cheaper: then both edges of that way are cheaper than the edge that goes, so that some
    way remains when they go themselves.
    """
    p, q = np.divmod(edge, size)

    def undercut(start: int) -> Ints:
        """Return the longest sides of triangles, each triangle seen from its lowest node."""
        a, b = _pairs(p, slice(start, start + _CHUNK))
        across = q[a] * size + q[b]
        c = np.minimum(np.searchsorted(edge, across), len(edge) - 1)
        closed = edge[c] == across
        sides = np.stack([a[closed], b[closed], c[closed]])
        cost = usd[sides]
        longest: Ints = sides[2 * cost > cost.sum(axis=0)]
        return longest

    stays = np.ones(len(edge), bool)
    with ThreadPoolExecutor(_THREADS) as pool:
        for sides in pool.map(undercut, range(0, len(edge), _CHUNK)):
            stays[sides] = False
    return edge[stays], usd[stays]
