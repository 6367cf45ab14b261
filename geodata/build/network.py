"""Join the world's highways, railways, sea lanes and ports into one compact graph.

Run as ``python -m geodata.build.network`` in the build environment, after the countries and towns
layers. The steps, and why each is needed, are in docs/freight.md.
"""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import fields
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from geodata.build.graphs import Graph, cell_representatives, eliminate, subdivide
from geodata.build.land import Land
from geodata.build.roads import (
    read_graph,
    with_gaps_closed,
    with_links,
    with_local_roads,
    without_borders,
)
from geodata.geometry import layer
from geodata.network import (
    FERRY_KM,
    NETWORK,
    PORT_KM,
    RAIL,
    RAIL_KM,
    ROAD,
    ROAD_KM,
    SEA,
    SEA_KM,
    TERMINAL_KM,
    Network,
)
from geodata.sphere import chord_to_km, great_circle_km, km_to_chord, unit_vectors

if TYPE_CHECKING:
    from numpy.typing import NDArray

LINKS = Path(__file__).parents[1] / "catalogue" / "freight_links.csv"

STEP_KM = 12.0  # points are laid along long edges, so that sites snap well
CORE_KM, CORE_DEGREE = 40.0, 9  # one node a cube stays; a crossing of more roads stays too
ACCESS_KM, GATES = 7.0, 4
NEAR, DOORS = 24, 3  # roads looked at and ways in kept for a port or a terminal
OFF_ROAD = 1.3  # road km per great-circle km where no road is known
PORT_ROAD_KM, PORT_APART_KM = 50.0, 6.0
# The lanes are coarse: an own port is believed, one of the list must lie at a lane or at a shore.
OWN_SEA_KM, LANE_KM, SHORE_SEA_KM, SHORE_KM = 170.0, 60.0, 130.0, 15.0
NOT_PORTS = {"USPIT"}  # Pittsburgh, in the Gulf of Mexico
CLOSED_PASSAGES = {"northwest"}
SEA_STEP_KM, SEA_DEGREE = 30.0, 4
ROAD_GAP_KM, RAIL_GAP_KM = 25.0, 10.0
TERMINAL_PEOPLE, TERMINAL_RAIL_KM, TERMINAL_APART_KM = 50_000, 10.0, 15.0


def main() -> None:
    """Build the network and write it."""
    links = pd.read_csv(LINKS, keep_default_na=False)
    network = build(Land(layer("countries")), links, layer("towns"))
    write(network, NETWORK)
    print(f"{NETWORK.name}: {len(network.lat)} nodes, {len(network.u)} edges")


def build(land: Land, links: pd.DataFrame, towns: pd.DataFrame) -> Network:
    """Make the network from the packages, the countries, the towns and the hand-made links."""
    by_kind = {str(kind): rows for kind, rows in links.groupby("kind", sort=True)}
    roads, ends, sailed = repaired_roads(land, by_kind)
    rails = repaired_rails(land, by_kind)
    sea = read_sea()
    ports = cargo_ports(by_kind["port"], land, sea)
    terminals = rail_terminals(towns, rails)
    keep = cell_representatives(roads.lat, roads.lon, CORE_KM)
    tree = cKDTree(unit_vectors(roads.lat, roads.lon))
    # What is joined elsewhere stays and is shown, else the short way to it is lost.
    for place in (ports, terminals):
        xyz = unit_vectors(place["lat"].to_numpy(), place["lon"].to_numpy())
        ends = np.union1d(ends, tree.query(xyz)[1])
    keep[ends] = True
    core, node, gate, gate_km = eliminate(roads, keep, CORE_DEGREE, GATES)
    doors = Doors(roads, land, gate, gate_km)
    joined = Assembly()
    joined.add_nodes(core.lat, core.lon, ROAD)
    kind = np.where(_is_sailed(node, core, sailed), FERRY_KM, ROAD_KM)
    joined.add_edges(core.u, core.v, core.km, kind)
    add_sea(joined, doors, ports, sea)
    add_rail(joined, doors, terminals, rails)
    shown = cell_representatives(roads.lat, roads.lon, ACCESS_KM)
    shown[ends] = True
    return joined.network(doors, shown)


def repaired_roads(
    land: Land, links: dict[str, pd.DataFrame]
) -> tuple[Graph, NDArray[np.int64], NDArray[np.int64]]:
    """Read the highways, close gaps, add links, supply local roads, cut closed borders.

    Returns
    -------
    graph : Graph
        The roads.
    ends : ndarray of int, shape (ends,)
        Nodes where a link ends.
    sailed : ndarray of int, shape (ferries, 2)
        Nodes that a ferry joins.
    """
    graph = subdivide(read_graph("world_highways"), STEP_KM)
    country = land.country(graph.lat, graph.lon)
    graph = with_gaps_closed(graph, land, ROAD_GAP_KM)
    fixed = pd.concat([links[kind] for kind in ("bridge", "tunnel", "road")])
    graph, ends = with_links(graph, fixed)
    graph = with_local_roads(graph, land)
    graph = without_borders(graph, country, links["closed"])
    graph, sailed = with_links(graph, links["ferry"])
    return graph, np.union1d(ends, sailed), sailed


def repaired_rails(land: Land, links: dict[str, pd.DataFrame]) -> Graph:
    """Read the railways, cut closed borders, close gaps, add links."""
    graph = read_graph("world_railways")
    country = land.country(graph.lat, graph.lon)
    graph = with_gaps_closed(graph, land, RAIL_GAP_KM)
    graph, _ = with_links(graph, links["rail"])
    return without_borders(graph, country, links["closed"])


def _is_sailed(
    node: NDArray[np.int64], core: Graph, sailed: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Return which edges of the core are ferries."""
    ferries = {tuple(sorted(ends)) for ends in sailed.tolist()}
    pairs = np.sort(np.stack([node[core.u], node[core.v]], axis=1), axis=1).tolist()
    return np.array([tuple(pair) in ferries for pair in pairs])


def read_sea() -> Graph:
    """Read the sea lanes of searoute without the passages that are closed to trade."""
    lanes = json.loads((_searoute() / "marnet_searoute.geojson").read_text(encoding="utf-8"))
    ends: list[tuple[tuple[float, float], tuple[float, float]]] = []
    for lane in lanes["features"]:
        if lane["properties"].get("passage") in CLOSED_PASSAGES:
            continue
        shape = lane["geometry"]
        lines = [shape["coordinates"]] if shape["type"] == "LineString" else shape["coordinates"]
        for line in lines:
            points = [(round(lat, 4), round((lon + 180) % 360 - 180, 4)) for lon, lat in line]
            ends += pairwise(points)
    place = sorted({point for pair in ends for point in pair})
    number = {point: i for i, point in enumerate(place)}
    u, v = (np.array([number[pair[side]] for pair in ends], np.int64) for side in (0, 1))
    lat, lon = np.array(place).T
    apart = u != v
    km = great_circle_km(lat[u], lon[u], lat[v], lon[v])
    return subdivide(Graph(lat, lon, u[apart], v[apart], km[apart]), SEA_STEP_KM)


def cargo_ports(own: pd.DataFrame, land: Land, sea: Graph) -> pd.DataFrame:
    """Return name, lat, lon, berth (node of the lanes) and fairway_km of cargo ports.

    Our own rows come first, then those that searoute marks as ports of call; of two that are one
    harbour the first is kept.
    """
    listed = json.loads((_searoute() / "ports.geojson").read_text(encoding="utf-8"))["features"]
    theirs = pd.DataFrame(
        [
            (port["properties"]["name"].strip(), *port["geometry"]["coordinates"][::-1])
            for port in sorted(listed, key=lambda port: port["properties"]["port"])
            if port["properties"].get("t") == 1 and port["properties"]["port"] not in NOT_PORTS
        ],
        columns=["name", "lat", "lon"],
    )
    mine = own.rename(columns={"from_name": "name", "from_lat": "lat", "from_lon": "lon"})
    ports = pd.concat([mine[["name", "lat", "lon"]], theirs], ignore_index=True)
    ports = ports.astype({"lat": float, "lon": float})
    lat, lon = ports["lat"].to_numpy(), ports["lon"].to_numpy()
    chord, ports["berth"] = cKDTree(unit_vectors(sea.lat, sea.lon)).query(unit_vectors(lat, lon))
    fairway = chord_to_km(chord)
    ports["fairway_km"] = fairway
    shore = land.shore_km(lat, lon) <= SHORE_KM
    at_sea = (fairway <= LANE_KM) | (shore & (fairway <= SHORE_SEA_KM))
    grounded = land.dry(lat, lon) | shore
    believed = np.arange(len(ports)) < len(mine)
    ports = ports[np.where(believed, fairway <= OWN_SEA_KM, at_sea & grounded)]
    ports = ports.reset_index(drop=True)
    xyz = unit_vectors(ports["lat"].to_numpy(), ports["lon"].to_numpy())
    doubles = {b for _, b in cKDTree(xyz).query_pairs(km_to_chord(PORT_APART_KM))}
    return ports.drop(index=sorted(doubles)).reset_index(drop=True)


def rail_terminals(towns: pd.DataFrame, rails: Graph) -> pd.DataFrame:
    """Return name, lat, lon and stop (node of the railways) of towns where freight can change.

    A town beside a larger one is left out.
    """
    towns = towns[towns["population"] >= TERMINAL_PEOPLE].reset_index(drop=True)  # largest first
    xyz = unit_vectors(towns["lat"].to_numpy(float), towns["lon"].to_numpy(float))
    chord, stop = cKDTree(unit_vectors(rails.lat, rails.lon)).query(xyz)
    towns["stop"] = stop
    towns = towns[chord_to_km(chord) <= TERMINAL_RAIL_KM].drop_duplicates("stop")
    towns = towns.reset_index(drop=True)
    nodes = towns["stop"].to_numpy()
    towns["lat"], towns["lon"] = rails.lat[nodes], rails.lon[nodes]
    tree = cKDTree(unit_vectors(rails.lat[nodes], rails.lon[nodes]))
    smaller = {b for _, b in tree.query_pairs(km_to_chord(TERMINAL_APART_KM))}
    kept = towns.drop(index=sorted(smaller)).sort_values("stop", ignore_index=True)
    return kept[["name", "lat", "lon", "stop"]]


class Doors:
    """How any point reaches the core of the road net: by the nearest roads of its own landmass."""

    def __init__(
        self, roads: Graph, land: Land, gate: NDArray[np.int64], gate_km: NDArray[np.float64]
    ) -> None:
        self.roads, self.land, self.gate, self.gate_km = roads, land, gate, gate_km
        self.mass = land.mass(roads.lat, roads.lon)
        self.country = land.country(roads.lat, roads.lon)
        self._tree = cKDTree(unit_vectors(roads.lat, roads.lon))

    def of(
        self, lat: NDArray[np.float64], lon: NDArray[np.float64], reach_km: float
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
        """Return point, road node and km for every useful way in within `reach_km`."""
        chord, near = self._tree.query(unit_vectors(lat, lon), k=NEAR)
        near_by = chord_to_km(chord) <= reach_km
        home = near_by & (self.country[near] == self.land.country(lat, lon)[:, None])
        own = near_by & (self.mass[near] == self.land.mass(lat, lon)[:, None])
        # The roads of the own country come first: a door must not open across a closed border.
        # Of a point whose own land has no road the nearest road elsewhere is taken.
        none = ~home.any(axis=1, keepdims=True)
        usable = np.where(none, own, home)
        none = ~usable.any(axis=1, keepdims=True)
        usable = np.where(none, near_by & (np.arange(NEAR) < 1), usable)
        usable &= np.cumsum(usable, axis=1) <= DOORS
        point, place = np.nonzero(usable)
        first = near[point, place]
        km = (chord_to_km(chord[point, place]) * OFF_ROAD)[:, None] + self.gate_km[first]
        rows = pd.DataFrame(
            {
                "point": np.repeat(point, self.gate.shape[1]),
                "gate": self.gate[first].ravel(),
                "km": km.ravel(),
            }
        )
        best = rows[rows["gate"] >= 0].groupby(["point", "gate"], as_index=False)["km"].min()
        return best["point"].to_numpy(), best["gate"].to_numpy(), best["km"].to_numpy()


class Assembly:
    """Nodes and edges of all modes, numbered as they come."""

    def __init__(self) -> None:
        self.size = 0
        self.nodes: list[tuple[NDArray[np.float64], NDArray[np.float64], int]] = []
        self.edges: list[
            tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64], object]
        ] = []
        self.places: list[tuple[NDArray[np.int64], NDArray[np.str_]]] = []

    def add_nodes(self, lat: NDArray[np.float64], lon: NDArray[np.float64], mode: int) -> int:
        """Add nodes and return the number of the first."""
        first, self.size = self.size, self.size + len(lat)
        self.nodes.append((lat, lon, mode))
        return first

    def add_edges(
        self,
        u: NDArray[np.int64],
        v: NDArray[np.int64],
        km: NDArray[np.float64],
        kind: int | NDArray[np.int64],
    ) -> None:
        """Add edges of one kind, or of a kind each."""
        self.edges.append((u, v, km, np.broadcast_to(kind, len(u))))

    def network(self, doors: Doors, shown: NDArray[np.bool_]) -> Network:
        """Return the largest connected part, numbered anew."""
        lat, lon = (np.concatenate([part[i] for part in self.nodes]) for i in (0, 1))
        mode = np.concatenate([np.full(len(part[0]), part[2], np.int8) for part in self.nodes])
        u, v, km, kind = (np.concatenate([part[i] for part in self.edges]) for i in range(4))
        pairs = coo_array((np.ones(len(u)), (u, v)), shape=(self.size, self.size))
        label = connected_components(pairs, directed=False)[1]
        main = label == np.bincount(label).argmax()
        number = np.where(main, np.cumsum(main) - 1, -1)
        kept = main[u]
        gate = doors.gate[shown]
        gate = np.where(gate >= 0, number[gate], -1)
        open_ = gate[:, 0] >= 0
        place = np.concatenate([part[0] for part in self.places])
        named = main[place]
        return Network(
            lat=lat[main].astype(np.float32),
            lon=lon[main].astype(np.float32),
            mode=mode[main],
            u=number[u[kept]].astype(np.int32),
            v=number[v[kept]].astype(np.int32),
            km=km[kept].astype(np.float32),
            kind=kind[kept].astype(np.int8),
            access_lat=doors.roads.lat[shown][open_].astype(np.float32),
            access_lon=doors.roads.lon[shown][open_].astype(np.float32),
            landmass=doors.mass[shown][open_].astype(np.int16),
            gate=gate[open_].astype(np.int32),
            gate_km=doors.gate_km[shown][open_].astype(np.float16),
            place=number[place[named]].astype(np.int32),
            place_name=np.concatenate([part[1] for part in self.places])[named],
        )


def add_sea(joined: Assembly, doors: Doors, ports: pd.DataFrame, sea: Graph) -> None:
    """Add the sea lanes, and each port as a road node with its way to road and lane."""
    berth = ports["berth"].to_numpy()
    keep = np.zeros(len(sea.lat), bool)
    keep[berth] = True
    lanes, kept, _, _ = eliminate(sea, keep, SEA_DEGREE, 1)
    first_sea = joined.add_nodes(lanes.lat, lanes.lon, SEA)
    joined.add_edges(lanes.u + first_sea, lanes.v + first_sea, lanes.km, SEA_KM)
    lat, lon = ports["lat"].to_numpy(), ports["lon"].to_numpy()
    first = joined.add_nodes(lat, lon, ROAD)
    port, node, km = doors.of(lat, lon, PORT_ROAD_KM)
    joined.add_edges(first + port, node, km, ROAD_KM)
    quay = first + np.arange(len(lat))
    lane = first_sea + np.searchsorted(kept, berth)
    joined.add_edges(quay, lane, ports["fairway_km"].to_numpy(), PORT_KM)
    joined.places.append((quay, ports["name"].to_numpy().astype(str)))


def add_rail(joined: Assembly, doors: Doors, terminals: pd.DataFrame, rails: Graph) -> None:
    """Add the railways between terminals, and the way from each terminal to the roads."""
    stop = terminals["stop"].to_numpy()
    keep = np.zeros(len(rails.lat), bool)
    keep[stop] = True
    lines, kept, _, _ = eliminate(rails, keep, CORE_DEGREE, 1)
    first = joined.add_nodes(lines.lat, lines.lon, RAIL)
    joined.add_edges(lines.u + first, lines.v + first, lines.km, RAIL_KM)
    terminal = first + np.searchsorted(kept, stop)
    point, node, km = doors.of(rails.lat[stop], rails.lon[stop], PORT_ROAD_KM)
    joined.add_edges(terminal[point], node, km, TERMINAL_KM)
    joined.places.append((terminal, terminals["name"].to_numpy().astype(str)))


def write(network: Network, path: Path) -> None:
    """Write the network as an npz whose bytes depend on its content only."""
    draft = path.with_suffix(".part")
    with zipfile.ZipFile(draft, "w") as file:
        for field in fields(Network):
            content = io.BytesIO()
            np.lib.format.write_array(content, getattr(network, field.name), allow_pickle=False)
            entry = zipfile.ZipInfo(f"{field.name}.npy", date_time=(1980, 1, 1, 0, 0, 0))
            entry.external_attr = 0o644 << 16
            file.writestr(entry, content.getvalue(), zipfile.ZIP_DEFLATED, compresslevel=9)
    draft.replace(path)


def _searoute() -> Path:
    """Return the data folder of searoute without importing it (that would build its graph)."""
    spec = find_spec("searoute")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("searoute is missing: run `make layers`")
    return Path(spec.origin).parent / "data"


if __name__ == "__main__":
    main()
