"""Checks beyond a single row: tables against each other, against the map and against the date."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import pandas as pd

from geodata.codes import PART_OF
from geodata.columns import day
from geodata.errors import Fault, SitingError
from geodata.fault_list import Faults
from geodata.geometry import attributes, layer
from geodata.load import catalogue_date, table
from geodata.places import locate
from geodata.sphere import great_circle_km
from geodata.tables import TABLES
from geodata.vocabulary import PROJECT_STATUS

Tables = Mapping[str, pd.DataFrame]

ENDED = ("repealed", "expired", "closed", "suspended")
COUNTRY_COLUMNS = ("country", "owner_hq_country", "iso2")
KNOWN_BY_NOW = ("as_of", "announced_date", "status_date", "known_date", "last_read")
_FROM_MEMORY = "analyst knowledge|from memory"
_SHORTER = 0.95  # coordinates are rounded, so a link may seem a little shorter than a straight line
_WHOLE_PCT = (90.0, 110.0)  # shares of a cost from different sources need not sum to 100 exactly


def check_catalogue() -> list[Fault]:
    """Check every table of the catalogue by its schema, then all of them together.

    Returns
    -------
    list of Fault
        Empty when nothing is wrong.
    """
    faults: list[Fault] = []
    tables: dict[str, pd.DataFrame] = {}
    for name in TABLES:
        try:
            tables[name] = table(name)
        except SitingError as error:
            faults += error.faults
    return faults + check_tables(tables)


def check_tables(tables: Tables) -> list[Fault]:
    """Check tables that their schemas have passed against each other, the map and the date.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        As `geodata.load.table` returns them; checks that need a missing table are left out.
    """
    faults: list[Fault] = []
    for name, rows in tables.items():
        gathered = Faults(TABLES[name].file)
        by_row = rows.set_axis(pd.RangeIndex(2, len(rows) + 2))
        for check in _EVERY_TABLE:
            check(by_row, gathered)
        if name in _ONE_TABLE:
            _ONE_TABLE[name](by_row, tables, gathered)
        faults += gathered.shown
    return faults


def _known_countries(rows: pd.DataFrame, faults: Faults) -> None:
    known = {*attributes("countries")["country"], *PART_OF}
    for column in [c for c in COUNTRY_COLUMNS if c in rows]:
        unknown = rows[column][~rows[column].isin(known)]
        faults.add_cells("no such country", "write its ISO 3166-1 code", column, unknown)


def _inside_country(rows: pd.DataFrame, faults: Faults) -> None:
    if not {"lat", "lon", "country"} <= set(rows.columns):
        return
    stated = rows["country"].to_numpy(object)
    areas = locate(rows["lat"].to_numpy(float), rows["lon"].to_numpy(float), stated)
    astray = (areas["country"].to_numpy(object) != stated).tolist()
    cells = rows["lat"].astype(str) + ", " + rows["lon"].astype(str) + " in " + rows["country"]
    faults.add_cells(
        "the point lies outside of its country", "correct one of them", "lat, lon", cells[astray]
    )


def _not_later(rows: pd.DataFrame, faults: Faults) -> None:
    today = pd.Timestamp(catalogue_date())
    for column in [c for c in KNOWN_BY_NOW if c in rows]:
        later = day(rows[column], "start") > today
        faults.add_cells(
            f"later than the catalogue's date, {today:%Y-%m-%d}",
            "nothing can be known from then",
            column,
            rows[column][later],
        )


def _evidence(rows: pd.DataFrame, faults: Faults) -> None:
    recalled = rows["confidence"].eq("A") & rows["source"].str.lower().str.contains(_FROM_MEMORY)
    faults.add_cells(
        "what was not read cannot be A", "cite what was read, or grade it B or C", "source",
        rows["source"][recalled],
    )  # fmt: skip


def _one_name(rows: pd.DataFrame, faults: Faults) -> None:
    if not {"name", "country", "city"} <= set(rows.columns):
        return
    twins = rows.duplicated(["name", "country", "city"], keep=False)
    faults.add_cells("listed twice", "keep one of the rows", "name", rows["name"][twins])


def _geography(rows: pd.DataFrame, tables: Tables, faults: Faults) -> None:
    codes = {
        "iso2": set(attributes("countries")["country"]),
        "iso3166-2": set(attributes("regions")["region"]),
        "bidding_zone": set(layer("bidding_zones")["zone"]),
    }
    if "nuts_regions" in tables:
        codes["nuts"] = set(tables["nuts_regions"]["nuts"])
    for kind, known in codes.items():
        places = rows["geography"][rows["geo_type"].eq(kind)].str.split(";").explode()
        faults.add_cells(f"no such {kind} code", "correct it", "geography", _strange(places, known))


def _systems(rows: pd.DataFrame, tables: Tables, faults: Faults) -> None:
    _evidence(rows, faults)
    _geography(rows, tables, faults)
    whole = rows["geography"][rows["lat_min"].isna()].str.split(";").explode()
    twice = whole[whole.duplicated(keep=False)]
    faults.add_cells("lies in two systems", "draw boxes or keep one", "geography", twice)


def _waits(rows: pd.DataFrame, tables: Tables, faults: Faults) -> None:
    _evidence(rows, faults)
    _geography(rows, tables, faults)


def _policies(rows: pd.DataFrame, tables: Tables, faults: Faults) -> None:
    _evidence(rows, faults)
    _geography(rows, tables, faults)
    owners = rows["applies_to_owner_hq"].str.findall(r"\b[A-Z]{2}\b").explode().dropna()
    unknown = _strange(owners, attributes("countries")["country"])
    faults.add_cells("no such country", "write ISO 3166-1 codes", "applies_to_owner_hq", unknown)
    over = rows["status"].isin(ENDED) & rows["end_date"].eq("")
    faults.add_cells(
        "ended, but not when", "give end_date, so that past dates can be replayed", "end_date",
        rows["status"][over],
    )  # fmt: skip
    past = rows["status"].eq("in_force") & day(rows["end_date"], "end").lt(
        pd.Timestamp(catalogue_date())
    )
    faults.add_cells(
        "in force, but ended", "correct status or end_date", "end_date", rows["end_date"][past]
    )


def _factors(rows: pd.DataFrame, _tables: Tables, faults: Faults) -> None:
    _evidence(rows, faults)
    for column, other in (("iso3", "iso2"), ("iso2", "iso3")):
        mixed = rows.groupby(other)[column].transform("nunique").gt(1)
        faults.add_cells(
            f"more than one {column} for one {other}", "correct it", column, rows[column][mixed]
        )
    for kind, name, column in (
        ("iso3166-2", "regions", "region"),
        ("bidding_zone", "bidding_zones", "zone"),
    ):
        area = layer(name)
        home = dict(zip(area[column], area["country"], strict=True))
        places = rows["region_code"][rows["region_type"].eq(kind)]
        faults.add_cells(f"no such {kind}", "correct it", "region_code", _strange(places, home))
        moved = places[places.map(home).notna() & places.map(home).ne(rows["iso2"])]
        faults.add_cells("lies in another country", "correct iso2", "region_code", moved)


def _economics(rows: pd.DataFrame, _tables: Tables, faults: Faults) -> None:
    _evidence(rows, faults)
    total = rows["central"][rows["category"].eq("opex_split")].sum()
    if not _WHOLE_PCT[0] <= total <= _WHOLE_PCT[1]:
        what = f"the shares of operating cost sum to {total:g} %"
        faults.add(what, "make them whole", column="central")


def _products(rows: pd.DataFrame, tables: Tables, faults: Faults) -> None:
    """Whatever a product names in another table must be there."""
    _evidence(rows, faults)
    for column, name, key, pattern in _NAMED_BY_PRODUCTS:
        if name in tables:
            named = rows[column].str.findall(pattern).explode().dropna()
            unknown = _strange(named[named.ne("")], tables[name][key])
            faults.add_cells(f"no such {key} in {name}", f"add it to {name}", column, unknown)


def _trade(rows: pd.DataFrame, tables: Tables, faults: Faults) -> None:
    if "country_groups" in tables:
        known = {*tables["country_groups"]["group"], *attributes("countries")["country"]}
        unknown = _strange(rows["market"], known)
        faults.add_cells("no such group", "add it to country_groups", "market", unknown)


def _nuts(rows: pd.DataFrame, _tables: Tables, faults: Faults) -> None:
    unknown = _strange(rows["region"], set(attributes("regions")["region"]))
    faults.add_cells("no such iso3166-2 code", "correct it", "region", unknown)


def _links(rows: pd.DataFrame, _tables: Tables, faults: Faults) -> None:
    straight = great_circle_km(rows["from_lat"], rows["from_lon"], rows["to_lat"], rows["to_lon"])
    short = rows["km"] < _SHORTER * straight
    faults.add_cells(
        "shorter than a straight line", "correct km or an end", "km", rows["km"][short]
    )


def _ties(rows: pd.DataFrame, tables: Tables, faults: Faults) -> None:
    _evidence(rows, faults)
    if "anode_plants" not in tables:
        return
    plants = tables["anode_plants"]
    makers = set(plants["owner"].str.split(";").explode().str.strip())
    owners = rows["owner"].str.split(";").explode()
    faults.add_cells(
        "no owner of an anode plant", "spell it as in anode_plants", "owner",
        _strange(owners, makers),
    )  # fmt: skip
    plans = rows["plan"][rows["plan"].ne("")]
    _plants(plans, tables, faults)


def _choices(rows: pd.DataFrame, tables: Tables, faults: Faults) -> None:
    _evidence(rows, faults)
    _plants(rows["plant_id"], tables, faults)


def _plants(ids: pd.Series, tables: Tables, faults: Faults) -> None:
    if "anode_plants" in tables:
        unknown = _strange(ids, tables["anode_plants"]["id"])
        faults.add_cells("no such plant", "write an id of anode_plants", str(ids.name), unknown)


def _works(rows: pd.DataFrame, _tables: Tables, faults: Faults) -> None:
    homes = rows["also_hq_country"][rows["also_hq_country"].ne("")].str.split(";").explode()
    known = {*attributes("countries")["country"], *PART_OF}
    faults.add_cells(
        "no such country", "write ISO 3166-1 codes", "also_hq_country", _strange(homes, known)
    )


def _chances(rows: pd.DataFrame, _tables: Tables, faults: Faults) -> None:
    _evidence(rows, faults)
    known = set(attributes("countries")["country"])
    for column in ("home", "host"):
        codes = rows[column][rows[column].ne("")].str.split(";").explode()
        faults.add_cells(
            "no such country", "write ISO 3166-1 codes", column, _strange(codes, known)
        )
    narrow = rows["kind"] + rows["home"] + rows["host"] + rows["since"]
    general = rows[narrow.eq("")]
    for state in sorted(set(PROJECT_STATUS) - set(general["state"])):
        what = f"no row holds for every {state} project on every date"
        faults.add(what, "add one with kind, home, host and since blank", column="state")


def _events(rows: pd.DataFrame, tables: Tables, faults: Faults) -> None:
    _evidence(rows, faults)
    countries, regions = attributes("countries")["country"], attributes("regions")["region"]
    places = rows["geography"][rows["geography"].ne("")].str.split(";").explode()
    unknown = _strange(places, {*countries, *regions})
    faults.add_cells("no such place", "write ISO 3166 codes", "geography", unknown)
    listed = places.groupby(level=0).agg(set).reindex(places.index)
    within = [p != p[:2] and p[:2] in of for p, of in zip(places, listed, strict=True)]
    faults.add_cells(
        "stands beside its whole country", "keep one of them", "geography", places[within]
    )
    owners = rows["applies_to_owner_hq"][rows["applies_to_owner_hq"].ne("")].str.split(";")
    unknown = _strange(owners.explode(), countries)
    faults.add_cells("no such country", "write ISO 3166-1 codes", "applies_to_owner_hq", unknown)
    if "policy_zones" in tables:
        laws = rows["instrument_id"][rows["instrument_id"].ne("")]
        unknown = _strange(laws, tables["policy_zones"]["instrument_id"])
        faults.add_cells("no such law", "write an id of policy_zones", "instrument_id", unknown)


def _imports(rows: pd.DataFrame, _tables: Tables, faults: Faults) -> None:
    _evidence(rows, faults)
    known = {*attributes("countries")["country"], "EU", "WORLD"}
    faults.add_cells(
        "no such importer", "write its ISO 3166-1 code, EU or WORLD", "importer",
        _strange(rows["importer"], known),
    )  # fmt: skip


def _strange(codes: pd.Series, known: Iterable[str]) -> pd.Series:
    return codes[~codes.isin(list(known))]


# Columns of `products`, the table and its column that they name, and where the names stand.
_NAMED_BY_PRODUCTS = (
    *(
        (column, "anode_economics", "param_id", r"[A-Z0-9]+(?:-[A-Z0-9]+)*(?=;|$)")
        for column in ("recipe", "intensity", "qualification", "land")
    ),
    ("chinese_price", "anode_prices", "series", r".+"),
    ("outside_price", "anode_prices", "series", r".+"),
    ("feedstock", "feedstock_sources", "feedstock", r"(?:^|;)(\w+):"),
)
_EVERY_TABLE: tuple[Callable[[pd.DataFrame, Faults], None], ...] = (
    _known_countries,
    _inside_country,
    _not_later,
    _one_name,
)
_ONE_TABLE: dict[str, Callable[[pd.DataFrame, Tables, Faults], None]] = {
    "policy_zones": _policies,
    "place_factors": _factors,
    "anode_economics": _economics,
    "products": _products,
    "trade_access": _trade,
    "nuts_regions": _nuts,
    "freight_links": _links,
    "owner_ties": _ties,
    "material_works": _works,
    "build_chances": _chances,
    "plant_choices": _choices,
    "events": _events,
    "power_systems": _systems,
    "time_to_power": _waits,
    "anode_imports": _imports,
}
