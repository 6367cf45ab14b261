from __future__ import annotations

import shutil
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.errors import SitingError
from geodata.load import table
from geodata.network import (
    FERRY_KM,
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
from siting.freight import freight
from siting.freight.freight import (
    Rates,
    Toll,
    cost_matrix,
    fields,
    itineraries,
    load_network,
    route,
)

RATES = Rates(
    road_usd_per_tkm=0.10,
    road_america_usd_per_tkm=0.08,
    rail_usd_per_tkm=0.05,
    rail_america_usd_per_tkm=0.03,
    short_sea_usd_per_tkm=0.02,
    deep_sea_usd_per_tkm=0.005,
    port_usd_per_t=15.0,
    deep_port_usd_per_t=30.0,
    loading_usd_per_t=8.0,
)


class Place(NamedTuple):
    name: str
    lat: float
    lon: float


class Known(NamedTuple):
    start: Place
    goal: Place
    km: float


def known(name: str) -> list[Known]:
    """Read the table of real distances in docs/freight.md, so that page and test are one."""
    text = (Path(__file__).parents[2] / "docs" / "freight.md").read_text(encoding="utf-8")
    block = text.split(f"<!-- {name} -->")[1].split("<!-- end -->")[0]
    rows = [line.strip("| ").split("|") for line in block.strip().splitlines()[2:]]
    return [
        Known(
            Place(cells[0].strip(), *map(float, cells[1].split(","))),
            Place(cells[2].strip(), *map(float, cells[3].split(","))),
            float(cells[4].replace(",", "")),
        )
        for cells in rows
    ]


def title(pair: Known) -> str:
    return f"{pair.start.name} to {pair.goal.name}"


@pytest.fixture(scope="module")
def network() -> Network:
    return load_network()


@pytest.fixture(scope="module")
def rates() -> Rates:
    return Rates.from_economics(table("anode_economics"))


@pytest.fixture(scope="module")
def cache_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("freight")


CITIES = np.array(
    [
        [52.15, 10.33],  # Salzgitter
        [47.53, 21.63],  # Debrecen
        [62.39, 17.31],  # Sundsvall
        [35.05, -85.31],  # Chattanooga
        [25.67, -100.31],  # Monterrey
        [29.87, 121.55],  # Ningbo
        [-6.97, 110.42],  # Semarang
        [24.34, 56.73],  # Sohar
        [35.77, -5.80],  # Tangier
        [64.15, -21.94],  # Reykjavik
        [36.02, 129.36],  # Pohang
        [5.38, 100.57],  # Kulim
    ]
)


# ---- the world -------------------------------------------------------------------------------


@pytest.mark.parametrize("pair", known("road"), ids=title)
def test_roads_are_as_long_as_they_really_are(network: Network, rates: Rates, pair: Known) -> None:
    found = route(network, rates, pair.start[1:], pair.goal[1:], "road")
    assert found.km == pytest.approx(pair.km, rel=0.15)
    assert {leg.mode for leg in found.legs} == {"road"}


@pytest.mark.parametrize("pair", known("sea"), ids=title)
def test_voyages_are_as_long_as_they_really_are(
    network: Network, rates: Rates, pair: Known
) -> None:
    found = route(network, rates, pair.start[1:], pair.goal[1:], "sea")
    assert sum(leg.km for leg in found.legs if leg.mode == "sea") == pytest.approx(
        pair.km, rel=0.15
    )
    assert [leg.mode for leg in found.legs if leg.mode != "road"] == ["transfer", "sea", "transfer"]


@pytest.mark.parametrize("pair", known("cape"), ids=title)
def test_voyages_round_the_cape_are_as_long_as_they_really_are(
    network: Network, rates: Rates, pair: Known
) -> None:
    shut = rates.with_tolls([Toll("suez", (), np.inf)])
    found = route(network, shut, pair.start[1:], pair.goal[1:], "sea")
    assert sum(leg.km for leg in found.legs if leg.mode == "sea") == pytest.approx(
        pair.km, rel=0.05
    )


CLOSED = {
    "Seoul to Pyongyang": ((37.57, 126.98), (39.03, 125.75)),
    "Helsinki to Saint Petersburg": ((60.17, 24.94), (59.94, 30.31)),
    "Casablanca to Oran": ((33.57, -7.59), (35.70, -0.63)),
    "Warsaw to Minsk": ((52.23, 21.01), (53.90, 27.57)),
    "Yerevan to Kars": ((40.18, 44.51), (40.61, 43.10)),
}


@pytest.mark.parametrize("pair", CLOSED.values(), ids=CLOSED)
def test_closed_borders_are_not_crossed(
    network: Network, rates: Rates, pair: tuple[tuple[float, float], tuple[float, float]]
) -> None:
    found = itineraries(network, rates, pair[0], [pair[1]], "road")[0]
    assert found.km > 2 * freight_km(*pair)


def freight_km(start: tuple[float, float], goal: tuple[float, float]) -> float:
    lat1, lon1, lat2, lon2 = np.radians([*start, *goal])
    step = np.sin((lat2 - lat1) / 2) ** 2
    step += np.cos(lat1) * np.cos(lat2) * np.sin((lon2 - lon1) / 2) ** 2
    return float(2 * 6371.0088 * np.arcsin(np.sqrt(step)))


def test_lonely_island_is_priced_and_flagged(
    network: Network, rates: Rates, cache_dir: Path
) -> None:
    field = fields(network, rates, CITIES[:1], cache_dir=cache_dir)
    tristan, sundsvall = np.array([[-37.07, -12.31]]), CITIES[2:3]
    assert np.isfinite(field.at(tristan)).all()
    assert field.gap_km(tristan)[0] > 1000
    assert field.gap_km(sundsvall)[0] < 10


# ---- laws ------------------------------------------------------------------------------------


def test_cost_is_the_same_in_both_directions(
    network: Network, rates: Rates, cache_dir: Path
) -> None:
    for mode in freight.MODES:
        there = cost_matrix(network, rates, CITIES, CITIES, mode=mode, cache_dir=cache_dir)
        np.testing.assert_allclose(there, there.T, rtol=2e-6)


def test_a_free_choice_of_mode_is_never_dearer(
    network: Network, rates: Rates, cache_dir: Path
) -> None:
    cost = {
        mode: cost_matrix(network, rates, CITIES, CITIES, mode=mode, cache_dir=cache_dir)
        for mode in freight.MODES
    }
    assert (cost["any"] <= cost["road"] * (1 + 1e-6)).all()
    assert (cost["any"] <= cost["sea"] * (1 + 1e-6)).all()
    assert np.isfinite(cost["any"]).all()
    assert np.isfinite(cost["sea"]).all()
    assert np.isinf(cost["road"][9, 0])


def test_a_row_depends_on_its_own_point_only(
    network: Network, rates: Rates, cache_dir: Path
) -> None:
    field = fields(network, rates, CITIES, cache_dir=cache_dir)
    points = np.random.default_rng(1).uniform((30, -10), (60, 40), (300, 2))
    together = field.at(points)
    order = np.random.default_rng(2).permutation(300)
    np.testing.assert_array_equal(field.at(points[order]), together[order])
    np.testing.assert_array_equal(field.at(points[17:18]), together[17:18])
    assert field.at(points[:0]).shape == (0, len(CITIES))
    assert together.dtype == np.float32


def test_columns_follow_the_destinations(network: Network, rates: Rates, cache_dir: Path) -> None:
    cost = cost_matrix(network, rates, CITIES[:3], CITIES, cache_dir=cache_dir)
    mixed = [3, 3, 0, 11, 0]
    other = cost_matrix(network, rates, CITIES[:3], CITIES[mixed], cache_dir=cache_dir)
    np.testing.assert_allclose(other, cost[:, mixed], rtol=1e-6)


def test_matrix_and_itineraries_agree(network: Network, rates: Rates, cache_dir: Path) -> None:
    for mode in freight.MODES:
        cost = cost_matrix(network, rates, CITIES, CITIES, mode=mode, cache_dir=cache_dir)
        for i in (1, 6, 9):
            ways = itineraries(network, rates, tuple(CITIES[i]), CITIES, mode)
            np.testing.assert_allclose([way.usd_per_t for way in ways], cost[i], rtol=1e-5)
            for way in ways:
                if way.legs:
                    assert way.km == pytest.approx(sum(leg.km for leg in way.legs))
                    assert way.usd_per_t == pytest.approx(sum(leg.usd_per_t for leg in way.legs))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 11), st.floats(-0.5, 0.5), st.floats(-0.5, 0.5))
def test_near_points_are_never_dearer_than_straight(city: int, north: float, east: float) -> None:
    network = load_network()
    start = CITIES[city]
    goal = start + np.array([north, east])
    ways = itineraries(network, RATES, tuple(start), [goal], "road")
    lands = freight_entry_land(network, np.array([start, goal]))
    if lands[0] == lands[1]:
        rate = 0.08 if city in {3, 4} else 0.10
        straight = freight_km(tuple(start), tuple(goal)) * 1.3 * rate + 8
        assert ways[0].usd_per_t <= straight * (1 + 1e-6)


def freight_entry_land(network: Network, points: np.ndarray) -> np.ndarray:
    access = np.radians([network.access_lat, network.access_lon]).astype(float)
    near = [
        np.argmin(
            (access[0] - lat) ** 2 + ((access[1] - lon) * np.cos(lat)) ** 2,
        )
        for lat, lon in np.radians(points)
    ]
    return network.landmass[near]


# ---- a world small enough to price by hand ---------------------------------------------------


def little_world() -> Network:
    """Two coasts: A - port P - lane 1000 km - port Q - B, with a ferry P-Q and a railway A-P."""
    rows = [  # town A, quay P, quay Q, town B, their berths, two terminals; far apart on the map
        (50, 0, ROAD),
        (50, 60, ROAD),
        (50, 120, ROAD),
        (50, 180, ROAD),
        (50, 60, SEA),
        (50, 120, SEA),
        (50, 0, RAIL),
        (50, 60, RAIL),
    ]
    edges = [
        (0, 1, 400, ROAD_KM),
        (2, 3, 100, ROAD_KM),
        (1, 2, 1500, FERRY_KM),
        (4, 5, 1000, SEA_KM),
        (1, 4, 0, PORT_KM),
        (2, 5, 0, PORT_KM),
        (6, 7, 500, RAIL_KM),
        (6, 0, 0, TERMINAL_KM),
        (7, 1, 0, TERMINAL_KM),
    ]
    lat, lon, mode = np.array(rows, float).T
    u, v, km, kind = np.array(edges).T
    access = np.array([0, 1, 2, 3])
    return Network(
        lat=lat,
        lon=lon,
        mode=mode.astype(np.int8),
        u=u,
        v=v,
        km=km.astype(float),
        kind=kind,
        access_lat=lat[access],
        access_lon=lon[access],
        landmass=np.array([0, 0, 1, 1]),
        gate=access[:, None],
        gate_km=np.zeros((4, 1)),
        place=np.array([1, 2, 6, 7]),
        place_name=np.array(["P", "Q", "A yard", "P yard"]),
    )


A, B = (50.0, 0.0), (50.0, 180.0)
HAND = {
    # truck 400 + ferry 1500 + truck 100 km at 0.10, one loading, one boarding
    "road": 2000 * 0.10 + 8 + 8,
    # truck legs 500 km, two loadings, two feeder calls and 1000 km at 0.02
    "sea": 500 * 0.10 + 2 * 8 + 2 * 15 + 1000 * 0.02,
    # the railway takes 500 km at 0.05 instead of 400 at 0.10, for two more loadings less
    # one truck leg to the port: never worth it here
    "any": 500 * 0.10 + 2 * 8 + 2 * 15 + 1000 * 0.02,
}


@pytest.mark.parametrize("mode", freight.MODES)
def test_little_world_is_priced_by_hand(mode: str, tmp_path: Path) -> None:
    world = little_world()
    cost = cost_matrix(world, RATES, np.array([A]), np.array([B]), mode=mode, cache_dir=tmp_path)
    assert cost[0, 0] == pytest.approx(HAND[mode])
    assert route(world, RATES, A, B, mode).usd_per_t == pytest.approx(HAND[mode])


def test_little_world_takes_the_train_when_it_is_cheap() -> None:
    cheap = Rates(**{**vars(RATES), "rail_usd_per_tkm": 0.01})
    found = route(little_world(), cheap, A, B)
    assert [leg.mode for leg in found.legs] == [
        "road",
        "transfer",
        "rail",
        "transfer",
        "transfer",
        "sea",
        "transfer",
        "road",
    ]
    assert (found.legs[2].from_place, found.legs[2].to_place) == ("A yard", "P yard")
    # four legs of truck or train are loaded, two of them without a km
    assert found.usd_per_t == pytest.approx(500 * 0.01 + 100 * 0.1 + 4 * 8 + 2 * 15 + 1000 * 0.02)


def test_little_world_takes_the_ocean_ship_when_the_lane_is_long() -> None:
    world = little_world()
    world.km[3] = 5000
    found = route(world, RATES, A, B, "sea")
    assert found.usd_per_t == pytest.approx(500 * 0.10 + 2 * 8 + 2 * 30 + 5000 * 0.005)


def test_points_off_the_road_pay_for_the_way_to_it(tmp_path: Path) -> None:
    world = little_world()
    far = (52.0, 0.0)
    extra = freight_km(far, A) * 1.3 * 0.10
    found = cost_matrix(world, RATES, np.array([far]), np.array([B]), cache_dir=tmp_path)
    assert found[0, 0] == pytest.approx(HAND["any"] + extra, rel=1e-6)


# ---- cache and faults ------------------------------------------------------------------------


def test_second_call_is_read_from_the_cache(tmp_path: Path) -> None:
    calls: list[tuple[int, int]] = []

    def ask(rates: Rates) -> np.ndarray:
        return fields(
            little_world(),
            rates,
            np.array([A, B]),
            cache_dir=tmp_path,
            progress=lambda done, total: calls.append((done, total)),
        ).at(np.array([A]))

    first = ask(RATES)
    assert calls == [(2, 2)]
    np.testing.assert_array_equal(ask(RATES), first)
    assert calls == [(2, 2)]
    dearer = ask(Rates(**{name: 2 * value for name, value in vars(RATES).items()}))
    assert len(calls) == 2
    np.testing.assert_allclose(dearer, 2 * first, rtol=1e-6)


def test_only_new_destinations_are_searched(tmp_path: Path) -> None:
    calls: list[tuple[int, int]] = []
    quay, middle = (50.0, 60.0), (50.0, 120.0)

    def ask(*goals: tuple[float, float], folder: str = "one") -> np.ndarray:
        return fields(
            little_world(),
            RATES,
            np.array(goals),
            cache_dir=tmp_path / folder,
            progress=lambda done, total: calls.append((done, total)),
        ).at(np.array([A, B, quay]))

    def add(kept: Path) -> np.ndarray:
        shutil.copytree(tmp_path / "one", kept)
        return ask(B, quay, A, folder=kept.name)

    ask(A, B)
    calls.clear()
    mixed = add(tmp_path / "two")
    assert calls == [(3, 3)]
    np.testing.assert_array_equal(mixed, ask(B, quay, A, folder="fresh"))
    calls.clear()
    ask(A, B, quay, middle, folder="two")
    ask(B, folder="two")
    assert calls == [(4, 4)]  # a field of fewer destinations needs no search
    # a field that was altered is not believed
    for path in (tmp_path / "one").glob("*-*.npy"):
        path.write_bytes(path.read_bytes()[:-40] + b"1" * 40)
    np.testing.assert_array_equal(add(tmp_path / "three"), mixed)


@pytest.mark.parametrize("mode", freight.MODES)
def test_batches_and_the_order_of_destinations_move_no_bit(
    network: Network,
    rates: Rates,
    tmp_path: Path,
    cache_dir: Path,
    mode: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plain = fields(network, rates, CITIES, mode=mode, cache_dir=cache_dir)
    monkeypatch.setattr(freight, "_BATCH", 5)
    parts = fields(network, rates, CITIES[::-1][1:], mode=mode, cache_dir=tmp_path / "parts")
    np.testing.assert_array_equal(parts.at(CITIES), plain.at(CITIES)[:, ::-1][:, 1:])


@pytest.mark.parametrize(
    "points",
    [
        [[91.0, 0.0]],
        [[0.0, 181.0]],
        [[np.nan, 0.0]],
        [[0.0, np.inf]],
        [1.0, 2.0],
        [[1.0, 2.0, 3.0]],
    ],
)
def test_points_off_the_globe_are_refused(points: list, tmp_path: Path) -> None:
    with pytest.raises(SitingError):
        fields(little_world(), RATES, np.array(points), cache_dir=tmp_path)
