"""The planner from Python: what `import siting` promises."""

from __future__ import annotations

import doctest
import importlib.metadata
import json
import subprocess
import sys
from pathlib import Path

import geopandas as gpd
import pytest
import shapely

import siting
from siting import api, testing
from siting.commands.cli import app

ROOT = Path(__file__).resolve().parents[2]
HEAVY = ("pandas", "geopandas", "pydantic", "folium", "siting.api")


@pytest.fixture(scope="module")
def plan():
    return testing.sample_plan()


@pytest.fixture(scope="module")
def towns():
    points = gpd.points_from_xy([23.13, 21.62, 20.95, 17.31], [63.84, 63.10, 64.75, 62.39])
    names = ["Kokkola", "Vaasa", "Skellefteå", "Sundsvall"]
    return gpd.GeoDataFrame({"name": names}, geometry=points, crs="EPSG:4326")


def quick(towns, **options):
    return siting.plan("balanced", candidates=towns, confidence={"draws": 0}, **options)


@pytest.mark.parametrize("module", [siting, api, testing])
def test_examples_of_the_docstrings_run(module):
    result = doctest.testmod(module)
    assert result.attempted > 0
    assert result.failed == 0


def test_the_import_waits_with_what_is_slow():
    program = f"import siting, sys; print([m for m in {HEAVY!r} if m in sys.modules])"
    shown = subprocess.check_output([sys.executable, "-c", program], text=True)
    assert shown.strip() == "[]"


def test_every_public_name_is_there_documented_and_in_the_page():
    page = (ROOT / "docs/python.md").read_text(encoding="utf-8")
    for name in siting.__all__:
        assert getattr(siting, name).__doc__, name
        assert name in page, name
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        siting.nothing  # noqa: B018
    assert set(siting.__all__) <= set(dir(siting))


def test_a_frame_in_any_projection_gives_the_plan_of_its_file(towns, tmp_path):
    towns.to_file(tmp_path / "towns.geojson", driver="GeoJSON")
    ours, theirs = quick(towns.to_crs("EPSG:3035")), quick(tmp_path / "towns.geojson")
    columns = ["name", "country", "share"]
    assert ours.sites[columns].round(9).equals(theirs.sites[columns].round(9))
    assert ours.sites.crs == "EPSG:4326"


def test_the_same_frame_is_the_same_file_whoever_brings_it(towns):
    one, other = (siting.read_study(candidates=frame) for frame in (towns, towns.copy()))
    assert one == other
    assert siting.read_study(candidates=towns.iloc[:2]) != one


def test_a_list_and_a_layer_may_be_named_by_their_keys():
    asked = {"database": "postgresql://ann@db/gis", "query": "select 1 as lat, 2 as lon"}
    study = siting.read_study(candidates=asked, exclude={**asked, "buffer_km": 5})
    assert study.candidates.query == study.exclude[0].query == asked["query"]
    study = siting.read_study(candidates={"file": "a.xlsx", "sheet": "Plots"})
    assert (study.candidates.file, study.candidates.sheet) == (Path("a.xlsx"), "Plots")


def test_a_layer_excludes_with_and_without_a_buffer(towns):
    around = gpd.GeoDataFrame(geometry=[shapely.box(20, 64, 22, 65)], crs="EPSG:4326")
    assert set(quick(towns, exclude=around).excluded["name"]) == {"Skellefteå"}
    points = {"file": towns.iloc[[0]], "buffer_km": 150}
    both = quick(towns, exclude=[around, points])
    assert set(both.excluded["name"]) == {"Skellefteå", "Kokkola", "Vaasa"}
    assert list(both.sites["name"]) == ["Sundsvall"]


def test_weights_turn_the_answer(towns):
    others = dict.fromkeys(("ties", "market", "energy", "policy", "surroundings"), 0)
    costs = list(quick(towns, weights=others).sites["delivered_cost_usd_per_t"])
    assert costs == sorted(costs)


def test_a_plan_explains_shows_and_writes(plan, tmp_path):
    first = plan.sites.iloc[0]
    assert first["name"] in repr(plan)
    about = plan.explain(first["site_id"])
    assert about.rank == 1
    assert first["name"] in about.sentences[0]
    page = plan.map()
    assert page.save(tmp_path / "map.html").read_text(encoding="utf-8") == page.page
    shown = page._repr_html_()
    assert shown.startswith("<iframe srcdoc=")
    assert shown.count("<") == 2  # the page is text in an attribute, and the end of the frame
    folder = plan.write(tmp_path / "out")
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["study"]["name"] == "sample"
    listed = gpd.read_file(folder / "ranked_sites.gpkg", layer="ranked_sites")
    assert list(listed["site_id"]) == list(plan.sites["site_id"])
    plan.write(folder)  # ours, and unchanged: replaced
    (folder / "notes.txt").write_text("mine")
    with pytest.raises(siting.SitingError, match=r"notes\.txt"):
        plan.write(folder)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"question": {"weights": {"cst": 1}}}, "did you mean cost"),
        ({"question": "balancd"}, "no such preset"),
        ({"investor": "UK"}, "GB"),
        ({"candidates": "nowhere.csv"}, "nowhere.csv"),
        ({"candidates": gpd.GeoDataFrame({"name": ["x"]}, geometry=[shapely.Point(1, 2)])}, "EPSG"),
        ({"surprise": 1}, "surprise"),
    ],
)
def test_faults_are_those_of_a_study(options, words):
    with pytest.raises(siting.SitingError, match=words):
        siting.plan(**options)


def test_compare_takes_what_plan_takes(plan):
    moved = siting.compare(plan.study, {**plan.study.model_dump(), "investor": "KR"}, top=5)
    assert [group.name for group in moved.inputs] == ["investor"]


def test_the_notebook_runs(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    notebook = json.loads((ROOT / "examples/own_sites.ipynb").read_text(encoding="utf-8"))
    names: dict[str, object] = {}
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            exec("".join(cell["source"]), names)  # noqa: S102 - our own notebook
    assert names["plan"].sites["name"].iloc[0] in ("Vaasa", "Kokkola")
    assert not list(tmp_path.iterdir())


def test_the_version_is_that_of_the_package():
    assert siting.__version__ == importlib.metadata.version("siting-planner")
    assert app is not None
