import json
import zipfile

import geopandas as gpd
import numpy as np
import openpyxl
import pandas as pd
import pytest

from geodata.errors import SitingError
from siting.results import export

HOSTILE = [
    '=HYPERLINK("http://x")',
    "+1+1",
    "-2",
    "@SUM(A1)",
    "\tx",
    "<script>",
    "名前 اسم 🚀",
    "plain",
]


@pytest.fixture
def frame():
    n = len(HOSTILE)
    return pd.DataFrame(
        {
            "rank": np.arange(1, n + 1),
            "name": HOSTILE,
            "lat": np.linspace(-40, 60, n),
            "lon": np.linspace(-170, 170, n),
            "score": [-1.5, np.nan, *np.linspace(0, 100, n - 2)],
        }
    )


def written(folder, frame):
    folder.mkdir()
    export.write_tables(folder, frame, frame[["name"]], ["a note"])
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_every_format_is_written_and_twice_the_same(tmp_path, frame):
    first, second = written(tmp_path / "a", frame), written(tmp_path / "b", frame)
    assert set(first) == {
        "ranked_sites.csv", "ranked_sites.xlsx", "ranked_sites.gpkg", "ranked_sites.parquet",
        "ranked_sites.geojson", "barred_sites.csv",
    }  # fmt: skip
    assert first == second


def test_no_text_becomes_a_formula(tmp_path, frame):
    written(tmp_path / "a", frame)
    sheet = openpyxl.load_workbook(tmp_path / "a" / "ranked_sites.xlsx")["Ranking"]
    cells = [row[1] for row in sheet.iter_rows(min_row=2)]
    assert [c.value for c in cells] == HOSTILE
    assert all(c.data_type == "s" and c.hyperlink is None for c in cells)
    with zipfile.ZipFile(tmp_path / "a" / "ranked_sites.xlsx") as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")
    names = pd.read_csv(tmp_path / "a" / "ranked_sites.csv")["name"]
    assert not names.str.startswith(("=", "+", "-", "@", "\t")).any()
    assert names[7] == "plain"


def test_numbers_stay_numbers_in_csv(tmp_path, frame):
    written(tmp_path / "a", frame)
    score = pd.read_csv(tmp_path / "a" / "ranked_sites.csv")["score"]
    assert score[0] == -1.5
    assert np.isnan(score[1])


@pytest.mark.parametrize(
    "name", ["ranked_sites.gpkg", "ranked_sites.geojson", "ranked_sites.parquet"]
)
def test_gis_files_read_back_with_crs_and_names(tmp_path, frame, name):
    written(tmp_path / "a", frame)
    path = tmp_path / "a" / name
    back = gpd.read_parquet(path) if name.endswith("parquet") else gpd.read_file(path)
    assert back.crs.to_epsg() == 4326
    assert back["name"].tolist() == HOSTILE
    assert back.geometry.y.to_numpy() == pytest.approx(frame["lat"].to_numpy(), abs=1e-6)


def test_a_folder_is_replaced_whole(tmp_path):
    target = tmp_path / "out" / "plan"
    for word in ("one", "two"):
        with export.whole_folder(target) as fresh:
            (fresh / export.MANIFEST).write_text(word)
            (fresh / (export.OUTPUTS[1] if word == "one" else export.OUTPUTS[2])).write_text(word)
    assert {p.name for p in target.iterdir()} == {export.MANIFEST, export.OUTPUTS[2]}
    assert [p.name for p in target.parent.iterdir()] == ["plan"]


def test_a_failure_leaves_what_was(tmp_path):
    target = tmp_path / "plan"
    with export.whole_folder(target) as fresh:
        (fresh / export.MANIFEST).write_text("old")
    with pytest.raises(RuntimeError), export.whole_folder(target) as fresh:
        (fresh / export.MANIFEST).write_text("new")
        raise RuntimeError
    assert (target / export.MANIFEST).read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["plan"]


def test_a_folder_that_is_no_plan_is_never_touched(tmp_path):
    target = tmp_path / "mine"
    target.mkdir()
    (target / "thesis.doc").write_text("years of work")
    with pytest.raises(SitingError, match="not the folder of a plan"), export.whole_folder(target):
        pass
    assert (target / "thesis.doc").read_text() == "years of work"


def test_a_file_of_the_users_inside_a_plan_is_never_deleted(tmp_path):
    target = tmp_path / "plan"
    with export.whole_folder(target) as fresh:
        (fresh / export.MANIFEST).write_text("old")
    (target / "notes.txt").write_text("mine")
    with pytest.raises(SitingError, match=r"notes\.txt"), export.whole_folder(target):
        pass
    assert (target / "notes.txt").read_text() == "mine"
    (target / "notes.txt").rename(target / ".DS_Store")
    export.check_target(target)


def test_a_folder_that_cannot_be_made_is_refused_before_any_work(tmp_path):
    (tmp_path / "file").write_text("x")
    for target in (tmp_path / "file", tmp_path / "file" / "deep" / "plan"):
        with pytest.raises(SitingError, match="choose another folder"):
            export.check_target(target)
    export.check_target(tmp_path / "new" / "deep")


def test_a_heading_is_no_formula_either(tmp_path):
    export.write_csv(pd.DataFrame({"=1+1": ["x"]}), tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_text().startswith("'=1+1")


def test_manifest_differs_in_nothing_but_timings():
    one = json.loads(export.manifest({"a": 1}, {"t": b"x"}, {"candidates": 3}, {"facts": 1.0}))
    two = json.loads(export.manifest({"a": 1}, {"t": b"x"}, {"candidates": 3}, {"facts": 9.0}))
    assert {k for k in one if one[k] != two[k]} == {"timings_s"}
    other = json.loads(export.manifest({"a": 2}, {"t": b"y"}, {"candidates": 3}, {}))
    assert other["study_sha256"] != one["study_sha256"]
    assert other["inputs_sha256"] != one["inputs_sha256"]
