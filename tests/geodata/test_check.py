"""Tables against each other, the map and the date."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from geodata import load
from geodata.check import check_catalogue, check_tables
from geodata.load import table
from geodata.tables import TABLES

LATER = "later than the catalogue's date, 2026-11-22"


def test_the_catalogue_has_no_fault() -> None:
    assert [str(fault) for fault in check_catalogue()] == []


def found(name: str, where: str = "index == 0", **changes: object) -> list[tuple]:
    """Faults of a table whose first fitting row is changed, beside the others as they are."""
    rows = table(name)
    row = rows.query(where).index[0]
    for column, value in changes.items():
        rows.loc[row, column] = value
    tables = {n: table(n) for n in ("nuts_regions", "country_groups")} | {name: rows}
    faults = [fault for fault in check_tables(tables) if fault.where == TABLES[name].file]
    assert all(fault.row in (None, row + 2) for fault in faults if fault.what != "listed twice")
    return [(fault.column, fault.what) for fault in faults]


def test_a_point_outside_of_its_country() -> None:
    outside = [("lat, lon", "the point lies outside of its country")]
    assert found("gigafactories", "country == 'SE'", country="FI") == outside
    assert found("industrial_sites", "country == 'DE'", lat=0.0, lon=-30.0) == outside
    where = "city == 'Jurong Island' or port_km <= 1"  # quays and islets stand off the drawn coast
    assert found("industrial_sites", where) == []


def test_codes_of_countries() -> None:
    assert found("gigafactories", owner_hq_country="XX") == [
        ("owner_hq_country", "no such country")
    ]
    assert found("country_groups", country="UK") == [("country", "no such country")]
    assert found("country_groups", country="NA") == []


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"geo_type": "iso2", "geography": "SE;ZZ"}, ("geography", "no such iso2 code")),
        ({"geo_type": "iso3166-2", "geography": "SE-ZZ"}, ("geography", "no such iso3166-2 code")),
        ({"geo_type": "nuts", "geography": "SE99"}, ("geography", "no such nuts code")),
        ({"applies_to_owner_hq": "CN;XX"}, ("applies_to_owner_hq", "no such country")),
        ({"status": "repealed", "end_date": ""}, ("end_date", "ended, but not when")),
        ({"status": "in_force", "end_date": "2026-10"}, ("end_date", "in force, but ended")),
        ({"confidence": "A", "source": "Analyst knowledge"},
         ("source", "what was not read cannot be A")),
        ({"known_date": "2026-11-23"}, ("known_date", LATER)),
        ({"as_of": "2027"}, ("as_of", LATER)),
    ],
)  # fmt: skip
def test_policies(changes: dict[str, object], fault: tuple[str, str]) -> None:
    base = {"status": "in_force", "start_date": "2020", "end_date": "", "geo_type": "iso2",
            "geography": "SE", "applies_to_owner_hq": ""}  # fmt: skip
    assert found("policy_zones", **(base | changes)) == [fault]


def test_an_instrument_that_ends_today_is_in_force() -> None:
    assert found("policy_zones", status="in_force", start_date="2020", end_date="2026-11") == []


def test_factors() -> None:
    region = "region_type == 'iso3166-2' and iso2 == 'US'"
    assert found("place_factors", region, region_code="US-ZZ") == [
        ("region_code", "no such iso3166-2")
    ]
    moved = [("region_code", "lies in another country")]
    assert found("place_factors", region, region_code="CA-QC") == moved
    zone = "region_type == 'bidding_zone' and iso2 == 'SE'"
    assert found("place_factors", zone, region_code="NO1") == moved
    assert found("place_factors", zone, region_code="SE9") == [
        ("region_code", "no such bidding_zone")
    ]


def test_two_codes_of_one_country() -> None:
    rows = table("place_factors").query("iso2 == 'SE'").head(2).assign(iso3=["SWE", "SWZ"])
    whats = {fault.what for fault in check_tables({"place_factors": rows})}
    assert whats == {"more than one iso3 for one iso2"}


def test_shares_of_operating_cost() -> None:
    rows = table("anode_economics")
    rows.loc[rows["category"].eq("opex_split"), "central"] *= 2
    (fault,) = check_tables({"anode_economics": rows})
    assert "sum to" in fault.what


def test_links_are_no_shorter_than_a_straight_line() -> None:
    row = table("freight_links").query("link_id == 'bridge-malmo-copenhagen-kastrup'")
    assert check_tables({"freight_links": row}) == []
    (fault,) = check_tables({"freight_links": row.assign(km=20.0)})
    assert (fault.column, fault.what) == ("km", "shorter than a straight line")


def test_groups_and_regions_that_others_name() -> None:
    groups = table("country_groups").query("group != 'EU'")
    faults = check_tables({"trade_access": table("trade_access"), "country_groups": groups})
    assert {(fault.column, fault.what) for fault in faults} == {("market", "no such group")}
    assert found("nuts_regions", region="SE-ZZ") == [("region", "no such iso3166-2 code")]


def test_a_plant_listed_twice() -> None:
    rows = table("anode_plants")
    rows.loc[1, ["name", "country", "city"]] = rows.loc[0, ["name", "country", "city"]]
    faults = check_tables({"anode_plants": rows})
    assert {fault.row for fault in faults if fault.what == "listed twice"} == {2, 3}


@pytest.mark.parametrize(
    ("name", "where", "column"),
    [("plant_choices", "index == 0", "plant_id"), ("owner_ties", "plan != ''", "plan")],
)
def test_a_plant_that_another_table_names_is_in_the_list(
    name: str, where: str, column: str
) -> None:
    rows, plants = table(name), table("anode_plants")
    row = rows.query(where).index[0]
    rows.loc[row, column] = "no-such-plant"
    (fault,) = check_tables({name: rows, "anode_plants": plants})
    assert (fault.row, fault.column, fault.what) == (row + 2, column, "no such plant")


def test_homes_of_those_who_hold_the_rest() -> None:
    where = "also_owner != ''"
    assert found("material_works", where, also_hq_country="XX;AU") == [
        ("also_hq_country", "no such country")
    ]


def test_a_table_that_cannot_be_read_is_a_fault_and_stops_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for spec in TABLES.values():
        (tmp_path / spec.file).write_bytes((load.CATALOGUE / spec.file).read_bytes())
    (tmp_path / "anode_prices.csv").write_text("date\n2024\n")
    rows = pd.read_csv(tmp_path / "gigafactories.csv", dtype=str, keep_default_na=False)
    rows.assign(owner_hq_country="XX").to_csv(tmp_path / "gigafactories.csv", index=False)
    monkeypatch.setattr(load, "CATALOGUE", tmp_path)
    load._catalogue.cache_clear()
    try:
        files = {fault.where for fault in check_catalogue()}
    finally:
        load._catalogue.cache_clear()
    assert {"anode_prices.csv", "gigafactories.csv"} <= files


def test_chances_name_countries_and_leave_no_project_out() -> None:
    where = "home == 'CN'"
    assert found("build_chances", where, host="DE;XX") == [("host", "no such country")]
    where = "state == 'paused' and kind == '' and home == '' and host == ''"
    gap = [("state", "no row holds for every paused project on every date")]
    assert found("build_chances", where, since="2024") == gap
