"""Bidding zones of the European power market."""

from __future__ import annotations

import re

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geodata.build import regions, sources

# Zones of two countries: cut at the border, so that each row has one country.
COUNTRIES = {"DE_LU": ("DE", "LU")}
TOLERANCE = 0.005


def code(stem: str) -> str:
    """Return the zone's code from the file's name: SE_2 -> SE2, DE_LU and IT_NORD as they are."""
    return re.sub(r"_(?=\d$)", "", stem)


def build() -> gpd.GeoDataFrame:
    """Make the zones layer: zone, country (ISO2), geometry; one row a zone and country."""
    files = sorted((sources.pip("entsoe") / "geo" / "geojson").glob("*.geojson"))
    files = [f for f in files if not f.stem.endswith("_2020")]  # the outlines before 2021
    outlines = np.asarray(
        [shapely.union_all(gpd.read_file(f).geometry.to_numpy()) for f in files], dtype=object
    )
    simple = shapely.coverage_simplify(regions.polygons_only(outlines), TOLERANCE)
    shapes = regions.polygons_only(sources.on_grid(np.asarray(simple)))
    land = gpd.read_parquet(sources.LAYERS / "countries.parquet").set_index("country").geometry
    rows = []
    for file, shape in zip(files, shapes, strict=True):
        owners = COUNTRIES.get(file.stem, (file.stem[:2],))
        for country in owners:
            own = shapely.intersection(shape, land[country]) if len(owners) > 1 else shape
            rows.append((code(file.stem), country, own))
    frame = pd.DataFrame(rows, columns=["zone", "country", "geometry"])
    return gpd.GeoDataFrame(frame, geometry="geometry", crs=sources.CRS)


if __name__ == "__main__":
    sources.write(build(), "bidding_zones")
