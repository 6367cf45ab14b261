"""Where the rows of a table lie, kept between runs: the same points lie where they lay."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.geometry import layer_bytes
from geodata.places import STATED_KM, locate
from siting.support import cache

_FORMAT = 1  # of what is cached; raise it when its meaning changes
_LAYERS = ("regions", "bidding_zones")
_COLUMNS = ("country", "region", "zone")
_RECORD = np.dtype([(name, "S8") for name in _COLUMNS])


def located(points: pd.DataFrame) -> pd.DataFrame:
    """Return country, region and bidding zone of points, as `geodata.places.locate`.

    Parameters
    ----------
    points : DataFrame, n rows
        lat, lon in degrees, and country (ISO2, "" for none) where it is stated.

    Raises
    ------
    SitingError
        As `locate`.
    """
    columns = [points[name].to_numpy(dtype=float) for name in ("lat", "lon")]
    if "country" in points:
        columns.append(points["country"].fillna("").to_numpy(dtype=object))
    key = cache.digest("located", _FORMAT, STATED_KM, _outlines(), *columns)
    records = cache.array(key, lambda: _located(columns))
    return pd.DataFrame({name: records[name].astype(str).astype(object) for name in _COLUMNS})


def _located(columns: list[NDArray[Any]]) -> NDArray[Any]:
    areas = locate(*columns)
    records = np.zeros(len(areas), dtype=_RECORD)
    for name in _COLUMNS:
        records[name] = areas[name].to_numpy(dtype=str)
    return records


@lru_cache
def _outlines() -> str:
    return cache.digest(*(layer_bytes(name) for name in _LAYERS))
