"""The cost of a tonne at any place on land, against the plan and against hand calculations."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from sample_atlas import PAYLOADS

from geodata.errors import SitingError
from siting.money.sitecost import cost_at, customer_named, one_a_country
from siting.world.gazetteer import place


@pytest.fixture(scope="module")
def at(nordic):
    """Return a function: words -> cost there, as the Nordic study reckons it; cached."""
    known = {}

    def reckon(words):
        if words not in known:
            known[words] = cost_at(nordic.study, nordic.facts, nordic.demand, place(words))
        return known[words]

    return reckon


EVERYWHERE = ("Kuching, MY", "-33.9,18.5", "Tianjin, CN", "Port of Narvik", "Salzgitter")


@pytest.mark.parametrize("words", EVERYWHERE)
def test_the_sums_hold(at, words):
    found = at(words)
    assert found.usd_per_t == pytest.approx(found.stack.sum())
    assert found.low < found.usd_per_t < found.high
    rows = found.customers
    way = rows["freight"] + rows["duty"]
    assert rows["delivered"].to_numpy() == pytest.approx(found.usd_per_t + way, abs=0.01)
    assert rows["margin"].to_numpy() == pytest.approx(
        rows["price"] - found.usd_per_t - way, abs=0.01
    )
    assert (rows["price"] >= rows["parity"] - 1e-9).all()
    assert (rows["kt"] > 0).all()
    assert (rows["freight"] > 0).all()
    # those that it may sell to first, and of them those that are cheapest to reach
    open_to_it = rows["open_kt"].gt(0).to_numpy()
    assert (np.diff(open_to_it.astype(int)) <= 0).all()
    assert (np.diff(way[open_to_it]) >= -1e-3).all()
    assert rows["sold"].sum() == pytest.approx(1, abs=1e-5)
    mean = (rows["sold"] * rows["margin"]).sum()
    assert found.money["margin"] == pytest.approx(mean, abs=0.05)


@pytest.mark.parametrize("country", ["SE", "FI", "NO", "MA"])
def test_a_candidate_of_the_plan_costs_what_the_plan_says(nordic, country):
    # far from borders and coasts, so that the point alone finds its country
    inland = nordic.places[nordic.places["country"].eq(country) & nordic.places["kind"].eq("town")]
    row = inland.iloc[len(inland) // 2]
    i = list(nordic.places["site_id"]).index(row["site_id"])
    there = place(f"{row['lat']:.6f},{row['lon']:.6f}")
    found = cost_at(nordic.study, nordic.facts, nordic.demand, there)
    landed = nordic.measures.landed
    assert (found.country, found.region) == (row["country"], row["region"])
    assert found.usd_per_t == pytest.approx(landed.cost[i], rel=1e-4)
    assert (found.low, found.high) == pytest.approx((landed.low[i], landed.high[i]), rel=1e-4)
    assert found.entry == pytest.approx(nordic.measures.openness[i])
    ids = list(nordic.demand.plants["id"])
    best = found.customers.iloc[0]
    assert best["margin"] == pytest.approx(landed.margin_at(i)[ids.index(best["plant_id"])], abs=1)


def test_a_place_in_china_by_hand(at, nordic):
    found = at("Tianjin, CN")
    assert (found.country, found.place.name) == ("CN", "Tianjin, CN")
    rate = 0.10 + found.conditions["country_risk_pct"] / 100
    factor = rate / (1 - (1 + rate) ** -15)
    # CX-CN at 60 kt/y, scaled to 50 with the elasticity of CX-SCALE, made at 90 % of nameplate
    invested = 3500 * (50 / 60) ** -0.07 / 0.9
    assert nordic.study.capacity_ktpa == 50
    assert found.stack["capital"] == pytest.approx(invested * factor, rel=1e-6)
    assert found.stack["maintenance"] == pytest.approx(0.035 * invested, rel=1e-6)
    assert found.stack["power"] == pytest.approx(11 * found.conditions["power_usd_per_mwh"])
    rows = found.customers.set_index("country")
    american, german = rows.loc[["US"]].iloc[0], rows.loc[["DE"]].iloc[0]
    assert american["duty"] == pytest.approx(0.25 * found.usd_per_t, rel=1e-5)
    assert german["duty"] == pytest.approx(0.036 * (found.usd_per_t + german["freight"]), rel=1e-5)


def test_swedish_anode_pays_no_duty_in_the_union(at):
    rows = at("Skellefteå, SE").customers
    inside = rows["country"].isin(["SE", "DE", "FR", "HU", "PL", "NO"])
    assert inside.sum() > 10
    assert (rows.loc[inside, "duty"] == 0).all()


def test_the_chance_of_entry_is_that_of_the_law(at):
    assert at("Skellefteå, SE").entry < 1  # the refusal of December 2024
    assert at("Port of Narvik").entry == 1


def test_the_largest_mover_stands_first(at):
    moves = at("Kuching, MY").moves
    assert moves.index[0] == "capex_band"
    assert (np.diff(moves.abs().to_numpy()) <= 0).all()
    assert moves["utilisation_pct"] < 0 < moves["rate_pct"]


def test_the_sea_is_no_place(nordic):
    there = place("0,-150")
    with pytest.raises(SitingError, match=r"open sea.*on land"):
        cost_at(nordic.study, nordic.facts, nordic.demand, there)


def test_places_by_id_name_port_town_and_coordinates(nordic):
    sites = nordic.facts["industrial_sites"]
    row = sites.iloc[7]
    for words in (row["site_id"], row["name"], f"  {row['name'].upper()} "):
        assert place(words).latlon == (row["lat"], row["lon"])
    port, town = place("port of rotterdam"), place("Rotterdam, NL")
    assert (port.name, town.name) == ("Port of Rotterdam, NL", "Rotterdam, NL")
    assert port.latlon != town.latlon
    assert place("-33.9,18.4").latlon == (-33.9, 18.4)


@pytest.mark.parametrize("words", ["port of nowhere", "Salzgiter", "", "95,10", *PAYLOADS[:3]])
def test_a_name_of_nothing_is_a_fault(words):
    with pytest.raises(SitingError):
        place(words)


def test_customers_by_id_name_and_part_of_it(at):
    rows = at("Kuching, MY").customers
    row = rows[rows["plant_id"].eq("lyten-skelleftea")].iloc[0]
    for words in ("lyten-skelleftea", "LYTEN-SKELLEFTEA", row["name"], "skelleftea"):
        assert customer_named(words, rows)["plant_id"].tolist() == [row["plant_id"]]
    with pytest.raises(SitingError, match="several are meant") as caught:
        customer_named("tesla", rows)
    american = rows[rows["name"].str.lower().str.contains("tesla")]
    assert all(f'"{name}"' in str(caught.value) for name in american["name"])


@pytest.mark.parametrize("words", ["", "nobody at all", "((", ".*", "\\", *PAYLOADS])
def test_a_customer_of_no_name_is_a_fault(at, words):
    with pytest.raises(SitingError, match="no such customer"):
        customer_named(words, at("Kuching, MY").customers.query("country == 'SE'"))


def test_hostile_names_find_themselves_and_change_no_number(at, nordic):
    plants = nordic.demand.plants
    names = [PAYLOADS[i % len(PAYLOADS)] for i in range(len(plants))]
    demand = dataclasses.replace(nordic.demand, plants=plants.assign(name=names))
    there = place("Kuching, MY")
    found = cost_at(nordic.study, nordic.facts, demand, there)
    assert found.stack.equals(at("Kuching, MY").stack)
    for words in PAYLOADS[:6]:
        same = found.customers[found.customers["name"].eq(words)]
        assert len(customer_named(same["plant_id"].iloc[0], found.customers)) == 1
        with pytest.raises(SitingError, match="several are meant"):
            customer_named(words, found.customers)


def test_the_first_customer_of_each_country_is_shown(at):
    rows = at("Kuching, MY").customers
    shown = one_a_country(rows)
    assert shown["country"].is_unique
    assert set(shown["country"]) == set(rows["country"])
    first = rows.groupby("country", sort=False)["plant_id"].first()
    assert shown.set_index("country")["plant_id"].to_dict() == first.to_dict()
