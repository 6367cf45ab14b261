from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest
from sample_backtest import by_hand

from siting.reports import backtest_page
from siting.reports.backtest_page import page
from siting.validation.figures import PART_NAMES
from siting.validation.prospect import Prospect


@pytest.fixture
def result():
    return by_hand()


@pytest.fixture
def lists():
    near = {name: {"anode": 0.5} for name in ("model", "compatriots", "power_price")}
    return [Prospect(dt.date(2023, 1, 1), "CN", {"anode": 4}, near, {"anode": 0.1})]


def test_the_page_holds_every_part_plant_and_miss(result, lists):
    choices = pd.DataFrame({"plant_id": ["b"], "reason": ["a reason of its own"]})
    text = page(result, {"gigafactories": result}, lists, choices)
    for part in result.chosen.plants["part"]:
        assert f"### {PART_NAMES[part]}: 1 plants, 1 towns" in text
    miss = "| Bar \\| and [red]bold[/red], MA | report | 0.80 | 0.70 | 1.00 | a reason of its own |"
    assert miss in text
    assert "| Plain, FI | explore | 2022-12-31 | CN | yes | 0.90 | 0.80 | 0.60 | 2 |" in text
    assert "| 2023-01-01 | CN | anode | 4 | 0.50 | 0.50 | 0.50 | 0.10 |" in text
    assert "4 silicon only." in text
    assert "under 5 kt" not in text
    assert "| nan" not in text
    assert "{" not in text


def test_main_writes_page_and_picture(result, lists, tmp_path, monkeypatch):
    monkeypatch.setattr(backtest_page, "backtest", lambda *_: result)
    monkeypatch.setattr(backtest_page, "prospects", lambda _: lists)
    backtest_page.main(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["backtest.md", "backtest.png"]
