"""Rules of the rows of plants, sites and links."""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa
import pytest

from geodata import vocabulary as words
from geodata.load import table
from geodata.tables import TABLES


def breaches(name: str, **changes: object) -> set[str]:
    """Columns at which the schema objects to the first fitting row with these changes."""
    rows = table(name)
    where = changes.pop("where", None)
    row = (rows.query(str(where)) if where else rows).head(1).assign(**changes)
    try:
        TABLES[name].schema.validate(row, lazy=True)
    except pa.errors.SchemaErrors as error:
        return {e.schema.name or e.check.name for e in error.schema_errors}
    return set()


LIVE = "status == 'operating' and capacity_gwh_now > 1"
HALTED = "status == 'cancelled'"


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"where": LIVE, "capacity_gwh_2030": 0.5, "capacity_gwh_2027": float("nan")},
         "capacity_gwh_2030"),
        ({"where": HALTED, "capacity_gwh_2030": 4.0}, "capacity_gwh_now"),
        ({"where": "status == 'announced'", "capacity_gwh_now": 4.0, "capacity_gwh_2027": 5.0,
          "capacity_gwh_2030": 5.0}, "capacity_gwh_now"),
        ({"where": LIVE, "status_date": "2024-05"}, "status_date"),
        ({"where": HALTED, "announced_date": "2024-05", "status_date": "2024-04"}, "status_date"),
        ({"where": LIVE, "announced_date": "2024", "start_year": 2023.0}, "start_year"),
        ({"where": LIVE, "lat": 95.0}, "lat"),
        ({"where": LIVE, "chemistry": "NCM"}, "chemistry"),
        ({"where": LIVE, "source": ""}, "source"),
        ({"where": LIVE, "confidence": "D"}, "confidence"),
    ],
)  # fmt: skip
def test_gigafactories(changes: dict[str, object], column: str) -> None:
    assert breaches("gigafactories", **changes) == {column}


def test_a_paused_plant_keeps_what_it_has() -> None:
    assert not breaches(
        "gigafactories", where=LIVE, status="paused", capacity_gwh_2027=0.0, capacity_gwh_2030=0.0
    )


def test_anode_plants() -> None:
    live = "status == 'operating' and capacity_ktpa_now > 1"
    assert not breaches("anode_plants", where=live)
    assert breaches("anode_plants", where=live, capacity_ktpa_2030=0.1) == {"capacity_ktpa_2030"}
    changes = {"announced_date": "2021-03", "announced_year": 2022.0}
    assert breaches("anode_plants", where=live, **changes) == {"announced_date"}


@pytest.mark.parametrize(
    ("changes", "column"),
    [({"owner": "POSCO, Huayou"}, "owner"), ({"also_owner": "IGO;"}, "also_owner"),
     ({"also_owner": "", "also_hq_country": "AU"}, "also_owner"),
     ({"also_hq_country": "FI, SE"}, "also_hq_country"),
     ({"also_hq_country": "FI;CN"}, "also_hq_country"), ({"material": "anode"}, "material"),
     ({"announced_date": ""}, "announced_date"), ({"status_date": ""}, "status_date"),
     ({"announced_date": "2024-05", "status_date": "2024-04"}, "status_date"),
     ({"city": ""}, "city"), ({"status": "planned"}, "status")],
)  # fmt: skip
def test_material_works(changes: dict[str, object], column: str) -> None:
    shared = "owner_hq_country == 'CN' and also_hq_country == 'FI'"
    assert not breaches("material_works", where=shared)
    assert breaches("material_works", where=shared, **changes) == {column}


def test_material_works_are_of_the_three_homes_and_abroad() -> None:
    rows = table("material_works")
    homes = rows["owner_hq_country"] + ";" + rows["also_hq_country"]
    assert homes.map(lambda of: bool({"CN", "KR", "JP"} & set(of.split(";")))).all()
    abroad = [any(h not in ("", at) for h in of.split(";")) for of, at in
              zip(homes, rows["country"], strict=True)]  # fmt: skip
    assert all(abroad)
    assert set(rows["material"]) == set(words.BATTERY_MATERIAL)
    assert len(rows) >= 150


def test_the_same_town_has_the_same_place() -> None:
    rows = table("material_works")
    for _, town in rows[rows["coord_precision"].eq("city")].groupby(["country", "city"]):
        assert len(town[["lat", "lon", "region"]].drop_duplicates()) == 1, town["id"].tolist()


def test_what_was_not_read_again_is_said_so() -> None:
    rows = table("material_works")
    recalled = rows["source"].str.contains("not re-checked|general knowledge")
    assert not (recalled & rows["confidence"].eq("A")).any()
    assert recalled[rows["confidence"].eq("C")].all()


def test_free_land_within_all_land() -> None:
    changes = {"area_ha_available": 10.0, "area_ha_total": 9.0}
    assert breaches("industrial_sites", **changes) == {"area_ha_available"}
    assert not breaches("industrial_sites", area_ha_available=10.0, area_ha_total=float("nan"))


@pytest.mark.parametrize(
    ("kind", "lacking", "good"),
    [("bridge", "to_lat", False), ("ferry", "km", False), ("port", "from_lon", False),
     ("port", "to_lat", True), ("closed", "from_lat", True)],
)  # fmt: skip
def test_freight_links_have_what_they_need(kind: str, lacking: str, good: bool) -> None:
    found = breaches(
        "freight_links", where="kind == 'bridge'", kind=kind, **{lacking: float("nan")}
    )
    assert found == (set() if good else {"from_lat"})


@pytest.mark.parametrize(
    ("column", "value"),
    [("capacity_mw", 0.0), ("fuel", "Gas"), ("start_year", 1999.5), ("country", "SWE"),
     ("station_id", "WRI 1")],
)  # fmt: skip
def test_power_stations(column: str, value: object) -> None:
    assert breaches("power_stations", **{column: value}) == {column}
    assert not breaches("power_stations", start_year=float("nan"))


def test_power_stations_are_large_in_order_and_outside_china() -> None:
    rows = table("power_stations")
    assert rows["capacity_mw"].min() >= 200
    assert rows["station_id"].is_monotonic_increasing
    assert not rows["country"].isin(["CN", "HK", "MO"]).any()
    assert all(name.isprintable() for name in rows["name"])


@pytest.mark.parametrize(
    ("country", "low", "high"),
    [("US", 800, 1200), ("IN", 200, 400), ("JP", 170, 280), ("FR", 70, 130), ("KR", 70, 130),
     ("SA", 60, 105), ("ZA", 35, 60), ("NO", 15, 33), ("SE", 15, 40), ("MA", 4, 10)],
)  # fmt: skip
def test_power_stations_sum_to_what_a_country_has(country: str, low: float, high: float) -> None:
    """The upper bound is the GW of all its stations, those closed since 2018 included."""
    rows = table("power_stations")
    assert low < rows["capacity_mw"][rows["country"].eq(country)].sum() / 1000 < high


@pytest.mark.parametrize(
    ("station", "lat", "lon"),
    [("wri1006467", 37.57, -0.95), ("wri1023158", 14.73, -17.28), ("arg0000233", -40.19, -70.0),
     ("wri1002735", 51.01, 2.13), ("usa0006163", 47.96, -118.98), ("can0002030", 44.33, -81.60),
     ("ind0000536", 17.55, 75.98), ("wri1001053", 18.00, 104.95), ("add-bakun", 2.76, 114.06),
     ("add-olkiluoto-3", 61.24, 21.44), ("gem-sa-fadhili-cogeneration", 27.11, 49.07)],
)  # fmt: skip
def test_power_stations_stand_where_they_stand(station: str, lat: float, lon: float) -> None:
    """Mended positions, added stations and three that were right, against maps."""
    row = table("power_stations").set_index("station_id").loc[station]
    assert (row["lat"], row["lon"]) == pytest.approx((lat, lon), abs=0.05)


def test_copies_are_the_callers_own() -> None:
    rows = table("gigafactories")
    rows.loc[:, "lat"] = 0.0
    assert not pd.Series(table("gigafactories")["lat"]).eq(0).any()
