"""The tables of the catalogue by name, each with its schema.

The data dictionary (docs/data_dictionary.md) is made from here.
"""

from __future__ import annotations

from geodata import (
    build_tables,
    event_tables,
    material_tables,
    plant_tables,
    power_tables,
    product_tables,
    rule_tables,
    source_tables,
)
from geodata.columns import TableSpec, day

__all__ = ["TABLES", "TableSpec", "day"]

TABLES: dict[str, TableSpec] = {
    spec.name: spec
    for spec in (
        plant_tables.GIGAFACTORIES,
        plant_tables.AUTOMAKER_PLANTS,
        plant_tables.ANODE_PLANTS,
        build_tables.BUILD_CHANCES,
        build_tables.PLANT_CHOICES,
        material_tables.MATERIAL_WORKS,
        plant_tables.INDUSTRIAL_SITES,
        source_tables.ANODE_IMPORTS,
        source_tables.FEEDSTOCK_SOURCES,
        source_tables.CARBON_WORKS,
        source_tables.OWNER_TIES,
        plant_tables.POWER_STATIONS,
        power_tables.POWER_SYSTEMS,
        power_tables.TIME_TO_POWER,
        rule_tables.POLICY_ZONES,
        rule_tables.PLACE_FACTORS,
        product_tables.PRODUCTS,
        rule_tables.ANODE_ECONOMICS,
        rule_tables.PROJECT_COSTS,
        rule_tables.ANODE_PRICES,
        rule_tables.EXCLUDED_COUNTRIES,
        event_tables.EVENTS,
        rule_tables.COUNTRY_GROUPS,
        rule_tables.TRADE_ACCESS,
        plant_tables.FREIGHT_LINKS,
        rule_tables.NUTS_REGIONS,
        rule_tables.TERRITORIES,
    )
}
