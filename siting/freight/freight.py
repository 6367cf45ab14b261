"""Least-cost freight between any two points of the world, in USD a tonne.

`fields` prices the way from everywhere to each destination once, keeps the result in the cache and
is then asked for any number of points. Destinations that an older field knows are taken from there.
The model and its checks are in docs/freight.md.
"""

from __future__ import annotations

import dataclasses
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.sparse.csgraph import dijkstra

from geodata.network import ROAD, Network, load_network
from siting.freight.field import HEAD, Fields
from siting.freight.layered import Entry, Layers, enter, layers, network_digest, with_sources
from siting.freight.passages import CLOSED_USD_PER_T, LINES, Toll
from siting.freight.routes import MODES, Leg, Route, check_mode, check_points, itineraries, route
from siting.freight.tariff import Rates
from siting.support import cache
from siting.support.cachefolder import directory

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    Costs = NDArray[np.float32]
    Points = NDArray[np.float64]

__all__ = [
    "CLOSED_USD_PER_T",
    "LINES",
    "MODES",
    "Fields",
    "Leg",
    "Rates",
    "Route",
    "Toll",
    "cost_matrix",
    "fields",
    "itineraries",
    "load_network",
    "route",
]

_BATCH = 64  # destinations a task
_FORMAT = 3  # of the cached field; raise it when the meaning of the numbers changes
_GRID = 2.0**24  # steps of a USD/t that prices are rounded to
_LOOKED_AT = 2  # older fields searched for columns that are wanted again


def fields(
    network: Network,
    rates: Rates,
    destinations: NDArray[np.float64],
    *,
    mode: str = "any",
    jobs: int = 2,
    cache_dir: Path | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Fields:
    """Price the way from everywhere to each destination, or fetch it from the cache.

    Parameters
    ----------
    network : Network
        From `load_network`.
    rates : Rates
        Tariffs, with the tolls of passages and ports; other tolls make another field.
    destinations : ndarray, shape (m, 2)
        Latitude and longitude in degrees; repeated points are worked out once.
    mode : {"any", "road", "sea"}
        All modes; road with its ferries; truck, one voyage, truck.
    jobs : int
        Processes.
    cache_dir : Path, optional
        See `siting.support.cachefolder.directory`.
    progress : callable, optional
        Called with (destinations done, destinations) while the work runs.

    Raises
    ------
    SitingError
        For an unknown mode or coordinates that are not on the globe.
    """
    check_mode(mode)
    unique, which = np.unique(
        check_points(destinations, "destinations"), axis=0, return_inverse=True
    )
    there = enter(network, rates, unique)
    kind = cache.digest("freight", _FORMAT, network_digest(network), rates, mode)

    def compute() -> Costs:
        known, missing = _from_older(kind, unique, int((network.mode == ROAD).sum()), cache_dir)
        if len(missing):
            graph = _on_grid(layers(network, rates, mode))
            for done, usd in _searched(graph, there, missing, jobs):
                known[HEAD:, _run(missing[done])] = usd
                if progress is not None:
                    progress(len(unique) - len(missing) + done.stop, len(unique))
        return known

    kept = cache.array(f"{kind}-{cache.digest(unique)}", compute, cache_dir)
    return Fields(kept, network, rates, unique, which.ravel(), mode, there)


def cost_matrix(
    network: Network,
    rates: Rates,
    origins: NDArray[np.float64],
    destinations: NDArray[np.float64],
    *,
    mode: str = "any",
    jobs: int = 2,
    cache_dir: Path | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> NDArray[np.float32]:
    """Return USD/t from origins, shape (n, 2), to destinations, shape (m, 2): shape (n, m).

    The rest as in `fields`.
    """
    field = fields(
        network, rates, destinations, mode=mode, jobs=jobs, cache_dir=cache_dir, progress=progress
    )
    return field.at(origins)


def _on_grid(graph: Layers) -> Layers:
    """Round prices to 2^-24 USD/t: sums of them are exact, in whatever order a search adds them."""
    return dataclasses.replace(graph, usd=(graph.usd * _GRID).rint() / _GRID)


def _searched(
    graph: Layers, entry: Entry, sources: NDArray[np.intp], jobs: int
) -> Iterator[tuple[slice, Costs]]:
    """Yield USD/t from sources to the road nodes, shape (road nodes, batch), batch by batch."""
    import joblib  # noqa: PLC0415 - slow to load, and a field is mostly in the cache

    from siting.support.orphans import kills_as_faults  # noqa: PLC0415

    batches = [slice(i, min(i + _BATCH, len(sources))) for i in range(0, len(sources), _BATCH)]
    tasks = (joblib.delayed(_batch)(graph, _entry(entry, sources[now])) for now in batches)
    parallel = joblib.Parallel(n_jobs=min(jobs, len(batches)), return_as="generator")
    with kills_as_faults():
        yield from zip(batches, parallel(tasks), strict=True)


def _entry(entry: Entry, some: NDArray[np.intp]) -> Entry:
    """Return how some points enter the network, at prices on the grid."""
    node, usd, km, gap, land = (getattr(entry, f.name)[some] for f in dataclasses.fields(entry))
    return Entry(node, np.rint(usd * _GRID) / _GRID, km, gap, land)


def _batch(graph: Layers, entry: Entry) -> Costs:
    from siting.support.orphans import end_with_parent  # noqa: PLC0415

    end_with_parent()
    steps, first = with_sources(graph, entry)
    usd = dijkstra(steps, indices=range(first, steps.shape[0]))
    return np.ascontiguousarray(usd[:, graph.end].T, dtype=np.float32)


def _run(columns: NDArray[np.intp]) -> NDArray[np.intp] | slice:
    """Return sorted columns as a slice where they are one, which is far quicker to write to."""
    first, last = int(columns[0]), int(columns[-1])
    return slice(first, last + 1) if last - first + 1 == len(columns) else columns


def _head(points: Points) -> Costs:
    """Return the bits of coordinates, shape (m, 2), as rows of the cached field."""
    return np.ascontiguousarray(points).view(np.float32).T


def _points(kept: Costs) -> list[tuple[float, float]]:
    """Return the coordinates of the columns of a cached field."""
    points = np.ascontiguousarray(kept[:HEAD].T).view(np.float64)
    return [(lat, lon) for lat, lon in points.tolist()]


def _from_older(
    kind: str, unique: Points, roads: int, cache_dir: Path | None
) -> tuple[Costs, NDArray[np.intp]]:
    """Return a field with the columns that older ones know, and the places of the others."""
    known = np.empty((HEAD + roads, len(unique)), np.float32)
    missing = np.arange(len(unique))
    for older in _older(kind, cache_dir):
        number = dict(zip(_points(older), range(older.shape[1]), strict=True))
        column = np.array([number.get(point, -1) for point in map(tuple, unique[missing].tolist())])
        if len(missing) == len(unique):  # all at once is ten times as fast as some
            np.take(older, column, axis=1, out=known, mode="clip")
        else:
            known[:, missing[column >= 0]] = older[:, column[column >= 0]]
        missing = missing[column < 0]
        if not len(missing):
            break
    known[:HEAD] = _head(unique)
    return known, missing


def _refuse() -> NDArray[Any]:
    raise LookupError


def _older(kind: str, cache_dir: Path | None) -> Iterator[Costs]:
    """Yield fields of the same kind from the cache, the last made first."""
    made = []
    for path in directory(cache_dir).glob(f"{kind}-*.npy"):
        with suppress(OSError):  # gone since, or not ours to read
            made.append((path.stat().st_mtime_ns, path.stem))
    for _, key in sorted(made, reverse=True)[:_LOOKED_AT]:
        with suppress(LookupError):
            yield cache.array(key, _refuse, cache_dir)
