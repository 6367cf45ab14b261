"""Events x date: which wars, blockades and charges hold, and what they do to places and to lanes.

An event is known from its first day on. One without an end holds until an end is read, however
long ago it was last followed; its text names the day up to which it was followed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.places import covered, distinct
from geodata.tables import day
from siting.freight.passages import Toll
from siting.world.policy import WHERE, applies_to_owner

KINDS = ("iso2", "iso3166-2")  # of codes in a geography
BARRED = 1.0


def in_force(
    events: pd.DataFrame, as_of: dt.date, *, off: Collection[str] = (), on: Collection[str] = ()
) -> pd.DataFrame:
    """Return the events that hold on a date.

    Parameters
    ----------
    events : DataFrame
        The `events` table.
    as_of : date
    off, on : collection of str
        `event_id` left out, or counted whatever its dates.

    Returns
    -------
    DataFrame
        With `followed`: "last read on DATE" where no end is known and it was not followed up to the
        date, else "".
    """
    date = pd.Timestamp(as_of)
    since, until = day(events["since"], "start"), day(events["until"], "end")
    live = since.le(date) & (until.isna() | until.ge(date))
    live |= events["event_id"].isin(list(on))
    now = events[live & ~events["event_id"].isin(list(off))]
    lost = now["until"].eq("") & day(now["last_read"], "end").lt(date)
    return now.assign(followed=("last read on " + now["last_read"]).where(lost, ""))


def closed(events: pd.DataFrame) -> dict[str, str]:
    """Return the whole countries that events bar, and why (kind)."""
    bars = _by_place(events[events["effect"].eq("bar")])
    whole = bars[bars["geo_type"].eq(KINDS[0])]
    return dict(zip(whole["geography"], whole["kind"], strict=True))


def entry_rules(events: pd.DataFrame, laws: pd.DataFrame) -> pd.DataFrame:
    """Return bars and refusals in the columns of `laws`, to be decided on with them.

    An event of several places is a row for each, under one `instrument_id`, its `event_id`.
    """
    rows = _by_place(events[events["effect"].isin(("bar", "refusal"))])
    text = rows["summary"] + rows["followed"].map(lambda text: f" ({text})" if text else "")
    rules = pd.DataFrame(
        {
            "instrument_id": rows["event_id"],
            "geo_type": rows["geo_type"],
            "geography": rows["geography"],
            "instrument": text,
            "summary": text,
            "applies_to_owner_hq": rows["applies_to_owner_hq"],
            "refusal_probability": rows["value"].fillna(BARRED),
            "effect_type": "exclusion",
            "role": "score",
            "source": rows["source"],
        }
    )
    words = laws.select_dtypes(exclude="number").columns.difference(rules.columns)
    return rules.assign(**dict.fromkeys(words, "")).reindex(columns=laws.columns)


def refusal(events: pd.DataFrame, places: pd.DataFrame, investor: str) -> NDArray[np.float64]:
    """Chance that events undo a project of this investor at each place (n,); 1 bars it."""
    rows = _by_place(events[events["effect"].isin(("bar", "refusal"))])
    size = rows["value"].fillna(BARRED).where(applies_to_owner(rows, investor), 0.0)
    few, which = distinct(places, *WHERE)
    stays = 1.0 - _covered(rows, few) * size.to_numpy(float)
    return np.asarray((1.0 - np.prod(stays, axis=1))[which])


def tolls(events: pd.DataFrame) -> tuple[Toll, ...]:
    """Return charges and closures of passages and ports, for `Rates.with_tolls`."""
    at_sea = events[events["effect"].isin(("closure", "usd_per_t"))]
    return tuple(
        Toll(passage, tuple(geography.split(";")) if geography else (), usd)
        for passage, geography, usd in zip(
            at_sea["passage"], at_sea["geography"], at_sea["value"].fillna(np.inf), strict=True
        )
    )


def _by_place(events: pd.DataFrame) -> pd.DataFrame:
    """Return a row for each place that events name, with its `geo_type`."""
    named = events[events["geography"].ne("")]
    rows = named.assign(geography=named["geography"].str.split(";")).explode(
        "geography", ignore_index=True
    )
    region = rows["geography"].str.contains("-", regex=False)
    return rows.assign(geo_type=np.where(region, KINDS[1], KINDS[0]))


def _covered(rows: pd.DataFrame, places: pd.DataFrame) -> NDArray[np.bool_]:
    """Which row covers which place (n, rows)."""
    return covered(places, list(zip(rows["geo_type"], rows["geography"], strict=True)))
