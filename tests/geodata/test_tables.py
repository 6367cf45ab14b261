"""The registry of tables, and the catalogue against it."""

from __future__ import annotations

import csv

import pandas as pd
import pytest

from geodata import CATALOGUE
from geodata.columns import TableSpec
from geodata.load import table
from geodata.tables import TABLES, day

NAMES = (
    "gigafactories", "automaker_plants", "anode_plants", "industrial_sites", "policy_zones",
    "place_factors", "anode_economics", "products", "project_costs", "excluded_countries",
    "country_groups", "trade_access", "feedstock_sources", "anode_prices", "freight_links",
    "nuts_regions", "power_stations", "carbon_works", "owner_ties", "material_works",
    "build_chances", "events", "power_systems", "time_to_power", "anode_imports",
    "plant_choices", "territories",
)  # fmt: skip


def test_every_table_of_the_catalogue_is_registered_and_the_reverse() -> None:
    assert sorted(TABLES) == sorted(NAMES)
    assert {spec.file for spec in TABLES.values()} == {p.name for p in CATALOGUE.glob("*.csv")}


@pytest.mark.parametrize("name", NAMES)
def test_catalogue_table_passes_its_schema_and_loses_no_cell(name: str) -> None:
    """Every cell of the file, read by the csv module, stands in the frame."""
    spec, rows = TABLES[name], table(name)
    with (CATALOGUE / spec.file).open(encoding="utf-8", newline="") as file:
        raw = pd.DataFrame(list(csv.DictReader(file)))
    assert len(rows) == len(raw) > 0
    assert set(raw) <= set(rows)
    for column in raw:
        cells = raw[column].str.strip()
        if rows[column].dtype == float:
            wanted = pd.to_numeric(cells.replace({"": None, "y": "1", "n": "0"})).astype(float)
            pd.testing.assert_series_equal(rows[column], wanted, check_names=False)
        else:
            assert rows[column].tolist() == cells.tolist()


@pytest.mark.parametrize("spec", TABLES.values(), ids=TABLES)
def test_spec_is_complete(spec: TableSpec) -> None:
    assert set(spec.key) <= set(spec.columns)
    assert {"source", "as_of", "confidence"} <= set(spec.columns)
    assert spec.schema.strict is True
    for column in spec.columns.values():
        assert column.description
        if column.kind is float:
            assert column.unit


def test_more_than_600_plants() -> None:
    assert sum(len(table(n)) for n in ("gigafactories", "automaker_plants", "anode_plants")) > 600


def test_day_is_offered_here_too() -> None:
    assert day(pd.Series(["2024"]), "end").item() == pd.Timestamp("2024-12-31")
