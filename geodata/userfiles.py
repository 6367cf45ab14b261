"""The planner's own candidates and exclusion layers, read with every fault said at once.

CSV, GeoJSON, GeoPackage, GeoParquet and Shapefile. Files are foreign: their size and kind are
checked before anything is parsed, and their text is data, never markup.
"""

from __future__ import annotations

import re
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geodata import csvtext, spatialfiles
from geodata.csvtext import refuse
from geodata.gather import Faults
from geodata.load import numbers
from geodata.nearness import within_areas
from geodata.places import locate
from geodata.plaintext import plain, plain_columns

__all__ = ["read_areas", "read_points", "within_areas"]

OWN = ("site_id", "name", "lat", "lon")
_ALIASES = {"latitude": "lat", "longitude": "lon", "lng": "lon", "long": "lon"}
_SWAPPED = "latitude and longitude look swapped"
_PROJECTED = "these look like metres of a projection: save the file in EPSG:4326"
_LAT_MOST, _LON_MOST = 90.0, 180.0


def read_points(path: str | Path) -> pd.DataFrame:
    """Read candidates.

    Parameters
    ----------
    path : path
        A CSV file with lat and lon (EPSG:4326), or points in a spatial format with a CRS.

    Returns
    -------
    DataFrame
        site_id, name (str), lat, lon (float64, EPSG:4326), then every further column. A missing
        site_id is made from the name, a missing name is the site_id.

    Raises
    ------
    SitingError
        With the faults of the file; rows are counted as in a spreadsheet, so that the first
        feature of a spatial file is row 2.
    """
    path = spatialfiles.plain_path(path)
    faults = Faults(path.name)
    if path.suffix.lower() in spatialfiles.TEXT_SUFFIXES:
        rows, readable = _text_points(csvtext.read(path), faults)
    else:
        rows, readable = _spatial_points(spatialfiles.read(path), faults)
    rows = plain_columns(rows)
    _check_position(rows[readable], faults)
    rows = _named(rows, faults)
    faults.raise_if_any()
    further = [column for column in rows if column not in OWN]
    return rows[[*OWN, *further]].reset_index(drop=True)


def read_areas(path: str | Path) -> gpd.GeoDataFrame:
    """Read the features of an exclusion layer.

    Parameters
    ----------
    path : path
        Any shapes in a spatial format with a CRS; or a CSV file (EPSG:4326) with lat and lon, or
        with shapes as WKT in a column wkt.

    Returns
    -------
    GeoDataFrame
        Features in EPSG:4326 as they are drawn; ``attrs["dropped"]`` counts those without a shape.

    Raises
    ------
    SitingError
        With the faults of the file.
    """
    path = spatialfiles.plain_path(path)
    faults = Faults(path.name)
    if path.suffix.lower() in spatialfiles.TEXT_SUFFIXES:
        features = _text_areas(csvtext.read(path), faults)
    else:
        features = spatialfiles.read(path)
    shapes = shapely.force_2d(np.asarray(features.geometry.array, dtype=object))
    if path.suffix.lower() == ".shp":  # its outer rings run clockwise, those of others against it
        shapes = shapely.reverse(shapes)
    kept = ~(shapely.is_missing(shapes) | shapely.is_empty(shapes))
    # Shapes across the date line may run past 180 degrees; nothing runs past a pole.
    wild = kept & ~(np.abs(shapely.bounds(shapes)) <= (540.0, 90.0, 540.0, 90.0)).all(axis=1)
    cells = pd.Series(shapely.to_wkt(shapes[wild], 3), index=features.index[wild])
    faults.add_cells("coordinates are no degrees", _PROJECTED, "geometry", cells)
    faults.raise_if_any()
    if not kept.any():
        refuse(path.name, "no feature has a shape", "save the layer with its geometry")
    about = plain_columns(pd.DataFrame(features.drop(columns="geometry")))[kept]
    # As drawn: on the plane alone a ring across 180 degrees is no valid one, see `geodata.rings`.
    areas = gpd.GeoDataFrame(about, geometry=shapes[kept], crs=spatialfiles.CRS)
    areas = areas.reset_index(drop=True)
    areas.attrs["dropped"] = int((~kept).sum())
    return areas


def _text_points(rows: pd.DataFrame, faults: Faults) -> tuple[pd.DataFrame, pd.Series]:
    """Return rows with numbers for lat and lon, and which of them could be read."""
    rows = _own_headings(rows)
    for column in ("lat", "lon"):
        if column not in rows:
            faults.add("this column is missing", "add it, in degrees (EPSG:4326)", 1, column)
    faults.raise_if_any()
    given = rows[["lat", "lon"]] != ""
    rows["lat"], rows["lon"] = (numbers(c, rows[c], faults) for c in ("lat", "lon"))
    return rows, (rows[["lat", "lon"]].notna() | ~given).all(axis=1)


def _spatial_points(features: gpd.GeoDataFrame, faults: Faults) -> tuple[pd.DataFrame, pd.Series]:
    """Return rows with the position of each point, and which of the features are points."""
    shapes = np.asarray(features.geometry.array, dtype=object)
    single = shapely.get_num_geometries(shapes) == 1
    kind = np.where(single, shapely.get_type_id(shapely.get_geometry(shapes, 0)), -2)
    absent = shapely.is_missing(shapes) | shapely.is_empty(shapes)
    point = (kind == shapely.GeometryType.POINT) | absent
    names = pd.Series([shape.geom_type for shape in shapes[~point]], index=features.index[~point])
    mend = "give one point a candidate, such as the centre of the site"
    faults.add_cells("a candidate must be a point", mend, "geometry", names)
    points = np.where(point & ~absent, shapely.get_geometry(shapes, 0), None)
    rows = pd.DataFrame(features.drop(columns="geometry")).drop(
        columns=["lat", "lon"], errors="ignore"
    )
    rows = _own_headings(rows)
    rows["lat"], rows["lon"] = shapely.get_y(points), shapely.get_x(points)
    return rows, pd.Series(point, index=rows.index)


def _text_areas(rows: pd.DataFrame, faults: Faults) -> gpd.GeoDataFrame:
    headings = {str(column).lower(): column for column in rows}
    if "wkt" not in headings:
        points, readable = _text_points(rows, faults)
        _check_position(points[readable], faults)
        shapes = gpd.points_from_xy(points["lon"], points["lat"])
        return gpd.GeoDataFrame(points, geometry=shapes, crs=spatialfiles.CRS)
    text = rows[headings["wkt"]]
    shapes = shapely.from_wkt(text.where(text.ne(""), None).to_numpy(object), on_invalid="ignore")
    wrong = text.ne("") & shapely.is_missing(shapes)
    faults.add_cells("not a shape in WKT", "write it as POLYGON ((...))", "wkt", text[wrong])
    about = rows.drop(columns=headings["wkt"])
    return gpd.GeoDataFrame(about, geometry=shapes, crs=spatialfiles.CRS)


def _own_headings(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with headings that are ours in any case or spelling, written our way."""
    names: dict[object, str] = {}
    for column in rows:
        ours = _ALIASES.get(str(column).strip().lower(), str(column).strip().lower())
        if ours in (*OWN, "country") and ours not in rows and ours not in names.values():
            names[column] = ours
    # A column of this name would be taken for the shape when the list is written again.
    return rows.rename(columns={"geometry": "geometry_text", **names})


def _check_position(rows: pd.DataFrame, faults: Faults) -> None:
    """Add a fault for each place that is missing, out of range, at 0/0 or looks swapped."""
    lat, lon = rows["lat"], rows["lon"]
    missing = ~(np.isfinite(lat) & np.isfinite(lon))
    nowhere = lat.eq(0) & lon.eq(0)
    far = ~missing & ((lat.abs() > _LAT_MOST) | (lon.abs() > _LON_MOST))
    swapped = far & lat.abs().le(_LON_MOST) & lon.abs().le(_LAT_MOST)
    metres = far & ((lat.abs() > _LON_MOST) | (lon.abs() > 2 * _LON_MOST))
    rest = far & ~swapped & ~metres
    swapped |= _in_country_when_swapped(rows[~(missing | nowhere | far)]).reindex(
        rows.index, fill_value=False
    )
    for what, mend, at in (
        ("no coordinates", "give lat and lon in degrees (EPSG:4326)", missing),
        ("0, 0 is in the Atlantic, and stands for no coordinates", "give the place", nowhere),
        (_SWAPPED, "exchange lat and lon", swapped),
        ("not in degrees", _PROJECTED, metres),
        ("out of range", "lat runs from -90 to 90, lon from -180 to 180", rest),
    ):
        said = [f"{y:g}, {x:g}" for y, x in zip(lat[at], lon[at], strict=True)]
        faults.add_cells(what, mend, "lat, lon", pd.Series(said, index=lat.index[at], dtype=str))


def _in_country_when_swapped(rows: pd.DataFrame) -> pd.Series:
    """Whether a point lies outside of its stated country, and inside when turned round."""
    swapped = pd.Series(data=False, index=rows.index)
    if "country" not in rows:
        return swapped
    stated = rows["country"].astype(str).str.upper()
    doubt = rows[stated.str.fullmatch("[A-Z]{2}") & rows["lon"].abs().le(_LAT_MOST)]
    for straight in (True, False):
        if doubt.empty:
            break
        lat, lon = (doubt["lat"], doubt["lon"]) if straight else (doubt["lon"], doubt["lat"])
        home = stated[doubt.index]
        found = locate(lat.to_numpy(), lon.to_numpy(), home.to_numpy())["country"].to_numpy()
        doubt = doubt[(found == home.to_numpy()) != straight]
    swapped[doubt.index] = True
    return swapped


def _named(rows: pd.DataFrame, faults: Faults) -> pd.DataFrame:
    """Return the rows with a site_id of their own and a name."""
    names = _words(rows, "name")
    if "site_id" in rows:
        ids = _words(rows, "site_id")
        faults.add_cells(
            "no site_id", "fill it in, or delete the column", "site_id", ids[ids.eq("")]
        )
        twins = ids[ids.ne("") & ids.duplicated(keep=False)]
        faults.add_cells(
            "this site_id is given more than once", "rename or delete", "site_id", twins
        )
    else:
        ids = names.map(lambda name: re.sub(r"[\W_]+", "-", name.casefold()).strip("-"))
        number = pd.Series(rows.index.astype(str), index=rows.index)
        ids = ids.mask(ids.eq(""), "row")
        # "~" stands in no name above, so that the numbered ones stay unique.
        ids = ids.mask(ids.duplicated(keep=False) | ids.eq("row"), ids + "~" + number)
    return rows.assign(site_id=ids, name=names.mask(names.eq(""), ids))


def _words(rows: pd.DataFrame, column: str) -> pd.Series:
    """Return a column as text, blank where there is none."""
    if column not in rows:
        return pd.Series("", index=rows.index, dtype=str)
    if not pd.api.types.is_numeric_dtype(rows[column]):
        return rows[column].astype(str)
    return pd.Series(map(plain, rows[column].tolist()), index=rows.index, dtype=str)
