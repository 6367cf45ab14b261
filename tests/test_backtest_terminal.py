from __future__ import annotations

import json

import pytest
from sample_backtest import by_hand

from siting.backtest.replay import RANKINGS
from siting.commands import backtest_terminal
from siting.commands.backtest_terminal import backtest_json, print_backtest


@pytest.fixture
def found():
    return by_hand()


@pytest.fixture
def told(found, monkeypatch, capsys):
    """What is printed on a terminal of 80 columns."""
    monkeypatch.setattr(backtest_terminal.console, "width", 80)
    print_backtest(found)
    return capsys.readouterr().out


def test_no_line_is_wider_than_80_columns_and_no_cell_is_cut(told):
    lines = told.splitlines()
    assert max(map(len, lines)) <= 80
    for words in RANKINGS.values():
        assert sum(line.startswith(words) for line in lines) == 3
    assert "0.90 [0.90, 0.90]" in told


def test_names_are_data_and_a_barred_plant_says_so(told):
    assert "[red]bold" in told
    assert "barred" in told
    assert "4 silicon only" in told


def test_json_holds_null_for_what_no_plant_has(found):
    said = json.loads(backtest_json(found), parse_constant=pytest.fail)
    assert said["plants"] == 3
    assert said["auc"] == pytest.approx(0.85)
    assert said["parts"]["fresh"]["auc"] is None
    assert said["parts"]["fresh"]["auc_interval"] == [None, None]
    assert said["parts"]["report"]["within_country"] is None
    assert said["rows"][2]["percentile_in_towns"] is None
    assert set(said["baselines"]) == set(RANKINGS) - {"model"}
    assert said["baselines"]["population"]["difference"]["auc"] == 0.0
