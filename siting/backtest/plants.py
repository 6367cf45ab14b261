"""Which announced anode plants test the ranking, on which date, and in which half."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass

import pandas as pd

from geodata.errors import Fault, SitingError
from geodata.load import catalogue_date
from geodata.places import world_regions
from geodata.tables import day
from siting.market.demand import HALTED

SINCE = 2019
COMMERCIAL_KTPA = 5.0  # smaller ones are pilots: sited beside a laboratory or a parent's works
HOME_MARKET = ("CN", "HK", "MO")
PARTS = {"explore": "A", "report": "B", "fresh": "C", "newest": "D"}
# Added to the catalogue after the model stood, by people who had seen no ranking
# (docs/sources.md). Only they can test its structure, so they are in neither half.
ADDED = {
    # their misses were read before owners, mines and works entered the model
    "fresh": (
        "putailai-kedah", "westwater-kellyton", "graphite-one-niles", "nextsource-abu-dhabi",
        "northern-obeikan-yanbu", "posco-thai-nguyen", "tacc-dewas", "graphinex-townsville",
        "neo-windsor",
    ),
    # added later, and read once, when all of it stood
    "newest": (
        "graphex-warren", "grafintec-vaasa", "bgv-balakhivka", "ecograf-ifakara", "volt-tuscaloosa",
        "urbix-muscle-shoals", "birla-orangeburg", "falcon-jorf-lasfar", "sarytogan-agadyr",
        "metals-australia-baie-comeau", "greenroc-arendal", "metals-australia-sept-iles",
        "tokai-savoie", "carbonscape-kotka", "cscc-pingnan",
    ),
}  # fmt: skip
_PART_OF = {plant: part for part, plants in ADDED.items() for plant in plants}
_CAPACITIES = ["capacity_ktpa_now", "capacity_ktpa_2030", "former_plan_ktpa"]
_MADE = {"mixed": "synthetic"}  # what a study knows


@dataclass(frozen=True)
class Chosen:
    """The plants of a backtest.

    Attributes
    ----------
    plants : DataFrame (p)
        id, name, owner, country, world_region, city, lat, lon, announced (text), year, as_of
        (the eve), investor, product, capacity_ktpa, halted, part (key of `PARTS`) and town, the
        unit that is split and resampled.
    left_out : dict of int
        Rows left out, by the first reason that holds.
    """

    plants: pd.DataFrame
    left_out: dict[str, int]


def choose(rows: pd.DataFrame, since: int = SINCE, until: dt.date | None = None) -> Chosen:
    """Return the plants that the protocol tests.

    Graphite works outside China of commercial size, announced since the year `since` and by
    `until` (the catalogue's date). Works that ran before then bear their start for a date in the
    table, and fall out by it.

    Parameters
    ----------
    rows : DataFrame
        The table `anode_plants`.
    since : int
    until : date, optional
    """
    announced = day(rows["announced_date"], "start")
    plan = rows[_CAPACITIES].max(axis=1)
    reasons = {
        "silicon only": rows["product"].eq("silicon"),
        "in the home market": rows["country"].isin(HOME_MARKET),
        "under 5 kt a year or of unknown size": ~plan.ge(COMMERCIAL_KTPA),
        "without a date of announcement": announced.isna(),
        f"announced before {since}": announced.dt.year.lt(since),
        "announced after the catalogue's date": announced.gt(
            pd.Timestamp(until or catalogue_date())
        ),
    }
    why = pd.Series("", index=rows.index)
    for reason, holds in reasons.items():
        why = why.mask(why.eq("") & holds, reason)
    kept, when = rows[why.eq("")], announced[why.eq("")]
    plants = kept[["id", "name", "owner", "country", "city", "lat", "lon"]].assign(
        announced=kept["announced_date"],
        year=when.dt.year.astype(int),
        as_of=(when - pd.Timedelta(days=1)).dt.date,
        investor=kept["owner_hq_country"],
        product=kept["product"].replace(_MADE),
        capacity_ktpa=plan[kept.index],
        halted=kept["status"].isin(HALTED),
        world_region=kept["country"].map(world_regions()).fillna(""),
        town=kept["country"] + "|" + kept["city"],
    )
    halves = plants["town"].map(half_of).astype(object)
    plants["part"] = plants["id"].map(_PART_OF).fillna(halves)
    left_out = {reason: int(why.eq(reason).sum()) for reason in reasons}
    return Chosen(plants.sort_values("id", ignore_index=True), left_out)


def half_of(town: str) -> str:
    """Return the half of a town "country|city": explore if its SHA-256 is even, else report."""
    return "report" if hashlib.sha256(town.encode()).digest()[-1] % 2 else "explore"


def of_part(chosen: Chosen, part: str) -> Chosen:
    """Return the plants of one part; "all" keeps them all.

    Raises
    ------
    SitingError
        When there is none.
    """
    plants = chosen.plants
    plants = plants if part == "all" else plants[plants["part"].eq(part)]
    if plants.empty:
        said = ", ".join(f"{n} {reason}" for reason, n in chosen.left_out.items() if n)
        mend = f"choose another --part or --since; left out: {said or 'none'}"
        raise SitingError(Fault("anode_plants", f"no plant of part {part} to rank", mend))
    return Chosen(plants.reset_index(drop=True), chosen.left_out)
