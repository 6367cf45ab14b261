"""What is known at a place, or in the nearest wider place that has a figure."""

from __future__ import annotations

import weakref
from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from functools import lru_cache
from math import isnan
from operator import attrgetter, itemgetter
from statistics import median
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from geodata.errors import Fault, SitingError
from geodata.geometry import FloatArray, IntArray
from geodata.places import world_region

# Finest first; a factor is taken from the first level that knows it.
LEVELS = ("zone", "region", "country", "world_region", "world")
_READ = ("iso2", "region_type", "region_code", "value", "year", "confidence")
_KINDS = ("country", "iso3166-2", "bidding_zone")
_FLAGS = {"y": 1.0, "n": 0.0, "": np.nan}
# Where in its year a figure stands: estimates before finals, halves and quarters at their end.
_PARTS = {"e": 0.49, "": 0.5, "-S1": 0.45, "-S2": 0.95} | {
    f"-Q{q}": q / 4 - 0.05 for q in range(1, 5)
}


def factor_at(
    factors: pd.DataFrame, factor: str, places: pd.DataFrame, as_of: date | None = None
) -> pd.DataFrame:
    """Look a factor up at places, in the nearest wider place that knows it.

    Order: bidding zone, region, country, world region, world. A country without a row of its
    own takes the median of its zones and regions; a world region the median of its countries;
    the world the median of all countries.

    Parameters
    ----------
    factors : DataFrame
        Long table place_factors: factor, iso2, region_code, region_type (country, iso3166-2,
        bidding_zone), value, year (2024, 2024-S2, 2024-Q1, 2024e), confidence. Its figures are
        put in order once, so a table with other figures is another object.
    factor : str
        Which factor; its unit is in its name.
    places : DataFrame, n rows
        Columns country, region, zone as `locate` gives them.
    as_of : date, optional
        Use what was measured in this year or before; a place that has only later figures
        gives the earliest of them. By default the newest counts.

    Returns
    -------
    DataFrame
        Index of `places`: value (NaN where nothing is known anywhere), level (one of `LEVELS`
        or ""), imputed (any median), confidence (C when imputed), late (measured after
        `as_of`, or a median that holds such a figure).

    Raises
    ------
    SitingError
        When the table has no such factor.
    """
    figures, row = _looked_up(factors, factor, places, as_of)
    cells = [
        (f.value, level, f.imputed, f.confidence, f.late)
        for level, known in figures.items()
        for f in known.values()
    ]
    columns = ["value", "level", "imputed", "confidence", "late"]
    table = pd.DataFrame([*cells, _UNKNOWN], columns=columns)  # the last is that of row -1
    return table.iloc[row].set_axis(places.index)


def rows_read(
    factors: pd.DataFrame, factor: str, places: pd.DataFrame, as_of: date | None = None
) -> tuple[IntArray, FloatArray]:
    """Return which rows of the table `factor_at` reads at places; arguments as there.

    A median is read from the rows in its middle, equally from each.

    Returns
    -------
    rows : array of int, shape (k,)
        Positions in `factors`, ascending.
    share : array of float, shape (n, k)
        Of each place's figure; rows sum to 1, to 0 where nothing is known anywhere.
    """
    figures, row = _looked_up(factors, factor, places, as_of)
    own = [figure.rows for known in figures.values() for figure in known.values()]
    which, here = np.unique(row, return_inverse=True)
    read = [own[i] if i >= 0 else () for i in which.tolist()]
    rows = np.unique(np.array([one for many in read for one in many], dtype=np.intp))
    share = np.zeros((len(read), len(rows)))
    for nth, many in enumerate(read):
        share[nth, np.searchsorted(rows, many)] = 1.0 / max(len(many), 1)
    return rows, share[here]


def _looked_up(
    factors: pd.DataFrame, factor: str, places: pd.DataFrame, as_of: date | None
) -> tuple[dict[str, dict[str, _Figure]], IntArray]:
    """Return the figures of each level, and which of them, one level after another, places read.

    -1 where nothing is known anywhere.
    """
    figures = _figures(factors, factor, as_of)
    # thousands of places share a region: each is looked up once
    coded = {name: pd.factorize(places[name]) for name in ("zone", "region", "country")}
    where = {name: (code, np.asarray(own, dtype=object)) for name, (code, own) in coded.items()}
    code, own = where["country"]
    where["world_region"] = code, np.array([world_region(name) for name in own], dtype=object)
    where["world"] = np.zeros(len(places), dtype=np.intp), np.array(["world"], dtype=object)
    row, first = np.full(len(places), -1), 0
    for level in LEVELS:
        there = {name: first + i for i, name in enumerate(figures[level])}
        code, own = where[level]
        numbers = np.array([*(there.get(name, -1) for name in own), -1])
        row = np.where(row < 0, numbers[code], row)
        first += len(there)
    return figures, row


def _figures(
    factors: pd.DataFrame, factor: str, as_of: date | None
) -> dict[str, dict[str, _Figure]]:
    """Return the figures of each level; a plan reads those of one table a dozen times."""
    if id(factors) not in _ORDERED:
        _ORDERED[id(factors)] = {}
        weakref.finalize(factors, _ORDERED.pop, id(factors), None).atexit = False
    ordered = _ORDERED[id(factors)]
    if (factor, as_of) not in ordered:
        ordered[factor, as_of] = _levels(_dated(*_rows_of(factors, factor), as_of))
    return ordered[factor, as_of]


def _rows_of(factors: pd.DataFrame, factor: str) -> tuple[list[int], list[npt.NDArray[np.object_]]]:
    """Return the positions of a factor's rows and, for each column of `_READ`, their cells."""
    known = np.flatnonzero((factors["factor"] == factor).to_numpy())
    if not len(known):
        hint = "name one of " + ", ".join(sorted(set(factors["factor"])))
        raise SitingError(Fault("place_factors", "no such factor", hint, None, "factor", factor))
    return known.tolist(), [factors[name].take(known).to_numpy(dtype=object) for name in _READ]


class _Figure(NamedTuple):
    """What is known of a place, or of a wider one."""

    value: float
    imputed: bool
    confidence: str
    late: bool
    rows: tuple[int, ...]  # of the table, that it is read from


_UNKNOWN = (np.nan, "", True, "C", False)
# By table, as long as it lives; then by factor and date.
_ORDERED: dict[int, dict[tuple[str, date | None], dict[str, dict[str, _Figure]]]] = {}


@lru_cache
def year_of(text: str) -> float:
    """Return where in time a figure stands: 2024e before 2024 before 2024-S2."""
    year, part = text[:4], text[4:]
    return int(year) + _PARTS.get(part, 0.5)


def _number(cell: str | float) -> float:
    """Return a figure, a flag as 1 or 0, a blank as NaN."""
    return _FLAGS[cell] if isinstance(cell, str) and cell in _FLAGS else float(cell)


def _dated(
    rows: Iterable[int], cells: Iterable[npt.NDArray[np.object_]], as_of: date | None
) -> dict[tuple[str, str, str], _Figure]:
    """Keep one figure a place: the newest by the year of `as_of`, else the earliest after it."""
    end = np.inf if as_of is None else as_of.year + 1
    figures = []
    for row, country, kind, code, cell, year, grade in zip(rows, *cells, strict=True):
        value, time = _number(cell), year_of(str(year))
        if not isnan(value):
            late = time >= end
            figure = _Figure(value, False, grade, late, (row,))
            figures.append(((late, time if late else -time, grade), (country, kind, code), figure))
    # equally new: the better confidence, then the order of the table; what is written last stays
    figures.sort(key=itemgetter(0))
    return {place: figure for _, place, figure in reversed(figures)}


def _levels(known: dict[tuple[str, str, str], _Figure]) -> dict[str, dict[str, _Figure]]:
    """Return the figures of each level by place."""
    of: dict[str, dict[str, _Figure]] = {kind: {} for kind in _KINDS}
    parts: dict[str, list[_Figure]] = defaultdict(list)
    for (country, kind, code), figure in known.items():
        of[kind][country if kind == "country" else code] = figure
        if kind != "country":
            parts[country].append(figure)
    countries = {c: _median(figures) for c, figures in parts.items()} | of["country"]
    regions: dict[str, list[_Figure]] = defaultdict(list)
    for country, figure in countries.items():
        regions[world_region(country)].append(figure)
    return {
        "zone": of["bidding_zone"],
        "region": of["iso3166-2"],
        "country": countries,
        "world_region": {name: _median(own) for name, own in regions.items() if name},
        "world": {"world": _median(countries.values())} if countries else {},
    }


def _median(figures: Collection[_Figure]) -> _Figure:
    """Return the median, marked as imputed, with the rows of the figures in its middle."""
    ranked = sorted(figures, key=attrgetter("value"))
    middle = ranked[(len(ranked) - 1) // 2 : len(ranked) // 2 + 1]
    rows = tuple(sorted({row for f in middle for row in f.rows}))
    late = any(f.late for f in figures)
    return _Figure(median(f.value for f in middle), True, "C", late, rows)
