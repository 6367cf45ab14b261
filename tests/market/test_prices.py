"""The dated prices of anode: what was known on a day, and nothing of later."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from geodata.errors import SitingError
from geodata.load import table
from siting.market import prices

# out of order, as a user may write them
SERIES = pd.DataFrame(
    {
        "series": ["chinese_export", "outside_china", "chinese_export", "chinese_export"],
        "date": ["2025-01", "2023-01", "2023-01", "2027-01"],
        "usd_per_t": [4000.0, 9000.0, 6000.0, 1000.0],
    }
)


@pytest.mark.parametrize(
    ("day", "usd"),
    [("2023-01-01", 6000), ("2024-12-31", 6000), ("2025-01-01", 4000), ("2026-12-31", 4000),
     ("2027-01-01", 1000), ("2040-01-01", 1000), ("2010-01-01", 6000)],
)  # fmt: skip
def test_the_newest_price_that_is_not_later_holds(day, usd):
    assert prices.on(SERIES, "chinese_export", dt.date.fromisoformat(day)) == usd


def test_series_are_apart():
    assert prices.on(SERIES, "outside_china", dt.date(2026, 1, 1)) == 9000


def test_a_later_row_changes_nothing_of_today():
    today = dt.date(2026, 1, 1)
    known = SERIES[SERIES["date"].le("2026")]
    assert prices.on(known, "chinese_export", today) == prices.on(SERIES, "chinese_export", today)


@pytest.mark.parametrize("rows", [SERIES.head(0), SERIES[SERIES["series"].eq("outside_china")]])
def test_an_empty_series_is_a_fault(rows):
    with pytest.raises(SitingError, match=r"no price.*chinese_export"):
        prices.on(rows, "chinese_export", dt.date(2025, 1, 1))


def test_the_price_outside_china_fell_to_the_chinese_one_after_the_article():
    series = table("anode_prices")
    article, today = dt.date(2023, 11, 28), dt.date(2026, 11, 22)
    outside = [prices.on(series, "outside_china", day) for day in (article, today)]
    chinese = [prices.on(series, "chinese_export", day) for day in (article, today)]
    assert outside[0] > 1.5 * chinese[0]
    assert outside[1] < 1.15 * chinese[1]
    assert outside[0] > 1.5 * outside[1]
