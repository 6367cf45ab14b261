from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from geodata.build.network import LINKS, write
from geodata.errors import SitingError
from geodata.load import table
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
    load_network,
)
from geodata.sphere import great_circle_km


@pytest.fixture(scope="module")
def network() -> Network:
    return load_network()


def test_file_and_graph_are_compact(network: Network) -> None:
    assert NETWORK.stat().st_size < 12e6
    assert len(network.lat) < 100_000
    assert len(network.access_lat) > 200_000


def test_edges_join_the_modes_that_their_kind_says(network: Network) -> None:
    ends = {
        ROAD_KM: (ROAD, ROAD),
        FERRY_KM: (ROAD, ROAD),
        RAIL_KM: (RAIL, RAIL),
        SEA_KM: (SEA, SEA),
        PORT_KM: (ROAD, SEA),
        TERMINAL_KM: (RAIL, ROAD),
    }
    for kind, (u, v) in ends.items():
        chosen = network.kind == kind
        assert chosen.any()
        assert (network.mode[network.u[chosen]] == u).all()
        assert (network.mode[network.v[chosen]] == v).all()
    assert set(np.unique(network.kind)) == set(ends)


def test_no_edge_is_shorter_than_the_great_circle(network: Network) -> None:
    crow = great_circle_km(
        network.lat[network.u].astype(float),
        network.lon[network.u].astype(float),
        network.lat[network.v].astype(float),
        network.lon[network.v].astype(float),
    )
    # the source rounds its lengths and draws on its own sphere; a link's end may be moved to a road
    short = crow - network.km
    assert (short > 0.02 * crow + 1.0).mean() < 1e-3
    assert np.isfinite(network.km).all()
    assert (network.km >= 0).all()


def test_everything_hangs_together(network: Network) -> None:
    size = len(network.lat)
    graph = coo_array((np.ones(len(network.u)), (network.u, network.v)), shape=(size, size))
    assert connected_components(graph, directed=False)[0] == 1


def test_access_points_open_on_roads(network: Network) -> None:
    assert (network.gate[:, 0] >= 0).all()
    there = network.gate >= 0
    assert (network.mode[network.gate[there]] == ROAD).all()
    assert (np.isfinite(network.gate_km) == there).all()
    km = np.where(there, network.gate_km.astype(float), 1e6)
    assert (np.diff(km, axis=1) >= 0).all()


def test_access_points_stand_by_nearly_every_site_and_plant() -> None:
    from siting.freight.layered import enter  # noqa: PLC0415 - only here - the only use of a higher package
    from siting.freight.tariff import Rates  # noqa: PLC0415 - only here

    network = load_network()
    rates = Rates.from_economics(table("anode_economics"))
    for name in ("industrial_sites", "gigafactories", "automaker_plants"):
        places = table(name)[["lat", "lon"]].dropna().to_numpy(float)
        gap = enter(network, rates, places).gap_km
        assert np.quantile(gap, 0.95) < 12, name
        assert gap.max() < 60, name


def test_places_are_ports_and_terminals(network: Network) -> None:
    quays = set(network.u[network.kind == PORT_KM].tolist())
    yards = set(network.u[network.kind == TERMINAL_KM].tolist())
    assert quays | yards <= set(network.place.tolist())
    assert len(network.place) == len(network.place_name) == len(set(network.place.tolist()))
    assert (np.char.str_len(network.place_name) > 0).all()
    wanted = [
        "Brindisi",
        "Huelva",
        "Ruwais",
        "Yanbu",
        "Duqm",
        "Sohar",
        "Samalaju",
        "Dammam",
        "Luderitz",
    ]
    wanted += ["Khalifa Port", "Tanger Med", "Vung Ang", "Nghi Son", "Porto do Acu", "Walvis Bay"]
    ports = set(network.place_name[np.isin(network.place, list(quays))].tolist())
    assert set(wanted) <= ports
    assert {"Hamburg", "Rotterdam", "Ningbo", "Sundsvall", "Nacala", "Pohang"} <= ports


def test_every_ferry_of_the_table_is_sailed(network: Network) -> None:
    links = table("freight_links")
    ferries = links[links["kind"] == "ferry"]
    sailed = network.kind == FERRY_KM
    assert sailed.sum() <= len(ferries)  # two lines between one pair of quays are one edge
    km = network.km[sailed]
    ends = [
        (network.lat[side[sailed]].astype(float), network.lon[side[sailed]].astype(float))
        for side in (network.u, network.v)
    ]
    for row in ferries.itertuples():
        quays = [(row.from_lat, row.from_lon), (row.to_lat, row.to_lon)]
        off = np.array(
            [
                [great_circle_km(*end, np.array(quay[0]), np.array(quay[1])) for quay in quays]
                for end in ends
            ]
        )
        near = np.minimum(np.maximum(off[0, 0], off[1, 1]), np.maximum(off[0, 1], off[1, 0]))
        assert ((near < 21) & (np.abs(km - row.km) < 1)).any(), row.link_id


def test_links_are_no_shorter_than_the_great_circle() -> None:
    links = table("freight_links")
    links = links[links["km"].notna()]
    crow = great_circle_km(
        *(links[c].to_numpy(float) for c in ("from_lat", "from_lon", "to_lat", "to_lon"))
    )
    km = links["km"].to_numpy()
    assert not links["link_id"][(km < 0.98 * crow) | (km > 3 * crow + 12)].tolist()
    assert LINKS.name == "freight_links.csv"


def test_bytes_depend_on_content_only(network: Network, tmp_path: Path) -> None:
    write(network, tmp_path / "one.npz")
    write(network, tmp_path / "two.npz")
    one = (tmp_path / "one.npz").read_bytes()
    assert one == (tmp_path / "two.npz").read_bytes() == NETWORK.read_bytes()
    again = load_network(tmp_path / "one.npz")
    for field in fields(Network):
        np.testing.assert_array_equal(getattr(again, field.name), getattr(network, field.name))


def test_loaded_arrays_cannot_be_changed(network: Network) -> None:
    with pytest.raises(ValueError, match="read-only"):
        network.km[0] = 0


def test_missing_or_broken_file_is_a_fault_with_a_hint(tmp_path: Path) -> None:
    (tmp_path / "broken.npz").write_bytes(b"not a zip")
    np.savez(tmp_path / "foreign.npz", a=np.zeros(3))
    for name in ("missing.npz", "broken.npz", "foreign.npz"):
        with pytest.raises(SitingError, match="make layers"):
            load_network(tmp_path / name)
