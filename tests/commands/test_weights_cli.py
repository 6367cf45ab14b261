"""`siting weights` and `siting stakeholders` from the outside."""

from __future__ import annotations

import json
import sys
from dataclasses import replace

import pytest
from commandline import run

from siting import pipeline
from siting.commands import cli
from siting.study.study import Stakeholder
from siting.study.studyfile import read
from siting.study.template import commented

STUDY = """\
name: mine
as_of: 2026-11-01
candidates: {countries: [SE, FI], file: sites/mine.csv}
exclude: [{file: parks.gpkg, buffer_km: 2}]
tables: {gigafactories: g.csv}
lens: premium_local
weights: {policy: 0.2}
"""
SWINGS = "pillar,item,points\nenergy,power_price,100\nenergy,grid_carbon,60\n"
PAIRS = """\
pillar,left,right,ratio,judge
,market,policy,1/5,Ann
,market,energy,3,Ann
,policy,energy,1/9,Ann
"""
POWER = 3 * 0.625 / (2.75 + 3 + 0.2 * 3)  # of the tree: market, energy and a fifth of policy


@pytest.fixture
def siting(monkeypatch, capsys, tmp_path):
    """Run a command in this process beside a study and its judgements: (exit code, out, err)."""
    folder = tmp_path / "deep"
    folder.mkdir()
    (folder / "s.yaml").write_text(STUDY)
    (folder / "swings.csv").write_text(SWINGS)
    (folder / "pairs.csv").write_text(PAIRS)
    (folder / "old.csv").write_text("strategy,pillar,item,points\nonshoring,,energy,1\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "160")

    def command(*words):
        monkeypatch.setattr(sys, "argv", ["siting", *words])
        with pytest.raises(SystemExit) as left:
            cli.main()
        output = capsys.readouterr()
        return left.value.code or 0, output.out, output.err

    return command


def leaves(out):
    return {r["criterion"]: r["leaf"] for r in json.loads(out)["weights"]}


def test_the_weights_in_force(siting):
    code, out, _ = siting("weights", "balanced", "--json")
    content = json.loads(out)
    assert code == 0
    assert content["lens"] == "evidence"
    assert sum(leaves(out).values()) == pytest.approx(1, abs=1e-5)
    assert leaves(out)["power_price"] == pytest.approx(1 / 7, abs=1e-5)
    assert content["written"] is None


def test_the_weights_as_a_table(siting):
    code, out, _ = siting("weights", "onshoring")
    assert code == 0
    assert "Onshoring: weights" in out
    assert "Home or allied country" in out
    assert "Delivered cost" not in out


def test_judgements_are_written_beside_the_study_and_the_rest_is_kept(siting, tmp_path):
    code, out, _ = siting("weights", "deep/s.yaml", "--swing", "deep/swings.csv", "--json")
    assert code == 0
    assert json.loads(out)["written"] == "deep/s-swing.yaml"
    before, after = read(tmp_path / "deep/s.yaml"), read(tmp_path / "deep/s-swing.yaml")
    assert after.weights["energy"].criteria == {"power_price": 1.875, "grid_carbon": 1.125}
    assert after.weights["policy"] == before.weights["policy"]
    rest = {"weights": {}}
    assert after.model_copy(update=rest) == before.model_copy(update=rest)  # its files too
    # what is printed is what the new study weighs
    _, again, _ = siting("weights", "deep/s-swing.yaml", "--json")
    assert leaves(again) == leaves(out)
    assert leaves(out)["power_price"] == pytest.approx(POWER, abs=1e-5)


def test_files_are_named_as_the_folder_of_the_new_study_sees_them(siting, tmp_path):
    words = ("--swing", "deep/swings.csv", "--out", "new.yaml")
    assert siting("weights", "deep/s.yaml", *words)[0] == 0
    found = read(tmp_path / "new.yaml")
    assert found.candidates.file == tmp_path / "deep/sites/mine.csv"
    assert found.exclude[0].file == tmp_path / "deep/parks.gpkg"
    assert found.tables["gigafactories"] == tmp_path / "deep/g.csv"


def test_nothing_is_overwritten_unless_forced(siting, tmp_path):
    words = ("weights", "deep/s.yaml", "--swing", "deep/swings.csv", "-o", "deep/s.yaml")
    code, out, err = siting(*words)
    assert (code, out) == (2, "")
    assert "exists already" in err
    assert (tmp_path / "deep/s.yaml").read_text() == STUDY
    assert siting(*words, "--force")[0] == 0
    assert read(tmp_path / "deep/s.yaml").weights["energy"]


def test_contradictions_are_warned_of_and_no_fault(siting):
    code, out, err = siting("weights", "deep/s.yaml", "--ahp", "deep/pairs.csv")
    assert (code, err) == (0, "")
    text = " ".join(out.split())  # however wide the terminal is
    assert "look at the judgements again" in text
    assert "but through" in text
    words = ("--ahp", "deep/pairs.csv", "--force", "--json")
    found = json.loads(siting("weights", "deep/s.yaml", *words)[1])["judged"][0]["comparison"]
    assert found["consistent"] is False
    assert found["consistency_ratio"] > 0.1
    assert found["worst"].keys() == {"left", "middle", "right", "judged", "implied"}


def test_a_stakeholder_joins_and_is_shown(siting, tmp_path):
    words = ("--swing", "deep/swings.csv", "--stakeholder", "[red]Åse", "--json")
    assert siting("weights", "deep/s.yaml", *words)[0] == 0
    found = read(tmp_path / "deep/s-swing.yaml")
    assert found.weights == read(tmp_path / "deep/s.yaml").weights
    assert list(found.stakeholders) == ["[red]Åse"]
    words = ("deep/s-swing.yaml", "--stakeholder", "[red]Åse")
    power = leaves(siting("weights", *words, "--json")[1])["power_price"]
    assert power == pytest.approx(POWER, abs=1e-5)
    assert "weights of [red]Åse" in siting("weights", *words)[1]


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (("--ahp", "deep/none.csv"), "no such file"),
        (("--ahp", "deep/swings.csv"), "left"),
        (("--ahp", "deep/pairs.csv", "--swing", "deep/swings.csv"), "twice"),
        (("--out", "x.yaml"), "nothing to write"),
        (("--swing", "deep/swings.csv", "--out", "x.csv"), "YAML"),
        (("--swing", "deep/swings.csv", "--out", "no/such/x.yaml"), "folder does not exist"),
        (("--swing", "deep/swings.csv", "--out", "deep"), "YAML"),
        (("--swing", "deep/old.csv"), "judgements have no such column"),
        (("--stakeholder", "Bo"), "unknown stakeholder"),
        (("--swing", "deep/swings.csv", "--stakeholder", "a\nb"), "plain text"),
    ],
)
def test_what_a_user_can_repair_ends_with_2_and_writes_nothing(siting, tmp_path, words, part):
    before = sorted(tmp_path.rglob("*"))
    code, out, err = siting("weights", "deep/s.yaml", *words)
    assert (code, out) == (2, "")
    assert part in err
    assert all(line.startswith("error: ") for line in err.splitlines())
    assert sorted(tmp_path.rglob("*")) == before


def test_all_faults_of_options_and_study_at_once(siting):
    _, _, err = siting("weights", "deep/nope.yaml", "--out", "y.yaml")
    assert len(err.splitlines()) == 2


@pytest.fixture
def several(nordic, monkeypatch, tmp_path):
    """A study of three who differ, whose plan is the Nordic one."""
    people = {
        "Finance": Stakeholder(share=2.0, lens="low_cost_export"),
        "[red]Åse": Stakeholder(share=1.0, lens="premium_local"),
        "Board": Stakeholder(share=1.0),
    }
    study = nordic.study.model_copy(update={"stakeholders": people})
    plan = replace(nordic, study=study)
    monkeypatch.setattr(pipeline, "make_plan", lambda *_, **__: plan)
    (tmp_path / "several.yaml").write_text(commented(study, "balanced"), encoding="utf-8")
    return plan


@pytest.mark.usefixtures("several")
def test_stakeholders_as_json(siting):
    code, out, _ = siting("stakeholders", "several.yaml", "--top", "5", "--json")
    content = json.loads(out)
    assert code == 0
    assert content["shares"] == {"Finance": 0.5, "[red]Åse": 0.25, "Board": 0.25}
    assert [site["rank"] for site in content["sites"]] == [1, 2, 3, 4, 5]
    for site in content["sites"]:
        views = [v["score"] * content["shares"][k] for k, v in site["stakeholders"].items()]
        assert site["score"] == pytest.approx(sum(views), abs=1e-4)
    assert 0 <= content["concordance"] <= 1
    assert content["tau"]["Finance"]["Board"] == content["tau"]["Board"]["Finance"]


@pytest.mark.usefixtures("several")
def test_stakeholders_as_a_table(siting):
    code, out, _ = siting("stakeholders", "several.yaml", "--top", "4")
    assert code == 0
    assert "consensus of 3 stakeholders" in out
    assert "[red]Åse" in out
    assert "Kendall's W" in out
    assert "divides them most" in out
    assert "They differ most over" in out


def test_a_study_without_stakeholders_is_refused_before_any_work(siting, monkeypatch):
    monkeypatch.setattr(pipeline, "make_plan", None)
    code, out, err = siting("stakeholders", "balanced")
    assert (code, out) == (2, "")
    assert "no stakeholders" in err


def test_the_real_command_line(tmp_path):
    (tmp_path / "swings.csv").write_text(SWINGS)
    out = run(tmp_path, "weights", "premium_local", "--swing", "swings.csv").stdout
    assert "62.5" in out
    study = (tmp_path / "premium_local-swing.yaml").read_text("utf-8")
    assert "# Weights: swing points in swings.csv." in study
    assert run(tmp_path, "weights", "premium_local-swing.yaml", "--json").stdout
