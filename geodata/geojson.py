"""GeoJSON by RFC 7946, with whole numbers exact, and the CRS member of its forerunner."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any, NoReturn

import geopandas as gpd
import pandas as pd
import pyproj
import shapely
from pyproj.exceptions import CRSError

from geodata.csvtext import refuse
from geodata.errors import shorten
from geodata.fault_list import Faults
from geodata.plaintext import plain

SHAPES = {"Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon",
          "GeometryCollection"}  # fmt: skip
_CRS = "EPSG:4326"
_DIGITS = 18  # whole numbers of more are kept as text: 64 bits hold them all up to here
_EXACT = 1 << 53  # whole numbers beyond are not exact as floats


def read(path: Path) -> gpd.GeoDataFrame:
    """Read GeoJSON.

    Returns
    -------
    GeoDataFrame
        In the CRS of the file; properties are whole numbers (Int64), numbers or text, nested ones
        as JSON text. A feature may have no shape.

    Raises
    ------
    SitingError
        With every feature that is none.
    """
    try:
        content = json.loads(
            path.read_text(encoding="utf-8-sig"),
            parse_constant=_no_constant, parse_int=_whole, parse_float=_finite,
        )  # fmt: skip
    except UnicodeDecodeError:
        refuse(path.name, "not UTF-8 text", "save it as UTF-8")
    except json.JSONDecodeError as error:
        reason = error.msg.lower().removesuffix(" at")
        what = f"not JSON at line {error.lineno}, character {error.colno}: {reason}"
        refuse(path.name, what, "save it again: it may be cut short")
    except ValueError as error:  # NaN and Infinity
        refuse(path.name, f"not JSON: {error}", "write null for a number that is not known")
    except RecursionError:
        refuse(path.name, "nested too deeply for GeoJSON", "save it again")
    if not isinstance(content, dict):
        refuse(path.name, "not GeoJSON (a list)", "save it as a FeatureCollection")
    features = _features(path.name, content)
    faults = Faults(path.name)
    records: list[dict[str, Any]] = []
    shapes: list[str | None] = []
    for row, feature in enumerate(features, 2):
        feature = feature if isinstance(feature, dict) else {}  # noqa: PLW2901 - judged below
        properties, geometry = feature.get("properties"), feature.get("geometry")
        records.append(properties if isinstance(properties, dict) else {})
        sound = geometry is None or (isinstance(geometry, dict) and _is_shape(geometry.get("type")))
        if feature.get("type") != "Feature" or not sound:
            faults.add("not a GeoJSON feature", "see RFC 7946", row, value=shorten(feature))
        shapes.append(json.dumps(geometry) if geometry else None)
    faults.raise_if_any()
    made = shapely.from_geojson(shapes, on_invalid="ignore")
    for row, (shape, text) in enumerate(zip(made, shapes, strict=True), 2):
        if shape is None and text is not None:
            faults.add("unreadable coordinates", "see RFC 7946", row, "geometry", shorten(text))
    faults.raise_if_any()
    keys = dict.fromkeys(key for record in records for key in record)
    columns = {
        "geometry_text" if key == "geometry" else key: _column([r.get(key) for r in records])
        for key in keys
    }
    frame = pd.DataFrame(columns, index=range(len(records)))
    return gpd.GeoDataFrame(frame, geometry=made, crs=_crs(path.name, content))


def _is_shape(kind: object) -> bool:
    return isinstance(kind, str) and kind in SHAPES


def _column(values: list[Any]) -> pd.Series:
    """Return values as whole numbers, as numbers, or as they are with nested ones as JSON text."""
    kinds = {type(value) for value in values} - {type(None)}
    if kinds == {int}:
        return pd.Series(values, dtype="Int64")
    if kinds <= {int, float} and all(
        abs(value) <= _EXACT for value in values if isinstance(value, int)
    ):
        return pd.Series(values, dtype="float64")
    flat = [plain(value) if isinstance(value, (dict, list)) else value for value in values]
    return pd.Series(flat, dtype="object")


def _whole(text: str) -> int | str:
    return int(text) if len(text) <= _DIGITS else text


def _finite(text: str) -> float | str:
    number = float(text)
    return number if math.isfinite(number) else text


def _no_constant(text: str) -> NoReturn:
    raise ValueError(f"{text} is no JSON")


def _features(name: str, content: dict[str, Any]) -> list[Any]:
    kind = content.get("type")
    if kind == "Feature":
        return [content]
    if _is_shape(kind):
        return [{"type": "Feature", "properties": {}, "geometry": content}]
    if kind != "FeatureCollection":
        what = "no type" if kind is None else f"type {shorten(plain(kind))!r}"
        refuse(name, f"not GeoJSON ({what})", "save it as a FeatureCollection")
    if not isinstance(content.get("features"), list):
        refuse(name, "a FeatureCollection without a list of features", "save it again")
    return list(content["features"])


def _crs(name: str, content: dict[str, Any]) -> pyproj.CRS:
    crs = content.get("crs")
    try:
        return pyproj.CRS(_CRS if crs is None else crs["properties"]["name"])
    except (KeyError, TypeError, CRSError):
        refuse(name, "unknown coordinate reference system", "save it in EPSG:4326 by RFC 7946")
