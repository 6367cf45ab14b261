"""Margin by part of the world, investor and date: the table of docs/margins.md."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import numpy as np
import pandas as pd

from siting.market.customers import known_demand
from siting.money.landed import gates
from siting.money.merit import named_sites
from siting.study.study import Study
from siting.world import facts as facts_module
from siting.world import policy

REGIONS: dict[str, tuple[str, ...]] = {
    "Sweden": ("SE",),
    "Finland": ("FI",),
    "Norway, Iceland": ("NO", "IS"),
    "Germany": ("DE",),
    "France, Benelux": ("FR", "BE", "NL", "LU"),
    "Iberia, Italy": ("ES", "PT", "IT"),
    "Poland to Romania": ("PL", "CZ", "SK", "HU", "RO", "BG", "SI", "HR"),
    "United States": ("US",),
    "Canada": ("CA",),
    "Mexico": ("MX",),
    "Gulf": ("OM", "SA", "AE", "QA", "BH", "KW"),
    "Morocco": ("MA",),
    "Indonesia": ("ID",),
    "Malaysia": ("MY",),
    "Viet Nam, Thailand": ("VN", "TH"),
    "Korea, Japan": ("KR", "JP"),
    "India": ("IN",),
}
MARKETS = ("US", "DE", "KR")


def margin_table(
    investors: Iterable[str], dates: Iterable[dt.date], study: Study | None = None
) -> pd.DataFrame:
    """Return the best named site of each part of the world, by investor and date.

    Parameters
    ----------
    investors : iterable of str
        Homes, ISO2.
    dates : iterable of date
    study : Study, optional
        What is built and for whom; investor and date are set.

    Returns
    -------
    DataFrame
        as_of, investor, region, site, cost (at the gate), delivered, parity, price, margin (USD/t),
        entry (chance that the investor may build); the site is the one with the largest margin
        among those that may be built at all.
    """
    base = study or Study()
    return pd.concat([_of(base, who, when) for when in dates for who in investors])


def _of(base: Study, investor: str, as_of: dt.date) -> pd.DataFrame:
    study = base.model_copy(update={"investor": investor, "as_of": as_of})
    facts = facts_module.load(study)
    demand = known_demand(study, facts)
    places, money = named_sites(study, facts, demand)
    outcome = money.outcome()
    rows = places[["name", "country"]].assign(
        cost=money.cost,
        delivered=outcome["delivered"],
        parity=outcome["parity"],
        price=outcome["price"],
        margin=outcome["margin"],
        entry=policy.openness(facts.entry, places, investor),
    )
    rows = rows[rows["entry"].gt(0)]
    best = [
        rows[rows["country"].isin(countries)].nlargest(1, "margin").assign(region=region)
        for region, countries in REGIONS.items()
    ]
    return pd.concat(best).rename(columns={"name": "site"}).assign(as_of=as_of, investor=investor)


def market_table(dates: Iterable[dt.date], study: Study | None = None) -> pd.DataFrame:
    """Return the landed Chinese tonne and its duty in three markets by date.

    Returns
    -------
    DataFrame
        as_of, market, chinese_price, duty_pct, parity, price (USD/t, means over customers).
    """
    base = study or Study()
    frames = []
    for as_of in dates:
        dated = base.model_copy(update={"as_of": as_of})
        facts = facts_module.load(dated)
        demand = known_demand(dated, facts)
        table = gates(dated, facts, demand.plants, demand).assign(
            market=demand.plants["country"].to_numpy(), as_of=as_of
        )
        mean = table[table["market"].isin(MARKETS)].groupby(["as_of", "market"]).mean()
        frames.append(mean.assign(duty_pct=100 * mean["duty_rate"]).reset_index())
    wanted = ["as_of", "market", "chinese_price", "duty_pct", "parity", "price"]
    return pd.concat(frames)[wanted].reset_index(drop=True)


def as_grid(table: pd.DataFrame) -> pd.DataFrame:
    """Return the margins with a row a region and a column a date and investor."""
    cell = table["margin"].round(-1).map("{:+,.0f}".format)
    doubt = np.where(table["entry"].lt(1), table["entry"].map(" ({:.0%})".format), "")
    grid = table.assign(cell=cell + doubt).pivot_table(
        index="region", columns=["as_of", "investor"], values="cell", aggfunc="first", sort=False
    )
    return grid.reindex(list(REGIONS))
