"""The table of a user in each format that is read, and what is wrong with such files."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from random import Random
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pyogrio
import shapely

from . import words
from .tables import Sheet

Files = dict[str, bytes]


def geometry(shape: Any) -> shapely.Geometry | None:
    """Return the geometry of a shape, None for what is none."""
    if not isinstance(shape, str):
        return shape
    return shapely.from_wkt(shape, on_invalid="ignore") if len(shape) < 2_000 else None


def text(sheet: Sheet, rng: Random, *, shapes: bool = False) -> tuple[Files, str]:
    """Write CSV as one of many programs does; returns the separator too."""
    separator = rng.choice((",", ",", ";", "\t"))
    heads, rows = list(sheet.heads), [list(row) for row in sheet.rows]
    if shapes:
        keep = [i for i, head in enumerate(heads) if head not in ("lat", "lon")]
        heads = [rng.choice(("wkt", "geom", "WKT", "geometry")), *(heads[i] for i in keep)]
        rows = [[_wkt(shape), *(row[i] for i in keep)]
                for shape, row in zip(sheet.shapes, rows, strict=True)]  # fmt: skip
    out = io.StringIO(newline="")
    quoting = rng.choice((csv.QUOTE_MINIMAL, csv.QUOTE_ALL))
    if rng.random() < 0.1:
        out.write(f"sep={separator}\r\n")
    writer = csv.writer(out, delimiter=separator, quoting=quoting,
                        lineterminator=rng.choice(("\n", "\r\n")))  # fmt: skip
    writer.writerows([heads, *rows])
    encoding = rng.choice(("utf-8", "utf-8-sig"))
    name = rng.choice(("a.csv", "a.tsv", "a.txt", "b ü.CSV"))
    return {name: out.getvalue().encode(encoding, "replace")}, separator


def _wkt(shape: Any) -> str:
    return shape if isinstance(shape, str) else "" if shape is None else shape.wkt


def geojson(sheet: Sheet, rng: Random) -> Files:
    """Write GeoJSON; in a quarter of the harmed files a part of the tree is another one."""
    features = [
        {"type": "Feature", "properties": dict(zip(sheet.heads, row, strict=True)),
         "geometry": None if (made := geometry(shape)) is None or not _in_json(made)
         else json.loads(shapely.to_geojson(made))}
        for row, shape in zip(sheet.rows, sheet.shapes, strict=True)
    ]  # fmt: skip
    tree: Any = {"type": "FeatureCollection", "features": features}
    if sheet.harms and rng.random() < 0.4:
        for _ in range(rng.choice((1, 1, 2))):
            tree = _another_branch(tree, rng)
        sheet.harms.append("another branch")
    made = json.dumps(tree, ensure_ascii=rng.random() < 0.5, indent=rng.choice((None, 1)))
    return {rng.choice(("a.geojson", "a.json")): made.encode("utf-8", "surrogatepass")}


def _in_json(shape: shapely.Geometry) -> bool:
    return bool(np.isfinite(shapely.get_coordinates(shape)).all()) and (
        shape.geom_type in ("Point", "MultiPoint", "LineString", "MultiLineString", "Polygon",
                            "MultiPolygon", "GeometryCollection"))  # fmt: skip


def _another_branch(tree: Any, rng: Random) -> Any:
    """Return a JSON tree with a part replaced, dropped, renamed or put one level deeper."""
    path, here = [], tree
    while isinstance(here, (dict, list)) and here and rng.random() < 0.8:
        key = rng.choice(list(here)) if isinstance(here, dict) else rng.randrange(len(here))
        path.append(key)
        here = here[key]
    if not path:
        return rng.choice((rng.choice(words.JSON), {**tree, "crs": rng.choice(words.JSON)}))
    tree = json.loads(json.dumps(tree))
    above = tree
    for key in path[:-1]:
        above = above[key]
    last, how = path[-1], rng.randrange(5)
    if how <= 1:
        above[last] = rng.choice(words.JSON)
    elif how == 2:
        del above[last]
    elif how == 3:
        above[last] = [above[last]]
    elif isinstance(above, dict):
        above[rng.choice(words.HEADINGS)] = above[last]
    else:
        above.append(above[last])
    return tree


def _frame(sheet: Sheet, *, placed: bool) -> gpd.GeoDataFrame:
    """Return what a program for maps would hold; numbers and words of one column become words."""
    keep = [i for i, head in enumerate(sheet.heads) if not (placed and head in ("lat", "lon"))]
    columns: dict[str, pd.Series] = {}
    for i in keep:
        cells = [row[i] for row in sheet.rows]
        mixed = len({isinstance(cell, str) for cell in cells}) > 1
        columns.setdefault(sheet.heads[i], pd.Series([str(c) for c in cells] if mixed else cells))
    shapes = [geometry(shape) for shape in sheet.shapes]
    return gpd.GeoDataFrame(pd.DataFrame(columns), geometry=shapes, crs=4326)


def _written(write: Callable[[Path], object], name: str) -> Files:
    """Return the files that a library writes; the first is the one to read."""
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder, name))
        made = {path.name: path.read_bytes() for path in sorted(Path(folder).iterdir())}
    return {name: made.pop(name), **made}


def geopackage(sheet: Sheet, rng: Random) -> Files:
    frame = _frame(sheet, placed=True)
    files = _written(lambda path: pyogrio.write_dataframe(frame, path, layer="a"), "a.gpkg")
    if sheet.harms and rng.random() < 0.5:
        files = _other_base(files["a.gpkg"], rng)
        sheet.harms.append("another database")
    return files


def _other_base(content: bytes, rng: Random) -> Files:
    """Return a GeoPackage in which something has been done in SQL."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.gpkg")
        path.write_bytes(content)
        for order in rng.sample(SQL, rng.choice((1, 1, 2, 3))):
            with suppress(sqlite3.Error), closing(sqlite3.connect(path)) as base, base:
                base.create_function("junk", 0, lambda: rng.randbytes(rng.choice((0, 1, 8, 60))))
                base.executescript(order) if ";" in order else base.execute(order)
        return {"a.gpkg": path.read_bytes()}


# The first triggers go: they call functions that only a driver has.
SQL = tuple(
    "PRAGMA writable_schema=1;DELETE FROM sqlite_master WHERE type='trigger';" + order
    for order in (
        "UPDATE a SET geom = junk()", "UPDATE a SET geom = NULL", "UPDATE a SET geom = 'POINT (21 63)'",
        "UPDATE a SET geom = substr(geom, 1, 20)", "UPDATE a SET geom = zeroblob(100)", "UPDATE a SET fid = fid * 1000000000000",
        "UPDATE gpkg_geometry_columns SET srs_id = 999999", "UPDATE gpkg_geometry_columns SET srs_id = 0",
        "UPDATE gpkg_geometry_columns SET srs_id = -1", "UPDATE gpkg_geometry_columns SET geometry_type_name = 'CURVE'",
        "UPDATE gpkg_geometry_columns SET column_name = 'name'", "UPDATE gpkg_geometry_columns SET z = 7",
        "DELETE FROM gpkg_geometry_columns", "DELETE FROM gpkg_contents", "DELETE FROM gpkg_spatial_ref_sys",
        "DROP TABLE gpkg_contents", "DROP TABLE gpkg_geometry_columns", "DROP TABLE gpkg_spatial_ref_sys", "DROP TABLE a",
        "UPDATE gpkg_contents SET data_type = 'attributes'", "UPDATE gpkg_contents SET data_type = 'tiles'",
        "UPDATE gpkg_contents SET table_name = 'b'", "UPDATE gpkg_contents SET table_name = x'00ff'",
        "UPDATE gpkg_contents SET min_x = 'x', last_change = 'never'", "UPDATE gpkg_spatial_ref_sys SET definition = 'x'",
        "UPDATE gpkg_spatial_ref_sys SET organization_coordsys_id = 'x'", "UPDATE gpkg_spatial_ref_sys SET srs_id = 1",
        "ALTER TABLE a RENAME COLUMN name TO \"na'me\"", "ALTER TABLE a ADD COLUMN later JSON DEFAULT '{'",
        "ALTER TABLE a ADD COLUMN b BLOB DEFAULT x'ff00'", "ALTER TABLE a ADD COLUMN d DATE DEFAULT 'x'",
        "ALTER TABLE a ADD COLUMN t DATETIME DEFAULT 5", "ALTER TABLE a ADD COLUMN i INTEGER DEFAULT 'words'",
        "ALTER TABLE a ADD COLUMN r REAL DEFAULT 1e999", "ALTER TABLE a ADD COLUMN g POINT", "ALTER TABLE a ADD COLUMN lat REAL DEFAULT 5",
        "UPDATE a SET name = x'ff80'", "UPDATE a SET name = NULL", "UPDATE a SET parcel = 'x'", "UPDATE a SET parcel = 1e300",
        "UPDATE a SET name = char(0) || name", "UPDATE a SET note = hex(zeroblob(3000))", "INSERT INTO a DEFAULT VALUES",
        "CREATE TABLE c AS SELECT * FROM a;INSERT INTO gpkg_contents SELECT 'c', data_type, 'c', '', last_change, 0, 0, 1, 1, srs_id FROM gpkg_contents",
        "CREATE VIEW v AS SELECT * FROM a;UPDATE gpkg_contents SET table_name = 'v';UPDATE gpkg_geometry_columns SET table_name = 'v'",
        "ALTER TABLE a RENAME TO z;CREATE VIEW a AS SELECT * FROM z, z AS y", "PRAGMA application_id = 0", "PRAGMA user_version = 99999",
        "PRAGMA encoding = 'UTF-16'", "PRAGMA journal_mode = wal", "UPDATE sqlite_master SET sql = 'CREATE TABLE a (x)' WHERE name = 'a'",
        "UPDATE sqlite_master SET sql = 'nonsense' WHERE name = 'a'", "UPDATE sqlite_master SET rootpage = 1 WHERE name = 'a'",
        "UPDATE sqlite_master SET rootpage = 99999 WHERE name = 'a'", "UPDATE sqlite_master SET name = 'gpkg_x' WHERE name = 'a'",
    )
)  # fmt: skip


def shapefile(sheet: Sheet, rng: Random) -> Files:
    frame = _frame(sheet, placed=True)
    files = _written(lambda path: pyogrio.write_dataframe(frame, path, encoding="UTF-8"), "a.shp")
    if sheet.harms and rng.random() < 0.5:
        _other_parts(files, rng)
        sheet.harms.append("another sidecar")
    return files


def _other_parts(files: Files, rng: Random) -> None:
    part = rng.choice(("a.dbf", "a.dbf", "a.shx", "a.prj", "a.cpg"))
    content = files.get(part, b"")
    how = rng.randrange(4)
    if how == 0:
        files.pop(part, None)
    elif part == "a.prj":
        files[part] = rng.choice(words.CRS).encode()
    elif part == "a.cpg":
        files[part] = rng.choice(
            (*words.ENCODINGS, "", "x", "1252", "OEM", "\x00", "é" * 99)
        ).encode()
    elif how == 1:
        files[part] = content[: rng.randrange(len(content) + 1)]
    else:  # numbers in the header: how many records, how wide, which code page, which kind
        at = rng.choice((4, 8, 10, 29, 32, 43, 48, 64, rng.randrange(len(content) or 1)))
        value = rng.choice(
            (b"\x00", b"\xff", b"\xff\xff\xff\xff", b"\x01\x00", b"C", b"N", b"D", b"L")
        )
        files[part] = content[:at] + value + content[at + len(value) :]


def parquet(sheet: Sheet, rng: Random) -> Files:
    """Write Parquet without shapes, with columns of all kinds."""
    return _columns(_frame(sheet, placed=False).drop(columns="geometry"), sheet, rng)


def geoparquet(sheet: Sheet, rng: Random) -> Files:
    """Write GeoParquet; in half of the harmed files its own header is another one."""
    frame = _frame(sheet, placed=True)
    held = io.BytesIO()
    encoding = "geoarrow" if rng.random() < 0.2 and frame.geometry.notna().all() else "WKB"
    frame.to_parquet(held, geometry_encoding=encoding)
    if not sheet.harms:
        return {"a.parquet": held.getvalue()}
    table = pq.read_table(held)
    about = json.loads(table.schema.metadata.get(b"geo", b"{}"))
    if rng.random() < 0.5:
        for _ in range(rng.choice((1, 2))):
            about = _another_branch(about, rng)
        sheet.harms.append("another header")
    elif rng.random() < 0.2:
        about["columns"]["geometry"]["crs"] = rng.choice(words.CRS)
        sheet.harms.append("another reference system")
    elif encoding == "WKB" and rng.random() < 0.3:
        junk = [rng.choice((None, b"", rng.randbytes(21), shapely.to_wkb(shapely.Point(21, 63))))
                for _ in range(len(table))]  # fmt: skip
        at = table.column_names.index("geometry")
        table = table.set_column(at, "geometry", pa.array(junk, pa.binary()))
        sheet.harms.append("other shapes")
    table = table.replace_schema_metadata({"geo": json.dumps(about)})
    out = io.BytesIO()
    pq.write_table(table, out)
    return {"a.geoparquet": out.getvalue()}


def _columns(frame: pd.DataFrame, sheet: Sheet, rng: Random) -> Files:
    table = pa.Table.from_pandas(frame, preserve_index=rng.choice((None, False)))
    if sheet.harms and len(frame):
        for _ in range(rng.choice((0, 1, 3))):
            cells = rng.choice(words.TYPED)
            column = pa.array([cells[i % 2] for i in range(len(frame))])
            if rng.random() < 0.2:
                with suppress(pa.ArrowException):
                    column = column.dictionary_encode()
            table = table.append_column(rng.choice((*words.HEADINGS, "typed", "t2")), column)
            sheet.named = False
        sheet.harms.append("a column of another kind")
    out = io.BytesIO()
    pq.write_table(table, out, compression=rng.choice(("none", "snappy", "zstd", "gzip")),
                   row_group_size=rng.choice((1, 1_000)), version=rng.choice(("1.0", "2.6")))  # fmt: skip
    return {"a.parquet": out.getvalue()}
