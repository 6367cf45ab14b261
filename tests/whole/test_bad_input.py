"""Bad input through the command line: lines whole, exit code 2, nothing changed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from pathlib import Path

import geopandas as gpd
import openpyxl
import pandas as pd
import pytest
import shapely
from commandline import SITING, called, contents, environment, hear_ctrl_c, run

from siting.study.criteria import PILLARS

FINE = "site_id,name,lat,lon\na,A,63.1,21.6\nb,B,65.0,25.5\n"
HOSTILE = [
    "<img src=x onerror=alert(1)>", "</script><script>alert(1)</script>",
    '=HYPERLINK("http://x")', "+1+1", "-2", "@SUM(A1)", "🏭 Fabrik", "مصنع الأنود", "负极工厂",
    "{{7*7}} {% raw %}", "[bold]x[/]",
]  # fmt: skip
OWN_PLANTS = (
    "id,name,owner,owner_hq_country,country,city,lat,lon,coord_precision,status,capacity_gwh_now,"
    "capacity_gwh_2030,start_year,chemistry,source,confidence,announced_date,segment,as_of\n"
    "mine,Mine,Me,CN,SE,Umea,abc,20.2,city,announced,-5,40,2028,NMC,me,A,2026-05-01,ev,2026-05-01\n"
    "mine,Mine,Me,CN,SE,Umea,63.8,20.2,city,plannd,0,40,2028,NMC,me,A,2026-05-01,ev,2026-05-01\n"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a small study, its plan in `kept`, and files that are at fault."""
    folder = tmp_path_factory.mktemp("bad")
    (folder / "fine.csv").write_text(FINE)
    (folder / "fine.yaml").write_text("name: fine\ncandidates: {file: fine.csv}\n")
    run(folder, "plan", "fine.yaml", "-q", "-o", "kept")
    return folder


def refused(folder: Path, *words: str) -> list[str]:
    """Return the faults that a command ends with; the plan in `kept` and its folder must stand."""
    kept, held = contents(folder / "kept"), sorted(p.name for p in folder.iterdir())
    done = called(folder, *words, code=2)
    assert contents(folder / "kept") == kept
    assert sorted(p.name for p in folder.iterdir()) == held
    assert done.stdout == ""
    lines = done.stderr.splitlines()
    assert all(line.startswith("error: ") for line in lines), done.stderr
    return [line.removeprefix("error: ") for line in lines]


def planned(folder: Path, study: str) -> list[str]:
    """Return the faults that a plan of `study` into `kept` ends with."""
    (folder / "study.yaml").write_text(study, encoding="utf-8")
    return refused(folder, "plan", "study.yaml", "-o", "kept")


# ---- the study -----------------------------------------------------------------------------


def test_unknown_keys_with_line_value_and_the_nearest_right_one(folder):
    study = (
        "investr: CN\ncapacity_ktpa: -5\nlisting: {zone_kms: 3}\n"
        "candidates: {countries: [Sweden]}\n"
    )
    assert sorted(planned(folder, study)) == [
        "study.yaml, row 1, investr: unknown key - did you mean investor?",
        "study.yaml, row 2, capacity_ktpa: too small (found '-5') - give 0.01 or more",
        "study.yaml, row 3, listing.zone_kms: unknown key - did you mean zone_km?",
        (
            "study.yaml, row 4, candidates.countries.0: no such country (found 'Sweden') - "
            "did you mean SE?"
        ),
    ]


def test_unknown_weight_names(folder):
    study = "weights:\n  plicy: {weight: 1}\n  policy: {criteria: {home_afinity: 2}}\n"
    lines = sorted(planned(folder, study))
    for line, (row, key, what, value, hint) in zip(
        lines,
        (
            (2, "weights", "pillar", "plicy", "policy"),
            (3, "weights.policy.criteria", "criterion of policy", "home_afinity", "home_affinity"),
        ),
        strict=True,
    ):
        fault = f"unknown {what} (found '{value}') - did you mean {hint}?"
        assert line == f"study.yaml, row {row}, {key}: {fault}"


def test_keys_of_the_former_model(folder):
    study = "strategy: mixture\nprior: {onshoring: 1}\nweights: {onshoring: {policy: 1}}\n"
    lines = sorted(planned(folder, study))
    assert lines[0].startswith("study.yaml, row 1, strategy: a key of the former model - name a")
    assert lines[1].startswith("study.yaml, row 2, prior: a key of the former model - one lens")
    assert lines[2].startswith("study.yaml, row 3, weights: weights stand by pillar, not by str")


def test_weights_below_zero_or_no_numbers(folder):
    study = (
        "weights:\n  policy: {weight: -1}\n  energy: {weight: .nan}\n"
        "  ties: .inf\n  market: {criteria: {accessible_demand: heavy}}\n"
    )
    lines = planned(folder, study)
    assert len(lines) == 4
    for row, value in ((2, "-1"), (3, "nan"), (4, "inf"), (5, "heavy")):
        assert any(
            f"study.yaml, row {row}, " in line and f"(found '{value}')" in line for line in lines
        )


def test_weights_that_are_all_zero(folder):
    zero = "".join(f"  {pillar}: 0\n" for pillar in PILLARS)
    (line,) = planned(folder, f"lens: onshoring\nweights:\n{zero}")
    assert line == (
        "study.yaml, row 2, weights: all weights are zero - "
        "give at least one pillar and one of its criteria a weight above zero"
    )


@pytest.mark.parametrize(
    ("study", "word"),
    [
        ("name: [", "not YAML"),
        ("\x01\x02", "not YAML"),
        ("- a\n", "mapping"),
        ("policies: {off: [US-45X-EAMM]}\ncandidates: {file: fine.csv}", "mean US-45X-EAM?"),
        ("tables: {gigafactory: x.csv}", "did you mean gigafactories?"),
        ("lens: premium", "premium_local"),
        ("as_of: 2023-13-01", "as_of"),
        ("candidates: {countries: [CN], sets: [seaports]}", "no candidate lies in CN"),
    ],
)
def test_other_faults_of_a_study(folder, study, word):
    assert any(word in line for line in planned(folder, study))


def test_studies_that_are_not_there(folder):
    (lines,) = refused(folder, "plan", "balancd")
    assert "'balancd'" in lines
    assert "did you mean balanced?" in lines
    (lines,) = refused(folder, "plan", "no/such/folder/study.yaml")
    assert lines.startswith("no/such/folder/study.yaml: no such study - `siting init")
    (lines,) = refused(folder, "explain", "a", "missing.yaml")
    assert lines.startswith("missing.yaml: no such study")
    (lines,) = refused(folder, "init", "no/such/folder/study.yaml")
    assert lines.startswith("no/such/folder/study.yaml: no such file or directory")
    (lines,) = refused(folder, "init", "fine.yaml")
    assert lines == "fine.yaml: exists already - choose another name, or --force"


# ---- names of places -------------------------------------------------------------------------


def test_an_unknown_site_names_the_nearest(folder):
    (lines,) = refused(folder, "explain", "=HYPERLINC", "fine.yaml")
    assert lines.startswith("candidates: no such site (found '=HYPERLINC')")


def test_every_fault_of_a_freight_question_at_once(folder):
    lines = refused(folder, "freight", "Salzgiter", "95,10", "--mode", "rod")
    assert "(found 'Salzgiter') - did you mean \"Salzgitter\"?" in lines[0]
    assert "off the globe (found '95,10')" in lines[1]
    assert "unknown mode (found 'rod') - did you mean road?" in lines[2]


# ---- the user's files ------------------------------------------------------------------------


def test_faults_of_all_files_at_once(folder):
    (folder / "bad.csv").write_text(
        "site_id,name,lat,lon,country\na,A,21.6,63.1,FI\na,B,65,25,\nc,C,,,\nd,D,x,25,\ne,E,65,25\n"
    )
    (folder / "ragged.csv").write_text("site_id,lat,lon\na,63\n")
    (folder / "empty.geojson").write_text("")
    (folder / "own.csv").write_text(OWN_PLANTS)
    points = gpd.GeoDataFrame({"n": [1]}, geometry=[shapely.Point(25, 65)])
    points.to_file(folder / "nocrs.gpkg")
    points.to_file(folder / "nocrs.shp")
    points.to_parquet(folder / "nocrs.parquet")
    lines = planned(
        folder,
        "candidates: {file: ragged.csv}\ntables: {gigafactories: own.csv, anode_plants: no.csv}\n"
        "exclude:\n" + "".join(
            f"- {{file: {name}}}\n"
            for name in ("bad.csv", "empty.geojson", "nocrs.gpkg", "nocrs.shp", "nocrs.parquet",
                         "no.gpkg", "photo.png")
        ),
    )  # fmt: skip
    for start in (
        "own.csv, row 2, lat: not a number (found 'abc')",
        "own.csv, row 2, capacity_gwh_now: ",
        "own.csv, row 3, status: not a word of this column (found 'plannd')",
        "own.csv, row 2, id: ",
        "own.csv, row 3, id: ",
        "no.csv: there is no such file",
        "ragged.csv, row 2: 2 cells under 3 headings (found 'a,63')",
        "bad.csv, row 6: 4 cells under 5 headings",
        "empty.geojson: the file is empty",
        "nocrs.gpkg: ",
        "nocrs.shp: ",
        "nocrs.parquet: ",
        "no.gpkg: there is no such file",
        "photo.png: ",
    ):
        assert any(line.startswith(start) or f"/{start}" in line for line in lines), (start, lines)


def test_coordinates_and_identifiers_of_the_users_own_list(folder):
    (folder / "bad.csv").write_text(
        'site_id,name,lat,lon,country\na,A,21.6,63.1,FI\na,B,65,25,\nc,C,,,\nd,D,"63,1",25,\n'
    )
    lines = planned(folder, "candidates: {file: bad.csv}\n")
    for row, column, what, value, hint in (
        (
            2,
            "lat, lon",
            "latitude and longitude look swapped",
            "21.6, 63.1",
            "exchange lat and lon",
        ),
        (2, "site_id", "this site_id is given more than once", "a", "rename or delete"),
        (3, "site_id", "this site_id is given more than once", "a", "rename or delete"),
        (5, "lat", "not a number", "63,1", "write a decimal point: 63.1"),
    ):
        assert f"bad.csv, row {row}, {column}: {what} (found '{value}') - {hint}" in lines
    assert any(line.startswith("bad.csv, row 4, lat, lon: no coordinates") for line in lines)
    assert len(lines) == 5


def test_an_unknown_reference_system(folder):
    points = gpd.GeoDataFrame({"n": [1]}, geometry=[shapely.Point(25, 65)], crs=4326)
    points.to_file(folder / "odd.shp")
    (folder / "odd.prj").write_text('PROJCS["Atlantis",GARBAGE]')
    lines = planned(folder, "candidates: {file: fine.csv}\nexclude: [{file: odd.shp}]\n")
    assert len(lines) == 1
    assert lines[0].startswith("odd.shp: ")
    assert "EPSG:4326" in lines[0]


def test_gigabytes_of_nonsense_are_refused_by_their_size(folder):
    names = ["big.csv", "big.gpkg", "big.geojson", "big.parquet", "big.yaml"]
    for name in names:
        with (folder / name).open("wb") as file:
            file.truncate(2 * 1024**3)  # sparse: it takes no room
    try:
        layers = "".join(f"- {{file: {name}}}\n" for name in names[1:4])
        lines = planned(folder, f"candidates: {{file: big.csv}}\nexclude:\n{layers}")
        lines += refused(folder, "plan", "big.yaml", "-o", "kept")
    finally:
        for name in names:
            (folder / name).unlink()
    assert [line.split(":")[0] for line in lines] == names
    assert all("too large" in line for line in lines)


def test_an_identifier_of_the_catalogue_is_taken(folder):
    (folder / "taken.csv").write_text("site_id,name,lat,lon\nport-fihel,Mine,65,25\n")
    lines = planned(folder, "candidates: {file: taken.csv, sets: [seaports]}\n")
    assert "(found 'port-fihel')" in lines[0]
    assert "taken.csv" in lines[0]


# ---- the folder of the results -----------------------------------------------------------------


def test_folders_that_hold_something_else(folder):
    (folder / "thesis").mkdir(exist_ok=True)
    (folder / "thesis" / "thesis.doc").write_text("years of work")
    (folder / "a-file").write_text("x")
    for out, word in (
        ("thesis", "thesis.doc (not written by the planner)"),
        ("a-file", "is a file"),
        ("a-file/deeper/plan", "cannot be made in"),
    ):
        (lines,) = refused(folder, "plan", "fine.yaml", "-o", out)
        assert lines.startswith(out)
        assert word in lines
        assert "choose another" in lines
        assert "-o" in lines
    assert (folder / "thesis" / "thesis.doc").read_text() == "years of work"
    (folder / "kept" / "notes.txt").write_text("mine")
    (lines,) = refused(folder, "plan", "fine.yaml", "-o", "kept")
    assert "'notes.txt (not written by the planner)'" in lines
    (folder / "kept" / "notes.txt").unlink()


@pytest.mark.parametrize("moment", ["begun", "writing"])
def test_ctrl_c_leaves_nothing_behind(folder, moment):
    kept, held = contents(folder / "kept"), sorted(p.name for p in folder.iterdir())
    plan = subprocess.Popen(
        [SITING, "plan", "fine.yaml", "-o", "kept"],
        cwd=folder, env=environment(), text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        preexec_fn=hear_ctrl_c,  # noqa: PLW1509 - no threads
    )  # fmt: skip
    deadline = time.monotonic() + (3 if moment == "begun" else 120)
    while time.monotonic() < deadline and plan.poll() is None:
        if len(list(folder.iterdir())) > len(held):  # the folder that would take its place
            break
        time.sleep(0.02)
    os.kill(plan.pid, signal.SIGINT)
    output, _ = plan.communicate(timeout=60)
    assert plan.returncode == 130, output
    assert "Traceback" not in output
    assert "nothing was changed" in output
    assert contents(folder / "kept") == kept
    assert sorted(p.name for p in folder.iterdir()) == held


# ---- no faults: what looks like an attack is a name ----------------------------------------------


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    frame = pd.DataFrame(
        {
            "site_id": [f"h{i}" for i in range(len(HOSTILE))],
            "name": HOSTILE,
            "lat": [61.0 + 0.4 * i for i in range(len(HOSTILE))],
            "lon": [25.0 + 0.1 * i for i in range(len(HOSTILE))],
            "=1+1": HOSTILE, "share": "mine", "kind": "x", "own_kind": "y", "Owner": 1, "owner": 2,
            "fid": 7, "geom": "z", "status": "full",
        }
    )  # fmt: skip
    frame.to_csv(folder / "h.csv", index=False)
    study = "name: hostile\ncandidates: {file: h.csv}\nlisting: {zone_km: 1}\n"
    (folder / "h.yaml").write_text(study)
    output = called(folder, "plan", "h.yaml").stdout
    assert "[bold]x[/]" in output
    return folder / "out" / "h"


def test_hostile_names_are_names_in_every_list(hostile):
    cells = pd.read_csv(hostile / "ranked_sites.csv", dtype=str)
    assert sorted(cells["name"].str.removeprefix("'")) == sorted(HOSTILE)
    for column in cells:
        assert not cells[column].fillna("").str.startswith(("=", "@", "\t")).any()
    signed = cells["name"][cells["name"].str.startswith(("+", "-"))]
    assert signed.tolist() == ["-2"]  # a number works nothing out
    assert not any(column.startswith("=") for column in cells)
    sheet = openpyxl.load_workbook(hostile / "ranked_sites.xlsx")["Ranking"]
    named = [cell for row in sheet.iter_rows() for cell in row if cell.value in HOSTILE]
    assert {cell.value for cell in named} == set(HOSTILE)
    assert {cell.data_type for cell in named} == {"s"}
    assert not any(cell.hyperlink for cell in named)
    found = json.loads((hostile / "ranked_sites.geojson").read_text("utf-8"))["features"]
    assert sorted(f["properties"]["name"] for f in found) == sorted(HOSTILE)
    for name in ("ranked_sites.gpkg", "ranked_sites.parquet"):
        path = hostile / name
        back = gpd.read_parquet(path) if name.endswith("parquet") else gpd.read_file(path)
        assert sorted(back["name"]) == sorted(HOSTILE)


def test_every_further_column_is_kept_beside_ours(hostile):
    back = gpd.read_parquet(hostile / "ranked_sites.parquet")
    assert sorted(back["=1+1"]) == sorted(HOSTILE)
    assert set(back["own_share"]) == {"mine"}
    assert back["share"].dtype == float
    assert set(back["kind"]) == {"own"}
    assert set(back["own_kind"]) == {"x"}
    assert set(back["own_own_kind"]) == {"y"}
    assert set(back["own_status"]) == {"full"}
    assert set(back["geom"]) == {"z"}


# ---- no fault either: a layer from outside that reaches in -------------------------------------


def test_a_feature_outside_the_region_whose_buffer_reaches_in(tmp_path):
    # Haparanda lies in Sweden; Tornio and Kemi, in Finland, lie within 30 km
    park = gpd.GeoDataFrame({"n": [1]}, geometry=[shapely.Point(24.0, 65.83)], crs=4326)
    park.to_crs(3067).to_file(tmp_path / "parks.gpkg")
    (tmp_path / "own.csv").write_text("name,lat,lon\nKemi,65.74,24.56\nOulu,65.01,25.47\n")
    (tmp_path / "s.yaml").write_text(
        "name: s\ncandidates: {file: own.csv, countries: [FI]}\n"
        "exclude: [{file: parks.gpkg, buffer_km: 30}]\n"
    )
    called(tmp_path, "plan", "s.yaml", "-q", "-o", "o")
    barred = pd.read_csv(tmp_path / "o" / "barred_sites.csv")
    assert barred["name"].tolist() == ["Kemi"]
    assert barred["rule_id"].tolist() == ["layer:parks.gpkg"]
    assert "30 km" in barred["rule"][0]
    assert pd.read_csv(tmp_path / "o" / "ranked_sites.csv")["name"].tolist() == ["Oulu"]
