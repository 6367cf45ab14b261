"""What the firm that builds already has: where it stands, and what it can buy from itself."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.errors import raise_if
from geodata.load import nearest
from geodata.tables import day
from siting.market.demand import known_on
from siting.study.study import Study
from siting.support.text import plain
from siting.world.facts import Facts

Bools = NDArray[np.bool_]

SELLING = ("", "producing")  # sources that a stranger can buy from
# Where a firm's name stands, by table.
_NAMED = {
    "anode_plants": ("owner",),
    "gigafactories": ("owner",),
    "feedstock_sources": ("owner", "also_owner"),
    "carbon_works": ("firm", "also_owner"),
    "owner_ties": ("owner",),
}


def check_owner(study: Study, facts: Facts) -> None:
    """Refuse an owner that no table knows.

    Raises
    ------
    SitingError
        With the nearest name.
    """
    known = sorted({name for table in _NAMED for name in _names(facts, table)})
    what = "no table knows this firm"
    raise_if(
        [
            study.origin.fault(what, f"{nearest(firm, known)}, or leave it out", "owner", firm)
            for firm in unknown_firms(study.owner, facts)
        ]
    )


def unknown_firms(owner: str, facts: Facts) -> list[str]:
    """Return the firms that no table knows."""
    known = {plain(name) for table in _NAMED for name in _names(facts, table)}
    firms = [firm.strip() for firm in owner.split(";")]
    return [firm for firm in firms if firm and plain(firm) not in known]


def footholds(owner: str, facts: Facts) -> frozenset[str]:
    """Return the countries where the firm has works or a mine on the date.

    Who has built or mined in a country builds there again sooner than elsewhere (Kogut 1983,
    Davidson 1980). Cell works, anode works and mines count from the day they were known as the
    firm's, dropped ones and those of unknown date do not. Carbon works and ties count while the
    firm, its group or a holder of its shares has them, from the end of the day, month or year in
    which that began; a partner named for one plan is no tie of the firm.
    """
    if not owner:
        return frozenset()
    plants = (
        known_on(facts["anode_plants"], facts.plants_on, "former_plan_ktpa"),
        known_on(facts["gigafactories"], facts.plants_on, "former_plan_gwh"),
    )
    countries = [
        frame.loc[owned(frame, owner, ("owner",)) & frame["status"].ne("cancelled"), "country"]
        for frame in plants
    ]
    works, ties, year = facts["carbon_works"], facts["owner_ties"], facts.as_of.year
    had = works["held_since"].fillna(works["start_year"])
    now = {
        "feedstock_sources": _begun(facts["feedstock_sources"]["known_date"], facts),
        "carbon_works": (had.lt(year) & ~works["end_year"].lt(year)).to_numpy(),
        "owner_ties": _lasting(ties, facts) & ties["link"].ne("partner").to_numpy(),
    }
    for name, lasts in now.items():
        frame = facts[name]
        countries.append(frame.loc[owned(frame, owner, _NAMED[name]) & lasts, "country"])
    return frozenset(pd.concat(countries)) - set(facts.closed)


def open_sources(sources: pd.DataFrame, owner: str, facts: Facts) -> pd.DataFrame:
    """Return the feedstock that can be bought: what sells to all, and the firm's own at its cost.

    Parameters
    ----------
    sources : DataFrame
        Table `feedstock_sources`.
    owner : str
        The firm that builds; "" for a stranger.
    facts : Facts
        For the date.
    """
    own = owned(sources, owner, ("owner",)) & _begun(sources["known_date"], facts)
    price, cost = sources["price_usd_per_t"], sources["cost_usd_per_t"]
    kept = sources.assign(price_usd_per_t=price.where(~own | cost.isna(), np.fmin(price, cost)))
    return kept[sources["status"].isin(SELLING) | own]


def owned(frame: pd.DataFrame, owner: str, columns: Iterable[str]) -> Bools:
    """Whether a firm is named in any of the columns (n,); a semicolon separates several."""
    wanted = _split(owner)
    if not wanted:
        return np.zeros(len(frame), dtype=bool)
    named = [frame[column].map(lambda cell: bool(wanted & _split(cell))) for column in columns]
    return np.asarray(pd.concat(named, axis=1).any(axis=1).to_numpy(), dtype=bool)


def _names(facts: Facts, table: str) -> set[str]:
    cells = pd.concat([facts[table][column] for column in _NAMED[table]]).dropna()
    return {name.strip() for cell in cells for name in str(cell).split(";")} - {""}


def _split(cell: object) -> set[str]:
    return {plain(name) for name in cell.split(";")} - {""} if isinstance(cell, str) else set()


def _begun(when: pd.Series, facts: Facts) -> Bools:
    """Whether a date is known and not after the day (n,)."""
    return np.asarray(day(when, "start").le(pd.Timestamp(facts.as_of)).to_numpy(), dtype=bool)


def _lasting(ties: pd.DataFrame, facts: Facts) -> Bools:
    """Whether a tie began before the day and has not ended (n,)."""
    now = pd.Timestamp(facts.as_of)
    lasts = day(ties["since"], "end").lt(now) & ~day(ties["until"], "end").lt(now)
    return np.asarray(lasts.to_numpy(), dtype=bool)
