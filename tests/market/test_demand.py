import datetime as dt

import numpy as np
import pandas as pd
import pytest

from geodata.load import table
from siting.market.chances import chance_of
from siting.market.demand import (
    UTILISATION,
    Intensity,
    anode_demand_kt,
    capacity_gwh,
    ev_weighted_cars_m,
    known_on,
    rival_supply_kt,
)
from siting.study.product import catalogue


def cell_plant(**changes):
    row = {
        "id": "x", "status": "operating", "announced_date": "2020-05", "start_year": 2022.0,
        "status_date": "", "former_plan_gwh": np.nan, "chemistry": "LFP",
        "chance": 1.0,
        "capacity_gwh_now": 10.0, "capacity_gwh_2027": 20.0, "capacity_gwh_2030": 50.0,
    }  # fmt: skip
    return {**row, **changes}


def known(day, **changes):
    return known_on(
        pd.DataFrame([cell_plant(**changes)]), dt.date.fromisoformat(day), "former_plan_gwh"
    )


@pytest.mark.parametrize(
    ("year", "gwh"), [(2024, 10), (2026, 10), (2027, 20), (2028, 30), (2030, 50), (2035, 50)]
)
def test_capacity_runs_straight_between_the_known_years(year, gwh):
    assert capacity_gwh(pd.DataFrame([cell_plant()]), year) == pytest.approx([gwh])


def test_a_blank_later_capacity_repeats_the_last_known():
    row = cell_plant(capacity_gwh_2027=np.nan, capacity_gwh_2030=np.nan)
    assert capacity_gwh(pd.DataFrame([row]), 2030) == pytest.approx([10])


def test_demand_by_hand():
    intensity = Intensity({"LFP": 1.05}, 1.08)
    kt = anode_demand_kt(pd.DataFrame([cell_plant()]), 2030, intensity)
    assert kt == pytest.approx([50 * UTILISATION * 1.0 * 1.05 * 1.08])


def test_intensity_comes_from_the_economics_table():
    intensity = Intensity.from_economics(table("anode_economics"), catalogue()["synthetic"])
    assert intensity.kg_per_kwh["NMC"] == 0.9
    assert intensity.kg_per_kwh["LFP"] == 1.05
    assert intensity.kg_per_kwh["mixed"] == pytest.approx(0.975)


def test_a_plant_counts_from_its_announcement():
    assert known("2020-04-30").empty
    assert len(known("2020-05-01")) == 1


def test_an_undated_plant_counts_two_years_before_its_start():
    assert known("2019-12-31", announced_date="").empty
    assert len(known("2020-01-01", announced_date="")) == 1


@pytest.mark.parametrize(
    ("day", "status"),
    [("2020-06-01", "construction"), ("2022-01-01", "operating"), ("2026-11-22", "operating")],
)
def test_todays_works_stood_differently_then(day, status):
    assert known(day)["status"].item() == status


def test_a_later_halt_is_not_known_before_its_date():
    halted = {"status": "cancelled", "status_date": "2024-12", "former_plan_gwh": 40.0,
              "capacity_gwh_now": 0.0, "capacity_gwh_2027": 0.0, "capacity_gwh_2030": 0.0,
              "start_year": 2027.0}  # fmt: skip
    before, after = known("2024-11-30", **halted), known("2024-12-01", **halted)
    assert before["status"].item() == "announced"
    assert before["capacity_gwh_2030"].item() == 40.0
    assert after["status"].item() == "cancelled"
    assert after["capacity_gwh_2030"].item() == 0.0


def test_a_halt_without_a_date_held_all_along():
    assert known("2023-01-01", status="paused", status_date="")["status"].item() == "paused"


def test_the_past_knows_nothing_of_2024():
    then = known_on(table("gigafactories"), dt.date(2023, 11, 28), "former_plan_gwh")
    announced = then["announced_date"]
    assert (announced[announced.ne("")] <= "2023-11").all()
    rivals = known_on(table("anode_plants"), dt.date(2023, 11, 28), "former_plan_ktpa")
    assert "zhongke-sohar" not in set(rivals["id"])
    sundsvall = rivals[rivals["id"].eq("putailai-sundsvall")]
    assert sundsvall["status"].item() == "announced"
    assert sundsvall["capacity_ktpa_2030"].item() == 100


def test_rival_supply_counts_plans_by_their_chance():
    plants = pd.DataFrame(
        {
            "chance": [1.0, 0.5, 0.0, 1.0],
            "capacity_ktpa_now": [10.0, 0.0, 0.0, np.nan],
            "capacity_ktpa_2030": [20.0, 40.0, 0.0, np.nan],
        }
    )
    assert rival_supply_kt(plants) == pytest.approx([15.0, 15.0, 0.0, 0.0])


def test_cars_weigh_by_their_electric_output():
    plants = pd.DataFrame(
        {
            "capacity_vehicles_per_year": [400_000.0, 400_000.0, np.nan],
            "ev_output_status": ["ev", "ice", "ev"],
        }
    )
    cars = ev_weighted_cars_m(plants)
    assert cars[0] == pytest.approx(0.4)
    assert 0 < cars[1] < 0.1
    assert cars[2] == 0


def test_demand_of_the_catalogue_is_of_the_worlds_order():
    # 1 to 3 TWh of cells are planned outside China for 2030: 0.6 to 2.5 Mt of anode
    plants = known_on(table("gigafactories"), dt.date(2026, 11, 22), "former_plan_gwh")
    chance = chance_of(plants, table("build_chances"), "gigafactories", dt.date(2026, 11, 22))
    plants = plants.assign(chance=chance)
    total = anode_demand_kt(
        plants, 2030, Intensity.from_economics(table("anode_economics"), catalogue()["synthetic"])
    ).sum()
    assert 500 < total < 2_500
