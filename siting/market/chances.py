"""Chance that a project runs in the demand year: whose it is, where, how far, and what was known.

A row of `build_chances` may name the kind of plant, homes of the owner and hosts. Of the rows that
hold for a plant the most specific counts: one that names home and host before one that names the
home, before one that names the host, before the general one; then fewer countries before more,
then the newest. A row counts from the day its evidence was published (`since`), so a replay of an
earlier date draws on nothing later.

What became of the projects of the catalogue named 2017 to 2022, as they were on 2026-11-22 (a
check on the rows; projects that died early are known less often, so the shares flatter):

    ===================  =====  =======  ============  =========  =========
    named 2017 to 2022   count  running  under         only       paused or
                                         construction  announced  given up
    ===================  =====  =======  ============  =========  =========
    cell plants            107     41 %          21 %        8 %       30 %
    Chinese owner           17     41 %          35 %        0 %       24 %
    Korean owner            11     64 %          27 %        0 %        9 %
    Japanese owner           7     86 %          14 %        0 %        0 %
    European owner          30     30 %          10 %       27 %       33 %
    North American owner    19     26 %          16 %        5 %       53 %
    in Europe               46     33 %          15 %       17 %       35 %
    in North America        28     36 %          29 %        4 %       32 %
    elsewhere               33     58 %          21 %        0 %       21 %
    outside the home        47     38 %          30 %        4 %       28 %
    anode plants            48     48 %          12 %       23 %       17 %
    outside the home        14     21 %           7 %       43 %       29 %
    ===================  =====  =======  ============  =========  =========
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.errors import Fault, SitingError
from geodata.tables import day

ORDER = ["named", "home_named", "kind_named", "hosts", "homes", "day"]
BEFORE = pd.Timestamp("1900-01-01")  # a blank `since` is older than any
FIRST_LOWEST = [False, False, False, True, True, False]


def chance_of(
    plants: pd.DataFrame,
    table: pd.DataFrame,
    kind: str,
    as_of: dt.date,
    value: Literal["low", "central", "high"] = "central",
) -> NDArray[np.float64]:
    """Chance that each plant runs in the demand year (n,).

    Parameters
    ----------
    plants : DataFrame, n rows
        `gigafactories` or `anode_plants` as known on the date (`siting.market.demand.known_on`):
        columns owner_hq_country, country and status.
    table : DataFrame
        `build_chances`.
    kind : str
        "gigafactories" or "anode_plants".
    as_of : date
        Rows whose evidence is newer do not count.
    value : {"low", "central", "high"}

    Raises
    ------
    SitingError
        When no row holds for a plant; the catalogue's own table has one for every case.
    """
    rows = _known(table, kind, as_of)
    holds = (
        _names(rows["home"], plants["owner_hq_country"])
        & _names(rows["host"], plants["country"])
        & _names(rows["state"], plants["status"])
    )
    lost = ~holds.any(axis=0)
    if lost.any():
        status = str(plants["status"].to_numpy(object)[lost][0])
        what, hint = "no row holds for a project", "add one with home, host and since blank"
        raise SitingError(Fault("build_chances", what, hint, None, "state", status))
    return np.asarray(rows[value].to_numpy(dtype=float)[holds.argmax(axis=0)])


def _known(table: pd.DataFrame, kind: str, as_of: dt.date) -> pd.DataFrame:
    """Return the rows of this kind of plant known on the date, the most specific first."""
    since = day(table["since"], "start")
    home, host = table["home"].ne(""), table["host"].ne("")
    ranked = table.assign(
        named=home.astype(int) + host,
        home_named=home,
        kind_named=table["kind"].ne(""),
        hosts=table["host"].str.count(";"),
        homes=table["home"].str.count(";"),
        day=since.fillna(BEFORE),
    )
    counts = table["kind"].isin(["", kind]) & (since.isna() | since.le(pd.Timestamp(as_of)))
    return ranked[counts].sort_values(ORDER, ascending=FIRST_LOWEST, kind="stable")


def _names(rows: pd.Series, codes: pd.Series) -> NDArray[np.bool_]:
    """Whether each row's list names each plant's code; a blank list names all (rows, n)."""
    own, unique = pd.factorize(codes)
    lists = [frozenset(str(text).split(";")) if text else None for text in rows]
    named = [[names is None or code in names for code in unique] for names in lists]
    return np.array(named, dtype=bool).reshape(len(lists), len(unique))[:, own]
