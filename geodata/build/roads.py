"""Read the highways and railways of scgraph_data, and correct what is known to be broken."""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree

from geodata.build.graphs import (
    Graph,
    cell_representatives,
    eliminate,
    from_vectors,
    gaps_between_pieces,
    neighbours_on_sphere,
)
from geodata.errors import Fault, raise_if
from geodata.sphere import EARTH_KM, chord_to_km, great_circle_km, unit_vectors

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from geodata.build.land import Land

SNAP_KM = 20.0  # ends of hand-made links must lie this near to a road or railway
TIES, TIE_KM = 6, 4.0
STRAIT_KM = 2.5  # pieces so near are joined whatever lies between
# Local roads: size of the cells whose points are looked at, least and greatest km supplied. The
# first pass corrects cities, the second joins valleys.
LOCAL_PASSES = ((5.0, 0.7, 12.0), (15.0, 5.0, 35.0))
LOCAL_DEGREE, LOCAL_DETOUR = 6, 3.0  # supplied where the way round is so many times longer
WINDING = 1.4  # km of an unknown local road per great-circle km
DRY_SHARE = 0.9  # of a supplied road
TILE_KM = 150.0


def read_graph(name: str) -> Graph:
    """Read a graph of scgraph_data: ``world_highways`` or ``world_railways``."""
    from scgraph.geograph import GeoGraph  # noqa: PLC0415 - only the build environment has it

    # scgraph_data 2 asks for a module that scgraph 3 has renamed
    shim = ModuleType("scgraph.core")
    shim.GeoGraph = GeoGraph  # type: ignore[attr-defined]  # a stand-in module
    sys.modules["scgraph.core"] = shim
    raw = getattr(import_module(f"scgraph_data.{name}"), f"{name}_geograph")
    place = np.array(raw.nodes, float)
    degree = np.array([len(near) for near in raw.graph])
    u = np.repeat(np.arange(len(degree)), degree)
    v = np.fromiter((j for near in raw.graph for j in near), np.int64, degree.sum())
    km = np.fromiter((k for near in raw.graph for k in near.values()), float, degree.sum())
    once = u < v
    return Graph(place[:, 0], place[:, 1], u[once], v[once], km[once])


def with_links(graph: Graph, links: pd.DataFrame) -> tuple[Graph, NDArray[np.int64]]:
    """Add hand-made links between the nodes nearest to their ends.

    Returns
    -------
    graph : Graph
        The old edges, then one a link, in the order of `links`.
    ends : ndarray of int, shape (links, 2)
        The nodes they join.

    Raises
    ------
    SitingError
        For every link with an end too far from the graph.
    """
    xyz = unit_vectors(graph.lat, graph.lon)
    tree = cKDTree(xyz)
    ends, faults = [], []
    for side in ("from", "to"):
        lat, lon = (links[f"{side}_{axis}"].to_numpy(float) for axis in ("lat", "lon"))
        chord, node = tree.query(unit_vectors(lat, lon))
        ends.append(node.astype(np.int64))
        faults += [
            Fault(
                "freight_links.csv",
                f"{links['link_id'].iloc[i]}: {km:.0f} km from the nearest road or railway",
                f"move it to within {SNAP_KM:.0f} km",
                column=f"{side}_lat",
            )
            for i, km in enumerate(chord_to_km(chord))
            if km > SNAP_KM
        ]
    raise_if(faults)
    # The nearest road may be a stub of its own, so each end is tied to the others around it.
    hub = np.unique(np.concatenate(ends))
    chord, near = tree.query(xyz[hub], k=TIES + 1)
    apart = chord_to_km(chord)
    tie = (apart > 0) & (apart < TIE_KM)
    graph = graph.plus_edges(
        np.repeat(hub, tie.sum(axis=1)), near[tie].astype(np.int64), apart[tie] * WINDING
    )
    km = links["km"].to_numpy(float)
    return graph.plus_edges(ends[0], ends[1], km), np.stack(ends, axis=1)


def without_borders(graph: Graph, country: NDArray[np.str_], closed: pd.DataFrame) -> Graph:
    """Cut every edge between two countries whose border is closed to freight."""
    pairs = np.sort(np.stack([country[graph.u], country[graph.v]], axis=1).astype(str), axis=1)
    shut = {
        tuple(sorted(pair)) for pair in zip(closed["from_name"], closed["to_name"], strict=True)
    }
    cut = np.zeros(len(graph.u), bool)
    for a, b in sorted(shut):
        cut |= (pairs[:, 0] == a) & (pairs[:, 1] == b)
    return graph.only_edges(~cut)


def with_gaps_closed(graph: Graph, land: Land, gap_km: float) -> Graph:
    """Join pieces of the graph that end a few km from each other, or `gap_km` over dry land."""
    anywhere = np.zeros(len(graph.lat), np.int64)
    u, v, km = gaps_between_pieces(graph, anywhere, STRAIT_KM)
    graph = graph.plus_edges(u, v, km * WINDING)
    u, v, km = gaps_between_pieces(graph, land.mass(graph.lat, graph.lon), gap_km)
    dry = _dry(graph, u, v, land)
    return graph.plus_edges(u[dry], v[dry], km[dry] * WINDING)


def with_local_roads(graph: Graph, land: Land) -> Graph:
    """Supply short roads over land where the highways know only a long way round.

    The source holds motorways and main roads only, so neighbouring towns can be joined by
    hundreds of km. Neighbours of a triangulation that the net joins by more than `LOCAL_DETOUR`
    times their distance get a local road.
    """
    for cell_km, least_km, most_km in LOCAL_PASSES:
        keep = cell_representatives(graph.lat, graph.lon, cell_km)
        core, node, _, _ = eliminate(graph, keep, LOCAL_DEGREE, 1)
        u, v = neighbours_on_sphere(core)
        km = great_circle_km(core.lat[u], core.lon[u], core.lat[v], core.lon[v])
        near = (km > least_km) & (km < most_km)
        u, v, km = u[near], v[near], km[near]
        far = _way_round(core, u, v, LOCAL_DETOUR * most_km) > LOCAL_DETOUR * km
        u, v, km = u[far], v[far], km[far]
        dry = _dry(core, u, v, land)
        graph = graph.plus_edges(node[u[dry]], node[v[dry]], km[dry] * WINDING)
    return graph


def _way_round(
    graph: Graph, u: NDArray[np.int64], v: NDArray[np.int64], reach: float
) -> NDArray[np.float64]:
    """Return the km through the graph from each `u` to its `v`, inf when over `reach`."""
    matrix, distance = graph.matrix(), np.full(len(u), np.inf)
    if not len(u):
        return distance
    xyz = unit_vectors(graph.lat, graph.lon) * EARTH_KM
    tree = cKDTree(xyz)
    # One tile after the other, each with the nodes that a search from it can touch.
    tile = np.unique(np.floor(xyz[u] / TILE_KM), axis=0, return_inverse=True)[1].ravel()
    for here in np.split(np.argsort(tile, kind="stable"), np.cumsum(np.bincount(tile))[:-1]):
        centre = xyz[u[here]].mean(axis=0)
        radius = np.linalg.norm(xyz[u[here]] - centre, axis=1).max() + reach
        local = np.array(tree.query_ball_point(centre, radius, return_sorted=True))
        sources, row = np.unique(u[here], return_inverse=True)
        part = matrix[local][:, local]
        reached = dijkstra(part, indices=np.searchsorted(local, sources), limit=reach)
        target = np.searchsorted(local, v[here]).clip(max=len(local) - 1)
        inside = local[target] == v[here]
        distance[here[inside]] = reached[row[inside], target[inside]]
    return distance


def _dry(graph: Graph, u: NDArray[np.int64], v: NDArray[np.int64], land: Land) -> NDArray[np.bool_]:
    """Return which straight lines between nodes run over land for nearly all their length."""
    share = np.linspace(0.05, 0.95, 10)[None, :, None]
    ends = [unit_vectors(graph.lat[end], graph.lon[end])[:, None, :] for end in (u, v)]
    lat, lon = from_vectors(ends[0] * (1 - share) + ends[1] * share)
    dry = land.dry(lat.ravel(), lon.ravel()).reshape(lat.shape)
    enough: NDArray[np.bool_] = dry.mean(axis=1) >= DRY_SHARE
    return enough
