from __future__ import annotations

import json
import sys

import numpy as np
import pytest
from commandline import run

from geodata.load import table
from siting.commands import cli


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A user's folder: two plants of their own, and a study of Finland and Morocco."""
    folder = tmp_path_factory.mktemp("backtest")
    plants = table("anode_plants")
    own = plants[plants["id"].isin(["shanshan-vaasa", "btr-tangier"])]
    own = own.assign(id=["mine-1", "mine-2"], name=['=1+1 <b>"[red]x', "Tangier"])
    own.to_csv(folder / "plants.csv", index=False)
    (folder / "mine.yaml").write_text("candidates: {countries: [FI, MA]}\n", "utf-8")
    return folder


def test_the_real_command_line_ranks_a_users_own_plants(folder):
    words = ("backtest", "mine.yaml", "--plants", "plants.csv")
    said = json.loads(run(folder, *words, "--json").stdout)
    assert [row["id"] for row in said["rows"]] == ["mine-1", "mine-2"]
    assert [row["investor"] for row in said["rows"]] == ["CN", "CN"]
    shares = [row["percentile_in_towns"] for row in said["rows"]]
    assert said["auc"] == pytest.approx(np.mean(shares), abs=1e-4)
    assert said["median_percentile"] == pytest.approx(np.median(shares), abs=1e-4)
    low, high = said["auc_interval"]
    assert low <= said["auc"] <= high
    assert {"auc", "median_percentile", "recall_at_10", "near_25", "among_sites"} <= set(said)
    for baseline in said["baselines"].values():
        lead = said["auc"] - baseline["auc"]
        assert baseline["difference"]["auc"] == pytest.approx(lead, abs=2e-4)
    assert said["baselines"]["random"]["auc"] == 0.5


@pytest.fixture
def command(monkeypatch, capsys):
    """Run a command in this process: (exit code, out, err)."""

    def command(*words):
        monkeypatch.setattr(sys, "argv", ["siting", *map(str, words)])
        with pytest.raises(SystemExit) as left:
            cli.main()
        said = capsys.readouterr()
        return left.value.code or 0, said.out, said.err

    return command


def test_a_file_at_fault_ends_with_2_and_names_row_and_column(command, folder):
    text = (folder / "plants.csv").read_text("utf-8")
    bad = folder / "bad.csv"
    bad.write_text(text.replace("63.", "163."), "utf-8")
    code, out, err = command("backtest", "--plants", bad)
    assert (code, out) == (2, "")
    assert "bad.csv, row" in err
    assert "lat" in err


@pytest.mark.parametrize(
    "words",
    [("--plants", "no/such.csv"), ("nothing",), ("--part", "C"), ("--since", "last"),
     ("--since", "2100"), ("--freeze", "no/such/folder/a.json"),
     ("--neighbours", "gigafactories", "--part", "fresh")],
)  # fmt: skip
def test_what_a_user_can_correct_ends_with_2(command, words):
    code, out, err = command("backtest", *words)
    assert (code, out) == (2, "")
    assert err.strip()
    assert "Traceback" not in err


def test_faults_of_study_and_plants_are_told_at_once(command):
    _, _, err = command("backtest", "--plants", "no/such.csv", "nothing")
    assert "such.csv" in err
    assert "nothing" in err
