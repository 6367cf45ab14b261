"""Where a point lies, what is known there or in the nearest wider place, and how far it is."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from functools import lru_cache
from importlib.resources import files
from math import isnan
from operator import attrgetter, itemgetter
from statistics import median
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyproj

from geodata.errors import Fault, SitingError, raise_if
from geodata.geometry import FloatArray, IntArray, attributes, layer, rows_holding, rows_near

EARTH_KM = 6371.0088  # mean radius, IUGG
OFFSHORE_KM = 10.0  # reclaimed land, islets and piers belong to the nearest country
STATED_KM = 15.0  # a stated country wins this far beyond its drawn border
ZONE_KM = 30.0  # bidding zones are drawn more coarsely than countries

# Finest first; a factor is taken from the first level that knows it.
LEVELS = ("zone", "region", "country", "world_region", "world")
GEO_TYPES = ("iso2", "iso3166-2", "nuts", "bidding_zone")
_ASKED_OF = {"country": GEO_TYPES[:1], "region": GEO_TYPES[1:3], "zone": GEO_TYPES[3:]}

_GEOD = pyproj.Geod(ellps="WGS84")
_READ = ("iso2", "region_type", "region_code", "value", "year", "confidence")
_KINDS = ("country", "iso3166-2", "bidding_zone")
_FLAGS = {"y": 1.0, "n": 0.0, "": np.nan}
# Where in its year a figure stands: estimates before finals, halves and quarters at their end.
_PARTS = {"e": 0.49, "": 0.5, "-S1": 0.45, "-S2": 0.95} | {
    f"-Q{q}": q / 4 - 0.05 for q in range(1, 5)
}


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
        found = rows_near("regions", y[known], x[known], STATED_KM, stated[known])
        row[known[found >= 0]] = found[found >= 0]
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
    # two-country zones stand twice, and outlines overlap a little: the country decides
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
        Columns that tell places apart.

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


def factor_at(
    factors: pd.DataFrame, factor: str, places: pd.DataFrame, as_of: date | None = None
) -> pd.DataFrame:
    """Look a factor up at places, in the nearest wider place that knows it.

    Order: bidding zone, region, country, world region, world. A country without a row of its
    own takes the median of its zones and regions; a world region the median of its countries;
    the world the median of all countries.

    Parameters
    ----------
    factors : DataFrame
        Long table place_factors: factor, iso2, region_code, region_type (country, iso3166-2,
        bidding_zone), value, year (2024, 2024-S2, 2024-Q1, 2024e), confidence.
    factor : str
        Which factor; its unit is in its name.
    places : DataFrame, n rows
        Columns country, region, zone as `locate` gives them.
    as_of : date, optional
        Use what was measured in this year or before; a place that has only later figures
        gives the earliest of them. By default the newest counts.

    Returns
    -------
    DataFrame
        Index of `places`: value (NaN where nothing is known anywhere), level (one of `LEVELS`
        or ""), imputed (any median), confidence (C when imputed), late (measured after
        `as_of`, or a median that holds such a figure).

    Raises
    ------
    SitingError
        When the table has no such factor.
    """
    figures, row = _looked_up(factors, factor, places, as_of)
    cells = [
        (f.value, level, f.imputed, f.confidence, f.late)
        for level, known in figures.items()
        for f in known.values()
    ]
    columns = ["value", "level", "imputed", "confidence", "late"]
    table = pd.DataFrame([*cells, _UNKNOWN], columns=columns)  # the last is that of row -1
    return table.iloc[row].set_axis(places.index)


def rows_read(
    factors: pd.DataFrame, factor: str, places: pd.DataFrame, as_of: date | None = None
) -> tuple[IntArray, FloatArray]:
    """Return which rows of the table `factor_at` reads at places; arguments as there.

    A median is read from the rows in its middle, equally from each.

    Returns
    -------
    rows : array of int, shape (k,)
        Positions in `factors`, ascending.
    share : array of float, shape (n, k)
        Of each place's figure; rows sum to 1, to 0 where nothing is known anywhere.
    """
    figures, row = _looked_up(factors, factor, places, as_of)
    own = [figure.rows for known in figures.values() for figure in known.values()]
    which, here = np.unique(row, return_inverse=True)
    read = [own[i] if i >= 0 else () for i in which.tolist()]
    rows = np.unique(np.array([one for many in read for one in many], dtype=np.intp))
    share = np.zeros((len(read), len(rows)))
    for at, many in enumerate(read):
        share[at, np.searchsorted(rows, many)] = 1.0 / max(len(many), 1)
    return rows, share[here]


def _looked_up(
    factors: pd.DataFrame, factor: str, places: pd.DataFrame, as_of: date | None
) -> tuple[dict[str, dict[str, _Figure]], IntArray]:
    """Return the figures of each level, and which of them, one level after another, places read.

    -1 where nothing is known anywhere.
    """
    known = np.flatnonzero((factors["factor"] == factor).to_numpy())
    if not len(known):
        mend = "name one of " + ", ".join(sorted(set(factors["factor"])))
        raise SitingError(Fault("place_factors", "no such factor", mend, None, "factor", factor))
    cells = [factors[name].take(known).to_numpy(dtype=object) for name in _READ]
    figures = _levels(_dated(known.tolist(), cells, as_of))
    # thousands of places share a region: each is looked up once
    coded = {name: pd.factorize(places[name]) for name in ("zone", "region", "country")}
    where = {name: (code, np.asarray(own, dtype=object)) for name, (code, own) in coded.items()}
    code, own = where["country"]
    where["world_region"] = code, np.array([world_region(name) for name in own], dtype=object)
    where["world"] = np.zeros(len(places), dtype=np.intp), np.array(["world"], dtype=object)
    row, first = np.full(len(places), -1), 0
    for level in LEVELS:
        there = {name: first + i for i, name in enumerate(figures[level])}
        code, own = where[level]
        found = np.array([*(there.get(name, -1) for name in own), -1])
        row = np.where(row < 0, found[code], row)
        first += len(there)
    return figures, row


class _Figure(NamedTuple):
    """What is known of a place, or of a wider one."""

    value: float
    imputed: bool
    confidence: str
    late: bool
    rows: tuple[int, ...]  # of the table, that it is read from


_UNKNOWN = (np.nan, "", True, "C", False)


@lru_cache
def year_of(text: str) -> float:
    """Return where in time a figure stands: 2024e before 2024 before 2024-S2."""
    year, part = text[:4], text[4:]
    return int(year) + _PARTS.get(part, 0.5)


def _number(cell: str | float) -> float:
    """Return a figure, a flag as 1 or 0, a blank as NaN."""
    return _FLAGS[cell] if isinstance(cell, str) and cell in _FLAGS else float(cell)


def _dated(
    rows: Iterable[int], cells: Iterable[npt.NDArray[np.object_]], as_of: date | None
) -> dict[tuple[str, str, str], _Figure]:
    """Keep one figure a place: the newest by the year of `as_of`, else the earliest after it."""
    end = np.inf if as_of is None else as_of.year + 1
    found = []
    for row, country, kind, code, cell, year, grade in zip(rows, *cells, strict=True):
        value, time = _number(cell), year_of(str(year))
        if not isnan(value):
            late = time >= end
            figure = _Figure(value, False, grade, late, (row,))
            found.append(((late, time if late else -time, grade), (country, kind, code), figure))
    # equally new: the better confidence, then the order of the table; what is written last stays
    found.sort(key=itemgetter(0))
    return {place: figure for _, place, figure in reversed(found)}


def _levels(known: dict[tuple[str, str, str], _Figure]) -> dict[str, dict[str, _Figure]]:
    """Return the figures of each level by place."""
    of: dict[str, dict[str, _Figure]] = {kind: {} for kind in _KINDS}
    parts: dict[str, list[_Figure]] = defaultdict(list)
    for (country, kind, code), figure in known.items():
        of[kind][country if kind == "country" else code] = figure
        if kind != "country":
            parts[country].append(figure)
    countries = {c: _median(figures) for c, figures in parts.items()} | of["country"]
    regions: dict[str, list[_Figure]] = defaultdict(list)
    for country, figure in countries.items():
        regions[world_region(country)].append(figure)
    return {
        "zone": of["bidding_zone"],
        "region": of["iso3166-2"],
        "country": countries,
        "world_region": {name: _median(own) for name, own in regions.items() if name},
        "world": {"world": _median(countries.values())} if countries else {},
    }


def _median(figures: Collection[_Figure]) -> _Figure:
    """Return the median, marked as imputed, with the rows of the figures in its middle."""
    ranked = sorted(figures, key=attrgetter("value"))
    middle = ranked[(len(ranked) - 1) // 2 : len(ranked) // 2 + 1]
    rows = tuple(sorted({row for f in middle for row in f.rows}))
    late = any(f.late for f in figures)
    return _Figure(median(f.value for f in middle), True, "C", late, rows)


@lru_cache
def _nuts() -> dict[str, frozenset[str]]:
    """Return NUTS 2021 code -> ISO 3166-2 regions."""
    path = files("geodata") / "catalogue" / "nuts_regions.csv"
    with path.open(encoding="utf-8") as text:
        table = pd.read_csv(text, dtype=str, keep_default_na=False)
    return {str(code): frozenset(rows) for code, rows in table.groupby("nuts")["region"]}


def covers(places: pd.DataFrame, geo_type: str, geography: str) -> npt.NDArray[np.bool_]:
    """Tell which places a rule's geography covers.

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
    """Tell which places each of several geographies covers, shape (n, areas); see `covers`.

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
        mend = "use one of " + ", ".join(GEO_TYPES)
        raise SitingError(Fault("geography", "unknown kind", mend, None, "geo_type", geo_type))
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


def unit_vectors(lat: npt.ArrayLike, lon: npt.ArrayLike) -> FloatArray:
    """Turn degrees into points on the unit sphere, shape (n, 3)."""
    phi, lam = np.radians(np.asarray(lat, float)), np.radians(np.asarray(lon, float))
    xyz = (np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi))
    return np.stack(np.broadcast_arrays(*xyz), axis=-1)


def great_circle_km(
    lat1: npt.ArrayLike, lon1: npt.ArrayLike, lat2: npt.ArrayLike, lon2: npt.ArrayLike
) -> FloatArray:
    """Return distances on the mean sphere, km; arguments broadcast.

    Haversine formula (Sinnott 1984); within 0.6 % of the geodesic.
    """
    phi1, lam1, phi2, lam2 = (np.radians(np.asarray(v, float)) for v in (lat1, lon1, lat2, lon2))
    across = np.cos(phi1) * np.cos(phi2) * np.sin((lam2 - lam1) / 2) ** 2
    chord2 = np.sin((phi2 - phi1) / 2) ** 2 + across
    return np.asarray(2 * EARTH_KM * np.arcsin(np.sqrt(np.clip(chord2, 0.0, 1.0))))


def geodesic_km(
    lat1: npt.ArrayLike, lon1: npt.ArrayLike, lat2: npt.ArrayLike, lon2: npt.ArrayLike
) -> FloatArray:
    """Return distances on the WGS84 ellipsoid, km (Karney 2013, PROJ); arguments broadcast."""
    x1, y1, x2, y2 = np.broadcast_arrays(*(np.asarray(v, float) for v in (lon1, lat1, lon2, lat2)))
    return np.asarray(_GEOD.inv(x1, y1, x2, y2)[2]) / 1000.0


def country_names() -> dict[str, str]:
    """Return country names by ISO2."""
    countries = attributes("countries")
    return dict(zip(countries["country"], countries["name"], strict=True))
