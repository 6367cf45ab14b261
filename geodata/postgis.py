"""The rows of a query to a PostGIS database as features or a table, read and nothing changed."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import shapely
from numpy.typing import NDArray
from pyproj.exceptions import CRSError, ProjError

from geodata import database, headings, spatialfiles
from geodata.csvtext import MAX_COLUMNS, MAX_ROWS, check_headings, refuse
from geodata.database import Query
from geodata.fault_list import Faults
from geodata.foreign_readers import CURVED

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

WGS84 = 4326
_ROWS_AT_ONCE = 20_000
_WIDEST = 2**63  # of whole numbers that a column holds as such
_NO_SRID = "write the shape with its SRID: st_setsrid(geom, 4326)"
_WITHOUT_SHAPE = "select a column of geometry, or lat and lon"


def read(asked: Query) -> pd.DataFrame:
    """Read the rows of a query in one transaction that can only read.

    Returns
    -------
    GeoDataFrame or DataFrame
        Features in EPSG:4326, the geometry called ``geometry``; a plain DataFrame where the query
        selects no geometry. A query promises no order: rows are sorted by their columns, the first
        one first, and the index counts them from 2 on, as in a file. ``attrs["read"]`` says what
        was read: database, query, rows and rows_sha256.

    Raises
    ------
    SitingError
        When the database cannot be reached, the query is at fault, or its rows are.
    """
    inner = asked.query.rstrip("; \t\r\n")
    select = f"select * from (\n{inner}\n) as siting_rows"  # noqa: S608 - it is the user's own
    with database.connected(asked.address, asked.password_env, asked.name) as connection:
        connection.exec_driver_sql("set transaction isolation level repeatable read, read only")
        columns = _columns(connection, select)
        shape = _shape(connection, columns, asked.name)
        check_headings(asked.name, [name for name, _ in columns])
        cells = _cells(connection, f"{select} limit {MAX_ROWS + 1}", asked.name)
        if not cells:
            refuse(asked.name, "the query gives no rows", "widen it")
        rows = _sorted({name: _plain(column) for (name, _), column in zip(
            columns, zip(*cells, strict=True), strict=True)})  # fmt: skip
        record = _record(asked, rows)
        if shape is not None:
            rows = _features(rows, shape, asked.name, connection)
    if shape is None and not headings.has_position(rows) and not headings.holds_shapes(rows):
        refuse(asked.name, "the query gives no geometry, and no lat and lon", _WITHOUT_SHAPE)
    rows.attrs = {"read": record, "decimal_comma": True}  # cells are kept apart by themselves
    return rows


def _columns(connection: Connection, select: str) -> list[tuple[str, int]]:
    """Return the columns of a query with the number of their type.

    The driver's own call sends it as one prepared statement, of which there can be only one: what
    follows a semicolon is an error of the server.
    """
    driver: Any = connection.connection.dbapi_connection
    described = driver.execute_unnamed(f"{select} limit 0").columns
    return [(str(column["name"]), int(column["type_oid"])) for column in described]


def _shape(connection: Connection, columns: list[tuple[str, int]], name: str) -> str | None:
    """Return the column of geometry or geography, None where there is none."""
    sql = "select oid from pg_type where typname in ('geometry', 'geography')"
    kinds = {int(row[0]) for row in connection.exec_driver_sql(sql)}
    shapes = [column for column, kind in columns if kind in kinds]
    if len(shapes) > 1:
        what = f"{len(shapes)} columns of geometry ({', '.join(shapes)[:200]})"
        refuse(name, what, "select the one that counts")
    if len(columns) > MAX_COLUMNS:
        refuse(name, f"{len(columns):,} columns", f"keep at most {MAX_COLUMNS:,}")
    return shapes[0] if shapes else None


def _cells(connection: Connection, select: str, name: str) -> list[tuple[Any, ...]]:
    """Return the rows, part by part, so that no query fills the memory before it is refused."""
    connection.exec_driver_sql(f"declare siting_cursor no scroll cursor for {select}")
    fetch = f"fetch {_ROWS_AT_ONCE} from siting_cursor"
    rows: list[tuple[Any, ...]] = []
    size, most = 0, spatialfiles.MAX_UNPACKED
    while part := connection.exec_driver_sql(fetch).all():
        rows += [tuple(row) for row in part]
        size += sum(_size(cell) for row in part for cell in row)
        if len(rows) > MAX_ROWS:
            refuse(name, f"more than {MAX_ROWS:,} rows", "narrow the query")
        if size > most:
            refuse(name, f"more than {most / 1e6:,.0f} MB", "select fewer rows or columns")
    return rows


def _size(cell: object) -> int:
    return len(cell) if isinstance(cell, str | bytes | list) else 8


# ---- cells as columns ----------------------------------------------------------------------------


def _plain(cells: Iterable[Any]) -> pd.Series:
    """Return the cells of a column as whole numbers, numbers, times or text."""
    values = list(cells)
    kinds = {type(cell) for cell in values if cell is not None}
    if kinds == {int}:
        return pd.Series(values, dtype="Int64")
    if kinds and kinds <= {float, Decimal, int}:
        whole = kinds == {Decimal} and all(v is None or v == v.to_integral_value() for v in values)
        if whole and all(v is None or abs(v) < _WIDEST for v in values):
            return pd.Series([v if v is None else int(v) for v in values], dtype="Int64")
        if not whole:
            return pd.Series(values, dtype=float)
    if (
        kinds
        and kinds <= {dt.date, dt.datetime}
        and all(v is None or getattr(v, "tzinfo", None) is None for v in values)
    ):
        return pd.Series(pd.to_datetime(values).as_unit("us"))
    return pd.Series([_text(v) for v in values], dtype=object)


def _text(cell: Any) -> str | None:
    if cell is None or isinstance(cell, str):
        return cell
    if isinstance(cell, bytes | bytearray | memoryview):
        return bytes(cell).hex()
    if isinstance(cell, dict | list):
        return json.dumps(cell, ensure_ascii=False, default=str)
    return str(cell)


def _sorted(columns: dict[str, pd.Series]) -> pd.DataFrame:
    """Return rows sorted by as many columns, from the first on, as tell them apart."""
    rows = pd.DataFrame(columns)
    names = list(columns)
    many = next((k for k in range(1, len(names)) if not rows.duplicated(names[:k]).any()),
                len(names))  # fmt: skip
    rows = rows.sort_values(names[:many], kind="stable", na_position="last")
    rows.index = pd.RangeIndex(2, len(rows) + 2)
    return rows


def _record(asked: Query, rows: pd.DataFrame) -> dict[str, str | int]:
    """Return what was read, so that whoever makes the plan again sees whether it is the same."""
    digest = hashlib.sha256(json.dumps(list(rows)).encode())
    for name in rows:
        cells = [None if pd.isna(cell) else str(cell) for cell in rows[name]]
        digest.update(json.dumps(cells, ensure_ascii=False).encode(errors="replace"))
    return {
        "database": str(asked.address),
        "query": asked.query,
        "rows": len(rows),
        "rows_sha256": digest.hexdigest(),
    }


# ---- shapes --------------------------------------------------------------------------------------


def _features(
    rows: pd.DataFrame, column: str, name: str, connection: Connection
) -> gpd.GeoDataFrame:
    """Return rows with their shapes in degrees, each from the system that its SRID names."""
    faults = Faults(name)
    cells = rows[column]
    shapes = _decoded(cells.where(cells.notna(), None).to_numpy(object))
    given = cells.notna().to_numpy()
    kinds = shapely.get_type_id(shapes)
    odd = given & (shapely.is_missing(shapes) | (kinds > shapely.GeometryType.GEOMETRYCOLLECTION))
    faults.add_cells(*CURVED, column, pd.Series("", index=rows.index)[odd])
    shapes[odd] = None
    srids = shapely.get_srid(shapes)
    for srid in np.unique(srids[given & ~odd]).tolist():
        here = given & ~odd & (srids == srid)
        shapes[here] = _in_degrees(shapes[here], srid, column, rows.index[here], faults, connection)
    faults.raise_if_any()
    about = rows.drop(columns=column).rename(columns={"geometry": "geometry_text"})
    return gpd.GeoDataFrame(about, geometry=shapes, crs=spatialfiles.CRS)


def _decoded(cells: NDArray[np.object_]) -> NDArray[np.object_]:
    """Return shapes of WKB in hexadecimal digits, None for one that is not read, as a curve."""
    try:
        return np.asarray(shapely.from_wkb(cells, on_invalid="ignore"), dtype=object)
    except NotImplementedError:
        if len(cells) == 1:
            return np.array([None], dtype=object)
        half = len(cells) // 2
        return np.concatenate([_decoded(cells[:half]), _decoded(cells[half:])])


def _in_degrees(
    shapes: NDArray[np.object_],
    srid: int,
    column: str,
    rows: pd.Index,
    faults: Faults,
    connection: Connection,
) -> NDArray[np.object_]:
    if srid == WGS84:
        return shapes
    if srid == 0:
        what = "the shape does not say its coordinate reference system"
        faults.add_cells(what, _NO_SRID, column, pd.Series(shapely.to_wkt(shapes, 3), index=rows))
        return shapes
    try:
        crs = _crs(srid, connection)
        to_degrees = pyproj.Transformer.from_crs(crs, WGS84, always_xy=True)
        moved: NDArray[np.object_] = shapely.transform(
            shapes, to_degrees.transform, interleaved=False
        )
    except (CRSError, ProjError):
        what = "unknown coordinate reference system"
        faults.add_cells(what, "use one of EPSG", column, pd.Series(f"SRID {srid}", index=rows))
        return shapes
    return moved


def _crs(srid: int, connection: Connection) -> pyproj.CRS:
    """Return the system of an SRID: that of EPSG, else the one that the database has."""
    try:
        return pyproj.CRS.from_epsg(srid)
    except CRSError:
        sql = f"select srtext from spatial_ref_sys where srid = {srid:d}"  # noqa: S608 - a number
        return pyproj.CRS.from_user_input(connection.exec_driver_sql(sql).scalar())
