from __future__ import annotations

import json

import pytest
from sample_backtest import by_hand

from siting.commands import backtest_terminal
from siting.commands.backtest_terminal import backtest_json, print_backtest
from siting.validation.replay import RANKINGS


@pytest.fixture
def result():
    return by_hand()


@pytest.fixture
def printed(result, monkeypatch, capsys):
    """What is printed on a terminal of 80 columns."""
    monkeypatch.setattr(backtest_terminal.console, "width", 80)
    print_backtest(result)
    return capsys.readouterr().out


def test_no_line_is_wider_than_80_columns_and_no_cell_is_cut(printed):
    lines = printed.splitlines()
    assert max(map(len, lines)) <= 80
    for words in RANKINGS.values():
        assert sum(line.startswith(words) for line in lines) == 4
    assert "0.90 [90 90]" in printed


def test_names_are_data_and_a_barred_plant_says_so(printed):
    assert "[red]bold" in printed
    assert "barred" in printed
    assert "4 silicon only" in printed


def test_json_holds_null_for_what_no_plant_has(result):
    said = json.loads(backtest_json(result), parse_constant=pytest.fail)
    assert said["plants"] == 3
    assert said["auc"] == pytest.approx(0.85)
    assert said["parts"]["fresh"]["auc"] is None
    assert said["parts"]["fresh"]["auc_interval"] == [None, None]
    assert said["parts"]["report"]["within_country"] is None
    assert said["rows"][2]["percentile_in_towns"] is None
    assert set(said["baselines"]) == set(RANKINGS) - {"model"}
    assert said["baselines"]["tie_power"]["difference"]["auc"] == 0.0
    assert said["country_rank"] == 4.5
    assert said["without_a_tie"]["plants"] == 2
    assert [band["seen"] for band in said["calibration"]] == [0, 1, 0, 1, 0]
