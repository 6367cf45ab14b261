"""Gates: what keeps a place out of the ranking, why, and what would admit it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.geometry import layer
from geodata.load import table
from siting.study.study import Candidates, Study
from siting.world import facts, gates
from siting.world.candidates import known_then, read_own
from siting.world.located import located
from siting.world.selection import select

TOWNS = ("Mataram", "Gunungsitoli", "Ambon", "Kupang", "Pontianak", "Sarikei", "Denpasar", "Århus")


@pytest.fixture(scope="module")
def towns() -> pd.DataFrame:
    rows = layer("towns").drop_duplicates("name").set_index("name").loc[list(TOWNS)].reset_index()
    return rows.drop(columns="region").join(located(rows)[["region", "zone"]]).assign(kind="town")


@pytest.fixture(scope="module")
def known() -> facts.Facts:
    return today()


@cache
def today() -> facts.Facts:
    return facts.load(Study())


def kept_out(places: pd.DataFrame, study: Study, known: facts.Facts) -> pd.DataFrame:
    return gates.gates(places, study, known).set_index(places["name"])


def test_an_island_too_small_for_the_plant_is_out_with_its_size(
    towns: pd.DataFrame, known: facts.Facts
) -> None:
    why = kept_out(towns, Study(), known)
    assert why.index[why["rule_id"].ne("")].tolist() == ["Mataram", "Gunungsitoli", "Ambon",
                                                         "Kupang"]  # fmt: skip
    lombok = why.loc["Mataram"]
    assert lombok["rule_id"] == "power:lombok"
    assert "Lombok, peak 321 MW: 63 MW of the plant are 20 %, at most 10 %" in lombok["rule"]
    assert "at most 25 kt/y" in lombok["admitted_if"]


def test_a_plant_of_the_size_that_admits_is_admitted(
    towns: pd.DataFrame, known: facts.Facts
) -> None:
    assert kept_out(towns, Study(capacity_ktpa=25), known).loc["Mataram", "rule_id"] == ""
    assert kept_out(towns, Study(capacity_ktpa=26), known).loc["Mataram", "rule_id"] != ""


@settings(max_examples=25)
@given(st.floats(1, 500), st.floats(1, 500))
def test_a_larger_plant_is_never_let_in_where_a_smaller_one_is_not(
    one: float, other: float
) -> None:
    study = Study()
    places = pd.DataFrame({"name": ["x"], "lat": [-8.58], "lon": [116.12], "country": ["ID"],
                           "region": ["ID-NB"], "zone": [""], "kind": ["town"]})  # fmt: skip
    small, large = sorted((one, other))
    out = [
        kept_out(places, study.model_copy(update={"capacity_ktpa": size}), today())["rule_id"].ne(
            ""
        )
        for size in (small, large)
    ]
    assert not (out[0].any() and not out[1].any())


def test_the_load_is_that_of_the_recipe(known: facts.Facts) -> None:
    economics = known["anode_economics"]
    rows = economics.set_index("param_id")["central"].astype(float)
    box = gates.need(Study(), known)
    assert box.mw == pytest.approx((rows["EL-BOX"] + rows["EL-AUX"]) * 50_000 / 8760)
    assert gates.need(Study(furnace="acheson"), known).mw > box.mw
    assert gates.need(Study(product="natural"), known).mw == pytest.approx(
        rows["EL-TOT-NAT"] * 50_000 / 8760
    )
    blend = gates.need(Study(product="silicon_blended"), known)
    assert blend.mw == pytest.approx(box.mw * (1 - rows["SI-LOAD"] / 100))
    assert 18 <= box.ha <= 19


def test_a_grid_that_takes_no_requests_is_shut_while_it_takes_none(towns: pd.DataFrame) -> None:
    shut = {
        date: kept_out(towns, study, facts.load(study)).loc["Århus"]
        for date in ("2026-03-01", "2026-04-01", "2026-06-03")
        for study in [Study(as_of=dt.date.fromisoformat(date))]
    }
    assert [why["rule_id"] for why in shut.values()] == ["", "grid:dk-2026-pause", ""]
    assert "since 2026-03-02" in shut["2026-04-01"]["rule"]
    assert "2026-06-02" in shut["2026-04-01"]["admitted_if"]


def test_a_load_below_the_threshold_is_taken(towns: pd.DataFrame, known: facts.Facts) -> None:
    waits = known["time_to_power"].copy()
    waits.loc[waits["row_id"].eq("dk-2026"), ["intake", "threshold_mw"]] = ["closed", 50.0]
    tables = {**known.tables, "time_to_power": waits}
    changed = replace(known, tables=tables)
    why = kept_out(towns, Study(), changed).loc["Århus"]
    assert "50 MW and more" in why["rule"]
    assert "at most 39 kt/y" in why["admitted_if"]
    assert kept_out(towns, Study(capacity_ktpa=36), changed).loc["Århus", "rule_id"] == ""


def test_an_estate_without_the_land_is_out_and_unknown_land_bars_nothing(
    known: facts.Facts,
) -> None:
    estate = known_then(known["industrial_sites"], known.as_of).query("country == 'FI'").iloc[[0]]
    at = located(estate.reset_index(drop=True))
    land = pd.DataFrame({"area_ha_available": [12.0, np.nan, np.nan, 30.0, 0.0],
                         "area_ha_total": [100.0, 12.0, np.nan, 40.0, np.nan]})  # fmt: skip
    places = pd.concat([estate] * len(land), ignore_index=True).assign(
        kind="industrial site", status="developed", region=at["region"].iloc[0],
        zone=at["zone"].iloc[0], **land,
    )  # fmt: skip
    why = gates.gates(places, Study(), known)
    assert why["rule_id"].tolist() == ["site:small", "site:small", "", "", "site:small"]
    assert why["rule"].iloc[0].startswith("12 ha")
    assert "at most 32 kt/y" in why["admitted_if"].iloc[0]
    assert gates.gates(places, Study(capacity_ktpa=32), known)["rule_id"].iloc[0] == ""
    assert gates.gates(places.assign(kind="own"), Study(), known)["rule_id"].eq("").all()


def test_every_place_kept_out_says_what_would_admit_it(known: facts.Facts) -> None:
    towns = layer("towns").sample(3000, random_state=1).reset_index(drop=True)
    places = towns.drop(columns="region").join(located(towns)[["region", "zone"]])
    why = gates.gates(places.assign(kind="town"), Study(), known)
    assert why["rule_id"].str.startswith("power:").any()
    assert (why["rule_id"].ne("") == why["admitted_if"].ne("")).all()
    assert (why["rule_id"].ne("") == why["rule"].ne("")).all()


def test_no_announced_plant_falls_to_the_gates_of_power_at_its_own_size(known: facts.Facts) -> None:
    plants = table("anode_plants").reset_index(drop=True)
    places = plants[["name", "lat", "lon"]].join(located(plants)).assign(kind="plant")
    columns = ["capacity_ktpa_now", "capacity_ktpa_2030", "former_plan_ktpa"]
    sizes = plants[columns].max(axis=1).fillna(50.0).clip(0.1, 1000.0)
    for size in sizes.unique():
        why = gates.gates(places, Study(capacity_ktpa=size), known)["rule_id"]
        assert not (why.str.match("power:|grid:") & sizes.eq(size)).any()


def test_the_smallest_system_that_holds_a_place_decides(known: facts.Facts) -> None:
    places = pd.DataFrame(
        {"lat": [1.29, 3.59, -8.65, 35.3, 62.6, 52.5],
         "lon": [97.61, 98.67, 115.2, 25.1, 6.1, 13.4],
         "country": ["ID", "ID", "ID", "GR", "NO", "DE"],
         "region": ["ID-SU", "ID-SU", "ID-BA", "GR-M", "NO-15", "DE-BE"],
         "zone": ["", "", "", "GR", "NO3", "DE_LU"]}
    )  # fmt: skip
    power = gates.power_facts(places, known)
    assert power["power_system"].tolist() == [
        "Nias", "Sumatra with Bangka", "Java, Madura and Bali", "Crete", "", "",
    ]  # fmt: skip
    assert power["system_peak_mw"].isna().tolist() == [False] * 4 + [True] * 2
    assert power["months_to_power"].tolist()[3:] == pytest.approx([np.nan, 60, 60], nan_ok=True)
    assert power["power_since"].tolist() == ["", "", "2022-07", "", "2023", "2026-04-01"]


def test_a_system_that_was_joined_bars_no_more() -> None:
    boa_vista = pd.DataFrame({"name": ["Boa Vista"], "lat": [2.8], "lon": [-60.7],
                              "country": ["BR"], "region": ["BR-RR"], "zone": [""],
                              "kind": ["town"]})  # fmt: skip
    before, after = (
        kept_out(boa_vista, study, facts.load(study))["rule_id"].iloc[0]
        for study in (Study(as_of=dt.date(2024, 6, 1)), Study())
    )
    assert (before, after) == ("power:roraima", "")


def test_the_row_of_the_connection_is_what_the_recipes_give(known: facts.Facts) -> None:
    economics = known["anode_economics"]
    row = economics.set_index("param_id").loc["PL-MW", ["low", "central", "high"]].astype(float)
    furnaces = ("continuous", "box", "acheson")
    loads = [gates.need(Study(furnace=name), known).mw for name in furnaces]
    assert row.tolist() == pytest.approx(loads, abs=0.6)


def test_a_users_column_of_our_name_is_theirs_beside_ours(tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_text("site_id,name,lat,lon,power_system,months_to_power\na,A,60.9,26.9,mine,7\n")
    study = Study(candidates=Candidates(file=file))
    places = select(study, today(), read_own(study)).places
    assert set(gates.power_facts(places, today())) <= set(places)
    assert places["power_system"].tolist() == [""]
    assert "mine" in places.iloc[0].tolist()
