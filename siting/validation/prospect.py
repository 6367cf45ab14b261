"""Lists of the past against what came after them: no plant is looked at to make one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pandas as pd

from geodata.arrays import Floats
from geodata.load import catalogue_date, table
from geodata.sphere import great_circle_km
from geodata.tables import day
from siting.market.customers import coordinates
from siting.model import scoring, zones
from siting.model.appraisal import Appraisal
from siting.pipeline import appraised
from siting.study.study import Study
from siting.study.studyfile import changed
from siting.validation.plants import HOME_MARKET
from siting.validation.replay import NEAR_KM, ZONES

DATES = (dt.date(2021, 1, 1), dt.date(2023, 1, 1), dt.date(2025, 1, 1))
HOMES = ("CN", "KR")
CAME = {"anode_plants": "anode", "gigafactories": "cells", "material_works": "materials"}
LISTS = {"model": "the model", "compatriots": "around compatriots", "power_price": "power price"}


@dataclass(frozen=True)
class Prospect:
    """What came after a list of one home and date.

    Attributes
    ----------
    as_of : date
    investor : str
    came : dict of int
        Works announced later, by industry.
    near : dict of dict of float
        List -> industry -> share of them within `NEAR_KM` of a centre of its `ZONES` zones.
    chance : dict of float
        Industry -> mean probability that the model gave to their countries.
    """

    as_of: dt.date
    investor: str
    came: dict[str, int]
    near: dict[str, dict[str, float]]
    chance: dict[str, float]


def prospects(study: Study) -> list[Prospect]:
    """Hold the lists of `DATES` and `HOMES` against the works announced after each."""
    return [
        _prospect(changed(study, {"as_of": date, "investor": home}))
        for home in HOMES
        for date in DATES
    ]


def came_after(name: str, investor: str, as_of: dt.date) -> pd.DataFrame:
    """Return the works of a home abroad that were announced after a date."""
    rows = table(name)
    later = day(rows["announced_date"], "start").gt(pd.Timestamp(as_of))
    abroad = rows["country"].ne(investor) & ~rows["country"].isin(HOME_MARKET)
    return rows[later & abroad & rows["owner_hq_country"].eq(investor)]


def _prospect(study: Study) -> Prospect:
    seen = appraised(study)
    places, as_of = seen.places, study.as_of or catalogue_date()
    by_country = scoring.by_country(scoring.chance(seen.utility), places["country"])
    later = {label: came_after(name, study.investor, as_of) for name, label in CAME.items()}
    cut = zones.Cut.of(places, extent_km=2 * NEAR_KM)
    return Prospect(
        as_of,
        study.investor,
        {label: len(rows) for label, rows in later.items()},
        {
            name: {
                label: _near(places.iloc[cut.centres(score, ZONES)], rows)
                for label, rows in later.items()
            }
            for name, score in _lists(seen).items()
        },
        {
            label: float(by_country.reindex(rows["country"]).fillna(0.0).mean())
            for label, rows in later.items()
        },
    )


def _lists(seen: Appraisal) -> dict[str, Floats]:
    return {
        "model": seen.utility,
        "compatriots": seen.values["compatriots"].to_numpy(dtype=float),
        "power_price": seen.values["power_price"].to_numpy(dtype=float),
    }


def _near(centres: pd.DataFrame, rows: pd.DataFrame) -> float:
    """Share of works within reach of a centre; NaN where none came."""
    if rows.empty:
        return float("nan")
    lat, lon = (rows[name].to_numpy(dtype=float)[:, None] for name in ("lat", "lon"))
    to = coordinates(centres).T
    km = great_circle_km(lat, lon, to[0][None, :], to[1][None, :])
    return float((km.min(axis=1) <= NEAR_KM).mean())
