"""GeoJSON, GeoPackage, (Geo)Parquet, KML and Shapefile as features in EPSG:4326.

The name and the first bytes of a file decide its kind before a driver sees it, so that a file of
another kind in disguise (a virtual dataset that points elsewhere, an archive) opens nothing.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyproj
import shapely
from pyproj.exceptions import CRSError, ProjError

from geodata import foreign, geojson
from geodata.csvtext import MAX_COLUMNS, MAX_ROWS, check_size, refuse
from geodata.errors import SitingError, shorten

CRS = "EPSG:4326"
TEXT_SUFFIXES = (".csv", ".tsv", ".txt")
SHEET_SUFFIXES = (".xlsx",)
_ARCHIVES = (".zip", ".gz", ".tar", ".tgz", ".7z", ".rar", ".bz2", ".xz")
_FORMATS = "CSV, Excel (.xlsx), GeoJSON, GeoPackage, GeoParquet, KML or Shapefile"
_VIRTUAL = re.compile(r"[\\/]+vsi|[a-z][a-z0-9+.-]+:", re.IGNORECASE)
_CRS_HINT = "save it again with its coordinate reference system, best EPSG:4326"
WHOLE = {pa.int64(): pd.Int64Dtype()}  # whole numbers stay so where some are unknown
MAX_UNPACKED = 1_000_000_000  # bytes: a small file may unpack to any size
LIMITS: dict[str, object] = {
    "max_rows": MAX_ROWS,
    "max_columns": MAX_COLUMNS,
    "max_unpacked": MAX_UNPACKED,
    "crs_hint": _CRS_HINT,
}


def plain_path(path: str | Path) -> Path:
    """Return the path of a plain file of a kind that is read here.

    Raises
    ------
    SitingError
        For an address, a virtual path, an archive, another kind of file, and one that is missing,
        empty or too large.
    """
    if _VIRTUAL.match(str(path)):
        is_base = str(path).startswith("postgres")
        hint = "name it under database" if is_base else "download the file and give its path"
        refuse(str(path), "an address, not a file", hint)
    path = Path(path)
    suffix = path.suffix.lower()
    if suffix in _ARCHIVES:
        refuse(path.name, "archives are not opened", f"unpack it and name the {_FORMATS} in it")
    if suffix not in (*TEXT_SUFFIXES, *SHEET_SUFFIXES, *_READERS):
        refuse(path.name or str(path), f"not a kind of file that is read ({suffix or 'no ending'})",
               f"save it as {_FORMATS}")  # fmt: skip
    check_size(path)
    return path


def read(path: Path) -> pd.DataFrame:
    """Read every feature of a file that `plain_path` let pass.

    Returns
    -------
    GeoDataFrame or DataFrame
        Features in EPSG:4326; the geometry is called ``geometry`` and may be missing. A plain
        DataFrame where the file is a table without shapes. The index is the row in a spreadsheet:
        the first feature is row 2.

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
    except SitingError:
        raise
    except (CRSError, ProjError):
        refuse(path.name, "unknown coordinate reference system", _CRS_HINT)
    except Exception as error:  # noqa: BLE001 - whatever a parser says of a foreign file
        refuse(path.name, f"not readable as {kind}: {shorten(error, 200)}", "save it again")
    if not len(features):
        refuse(path.name, "the file has no features", "add at least one")
    if len(features) > MAX_ROWS:
        refuse(path.name, f"more than {MAX_ROWS:,} features", "split or thin it")
    if features.shape[1] > MAX_COLUMNS:
        refuse(path.name, f"{features.shape[1]:,} columns", f"keep at most {MAX_COLUMNS:,}")
    features.index = pd.RangeIndex(2, len(features) + 2)
    is_table = not isinstance(features, gpd.GeoDataFrame)
    return features if is_table else _in_degrees(path.name, features)


def _in_degrees(name: str, features: gpd.GeoDataFrame) -> pd.DataFrame:
    crs = features.crs
    if crs is None or crs.name.lower().startswith("undefined"):
        refuse(name, "the file does not say its coordinate reference system", _CRS_HINT)
    try:
        degrees: pd.DataFrame = features.to_crs(CRS)
    except (CRSError, ProjError):
        refuse(name, f"unknown coordinate reference system ({shorten(crs.name)})", _CRS_HINT)
    return degrees


def _foreign(kind: str) -> Callable[[Path], pd.DataFrame]:
    """Return the reader of a kind of file that is parsed in a process of its own."""

    def read_one(path: Path) -> pd.DataFrame:
        table = foreign.table(path, kind, LIMITS)
        about = {key.decode(): text.decode() for key, text in (table.schema.metadata or {}).items()}
        others = [name for name in table.column_names if name != about.get("shape")]
        frame: pd.DataFrame = table.select(others).to_pandas(types_mapper=WHOLE.get)
        if "shape" not in about:
            return frame
        shapes = shapely.from_wkb(table[about["shape"]].to_numpy())
        crs = pyproj.CRS(about["crs"]) if "crs" in about else None
        frame = frame.rename(columns={"geometry": "geometry_text"})
        features: pd.DataFrame = gpd.GeoDataFrame(frame, geometry=shapes, crs=crs)
        return features

    return read_one


def _shapefile(path: Path) -> pd.DataFrame:
    with path.open("rb") as file:
        words = int.from_bytes(file.read(28)[24:], "big")  # of 16 bits, by the file's own header
    if path.stat().st_size < 2 * words:
        refuse(path.name, "the file is cut short", "copy it again")
    for beside in path.parent.iterdir():
        if beside.stem == path.stem and beside.suffix.lower() in (".dbf", ".shx", ".prj", ".cpg"):
            check_size(beside)
    return _foreign("Shapefile")(path)


_READERS: dict[str, tuple[str, bytes, Callable[[Path], pd.DataFrame]]] = {
    ".geojson": ("GeoJSON", b"{", geojson.read),
    ".json": ("GeoJSON", b"{", geojson.read),
    ".gpkg": ("GeoPackage", b"SQLite format 3\x00", _foreign("GeoPackage")),
    ".kml": ("KML", b"<", _foreign("KML")),
    ".kmz": ("KMZ", b"PK\x03\x04", _foreign("KMZ")),
    ".shp": ("Shapefile", b"\x00\x00\x27\x0a", _shapefile),
    ".parquet": ("Parquet", b"PAR1", _foreign("Parquet")),
    ".geoparquet": ("GeoParquet", b"PAR1", _foreign("Parquet")),
}
