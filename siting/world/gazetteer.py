"""Every place that has a name: sites, plants, towns and ports, and the user's own list."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata import CATALOGUE
from geodata.errors import Fault, SitingError
from geodata.geometry import layer
from geodata.sphere import great_circle_km
from geodata.tables import TABLES
from siting.world.names import (
    NEAR,
    TOWN,
    Names,
    choose,
    is_name,
    matches,
    nearest,
    quoted,
    several,
)
from siting.world.point import Point, coordinates
from siting.world.spelling import keys

PORT_OF = "Port of "
TOWN_ID = "town-"
HERE_KM = 1.0  # coordinates mean a candidate no further off
_OTHERWISE = "write a site, a plant, a port, a town over 15,000 people, or lat,lon"


class _Source(NamedTuple):
    kind: str
    id: str
    region: str = ""
    city: str = "city"


# In the order in which places of one name are listed.
SOURCES = {
    "industrial_sites": _Source("industrial site", "site_id", "region"),
    "gigafactories": _Source("gigafactory", "id", "region_or_state"),
    "automaker_plants": _Source("carmaker's plant", "id", "region"),
    "anode_plants": _Source("anode plant", "id", "region"),
    "material_works": _Source("material works", "id", "region"),
    "carbon_works": _Source("carbon works", "work_id"),
    "feedstock_sources": _Source("feedstock source", "source_id", city=""),
    "owner_ties": _Source("owner's works or mine", "tie_id"),
    "power_stations": _Source("power station", "station_id", city=""),
}


def towns() -> pd.DataFrame:
    """Return the towns, the largest first, with the `site_id` that each has as a candidate."""
    rows = layer("towns")
    return rows.assign(site_id=TOWN_ID + rows["geonameid"].astype(str), kind=TOWN)


def ports() -> pd.DataFrame:
    """Return the seaports with name and `site_id` that each has as a candidate."""
    rows = layer("ports").reset_index(drop=True)
    return rows.assign(
        site_id="port-" + rows["locode"].str.lower(), name=PORT_OF + rows["name"], kind="seaport"
    )


def place(
    text: str,
    where: str = "place",
    tables: Mapping[str, pd.DataFrame] | None = None,
    own: pd.DataFrame | None = None,
) -> Point:
    """Return the place that a user names by id, name or coordinates.

    Parameters
    ----------
    text : str
        Id or name of a site, plant, port or town, also with country, region or town behind a
        comma; or as `point.coordinates`. Exact goes before beginning before inside.
    where : str
        What a fault names.
    tables : mapping of str to DataFrame, optional
        Tables of a study in place of the catalogue's.
    own : DataFrame, optional
        The user's list, as `candidates.own_places`; its names go before others.

    Raises
    ------
    SitingError
        When nothing is called that, with the nearest names; when several places are, with the
        words that pick each; for coordinates off the globe.
    """
    listed = None if own is None else names_of(own)
    numbers = None if listed is not None and is_name(listed, text) else coordinates(text, where)
    if numbers is not None:
        return numbers
    names = catalogue() if tables is None and listed is None else _together(tables or {}, listed)
    row = names.rows.iloc[choose(names, text, where, "unknown place", _OTHERWISE)]
    name = f"{row['name']}, {row['country']}" if row["country"] else str(row["name"])
    return Point(name, float(row["lat"]), float(row["lon"]))


def names_of(places: pd.DataFrame) -> Names:
    """Return candidates (site_id, name, kind, lat, lon, country, region, and city where known)."""
    return _names(_candidates(places))


def candidate(names: Names, text: str, where: str = "candidates") -> int:
    """Return the position of the candidate that a user names by `site_id`, name or coordinates.

    Parameters
    ----------
    names : Names
        As `names_of`.
    text, where : str
        As for `place`. Coordinates mean a candidate within a kilometre.

    Raises
    ------
    SitingError
        As for `place`; for a known place that is no candidate, with the nearest candidates.
    """
    point = None if is_name(names, text) else coordinates(text, where)
    if point is not None:
        hits = np.flatnonzero(_km(names.rows, point) <= HERE_KM)
    else:
        hits = matches(names, text)
        point = None if len(hits) else _elsewhere(text)
    if len(hits) == 1:
        return int(hits[0])
    if len(hits):
        raise SitingError(several(names, hits, where, text))
    if point is not None:
        hint = _beside(names.rows, point)
        raise SitingError(Fault(where, "no candidate of this study", hint, value=text))
    hint = nearest(names, text) or "give the site_id or name of a candidate"
    raise SitingError(Fault(where, "no such site", hint, value=text))


def _elsewhere(text: str) -> Point | None:
    """Return the one place of the catalogue that is called so; None for none and for several."""
    try:
        return place(text)
    except SitingError:
        return None


@lru_cache(maxsize=1)
def catalogue() -> Names:
    """Return the names of the catalogue."""
    return _together({}, None)


def _together(tables: Mapping[str, pd.DataFrame], own: Names | None) -> Names:
    parts = [own.rows] if own is not None else []
    parts += [_of_table(name, tables) for name in SOURCES]
    parts += [_candidates(rows) for rows in (towns(), ports())]
    return _names(pd.concat(parts))


def _of_table(name: str, tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    source = SOURCES[name]
    columns = {"id": source.id, "region": source.region, "city": source.city}
    rows = tables[name] if name in tables else _read(name)
    renamed = {column: rows[field] for column, field in columns.items() if field}
    called = rows["name"] if "name" in rows else rows["owner"] + ", " + rows["city"]
    full, short = called, pd.Series("", called.index)
    if name == "power_stations":  # many are called as their town is, which is meant first
        full, short = called + " power station", called
    named = pd.DataFrame({"name": full, "short": short, "kind": source.kind, **renamed})
    return named.join(rows[["country", "lat", "lon"]])


def _read(name: str) -> pd.DataFrame:
    """Return what names and places the rows of a table, in a tenth of the time of `load.table`."""
    source = SOURCES[name]
    wanted = {source.id, source.region, source.city, "name", "owner", "country", "lat", "lon"}
    return pd.read_csv(CATALOGUE / TABLES[name].file, usecols=wanted.__contains__,
                       na_filter=False, dtype={source.id: str, "country": str})  # fmt: skip


def _candidates(places: pd.DataFrame) -> pd.DataFrame:
    kept = ["site_id", "name", "kind", "country", "region", "city", "lat", "lon"]
    rows = places[[column for column in kept if column in places]]
    port = rows["kind"].eq("seaport")
    short = rows["name"].str.removeprefix(PORT_OF).where(port, "")
    return rows.rename(columns={"site_id": "id"}).assign(short=short)


def _names(rows: pd.DataFrame) -> Names:
    return Names(rows.reset_index(drop=True), town_names)


@lru_cache(maxsize=1)
def town_names() -> dict[str, tuple[str, ...]]:
    """Return the `site_id` of the towns that bear each further name, by it as it is compared."""
    rows = layer("town_names")
    ids = TOWN_ID + rows["geonameid"].astype(str)
    bearers: dict[str, dict[str, None]] = {}
    for name, site_id in zip(keys(rows["name"]), ids, strict=True):
        bearers.setdefault(name, {})[site_id] = None
    return {name: tuple(own) for name, own in bearers.items()}


def _km(rows: pd.DataFrame, point: Point) -> NDArray[np.float64]:
    lat, lon = (rows[column].to_numpy(dtype=float) for column in ("lat", "lon"))
    return great_circle_km(point.lat, point.lon, lat, lon)


def _beside(rows: pd.DataFrame, point: Point) -> str:
    """Return a hint with the candidates nearest to a place."""
    km = _km(rows, point)
    named = [f"{quoted(rows['id'].iloc[i])} ({rows['name'].iloc[i]}, {km[i]:,.0f} km)"
             for i in np.argsort(km, kind="stable")[:NEAR]]  # fmt: skip
    return f"the nearest to {point.name}: {'; '.join(named)}"
