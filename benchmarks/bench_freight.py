"""Our cost matrix against scgraph's own search for each pair, on one network and in one process."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

import numpy as np
from scgraph import Graph as ScGraph

from geodata.geometry import layer
from geodata.load import table
from siting.freight.freight import Rates, cost_matrix, load_network
from siting.freight.layered import direct, enter, layers


def run(origins: int = 20, destinations: int = 10) -> dict[str, float]:
    """Measure both on `origins` x `destinations` pairs and compare the results.

    Returns
    -------
    dict
        pairs; ours_s and scgraph_s, seconds a pair; ratio, scgraph over ours; largest_difference,
        relative.
    """
    network, rates = load_network(), Rates.from_economics(table("anode_economics"))
    towns = layer("towns")[["lat", "lon"]].to_numpy(float)
    rng = np.random.default_rng(7)
    chosen = towns[rng.choice(len(towns), origins + destinations, replace=False)]
    start, goal = chosen[:origins], chosen[origins:]

    with tempfile.TemporaryDirectory() as folder:
        clock = time.perf_counter()
        ours = cost_matrix(network, rates, start, goal, jobs=1, cache_dir=Path(folder))
        ours_s = time.perf_counter() - clock

    # The same priced graph as dictionaries, with one more node for each of our points.
    graph = layers(network, rates, "any")
    steps = graph.usd
    rows = [
        dict(zip(steps.indices[a:b].tolist(), steps.data[a:b].tolist(), strict=True))
        for a, b in zip(steps.indptr[:-1], steps.indptr[1:], strict=True)
    ]
    # An origin has ways out only and a destination ways in only, so that neither is a short cut.
    leaving, arriving = enter(network, rates, start), enter(network, rates, goal)
    for node, usd in zip(leaving.node, leaving.usd, strict=True):
        open_ = np.isfinite(usd)
        rows.append(dict(zip(node[open_].tolist(), usd[open_].tolist(), strict=True)))
    for node, usd in zip(arriving.node, arriving.usd, strict=True):
        for n, price in zip(node.tolist(), usd.tolist(), strict=True):
            if np.isfinite(price):
                rows[n] = {**rows[n], len(rows): price}
        rows.append({})
    first = len(rows) - origins - destinations
    theirs_graph = ScGraph(rows)
    clock = time.perf_counter()
    theirs = np.array(
        [
            [
                theirs_graph.dijkstra(first + i, first + origins + j)["length"]
                for j in range(destinations)
            ]
            for i in range(origins)
        ]
    )
    scgraph_s = time.perf_counter() - clock
    point, to, _, usd = direct(rates, start, leaving, goal, arriving)
    theirs[point, to] = np.minimum(theirs[point, to], usd)

    pairs = origins * destinations
    return {
        "pairs": pairs,
        "ours_s": ours_s / pairs,
        "scgraph_s": scgraph_s / pairs,
        "ratio": scgraph_s / ours_s,
        "largest_difference": float(np.abs(ours / theirs - 1).max()),
    }


if __name__ == "__main__":
    for name, value in run().items():
        print(f"{name:>20} {value:.3g}")
