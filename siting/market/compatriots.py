"""Battery works of the investor's home: what is built on the date, and how near a place is to it.

Firms build where firms of their own country already are (Head, Ries and Swenson 1995, on Japanese
plants in the United States).
"""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from siting.freight.layered import CIRCUITY
from siting.market.access import nearest_km
from siting.market.demand import HALTED, known_on
from siting.world.facts import Facts

FARTHEST_KM = 20_038.0  # half the girth of the Earth
COLUMNS = ["lat", "lon", "id", "kind", "name"]


def battery_works(facts: Facts, investor: str, except_id: str = "") -> pd.DataFrame:
    """Return the works of firms of one home that were known on the date and not halted by then.

    Cell plants, anode plants, and works of materials and parts. A works counts for the home of its
    owner, and works of materials also for the homes of those who hold the rest. Works in the home
    market (mainland China, Hong Kong, Macao), where no site lies, are left out as they are in the
    tables of plants; those of another investor at home count.

    Parameters
    ----------
    facts : Facts
        `plants_on` is the date.
    investor : str
        ISO 3166-1 alpha-2 code of the home; a member of the EU is its own home.
    except_id : str, optional
        Row that is left out in all three tables, as the plant of a backtest.

    Returns
    -------
    DataFrame
        Columns lat, lon, id, kind (the table) and name; halted works draw nobody.
    """
    date = facts.plants_on
    known = [
        known_on(facts["gigafactories"], date, "former_plan_gwh").assign(kind="gigafactories"),
        known_on(facts["anode_plants"], date, "former_plan_ktpa").assign(kind="anode_plants"),
        _materials_on(facts["material_works"], date).assign(kind="material_works"),
    ]
    home_market = [place for place, why in facts.closed.items() if why == "home_market"]
    works = [
        rows.loc[
            _of(rows, investor)
            & ~rows["status"].isin(HALTED)
            & rows["id"].ne(except_id)
            & ~rows["country"].isin(home_market),
            COLUMNS,
        ]
        for rows in known
    ]
    return pd.concat(works, ignore_index=True)


def nearest_works_km(points: NDArray[np.float64], works: pd.DataFrame) -> NDArray[np.float64]:
    """Return the great-circle km from each point to the nearest works (n,).

    Parameters
    ----------
    points : ndarray (n, 2)
        Latitude and longitude (degrees).
    works : DataFrame
        As `battery_works` returns them; where there are none at all, all are `FARTHEST_KM` away.
    """
    if works.empty:
        return np.full(len(points), FARTHEST_KM)
    places = works[["lat", "lon"]].to_numpy(dtype=float)
    return np.asarray(nearest_km(points, places) / CIRCUITY, dtype=float)


def _materials_on(works: pd.DataFrame, date: dt.date) -> pd.DataFrame:
    """Return the works of materials known on a date, which have no capacity in numbers."""
    plain = works.drop(columns="capacity_text")
    return known_on(plain.assign(capacity_unknown=np.nan, former=np.nan), date, "former")


def _of(rows: pd.DataFrame, home: str) -> pd.Series[bool]:
    first = rows["owner_hq_country"].eq(home)
    if "also_hq_country" not in rows:
        return first
    return first | rows["also_hq_country"].map(lambda also: home in str(also).split(";"))
