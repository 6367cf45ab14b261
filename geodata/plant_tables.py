"""Schemas of what has a place: plants, works, sites, power stations, freight links."""

from __future__ import annotations

import pandas as pd

from geodata import vocabulary as words
from geodata.columns import (
    NOTE,
    PLACE,
    PRECISION,
    PROVENANCE,
    Check,
    country,
    date,
    day,
    identifier,
    number,
    periods_in_order,
    rising,
    rule,
    spec,
    text,
)

HALTED = ("paused", "cancelled")
UNBUILT = ("construction", "announced")
MAX_KTPA = 1000.0  # larger than any anode plant announced
MAX_GWH = 500.0  # larger than any cell plant announced


_HALT = {
    "announced_date": date("first public naming of the project at or near the site", blank=True),
    "status_date": date(
        "since when a paused or cancelled project has been halted without a break", blank=True
    ),
}


def _project_rules(former: str, *capacities: str) -> list[Check]:
    """Rules that cell and anode projects share; `capacities` are columns in order of time."""
    now = capacities[0]
    grows = rising(*capacities)
    return [
        rule(
            capacities[-1],
            "the capacity of a live project falls",
            "capacities may only rise from now to 2030",
            lambda rows: rows["status"].isin(HALTED) | grows(rows),
        ),
        rule(
            now,
            "a cancelled project has no capacity",
            f"keep the former plan in {former}",
            lambda rows: (
                rows["status"].ne("cancelled")
                | rows[list(capacities)].fillna(0.0).eq(0.0).all(axis=1)
            ),
        ),
        rule(
            now,
            "a project not built yet has no capacity now",
            "write 0 or leave it blank",
            lambda rows: ~rows["status"].isin(UNBUILT) | rows[now].fillna(0.0).eq(0.0),
        ),
        rule(
            "status_date",
            "only a paused or cancelled project has this date",
            "clear it or correct the status",
            lambda rows: rows["status_date"].eq("") | rows["status"].isin(HALTED),
        ),
        rule(
            "status_date",
            "halted before it was announced",
            "check announced_date and status_date",
            periods_in_order("announced_date", "status_date"),
        ),
    ]


GIGAFACTORIES = spec(
    "gigafactories",
    "Battery cell plants outside China, built and planned",
    ("id",),
    {
        "id": identifier("name of the row"),
        "name": text("plant"),
        "owner": text("company, with its parents"),
        "owner_hq_country": country("home of the first-named owner"),
        "country": country("where it stands"),
        "region_or_state": text("state, province or county", blank=True),
        "city": text("town"),
        **PLACE,
        **PRECISION,
        "status": text("as last known", among=words.PROJECT_STATUS),
        "capacity_gwh_now": number("nameplate today", "GWh a year", 0, MAX_GWH, blank=True),
        "capacity_gwh_2027": number(
            "announced for 2027, no forecast", "GWh a year", 0, MAX_GWH, blank=True
        ),
        "capacity_gwh_2030": number(
            "announced for 2030, no forecast", "GWh a year", 0, MAX_GWH, blank=True
        ),
        "start_year": number("start of production", "year", 1970, 2040, blank=True, whole=True),
        "chemistry": text("cathode family", among=words.CHEMISTRY),
        "customers": text("who buys the cells, semicolon between them", blank=True),
        "segment": text("what the cells go into", among=words.SEGMENT),
        **_HALT,
        "former_plan_gwh": number(
            "size of the plan before it was halted or lost its date",
            "GWh a year",
            0,
            MAX_GWH,
            blank=True,
        ),
        **PROVENANCE,
    },
    [
        *_project_rules(
            "former_plan_gwh", "capacity_gwh_now", "capacity_gwh_2027", "capacity_gwh_2030"
        ),
        rule(
            "start_year",
            "starts before it was announced",
            "check announced_date and start_year",
            lambda rows: (
                rows["start_year"].isna()
                | ~(day(rows["announced_date"], "start").dt.year > rows["start_year"])
            ),
        ),
    ],
)

AUTOMAKER_PLANTS = spec(
    "automaker_plants",
    "Car, van and bus works outside China",
    ("id",),
    {
        "id": identifier("name of the row"),
        "name": text("works"),
        "owner_group": text("group that owns it"),
        "brand": text("brands built, semicolon between them"),
        "country": country("where it stands"),
        "region": text("state, province or county", blank=True),
        "city": text("town"),
        **PLACE,
        "capacity_vehicles_per_year": number(
            "rounded order of magnitude", "vehicles a year", 0, 2e6, blank=True
        ),
        "ev_output_status": text("whether it builds electric cars", among=words.EV_OUTPUT),
        "battery_supply_note": text("where its batteries come from", blank=True),
        **PRECISION,
        **PROVENANCE,
    },
)

ANODE_PLANTS = spec(
    "anode_plants",
    "Anode plants outside China, built and planned: the rivals",
    ("id",),
    {
        "id": identifier("name of the row"),
        "name": text("plant"),
        "owner": text("company"),
        "owner_hq_country": country("home of the first-named owner"),
        "country": country("where it stands"),
        "region": text("state, province or county", blank=True),
        "city": text("town"),
        **PLACE,
        "product": text("what it makes", among=words.ANODE_PRODUCT),
        "status": text("as last known", among=words.PROJECT_STATUS),
        "capacity_ktpa_now": number("nameplate today", "kt a year", 0, MAX_KTPA, blank=True),
        "capacity_ktpa_2030": number(
            "announced for 2030, no forecast", "kt a year", 0, MAX_KTPA, blank=True
        ),
        "announced_year": number(
            "year of announcement; of production for incumbents",
            "year",
            1970,
            2040,
            blank=True,
            whole=True,
        ),
        **PRECISION,
        **_HALT,
        "former_plan_ktpa": number(
            "size of the plan before it was halted or lost its date",
            "kt a year",
            0,
            MAX_KTPA,
            blank=True,
        ),
        **PROVENANCE,
        "announced_by": text("owner on the day of announcement, where it was another", blank=True),
        "announced_by_hq": country("home of that owner", blank=True),
    },
    [
        *_project_rules("former_plan_ktpa", "capacity_ktpa_now", "capacity_ktpa_2030"),
        rule(
            "announced_by_hq",
            "an owner of that day has a home, and a home an owner",
            "fill both or neither",
            lambda rows: rows["announced_by"].eq("") == rows["announced_by_hq"].eq(""),
        ),
        rule(
            "announced_date",
            "not in the announced_year",
            "make the two agree",
            lambda rows: (
                rows["announced_year"].isna()
                | rows["announced_date"].eq("")
                | day(rows["announced_date"], "start").dt.year.eq(rows["announced_year"])
            ),
        ),
    ],
)

# A consultant's list of plants to test a ranking on: the columns of anode_plants, of which those
# that keep the books of a catalogue may be missing.
TESTED_PLANTS = spec(
    "tested_plants",
    "Announced anode plants of a user, to test the ranking on",
    ANODE_PLANTS.key,
    {
        **ANODE_PLANTS.columns,
        "product": text("what it makes; blank: synthetic", blank=True, among=words.ANODE_PRODUCT),
        "status": text("as last known", blank=True, among=words.PROJECT_STATUS),
        "announced_date": date("when the site was announced"),
        "city": text("town", blank=True),
        "coord_precision": text("see anode_plants", blank=True, among=words.COORD_PRECISION),
        "source": text("where the row was read", blank=True),
        "as_of": date("date of the newest evidence in the row", blank=True),
        "confidence": text("how well the row is known", blank=True, among=words.CONFIDENCE),
    },
)

INDUSTRIAL_SITES = spec(
    "industrial_sites",
    "Named industrial sites outside China: candidates, never a score",
    ("site_id",),
    {
        "site_id": identifier("name of the row"),
        "name": text("park, zone or site"),
        "operator": text("who runs or sells it"),
        "country": country("where it lies"),
        "region": text("state, province or county", blank=True),
        "city": text("town"),
        **PLACE,
        **PRECISION,
        "site_type": text("kind of site", among=words.SITE_TYPE),
        "area_ha_available": number("free, offered or planned plots", "ha", 0, 1e5, blank=True),
        "grid_mw_available": number(
            "power called available or approved at the site", "MW", 0, 1e4, blank=True
        ),
        "power_note": text("power nearby", blank=True),
        "port": text("nearest cargo port", blank=True),
        "port_km": number("great circle to that port", "km", 0, 3000, blank=True),
        "rail": text("rail on or at the site; a hint", among=words.YES_NO),
        "motorway_km": number("to the next motorway", "km", 0, 1000, blank=True),
        "gas": text("gas grid at the site; a hint", among=words.YES_NO),
        "special_regime": text("free zone or other regime", blank=True),
        "notable_tenants": text("who is there, semicolon between them", blank=True),
        "status": text("state of the land at as_of", among=words.SITE_STATUS),
        **PROVENANCE,
        "area_ha_total": number("whole site, never free land", "ha", 0, 1e6, blank=True),
        **NOTE,
    },
    [
        rule(
            "area_ha_available",
            "more land free than there is",
            "check it against area_ha_total",
            rising("area_ha_available", "area_ha_total"),
        )
    ],
)

POWER_STATIONS = spec(
    "power_stations",
    "Power stations of 200 MW and more outside China: where the grid is strong",
    ("station_id",),
    {
        "station_id": identifier(
            "name of the row: number in the Global Power Plant Database; gem- and add-: added since"
        ),
        "name": text("station"),
        "country": country("where it stands"),
        **PLACE,
        "capacity_mw": number("electric capacity installed", "MW", 1, 25_000),
        "fuel": text("what it mainly runs on", among=words.FUEL),
        "start_year": number(
            "start of operation, the mean of its units", "year", 1880, 2040, blank=True, whole=True
        ),
        **PROVENANCE,
    },
)

_TRAVELLED = ("bridge", "tunnel", "road", "rail", "ferry")


def _ends_known(rows: pd.DataFrame) -> pd.Series[bool]:
    begin = rows[["from_lat", "from_lon"]].notna().all(axis=1)
    end = rows[["to_lat", "to_lon", "km"]].notna().all(axis=1)
    kind = rows["kind"]
    return (begin | kind.eq("closed")) & (end | ~kind.isin(_TRAVELLED))


FREIGHT_LINKS = spec(
    "freight_links",
    "Crossings, ports and closed borders that correct the freight network",
    ("link_id",),
    {
        "link_id": identifier("name of the row"),
        "kind": text("kind of link", among=words.LINK_KIND),
        "from_name": text("one end; of a port the port itself"),
        "from_lat": number("latitude of that end, EPSG:4326", "degrees", -90, 90, blank=True),
        "from_lon": number("longitude of that end, EPSG:4326", "degrees", -180, 180, blank=True),
        "to_name": text("other end; blank: a port", blank=True),
        "to_lat": number("latitude of that end, EPSG:4326", "degrees", -90, 90, blank=True),
        "to_lon": number("longitude of that end, EPSG:4326", "degrees", -180, 180, blank=True),
        "km": number("length on the road, the rails or the water", "km", 0, 5000, blank=True),
        **PROVENANCE,
        **NOTE,
    },
    [
        rule(
            "from_lat",
            "a link needs both ends and its length, a port its place",
            "fill in the coordinates and km",
            _ends_known,
        )
    ],
)
