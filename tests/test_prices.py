import datetime as dt

import pandas as pd
import pytest

from geodata.errors import SitingError
from geodata.load import table
from siting import prices

SERIES = pd.DataFrame({"date": ["2023-01", "2025-01"], "usd_per_t": [6000.0, 4000.0]})


def test_runs_straight_between_known_rows():
    half = pd.concat([SERIES, pd.DataFrame({"date": ["2027-01"], "usd_per_t": [0.0]})])
    assert prices.on(half, dt.date(2025, 1, 1)) == 4000


def test_a_later_row_is_not_known_yet():
    assert prices.on(SERIES, dt.date(2024, 1, 1)) == 6000


def test_ends_hold():
    assert prices.on(SERIES, dt.date(2030, 1, 1)) == 4000
    assert prices.on(SERIES, dt.date(2010, 1, 1)) == 6000


def test_an_empty_series_is_a_fault():
    with pytest.raises(SitingError, match="no price"):
        prices.on(SERIES.head(0), dt.date(2025, 1, 1))


def test_the_price_fell_between_the_article_and_today():
    series = table("anode_prices")
    assert prices.on(series, dt.date(2023, 11, 28)) > 1.5 * prices.on(series, dt.date(2026, 11, 22))
