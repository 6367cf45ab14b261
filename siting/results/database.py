"""Results written to a schema of the user's PostGIS: all of them in one transaction, or none."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd
import shapely

from geodata.database import Address, AddressError, address, connected, masked
from geodata.errors import Fault, SitingError
from siting.results.gis.layers import Layer
from siting.results.ownership import TIMINGS

if TYPE_CHECKING:
    from sqlalchemy import MetaData, Table
    from sqlalchemy.engine import Connection

SCHEMA = "siting"
PLAN = "plan"  # table of one row: what the others were made of
NOT_WRITTEN = ("land",)  # a background of the GeoPackage
GEOMETRY = "geom"
SRID = 4326
_MARK = "Siting planner: "  # begins the comment of each table that is ours to replace
_LONGEST = 63  # bytes of a name
_SECONDS, _LOCKED_SECONDS = 600, 20
_OPTION = "--to-database"


@dataclass(frozen=True)
class Target:
    """A schema that takes results.

    Attributes
    ----------
    address : Address
    schema : str
    password_env : str or None
        Environment variable with the password; PGPASSWORD where it is None.
    """

    address: Address
    schema: str
    password_env: str | None = None

    @property
    def name(self) -> str:
        """Return what faults call it."""
        return f"{self.address.database}.{self.schema}"


def target(url: str, schema: str = SCHEMA, password_env: str | None = None) -> Target:
    """Return the schema that a user names.

    Raises
    ------
    SitingError
        For an address that holds a password or is none, and a name that no schema may have.
    """
    try:
        place = address(url)
    except AddressError as error:
        fault = Fault("command line", error.what, error.hint, column=_OPTION, value=masked(url))
        raise SitingError(fault) from None
    own = schema.casefold().startswith("pg_") or schema.casefold() == "information_schema"
    if not schema.isprintable() or not 0 < len(schema.encode()) <= _LONGEST or own:
        hint = f"give another name, of {_LONGEST} bytes at most"
        what = "no name of a schema of your own"
        raise SitingError(Fault("command line", what, hint, column="--schema", value=schema))
    return Target(place, schema, password_env)


def check_target(to: Target) -> None:
    """Refuse, before any work, a schema into which the results could not go.

    Raises
    ------
    SitingError
        When nobody gets in, there is no PostGIS, the right to write is missing, or a table of one
        of our names is not ours.
    """
    with connected(to.address, to.password_env, to.name) as connection:
        _check(connection, to, [PLAN])


def write_database(to: Target, layers: Sequence[Layer], record: Mapping[str, Any]) -> list[str]:
    """Write layers, and what they were made of, in place of those of an earlier plan.

    A table of the same columns is emptied and filled, so that rights and views on it stay; another
    one is made anew. Whoever reads meanwhile sees the former plan, whole.

    Parameters
    ----------
    to : Target
    layers : sequence of Layer
    record : mapping
        The manifest.

    Returns
    -------
    list of str
        The tables.

    Raises
    ------
    SitingError
        As `check_target`, and when the database refuses a row; it is then as it was.
    """
    frames = {layer.name: _frame(layer.frame) for layer in layers if layer.name not in NOT_WRITTEN}
    with connected(to.address, to.password_env, to.name) as connection:
        connection.exec_driver_sql(f"set local statement_timeout = '{_SECONDS}s'")
        connection.exec_driver_sql(f"set local lock_timeout = '{_LOCKED_SECONDS}s'")
        _check(connection, to, [*frames, PLAN])
        metadata = _schema(connection, to)
        for layer in layers:
            if layer.name in frames:
                frame = frames[layer.name]
                _fill(connection, _table(metadata, layer, frame), frame)
        _fill(connection, _plan_table(metadata), _plan_row(record))
    return [*frames, PLAN]


# ---- rights --------------------------------------------------------------------------------------


def _check(connection: Connection, to: Target, tables: Iterable[str]) -> None:
    from sqlalchemy import text  # noqa: PLC0415 - optional

    about = connection.execute(
        text(
            "select to_regtype('geometry') is not null,"
            " (select oid from pg_namespace where nspname = :schema),"
            " has_database_privilege(current_database(), 'create')"
        ),
        {"schema": to.schema},
    ).one()
    postgis, schema, may_create = about
    if not postgis:
        hint = "its owner runs: create extension postgis"
        _refuse(to, "there is no PostGIS in this database", hint)
    if schema is None and not may_create:
        what = "there is no such schema, and you may not make one"
        _refuse(to, what, "let its owner make it and give you the right to create in it")
    if schema is None:
        return
    if not connection.execute(
        text("select has_schema_privilege(:schema, 'create, usage')"), {"schema": to.schema}
    ).scalar():
        _refuse(to, "you may not write into this schema", "ask its owner, or name another one")
    query = text(
        "select relname, coalesce(obj_description(oid, 'pg_class'), '') from pg_class"
        " where relnamespace = :schema and relname = any(:names) order by relname"
    )
    rows = connection.execute(query, {"schema": schema, "names": list(tables)})
    others = [name for name, comment in rows if not comment.startswith(_MARK)]
    if others:
        what = f"what is called {', '.join(others)} there was not written by the planner"
        _refuse(to, what, "name another schema: nothing of yours is replaced")


def _refuse(to: Target, what: str, hint: str) -> None:
    raise SitingError(Fault(to.name, what, hint, column=_OPTION))


# ---- tables --------------------------------------------------------------------------------------


def _schema(connection: Connection, to: Target) -> MetaData:
    """Make the schema where there is none, and let no other plan write into it meanwhile."""
    from sqlalchemy import MetaData, text  # noqa: PLC0415 - optional
    from sqlalchemy.schema import CreateSchema  # noqa: PLC0415 - optional

    lock = text("select pg_advisory_xact_lock(hashtext('siting planner'), hashtext(:schema))")
    connection.execute(lock, {"schema": to.schema})
    there = text("select 1 from pg_namespace where nspname = :schema")
    if connection.execute(there, {"schema": to.schema}).first() is None:
        connection.execute(CreateSchema(to.schema))
    return MetaData(schema=to.schema)


def _frame(frame: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return features as a table writes them: the shape as EWKB, under names that fit."""
    names = _fitting(map(str, frame.columns.drop(frame.geometry.name)), [GEOMETRY])
    rows = pd.DataFrame(frame.drop(columns=frame.geometry.name)).set_axis(names, axis=1)
    shapes = shapely.set_srid(frame.geometry.to_numpy(), SRID)
    return rows.assign(**{GEOMETRY: shapely.to_wkb(shapes, hex=True, include_srid=True)})


def _fitting(names: Iterable[str], taken: Iterable[str]) -> list[str]:
    """Return names of at most `_LONGEST` bytes, each once in any case."""
    used, result = {name.casefold() for name in taken}, []
    for wanted in names:
        name, nth = _cut(wanted, _LONGEST), 1
        while name.casefold() in used:
            nth += 1
            name = f"{_cut(wanted, _LONGEST - 5)}_{nth}"
        used.add(name.casefold())
        result.append(name)
    return result


def _cut(text: str, most: int) -> str:
    return text.encode()[:most].decode(errors="ignore")


def _table(metadata: MetaData, layer: Layer, frame: pd.DataFrame) -> Table:
    from geoalchemy2 import Geometry  # noqa: PLC0415 - optional
    from sqlalchemy import Column, Table  # noqa: PLC0415 - optional

    words = {name: f"{of.words}, {of.unit}".rstrip(", ") for name, of in layer.meanings.items()}
    columns = [
        Column(name, _kind(frame[name]), comment=words.get(name))
        for name in frame.columns.drop(GEOMETRY)
    ]
    shape = Geometry(layer.geometry.upper(), srid=SRID, spatial_index=True)
    about = f"{_MARK}{layer.description}"
    return Table(layer.name, metadata, *columns, Column(GEOMETRY, shape), comment=about)


def _kind(cells: pd.Series) -> Any:
    import sqlalchemy as sa  # noqa: PLC0415 - optional

    if pd.api.types.is_bool_dtype(cells):
        return sa.Boolean()
    if pd.api.types.is_integer_dtype(cells):
        return sa.BigInteger()
    if pd.api.types.is_float_dtype(cells):
        return sa.Double()
    if pd.api.types.is_datetime64_any_dtype(cells):
        return sa.DateTime()
    return sa.Text()


def _plan_table(metadata: MetaData) -> Table:
    from sqlalchemy import Column, Table, Text  # noqa: PLC0415 - optional
    from sqlalchemy.dialects.postgresql import JSONB  # noqa: PLC0415 - optional

    about = f"{_MARK}What the other tables were made of"
    columns = (Column("study", Text()), Column("as_of", Text()), Column("manifest", JSONB()))
    return Table(PLAN, metadata, *columns, comment=about)


def _plan_row(record: Mapping[str, Any]) -> pd.DataFrame:
    whole = {key: value for key, value in record.items() if key != TIMINGS}
    text = json.dumps(whole, ensure_ascii=False, default=str)
    study = record["study"]
    return pd.DataFrame({"study": [study["name"]], "as_of": [study["as_of"]], "manifest": [text]})


def _fill(connection: Connection, table: Table, frame: pd.DataFrame) -> None:
    """Give a table its rows; an empty cell is null."""
    quoted = connection.dialect.identifier_preparer
    whole = quoted.format_table(table)
    if _alike(connection, table):
        connection.exec_driver_sql(f"delete from {whole}")  # noqa: S608 - quoted
    else:
        table.drop(connection, checkfirst=True)
        table.create(connection)
    columns = ", ".join(quoted.quote(column.name) for column in table.columns)
    content = io.BytesIO(frame.to_csv(index=False, header=False).encode())
    driver: Any = connection.connection.dbapi_connection
    driver.execute_unnamed(f"copy {whole} ({columns}) from stdin (format csv)", stream=content)


def _alike(connection: Connection, table: Table) -> bool:
    """Whether the table is there with the same columns of the same kinds."""
    from sqlalchemy import text  # noqa: PLC0415 - optional

    sql = text(
        "select attname, format_type(atttypid, atttypmod) from pg_attribute"
        " join pg_class on pg_class.oid = attrelid join pg_namespace n on n.oid = relnamespace"
        " where nspname = :schema and relname = :table and attnum > 0 and not attisdropped"
        " order by attnum"
    )
    there = connection.execute(sql, {"schema": table.schema, "table": table.name})
    wanted = [(one.name, one.type.compile(connection.dialect).casefold()) for one in table.columns]
    return [(name, kind.casefold()) for name, kind in there] == wanted
