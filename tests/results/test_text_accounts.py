"""What became of the user's own files, in every place where a plan tells of it."""

import dataclasses
import hashlib
import io
import json

import numpy as np
import pandas as pd
import pytest
import shapely
from remade import remade
from rich.console import Console

from geodata.userfiles import read_points
from siting.commands import terminal
from siting.model.plan import Plan
from siting.pipeline import make_plan
from siting.results.inputs import inputs_of
from siting.results.tables import tables_of
from siting.results.text import accounts
from siting.results.text.accounts import own_list, own_sentence
from siting.results.write import write_plan
from siting.study.study import Candidates, Draws, Exclusion, Listing, Study
from siting.support.progress import silent

OWN = """site_id,name,lat,lon,rule,in_layers
a,Mesa 1,32.51,-116.96,mine,x
b,Mesa 2,32.52,-116.90,,
c,Mesa 3,32.52,-116.98,,
d,Sierra 1,25.78,-100.19,,
e,Sierra 2,25.77,-100.18,,
f,Vaasa,63.1,21.6,,
g,Wuhan,30.59,114.3,,
h,Reserve,20.97,-89.62,,
"""


def square(lon: float, lat: float) -> str:
    shape = shapely.geometry.mapping(shapely.box(lon, lat, lon + 0.1, lat + 0.1))
    return json.dumps(shape)


@pytest.fixture(scope="module")
def study(tmp_path_factory) -> Study:
    """An own list beside seaports, and two layers of one file name."""
    folder = tmp_path_factory.mktemp("files")
    (folder / "own.csv").write_text(OWN)
    for name, at in (("north", (-89.7, 20.9)), ("south", (0.0, 0.0))):
        (folder / name).mkdir()
        (folder / name / "parks.geojson").write_text(square(*at))
    return Study(
        candidates=Candidates(file=folder / "own.csv", sets=("seaports",), countries=("MX", "LU")),
        exclude=tuple(Exclusion(file=folder / n / "parks.geojson") for n in ("north", "south")),
        confidence=Draws(draws=0),
        listing=Listing(zones=5),
    )


@pytest.fixture(scope="module")
def plan(study: Study) -> Plan:
    return make_plan(study)


def test_every_place_of_an_own_list_is_accounted_for(plan: Plan) -> None:
    of = own_list(plan)
    assert of is not None
    assert of.given == 8 == of.listed + of.in_zones + of.unlisted + of.excluded
    reasons = plan.barred[plan.barred["kind"].eq("own")].set_index("site_id")["rule_id"]
    assert reasons.to_dict() == {
        "f": "country:not_asked", "g": "country:home_market", "h": "layer:north/parks.geojson",
    }  # fmt: skip
    said = own_sentence(of)
    assert "3 are excluded, in barred_sites.csv with the reason" in said
    assert "stand only in estates and runners_up of" in said
    assert all(name in said for name in of.some)
    # what the sentence advises is right
    keys = json.loads(
        of.remedy[of.remedy.index("{") : of.remedy.index("}") + 1]
        .replace("zone_km", '"zone_km"').replace("zones", '"zones"')
    )  # fmt: skip
    every = make_plan(plan.study.model_copy(update={"listing": Listing(**keys)}))
    full = own_list(every)
    assert full is not None
    assert (full.listed, full.in_zones, full.unlisted, full.excluded) == (5, 0, 0, 3)


def test_a_place_that_is_lost_is_a_fault_of_the_planner(plan: Plan, tmp_path) -> None:
    lost = remade(plan, barred=plan.barred[plan.barred["site_id"].ne("h")])
    with pytest.raises(RuntimeError, match=r"8 places were given and 7 are accounted for: h"):
        write_plan(lost, tmp_path / "out", silent())
    assert not list(tmp_path.iterdir())


def test_a_list_with_a_row_for_each_place_needs_no_word(plan: Plan) -> None:
    of = own_list(plan)
    assert of is not None
    assert own_sentence(dataclasses.replace(of, given=4, listed=4)) == ""
    many = dataclasses.replace(of, given=9, listed=1, in_zones=8, zones=1, excluded=0, unlisted=0,
                               zone_km=200.0, some=("A", "B"), remedy="do this")  # fmt: skip
    assert own_sentence(many) == (
        "Of the 9 places of your own list 1 has a row of the ranked list, one for each siting zone "
        "of 200 km; 8 (A, B and 6 more) stand only in estates and runners_up of 1 zone; do this."
    )


def test_the_account_stands_on_the_terminal_in_the_manifest_in_json_and_in_the_brief(
    plan: Plan, tmp_path, monkeypatch
) -> None:
    console = Console(file=io.StringIO(), width=100, highlight=False)
    monkeypatch.setattr(terminal, "console", console)
    terminal.print_plan(plan, tables_of(plan), tmp_path, 0.0)
    shown = " ".join(console.file.getvalue().split())
    write_plan(plan, tmp_path / "out", silent())
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text("utf-8"))
    brief = " ".join((tmp_path / "out" / "brief.html").read_text("utf-8").split())
    told = accounts.sentences(plan)
    assert [text.split(" excludes ")[0] for text in told[:2]] == [
        "north/parks.geojson", "south/parks.geojson",
    ]  # fmt: skip
    assert told[3:] == ["candidates.countries names LU, where no candidate lies."]
    for text in told:
        assert text in shown
        assert text in brief
    layers = json.loads(terminal.plan_json(plan, tables_of(plan), tmp_path))["exclusions"]
    assert layers == manifest["exclusions"]
    assert [layer["sentence"] for layer in layers] == told[:2]
    assert [layer["excluded"] for layer in layers] == [1, 0]
    assert manifest["own_list"]["sentence"] == told[2]
    assert manifest["notes"] == told[3:]
    for name in ("north", "south"):
        file = next(e.file for e in plan.study.exclude if e.file.parent.name == name)
        key = f"exclude:{name}/parks.geojson"
        assert manifest["inputs_sha256"][key] == hashlib.sha256(file.read_bytes()).hexdigest()
    # a column of the user's that bears a name of ours is kept as his
    assert {"own_rule", "own_in_layers"} <= set(pd.read_csv(tmp_path / "out" / "ranked_sites.csv"))


def test_what_is_read_beside_a_file_is_hashed_too(tmp_path) -> None:
    parts = ("a.shp", "a.dbf", "a.SHX", "a.prj", "a.cpg", "a.txt", "ab.dbf")
    for name in (*parts, "b.gpkg", "b.gpkg-wal", "c[1].shp", "c[1].dbf", "c1.dbf"):
        (tmp_path / name).write_text(name)
    files = ("a.shp", "b.gpkg", "c[1].shp")
    study = Study(
        candidates=Candidates(file=tmp_path / "a.shp"),
        exclude=tuple(Exclusion(file=tmp_path / name) for name in files),
    )
    read = {k: v for k, v in inputs_of([study]).items() if k.startswith(("cand", "excl"))}
    own = {f"{end}": f"a{end}" for end in (".dbf", ".prj", ".cpg")} | {".shx": "a.SHX", "": "a.shp"}
    assert read == {
        **{f"candidates{end}": name.encode() for end, name in own.items()},
        **{f"exclude:a.shp{end}": name.encode() for end, name in own.items()},
        "exclude:b.gpkg": b"b.gpkg", "exclude:b.gpkg.gpkg-wal": b"b.gpkg-wal",
        "exclude:c[1].shp": b"c[1].shp", "exclude:c[1].shp.dbf": b"c[1].dbf",
    }  # fmt: skip


def test_ids_of_an_own_list_are_those_of_its_file(plan: Plan) -> None:
    given = read_points(plan.study.candidates.file)["site_id"]
    assert np.array_equal(plan.selection.own_ids, given.to_numpy(dtype=object))
