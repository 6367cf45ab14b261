"""What a tonne of anode sells for: the Chinese export price, and the price outside China."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from geodata.errors import Fault, SitingError
from geodata.tables import day


def on(prices: pd.DataFrame, series: str, as_of: dt.date) -> float:
    """Return the price known on a date (USD/t); arguments as in `row_on`."""
    return float(row_on(prices, series, as_of)["usd_per_t"])


def row_on(prices: pd.DataFrame, series: str, as_of: dt.date) -> pd.Series:
    """Return the row of the price known on a date: the newest that is not later.

    Parameters
    ----------
    prices : DataFrame
        The `anode_prices` table: series, date, usd_per_t.
    series : str
        As a product names it: at a Chinese port, or outside China.
    as_of : date

    Raises
    ------
    SitingError
        When the series is empty. Before its first row, the first row is returned.
    """
    rows = prices[prices["series"].eq(series)]
    if rows.empty:
        hint = "add one, or set price_usd_per_t and chinese_price_usd_per_t"
        fault = Fault("anode_prices", "no price of the series", hint, None, "series", series)
        raise SitingError(fault)
    rows = rows.assign(when=day(rows["date"], "start")).sort_values("when")
    seen = rows[rows["when"].le(pd.Timestamp(as_of))]
    return seen.iloc[-1] if len(seen) else rows.iloc[0]
