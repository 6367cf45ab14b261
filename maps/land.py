"""Every place of a study in a compact block, for the page to colour the land by.

What is the same all over a country or a power zone is kept once for it, exactly; of the rest each
number is one of 256 even steps. All goes into one deflated block, differences from place to place,
which the page inflates and scores by itself (`panel/scripts/block.js`).
"""

from __future__ import annotations

import base64
import zlib
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.arrays import Floats
from geodata.errors import Fault
from maps.escape import plain

LEVEL = 9  # of zlib
STEPS = 254  # from the least to the largest of a criterion; 255 stands for unknown
UNKNOWN = 255
MOST_AREAS = 4000  # groups of places that share what is kept once
LEAST_SHARED = 8  # places of a group, on average
PLACE_BITS = 14  # of a coordinate: 2.4 km at the equator
MERCATOR_LAT = 85.0  # the map's own end
EDGE_KM = 0.25  # step of the size of a hexagon
TURNS = 240  # steps of its turn within 60 degrees
NEAR, REGIME = 1, 2  # flags of a place
FLAT = 1e-9  # share of its range by which a figure may leave the line of its criterion


@dataclass(frozen=True)
class Figure:
    """A measured figure to colour the land by.

    Attributes
    ----------
    key, name, unit : str
        The key is that of a criterion, or of a column of `Land.measured`.
    low_is_good : bool
        Of the places in a hexagon it shows the best.
    ends : tuple of float
        Between which its axis runs.
    breaks : tuple of float
        Lower ends of its classes but the first.
    """

    key: str
    name: str
    unit: str
    low_is_good: bool
    ends: tuple[float, float]
    breaks: tuple[float, ...]


@dataclass(frozen=True)
class Land:
    """Places to colour the land by, neighbours beside each other where it can be had.

    Attributes
    ----------
    places : DataFrame (n)
        lat, lon, country; `near`: whether an estate is known there or near it; `regime`: whether
        one of these is in a free or special economic zone; `edge_km` and `turn` (degrees): size of
        the hexagon that a place is drawn as when it is near, and how it is turned.
    values, measured : DataFrame (n, criteria), (n, figures)
        Worth; as measured, NaN where unknown.
    figures : tuple of Figure
    excluded : DataFrame (m)
        lat, lon of places that a rule excludes.
    closed : frozenset of str
        Countries that let this investor build nowhere.
    listed : ndarray of int (places that the page ranks,)
        Row of each of them, -1 for none.
    """

    places: pd.DataFrame
    values: pd.DataFrame
    measured: pd.DataFrame
    figures: tuple[Figure, ...]
    excluded: pd.DataFrame
    closed: frozenset[str]
    listed: NDArray[np.intp]


def payload(land: Land) -> dict[str, Any]:
    """Return what the page's script reads: the block, and what its parts are."""
    countries = sorted(set(land.places["country"]))
    country = np.searchsorted(countries, land.places["country"])
    lines = {f.key: line for f in land.figures if (line := _line(land, f.key)) is not None}
    own = land.measured[[f.key for f in land.figures if f.key not in lines]].add_prefix("raw:")
    every = pd.concat([land.values, own], axis=1)
    area, once = areas(country, every)
    fine = [key for key in every if key not in once]
    steps = {key: scale(every[key].to_numpy(dtype=float)) for key in fine}
    first = np.unique(area, return_index=True)[1]
    parts: list[tuple[str, NDArray[Any]]] = [
        *zip(("x", "y"), spots(land.places), strict=True),
        ("area", area.astype("<u2")),
        ("country", country[first].astype("<u2")),
        ("flags", _flags(land.places)),
        ("edge", _bytes(land.places["edge_km"] / EDGE_KM)),
        ("turn", _bytes(land.places["turn"] / 60.0 * TURNS % TURNS)),
        ("once", every[once].to_numpy(dtype="<f4")[first].T.ravel()),
        ("listed", (land.listed + 1).astype("<u2")),
        *zip(("barredX", "barredY"), spots(land.excluded), strict=True),
        *((f"fine:{key}", codes(every[key].to_numpy(dtype=float), *steps[key])) for key in fine),
    ]
    block = zlib.compress(b"".join(_differences(part) for _, part in parts), LEVEL)
    return {
        "count": len(land.places),
        "countries": [plain(code) for code in countries],
        "closed": sorted(plain(code) for code in land.closed),
        "parts": [[name, part.dtype.str.removeprefix("<").removeprefix("|"), part.size]
                  for name, part in parts],
        "once": once,
        "fine": {key: list(steps[key]) for key in fine},
        "figures": [
            {"key": plain(f.key), "name": plain(f.name), "unit": plain(f.unit),
             "lowIsGood": f.low_is_good, "ends": list(f.ends), "breaks": list(f.breaks),
             "line": list(lines[f.key]) if f.key in lines else None}
            for f in land.figures
        ],
        "edge": EDGE_KM,
        "turns": TURNS,
        "block": base64.b64encode(block).decode("ascii"),
    }  # fmt: skip


def areas(country: NDArray[np.intp], every: pd.DataFrame) -> tuple[NDArray[np.intp], list[str]]:
    """Group places that share what changes little within a country.

    Returns
    -------
    area : ndarray (n,)
        Group of each place, 0 for the first.
    keys : list of str
        Columns that are one number in each group, in the order of the columns.
    """
    # unknown is a value of its own here
    code = {str(key): pd.factorize(every[key], use_na_sentinel=False)[0] for key in every}
    kinds = {key: len(np.unique(own + (own.max() + 1) * country)) if len(own) else 0
             for key, own in code.items()}  # fmt: skip
    area, constant = country, set[str]()
    most = min(MOST_AREAS, len(country) // LEAST_SHARED)
    for key in sorted(kinds, key=lambda one: (kinds[one], one)):
        pairs, split = np.unique(np.stack([area, code[key]]), axis=1, return_inverse=True)
        if pairs.shape[1] > most:
            break
        area, constant = split.reshape(-1).astype(np.intp), constant | {key}
    return area, [key for key in code if key in constant]


def scale(numbers: Floats) -> tuple[float, float]:
    """Return least and step of the 255 even numbers that a column is written in."""
    known = numbers[np.isfinite(numbers)]
    if not len(known):
        return 0.0, 0.0
    low, high = float(known.min()), float(known.max())
    return low, (high - low) / STEPS


def codes(numbers: Floats, low: float, step: float) -> NDArray[np.uint8]:
    """Return each number as the nearest step, `UNKNOWN` where there is none (n,)."""
    known = np.isfinite(numbers)
    whole = np.round((np.where(known, numbers, low) - low) / (step or 1.0))
    return np.where(known, whole, UNKNOWN).astype(np.uint8)


def spots(places: pd.DataFrame) -> tuple[NDArray[np.uint16], NDArray[np.uint16]]:
    """Project places to the unit square of Web Mercator, in whole steps from its north-west."""
    lat = np.clip(places["lat"].to_numpy(dtype=float), -MERCATOR_LAT, MERCATOR_LAT)
    x = places["lon"].to_numpy(dtype=float) / 360.0 + 0.5
    y = 0.5 - np.arcsinh(np.tan(np.radians(lat))) / (2 * np.pi)
    most = 2**PLACE_BITS
    whole = [np.clip(np.floor(one * most), 0, most - 1).astype("<u2") for one in (x, y)]
    return whole[0], whole[1]


def _flags(places: pd.DataFrame) -> NDArray[np.uint8]:
    near, regime = (places[name].to_numpy(dtype=bool) for name in ("near", "regime"))
    flags = near * NEAR + regime * REGIME
    return np.asarray(flags, dtype=np.uint8)


def _bytes(numbers: pd.Series) -> NDArray[np.uint8]:
    return np.clip(np.round(numbers.to_numpy(dtype=float)), 0, 255).astype(np.uint8)


def _line(land: Land, key: str) -> tuple[float, float] | None:
    """Return base and slope where a figure is a straight line of its criterion's worth."""
    if key not in land.values or len(land.values) < 2:  # noqa: PLR2004 - two points a line
        return None
    worth, raw = land.values[key].to_numpy(float), land.measured[key].to_numpy(float)
    low, high = int(worth.argmin()), int(worth.argmax())
    if worth[low] == worth[high] or not np.isfinite(raw).all():
        return None
    slope = float((raw[high] - raw[low]) / (worth[high] - worth[low]))
    base = float(raw[low] - slope * worth[low])
    off = np.abs(base + slope * worth - raw).max()
    return (base, slope) if off <= FLAT * max(np.ptp(raw), 1e-300) else None


def _differences(numbers: NDArray[Any]) -> bytes:
    """Write whole numbers as differences from one to the next, low bytes first; others as such."""
    if numbers.dtype.kind == "f":
        return numbers.tobytes()
    apart = np.diff(numbers, prepend=numbers.dtype.type(0)).astype(numbers.dtype)
    return apart.view(np.uint8).reshape(-1, apart.dtype.itemsize).T.tobytes()


def faults(land: Land) -> list[Fault]:
    """Return what keeps places from colouring the land."""
    numbers = {"values": land.values, "places": land.places[["lat", "lon"]],
               "excluded": land.excluded[["lat", "lon"]]}  # fmt: skip
    result = []
    for name, frame in numbers.items():
        bad = ~np.isfinite(frame.to_numpy(dtype=float)).all(axis=1)
        result += [Fault(f"atlas.land.{name}", "not a number", row=int(row) + 2)
                   for row in np.flatnonzero(bad)]  # fmt: skip
    return result
