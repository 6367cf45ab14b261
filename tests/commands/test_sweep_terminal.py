from __future__ import annotations

import json
from pathlib import Path

import pytest
from sample_sweep import HOSTILE, small_sweep

from siting.commands.sweep_terminal import ROWS, WIDE, print_sweep, sweep_json
from siting.support.console import console


@pytest.mark.parametrize("width", [80, 140])
def test_a_planner_reads_the_robust_table(monkeypatch, capsys, width):
    result = small_sweep()
    monkeypatch.setattr(console, "width", width)
    print_sweep(result, Path("out/x"), 12.3)
    output = capsys.readouterr().out
    assert max(map(len, output.splitlines())) <= width
    flat = " ".join(output.split())
    assert "is the most robust of" in flat
    assert "largest" in flat
    assert "Results in out/x/: open sweep.html first." in flat
    assert ("mean regret" in flat) == (width >= WIDE)  # a narrow terminal shows fewer columns
    shown = result.sites.head(ROWS)
    for name in shown["name"]:
        assert str(name)[:8] in output
    assert f"{shown['regret_max'].iloc[-1]:.2f}" in output


def test_json_holds_both_tables_as_plain_values():
    result = small_sweep()
    output = json.loads(sweep_json(result, Path("out/x")))
    assert [row["site_id"] for row in output["sites"]] == list(result.sites["site_id"])
    assert output["scenarios"][1]["scenario_name"] == HOSTILE
    assert {type(row["robust_rank"]) for row in output["sites"]} == {int}
    beyond = result.sites["rank_worst"].isna()
    assert [row["rank_worst"] is None for row in output["sites"]] == beyond.tolist()
