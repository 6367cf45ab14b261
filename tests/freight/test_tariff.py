from __future__ import annotations

import numpy as np
import pytest

from geodata.errors import SitingError
from geodata.load import table
from geodata.network import FERRY_KM, PORT_KM, ROAD_KM, SEA_KM, TERMINAL_KM, load_network
from siting.freight.tariff import Rates, edge_usd, in_america, transfer_usd

RATES = Rates(0.10, 0.08, 0.05, 0.03, 0.02, 0.005, 15.0, 30.0, 8.0)


def test_rates_come_from_the_economics_table() -> None:
    rates = Rates.from_economics(table("anode_economics"))
    assert rates.road_usd_per_tkm == 0.11
    assert rates.deep_port_usd_per_t == 30


def test_all_missing_rates_are_named_at_once() -> None:
    economics = table("anode_economics")
    broken = economics[economics["param_id"] != "FR-SEA-LONG"].copy()
    broken.loc[broken["param_id"] == "FR-ROAD-EU", "central"] = 0.0
    with pytest.raises(SitingError) as caught:
        Rates.from_economics(broken)
    message = str(caught.value)
    assert "FR-SEA-LONG" in message
    assert "FR-ROAD-EU" in message


def test_north_america_ends_at_the_darien_gap() -> None:
    inside = {
        "Chattanooga": (35.0, -85.3),
        "Becancour": (46.3, -72.4),
        "Monterrey": (25.7, -100.3),
        "Anchorage": (61.2, -149.9),
        "Panama": (9.0, -79.5),
        "Havana": (23.1, -82.4),
    }
    outside = {
        "Cartagena": (10.4, -75.5),
        "Caracas": (10.5, -66.9),
        "Reykjavik": (64.1, -21.9),
        "Lima": (-12.0, -77.0),
        "Sundsvall": (62.4, 17.3),
        "Chukotka": (64.7, 177.5),
    }
    assert in_america(*np.array([*inside.values()]).T).all()
    assert not in_america(*np.array([*outside.values()]).T).any()


def test_fixed_charges_are_those_of_the_tariff() -> None:
    assert transfer_usd(RATES, PORT_KM) == 15 + 4
    assert transfer_usd(RATES, PORT_KM, deep=True) == 30 + 4
    assert transfer_usd(RATES, TERMINAL_KM) == transfer_usd(RATES, FERRY_KM) == 8
    assert transfer_usd(RATES, ROAD_KM) == transfer_usd(RATES, SEA_KM) == 0


def test_edges_cost_their_km_and_their_transfer() -> None:
    network = load_network()
    short, deep = edge_usd(network, RATES), edge_usd(network, RATES, deep=True)
    lane, port = network.kind == SEA_KM, network.kind == PORT_KM
    np.testing.assert_allclose(short[lane], network.km[lane] * 0.02)
    np.testing.assert_allclose(deep[lane], network.km[lane] * 0.005)
    np.testing.assert_allclose(deep[port], network.km[port] * 0.005 + 34)
    np.testing.assert_array_equal(short[~lane & ~port], deep[~lane & ~port])
    road = (network.kind == ROAD_KM) & (network.km > 0)
    assert set(np.unique((short[road] / network.km[road]).round(6))) == {0.08, 0.10}
