"""A study's own figures in place of the catalogue's: `factors` of a place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import pandas as pd

from geodata.errors import Fault, raise_if
from geodata.geometry import attributes
from geodata.load import nearest
from geodata.vocabulary import FACTORS
from siting.world.conditions import DAY_AHEAD, POWER

Figures = Mapping[str, Mapping[str, float]]
SOURCE = "the study's own figure"


def with_factors(table: pd.DataFrame, own: Figures, as_of: dt.date) -> pd.DataFrame:
    """Return `place_factors` with the figures of a study, taken at their word.

    A figure of a country stands for all of it: rows of its regions and bidding zones give way,
    and for power also the spread of its zones.

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
    raise_if(faults(own))
    for place, figures in own.items():
        for factor, value in figures.items():
            table = _replaced(table, place, factor, value, as_of)
    return table


def faults(own: Figures) -> list[Fault]:
    """Return what is wrong with the figures of a study."""
    found = []
    known = _places() if own else {}
    for place, figures in own.items():
        if place not in known:
            mend = "write a country (DE), a region (US-TX) or a bidding zone (SE2)"
            found.append(Fault("study", "no such place", mend, None, "factors", place))
        for name, value in figures.items():
            column = f"factors.{place}.{name}"
            factor = FACTORS.get(name)
            if factor is None:
                mend = nearest(name, list(FACTORS))
                found.append(Fault("study", "unknown factor", mend, None, column, name))
            elif not factor.low <= value <= factor.high:
                mend = f"give {factor.low:g} to {factor.high:g} {factor.unit}"
                found.append(Fault("study", "out of range", mend, None, column, f"{value:g}"))
    return found


def _places() -> dict[str, str]:
    """Return every place that may carry a figure, with its kind."""
    kinds = {
        "bidding_zone": attributes("bidding_zones")["zone"],
        "iso3166-2": attributes("regions")["region"],
        # last: where a zone bears the code of its country (FI), the country is meant
        "country": attributes("countries")["country"],
    }
    return {str(code): kind for kind, codes in kinds.items() for code in codes if code}


def _replaced(
    table: pd.DataFrame, place: str, factor: str, value: float, as_of: dt.date
) -> pd.DataFrame:
    kind = _places()[place]
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
