"""Which column of a user's table is the position, the name, the country or the shape.

The tables hold what people write, folded: small letters, one underscore between words, no units
in brackets. The first that fits is taken.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping

import pandas as pd

from geodata.fault_list import Faults

OWN = ("site_id", "name", "lat", "lon")
_LAT = (
    "lat", "latitude", "lat_dd", "latitude_dd", "lat_deg", "latitude_deg", "lat_wgs84", "wgs84_lat",
    "decimal_latitude", "decimallatitude", "gps_lat", "geo_lat", "site_lat", "latitud",
    "latitudine", "breite", "breitengrad", "geographische_breite", "szerokosc",
    "широта", "纬度", "緯度", "위도",
)  # fmt: skip
_LON = (
    "lon", "lng", "long", "longitude", "lon_dd", "longitude_dd", "lon_deg", "longitude_deg",
    "lon_wgs84", "wgs84_lon", "decimal_longitude", "decimallongitude", "gps_lon", "gps_lng",
    "geo_lon", "geo_lng", "site_lon", "longitud", "longitudine", "laenge", "länge", "laengengrad",
    "längengrad", "geographische_länge", "dlugosc", "долгота", "经度", "經度", "経度", "경도",
)  # fmt: skip
_Y = ("y", "y_coord", "ycoord", "coord_y", "point_y")
_X = ("x", "x_coord", "xcoord", "coord_x", "point_x")
# Best first: a plain name, then what kinds of place are called, then a title, then the
# word for name in other languages and the finest level of administrative layers.
_NAMES = (
    "name", "site_name", "sitename", "zone_name", "zonename", "park_name", "parkname",
    "estate_name", "plot_name", "place_name", "placename", "location_name", "facility_name",
    "plant_name", "project_name", "area_name", "asset_name", "object_name", "property_name",
    "full_name", "fullname", "name_en", "name_eng", "english_name", "official_name", "site",
    "park", "estate", "plot", "place", "facility", "location", "title", "label",
    "titel", "titre", "titolo", "titulo", "título", "bezeichnung", "standort", "standortname",
    "nom", "nombre", "nome", "naam", "nazwa", "namn", "navn", "nimi", "név", "název", "nazov",
    "naziv", "nume", "название", "имя", "名称", "名稱", "名前", "名字", "이름", "명칭",
    "name_local", "local_name", "name_4", "name_3", "name_2", "name_1", "gn_name", "ortsname",
)  # fmt: skip
_COUNTRY = (
    "country", "country_code", "countrycode", "country_iso", "country_iso2", "iso2", "iso_2",
    "iso_a2", "iso3166_1_alpha_2", "cntr_code", "country_name",
)  # fmt: skip
_SHAPE = (
    "wkt", "ewkt", "geom", "geometry", "the_geom", "geom_wkt", "wkt_geom", "geometry_wkt",
    "wkt_geometry", "geometry_text", "shape_wkt", "wkb_geometry", "shape", "point", "polygon",
)  # fmt: skip
_ABOUT: Mapping[str, tuple[str, ...]] = {
    "site_id": ("site_id", "siteid"),
    "name": _NAMES,
    "country": _COUNTRY,
}
_POSITION: Mapping[str, tuple[str, ...]] = {"lat": _LAT, "lon": _LON}
_AXES: Mapping[str, tuple[str, ...]] = {"lat": _Y, "lon": _X}
_UNIT = re.compile(r"\(.*?\)|\[.*?\]|°")
_BREAK = re.compile(r"[\W_]+")
_TEXT_SHAPE = re.compile(
    r"\s*(SRID\s*=\s*\d+\s*;)?\s*[A-Z]{4,20}\s*(ZM|Z|M)?\s*(\(|EMPTY)", re.IGNORECASE
)


def folded(heading: object) -> str:
    """Return a heading as the tables here spell it."""
    return _BREAK.sub("_", _UNIT.sub(" ", str(heading))).strip("_").casefold()


def known_headings(rows: pd.DataFrame, known: Iterable[str], faults: Faults) -> pd.DataFrame:
    """Return a table with the headings that are known ones written as they are known.

    Parameters
    ----------
    rows : DataFrame
    known : iterable of str
    faults : Faults
        Gains one for each heading that two columns have, but for case and unit.
    """
    spelled = {folded(name): name for name in known}
    names = {column: spelled.get(folded(column), str(column)) for column in rows}
    for name, count in Counter(names.values()).items():
        if count > 1:
            faults.add(f"{count} columns have this heading", "keep one of them", 1, name)
    faults.raise_if_any()
    return rows.rename(columns=names)


def own_headings(rows: pd.DataFrame, *, placed: bool = False) -> pd.DataFrame:
    """Return a table with the headings that are ours written our way.

    Parameters
    ----------
    rows : DataFrame
    placed : bool
        Whether shapes give the positions: then columns of coordinates are the user's own, and
        only lat and lon, which we write, go.

    Returns
    -------
    DataFrame
        A column "geometry" would be taken for the shape when the list is written again, and is
        called "geometry_text".
    """
    if placed:
        rows = rows.drop(columns=["lat", "lon"], errors="ignore")
    asked = {**_ABOUT, **({} if placed else _position(rows))}
    return rows.rename(columns={"geometry": "geometry_text", **_ours(rows, asked)})


def named_by(rows: pd.DataFrame) -> Hashable | None:
    """Return the column with the names of the places, None where there is none."""
    if "name" in rows:
        return "name"
    return next(iter(_ours(rows, {"name": _NAMES})), None)


def has_position(rows: pd.DataFrame) -> bool:
    """Whether both coordinates have a column."""
    asked = _position(rows)
    return asked.keys() <= {*_ours(rows, asked).values(), *rows.columns}


def shape_column(rows: pd.DataFrame) -> Hashable | None:
    """Return the column that holds shapes as text: one that is headed so, best one filled so."""
    headed = [column for key in _SHAPE for column in rows if folded(column) == key]
    filled = (column for column in headed if _holds_shapes(rows[column]))
    return next(filled, headed[0] if headed else None)


def holds_shapes(rows: pd.DataFrame) -> bool:
    """Whether a column headed as a shape holds one."""
    column = shape_column(rows)
    return column is not None and _holds_shapes(rows[column])


def _holds_shapes(cells: pd.Series) -> bool:
    return any(isinstance(cell, str) and _TEXT_SHAPE.match(cell) for cell in cells)


def _position(rows: pd.DataFrame) -> Mapping[str, tuple[str, ...]]:
    """Return the headings of the coordinates: x and y count where no other is there."""
    headings = {folded(column) for column in rows}
    return _POSITION if headings & {*_LAT, *_LON} else _AXES


def _ours(rows: pd.DataFrame, asked: Mapping[str, Iterable[str]]) -> dict[Hashable, str]:
    """Return the columns to rename, each with its new heading."""
    keys = {column: folded(column) for column in rows}
    names: dict[Hashable, str] = {}
    for ours, spellings in asked.items():
        if ours not in keys:
            fitting = (c for word in spellings for c, key in keys.items() if key == word)
            column = next((c for c in fitting if c not in names), None)
            if column is not None:
                names[column] = ours
    return names
