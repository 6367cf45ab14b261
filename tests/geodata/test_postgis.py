"""Lists and layers from a real PostGIS: what comes back, what is refused, what stays as it was."""

from __future__ import annotations

import logging
import os
import subprocess
import traceback
from pathlib import Path

import pandas as pd
import pytest
from postgis import PASSWORD, READER, Server, free_port

from geodata import database, postgis, spatialfiles
from geodata.database import Query
from geodata.errors import SitingError
from geodata.userfiles import read_areas, read_points

TABLES = """
drop table if exists sites, parks, secrets; -- of another file on the same server
drop schema if exists box cascade;
create table sites(id int, name text, mw numeric(8, 2), code bigint, seen date, at timestamptz,
                   tags text[], about jsonb, ok boolean, geom geometry);
insert into sites values
  (2, '宁德 厂', 1.5, 9007199254740993, '2020-02-03', '2020-02-03 04:05:06+02', array['a', 'b'],
   '{"x": 1}', true, st_setsrid(st_point(119.5, 26.66), 4326)),
  (1, 'Vaasa', null, 1, null, null, null, null, null,
   st_transform(st_setsrid(st_point(21.6, 63.1), 4326), 3067));
create table parks(name text, geom geometry(Polygon, 3857));
insert into parks values
  ('Park', st_transform(st_geomfromtext('POLYGON((13 52, 14 52, 14 53, 13 52))', 4326), 3857)),
  ('Nowhere', null);
grant select on all tables in schema public to reader;
create table secrets(x int);
create schema box;
grant create, usage on schema box to reader;
create table box.kept(lat float, lon float);
grant all on box.kept to reader;
create sequence box.counted;
grant all on sequence box.counted to reader;
"""


@pytest.fixture(scope="module")
def gis(server: Server) -> Server:
    server.sql(TABLES)
    return server


@pytest.fixture(autouse=True)
def _password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGPASSWORD", PASSWORD)


def fault(asked: Query) -> str:
    """Return the one fault of a query; no part of what is raised holds the password."""
    with pytest.raises(SitingError) as caught:
        read_points(asked)
    assert PASSWORD not in "".join(traceback.format_exception(caught.value))
    assert len(caught.value.faults) == 1
    return str(caught.value)


def test_rows_are_sorted_and_come_with_shapes_of_any_system(gis: Server) -> None:
    rows = read_points(Query(gis.url(), "select * from sites;"))
    assert rows["name"].tolist() == ["Vaasa", "宁德 厂"]
    assert rows["lat"].tolist() == pytest.approx([63.1, 26.66])
    assert rows["lon"].tolist() == pytest.approx([21.6, 119.5])
    assert rows["code"].tolist() == [1, 9007199254740993]
    assert rows["mw"].tolist()[1] == 1.5
    assert rows["seen"].iloc[1] == pd.Timestamp("2020-02-03")
    texts = rows[["at", "tags", "about", "ok"]].iloc[1].tolist()
    assert texts == ["2020-02-03 02:05:06+00:00", '["a", "b"]', '{"x": 1}', "True"]


@pytest.mark.parametrize(
    "sql",
    [
        "select name, 60.5::numeric as lat, 20 as lon from sites where name like 'V%' -- a: b",
        "with a as (select 'Vaasa' as name, st_point(20, 60.5)::geography as g) select * from a",
        "select 'Vaasa' as name, 'POINT (20 60.5)' as wkt",
        "select 'Vaasa' as name, '60,5' as \"Breitengrad\", '20' as \"Längengrad\"",
    ],
)
def test_a_query_may_give_coordinates_in_other_ways(gis: Server, sql: str) -> None:
    rows = read_points(Query(gis.url(), sql))
    assert rows[["name", "lat", "lon"]].to_numpy().tolist() == [["Vaasa", 60.5, 20.0]]


def test_a_layer_and_what_of_it_has_no_shape(gis: Server) -> None:
    areas = read_areas(Query(gis.url(), "select * from parks"))
    assert areas.attrs["without_shape"] == 1
    assert areas.geometry.iloc[0].bounds == pytest.approx((13, 52, 14, 53))


def test_faults_are_by_row_in_the_order_of_the_first_column(gis: Server) -> None:
    sql = (
        "select * from (values (3, 'Far', 95.0, 1.0), (1, 'Fine', 63.1, 21.6), (2, 'No', null, 2))"
        " as v(id, name, lat, lon)"
    )
    with pytest.raises(SitingError) as caught:
        read_points(Query(gis.url(), sql))
    assert [(f.row, f.column, f.where) for f in caught.value.faults] == [
        (3, "lat, lon", "gis"), (4, "lat, lon", "gis"),
    ]  # fmt: skip
    null = "select id, name, case when id = 1 then geom end as geom from sites"
    assert fault(Query(gis.url(), null)).startswith("gis.sites, row 3, lat, lon: no coordinates")


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("select id, st_setsrid(geom, 0) as geom from sites where id = 1",
         "gis.sites, row 2, geom: the shape does not say its coordinate reference system"),
        ("select id, st_buffer(geom, 1) as geom from sites where id = 2",
         "gis.sites, row 2, geometry: a candidate must be a point (found 'Polygon')"),
        ("select st_geomfromtext('CIRCULARSTRING(0 0, 1 1, 2 0)', 4326) as geom",
         "gis, row 2, geom: a curved shape"),
        ("select geom, geom as other from sites", "gis.sites: 2 columns of geometry (geom, other)"),
        ("select name from sites", "gis.sites: the query gives no geometry, and no lat and lon"),
        ("select name, 1 as name, geom from sites", "gis.sites, row 1, name: 2 columns have this"),
        ("select * from sites where false", "gis.sites: the query gives no rows"),
        ("select * from nowhere", "gis.nowhere, query: the query is not understood: relation"),
        ("selec", "gis, query: not one SELECT: syntax error"),
        ("select x from secrets", "gis.secrets, query: not allowed: permission denied"),
        ("select 1 / 0 as lat, 1 as lon", "query: a value that does not fit: division by zero"),
        # what would change something, or be more than one statement
        ("delete from box.kept returning *", "not one SELECT"),
        ("insert into box.kept values (1, 2) returning *", "not one SELECT"),
        ("with gone as (delete from box.kept returning *) select * from gone",
         "must be at the top level"),
        ("select nextval('box.counted') as lat, 1 as lon", "the query would change the database"),
        ("select lat, lon from box.kept for update", "the query would change the database"),
        ("select set_config('transaction_read_only', 'off', false), 1 as lat, 1 as lon",
         "the query would change the database"),
        ("select 1 as lat, 2 as lon; drop table box.kept", "not one SELECT"),
        ("select 1 as lat, 2 as lon) as a; commit; drop table box.kept; --", "not one SELECT"),
        ("select 1 as lat, 2 as lon) as a; commit; drop table box.kept; select * from (select 1",
         "not one SELECT"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_query_is_said(gis: Server, sql: str, said: str) -> None:
    assert said in fault(Query(gis.url(), sql))
    assert gis.sql("select count(*) from pg_class where relname = 'kept'") == "1"


def test_a_system_of_the_databases_own(gis: Server) -> None:
    gis.sql(
        "insert into spatial_ref_sys values (990001, 'mine', 1, "
        "(select srtext from spatial_ref_sys where srid = 3857), '')"
    )
    own = "st_setsrid(st_transform(st_setsrid(st_point(13, 52), 4326), 3857), 990001) as geom"
    assert read_points(Query(gis.url(), f"select {own}"))["lat"].tolist() == pytest.approx([52])
    unknown = fault(Query(gis.url(), "select st_setsrid(st_point(1, 2), 990002) as geom"))
    assert "unknown coordinate reference system (found 'SRID 990002')" in unknown


# ---- who is let in -------------------------------------------------------------------------------


def test_wrong_ways_in(gis: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    sql = "select * from sites"
    assert "gis.sites, database: wrong user or password" in fault(Query(gis.url(user="ann"), sql))
    assert "no such database" in fault(Query(gis.url("nowhere"), sql))
    assert "Connection refused" in fault(Query(f"postgresql://a@127.0.0.1:{free_port()}/x", sql))
    assert "no such host" in fault(Query("postgresql://a@nowhere.invalid/x", sql))
    assert "No such file" in fault(Query("postgresql://a@/x?host=/nowhere", sql))
    assert "encrypts nothing" in fault(Query(f"{gis.url()}?sslmode=require", sql))
    monkeypatch.setenv("PGPASSWORD", "wrong")
    assert "wrong user or password - set PGPASSWORD" in fault(Query(gis.url(), sql))
    monkeypatch.setenv("MY_SECRET", PASSWORD)
    assert len(read_points(Query(gis.url(), sql, "MY_SECRET"))) == 2
    monkeypatch.delenv("PGPASSWORD")
    assert "the server asks for a password" in fault(Query(gis.url(), sql))
    said = "gis.sites, password_env: this environment variable is not set (found 'MINE') - set it"
    assert fault(Query(gis.url(), sql, "MINE")) == said


def test_a_socket_of_this_machine(gis: Server) -> None:
    place = f"postgresql://{READER}@:{gis.port}/gis?host={gis.folder}"
    assert len(read_points(Query(place, "select * from sites"))) == 2


def test_the_certificate_of_another_machine_is_checked(gis: Server, tmp_path: Path) -> None:
    line = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
            "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
            "-keyout", gis.folder / "data/server.key",
            "-out", gis.folder / "data/server.crt"]  # fmt: skip
    subprocess.run(line, check=True, capture_output=True)
    authority = tmp_path / "ca.pem"
    authority.write_bytes((gis.folder / "data/server.crt").read_bytes())
    for name in ("server.key", "server.crt"):
        owner = (gis.folder / "data").stat()
        os.chown(gis.folder / "data" / name, owner.st_uid, owner.st_gid)
        (gis.folder / "data" / name).chmod(0o600)
    gis.sql("alter system set ssl = on")
    gis.sql("select pg_reload_conf()")
    try:
        place = f"postgresql://{READER}@localhost:{gis.port}/gis?sslmode="
        sql = "select *, (select ssl from pg_stat_ssl where pid = pg_backend_pid()) as s from sites"
        assert "certificate is not one that is trusted" in fault(Query(f"{place}verify-full", sql))
        for way in ("require", "prefer", f"verify-full&sslrootcert={authority}"):
            assert set(read_points(Query(f"{place}{way}", sql))["s"]) == {"True"}, way
        assert set(read_points(Query(f"{place}disable", sql))["s"]) == {"False"}
    finally:
        gis.sql("alter system reset ssl")
        gis.sql("select pg_reload_conf()")


def test_a_database_without_postgis_has_coordinates_too(server: Server) -> None:
    rows = read_points(Query(server.url("bare"), "select 'A' as name, 60.5 as lat, 20 as lon"))
    assert rows["lat"].tolist() == [60.5]


def test_without_the_extra_the_fault_says_how_to_get_it(
    gis: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pg8000.dbapi", None)
    assert "pip install 'siting-planner[postgis]'" in fault(Query(gis.url(), "select 1"))


# ---- limits --------------------------------------------------------------------------------------


def test_limits_of_rows_bytes_and_time(gis: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    many = "select i as id, 50 + i / 1e6 as lat, 10 as lon from generate_series(1, 50000) as s(i)"
    monkeypatch.setattr(postgis, "MAX_ROWS", 49_999)
    assert "more than 49,999 rows - narrow the query" in fault(Query(gis.url(), many))
    monkeypatch.setattr(spatialfiles, "MAX_UNPACKED", 10_000)
    assert "more than 0 MB" in fault(Query(gis.url(), many))
    monkeypatch.setattr(database, "SECONDS", 1)
    slow = "select pg_sleep(20), 1 as lat, 2 as lon"
    assert "gis, query: takes more than" in fault(Query(gis.url(), slow))


# ---- the same again ------------------------------------------------------------------------------


def test_the_same_rows_in_another_order_are_the_same_and_other_rows_are_not(gis: Server) -> None:
    def read(order: str) -> pd.DataFrame:
        return read_points(Query(gis.url(), f"select * from sites order by {order}"))  # noqa: S608 - our own words

    one, two = read("id"), read("id desc")
    pd.testing.assert_frame_equal(one, two)
    assert one.attrs["read"]["rows_sha256"] == two.attrs["read"]["rows_sha256"]
    assert one.attrs["read"]["rows"] == 2
    assert one.attrs["read"]["database"] == f"postgresql://127.0.0.1:{gis.port}/gis"
    gis.sql("update sites set mw = 1.75 where id = 2")
    try:
        assert read("id").attrs["read"]["rows_sha256"] != one.attrs["read"]["rows_sha256"]
    finally:
        gis.sql("update sites set mw = 1.5 where id = 2")


def test_nothing_is_logged_that_a_user_did_not_ask_for(
    gis: Server, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(logging.DEBUG):
        read_points(Query(gis.url(), "select * from sites"))
        fault(Query(gis.url(), "select nextval('box.counted') as lat, 1 as lon"))
    assert PASSWORD not in caplog.text
    assert capfd.readouterr() == ("", "")
    ours = gis.sql("select count(*) from pg_stat_activity where application_name = 'siting'")
    assert ours == "0"  # no connection is left open
