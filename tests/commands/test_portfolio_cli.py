"""`siting portfolio` as a user runs it."""

from __future__ import annotations

import json
import signal
import subprocess
import time
from pathlib import Path

import pandas as pd
import pytest
from commandline import SITING, called, contents, environment, hear_ctrl_c, run

SMALL = """
name: few
price_usd_per_t: 7000
candidates: {sets: [industrial_sites], countries: [FI, NO, SE, ES]}
portfolio:
  places: estates
  most_places: 8
  plants: 2
  last_year: 2030
  alternatives: 3
  loss_pct: 50
  sizes_ktpa: [20, 50]
"""
GRID = """
vary:
  price_usd_per_t: [4000, 8000]
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    made = tmp_path_factory.mktemp("portfolio")
    (made / "few.yaml").write_text(SMALL, "utf-8")
    (made / "grid.yaml").write_text(GRID, "utf-8")
    return made


@pytest.fixture(scope="module")
def said(folder) -> str:
    return run(folder, "portfolio", "few.yaml", "--grid", "grid.yaml", "-o", "one").stdout


def test_the_answer_is_sentences_and_the_files_hold_the_same(folder, said):
    whole = json.loads((folder / "one" / "portfolio.json").read_text("utf-8"))
    plants = pd.read_csv(folder / "one" / "plants.csv")
    assert said.startswith("Build 2 plants: ")
    for sentence in whole["sentences"]:
        assert " ".join(sentence.split()) in " ".join(said.split())  # lines are broken
    assert whole["bound_musd"] >= whole["value_musd"]
    assert whole["expected_musd"] == pytest.approx(plants["expected_musd"].sum(), abs=0.01)
    flows = pd.read_csv(folder / "one" / "flows.csv")
    last = flows[flows["from_year"].eq(flows["from_year"].max())]
    assert last["kt"].sum() == pytest.approx(plants["sold_kt"].sum(), rel=1e-4)
    tried = pd.read_csv(folder / "one" / "scenarios.csv")
    assert (tried["portfolio_1_musd"].diff().dropna() > 0).all()  # a higher price is worth more
    assert "Over 2 scenarios" in said


def test_the_same_question_is_the_same_bytes(folder, said):
    called(folder, "portfolio", "few.yaml", "--grid", "grid.yaml", "-o", "two", "--quiet")
    one, two = contents(folder / "one"), contents(folder / "two")
    one.pop("manifest.json")
    two.pop("manifest.json")  # holds the seconds
    assert said
    assert one == two


def test_json_is_for_programs_and_names_its_schema(folder):
    done = called(folder, "portfolio", "few.yaml", "--plants", "1", "-o", "three", "--json")
    whole = json.loads(done.stdout)
    assert list(whole)[:2] == ["schema_version", "folder"]
    assert len(whole["plants"]) == 1


def test_at_a_price_that_pays_nobody_it_says_so_and_from_which_it_would(folder):
    done = called(folder, "portfolio", "few.yaml", "--price", "2600", "-o", "four")
    assert done.stdout.startswith("Build nothing: at a price of 2")
    assert "A first plant pays from a price of" in done.stdout


def test_faults_of_the_question_come_together_and_touch_nothing(folder):
    text = SMALL.replace("plants: 2", "plants: 0\n  sizes_ktpa: [50, 20]\n  budget_musd: [-1]")
    (folder / "wrong.yaml").write_text(text.replace("  sizes_ktpa: [20, 50]\n", ""), "utf-8")
    done = called(folder, "portfolio", "wrong.yaml", "-o", "wrong", code=2)
    for word in ("portfolio.plants", "portfolio.sizes_ktpa", "portfolio.budget_musd"):
        assert word in done.stderr
    assert not (folder / "wrong").exists()


def test_a_folder_of_somebody_else_is_left_alone(folder):
    own = folder / "mine"
    own.mkdir()
    (own / "notes.txt").write_text("mine", "utf-8")
    called(folder, "portfolio", "few.yaml", "-o", "mine", code=2)
    assert contents(own).keys() == {"notes.txt"}


def test_ctrl_c_in_the_search_gives_the_best_by_then_with_its_gap(folder):
    hard = SMALL.replace("plants: 2", "plants: 4\n  gap_pct: 0.01\n  budget_musd: 300")
    hard = hard.replace("most_places: 8", "most_places: 200\n  customer_share_pct: 20")
    (folder / "hard.yaml").write_text(hard.replace("[FI, NO, SE, ES]", "[EU]"), "utf-8")
    running = subprocess.Popen(
        [SITING, "portfolio", "hard.yaml", "-v", "-o", "cut"], cwd=folder, env=environment(),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, preexec_fn=hear_ctrl_c,  # noqa: PLW1509
    )  # fmt: skip
    assert running.stderr is not None
    for line in running.stderr:  # until the money is reckoned and the search begins
        if " money: " in line:
            break
    time.sleep(1.0)
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=120)
    assert "Traceback" not in out + err
    assert running.returncode == 0, err
    whole = json.loads((folder / "cut" / "portfolio.json").read_text("utf-8"))
    assert whole["stopped"] == "asked"
    assert whole["bound_musd"] >= whole["value_musd"] > 0
    assert "the search ended because it was interrupted" in " ".join(out.split())
    assert not list(folder.glob(".cut*"))
