"""Plans kept between runs: they answer as one made anew, and whatever differs is planned anew."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from siting.commands import money_cli
from siting.commands.compare_terminal import comparison_json
from siting.commands.terminal import explanation_json
from siting.model.plan import Plan
from siting.pipeline import make_plan
from siting.results.kept_plans import kept_plan, planned, runs
from siting.results.text.explain import explain_named
from siting.scenarios import compare as compare_module
from siting.study.study import Candidates, Study
from siting.study.studyfile import named
from siting.support import kept, pickles
from siting.support.cachefolder import ENV, directory
from siting.support.progress import silent

STUDY = """
candidates: {file: sites.csv, sets: [industrial_sites], countries: [SE, FI]}
exclude: [{file: park.geojson, buffer_km: 5}]
confidence: {draws: 200}
"""
SITES = "name,lat,lon\nVaasa North,63.2,21.7\nLule East,65.6,22.3\n"
PARK = {
    "type": "Polygon",
    "coordinates": [[[21, 62], [21.3, 62], [21.3, 62.4], [21, 62.4], [21, 62]]],
}


@pytest.fixture
def shelf(monkeypatch, tmp_path):
    """Keep plans in a folder of the test, everything else where it is."""
    real = directory()
    monkeypatch.setattr(pickles, "directory", lambda: tmp_path / "cache")
    monkeypatch.setenv(ENV, str(real))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.yaml").write_text(STUDY, "utf-8")
    (tmp_path / "sites.csv").write_text(SITES, "utf-8")
    (tmp_path / "park.geojson").write_text(json.dumps(PARK), "utf-8")
    return tmp_path


def never() -> Plan:
    raise AssertionError("planned anew")


def again(plan: Plan) -> Plan:
    """Return a plan as it comes back from the disk."""
    with planned(plan.study, lambda: plan):
        pass
    with planned(plan.study, never) as kept:
        return kept


def sites_of(plan: Plan) -> list[str]:
    """Return the last site that is listed, one of a zone, and one of none, if there is any."""
    zone, head = plan.zones.zone, plan.zones.head
    beside = np.setdiff1d(np.flatnonzero(zone), head)[:1]
    rows = [head[-1], *beside, *np.flatnonzero(zone == 0)[:1]]
    return plan.places["site_id"].iloc[rows].tolist()


def answers(plan: Plan, sites: list[str]) -> list[str]:
    return [explanation_json(explain_named(plan, site, silent())) for site in sites]


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize("which", ["nordic", "screened"])
def test_a_kept_plan_answers_with_the_same_bytes(which, request):
    plan = request.getfixturevalue(which)
    fresh = replace(plan)  # without what others asked of it
    sites = sites_of(plan)
    assert answers(again(fresh), sites) == answers(fresh, sites)


@pytest.mark.usefixtures("shelf")
def test_so_does_one_of_the_users_own_places_and_layers():
    study = named("mine.yaml")
    plan = make_plan(study)
    sites = ["Vaasa North", "Kokkola Industrial Park"]
    assert answers(again(plan), sites) == answers(plan, sites)


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: (folder / "mine.yaml").write_text(STUDY + "investor: KR\n", "utf-8"),
        lambda folder: (folder / "mine.yaml").write_text("\n" + STUDY, "utf-8"),
        lambda folder: (folder / "sites.csv").write_text(SITES + "Ume,63.8,20.3\n", "utf-8"),
        lambda folder: (folder / "park.prj").write_text("beside it", "utf-8"),
        lambda folder: next((folder / "cache" / "plans").glob("*")).write_bytes(b"damaged"),
    ],
    ids=["a key", "its lines", "an own file", "a file beside it", "the kept file"],
)
def test_whatever_differs_is_planned_anew_and_kept(shelf, nordic, change):
    asked = Asked(nordic)
    assert [asked(), asked()] == [1, 1]
    change(shelf)
    assert [asked(), asked()] == [2, 2]


@pytest.mark.usefixtures("shelf")
def test_so_it_is_by_another_version_of_the_planner(nordic, monkeypatch):
    asked = Asked(nordic)
    asked()
    monkeypatch.setattr(kept, "_planner", lambda: ("another",))
    assert asked() == 2


def test_a_plan_is_not_kept_whose_files_were_changed_meanwhile(shelf, nordic):
    asked = Asked(nordic)
    asked(meanwhile=lambda: (shelf / "sites.csv").write_text(SITES + "Ume,63.8,20.3\n", "utf-8"))
    assert asked() == 2


@pytest.mark.usefixtures("shelf")
def test_a_cost_read_of_a_kept_plan_is_the_same_to_the_byte(capsys):
    printed = []
    for _ in range(2):
        money_cli.cost("63.1,21.6", "mine.yaml", as_json=True)
        printed.append(capsys.readouterr().out)
        with planned(named("mine.yaml"), lambda: make_plan(named("mine.yaml"))):
            pass
    assert kept_plan(named("mine.yaml")) is not None
    assert printed[0] == printed[1]
    assert "delivered" in printed[0]


@pytest.mark.usefixtures("shelf")
def test_two_studies_once_compared_are_compared_over_other_zones_without_a_plan(monkeypatch):
    one = Study(candidates=Candidates(sets=("industrial_sites",), countries=("SE", "FI")))
    two = one.model_copy(update={"investor": "KR"})
    fresh = runs(one, two, silent())
    monkeypatch.setattr(compare_module, "runs", never)
    again = runs(one, two, silent())
    for top in (1, 5, 25):
        said = [comparison_json(some.compared(top)) for some in (fresh, again)]
        assert said[0] == said[1]
    with pytest.raises(TypeError):
        runs(two, one, silent())


class Asked:
    """Asks the plan of a study file, and says how often one was made."""

    def __init__(self, like: Plan) -> None:
        self.like, self.made = like, 0

    def __call__(self, meanwhile=lambda: None) -> int:
        study = named("mine.yaml")

        def make() -> Plan:
            self.made += 1
            return replace(self.like, study=study)

        with planned(study, make):
            meanwhile()
        return self.made
