"""Which announced anode plants test the ranking, on which date, and in which half."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from geodata.errors import Fault, SitingError
from geodata.load import catalogue_date, own_table
from geodata.places import world_regions
from geodata.plant_tables import TESTED_PLANTS
from geodata.tables import day
from siting.market.demand import HALTED
from siting.study.product import DEFAULT, catalogue

SINCE = 2019
COMMERCIAL_KTPA = 5.0  # smaller ones are pilots: sited beside a laboratory or a parent's works
HOME_MARKET = ("CN", "HK", "MO")
PARTS = {
    "explore": "A", "report": "B", "fresh": "C", "newest": "D", "announced_later": "E",
    "unsized": "F",
}  # fmt: skip
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
# Plans of commercial size whose tonnage nobody published, and the size that the run takes: the
# plan where one was named for the site or the firm, else what such works have (kt a year). Size
# hardly moves the score.
UNSIZED = {
    "northern-baie-comeau": 200.0, "vianode-heroya": 28.0, "woxna-edsbyn": 10.0,
    "altech-schwarze-pumpe": 10.0, "carbonx-rotterdam": 20.0, "gotion-kenitra-anode": 20.0,
    "renascor-bolivar": 28.0, "greenroc-arendal": 20.0, "metals-australia-sept-iles": 20.0,
    "tokai-savoie": 20.0, "birla-centerville": 20.0, "sgl-meitingen": 10.0,
    "nextsource-mauritius": 14.4,
}  # fmt: skip
_PART_OF = {plant: part for part, plants in ADDED.items() for plant in plants}
NEIGHBOUR = "neighbour"
NEIGHBOURS_OF = ("CN", "KR", "JP")
TYPICAL_KTPA = 50.0  # the anode plant that a neighbour's place is measured for
_CAPACITIES = ["capacity_ktpa_now", "capacity_ktpa_2030", "former_plan_ktpa"]


@dataclass(frozen=True)
class Chosen:
    """The plants of a backtest.

    Attributes
    ----------
    plants : DataFrame (p)
        id, name, owner (of the day), country, world_region, city, lat, lon, announced (text),
        year, as_of (the eve), investor, product, capacity_ktpa, halted, part (key of `PARTS`) and
        town, the unit that is split and resampled.
    left_out : dict of int
        Rows left out, by the first reason that holds.
    """

    plants: pd.DataFrame
    left_out: dict[str, int]


def choose(
    rows: pd.DataFrame,
    since: int = SINCE,
    until: dt.date | None = None,
    frozen: dt.date | None = None,
) -> Chosen:
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
    frozen : date, optional
        Of the predictions that were frozen: plants announced after it are part E.
    """
    announced = day(rows["announced_date"], "start")
    plan = rows["id"].map(UNSIZED).fillna(rows[_CAPACITIES].max(axis=1))
    reasons = {
        "silicon only": ~rows["product"].isin(list(makers())),
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
    tested, when = rows[why.eq("")], announced[why.eq("")]
    sold = tested["announced_by"].ne("")
    plants = _dated(tested, when).assign(
        owner=tested["owner"].mask(sold, tested["announced_by"]),
        investor=tested["owner_hq_country"].mask(sold, tested["announced_by_hq"]),
        product=tested["product"].map(makers()),
        capacity_ktpa=plan[tested.index],
    )
    halves = plants["town"].map(half_of).astype(object)
    plants["part"] = plants["id"].map(_PART_OF).fillna(halves)
    plants["part"] = plants["part"].mask(plants["id"].isin(list(UNSIZED)), "unsized")
    if frozen:
        plants["part"] = plants["part"].mask(when.gt(pd.Timestamp(frozen)), "announced_later")
    left_out = {reason: int(why.eq(reason).sum()) for reason in reasons}
    return Chosen(plants.sort_values("id", ignore_index=True), left_out)


def makers() -> dict[str, str]:
    """Return what the table calls works -> the product that a study of them asks about."""
    return {word: product.key for product in catalogue().values() for word in product.works}


def own_plants(path: Path) -> pd.DataFrame:
    """Read a user's plants: the columns of `anode_plants` without those that keep its books.

    Raises
    ------
    SitingError
        With every fault of the file.
    """
    rows = own_table(TESTED_PLANTS, path)
    return rows.assign(
        product=rows["product"].replace("", DEFAULT),
        status=rows["status"].replace("", "announced"),
        city=rows["city"].mask(rows["city"].eq(""), rows["id"]),
        former_plan_ktpa=rows["former_plan_ktpa"].fillna(
            rows[_CAPACITIES].max(axis=1).fillna(TYPICAL_KTPA)
        ),
    )


def neighbours_of(table: pd.DataFrame, since: int = SINCE) -> Chosen:
    """Return works of a neighbouring industry abroad, dated and located, to test the structure on.

    Parameters
    ----------
    table : DataFrame
        `gigafactories` or `material_works`: rows of Chinese, Korean and Japanese owners outside
        their home and outside China are taken, announced since the year `since`.
    since : int
    """
    when = day(table["announced_date"], "start")
    abroad = table["owner_hq_country"].isin(NEIGHBOURS_OF) & ~table["country"].isin(HOME_MARKET)
    abroad &= table["country"].ne(table["owner_hq_country"]) & when.dt.year.ge(since)
    tested, begun = table[abroad], when[abroad]
    plants = _dated(tested, begun).assign(
        investor=tested["owner_hq_country"],
        product=DEFAULT,
        capacity_ktpa=TYPICAL_KTPA,
        part=NEIGHBOUR,
    )
    left_out = {"at home, of other owners, undated or before": int((~abroad).sum())}
    return Chosen(plants.sort_values("id", ignore_index=True), left_out)


def _dated(rows: pd.DataFrame, when: pd.Series) -> pd.DataFrame:
    """Return what plants of every table have: who, where, and the eve of the announcement."""
    return rows[["id", "name", "owner", "country", "city", "lat", "lon"]].assign(
        announced=rows["announced_date"],
        year=when.dt.year.astype(int),
        as_of=(when - pd.Timedelta(days=1)).dt.date,
        halted=rows["status"].isin(HALTED),
        world_region=rows["country"].map(world_regions()).fillna(""),
        town=rows["country"] + "|" + rows["city"],
    )


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
        reasons = ", ".join(f"{n} {reason}" for reason, n in chosen.left_out.items() if n)
        hint = f"choose another --part or --since; left out: {reasons or 'none'}"
        raise SitingError(Fault("anode_plants", f"no plant of part {part} to rank", hint))
    return Chosen(plants.reset_index(drop=True), chosen.left_out)
