from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from geodata.load import table
from siting.market.customers import coordinates, freight_to_customers
from siting.market.growth import share_growth
from siting.model.measure import measure
from siting.study.criteria import CRITERIA

PLACES = pd.DataFrame(
    {
        "site_id": ["sundsvall", "malmo", "detroit", "denver", "tangier", "rail"],
        "lat": [62.391, 55.605, 42.331, 39.739, 35.77, 39.739],
        "lon": [17.306, 13.0, -83.046, -104.99, -5.80, -104.99],
        "country": ["SE", "SE", "US", "US", "MA", "US"],
        "region": ["SE-22", "SE-12", "US-MI", "US-CO", "MA-01", "US-CO"],
        "zone": ["SE2", "SE4", "", "", "", ""],
        "rail": ["", "", "", "", "", "y"],
    }
)


@pytest.fixture(scope="module")
def measured(nordic, nordic_study):
    customers = freight_to_customers(nordic.demand, coordinates(PLACES))
    return measure(nordic_study, nordic.facts, PLACES, customers, nordic.demand)


def raw(measured, criterion):
    return dict(zip(PLACES["site_id"], measured.raw[criterion], strict=True))


def factor(name, country, zone=None):
    rows = table("place_factors")
    rows = rows[rows["factor"].eq(name) & rows["iso2"].eq(country)]
    kind = rows["region_type"].eq("bidding_zone" if zone else "country")
    rows = rows[kind & (rows["region_code"].eq(zone) if zone else True)]
    return float(rows["value"].iloc[-1])


def test_every_criterion_is_measured_and_finite(measured):
    assert list(measured.raw) == list(CRITERIA)
    assert np.isfinite(measured.raw.to_numpy(float)).all()
    assert list(measured.level) == list(measured.imputed) == list(CRITERIA)


def test_power_in_sundsvall_is_the_swedish_price_and_the_spread_of_its_zone(measured):
    zonal = [factor("day_ahead_price_usd_per_mwh", "SE", f"SE{i}") for i in (1, 2, 3, 4)]
    country = factor("industrial_electricity_usd_per_mwh", "SE")  # confidence A: at its word
    power = raw(measured, "power_price")
    assert power["sundsvall"] == pytest.approx(country + zonal[1] - np.mean(zonal))
    assert power["malmo"] == pytest.approx(country + zonal[3] - np.mean(zonal))
    assert measured.level["power_price"][:2].tolist() == ["zone", "zone"]
    assert raw(measured, "grid_carbon")["sundsvall"] == factor("grid_carbon_g_per_kwh", "SE", "SE2")


def test_ports_railways_and_people(measured):
    port, rail, people = (raw(measured, c) for c in ("port_km", "rail_km", "workforce"))
    assert port["sundsvall"] < 20
    assert port["denver"] > 800  # no sea in Colorado
    assert port["tangier"] < 60
    assert rail["rail"] == 1.0
    assert measured.level["rail_km"].iloc[-1] == "site"
    assert people["detroit"] > 2000  # thousand, of 4.3 million around
    assert people["sundsvall"] < 200


def test_duty_on_chinese_anode_is_that_of_the_customers_markets(measured, nordic):
    duty = raw(measured, "import_duty")
    by_customer = 100 * measured.landed.gates["duty_rate"]
    american = nordic.demand.plants["country"].eq("US")
    german = nordic.demand.plants["country"].eq("DE")
    assert by_customer[american].nunique() == by_customer[german].nunique() == 1
    assert by_customer[american].iloc[0] >= 25 > by_customer[german].iloc[0]
    assert duty["detroit"] > duty["sundsvall"]  # Canada, over the river, levies less
    assert duty["denver"] > duty["tangier"]
    # a mean over the customers in reach lies between the least and the largest
    assert measured.raw["import_duty"].between(by_customer.min(), by_customer.max()).all()


def test_home_and_laws(measured):
    affinity, aid = raw(measured, "home_affinity"), raw(measured, "targeted_aid")
    assert affinity["sundsvall"] == affinity["detroit"] == 0.1  # for an investor from China
    assert all(0 <= usd <= 2000 for usd in aid.values())
    assert aid["detroit"] == 0  # 45X is barred to Chinese owners since July 2025
    fleet = raw(measured, "fleet_standard")
    assert fleet["sundsvall"] == 1
    assert fleet["tangier"] == 0
    assert raw(measured, "net_zero_year")["sundsvall"] == 2045


def test_the_delivered_cost_is_the_sum_of_its_parts(measured):
    assert measured.raw["delivered_cost"].to_numpy() == pytest.approx(
        measured.stack.sum(axis=1).to_numpy()
    )
    taken = measured.stack[["aid", "credit"]]
    assert (taken <= 0).all(axis=None)
    assert (measured.stack.drop(columns=list(taken)) >= 0).all(axis=None)
    assert measured.raw["delivered_cost"].between(2000, 9000).all()


def test_margin_and_price_are_those_of_the_customers_that_take_the_output(measured):
    landed, outcome = measured.landed, measured.outcome
    assert landed.sold.sum(axis=1) == pytest.approx(1, abs=1e-5)
    margins = landed.margin()
    by_hand = [(margins[i] * landed.sold[i]).sum() for i in range(len(PLACES))]
    assert outcome["margin"].to_numpy() == pytest.approx(by_hand, abs=0.5)
    assert (outcome["price"] >= outcome["parity"] - 1e-6).all()
    assert measured.raw["margin"].to_numpy() == pytest.approx(outcome["margin"].to_numpy())


def test_a_place_is_measured_by_itself(measured, nordic, nordic_study):
    some = PLACES.iloc[[4, 0]].reset_index(drop=True)
    customers = freight_to_customers(nordic.demand, coordinates(some))
    alone = measure(nordic_study, nordic.facts, some, customers, nordic.demand)
    for criterion in CRITERIA:
        assert alone.raw[criterion].to_numpy(float) == pytest.approx(
            measured.raw[criterion].to_numpy(float)[[4, 0]], rel=1e-6, abs=1e-9
        )


def test_what_is_read_for_a_wider_place_is_marked(nordic):
    imputed = nordic.measures.imputed
    level = nordic.measures.level
    wide = level.isin(["world_region", "world"])
    assert not (wide & ~imputed.astype(bool)).any(axis=None)
    assert nordic.places.loc[wide.any(axis=1), "country"].isin(["MA"]).all()


def test_what_pulls_is_a_mean_over_the_customers_in_reach(measured, nordic):
    left, growth, freed = (
        measured.raw[c] for c in ("import_dependence", "market_growth", "origin_rule")
    )
    assert left.between(0, 1).all()
    assert freed.between(0, 1).all()
    by_hand = measured.raw["unserved_demand"] / measured.raw["accessible_demand"]
    assert left.to_numpy() == pytest.approx(by_hand.to_numpy())
    every = share_growth(
        nordic.facts["place_factors"], list(nordic.demand.plants["country"]), nordic.as_of
    )
    assert growth.between(every.min(), every.max()).all()
    assert not freed.any()  # material assistance follows a Chinese owner abroad


def test_demand_of_one_kind_more_leaves_the_mean_where_it_is(measured, nordic, nordic_study):
    doubled = nordic.demand.plants.assign(
        anode_kt=2 * nordic.demand.plants["anode_kt"],
        unserved_kt=2 * nordic.demand.plants["unserved_kt"],
    )
    demand = replace(nordic.demand, plants=doubled)
    again = measure(
        nordic_study,
        nordic.facts,
        PLACES,
        freight_to_customers(demand, coordinates(PLACES)),
        demand,
    )
    for criterion in ("import_dependence", "market_growth", "origin_rule"):
        assert again.raw[criterion].to_numpy() == pytest.approx(measured.raw[criterion].to_numpy())


def test_a_korean_plant_gains_by_the_rule_most_where_americans_are_near(nordic, nordic_study):
    study = nordic_study.model_copy(update={"investor": "KR"})
    customers = freight_to_customers(nordic.demand, coordinates(PLACES))
    found = raw(measure(study, nordic.facts, PLACES, customers, nordic.demand), "origin_rule")
    assert found["detroit"] > found["tangier"] > found["malmo"] >= 0
