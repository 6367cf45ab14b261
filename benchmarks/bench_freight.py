"""Our cost matrix against a search for each pair, on one priced graph and in one process."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import networkx as nx
import numpy as np
from scgraph import Graph as ScGraph
from scipy.sparse import csr_array

from benchmarks.comparison import Comparison, Result, peak_mb, timed
from geodata.geometry import layer
from geodata.load import table
from siting.freight.freight import Rates, fields, load_network
from siting.freight.layered import direct, enter, layers
from siting.market.customers import STOPS, coordinates

Rows = list[dict[int, float]]
SCGRAPH, NETWORKX = 12, 4  # pairs searched by each peer


def run(origins: int = 16_384, destinations: int | None = None) -> Result:
    """Measure the matrix from towns to plants, from an empty cache, and the peers on some pairs.

    Returns
    -------
    Result
        Comparisons; figures of the parts: seconds of the first field, of one from the cache and of
        one with a destination more; microseconds a row; bytes of the cache.
    """
    network, rates = load_network(), Rates.from_economics(table("anode_economics"))
    towns = layer("towns")[["lat", "lon"]].to_numpy(float)
    start = towns[np.random.default_rng(7).choice(len(towns), origins)]
    goal = np.concatenate([coordinates(table(name)) for name in STOPS])[:destinations]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        field, cold = timed(lambda: fields(network, rates, goal, cache_dir=folder))
        cost, asked = timed(lambda: field.at(start))
        _, again = timed(lambda: field.at(start), 3)
        _, warm = timed(lambda: fields(network, rates, goal, cache_dir=folder), 3)
        peak = peak_mb()
        size = sum(path.stat().st_size for path in folder.iterdir())
        moved = np.vstack([goal, towns[:1]])
        _, more = timed(lambda: fields(network, rates, moved, cache_dir=folder))

    rng = np.random.default_rng(8)
    pairs = np.stack([rng.integers(0, origins, SCGRAPH), rng.integers(0, len(goal), SCGRAPH)])
    leaving, arriving = start[pairs[0]], goal[pairs[1]]
    here, there = enter(network, rates, leaving), enter(network, rates, arriving)
    straight = np.full((SCGRAPH, SCGRAPH), np.inf)
    point, to, _, usd = direct(rates, leaving, here, arriving, there)
    straight[point, to] = usd
    rows = _rows(layers(network, rates, "any").usd)
    first = len(rows)
    # An origin has ways out only and a destination ways in only, so that neither is a short cut.
    for node, price in zip(here.node, here.usd, strict=True):
        rows.append(dict(zip(node.tolist(), price.tolist(), strict=True)))
    for number, (node, price) in enumerate(zip(there.node, there.usd, strict=True)):
        for n, p in zip(node.tolist(), price.tolist(), strict=True):
            rows[n][first + SCGRAPH + number] = p
        rows.append({})
    rows = [{to: p for to, p in row.items() if np.isfinite(p)} for row in rows]

    def compared(peer: str, search: Callable[[int, int], float], count: int) -> Comparison:
        ends = [(first + i, first + SCGRAPH + i) for i in range(count)]
        found, seconds = timed(lambda: [search(a, b) for a, b in ends])
        theirs = np.minimum(found, straight.diagonal()[:count])
        ours = cost[pairs[0, :count], pairs[1, :count]]
        return Comparison(
            f"least-cost freight of {cost.shape[0]:,} x {cost.shape[1]} pairs, empty cache",
            cold + asked,
            peer,
            seconds / count * cost.size,
            peak,
            float(np.abs(ours / theirs - 1).max()),
            f"{count} pairs",
        )

    theirs = ScGraph(rows)
    graph = nx.DiGraph()
    for tail, row in enumerate(rows):
        graph.add_weighted_edges_from((tail, head, price) for head, price in row.items())
    return Result(
        (
            compared("scgraph dijkstra", lambda a, b: theirs.dijkstra(a, b)["length"], SCGRAPH),
            compared(
                "networkx shortest_path_length",
                lambda a, b: nx.shortest_path_length(graph, a, b, weight="weight"),
                NETWORKX,
            ),
        ),
        {
            "first field (s)": cold,
            "field from the cache (s)": warm,
            "field with one destination more (s)": more,
            "cost of a point to all destinations (us)": again / origins * 1e6,
            "cache on disk (MB)": size / 1e6,
        },
    )


def _rows(steps: csr_array) -> Rows:
    """Return a sparse graph as a dictionary for each node."""
    return [
        dict(zip(steps.indices[a:b].tolist(), steps.data[a:b].tolist(), strict=True))
        for a, b in zip(steps.indptr[:-1], steps.indptr[1:], strict=True)
    ]
