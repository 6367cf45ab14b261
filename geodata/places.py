"""Where a point lies, and which places a geography covers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from geodata.errors import Fault, SitingError, raise_if
from geodata.geometry import FloatArray, IntArray, attributes, layer, rows_holding, rows_near
from geodata.language import Language, spoken

OFFSHORE_KM = 10.0  # reclaimed land, islets and piers belong to the nearest country
STATED_KM = 15.0  # a stated country wins this far beyond its drawn border
ZONE_KM = 30.0  # bidding zones are drawn more coarsely than countries

GEO_TYPES = ("iso2", "iso3166-2", "nuts", "bidding_zone")
_ASKED_OF = {"country": GEO_TYPES[:1], "region": GEO_TYPES[1:3], "zone": GEO_TYPES[3:]}


def locate(
    lat: npt.ArrayLike, lon: npt.ArrayLike, country: npt.ArrayLike | None = None
) -> pd.DataFrame:
    """Find country, first-level region and bidding zone of points.

    Parameters
    ----------
    lat, lon : array-like of float, shape (n,)
        Degrees, EPSG:4326.
    country : array-like of str, shape (n,), optional
        Stated ISO2 codes ("" for none). A stated country wins where it lies within 15 km, so
        that border and coastal towns keep theirs; elsewhere the map decides.

    Returns
    -------
    DataFrame
        n rows: country (ISO2, "" at sea), region (ISO 3166-2 or ""), zone (as SE2, DE_LU;
        "" where there is none). Points up to 10 km offshore go to the nearest country.

    Raises
    ------
    SitingError
        When lengths differ or a coordinate is missing or out of range.
    """
    y, x = np.atleast_1d(np.asarray(lat, float)), np.atleast_1d(np.asarray(lon, float))
    _check_points(y, x)
    areas = layer("regions")
    owner = areas["country"].to_numpy(dtype=object)
    row = rows_holding("regions", y, x)
    if country is not None:
        stated = np.atleast_1d(np.asarray(country, dtype=object))
        if stated.shape != y.shape:
            raise SitingError(Fault("points", "one country a point is needed", "repeat it"))
        doubt = np.flatnonzero((stated != "") & (np.where(row < 0, "", owner[row]) != stated))
        known = doubt[pd.Index(stated[doubt]).isin(areas["country"].unique())]
        near = rows_near("regions", y[known], x[known], STATED_KM, stated[known])
        row[known[near >= 0]] = near[near >= 0]
    sea = np.flatnonzero(row < 0)
    row[sea] = rows_near("regions", y[sea], x[sea], OFFSHORE_KM)
    home = np.where(row < 0, "", owner[row])
    region = np.where(row < 0, "", areas["region"].to_numpy(dtype=object)[row])
    return pd.DataFrame({"country": home, "region": region, "zone": _zones(y, x, home)})


def _check_points(lat: FloatArray, lon: FloatArray) -> None:
    if lat.shape != lon.shape or lat.ndim != 1:
        raise SitingError(Fault("points", "latitudes and longitudes differ in number"))
    faults = []
    for name, values, most in (("lat", lat, 90.0), ("lon", lon, 180.0)):
        for i in np.flatnonzero(~(np.abs(values) <= most)).tolist():
            what = f"{name} is missing or out of range"
            faults.append(Fault("points", what, "give degrees", i + 1, name, str(values[i])))
    raise_if(faults)


def _zones(
    lat: FloatArray, lon: FloatArray, country: npt.NDArray[np.object_]
) -> npt.NDArray[np.object_]:
    """Return the bidding zone of points whose country is known; never another country's."""
    areas = layer("bidding_zones")
    code = areas["zone"].to_numpy(dtype=object)
    zone = np.full(len(lat), "", dtype=object)
    inside = np.flatnonzero(pd.Index(country).isin(areas["country"].unique()))
    row = rows_holding("bidding_zones", lat[inside], lon[inside])
    # two-country zones are there twice, and outlines overlap a little: the country decides
    right = (row >= 0) & (areas["country"].to_numpy(dtype=object)[row] == country[inside])
    zone[inside[right]] = code[row[right]]
    rest = inside[~right]
    near = rows_near("bidding_zones", lat[rest], lon[rest], ZONE_KM, country[rest])
    zone[rest[near >= 0]] = code[near[near >= 0]]
    return zone


def distinct(places: pd.DataFrame, *names: str) -> tuple[pd.DataFrame, IntArray]:
    """Return the different places, and for each row which of them it is.

    Thousands of points share a region: what is known of regions is looked up once for each.

    Parameters
    ----------
    places : DataFrame, n rows
    names : str
        Columns in which places differ.

    Returns
    -------
    few : DataFrame, k rows
        These columns, by first appearance.
    which : array of int, shape (n,)
        `few.iloc[which]` are the places again.
    """
    code = np.zeros(len(places), dtype=np.int64)
    for name in names:
        own, unique = pd.factorize(places[name], use_na_sentinel=False)
        code = code * len(unique) + own
    which, _ = pd.factorize(code)
    first = np.zeros(which.max(initial=-1) + 1, dtype=np.intp)
    first[which[::-1]] = np.arange(len(which))[::-1]
    return places[list(names)].iloc[first].reset_index(drop=True), which


@lru_cache
def world_regions() -> dict[str, str]:
    """Return ISO2 -> United Nations subregion (M49), for every country that has land."""
    countries = attributes("countries")
    return dict(zip(countries["country"], countries["world_region"], strict=True))


def world_region(country: str) -> str:
    """Return the United Nations subregion of an ISO2 code, "" for the sea or an unknown code."""
    return world_regions().get(country, "")


@lru_cache
def _nuts() -> dict[str, frozenset[str]]:
    """Return NUTS 2021 code -> ISO 3166-2 regions."""
    table = _catalogue("nuts_regions")
    return {str(code): frozenset(rows) for code, rows in table.groupby("nuts")["region"]}


@lru_cache
def states(reach: Literal["law", "customs"]) -> dict[str, str]:
    """Return territory -> state (ISO2), where the state's law or customs territory reaches it."""
    table = _catalogue("territories")
    rows = table[table[reach].eq("y")]
    return dict(zip(rows["territory"], rows["state"], strict=True))


def _catalogue(name: str) -> pd.DataFrame:
    path = files("geodata") / "catalogue" / f"{name}.csv"
    with path.open(encoding="utf-8") as text:
        return pd.read_csv(text, dtype=str, keep_default_na=False)


def covers(places: pd.DataFrame, geo_type: str, geography: str) -> npt.NDArray[np.bool_]:
    """Return which places a rule's geography covers.

    Parameters
    ----------
    places : DataFrame, n rows
        Columns country and region as `locate` gives them, and zone where one is asked for.
    geo_type : str
        iso2, iso3166-2, bidding_zone or nuts (level 2; a NUTS region that is part of one ISO
        region covers the whole of it, see the note in nuts_regions.csv).
    geography : str
        Codes, semicolons between them.

    Returns
    -------
    array of bool, shape (n,)

    Raises
    ------
    SitingError
        When the type is unknown or a NUTS code is not in nuts_regions.csv.
    """
    return covered(places, [(geo_type, geography)])[:, 0]


def covered(places: pd.DataFrame, areas: Sequence[tuple[str, str]]) -> npt.NDArray[np.bool_]:
    """Return which places each of several geographies covers, shape (n, areas); see `covers`.

    Parameters
    ----------
    places : DataFrame, n rows
    areas : sequence of (geo_type, geography)
    """
    codes = [_codes(*area) for area in areas]
    here = np.zeros((len(places), len(areas)), dtype=bool)
    for column, kinds in _ASKED_OF.items():
        mine = [k for k, (kind, _) in enumerate(areas) if kind in kinds]
        if mine:
            which, names = pd.factorize(places[column])
            row = {name: i for i, name in enumerate(np.asarray(names, dtype=object))}
            inside = np.zeros((len(names) + 1, len(areas)), dtype=bool)  # the last: no name
            for k in mine:
                inside[[row[code] for code in codes[k] if code in row], k] = True
            here |= inside[which]
    return here


@lru_cache(maxsize=1 << 12)
def _codes(geo_type: str, geography: str) -> tuple[str, ...]:
    """Return the countries, regions or bidding zones of a geography."""
    codes = [code for code in re.split(r"\s*;\s*", geography.strip()) if code]
    if geo_type not in GEO_TYPES:
        hint = "use one of " + ", ".join(GEO_TYPES)
        raise SitingError(Fault("geography", "unknown kind", hint, None, "geo_type", geo_type))
    if geo_type == "nuts":
        raise_if(
            [
                Fault("geography", "unknown NUTS code", "add it to nuts_regions.csv", value=code)
                for code in codes
                if code not in _nuts()
            ]
        )
        codes = [region for code in codes for region in _nuts()[code]]
    return tuple(codes)


def country_names() -> dict[str, str]:
    """Return country names by ISO2."""
    countries = attributes("countries")
    return dict(zip(countries["country"], countries["name"], strict=True))


def country_name(code: object) -> str:
    """Return a country in words: its name, or its code where it has none; "" of no country."""
    return _names(spoken()).get(code, code) if isinstance(code, str) else ""


def country_in_words(english: str) -> str:
    """Return a country known by its English name, as the language of now calls it."""
    return country_name(_codes_by_name().get(english, english))


@lru_cache
def _codes_by_name() -> dict[str, str]:
    return {name: code for code, name in country_names().items()}


@lru_cache
def _names(language: Language) -> dict[str, str]:
    """Return names by ISO2 in a language, the English one where it has none."""
    rows = layer("country_names")
    own = rows[rows["language"].eq(language)] if language != "en" else rows.iloc[:0]
    return country_names() | dict(zip(own["country"], own["name"], strict=True))
