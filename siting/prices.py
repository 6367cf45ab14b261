"""The price of the day: what a tonne of anode sells for outside China."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd

from geodata.errors import Fault, SitingError
from geodata.tables import day


def on(series: pd.DataFrame, as_of: dt.date) -> float:
    """Return the price known on a date (USD/t): straight between dated rows, no row of later.

    Parameters
    ----------
    series : DataFrame
        The `anode_prices` table: date, usd_per_t.
    as_of : date

    Raises
    ------
    SitingError
        When the table is empty. Before its first row, the first price is returned.
    """
    if series.empty:
        raise SitingError(Fault("anode_prices", "no price at all", "set price_usd_per_t"))
    when = day(series["date"], "start")
    rows = series.assign(when=when).sort_values("when")
    seen = rows[rows["when"].le(pd.Timestamp(as_of))]
    seen = seen if len(seen) else rows.head(1)
    days = seen["when"].to_numpy(dtype="datetime64[D]").astype(float)
    return float(np.interp(np.datetime64(as_of, "D").astype(float), days, seen["usd_per_t"]))
