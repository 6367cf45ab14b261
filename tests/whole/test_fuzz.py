"""Hostile inputs, a few hundred at a time; `make fuzz` tries them by the thousand."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from fuzz import page

ROOT = Path(__file__).parents[2]
INPUTS = os.environ.get("SITING_FUZZ", "100")


@pytest.mark.skipif(sys.platform != "linux", reason="inputs are read in forked copies")
def test_hostile_inputs_are_read_whole_or_refused_with_a_clear_fault(tmp_path: Path) -> None:
    record = tmp_path / "campaign.json"
    asked = ["--inputs", INPUTS, "--seed", "7", "--record", str(record)]
    told = {**os.environ, "PYTHONPATH": str(ROOT)}
    line = [sys.executable, "-m", "tests.fuzz", *asked]
    done = subprocess.run(line, cwd=ROOT, env=told, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr[-3_000:]
    counts = json.loads(record.read_text())["inputs"]
    assert sum(sum(kind.values()) for kind in counts.values()) == int(INPUTS)
    accepted = sum(kind.get("accepted", 0) for kind in counts.values())
    assert int(INPUTS) / 4 < accepted < int(INPUTS) * 3 / 4  # neither all is refused nor all read


def test_the_page_is_made_from_the_record() -> None:
    record = json.loads(page.RECORD.read_text(encoding="utf-8"))
    text = page.page(record)
    assert page.PAGE.read_text(encoding="utf-8") == text
    tests = re.findall(r"`(tests/[a-z_/]+\.py)`", text)
    assert len(tests) > 10
    assert all((ROOT / test).is_file() for test in tests)


def test_the_page_lists_what_failed_in_a_line_each() -> None:
    record = json.loads(page.RECORD.read_text(encoding="utf-8"))
    failure = {"kind": "CSV list", "number": 17, "said": ["Traceback\n  of " + 300 * "x"]}
    text = page.page({**record, "failures": [failure]})
    line = "- CSV list, number 17: Traceback of " + (200 - len("Traceback of ")) * "x"
    assert f"\n\nFailed:\n\n{line}\n\n## What failed before" in text
