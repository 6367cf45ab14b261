"""A named point, and coordinates as a user writes them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from geodata.errors import Fault, SitingError

# A letter of the hemisphere follows each number or precedes each, in place of a sign.
_VALUE, _GAP = r"([+-]?)([0-9]+(?:\.[0-9]*)?|\.[0-9]+)", r"\s*[,;\s]\s*"
_BEHIND, _BEFORE = rf"(){_VALUE}\s*°?\s*([NSEW]?)", rf"([NSEW]?)\s*{_VALUE}\s*°?()"
_PAIRS = tuple(re.compile(f"{part}{_GAP}{part}") for part in (_BEHIND, _BEFORE))
_NUMERIC = re.compile(r"[0-9\s.,;:+°'\"′″NSEW-]*[0-9][0-9\s.,;:+°'\"′″NSEW-]*")  # noqa: RUF001 - minutes, seconds
_COMMAS = re.compile(r"([+-]?[0-9]+),([0-9]+)\s*[,;\s]\s*([+-]?[0-9]+),([0-9]+)")
_AXES = {"N": "lat", "S": "lat", "E": "lon", "W": "lon", "": ""}
_LAT, _LON = 90.0, 180.0  # the ends of the globe
_FORMS = "write latitude,longitude in degrees, as 62.39,17.31 or 33.9S,18.4E"


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


def coordinates(text: str, where: str = "place") -> Point | None:
    """Return the point that a text writes in numbers, None where it is no text of numbers.

    Parameters
    ----------
    text : str
        Latitude and longitude in degrees, between them a comma, a semicolon or a blank; the
        hemisphere by sign or letter. With letters longitude may come first.
    where : str
        What a fault names.

    Raises
    ------
    SitingError
        For numbers that are no point of the globe: decimal commas, minutes, one number alone.
    """
    flat = unicodedata.normalize("NFKC", text).replace("\N{MINUS SIGN}", "-").strip().upper()
    if not _NUMERIC.fullmatch(flat):
        return None
    parts = next(filter(None, (pair.fullmatch(flat) for pair in _PAIRS)), None)
    pair = _by_axis(*parts.groups()) if parts else None
    if pair is None:
        raise SitingError(Fault(where, "no latitude and longitude", _hint(flat), value=text))
    lat, lon = pair
    if abs(lat) > _LAT or abs(lon) > _LON:
        swapped = abs(lon) <= _LAT and abs(lat) <= _LON
        hint = f"latitude comes first: {lon:g},{lat:g}?" if swapped else _FORMS
        raise SitingError(Fault(where, "off the globe", hint, value=text))
    return Point(f"{lat:.3f}, {lon:.3f}", lat, lon)


def _by_axis(*parts: str) -> tuple[float, float] | None:
    """Return latitude and longitude of twice a letter, sign, digits and letter; None if at odds."""
    numbers, axes = [], []
    for before, sign, digits, behind in (parts[:4], parts[4:]):
        letter = before or behind
        if letter and sign:
            return None
        numbers.append(float(digits) * (-1 if sign == "-" or letter in {"S", "W"} else 1))
        axes.append(_AXES[letter])
    if axes[0] and axes[0] == axes[1]:
        return None
    first, second = numbers
    return (second, first) if axes[0] == "lon" or axes[1] == "lat" else (first, second)


def _hint(flat: str) -> str:
    commas = _COMMAS.fullmatch(flat)
    if not commas:
        return _FORMS
    return "write decimal points: {}.{},{}.{}".format(*commas.groups())
