"""The freight network of the world: roads, rails, sea lanes, and where they meet."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from geodata.errors import Fault, SitingError

if TYPE_CHECKING:
    from numpy.typing import NDArray

NETWORK = Path(__file__).parent / "layers" / "network.npz"

ROAD, RAIL, SEA = 0, 1, 2  # modes of nodes
ROAD_KM, FERRY_KM, RAIL_KM, SEA_KM, PORT_KM, TERMINAL_KM = range(6)  # kinds of edges


@dataclass(frozen=True, eq=False)
class Network:
    """One multimodal graph as arrays; edges run both ways.

    Attributes
    ----------
    lat, lon : ndarray of float, shape (nodes,)
        Degrees.
    mode : ndarray of int, shape (nodes,)
        `ROAD`, `RAIL` or `SEA`.
    u, v : ndarray of int, shape (edges,)
        Nodes at the ends of an edge.
    km : ndarray of float, shape (edges,)
        Length along the road, track or lane.
    kind : ndarray of int, shape (edges,)
        `ROAD_KM`, `FERRY_KM` (a link of the road net that is sailed), `RAIL_KM`, `SEA_KM`, and the
        transfers `PORT_KM` (road to sea, km of fairway) and `TERMINAL_KM` (road to rail, km of
        road).
    access_lat, access_lon : ndarray of float, shape (access points,)
        Points along the roads, about 7 km apart, from which the graph is entered.
    landmass : ndarray of int, shape (access points,)
        Same number, same land without a ferry.
    gate : ndarray of int, shape (access points, gates)
        Road nodes that are reached first from an access point, -1 where there are fewer.
    gate_km : ndarray of float, shape (access points, gates)
        Road km to them.
    place : ndarray of int, shape (places,)
        Road nodes of ports and rail nodes of terminals.
    place_name : ndarray of str, shape (places,)
        Their names.
    """

    lat: NDArray[Any]
    lon: NDArray[Any]
    mode: NDArray[Any]
    u: NDArray[Any]
    v: NDArray[Any]
    km: NDArray[Any]
    kind: NDArray[Any]
    access_lat: NDArray[Any]
    access_lon: NDArray[Any]
    landmass: NDArray[Any]
    gate: NDArray[Any]
    gate_km: NDArray[Any]
    place: NDArray[Any]
    place_name: NDArray[Any]


@lru_cache
def load_network(path: Path = NETWORK) -> Network:
    """Load the network that ``make layers`` built.

    Raises
    ------
    SitingError
        When the file is missing or is not a network.
    """
    try:
        with np.load(path, allow_pickle=False) as file:
            arrays = {field.name: file[field.name] for field in fields(Network)}
    except (OSError, ValueError, KeyError) as error:
        raise SitingError(
            Fault(path.name, "the freight network cannot be read", "run `make layers`")
        ) from error
    for values in arrays.values():
        values.setflags(write=False)
    return Network(**arrays)
