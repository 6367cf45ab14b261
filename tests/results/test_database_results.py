"""Results in a real PostGIS: what a plan leaves, what it replaces, and what it never touches."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from postgis import PASSWORD, Server, free_port

from geodata.database import Query, connected
from geodata.errors import SitingError
from geodata.userfiles import read_points
from siting.model.plan import Plan
from siting.results import database
from siting.results.database import Target, check_target, target, write_database
from siting.results.gis.layers import Layer, layers
from siting.results.tables import tables_of
from siting.results.write import write_plan
from siting.support.progress import silent

RECORD = {"study": {"name": "nordic", "as_of": "2026-11-22"}, "counts": {"ranked": 3}}


@pytest.fixture(autouse=True)
def _password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGPASSWORD", PASSWORD)


@pytest.fixture(scope="module")
def gis(server: Server) -> Server:
    server.sql("grant create on database gis to reader")
    return server


@pytest.fixture(scope="module")
def drawn(nordic: Plan) -> tuple[Layer, ...]:
    return layers(nordic, tables_of(nordic))


@pytest.fixture
def to(gis: Server, request: pytest.FixtureRequest) -> Target:
    """Give a schema of the test's own, its name in need of quotation marks."""
    return target(gis.url(), f"Ergebnisse {abs(hash(request.node.name)) % 10**9} %s")


def quoted(to: Target, table: str) -> str:
    return f'"{to.schema}"."{table}"'


def one_layer(**columns: Sequence[object]) -> tuple[Layer, ...]:
    count = len(next(iter(columns.values())))
    frame = gpd.GeoDataFrame(columns, geometry=[shapely.Point(20, 60)] * count, crs=4326)
    return (Layer("ranked_sites", "Point", "The ranked list", frame),)


def test_every_layer_of_a_plan_is_a_table_with_its_shapes(
    gis: Server, to: Target, drawn: tuple[Layer, ...]
) -> None:
    check_target(to)
    written = write_database(to, drawn, RECORD)
    assert {"ranked_sites", "siting_zones", "candidates", "gigafactories", "plan"} <= set(written)
    assert "land" not in written
    for layer in drawn:
        if layer.name == "land":
            continue
        told = gis.sql(
            f"select count(*), count(distinct st_srid(geom)), min(st_srid(geom)),"
            f" bool_and(st_isvalid(geom)) from {quoted(to, layer.name)}"
        )
        count = len(layer.frame)
        assert told == (f"{count}|1|4326|t" if count else "0|0||"), layer.name
    zones = next(layer for layer in drawn if layer.name == "siting_zones").frame
    back = gpd.GeoSeries.from_wkb(
        gis.sql(f"select st_asbinary(geom) from {quoted(to, 'siting_zones')} order by rank")
        .replace("\\x", "").splitlines()
    )  # fmt: skip
    assert back.geom_equals_exact(
        zones.geometry.set_axis(back.index).set_crs(None, allow_override=True), 0
    ).all()
    ranked = next(layer for layer in drawn if layer.name == "ranked_sites").frame
    shares = gis.sql(f"select share from {quoted(to, 'ranked_sites')} order by rank").splitlines()
    assert [float(share) for share in shares] == ranked["share"].tolist()
    said = gis.sql(f"select obj_description('{quoted(to, 'ranked_sites')}'::regclass)")
    assert said.startswith("Siting planner: The ranked list")
    table = quoted(to, "ranked_sites")
    unit = gis.sql(
        f"select count(*) from pg_description where objoid = '{table}'::regclass"
        " and description like '%USD/t'"
    )
    assert int(unit) > 5
    index = gis.sql(f"select indexdef from pg_indexes where schemaname = '{to.schema}'")
    assert index.count("USING gist (geom)") == len(drawn) - 1
    made = json.loads(gis.sql(f"select manifest from {quoted(to, 'plan')}"))
    assert made == {key: RECORD[key] for key in ("study", "counts")}


def test_a_second_plan_replaces_the_first_and_leaves_rights_and_views(
    gis: Server, to: Target
) -> None:
    write_database(to, one_layer(name=["A", "B"], rank=[1, 2]), RECORD)
    view = f'"{to.schema}".mine'
    gis.sql(f"create view {view} as select name from {quoted(to, 'ranked_sites')}")
    gis.sql(f"grant select on {quoted(to, 'ranked_sites')} to public")
    gis.sql(f'create table "{to.schema}".notes as select 1 as x')
    write_database(to, one_layer(name=["C"], rank=[3]), RECORD)
    assert gis.sql(f"select name from {view}") == "C"
    rights = gis.sql(
        f"select relacl from pg_class where oid = '{quoted(to, 'ranked_sites')}'::regclass"
    )
    assert "=r/" in rights
    assert gis.sql(f'select x from "{to.schema}".notes') == "1"
    assert gis.sql(f"select count(*) from {quoted(to, 'plan')}") == "1"
    with pytest.raises(SitingError, match="something of yours rests on a table") as caught:
        write_database(to, one_layer(name=["D"], other=["x"]), RECORD)
    assert PASSWORD not in str(caught.value)
    assert gis.sql(f"select name from {view}") == "C"  # as it was
    gis.sql(f"drop view {view}")
    write_database(to, one_layer(name=["D"], other=["x"]), RECORD)
    assert gis.sql(f"select name, other from {quoted(to, 'ranked_sites')}") == "D|x"


def test_a_table_that_is_not_ours_is_never_replaced(gis: Server, to: Target) -> None:
    gis.sql(f'create schema "{to.schema}"; grant all on schema "{to.schema}" to reader;'
            f" create table {quoted(to, 'ranked_sites')} as select 1 as mine")  # fmt: skip
    said = "what is called ranked_sites there was not written by the planner"
    with pytest.raises(SitingError, match=said):
        write_database(to, one_layer(name=["A"]), RECORD)
    assert gis.sql(f"select mine from {quoted(to, 'ranked_sites')}") == "1"
    gis.sql(f"create table {quoted(to, 'plan')} as select 1 as mine")
    with pytest.raises(SitingError, match="what is called plan there"):
        check_target(to)


def test_nothing_is_left_of_a_plan_that_the_database_refuses(gis: Server, to: Target) -> None:
    write_database(to, one_layer(name=["A"]), RECORD)
    line = one_layer(name=["Line"])[0]
    line = replace(line, name="zzz", frame=line.frame.set_geometry(
        [shapely.LineString([(1, 2), (3, 4)])], crs=4326))  # fmt: skip
    with pytest.raises(SitingError, match="a value that does not fit"):
        write_database(to, (*one_layer(name=["B"]), line), RECORD)
    assert gis.sql(f"select name from {quoted(to, 'ranked_sites')}") == "A"
    assert gis.sql(f"select to_regclass('{quoted(to, 'zzz')}') is null") == "t"


def test_cells_and_headings_of_every_kind_come_back(gis: Server, to: Target) -> None:
    long = "ä" * 40
    columns = {
        "name": ['宁德 "厂", a\\b\n', "x"], '100 % "mine"': [1.5, None], long: ["a", "b"],
        f"{long}2": ["c", "d"], "geom": ["own", ""], "GEOM": [True, False],
        "whole": pd.array([2**60, None], dtype="Int64"),
        "day": pd.to_datetime(["2020-01-02", None]), "select": ["=1+1", "null"],
    }  # fmt: skip
    write_database(to, one_layer(**columns), RECORD)
    table = quoted(to, "ranked_sites")
    assert gis.sql(f"select name from {table} where name like '宁德%'") == '宁德 "厂", a\\b'
    assert gis.sql(f'select "100 % ""mine""" from {table} order by 1') == "1.5"
    assert gis.sql(f'select "{"ä" * 31}", "{"ä" * 29}_2" from {table} order by 1') == "a|c\nb|d"
    assert gis.sql(f'select geom_2, "GEOM_3", st_astext(geom) from {table} order by 1') == (
        "own|t|POINT(20 60)\n|f|POINT(20 60)"
    )
    assert gis.sql(f"select whole, day from {table} order by 1") == (
        "1152921504606846976|2020-01-02 00:00:00\n|"
    )
    assert gis.sql(f'select "select" from {table} order by 1') == "=1+1\nnull"


def test_results_are_candidates_of_the_next_study(to: Target, gis: Server) -> None:
    write_database(to, one_layer(site_id=["a", "b"], name=["A", "B"]), RECORD)
    sql = f"select site_id, name, geom from {quoted(to, 'ranked_sites')}"
    assert read_points(Query(gis.url(), sql))["name"].tolist() == ["A", "B"]


def test_who_may_not_write_is_told_before_the_work(gis: Server, to: Target) -> None:
    with pytest.raises(SitingError, match="there is no PostGIS in this database"):
        check_target(target(gis.url("bare")))
    gis.sql(f'create schema "{to.schema}"')
    with pytest.raises(SitingError, match="you may not write into this schema"):
        check_target(to)
    gis.sql("revoke create on database gis from reader")
    try:
        with pytest.raises(SitingError, match="there is no such schema, and you may not make one"):
            check_target(replace(to, schema="other"))
    finally:
        gis.sql("grant create on database gis to reader")


@pytest.mark.parametrize(
    "schema", ["", "pg_temp", "Information_Schema", "a" * 64, "a\x00b", "a\nb"]
)
def test_names_that_no_schema_may_have(schema: str) -> None:
    with pytest.raises(SitingError, match="no name of a schema of your own"):
        target("postgresql://h/gis", schema)


def test_a_password_on_the_command_line_is_refused() -> None:
    with pytest.raises(SitingError) as caught:
        target("postgresql://ann:hush@h/gis")
    said = str(caught.value)
    assert "--to-database: a password stands in the address" in said
    assert "hush" not in said


def test_triggers_of_the_user_stay(gis: Server, to: Target) -> None:
    write_database(to, one_layer(name=["A"]), RECORD)
    table = quoted(to, "ranked_sites")
    gis.sql(
        "create function look() returns trigger language plpgsql as $$ begin return new; end $$;"
        f" create trigger look after insert on {table} for each row execute function look()"
    )
    write_database(to, one_layer(name=["B"]), RECORD)
    assert gis.sql(f"select name from {table}") == "B"
    assert gis.sql(f"select count(*) from pg_trigger where tgrelid = '{table}'::regclass") == "1"


def test_a_table_that_somebody_holds_is_a_fault_and_stays(
    gis: Server, to: Target, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_database(to, one_layer(name=["A"]), RECORD)
    monkeypatch.setattr(database, "_LOCKED_SECONDS", 1)
    with connected(to.address, None, "another") as other:
        other.exec_driver_sql(f"lock table {quoted(to, 'ranked_sites')} in share mode")
        with pytest.raises(SitingError, match="somebody else holds a table of the former plan"):
            write_database(to, one_layer(name=["B"]), RECORD)
    assert gis.sql(f"select name from {quoted(to, 'ranked_sites')}") == "A"


def test_a_folder_stays_as_it_was_when_its_database_fails(nordic: Plan, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    gone = target(f"postgresql://reader@127.0.0.1:{free_port()}/gis")
    with pytest.raises(SitingError, match="no server answers there"):
        write_plan(nordic, folder, silent(), database=gone)
    assert not folder.exists()
    assert list(tmp_path.iterdir()) == []
