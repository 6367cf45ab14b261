"""Studies that read a database: what they write, keep and refuse, and where no password shows."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from commandline import called
from postgis import PASSWORD, Server

from geodata.errors import SitingError
from siting.pipeline import Run, key_of
from siting.results import kept_plans
from siting.scenarios.sweep_grid import unfit
from siting.study.studyfile import parse

ROOT = Path(__file__).parents[2]
STUDY = """\
name: mine
candidates:
  database: {url}
  query: select * from plots
exclude:
  - database: {url}
    query: select geom from parks
    buffer_km: 5
  - {{database: "{url}", query: "select name, geom from parks where name = 'Park'", buffer_km: 1}}
confidence: {{draws: 50}}
"""
TABLES = """
drop table if exists plots, parks;
create table plots(site_id text primary key, name text, hectares int, geom geometry(Point, 3067));
insert into plots select id, name, ha, st_transform(st_setsrid(st_point(lon, lat), 4326), 3067)
from (values ('a', '瓦萨 Vaasa', 12, 21.6, 63.1), ('b', 'Kokkola', 30, 23.13, 63.84),
             ('c', 'Oulu', 5, 25.47, 65.01)) as v(id, name, ha, lon, lat);
create table parks(name text, geom geometry(Point, 4326));
insert into parks values ('Park', st_setsrid(st_point(25.47, 65.01), 4326)), ('None', null);
grant select on plots, parks to reader;
"""


@pytest.fixture(scope="module")
def gis(server: Server) -> Server:
    server.sql(TABLES)
    return server


@pytest.fixture(autouse=True)
def _password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGPASSWORD", PASSWORD)


def siting(folder: Path, *words: str, password: str = PASSWORD) -> subprocess.CompletedProcess[str]:
    told = {**os.environ, "PYTHONPATH": str(ROOT), "PGPASSWORD": password, "COLUMNS": "200"}
    line = [sys.executable, "-m", "siting", *words]
    return subprocess.run(line, cwd=folder, env=told, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def planned(gis: Server, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("planned")
    (folder / "mine.yaml").write_text(STUDY.format(url=gis.url()), encoding="utf-8")
    gis.sql("create schema if not exists results; grant all on schema results to reader")
    into = ("--to-database", gis.url(), "--schema", "results")
    done = siting(folder, "plan", "mine.yaml", "--verbose", *into)
    assert done.returncode == 0, done.stderr
    (folder / "printed").write_text(done.stdout + done.stderr, encoding="utf-8")
    return folder


def test_the_list_and_the_layers_of_a_database_count(planned: Path) -> None:
    ranked = (planned / "out/mine/ranked_sites.csv").read_text(encoding="utf-8-sig")
    assert "瓦萨 Vaasa" in ranked
    assert "hectares" in ranked.splitlines()[0]
    barred = (planned / "out/mine/barred_sites.csv").read_text(encoding="utf-8-sig")
    assert "layer:gis.parks," in barred
    assert "Within 5 km of a feature of gis.parks" in barred
    manifest = json.loads((planned / "out/mine/manifest.json").read_text(encoding="utf-8"))
    assert [one["layer"] for one in manifest["exclusions"]] == ["gis.parks", "gis.parks:2"]


def test_the_manifest_says_what_was_read_and_not_by_whom(planned: Path, gis: Server) -> None:
    manifest = json.loads((planned / "out/mine/manifest.json").read_text(encoding="utf-8"))
    place = f"postgresql://127.0.0.1:{gis.port}/gis"
    read = manifest["databases"]
    assert [(one["database"], one["query"], one["rows"]) for one in read] == [
        (place, "select * from plots", 3), (place, "select geom from parks", 2),
        (place, "select name, geom from parks where name = 'Park'", 1),
    ]  # fmt: skip
    assert len({one["rows_sha256"] for one in read}) == 3
    assert manifest["study"]["candidates"]["database"] == place
    assert "reader" not in json.dumps(manifest)


def test_the_layers_are_in_the_schema_that_was_named(planned: Path, gis: Server) -> None:
    assert gis.sql("select name from results.candidates order by 1") == "Kokkola\n瓦萨 Vaasa"
    assert gis.sql("select name, st_srid(geom) from results.barred_sites") == "Oulu|4326"
    assert int(gis.sql("select count(*) from results.gigafactories")) > 100
    assert gis.sql("select manifest->'databases'->0->>'rows' from results.plan") == "3"
    said = f"Layers too: postgresql://127.0.0.1:{gis.port}/gis, schema results"
    assert said in (planned / "printed").read_text(encoding="utf-8")


def test_no_password_is_in_anything_that_is_written_or_printed(planned: Path) -> None:
    secret = PASSWORD.encode()
    files = [path for path in planned.rglob("*") if path.is_file()]
    assert len(files) > 8
    for path in files:
        content = path.read_bytes()
        assert secret not in content, path
        assert secret.hex().encode() not in content, path
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as book:
                assert all(secret not in book.read(name) for name in book.namelist()), path
    with sqlite3.connect(planned / "out/mine/ranked_sites.gpkg") as base:
        assert PASSWORD not in "\n".join(base.iterdump())


def test_the_same_rows_give_the_same_bytes(planned: Path, gis: Server, tmp_path: Path) -> None:
    gis.sql("update plots set name = name where site_id = 'a'")  # moves the row to another page
    (tmp_path / "mine.yaml").write_text((planned / "mine.yaml").read_text("utf-8"), "utf-8")
    called(tmp_path, "plan", "mine.yaml", "-q")

    def hashes(folder: Path) -> dict[str, str]:
        return {
            path.name: hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(folder.iterdir())
            if path.is_file() and path.name != "manifest.json"
        }

    assert hashes(tmp_path / "out/mine") == hashes(planned / "out/mine")


def test_a_change_of_the_database_is_seen_by_the_next_command(planned: Path, gis: Server) -> None:
    """No plan of a database is kept: a command reads what is there when it runs."""
    before = siting(planned, "cost", "Kokkola", "mine.yaml", "--json")
    gis.sql("update plots set name = 'Ykspihlaja' where site_id = 'b'")
    try:
        assert siting(planned, "explain", "Ykspihlaja", "mine.yaml", "-q").returncode == 0
        after = siting(planned, "cost", "Ykspihlaja", "mine.yaml", "--json")
        assert json.loads(before.stdout)["place"] != json.loads(after.stdout)["place"]
    finally:
        gis.sql("update plots set name = 'Kokkola' where site_id = 'b'")


def test_wrong_passwords_and_addresses_are_refused_before_the_work(
    planned: Path, gis: Server, tmp_path: Path
) -> None:
    wrong = siting(planned, "plan", "mine.yaml", "-o", "none", password="hush-hush")  # noqa: S106 - no secret
    assert wrong.returncode == 2
    assert wrong.stderr.count("wrong user or password") == 3
    assert "hush" not in wrong.stdout + wrong.stderr
    assert "Traceback" not in wrong.stderr
    assert not (planned / "none").exists()
    told = gis.url().replace("reader@", "reader:hush@")
    (tmp_path / "bad.yaml").write_text(f"candidates: {{database: '{told}', query: select 1}}\n")
    done = called(tmp_path, "plan", "bad.yaml", "-q", code=2)
    assert "a password stands in the address" in done.stderr
    assert "hush" not in done.stdout + done.stderr
    done = called(tmp_path, "plan", "balanced", "-q", "--to-database", told, code=2)
    assert "--to-database: a password stands in the address" in done.stderr
    assert "hush" not in done.stdout + done.stderr
    assert not (tmp_path / "out").exists()


TOLD = "postgresql://ann:hush@h/gis"


@pytest.mark.parametrize(
    "text",
    [
        f"candidates: {{database: '{TOLD}'}}", f"candidates: {{file: '{TOLD}'}}",
        f"candidates: {TOLD}", f"candidates: {{database: 'postgresql://h/gis', {TOLD}}}",
        f"exclude: ['{TOLD}']", f"exclude: '{TOLD}'", f"exclude: [{{file: '{TOLD}'}}]",
        f"question: {TOLD}\nlens: x", f"lens: {TOLD}", f"tables: {{products: '{TOLD}'}}",
        f"as_of: {TOLD}", f"investor: '{TOLD}'", f"capacity_ktpa: {TOLD}", f"{TOLD}: 1",
        f"candidates: [{TOLD}", f"candidates: {{database: {TOLD}\n  query: x",
    ],
)  # fmt: skip
def test_no_fault_of_a_study_quotes_a_password(text: str) -> None:
    with pytest.raises(SitingError) as caught:
        Run().of("places", parse(text, "a.yaml", Path()))
    assert "hush" not in str(caught.value)


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ("database: postgresql://h/gis", "no query"),
        ("query: select 1", "a query to no database"),
        ("file: a.csv, password_env: PG", "a query to no database"),
        ("file: a.csv, database: postgresql://h/gis, query: select 1", "a file and a database"),
        ("sheet: A", "a sheet of no file"),
        ("database: postgresql://h/gis, query: ''", ""),
        ("database: postgresql://h/gis, query: select 1, password_env: a b", ""),
    ],
)
def test_keys_that_do_not_fit_together(keys: str, said: str) -> None:
    for text in (f"candidates: {{{keys}}}\n", f"exclude: [{{{keys}}}]\n"):
        with pytest.raises(SitingError) as caught:
            parse(text, "a.yaml", Path())
        assert said in str(caught.value)
        assert caught.value.faults[0].row == 1


def test_a_layer_needs_a_source() -> None:
    with pytest.raises(SitingError, match="no layer - name a file, or a database and a query"):
        parse("exclude: [{buffer_km: 5}]\n", "a.yaml", Path())


def test_a_study_of_a_database_shares_no_stage_with_another_query() -> None:
    studies = [
        parse(f"candidates: {{database: {url}, query: {sql}}}\n", "a.yaml", Path())
        for url in ("postgresql://h/gis", "postgresql://h/other")
        for sql in ("select 1", "select 2")
    ]
    assert len({key_of(study, "own") for study in studies}) == 4
    assert [kept_plans.key_of(study) for study in studies] == [""] * 4
    assert "a sweep reads its rows many times" in str(unfit(studies[0])[0])


def test_a_study_started_from_one_of_a_database_reads_it_too(planned: Path) -> None:
    called(planned, "init", "new.yaml", "mine.yaml")
    text = (planned / "new.yaml").read_text(encoding="utf-8")
    assert parse(text, "new.yaml", planned).candidates.query == "select * from plots"
