"""A sweep gives account of layers and names, with the scenarios in which it holds."""

import io
import json

import pytest
from rich.console import Console

from siting.commands import sweep_terminal
from siting.results.sweep_files import write_sweep
from siting.scenarios.notices import Notice, sentence, together
from siting.scenarios.sweep import sweep
from siting.scenarios.sweep_grid import Scenario
from siting.study.study import Anchor, Candidates, Draws, Exclusion, Study
from siting.support.progress import silent

LAYER = """wkt,name
"POLYGON((10 55,16 55,16 59,10 59,10 55))",north
,nowhere
POINT(0 0),spot
"""


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    file = tmp_path_factory.mktemp("layer") / "parks.csv"
    file.write_text(LAYER)
    base = Study(
        candidates=Candidates(sets=("industrial_sites",), countries=("SE", "MA", "LU")),
        confidence=Draws(draws=0),
    )
    sets = [
        {"exclude": (Exclusion(file=file),)},
        {"exclude": (Exclusion(file=file),), "anchors": {"grid_carbon": Anchor(worst=9, best=0)},
         "lens": "premium_local"},
        {"candidates": base.candidates.model_copy(update={"countries": ("MA",)})},
    ]  # fmt: skip
    cases = [Scenario(f"s{n}", {}, 1 / 3, base.model_copy(update=s)) for n, s in enumerate(sets)]
    return sweep(base, cases, top=3, workers=1)


def test_each_account_names_its_scenarios_wherever_a_sweep_is_shown(result, tmp_path, monkeypatch):
    layer, country, *rest = result.notices
    lacks = "candidates.countries names LU, where no candidate lies."
    assert (layer.scenarios, layer.account.without_shape, layer.account.points) == ((1, 2), 1, 1)
    assert 0 < layer.account.excluded < layer.account.places
    assert country == Notice(lacks, None, (1, 2))
    assert all(one.scenarios == (2,) and one.text.startswith("anchors names") for one in rest)
    grid = tmp_path / "grid.yaml"
    grid.write_text("vary: {}\n")
    write_sweep(result, grid, tmp_path / "out", silent())
    page = " ".join((tmp_path / "out" / "sweep.html").read_text("utf-8").split())
    manifest = json.loads((tmp_path / "out" / "sweep.json").read_text("utf-8"))
    console = Console(file=io.StringIO(), width=100)
    monkeypatch.setattr(sweep_terminal, "console", console)
    sweep_terminal.print_sweep(result, tmp_path, 1.0)
    shown = " ".join(console.file.getvalue().split())
    for one in (layer, country):
        assert f"In scenarios 1, 2: {one.text}" in shown
        assert f"In scenarios 1, 2: {one.text}" in page
    assert manifest["exclusions"][0]["scenarios"] == [1, 2]
    assert manifest["exclusions"][0]["without_shape"] == 1
    assert manifest["notes"][0] == {"sentence": country.text, "scenarios": [1, 2]}
    told = json.loads(sweep_terminal.sweep_json(result, tmp_path))
    assert told["exclusions"] == manifest["exclusions"]


def test_notices_of_all_scenarios_need_no_numbers_and_of_many_are_cut():
    (one,) = together([Notice("A.", None, (3,)), Notice("A.", None, (1, 2))])
    assert sentence(one, 3) == "A."
    assert sentence(one, 4) == "In scenarios 1, 2, 3: A."
    assert sentence(Notice("A.", None, tuple(range(1, 9))), 9).startswith(
        "In scenarios 1, 2, 3, 4, 5 and 3 more: A."
    )
