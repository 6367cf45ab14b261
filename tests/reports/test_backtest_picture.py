from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from sample_backtest import by_hand

from geodata.errors import SitingError
from siting.reports import backtest_picture
from siting.reports.backtest_picture import draw_backtest, missed


@pytest.fixture
def result():
    return by_hand()


def test_a_miss_stands_low_in_either_set_and_an_unknown_rank_is_none(result):
    assert missed(result).tolist() == [False, True, False]


def test_the_picture_is_the_same_bytes_every_time(result, tmp_path):
    for name in ("one.svg", "two.svg"):
        draw_backtest(result, tmp_path / name)
    first, second = ((tmp_path / name).read_bytes() for name in ("one.svg", "two.svg"))
    assert first == second
    assert ET.fromstring(first).tag.endswith("svg")  # noqa: S314 - our own file


def test_a_picture_without_a_miss_is_drawn(result, tmp_path, monkeypatch):
    monkeypatch.setattr(backtest_picture, "MISS", 0.0)
    assert draw_backtest(result, tmp_path / "all_hit.png").stat().st_size > 1000
    with pytest.raises(SitingError, match="kind of picture"):
        draw_backtest(result, tmp_path / "map.jpg")
