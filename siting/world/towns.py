"""Points that a user names: a town, a town and its country, or latitude and longitude."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass

import pandas as pd

from geodata.errors import Fault, SitingError
from geodata.geometry import layer
from siting.support.text import plain

_NUMBERS = re.compile(r"^\s*([+-]?\d+(?:\.\d+)?)\s*,\s*([+-]?\d+(?:\.\d+)?)\s*$")


@dataclass(frozen=True)
class Point:
    """A named point (degrees)."""

    name: str
    lat: float
    lon: float

    @property
    def latlon(self) -> tuple[float, float]:
        """Latitude and longitude."""
        return self.lat, self.lon


def point(text: str) -> Point:
    """Return the point that `text` names; of towns of one name the largest.

    Raises
    ------
    SitingError
        When no town has that name (with the nearest one), or a coordinate is off the globe.
    """
    numbers = _NUMBERS.match(text)
    if numbers:
        lat, lon = float(numbers[1]), float(numbers[2])
        if abs(lat) > 90 or abs(lon) > 180:  # noqa: PLR2004 - the ends of the globe
            raise SitingError(
                Fault("point", "off the globe", "write latitude,longitude in degrees", value=text)
            )
        return Point(f"{lat:.3f}, {lon:.3f}", lat, lon)
    name, _, country = text.partition(",")
    towns = layer("towns")
    if country.strip():
        towns = towns[towns["country"] == country.strip().upper()]
    names = towns["name"].map(plain)
    hits = towns[names.eq(plain(name)).to_numpy()].sort_values("population", ascending=False)
    if hits.empty:
        raise SitingError(Fault("point", "unknown town", _mend(plain(name), names), value=text))
    town = hits.iloc[0]
    return Point(f"{town['name']}, {town['country']}", float(town["lat"]), float(town["lon"]))


def _mend(name: str, names: pd.Series) -> str:
    close = difflib.get_close_matches(name, names.unique(), n=1, cutoff=0.75)
    meant = f"did you mean {close[0].title()}? " if close else ""
    return f"{meant}Towns over 15,000 people are known; or write lat,lon"
