"""What freight costs: rates from the economics table, and the price of every edge."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from geodata.errors import Fault, raise_if
from geodata.network import (
    FERRY_KM,
    PORT_KM,
    RAIL_KM,
    ROAD_KM,
    SEA_KM,
    TERMINAL_KM,
    Network,
)
from siting.freight.passages import Toll, toll_usd

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

# Rate, parameter in anode_economics, column. The deep-sea call takes the high end of port handling:
# its dearer terminals are what makes short trips stay with short-sea ships.
_TARIFF = (
    ("road_usd_per_tkm", "FR-ROAD-EU", "central"),
    ("road_america_usd_per_tkm", "FR-ROAD-US", "central"),
    ("rail_usd_per_tkm", "FR-RAIL-EU", "central"),
    ("rail_america_usd_per_tkm", "FR-RAIL-US", "central"),
    ("short_sea_usd_per_tkm", "FR-SEA-SHORT", "central"),
    ("deep_sea_usd_per_tkm", "FR-SEA-LONG", "central"),
    ("port_usd_per_t", "FR-PORT", "central"),
    ("deep_port_usd_per_t", "FR-PORT", "high"),
    ("loading_usd_per_t", "FR-TRUCK-FIX", "central"),
)
PARAMETERS = tuple(dict.fromkeys(param for _, param, _ in _TARIFF))


@dataclass(frozen=True)
class Rates:
    """What freight costs, in USD of the economics table.

    Attributes
    ----------
    road_usd_per_tkm, road_america_usd_per_tkm : float
        Truck, elsewhere and in North America.
    rail_usd_per_tkm, rail_america_usd_per_tkm : float
        Rail, elsewhere and in North America.
    short_sea_usd_per_tkm, deep_sea_usd_per_tkm : float
        Feeder and ocean ship.
    port_usd_per_t, deep_port_usd_per_t : float
        One call of a feeder and of an ocean ship: between truck and ship, either way.
    loading_usd_per_t : float
        One road or rail leg, loading and unloading together; also boarding a ferry.
    tolls : tuple of Toll
        What events add at passages and ports.
    """

    road_usd_per_tkm: float
    road_america_usd_per_tkm: float
    rail_usd_per_tkm: float
    rail_america_usd_per_tkm: float
    short_sea_usd_per_tkm: float
    deep_sea_usd_per_tkm: float
    port_usd_per_t: float
    deep_port_usd_per_t: float
    loading_usd_per_t: float
    tolls: tuple[Toll, ...] = ()

    @classmethod
    def from_economics(cls, economics: pd.DataFrame) -> Rates:
        """Read the rates from the table anode_economics (columns param_id, central, high).

        Raises
        ------
        SitingError
            For every rate that is missing or not a positive number.
        """
        rows = economics.drop_duplicates("param_id").set_index("param_id")
        values: dict[str, float] = {}
        faults = []
        for name, param, column in _TARIFF:
            value = float(rows[column].get(param, np.nan))
            values[name] = value
            if not 0 < value < np.inf:
                faults.append(
                    Fault(
                        "anode_economics.csv",
                        f"{param}: no freight rate",
                        "give a number above zero",
                        column=column,
                        value=str(rows[column].get(param, "")),
                    )
                )
        raise_if(faults)
        return cls(**values, tolls=())

    def with_tolls(self, tolls: Iterable[Toll]) -> Rates:
        """Return the rates with what events add; a toll of nothing is none, their order is none."""
        return replace(self, tolls=tuple(sorted(t for t in tolls if t.usd_per_t > 0)))

    def road(self, america: NDArray[np.bool_]) -> NDArray[np.float64]:
        """Return USD/t.km by truck."""
        return np.where(america, self.road_america_usd_per_tkm, self.road_usd_per_tkm)

    def rail(self, america: NDArray[np.bool_]) -> NDArray[np.float64]:
        """Return USD/t.km by rail."""
        return np.where(america, self.rail_america_usd_per_tkm, self.rail_usd_per_tkm)


def in_america(lat: NDArray[np.floating], lon: NDArray[np.floating]) -> NDArray[np.bool_]:
    """Return which points take North American tariffs: north of the Darien gap, Greenland apart."""
    lat, lon = np.asarray(lat), np.asarray(lon)
    return (lon > -170) & (lon < -50) & ((lat > 12.7) | ((lat > 7) & (lon < -77.3)))  # noqa: PLR2004 - the isthmus


def edge_usd(network: Network, rates: Rates, *, deep: bool = False) -> NDArray[np.float64]:
    """Return USD/t of every edge; `deep` prices sea edges and port calls for ocean ships."""
    u, v = network.u, network.v
    america = in_america((network.lat[u] + network.lat[v]) / 2, network.lon[u])
    road, rail = rates.road(america), rates.rail(america)
    sea = rates.deep_sea_usd_per_tkm if deep else rates.short_sea_usd_per_tkm
    per_km = {
        ROAD_KM: road,
        FERRY_KM: road,
        RAIL_KM: rail,
        SEA_KM: np.full(len(u), sea),
        PORT_KM: np.full(len(u), sea),
        TERMINAL_KM: road,
    }
    usd = np.zeros(len(u))
    for kind, rate in per_km.items():
        chosen = network.kind == kind
        usd[chosen] = network.km[chosen] * rate[chosen] + transfer_usd(rates, kind, deep=deep)
    return usd + toll_usd(network, rates.tolls) if rates.tolls else usd


def transfer_usd(rates: Rates, kind: int, *, deep: bool = False) -> float:
    """Return the fixed USD/t of an edge: a port call, a rail terminal, the boarding of a ferry.

    Half of each road or rail leg's loading is charged where it starts and half where it ends.
    """
    call = rates.deep_port_usd_per_t if deep else rates.port_usd_per_t
    loading = rates.loading_usd_per_t
    fixed = {PORT_KM: call + loading / 2, TERMINAL_KM: loading, FERRY_KM: loading}
    return fixed.get(kind, 0.0)
