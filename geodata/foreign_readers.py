"""Foreign files as Arrow tables of plain columns; run in `foreign_child`.

GeoPackage, Shapefile and Parquet are read here, KML and workbooks in modules of their own.

Columns are whole numbers, numbers, times or text; shapes are WKB. The schema's metadata name the
column of the shapes and their coordinate reference system.
"""

from __future__ import annotations

import json
import re
import sqlite3
import sys
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import quote

import numpy as np
import pyarrow as pa
import shapely

from geodata import foreign_excel, foreign_kml
from geodata.foreign_refusal import Refused, Request, check_count, check_unpacked

DEEPEST = 8  # collections within each other: a parser goes down with each of them
CURVED = ("a curved shape", "save the layer with straight lines")
_LONGEST = 1_000  # characters of a nested value as text: more than is shown
_HEAVY = ("geopandas", "pandas", "pyproj")
_CRS84 = "OGC:CRS84"
_ENCODINGS = (
    "WKB",
    "point",
    "linestring",
    "polygon",
    "multipoint",
    "multilinestring",
    "multipolygon",
)
_NO_HEADER = "its header of shapes (geo) is not that of GeoParquet"
# What drivers say of damaged files, in words that help.
_COPY_HINT = "copy all of its files again (.shp, .shx, .dbf, .prj, .cpg), or save it as GeoPackage"
_DATABASE = "disk image|malformed database|not a database|not recognized as|no such column"
_PLAIN_WORDS = (
    (r"Unable to open .*\.shx", "its .shx file is missing or unreadable", _COPY_HINT),
    (r"\.shx|\.dbf|offset for entity", "its .shx or .dbf file is damaged", _COPY_HINT),
    (_DATABASE, "the database in it is damaged", "save it again"),
)
_OURS = (TypeError, AttributeError, LookupError, AssertionError)  # no driver says so of a file
_OWN_TABLES = ("gpkg_", "rtree_", "sqlite_", "geometry_columns", "spatial_ref_sys", "layer_styles")
_ENCODING_HINT = "add a .cpg file that names it (UTF-8, 1252, ...), or save it as GeoPackage"


class _Light:
    """Finder of modules that hides from libraries what they can do without."""

    @staticmethod
    def find_spec(name: str, _path: object = None, _target: object = None) -> None:
        if name in _HEAVY:
            raise ModuleNotFoundError(name, name=name)


def read(request: Request) -> pa.Table:
    """Read the file of a request.

    Parameters
    ----------
    request : mapping
        path, kind (a key of `READERS`), the limits max_rows, max_columns, max_unpacked, and
        crs_hint, what to do without a known coordinate reference system.

    Raises
    ------
    Refused
        For a file that is not what its kind asks for.
    """
    sys.meta_path.insert(0, _Light)
    table = READERS[request["kind"]](Path(request["path"]), request)
    _check_headings(table.column_names)
    about = table.schema.metadata or {}
    shape = about[b"shape"].decode() if b"shape" in about else None  # a column may be headed ""
    columns = [
        _flat_shapes(table[name], name) if name == shape else _plain(table[name], name)
        for name in table.column_names
    ]
    plain = pa.table(columns, names=table.column_names).replace_schema_metadata(about)
    check_unpacked(plain.nbytes, request)
    return plain


def in_plain_words(kind: str, error: Exception) -> Refused:
    """Return what a driver says of a damaged file as a fault that a person can correct."""
    for pattern, what, hint in _PLAIN_WORDS:
        if re.search(pattern, str(error)):
            return Refused(what, hint)
    if isinstance(error, _OURS):
        what = f"not readable as {kind} ({type(error).__name__}: {error})"
        return Refused(what, "save it again with another program")
    return Refused(f"damaged, or cut short: {error}", "copy it again, or save it again")


def _check_headings(names: list[str]) -> None:
    for name, count in Counter(names).items():
        if count > 1:
            what, hint = f"{count} columns have this heading", "keep one of them"
            raise Refused(what, hint, row=1, column=name)


def _geopackage(path: Path, request: Request) -> pa.Table:
    if Path(f"{path}-wal").exists() and Path(f"{path}-wal").stat().st_size:
        raise Refused("changes to the file are not written into it yet",
                      "close the program that has it open, or save a copy")  # fmt: skip
    layer = _layer(path)
    return _by_driver(path, request, layer, IMMUTABLE="YES")


def _layer(path: Path) -> str:
    """Return the one layer of a GeoPackage, which must be a table: a view is a program."""
    with closing(sqlite3.connect(f"file:{quote(str(path))}?mode=ro&immutable=1", uri=True)) as base:
        kinds = {
            str(name).casefold(): kind
            for kind, name in base.execute("SELECT type, name FROM sqlite_master")
            if kind in ("table", "view")
        }
        for name, kind in kinds.items():
            if kind == "view" and name.startswith(_OWN_TABLES):
                raise Refused(f"{name} is a view, not a table", "save the layer again")
        if "gpkg_contents" not in kinds:
            raise Refused("this is no GeoPackage: it lists no layers", "save it as GeoPackage")
        listed = base.execute("SELECT table_name, data_type FROM gpkg_contents").fetchall()
    here = [(name, kind) for name, kind in listed if str(name).casefold() in kinds]
    shapes = [name for name, kind in here if kind == "features"]
    layers = shapes or [name for name, kind in here if kind == "attributes"]
    for name in layers:
        if kinds[name.casefold()] == "view":
            raise Refused(f"the layer {name} is a view, not a table",
                          "save the layer as one of its own")  # fmt: skip
    if len(layers) != 1:
        what = f"{len(shapes)} layers with geometry ({', '.join(shapes)[:200]})"
        raise Refused(what, "save the one layer that counts in a file of its own")
    return str(layers[0])


def _shapefile(path: Path, request: Request) -> pa.Table:
    return _by_driver(path, request, path.stem, encoding=_encoding(path))


def _encoding(path: Path) -> str | None:
    """Return UTF-8 for text that can be nothing else, None where the driver knows better.

    The driver reads a .cpg file, and the code page in the table itself; without both it takes
    the text for Latin-1.
    """
    beside = {other.suffix.lower(): other for other in path.parent.iterdir()
              if other.stem.casefold() == path.stem.casefold()}  # fmt: skip
    if ".cpg" in beside or ".dbf" not in beside:
        return None
    content = beside[".dbf"].read_bytes()
    code_page = content[29] if len(content) > 29 else 0  # noqa: PLR2004 - beyond ASCII - its place in the header
    if code_page or content[32:].isascii():
        return None
    if all(_is_utf8(cell) for cell in _cells(content)):
        return "UTF-8"
    raise Refused("the file does not say its encoding", _ENCODING_HINT)


def _cells(content: bytes) -> list[bytes]:
    """Return the headings of a .dbf and the cells of its text columns that are not ASCII."""
    head, width = (int.from_bytes(content[at : at + 2], "little") for at in (8, 10))
    fields = [content[at : at + 32] for at in range(32, head - 1, 32)]
    cells = [field[:11].split(b"\0")[0] for field in fields]
    rows = content[head:]
    rows = rows[: len(rows) // max(width, 1) * width]
    table = np.frombuffer(rows, np.uint8).reshape(-1, max(width, 1))
    start = 1
    for field in fields:
        size = field[16]
        if field[11:12] == b"C":
            part = table[:, start : start + size]
            cells += [bytes(cell) for cell in part[(part > 127).any(axis=1)]]  # noqa: PLR2004 - beyond ASCII
        start += size
    return cells


def _is_utf8(cell: bytes) -> bool:
    """Whether text is UTF-8, but for a last letter that the width of its column has cut."""
    try:
        cell.rstrip(b" \0").decode()
    except UnicodeDecodeError as error:
        return error.end == len(cell) and error.reason == "unexpected end of data"
    return True


def _by_driver(path: Path, request: Request, layer: str, **options: Any) -> pa.Table:
    import pyogrio  # noqa: PLC0415 - only once `_Light` is set

    kept = {"encoding": options.pop("encoding", None)}
    try:
        about = pyogrio.read_info(path, layer=layer, force_feature_count=True, **kept, **options)
        check_count(about["features"], len(about["fields"]), request)
        meta, table = pyogrio.read_arrow(path, layer=layer, **kept, **options)
    except pyogrio.errors.CRSError as error:
        raise Refused("unknown coordinate reference system", request["crs_hint"]) from error
    if meta["geometry_type"] is None:
        return table.replace_schema_metadata(None)
    shape = meta["geometry_name"] or "wkb_geometry"
    return _with_shapes(table, shape, meta["crs"])


def _parquet(path: Path, request: Request) -> pa.Table:
    import pyarrow.parquet as pq  # noqa: PLC0415 - slow, and not needed for other kinds

    with path.open("rb") as file:
        parquet = pq.ParquetFile(file)
        about = parquet.metadata
        check_count(about.num_rows, about.num_columns, request)
        groups = (about.row_group(i).total_byte_size for i in range(about.num_row_groups))
        check_unpacked(sum(groups), request)
        geo = _geo_header((about.metadata or {}).get(b"geo", b"null"), parquet.schema_arrow.names)
        table = parquet.read(use_threads=False)
    unnamed = [name for name in table.column_names if name.startswith("__index_level_")]
    table = table.drop_columns(unnamed)
    if geo is None:
        return table.replace_schema_metadata(None)
    shape = geo["primary_column"]
    own = geo["columns"][shape]
    if own["encoding"] != "WKB":
        table = table.set_column(
            table.column_names.index(shape), shape, _from_coordinates(path, shape)
        )
    others = [name for name in (*geo["columns"], _covering(own)) if name in table.column_names]
    crs = own.get("crs", _CRS84)
    return _with_shapes(
        table.drop_columns([name for name in others if name != shape]),
        shape,
        json.dumps(crs) if isinstance(crs, dict) else crs,
    )


def _geo_header(text: bytes, columns: list[str]) -> dict[str, Any] | None:
    """Return what the file says of its shapes, None where it has none."""
    try:
        geo = json.loads(text)
    except ValueError:
        raise Refused(_NO_HEADER, "save it again") from None
    if geo is None:
        return None
    own = geo.get("columns") if isinstance(geo, dict) else None
    shape = geo.get("primary_column") if isinstance(own, dict) else None
    about = own.get(shape) if isinstance(own, dict) and isinstance(shape, str) else None
    if (
        not isinstance(about, dict)
        or about.get("encoding") not in _ENCODINGS
        or not isinstance(about.get("crs"), (dict, str, type(None)))
    ):
        raise Refused(_NO_HEADER, "save it again as GeoParquet")
    if shape not in columns:
        raise Refused(f"the column of shapes is missing ({shape})", "save it again as GeoParquet")
    return dict(geo)


def _covering(own: dict[str, Any]) -> str | None:
    """Return the column that holds the extent of each shape; a header may say anything of it."""
    try:
        return str(own["covering"]["bbox"]["xmin"][0])
    except (KeyError, TypeError, IndexError):
        return None


def _from_coordinates(path: Path, shape: str) -> pa.Array:
    """Return shapes that are kept as nested coordinates as WKB."""
    sys.meta_path.remove(_Light)
    import geopandas as gpd  # noqa: PLC0415 - slow, and seldom needed

    with path.open("rb") as file:
        shapes = gpd.read_parquet(file, columns=[shape]).geometry
    return pa.array(shapely.to_wkb(shapes.to_numpy()), pa.binary())


def _with_shapes(table: pa.Table, shape: str, crs: str | None) -> pa.Table:
    return table.replace_schema_metadata({"shape": shape, **({"crs": crs} if crs else {})})


def _flat_shapes(cells: pa.ChunkedArray, name: str) -> pa.Array:
    """Return shapes as WKB; parsed here once, so that what breaks a parser breaks this process."""
    encoded = cells.to_numpy()
    try:
        shapes = shapely.from_wkb(encoded, on_invalid="ignore")
    except NotImplementedError:
        raise Refused(*CURVED) from None
    for row, cell in enumerate(encoded, 2):
        if cell is not None and shapes[row - 2] is None:
            what, hint = "not a shape in WKB", "repair the layer, or delete the feature"
            raise Refused(what, hint, row=row, column=name)
    parts = shapes
    for _ in range(DEEPEST):
        kinds = shapely.get_type_id(parts)
        if (kinds > shapely.GeometryType.GEOMETRYCOLLECTION).any():
            raise Refused(*CURVED, column=name)
        parts = shapely.get_parts(parts[kinds == shapely.GeometryType.GEOMETRYCOLLECTION])
        if not len(parts):
            return pa.array(shapely.to_wkb(shapes), pa.binary())
    raise Refused("shapes nested too deeply", "save the layer with simple shapes")


def _plain(cells: pa.ChunkedArray, name: str) -> pa.ChunkedArray | pa.Array:
    """Return a column as whole numbers, numbers, times or text."""
    kind = cells.type
    while isinstance(kind, (pa.BaseExtensionType, pa.DictionaryType)):
        kind = kind.storage_type if isinstance(kind, pa.BaseExtensionType) else kind.value_type
        cells = cells.cast(kind)
    fitting = (to for is_kind, to in _KINDS if is_kind(kind))
    wanted = next(fitting, None)
    if wanted == pa.int64() and pa.types.is_uint64(kind):
        most = max((cell for cell in cells.to_pylist() if cell is not None), default=0)
        return cells.cast(pa.string() if most >> 63 else wanted)
    if wanted == pa.large_string():
        return _sound(cells, name)
    if wanted is not None:
        return cells.cast(wanted)
    if pa.types.is_timestamp(kind):
        return cells
    return pa.array([_text(cell) for cell in cells.to_pylist()], pa.string())


def _sound(cells: pa.ChunkedArray, name: str) -> pa.ChunkedArray | pa.Array:
    """Return text that is UTF-8; a last letter that a column's width has cut goes."""
    try:
        cells.validate(full=True)
        return cells.cast(pa.large_string())
    except pa.ArrowInvalid:
        raw = cells.cast(pa.large_binary(), safe=False).to_pylist()
    for row, cell in enumerate(raw, 2):
        if cell is not None and not _is_utf8(cell):
            raise Refused("not UTF-8 text", "save it again as UTF-8, or correct its .cpg file",
                          row=row, column=name)  # fmt: skip
    texts = [None if cell is None else cell.decode(errors="ignore") for cell in raw]
    return pa.array(texts, pa.large_string())


def _text(cell: Any) -> str | None:
    """Return a value of no simple kind as text: nested ones as JSON, bytes as text or hex."""
    if cell is None or isinstance(cell, str):
        return cell
    if isinstance(cell, bytes):
        try:
            text = cell.decode()
        except UnicodeDecodeError:
            text = cell.hex()
    elif isinstance(cell, (dict, list, tuple)):
        text = json.dumps(cell, ensure_ascii=False, default=str)
    else:
        text = str(cell)
    return text[:_LONGEST].encode(errors="replace").decode()


_KINDS: tuple[tuple[Callable[[pa.DataType], bool], pa.DataType], ...] = (
    (pa.types.is_integer, pa.int64()),
    (pa.types.is_floating, pa.float64()),
    (pa.types.is_string, pa.large_string()),
    (pa.types.is_large_string, pa.large_string()),
    (pa.types.is_string_view, pa.large_string()),
)
READERS: dict[str, Callable[[Path, Request], pa.Table]] = {
    "GeoPackage": _geopackage,
    "Shapefile": _shapefile,
    "Parquet": _parquet,
    "KML": foreign_kml.kml,
    "KMZ": foreign_kml.kmz,
    "Excel": foreign_excel.workbook,
}
