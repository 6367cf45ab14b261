"""Rules of the rows of power systems and of the wait for power."""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa
import pytest

from geodata.check import check_tables
from geodata.load import table
from geodata.tables import TABLES


def breaches(name: str, row: str, **changes: object) -> set[str]:
    """Columns at which the schema objects to a row with these changes."""
    rows = table(name)
    rows = rows[rows.iloc[:, 0].eq(row)].assign(**changes)
    assert len(rows) == 1
    try:
        TABLES[name].schema.validate(rows, lazy=True)
    except pa.errors.SchemaErrors as error:
        return {e.schema.name or e.check.name for e in error.schema_errors}
    return set()


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"lat_min": float("nan")}, "lat_min"),
        ({"lat_min": 5.0}, "lat_min"),
        ({"peak_mw": float("nan")}, "peak_mw"),
        ({"link_mw": float("nan")}, "link_mw"),
        ({"geo_type": "nuts"}, "geo_type"),
        ({"since": "2024", "until": "2020"}, "until"),
    ],
)
def test_a_system_has_a_size_and_a_whole_box(changes: dict[str, object], column: str) -> None:
    assert not breaches("power_systems", "lombok")
    assert breaches("power_systems", "lombok", **changes) == {column}


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"months_wait": float("nan"), "share_granted": float("nan"), "intake": ""},
         "months_wait"),
        ({"share_granted": 1.2}, "share_granted"),
        ({"intake": "full"}, "intake"),
        ({"judged": "grid"}, "judged"),
        ({"until": "2025-01"}, "until"),
    ],
)  # fmt: skip
def test_a_wait_says_something(changes: dict[str, object], column: str) -> None:
    assert not breaches("time_to_power", "dk-2026-pause")
    assert breaches("time_to_power", "dk-2026-pause", **changes) == {column}


def faults(name: str, rows: pd.DataFrame) -> set[str]:
    return {fault.what for fault in check_tables({name: rows})}


def test_no_place_lies_in_two_whole_systems() -> None:
    rows = table("power_systems")
    assert not faults("power_systems", rows)
    again = pd.concat([rows, rows[rows["system_id"].eq("jeju")]], ignore_index=True)
    assert faults("power_systems", again) == {"lies in two systems"}


@pytest.mark.parametrize(("name", "row"), [("power_systems", 0), ("time_to_power", 0)])
def test_codes_of_places_are_those_of_the_map(name: str, row: int) -> None:
    rows = table(name).copy()
    rows.loc[row, ["geo_type", "geography"]] = ["bidding_zone", "SE9"]
    assert faults(name, rows) == {"no such bidding_zone code"}
