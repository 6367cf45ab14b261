"""GeoJSON, GeoPackage, GeoParquet and Shapefile as features in EPSG:4326.

What a file is, is told by its name and its first bytes before a driver sees it, so that a file of
another kind in disguise (a virtual dataset that points elsewhere, an archive) opens nothing.
"""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pyogrio
import pyproj
import shapely
from pyogrio.errors import CRSError as FileCRSError
from pyogrio.errors import DataLayerError, DataSourceError, FieldError, GeometryError
from pyproj.exceptions import CRSError, ProjError

from geodata.csvtext import MAX_BYTES, MAX_COLUMNS, MAX_ROWS, check_size, refuse
from geodata.errors import shorten
from geodata.gather import Faults
from geodata.plaintext import plain

CRS = "EPSG:4326"
TEXT_SUFFIXES = (".csv", ".tsv", ".txt")
_ARCHIVES = (".zip", ".kmz", ".gz", ".tar", ".tgz", ".7z", ".rar", ".bz2", ".xz")
_FORMATS = "CSV, GeoJSON, GeoPackage, GeoParquet or Shapefile"
_VIRTUAL = re.compile(r"[\\/]+vsi|[a-z][a-z0-9+.-]+:", re.IGNORECASE)
_MAX_UNPACKED = 10 * MAX_BYTES  # a small Parquet file may unpack to any size
_SHAPES = {"Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon",
           "GeometryCollection"}  # fmt: skip
_UNREADABLE = (
    DataLayerError, DataSourceError, FieldError, GeometryError, pa.ArrowException,
    shapely.errors.GEOSException, OSError, RuntimeError, TypeError, ValueError, KeyError,
)  # fmt: skip
_CRS_MEND = "save it again with its coordinate reference system, best EPSG:4326"


def plain_path(path: str | Path) -> Path:
    """Return the path of a plain file of a kind that is read here.

    Raises
    ------
    SitingError
        For an address, a virtual path, an archive, another kind of file, and one that is missing,
        empty or too large.
    """
    if _VIRTUAL.match(str(path)):
        refuse(str(path), "an address, not a file", "download the file and give its path")
    path = Path(path)
    suffix = path.suffix.lower()
    if suffix in _ARCHIVES:
        refuse(path.name, "archives are not opened", f"unpack it and name the {_FORMATS} in it")
    if suffix not in (*TEXT_SUFFIXES, *_READERS):
        refuse(path.name or str(path), f"not a kind of file that is read ({suffix or 'no ending'})",
               f"save it as {_FORMATS}")  # fmt: skip
    check_size(path)
    return path


def read(path: Path) -> gpd.GeoDataFrame:
    """Read every feature of a file that `plain_path` let pass.

    Returns
    -------
    GeoDataFrame
        EPSG:4326; the geometry is called ``geometry`` and may be missing; the index is the row in
        a spreadsheet: the first feature is row 2.

    Raises
    ------
    SitingError
        For a file that is not what its name says, has no features, or no usable CRS.
    """
    kind, magic, reader = _READERS[path.suffix.lower()]
    with path.open("rb") as file:
        start = file.read(64).removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start.startswith(magic):
        refuse(path.name, f"this is no {kind} file", f"save it as {_FORMATS}")
    try:
        with warnings.catch_warnings(action="ignore"):  # drivers grumble; what matters is raised
            features = reader(path)
    except (FileCRSError, CRSError, ProjError):
        refuse(path.name, "unknown coordinate reference system", _CRS_MEND)
    except _UNREADABLE as error:
        if isinstance(error, ValueError) and hasattr(error, "faults"):
            raise
        refuse(path.name, f"not readable as {kind}: {shorten(error, 200)}", "save it again")
    if not len(features):
        refuse(path.name, "the file has no features", "add at least one")
    features.index = pd.RangeIndex(2, len(features) + 2)
    return _in_degrees(path.name, features)


def _in_degrees(name: str, features: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    crs = features.crs
    if crs is None or crs.name.lower().startswith("undefined"):
        refuse(name, "the file does not say its coordinate reference system", _CRS_MEND)
    try:
        return features.to_crs(CRS)
    except (CRSError, ProjError):
        refuse(name, f"unknown coordinate reference system ({shorten(crs.name)})", _CRS_MEND)


def _check_count(name: str, count: int, columns: int) -> None:
    if count > MAX_ROWS:
        refuse(name, f"more than {MAX_ROWS:,} features", "split or thin it")
    if columns > MAX_COLUMNS:
        refuse(name, f"{columns:,} columns", f"keep at most {MAX_COLUMNS:,}")


def _geojson(path: Path) -> gpd.GeoDataFrame:
    """Read GeoJSON by RFC 7946, and the CRS member of its forerunner where there is one."""
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"), parse_constant=_no_constant)
    except UnicodeDecodeError:
        refuse(path.name, "not UTF-8 text", "save it as UTF-8")
    except RecursionError:
        refuse(path.name, "nested too deeply for GeoJSON", "save it again")
    features = _features(path.name, content)
    faults = Faults(path.name)
    records: list[dict[str, Any]] = []
    shapes: list[str | None] = []
    for row, feature in enumerate(features, 2):
        feature = feature if isinstance(feature, dict) else {}  # noqa: PLW2901 - judged below
        properties, geometry = feature.get("properties"), feature.get("geometry")
        records.append(_flat(properties if isinstance(properties, dict) else {}))
        sound = geometry is None or (isinstance(geometry, dict) and geometry.get("type") in _SHAPES)
        if feature.get("type") != "Feature" or not sound:
            faults.add("not a GeoJSON feature", "see RFC 7946", row, value=shorten(feature))
        shapes.append(json.dumps(geometry) if geometry else None)
    faults.raise_if_any()
    made = shapely.from_geojson(shapes, on_invalid="ignore")
    for row, (shape, text) in enumerate(zip(made, shapes, strict=True), 2):
        if shape is None and text is not None:
            faults.add("unreadable coordinates", "see RFC 7946", row, "geometry", shorten(text))
    faults.raise_if_any()
    keys = dict.fromkeys(key for record in records for key in record if key != "geometry")
    _check_count(path.name, len(records), len(keys))
    frame = pd.DataFrame(index=range(len(records)))
    for key in keys:
        values = [record.get(key) for record in records]
        frame[key] = pd.Series(values, dtype=_kind(values))
    return gpd.GeoDataFrame(frame, geometry=made, crs=_geojson_crs(path.name, content))


def _flat(properties: dict[str, Any]) -> dict[str, Any]:
    """Return the properties with nested ones as JSON text."""
    return {key: plain(v) if isinstance(v, (dict, list)) else v for key, v in properties.items()}


def _kind(values: list[Any]) -> str:
    """Return float where all known values are numbers, else object."""
    kinds = {type(value) for value in values}
    return "float64" if kinds <= {int, float, type(None)} else "object"


def _no_constant(text: str) -> NoReturn:
    raise ValueError(f"{text} is no JSON")


def _features(name: str, content: dict[str, Any]) -> list[Any]:
    kind = content.get("type")
    if kind == "Feature":
        return [content]
    if kind in _SHAPES:
        return [{"type": "Feature", "properties": {}, "geometry": content}]
    if kind != "FeatureCollection" or not isinstance(content.get("features"), list):
        refuse(name, f"not GeoJSON (type {shorten(kind)!r})", "save it as a FeatureCollection")
    return list(content["features"])


def _geojson_crs(name: str, content: dict[str, Any]) -> pyproj.CRS:
    crs = content.get("crs")
    try:
        return pyproj.CRS(CRS if crs is None else crs["properties"]["name"])
    except (KeyError, TypeError, CRSError):
        refuse(name, "unknown coordinate reference system", "save it in EPSG:4326 by RFC 7946")


def _geopackage(path: Path) -> gpd.GeoDataFrame:
    layers = [layer for layer, shape in pyogrio.list_layers(path) if shape is not None]
    if len(layers) != 1:
        what = f"{len(layers)} layers with geometry ({shorten(', '.join(layers))})"
        refuse(path.name, what, "save the one layer that counts in a file of its own")
    return _by_driver(path, layers[0])


def _shapefile(path: Path) -> gpd.GeoDataFrame:
    with path.open("rb") as file:
        words = int.from_bytes(file.read(28)[24:], "big")  # of 16 bits, by the file's own header
    if path.stat().st_size < 2 * words:
        refuse(path.name, "the file is cut short", "copy it again")
    for beside in path.parent.glob(f"{path.stem}.*"):
        if beside.suffix.lower() in (".dbf", ".shx", ".prj", ".cpg"):
            check_size(beside)
    return _by_driver(path, path.stem)


def _by_driver(path: Path, layer: str) -> gpd.GeoDataFrame:
    about = pyogrio.read_info(path, layer=layer, force_feature_count=True)
    _check_count(path.name, about["features"], len(about["fields"]))
    return _renamed(pyogrio.read_dataframe(path, layer=layer))


def _geoparquet(path: Path) -> gpd.GeoDataFrame:
    about = pq.ParquetFile(path).metadata
    _check_count(path.name, about.num_rows, about.num_columns)
    unpacked = sum(about.row_group(i).total_byte_size for i in range(about.num_row_groups))
    if unpacked > _MAX_UNPACKED:
        refuse(path.name, f"too large unpacked ({unpacked / 1e6:,.0f} MB)", "split or thin it")
    if b"geo" in (about.metadata or {}):
        return _renamed(gpd.read_parquet(path))
    frame = pd.read_parquet(path)
    if not {"lat", "lon"} <= set(frame.columns):
        refuse(path.name, "neither GeoParquet nor columns lat and lon", "save it as GeoParquet")
    points = gpd.points_from_xy(*(pd.to_numeric(frame[c]).to_numpy(float) for c in ("lon", "lat")))
    return gpd.GeoDataFrame(frame, geometry=points, crs=CRS)


def _renamed(features: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the features with one geometry, called ``geometry``."""
    own = features.geometry.name
    others = [c for c in features if c != own and isinstance(features[c], gpd.GeoSeries)]
    features = features.drop(columns=others)
    return features if own == "geometry" else features.rename_geometry("geometry")


_READERS: dict[str, tuple[str, bytes, Callable[[Path], gpd.GeoDataFrame]]] = {
    ".geojson": ("GeoJSON", b"{", _geojson),
    ".json": ("GeoJSON", b"{", _geojson),
    ".gpkg": ("GeoPackage", b"SQLite format 3\x00", _geopackage),
    ".shp": ("Shapefile", b"\x00\x00\x27\x0a", _shapefile),
    ".parquet": ("GeoParquet", b"PAR1", _geoparquet),
    ".geoparquet": ("GeoParquet", b"PAR1", _geoparquet),
}
