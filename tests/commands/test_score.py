"""`siting score`: every place of a list comes back, scored or with the reason why not."""

from __future__ import annotations

import csv
import io
import json
import sys
from dataclasses import replace
from functools import partial

import geopandas as gpd
import pandas as pd
import pytest

from geodata.userfiles import read_points
from siting.commands import cli
from siting.pipeline import Run
from siting.results import scores
from siting.results.scores import scored
from siting.study.studyfile import changed, named

LIST = """name,lat,lon,site_id,hectares,place_rank,=note
Vaasa,63.1,21.6,b,12,first,=1+1
Shanghai,31.2,121.4,c,3,second,x
Sines,37.96,-8.86,a,-5,third,y
Wuhan,30.59,114.3,d,,fourth,
"""


@pytest.fixture
def siting(monkeypatch, capsys, tmp_path):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "my.csv").write_text(LIST, "utf-8")

    def run(*words, stdin=""):
        monkeypatch.setattr(sys, "argv", ["siting", *words])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode()), "utf-8"))
        with pytest.raises(SystemExit) as left:
            cli.main()
        said = capsys.readouterr()
        return left.value.code, said.out, said.err

    return run


def rows(text):
    return list(csv.DictReader(io.StringIO(text)))


def test_every_place_comes_back_in_its_order_with_its_own_columns(siting):
    code, out, err = siting("score", "my.csv")
    assert (code, err) == (0, "")
    given, made = rows(LIST), rows(out)
    assert [row["site_id"] for row in made] == [row["site_id"] for row in given]
    for one, row in zip(given, made, strict=True):
        assert (row["name"], float(row["lat"]), float(row["lon"])) == (
            one["name"], float(one["lat"]), float(one["lon"])
        )  # fmt: skip
        assert (row["hectares"], row["own_place_rank"]) == (one["hectares"], one["place_rank"])
    assert made[0]["'=note"] == "'=1+1"  # no spreadsheet works it out
    for row in made:
        excluded = row["name"] in {"Shanghai", "Wuhan"}
        assert bool(row["rule"]) == bool(row["rule_id"]) == bool(row["admitted_if"]) == excluded
        assert bool(row["score"]) == bool(row["place_rank"]) == bool(row["odds_cost"]) != excluded
    ranked = sorted((r for r in made if r["score"]), key=lambda row: -float(row["score"]))
    assert [row["place_rank"] for row in ranked] == ["1", "2"]
    assert float(ranked[0]["chance"]) + float(ranked[1]["chance"]) == pytest.approx(1, abs=1e-5)


@pytest.fixture(scope="module")
def listed(tmp_path_factory):
    """Return the plan of the list, and what is said of each of its places."""
    file = tmp_path_factory.mktemp("listed") / "my.csv"
    file.write_text(LIST, "utf-8")
    keys = {"candidates": {"file": file}, "confidence": {"draws": 0}}
    plan = Run().plan(changed(named("onshoring"), keys))
    return plan, scored(plan, read_points(file))


def test_the_numbers_are_those_of_the_plan(listed):
    plan, made = listed
    made = made.set_index("site_id")
    for nth, site_id in enumerate(plan.places["site_id"]):
        assert made.loc[site_id, "score"] == pytest.approx(plan.utility[nth], abs=1e-6)
        assert made.loc[site_id, "place_rank"] == plan.rank[nth]
    for barred in plan.barred.itertuples():
        assert made.loc[barred.site_id, "rule_id"] == barred.rule_id


def test_a_list_comes_from_standard_input_and_faults_name_it(siting):
    _, out, _ = siting("score", "my.csv")
    assert siting("score", "-", "-o", "-", stdin=LIST) == (0, out, "")
    code, out, err = siting("score", "-", stdin="name,lat,lon\nVaasa,163.1,21.6\nSines,x,2\n")
    assert (code, out) == (2, "")
    assert "standard-input.csv, row 2, lat" in err
    assert "standard-input.csv, row 3, lat" in err


@pytest.mark.parametrize("suffix", sorted(scores.WRITERS))
def test_every_kind_of_file_holds_the_same_rows(listed, tmp_path, suffix):
    target = tmp_path / f"out{suffix}"
    scores.WRITERS[suffix](listed[1], target)
    readers = {
        ".csv": pd.read_csv,
        ".xlsx": partial(pd.read_excel, engine="openpyxl"),
        ".parquet": gpd.read_parquet,
    }
    made = readers.get(suffix, gpd.read_file)(target)
    assert made["site_id"].tolist() == ["b", "c", "a", "d"]
    assert made["score"].notna().tolist() == [True, False, True, False]
    if suffix == ".xlsx":
        assert made["=note"][0] == "=1+1"  # as text


def test_no_file_is_lost(siting, tmp_path):
    (tmp_path / "kept.csv").write_text("mine", "utf-8")
    (tmp_path / "link.csv").symlink_to("my.csv")
    (tmp_path / "mine.yaml").write_text("exclude: [{file: parks.geojson}]\n", "utf-8")
    parks = '{"type": "Polygon", "coordinates": [[[0, 50], [1, 50], [1, 51], [0, 50]]]}'
    (tmp_path / "parks.geojson").write_text(parks, "utf-8")
    for words, said in (
        (["-o", "kept.csv"], "kept.csv: exists already"),
        (["-o", "my.csv", "--force"], "my.csv: is read here and never written over"),
        (["-o", "link.csv", "--force"], "link.csv: is read here and never written over"),
        (["mine.yaml", "-o", "parks.geojson", "--force"], "is read here and never written over"),
        (["-o", "no/such/out.csv"], "its folder does not exist"),
        (["-o", "out.pdf"], "one of .csv, .xlsx, .gpkg, .geojson, .parquet"),
        (["nothing", "-o", "out.pdf"], "no such preset or study file"),
    ):
        before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
        code, out, err = siting("score", "my.csv", *words)
        assert (code, out) == (2, "")
        assert said in err
        assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
    said = siting("score", "my.csv", "-o", "kept.csv", "--force")
    assert said == (0, "", "Wrote kept.csv: 4 places.\n")
    assert len(rows((tmp_path / "kept.csv").read_text("utf-8-sig"))) == 4


def test_a_list_of_excluded_places_alone_is_a_fault_that_says_why(siting):
    code, out, err = siting("score", "-", stdin="name,lat,lon\nWuhan,30.59,114.3\n")
    assert (code, out) == (2, "")
    assert "all 1 candidates are barred or excluded" in err
    assert "1 x Home market of the Chinese makers" in err


def test_json_has_a_row_each(siting):
    said = json.loads(siting("score", "my.csv", "--json")[1], parse_constant=pytest.fail)
    assert said["schema_version"] == 1
    assert [site["name"] for site in said["sites"]] == ["Vaasa", "Shanghai", "Sines", "Wuhan"]
    assert said["sites"][1]["score"] is None


def test_a_lost_place_is_a_fault_of_ours(listed):
    plan, made = listed
    selection = replace(plan.selection, barred=plan.selection.barred.head(1))
    with pytest.raises(RuntimeError, match="4 places were given and 3"):
        scored(replace(plan, selection=selection), made)
