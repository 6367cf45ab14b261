"""The route of least cost: legs by mode, with the ports between them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

import numpy as np
from scipy.sparse.csgraph import dijkstra

from geodata.errors import Fault, SitingError, raise_if
from geodata.network import (
    FERRY_KM,
    PORT_KM,
    RAIL_KM,
    ROAD_KM,
    SEA_KM,
    TERMINAL_KM,
    Network,
)
from siting.freight.layered import (
    Entry,
    Layers,
    direct,
    enter,
    kept_layers,
    road_rows,
    with_sources,
)
from siting.freight.tariff import Rates, transfer_usd

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

MODES = ("any", "road", "sea")
_MODE: dict[int, Literal["road", "rail", "sea"]] = {
    ROAD_KM: "road",
    FERRY_KM: "road",
    RAIL_KM: "rail",
    SEA_KM: "sea",
    PORT_KM: "sea",
    TERMINAL_KM: "road",
}


@dataclass(frozen=True)
class Leg:
    """One part of a route.

    Attributes
    ----------
    mode : {"road", "rail", "sea", "transfer"}
        A road leg includes its ferries; a transfer is a change of mode, handling and loading
        together. The first and the last leg include half a loading each.
    km, usd_per_t : float
        Length and price.
    from_place, to_place : str
        Port or terminal where it starts and ends, blank at the two ends of the route.
    """

    mode: Literal["road", "rail", "sea", "transfer"]
    km: float
    usd_per_t: float
    from_place: str = ""
    to_place: str = ""


@dataclass(frozen=True)
class Route:
    """A least-cost way: its length, its price and its legs in order."""

    km: float
    usd_per_t: float
    legs: tuple[Leg, ...]


def check_mode(mode: str) -> None:
    """Raise `SitingError` unless `mode` is one of `MODES`."""
    if mode not in MODES:
        hint = f"use one of {', '.join(MODES)}"
        raise SitingError(Fault("freight", "no such mode", hint, column="mode", value=str(mode)))


def check_points(points: ArrayLike, what: str) -> NDArray[np.float64]:
    """Return points as floats, shape (n, 2); raise `SitingError` for those not on the globe."""
    degrees = np.asarray(points, float)
    if degrees.ndim != 2 or degrees.shape[1] != 2:  # noqa: PLR2004 - latitude and longitude
        raise SitingError(Fault(what, f"shape {degrees.shape}", "give rows of latitude, longitude"))
    wrong = ~(np.abs(degrees) <= (90, 180)).all(axis=1)
    raise_if(
        [
            Fault(what, "not on the globe", "give degrees", row=int(i), value=str(degrees[i]))
            for i in np.flatnonzero(wrong)
        ]
    )
    return degrees


def itineraries(
    network: Network,
    rates: Rates,
    origin: tuple[float, float],
    destinations: ArrayLike,
    mode: str = "any",
    most_usd: float = np.inf,
) -> list[Route]:
    """Find the least-cost way from one origin to each destination.

    Parameters
    ----------
    network : Network
        From `load_network`.
    rates : Rates
        Tariffs.
    origin : tuple of float
        Latitude and longitude in degrees.
    destinations : array-like, shape (k, 2)
        Latitude and longitude in degrees.
    mode : {"any", "road", "sea"}
        See `siting.freight.freight.fields`.
    most_usd : float
        What the dearest of the ways is known to cost at most (USD/t); dearer ones are not looked
        for, which saves most of the search.

    Returns
    -------
    list of Route
        One a destination; where there is no way by this mode, km and USD/t are inf and there are
        no legs.

    Raises
    ------
    SitingError
        For an unknown mode or coordinates that are not on the globe.
    """
    check_mode(mode)
    start = check_points([origin], "origin")
    targets = check_points(destinations, "destinations")
    graph = _graph(network, rates, mode)
    leaving, arriving = enter(network, rates, start), enter(network, rates, targets)
    steps, first = with_sources(graph, leaving)
    usd, before = dijkstra(steps, indices=first, return_predecessors=True, limit=most_usd)
    end = graph.end[road_rows(network)[arriving.node]]
    ways = usd[end] + arriving.usd
    best = ways.argmin(axis=1)
    straight: dict[int, Leg] = {}
    if mode != "sea":
        _, near, km, price = direct(rates, start, leaving, targets, arriving)
        straight = {
            int(i): Leg("road", float(length), float(cost))
            for i, length, cost in zip(near, km, price, strict=True)
        }
    names = dict(zip(network.place.tolist(), network.place_name.tolist(), strict=True))
    routes = []
    for i, k in enumerate(best):
        if i in straight and straight[i].usd_per_t <= ways[i, k]:
            routes.append(_route([straight[i]]))
        elif not np.isfinite(ways[i, k]):
            routes.append(Route(np.inf, np.inf, ()))
        else:
            path = _path(before, first, int(end[i, k]))
            legs = [
                _first_mile(leaving, path[1], graph),
                *_legs(network, rates, graph, path[1:], names),
                Leg("road", float(arriving.km[i, k]), float(arriving.usd[i, k])),
            ]
            routes.append(_route(legs))
    return routes


def route(
    network: Network,
    rates: Rates,
    origin: tuple[float, float],
    destination: tuple[float, float],
    mode: str = "any",
) -> Route:
    """Find the least-cost way between two points; the rest as in `itineraries`.

    Raises
    ------
    SitingError
        Also when there is no way by this mode.
    """
    cheapest = itineraries(network, rates, origin, [destination], mode)[0]
    if not cheapest.legs:
        raise SitingError(
            Fault(
                "freight",
                f"no way by {mode} from {origin} to {destination}",
                'use mode "any"',
                column="mode",
                value=mode,
            )
        )
    return cheapest


@lru_cache(maxsize=4)
def _graph(network: Network, rates: Rates, mode: str) -> Layers:
    return kept_layers(network, rates, mode)


def _path(before: NDArray[np.int32], first: int, node: int) -> list[int]:
    """Walk back from `node` to the source `first`."""
    path = [node]
    while path[-1] != first:
        path.append(int(before[path[-1]]))
    return path[::-1]


def _first_mile(leaving: Entry, node: int, graph: Layers) -> Leg:
    """Return the leg from the origin to the layered node where it enters the network."""
    k = int(np.flatnonzero(leaving.node[0] == graph.node[node])[0])
    return Leg("road", float(leaving.km[0, k]), float(leaving.usd[0, k]))


def _legs(
    network: Network, rates: Rates, graph: Layers, path: list[int], names: dict[int, str]
) -> list[Leg]:
    """Turn each step of the path into legs: a change of mode is a transfer and its own km."""
    legs: list[Leg] = []
    for a, b in pairwise(path):
        low, high = graph.usd.indptr[a], graph.usd.indptr[a + 1]
        step = low + int(np.flatnonzero(graph.usd.indices[low:high] == b)[0])
        edge, usd = int(graph.edge[step]), float(graph.usd.data[step])
        kind, km = int(network.kind[edge]), float(network.km[edge])
        mode = _MODE[kind]
        if kind not in (PORT_KM, TERMINAL_KM):
            legs.append(Leg(mode, km, usd))
            continue
        deep = bool(graph.deep[a] or graph.deep[b])
        handling = transfer_usd(rates, kind, deep=deep)
        # ports are named by their road node, terminals by their rail node: both are in `u`
        node = int(network.u[edge])
        place = names.get(node, "")
        change = Leg("transfer", 0.0, handling, place, place)
        moving = Leg(mode, km, usd - handling)
        legs += [change, moving] if int(graph.node[a]) == node else [moving, change]
    return legs


def _route(legs: list[Leg]) -> Route:
    """Merge neighbouring legs of one mode, and name the places where they meet."""
    moved = [leg for leg in legs if leg.km > 0 or leg.usd_per_t > 0]
    merged: list[Leg] = []
    for leg in moved:
        last = merged[-1] if merged else None
        if last is not None and last.mode == leg.mode != "transfer":
            merged[-1] = Leg(leg.mode, last.km + leg.km, last.usd_per_t + leg.usd_per_t)
        else:
            merged.append(leg)
    named = [
        leg
        if leg.mode == "transfer"
        else Leg(
            leg.mode,
            leg.km,
            leg.usd_per_t,
            merged[i - 1].to_place if i else "",
            merged[i + 1].from_place if i + 1 < len(merged) else "",
        )
        for i, leg in enumerate(merged)
    ]
    return Route(sum(leg.km for leg in named), sum(leg.usd_per_t for leg in named), tuple(named))
