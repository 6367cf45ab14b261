from __future__ import annotations

import numpy as np
import pytest

from geodata.errors import SitingError
from geodata.load import table
from geodata.network import Network, load_network
from siting.freight.routes import Leg, Route, check_points, itineraries, route
from siting.freight.tariff import Rates


@pytest.fixture(scope="module")
def network() -> Network:
    return load_network()


@pytest.fixture(scope="module")
def rates() -> Rates:
    return Rates.from_economics(table("anode_economics"))


def test_long_voyages_go_by_ocean_ship_and_short_ones_by_feeder(
    network: Network, rates: Rates
) -> None:
    def usd_per_km(start: tuple[float, float], goal: tuple[float, float]) -> float:
        (leg,) = (
            leg for leg in route(network, rates, start, goal, "sea").legs if leg.mode == "sea"
        )
        return leg.usd_per_t / leg.km

    assert usd_per_km((29.87, 121.55), (53.54, 9.97)) == pytest.approx(rates.deep_sea_usd_per_tkm)
    assert usd_per_km((62.39, 17.31), (54.35, 18.65)) == pytest.approx(rates.short_sea_usd_per_tkm)


def test_ports_are_named(network: Network, rates: Rates) -> None:
    legs = route(network, rates, (29.87, 121.55), (53.54, 9.97)).legs
    assert [leg.mode for leg in legs] == ["road", "transfer", "sea", "transfer", "road"]
    assert (legs[0].to_place, legs[2].from_place, legs[2].to_place) == (
        "Ningbo",
        "Ningbo",
        "Hamburg",
    )
    assert legs[0].from_place == legs[-1].to_place == ""


def test_no_way_by_road_is_said(network: Network, rates: Rates) -> None:
    with pytest.raises(SitingError, match="no way by road"):
        route(network, rates, (64.15, -21.94), (53.54, 9.97), "road")
    assert route(network, rates, (64.15, -21.94), (53.54, 9.97)).usd_per_t < 150


def test_all_bad_points_are_named_at_once(network: Network, rates: Rates) -> None:
    with pytest.raises(SitingError) as caught:
        itineraries(network, rates, (0, 0), [(95, 0), (10, 10), (0, 500)])
    assert [fault.row for fault in caught.value.faults] == [0, 2]


def test_unknown_mode_is_refused(network: Network, rates: Rates) -> None:
    with pytest.raises(SitingError, match="any, road, sea"):
        route(network, rates, (0, 0), (1, 1), "air")


def test_legs_meet_where_they_say(network: Network, rates: Rates) -> None:
    goals = np.array([[53.54, 9.97], [35.05, -85.31], [-26.2, 28.05], [28.6, 77.2]])
    for found in itineraries(network, rates, (24.34, 56.73), goals):
        assert found.legs[0].from_place == found.legs[-1].to_place == ""
        for one, other in zip(found.legs[:-1], found.legs[1:], strict=True):
            assert one.to_place == other.from_place != ""
            assert "transfer" in {one.mode, other.mode}
        assert all(leg.km == 0 for leg in found.legs if leg.mode == "transfer")
        assert all(leg.usd_per_t > 0 for leg in found.legs)


def test_tunnel_and_ferries_are_part_of_a_road_leg(network: Network, rates: Rates) -> None:
    found = route(network, rates, (51.51, -0.13), (48.86, 2.35), "road")
    assert [leg.mode for leg in found.legs] == ["road"]
    assert found.km == pytest.approx(460, rel=0.15)


def test_a_way_to_itself_is_one_loading(network: Network, rates: Rates) -> None:
    here = (52.15, 10.33)
    loading = rates.loading_usd_per_t
    assert route(network, rates, here, here) == Route(0.0, loading, (Leg("road", 0.0, loading),))


def test_points_are_made_floats_in_rows() -> None:
    assert check_points([(1, 2), (3, 4)], "points").tolist() == [[1.0, 2.0], [3.0, 4.0]]
    assert check_points(np.empty((0, 2)), "points").shape == (0, 2)
    with pytest.raises(SitingError, match="rows of latitude, longitude"):
        check_points([1.0, 2.0], "points")


def test_a_search_that_ends_at_the_dearest_way_finds_the_same_ways(network, rates):
    ends = [(65.6, 22.1), (52.1, 10.3), (47.5, 19.0)]
    whole = itineraries(network, rates, (62.4, 17.3), ends)
    dearest = max(way.usd_per_t for way in whole)
    assert itineraries(network, rates, (62.4, 17.3), ends, most_usd=dearest + 0.1) == whole
    cut = itineraries(network, rates, (62.4, 17.3), ends, most_usd=dearest - 5.0)
    assert sum(not way.legs for way in cut) == 1
