"""How long a plant waits for its power: what is known of a place on a date."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.places import covered, distinct
from geodata.tables import day
from siting.world.policy import valid

CLOSED = "closed"
_NARROW = ("bidding_zone", "iso3166-2", "iso2")  # what is known of the narrower place counts
# Column of the frame -> column of the table `time_to_power`.
WAIT = {
    "months_to_power": "months_wait",
    "share_granted": "share_granted",
    "power_since": "since",
    "power_source": "source",
}


def waits_on(table: pd.DataFrame, as_of: dt.date) -> pd.DataFrame:
    """Return the rows that hold on a date, the one that decides first: narrow, then new."""
    now = valid(table, as_of)
    narrow = now["geo_type"].map({kind: i for i, kind in enumerate(_NARROW)})
    newest = -day(now["since"], "start").astype("int64")
    order = np.lexsort((newest, narrow))
    return now.iloc[order].reset_index(drop=True)


def wait_at(waits: pd.DataFrame, places: pd.DataFrame) -> NDArray[np.intp]:
    """Return which row of `waits` (see `waits_on`) holds at each place, -1 for none (n,)."""
    few, which = distinct(places, "country", "region", "zone")
    here = covered(few, list(zip(waits["geo_type"], waits["geography"], strict=True)))
    first = np.where(here.any(axis=1), here.argmax(axis=1) if len(waits) else -1, -1)
    return np.asarray(first[which], dtype=np.intp)


def turned_away(waits: pd.DataFrame, load_mw: float) -> NDArray[np.bool_]:
    """Whether each row takes no request of a load of that size (MW)."""
    threshold = waits["threshold_mw"].fillna(0.0)
    return (waits["intake"].eq(CLOSED) & threshold.le(load_mw)).to_numpy(bool)
