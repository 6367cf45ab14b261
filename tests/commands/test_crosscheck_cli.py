"""`siting crosscheck` from the outside."""

from __future__ import annotations

import json
import sys

import pytest
from commandline import called

from siting import pipeline
from siting.commands import cli
from siting.support.console import console


@pytest.fixture
def siting(monkeypatch, capsys, nordic):
    """Run the command in this process on the Nordic plan: (exit code, out, err)."""
    monkeypatch.setattr(pipeline, "make_plan", lambda *_: nordic)

    def command(*words):
        monkeypatch.setattr(sys, "argv", ["siting", "crosscheck", *words])
        with pytest.raises(SystemExit) as left:
            cli.main()
        output = capsys.readouterr()
        return left.value.code or 0, output.out, output.err

    return command


def test_json_holds_the_check_and_the_archetypes(siting, nordic):
    code, out, _ = siting("--top", "12", "--json")
    output = json.loads(out)
    assert code == 0
    assert len(output["sites"]) == 12
    assert {row["method"] for row in output["agreement"]} == set(output["methods"])
    assert [row["site_id"] for row in output["ranks"]] == [s["site_id"] for s in output["sites"]]
    assert sum(row["chosen"] for row in output["weights"]) == pytest.approx(1, abs=1e-4)
    members = [site for kind in output["archetypes"] for site in kind["members"]]
    assert len(members) == len(set(members)) == len(nordic.zones.head)


def test_tables_have_their_titles(siting, nordic, monkeypatch):
    monkeypatch.setattr(console, "width", 140)
    code, out, _ = siting("--top", "5")
    assert code == 0
    for words in ("Kendall tau", "PROMETHEE II, linear", "Weights, Evidence", "CRITIC",
                  "A cross-check only", "Kinds of site"):  # fmt: skip
        assert words in out
    assert "of first 5  of first 5" in out  # five sites have no first ten
    assert str(nordic.places["name"].iloc[nordic.zones.head[0]])[:10] in out


@pytest.mark.parametrize("top", ["2", "0", "x"])
def test_too_short_a_list_is_refused(siting, top):
    code, _, err = siting("--top", top)
    assert code == 2
    assert "--top" in err


def test_an_unknown_study_is_named(tmp_path):
    output = called(tmp_path, "crosscheck", "balanzed", code=2)
    assert "balanzed" in output.stderr
