"""Duty that a market puts on anode by where it comes from, on a date.

Two kinds of row in `policy_zones` (theme `anode_duty`). A row without `applies_to_origin` is the
ordinary duty of the market (most-favoured-nation): goods from a partner with free access do not pay
it, those with a preference pay part (`PAYS`). A row with origins (Section 301, anti-dumping,
emergency duties) comes on top for just those, whatever their agreements. Duties of one country on
one good add up. Goods from inside the market's customs territory cross no border and pay neither.
"""

from __future__ import annotations

import datetime as dt
import re

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.arrays import Floats
from geodata.places import states
from siting.study.product import Product
from siting.world.policy import applies_to_product, coverage, customs_territories, valid

CHINA = "CN"
# Where duty is charged on the price at the port of export; elsewhere freight counts too
# (WTO Customs Valuation Agreement, art. 8.2; national laws, general knowledge).
DUTY_ON_FOB = frozenset({"US", "CA", "AU", "NZ"})
# Share of the ordinary duty that goods with access pay. A general scheme of preferences frees
# graphite powder wholly (a non-sensitive good); other preferences are staged: half (judgement).
PAYS = {"free": 0.0, "preference": 0.5}
GENERAL_SCHEMES = re.compile("GSP|DCTS|EBA|Everything but Arms")
_ACCESS = ("market", "country", "access", "agreement")


def duty_rates(
    laws: pd.DataFrame,
    groups: pd.DataFrame,
    trade: pd.DataFrame,
    product: Product,
    origins: list[str],
    markets: list[str],
    as_of: dt.date,
) -> pd.DataFrame:
    """Return the duty on anode of each origin in each market (share of value).

    Parameters
    ----------
    laws : DataFrame
        Instruments in force.
    groups, trade : DataFrame
        `country_groups`, `trade_access`.
    product : Product
        The goods whose duty counts.
    origins, markets : list of str
        ISO2 countries.

    Returns
    -------
    DataFrame (origins, markets)
    """
    duties = laws[laws["theme"].eq("anode_duty") & laws["magnitude"].notna()]
    duties = duties[applies_to_product(duties, product)]
    places = pd.DataFrame({"country": markets, "region": "", "zone": ""})
    here = coverage(duties, places) * duties["magnitude"].to_numpy(dtype=float) / 100.0
    named = duties["applies_to_origin"].ne("").to_numpy(bool)
    ordinary = here[:, ~named].sum(axis=1)
    pays = ordinary_share(groups, trade, origins, markets, as_of)
    special = duties["applies_to_origin"][named]
    listed = (_named(text, origins) for text in special)
    hit = np.column_stack([np.empty((len(origins), 0)), *listed])
    abroad = ~inside(groups, origins, markets, as_of)
    rates = abroad * (pays * ordinary + hit @ here[:, named].T)
    return pd.DataFrame(rates, index=origins, columns=markets)


def _named(text: str, origins: list[str]) -> NDArray[np.bool_]:
    """Whether each origin is among those of a duty (o,)."""
    listed = frozenset(re.findall(r"\b[A-Z]{2}\b", text))
    return np.array([origin in listed for origin in origins], dtype=bool) ^ text.startswith("not:")


def ordinary_share(
    groups: pd.DataFrame,
    trade: pd.DataFrame,
    origins: list[str],
    markets: list[str],
    as_of: dt.date,
) -> Floats:
    """Return the share of the ordinary duty that goods from abroad pay in each market (o, m)."""
    territory = customs_territories(groups, as_of)
    access = valid(trade, as_of)
    least: dict[tuple[str, str], float] = {}
    columns = (access[name].to_numpy(dtype=object) for name in _ACCESS)
    for market, country, kind, agreement in zip(*columns, strict=True):
        pays = 0.0 if GENERAL_SCHEMES.search(agreement) else PAYS.get(kind, 1.0)
        least[market, country] = min(pays, least.get((market, country), 1.0))
    areas = [territory.get(market, market) for market in markets]
    homes = [states("customs").get(origin, origin) for origin in origins]
    share = [[least.get((area, home), 1.0) for area in areas] for home in homes]
    return np.array(share, dtype=float).reshape(len(origins), len(markets))


def inside(
    groups: pd.DataFrame, origins: list[str], markets: list[str], as_of: dt.date
) -> NDArray[np.bool_]:
    """Return whether each origin lies in the customs territory of each market (o, m)."""
    territory = customs_territories(groups, as_of)
    home, area = (
        np.array([territory.get(c, c) for c in side], dtype=str) for side in (origins, markets)
    )
    return np.asarray(home[:, None] == area)


def duty_base(
    price: NDArray[np.floating], freight: NDArray[np.floating], markets: NDArray[np.object_]
) -> NDArray[np.floating]:
    """Return the value that duty is charged on: with freight, but where the law says FOB.

    Parameters
    ----------
    price : ndarray
        At the port or gate of export (USD/t); broadcast with `freight`.
    freight : ndarray (..., m)
    markets : ndarray of str (m,)
        Countries of the customers.
    """
    counts = np.array([market not in DUTY_ON_FOB for market in markets], dtype=bool)
    return np.asarray(price + freight * counts)
