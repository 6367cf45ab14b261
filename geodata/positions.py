"""Whether the places of a user's list can lie where the list says.

A coordinate that cannot be right is a fault: missing, out of range, 0/0, outside of the country
that the row states, or, for a list as a whole, at sea where another order or sign is on land.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.arrays import Floats
from geodata.codes import PART_OF, country_hint, country_of
from geodata.fault_list import Faults
from geodata.places import locate

PROJECTED = "these look like metres of a projection: save the file in EPSG:4326"
_SWAPPED = "latitude and longitude look swapped"
_LAT_MOST, _LON_MOST = 90.0, 180.0
_AT_SEA = "at sea"
_MOST = 0.5  # of a list at sea: from here on it is the list that is wrong, not a place
_LOOKED_AT = 5_000  # places looked at to see whether a list lies at sea
# What may have happened to a coordinate, and how to correct it.
_SLIPS: tuple[tuple[str, Callable[[Floats, Floats], tuple[Floats, Floats]]], ...] = (
    ("exchange lat and lon", lambda lat, lon: (lon, lat)),
    ("check the sign of lon", lambda lat, lon: (lat, -lon)),
    ("check the sign of lat", lambda lat, lon: (-lat, lon)),
    ("check the signs of lat and lon", lambda lat, lon: (-lat, -lon)),
)
_EXCHANGED = _SLIPS[0][0]


def check_positions(rows: pd.DataFrame, faults: Faults, *, on_land: bool = False) -> None:
    """Add a fault for each place that cannot be right.

    Parameters
    ----------
    rows : DataFrame
        lat, lon in degrees, and country (code or name) where it is stated; the index is the row in
        a spreadsheet.
    faults : Faults
    on_land : bool
        Whether the places are sites, so that a list of which most lie at sea is in doubt.
    """
    lat, lon = rows["lat"], rows["lon"]
    missing = ~(np.isfinite(lat) & np.isfinite(lon))
    nowhere = lat.eq(0) & lon.eq(0)
    far = ~missing & ((lat.abs() > _LAT_MOST) | (lon.abs() > _LON_MOST))
    swapped = far & lat.abs().le(_LON_MOST) & lon.abs().le(_LAT_MOST)
    metres = far & ((lat.abs() > _LON_MOST) | (lon.abs() > 2 * _LON_MOST))
    for what, hint, bad in (
        ("no coordinates", "give lat and lon in degrees (EPSG:4326)", missing),
        ("0, 0 is in the Atlantic, and stands for no coordinates", "give the place", nowhere),
        (_SWAPPED, _EXCHANGED, swapped),
        ("not in degrees", PROJECTED, metres),
        ("out of range", "lat runs from -90 to 90, lon from -180 to 180", far & ~swapped & ~metres),
    ):
        where = [", ".join(map(_degrees, pair)) for pair in zip(lat[bad], lon[bad], strict=True)]
        faults.add_cells(what, hint, "lat, lon", pd.Series(where, index=lat.index[bad], dtype=str))
    _check_places(rows[~(missing | nowhere | far)], faults, on_land=on_land)


def _check_places(rows: pd.DataFrame, faults: Faults, *, on_land: bool) -> None:
    """Add a fault for places outside of the country that they state, and for lists at sea."""
    words = rows["country"] if "country" in rows else pd.Series("", index=rows.index)
    stated = words.map({word: country_of(word) for word in words.unique()})
    unknown = words[stated.eq("") & words.str.fullmatch("[A-Za-z]{2}")]
    faults.add_cells("no such country code", _meant, "country", unknown)
    _check_countries(rows.assign(country=stated)[stated.ne("")], faults)
    if on_land:
        free = rows[stated.eq("")]
        _check_list(free.iloc[:: -(-len(free) // _LOOKED_AT) or 1], faults)


def _check_countries(rows: pd.DataFrame, faults: Faults) -> None:
    """Add a fault for each place outside of its country, with what would bring it there."""
    if rows.empty:
        return
    lat, lon = rows["lat"].to_numpy(float), rows["lon"].to_numpy(float)
    home = rows["country"].replace(PART_OF).to_numpy(object)
    there = _country(lat, lon, home)
    astray = there != home
    hints = _hints(lat[astray], lon[astray], home[astray])
    texts = [
        f"{y:g}, {x:g}"
        + ("" if hint == _EXCHANGED else f" in {word}, found {f'in {here}' if here else _AT_SEA}")
        for y, x, word, here, hint in zip(
            lat[astray], lon[astray], rows["country"][astray], there[astray], hints, strict=True
        )
    ]
    cells = pd.Series(texts, index=rows.index[astray], dtype=str)
    for slip in dict.fromkeys(hints):
        what = _SWAPPED if slip == _EXCHANGED else "the point lies outside of its stated country"
        hint = slip if slip == _EXCHANGED else f"{slip}, or correct the country"
        faults.add_cells(what, hint, "lat, lon", cells[[h == slip for h in hints]])


def _check_list(rows: pd.DataFrame, faults: Faults) -> None:
    """Add a fault for a list at sea that lies on land in another order or with another sign."""
    if rows.empty:
        return
    lat, lon = rows["lat"].to_numpy(float), rows["lon"].to_numpy(float)
    at_sea = int(np.sum(_country(lat, lon) == ""))
    if at_sea < _MOST * len(rows):
        return
    hints = []
    for hint, slip in _SLIPS:
        moved = slip(lat, lon)
        inside = np.abs(moved[0]) <= _LAT_MOST
        if inside.all() and (_country(*moved) != "").all():
            hints.append(hint)
    if hints:
        what = f"{at_sea:,} of {len(rows):,} places lie at sea, and on land after one change to all"
        all_hints = ", or ".join([*hints, "state each country in a column country"])
        faults.add(what, all_hints, column="lat, lon")


def _hints(lat: Floats, lon: Floats, home: NDArray[np.object_]) -> list[str]:
    """Return what brings each point into its country, the first of the slips that does."""
    hints = np.full(len(lat), "check lat and lon", dtype=object)
    for hint, slip in reversed(_SLIPS):
        y, x = slip(lat, lon)
        within = np.flatnonzero(np.abs(y) <= _LAT_MOST)
        fits = _country(y[within], x[within], home[within]) == home[within]
        hints[within[fits]] = hint
    return hints.tolist()


def _country(
    lat: Floats, lon: Floats, home: NDArray[np.object_] | None = None
) -> NDArray[np.object_]:
    """Return the country of points, that of `home` where it lies within the tolerance."""
    return locate(lat, lon, home)["country"].to_numpy(object)


def _degrees(value: float) -> str:
    return f"{value:g}" if np.isfinite(value) else "blank"


def _meant(word: str) -> str:
    return f"{country_hint(word).rstrip('?')}, or leave it blank"
