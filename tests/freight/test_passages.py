"""Passages: each cuts the lanes through it and no others, and a closed one is gone round."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from geodata.load import table
from geodata.network import SEA_KM, Network, load_network
from geodata.vocabulary import PASSAGE
from siting.freight.freight import CLOSED_USD_PER_T, LINES, Rates, Toll, fields, route
from siting.freight.passages import crossings
from siting.freight.tariff import edge_usd

Point = tuple[float, float]
PLACES: dict[str, Point] = {
    "Rotterdam": (51.95, 4.14), "Shanghai": (31.36, 121.6), "Doha": (25.3, 51.5),
    "Port Klang": (3.0, 101.4), "Hong Kong": (22.3, 114.2), "Long Beach": (33.75, -118.2),
    "Houston": (29.73, -95.0), "Genoa": (44.41, 8.9), "Constanta": (44.17, 28.65),
    "Piraeus": (37.95, 23.6), "Jeddah": (21.49, 39.19), "Mumbai": (18.95, 72.85),
    "New York": (40.68, -74.02), "Sohar": (24.5, 56.62),
}  # fmt: skip
THROUGH = {
    "suez": ("Rotterdam", "Shanghai"),
    "bab_el_mandeb": ("Jeddah", "Mumbai"),
    "hormuz": ("Doha", "Rotterdam"),
    "malacca": ("Port Klang", "Hong Kong"),
    "panama": ("Long Beach", "Houston"),
    "gibraltar": ("Rotterdam", "Genoa"),
    "turkish_straits": ("Constanta", "Piraeus"),
}
PAST = (("Rotterdam", "New York"), ("Shanghai", "Hong Kong"), ("Sohar", "Mumbai"))


@pytest.fixture(scope="module")
def network() -> Network:
    return load_network()


@pytest.fixture(scope="module")
def rates() -> Rates:
    return Rates.from_economics(table("anode_economics"))


def cost(network: Network, rates: Rates, pair: tuple[str, str], *tolls: Toll) -> float:
    start, goal = (PLACES[name] for name in pair)
    return route(network, rates.with_tolls(tolls), start, goal, "sea").usd_per_t


def test_the_lines_are_those_of_the_table() -> None:
    assert set(LINES) == set(PASSAGE) == set(THROUGH)


@pytest.mark.parametrize("passage", LINES)
def test_a_charge_is_paid_once_on_the_way_through_and_nowhere_else(
    network: Network, rates: Rates, passage: str
) -> None:
    toll = Toll(passage, (), 5.0)
    open_ = cost(network, rates, THROUGH[passage])
    assert cost(network, rates, THROUGH[passage], toll) == pytest.approx(open_ + 5.0)
    for pair in PAST:
        assert cost(network, rates, pair, toll) == cost(network, rates, pair)


@pytest.mark.parametrize("passage", LINES)
def test_a_closed_passage_is_gone_round_and_the_way_stays_cheaper_than_by_air(
    network: Network, rates: Rates, passage: str
) -> None:
    shut = cost(network, rates, THROUGH[passage], Toll(passage, (), np.inf))
    assert cost(network, rates, THROUGH[passage]) + 5 < shut < CLOSED_USD_PER_T / 10


@pytest.mark.parametrize("passage", LINES)
def test_only_lanes_of_the_sea_cross(network: Network, passage: str) -> None:
    share = crossings(network, passage)
    assert set(network.kind[share > 0]) == {SEA_KM}
    assert 0 < (share > 0).sum() <= 3
    assert share.max() == 1 / len(LINES[passage])


def test_a_charge_at_ports_is_paid_at_each_call(network: Network, rates: Rates) -> None:
    toll = Toll("", ("NL", "US-NY", "US-NJ"), 7.0)
    for pair, calls in ((("Rotterdam", "New York"), 2), (("Rotterdam", "Shanghai"), 1),
                        (("Shanghai", "Hong Kong"), 0)):  # fmt: skip
        # the next port over the border, where it is not dearer
        added = cost(network, rates, pair, toll) - cost(network, rates, pair)
        assert 0 <= added <= 7.0 * calls + 1e-9
        assert (added > 0) == (calls > 0)
    priced = edge_usd(network, rates.with_tolls([toll])) - edge_usd(network, rates)
    assert set(np.round(np.unique(priced), 6)) == {0.0, 7.0}


def test_where_every_port_is_closed_the_cost_is_finite_and_that_of_air(
    network: Network, rates: Rates, tmp_path: Path
) -> None:
    island = np.array([[64.15, -21.94]])  # Reykjavik
    shut = rates.with_tolls([Toll("", ("IS",), np.inf)])
    found = fields(network, shut, np.array([PLACES["Rotterdam"]]), cache_dir=tmp_path).at(island)
    assert CLOSED_USD_PER_T < found.item() < CLOSED_USD_PER_T + 200


def test_a_charge_of_nothing_changes_no_bit_and_their_order_counts_not(
    network: Network, rates: Rates, tmp_path: Path
) -> None:
    goals = np.array([PLACES["Rotterdam"], PLACES["Shanghai"]])
    plain = fields(network, rates, goals, cache_dir=tmp_path)
    nothing = rates.with_tolls([Toll("suez", (), 0.0)])
    assert nothing == rates
    assert edge_usd(network, nothing).tobytes() == edge_usd(network, rates).tobytes()
    two = Toll("suez", (), 3.0), Toll("", ("SG",), 2.0)
    assert rates.with_tolls(two) == rates.with_tolls(two[::-1])
    dear = fields(network, rates.with_tolls(two), goals, cache_dir=tmp_path)
    assert (np.asarray(dear.usd) >= np.asarray(plain.usd)).all()
    assert (np.asarray(dear.usd) > np.asarray(plain.usd)).any()
