"""`siting sweep` from the outside."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time

import pytest
from commandline import SITING, called, contents, environment, hear_ctrl_c, run

STUDY = "name: two\ncandidates: {sets: [industrial_sites], countries: [FI, SE]}\n"
GRID = (
    "vary: {investor: [CN, KR]}\nscenarios: [{name: '=1+1'}, {name: b, set: {lens: onshoring}}]\n"
)


@pytest.fixture
def desk(tmp_path):
    (tmp_path / "study.yaml").write_text(STUDY)
    (tmp_path / "grid.yaml").write_text(GRID)
    return tmp_path


def test_tables_page_and_manifest_stand_in_the_folder(desk):
    output = run(desk, "sweep", "study.yaml", "--grid", "grid.yaml", "--top", 5).stdout
    assert "is the most robust of" in output
    made = desk / "out" / "study-grid"
    assert set(contents(made)) == {"sweep.csv", "scenarios.csv", "sweep.html", "sweep.json"}
    assert len((made / "scenarios.csv").read_text("utf-8").splitlines()) == 5
    assert str(made.relative_to(desk)) in output
    listed = called(desk, "sweep", "study.yaml", "--grid", "grid.yaml", "--top", 5, "--json")
    assert [row["scenario"] for row in json.loads(listed.stdout)["scenarios"]] == [1, 2, 3, 4]


def test_a_grid_at_fault_is_refused_whole_and_nothing_is_made(desk):
    (desk / "grid.yaml").write_text("vary:\n  investor: [Korea]\n  capacity_ktpa: [-1]\n")
    before = contents(desk)
    output = called(desk, "sweep", "study.yaml", "--grid", "grid.yaml", code=2).stderr
    assert output.count("error: grid.yaml, row") == 2
    assert "row 2, investor" in output
    assert contents(desk) == before
    assert not (desk / "out").exists()
    assert "no such grid" in called(desk, "sweep", "balanced", "-g", "none.yaml", code=2).stderr


def test_ctrl_c_leaves_nothing(desk):
    (desk / "grid.yaml").write_text(f"vary: {{price_usd_per_t: {list(range(3000, 3400))}}}\n")
    before = contents(desk)
    words = [SITING, "sweep", "study.yaml", "-g", "grid.yaml", "--workers", "1"]
    scratch = desk / "tmp"
    scratch.mkdir()
    running = subprocess.Popen(
        words, cwd=desk, env={**environment(), "TMPDIR": str(scratch)},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
        preexec_fn=hear_ctrl_c,  # noqa: PLW1509 - no threads
    )  # fmt: skip
    deadline = time.monotonic() + 120
    while not list(scratch.rglob("scores-*")) and time.monotonic() < deadline:
        time.sleep(0.1)  # until some scenarios are on disk
    os.kill(running.pid, signal.SIGINT)
    output, wrong = running.communicate(timeout=60)
    assert running.returncode == 130, output + wrong
    assert "Interrupted; nothing was changed." in wrong
    assert "Traceback" not in output + wrong
    assert not list(scratch.iterdir())
    scratch.rmdir()
    assert contents(desk) == before
    assert not (desk / "out").exists()
