"""Straits and canals on the sea lanes, and what an event adds to the freight through them.

A lane is a straight line between two nodes of the network, hundreds of km long. It goes through a
passage when it crosses the line laid across it here (degrees, from general knowledge); the lines
are drawn so that no lane can go round them, and checked against real voyages in the tests.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from geodata.network import PORT_KM, SEA_KM, Network
from geodata.places import locate

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64] | float

# Latitude and longitude of the ends of the lines, from shore to shore and a little beyond.
LINES: dict[str, tuple[tuple[float, float, float, float], ...]] = {
    "hormuz": ((25.9, 56.2, 26.4, 57.4),),
    "bab_el_mandeb": ((12.2, 42.8, 13.0, 44.2),),
    "suez": ((30.3, 32.0, 30.3, 32.8),),
    "malacca": ((2.3, 103.0, 1.0, 102.2),),
    "panama": ((9.05, -80.1, 9.35, -79.5),),
    "gibraltar": ((35.6, -5.65, 36.3, -5.65),),
    "turkish_straits": ((40.25, 26.1, 40.0, 26.5), (41.15, 28.8, 41.15, 29.3)),
}
# A closed passage or port is priced, not cut: cargo for which there is no other way goes by air, at
# about 5 USD a kg between continents (general knowledge). So every place keeps a finite cost, and
# whatever way round is cheaper is taken.
CLOSED_USD_PER_T = 5000.0


@dataclass(frozen=True, order=True)
class Toll:
    """What an event adds to a tonne at sea.

    Attributes
    ----------
    passage : str
        Key of `LINES`; each ship through it pays, half at each line where there are two. Blank: the
        ports.
    ports : tuple of str
        Countries (ISO 3166-1) or first-level regions (ISO 3166-2) whose ports charge it, at each
        call.
    usd_per_t : float
        inf closes the passage or the ports.
    """

    passage: str
    ports: tuple[str, ...]
    usd_per_t: float


@lru_cache(maxsize=64)
def crossings(network: Network, passage: str) -> NDArray[np.float64]:
    """Return the share of the toll of a passage that each edge pays, shape (edges,)."""
    u, v, sea = network.u, network.v, network.kind == SEA_KM
    lat, lon = network.lat.astype(float), network.lon.astype(float)
    apart = (lon[v] - lon[u] + 180) % 360 - 180  # the short way, over the date line too
    share = np.zeros(len(u))
    for lat1, lon1, lat2, lon2 in LINES[passage]:
        start = lon1 + (lon[u] - lon1 + 180) % 360 - 180
        across = _side(lat[u], start, lat1, lon1, lat2, lon2)
        across *= _side(lat[v], start + apart, lat1, lon1, lat2, lon2)
        along = _side(lat1, lon1, lat[u], start, lat[v], start + apart)
        along *= _side(lat2, lon2, lat[u], start, lat[v], start + apart)
        share += sea & (across < 0) & (along < 0)
    return share / len(LINES[passage])


def toll_usd(network: Network, tolls: tuple[Toll, ...]) -> NDArray[np.float64]:
    """Return the USD/t that tolls add to each edge, shape (edges,)."""
    added = np.zeros(len(network.u))
    for toll in tolls:
        usd = min(toll.usd_per_t, CLOSED_USD_PER_T)
        share = crossings(network, toll.passage) if toll.passage else _calls(network, toll.ports)
        added += share * usd
    return added


@lru_cache(maxsize=64)
def _calls(network: Network, ports: tuple[str, ...]) -> NDArray[np.bool_]:
    """Return which edges lead into a port of these places, shape (edges,)."""
    calls = np.zeros(len(network.u), bool)
    calls[network.kind == PORT_KM] = _homes(network).isin(list(ports)).any(axis=1)
    return calls


@lru_cache(maxsize=2)
def _homes(network: Network) -> pd.DataFrame:
    """Return country and region of each port, in the order of its edges."""
    quay = network.u[network.kind == PORT_KM]
    return locate(network.lat[quay], network.lon[quay])[["country", "region"]]


def _side(
    lat: Floats, lon: Floats, lat1: Floats, lon1: Floats, lat2: Floats, lon2: Floats
) -> NDArray[np.float64]:
    """Return on which side of a line points lie, as a sign."""
    side: NDArray[np.float64] = np.sign((lat2 - lat1) * (lon - lon1) - (lon2 - lon1) * (lat - lat1))
    return side
