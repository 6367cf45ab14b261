from __future__ import annotations

import pytest
from sample_backtest import by_hand

from geodata.load import table
from siting.backtest import page as backtest_page
from siting.backtest.figures import PART_NAMES, groups
from siting.backtest.page import REASONS, page


@pytest.fixture
def found():
    return by_hand()


def test_the_page_tells_every_part_plant_and_miss(found, monkeypatch):
    monkeypatch.setitem(REASONS, "b", "a reason of its own")
    text = page(found)
    for part in found.chosen.plants["part"]:
        name = PART_NAMES[part]
        assert f"### {name}: 1 plants, 1 towns" in text
    assert (
        "| Bar \\| and [red]bold[/red], MA | report | 0.80 | 0.70 | a reason of its own |" in text
    )
    assert "| Plain, FI | explore | 2022-12-31 | CN | 0.90 | 0.80 | 0.60 |" in text
    assert "4 silicon only." in text
    assert "under 5 kt" not in text
    assert "| nan" not in text


def test_groups_leave_the_fresh_out(found):
    halves = found.chosen.plants["part"].isin(["explore", "report"]).to_numpy()
    table_ = groups(found, halves, "investor")
    assert table_["group"].tolist() == ["CN"]
    assert table_["towns"].tolist() == pytest.approx([0.85])


def test_reasons_are_told_of_plants_that_exist():
    assert set(REASONS) <= set(table("anode_plants")["id"])


def test_main_writes_page_and_picture(found, tmp_path, monkeypatch):
    monkeypatch.setattr(backtest_page, "backtest", lambda *_: found)
    backtest_page.main(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["backtest.md", "backtest.png"]
