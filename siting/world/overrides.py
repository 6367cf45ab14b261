"""A study's own figures in place of the catalogue's: `factors` of a place."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from geodata.codes import blocs
from geodata.errors import raise_if
from geodata.factor_vocabulary import FACTORS
from siting.study.known import Figures, figure_faults, place_kinds
from siting.study.study import Study
from siting.world.blocs import spelled_out
from siting.world.conditions import DAY_AHEAD, POWER

SOURCE = "the study's own figure"


def with_factors(table: pd.DataFrame, own: Figures, as_of: dt.date) -> pd.DataFrame:
    """Return `place_factors` with the figures of a study, taken at their word.

    A figure of a country stands for all of it: rows of its regions and bidding zones give way,
    and for power also the spread of its zones. Of several figures that of the narrower place
    counts, in whatever order the study names them.

    Parameters
    ----------
    table : DataFrame
    own : mapping
        Place (ISO2, ISO 3166-2 or bidding zone) -> factor -> value.
    as_of : date

    Raises
    ------
    SitingError
        With every unknown place, unknown factor and value out of range.
    """
    raise_if(figure_faults(own))
    kinds = place_kinds() if own else {}
    for place in sorted(own, key=lambda place: kinds[place] != "country"):  # the wide ones first
        for factor, value in own[place].items():
            table = _replaced(table, place, factor, value, as_of)
    return table


def of_countries(own: Figures, study: Study) -> Figures:
    """Return figures with those of a bloc for each member that has none of its own."""
    wide = [place for place in own if place in blocs()] if own else []
    spread: dict[str, dict[str, float]] = {}
    for bloc in wide:
        for country in spelled_out([bloc], study, [f"factors.{bloc}"]):
            spread[country] = {**spread.get(country, {}), **own[bloc]}
    for place in (name for name in own if name not in wide):
        spread[place] = {**spread.get(place, {}), **own[place]}
    return spread


def _replaced(
    table: pd.DataFrame, place: str, factor: str, value: float, as_of: dt.date
) -> pd.DataFrame:
    kind = place_kinds()[place]
    country = place[:2]
    of_country, this = table["iso2"].eq(country), table["factor"].eq(factor)
    if kind == "country":
        gone = of_country & (this | (table["factor"].eq(DAY_AHEAD) & (factor == POWER)))
    else:
        gone = this & table["region_code"].eq(place)
    row: dict[str, str | float] = dict.fromkeys(table.columns, "")
    row |= {
        "factor": factor,
        "iso2": country,
        "name": place,
        "region_code": "" if kind == "country" else place,
        "region_type": kind,
        "value": value,
        "unit": FACTORS[factor].unit,
        "year": str(as_of.year),
        "source": SOURCE,
        "confidence": "A",
        "as_of": as_of.isoformat(),
    }
    return pd.concat([table[~gone], pd.DataFrame([row])], ignore_index=True)
