"""The planner's own candidates and exclusion layers, read with every fault reported at once.

CSV, Excel, GeoJSON, GeoPackage, (Geo)Parquet, KML and Shapefile, all read alike: a table with
coordinates or with shapes as text is one in every format. Files are foreign: their size and kind
are checked before anything is parsed, and their text is data, never markup.
"""

from __future__ import annotations

import re
from collections.abc import Hashable
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geodata import csvtext, headings, postgis, sheets, spatialfiles, wkt
from geodata.border import at_border
from geodata.codes import country_of
from geodata.csvtext import refuse
from geodata.database import Query
from geodata.fault_list import Faults
from geodata.headings import OWN
from geodata.load import numbers
from geodata.nearness import within_areas
from geodata.plaintext import plain, plain_columns
from geodata.positions import PROJECTED, check_positions

__all__ = ["read_areas", "read_points", "within_areas"]

_SHOWN = 3  # made-up names in a sentence
_MOSTLY = 0.8  # of the rows say something else in a column of names


def read_points(source: str | Path | Query, sheet: str | None = None) -> pd.DataFrame:
    """Read candidates.

    Parameters
    ----------
    source : path or Query
        Points in a spatial format with a CRS; or a table (CSV, Excel, Parquet, or without shapes
        in another format) with the coordinates (EPSG:4326) in columns of a usual name, or with
        points as WKT or EWKT. A query to a database gives either.
    sheet : str, optional
        Of a workbook; needed where several are visible.

    Returns
    -------
    DataFrame
        site_id, name (str), lat, lon (float64, EPSG:4326), then every further column. A missing
        site_id is made from the name, a missing name is the site_id. ``attrs["notes"]`` holds
        sentences on what was not plain to see, ``attrs["read"]`` what was read of a database.

    Raises
    ------
    SitingError
        With the faults of the file; rows are counted as in a spreadsheet, so that the first
        feature of a spatial file is row 2.
    """
    name = _name(source)
    with at_border(name):
        return _points(_rows(source, sheet), name)


def _points(rows: pd.DataFrame, name: str) -> pd.DataFrame:
    faults, notes, read = Faults(name), list[str](), rows.attrs.get("read")
    named_by = headings.named_by(rows)
    if isinstance(rows, gpd.GeoDataFrame):
        shapes = np.asarray(rows.geometry.array, dtype=object)
        rows = pd.DataFrame(rows.drop(columns="geometry"))
        rows, readable = _placed(headings.own_headings(rows, placed=True), shapes, faults)
    else:
        rows, readable = _table_points(rows, faults, notes)
    rows = plain_columns(rows)
    if "country" in rows:  # a column of numbers may be headed so
        rows["country"] = _words(rows, "country")
    check_positions(rows[readable], faults, on_land=True)
    if "country" in rows:
        rows["country"] = [country_of(word) or word for word in rows["country"]]
    rows = _named(rows, faults, notes, named_by)
    faults.raise_if_any()
    further = [column for column in rows if column not in OWN]
    rows = rows[[*OWN, *further]].reset_index(drop=True)
    rows.attrs = {"notes": tuple(f"{name}: {note}" for note in notes), "read": read}
    return rows


def read_areas(source: str | Path | Query, sheet: str | None = None) -> gpd.GeoDataFrame:
    """Read the features of an exclusion layer.

    Parameters
    ----------
    source : path or Query
        Any shapes in a spatial format with a CRS; or a table with shapes as WKT or EWKT, or with
        coordinates, as `read_points`; or a query to a database.
    sheet : str, optional
        Of a workbook; needed where several are visible.

    Returns
    -------
    GeoDataFrame
        Features in EPSG:4326 as they are drawn; ``attrs["without_shape"]`` counts those left out
        because they have none, ``attrs["read"]`` says what was read of a database.

    Raises
    ------
    SitingError
        With the faults of the file.
    """
    name = _name(source)
    with at_border(name):
        return _areas(_rows(source, sheet), name)


def _areas(features: pd.DataFrame, name: str) -> gpd.GeoDataFrame:
    faults, read = Faults(name), features.attrs.get("read")
    if not isinstance(features, gpd.GeoDataFrame):
        features = _table_areas(features, faults)
    shapes = shapely.force_2d(np.asarray(features.geometry.array, dtype=object))
    if name.lower().endswith(".shp"):  # its outer rings run clockwise, those of others against it
        shapes = shapely.reverse(shapes)
    kept = ~(shapely.is_missing(shapes) | shapely.is_empty(shapes))
    # Shapes across the date line may run past 180 degrees; nothing runs past a pole.
    pairs, owner = shapely.get_coordinates(shapes, return_index=True)  # of holes too
    endless = ~np.isfinite(pairs).all(axis=1)
    far = ~endless & ~(np.abs(pairs) <= (540.0, 90.0)).all(axis=1)
    for what, hint, bad in (
        ("a coordinate that is no number", "repair the layer, or delete the feature", endless),
        ("coordinates are no degrees", PROJECTED, far),
    ):
        wrong = np.unique(owner[bad])
        cells = pd.Series(shapely.to_wkt(shapes[wrong], 3), index=features.index[wrong])
        faults.add_cells(what, hint, "geometry", cells)
    faults.raise_if_any()
    if not kept.any():
        refuse(name, "no feature has a shape", "save the layer with its geometry")
    about = plain_columns(pd.DataFrame(features.drop(columns="geometry")))[kept]
    # As drawn: on the plane alone a ring across 180 degrees is no valid one, see `geodata.rings`.
    areas = gpd.GeoDataFrame(about, geometry=shapes[kept], crs=spatialfiles.CRS)
    areas = areas.reset_index(drop=True)
    areas.attrs = {"without_shape": int((~kept).sum()), "read": read}
    return areas


def _name(source: str | Path | Query) -> str:
    """Return what faults call a source, once it is one that may be opened."""
    return source.name if isinstance(source, Query) else spatialfiles.plain_path(source).name


def _rows(source: str | Path | Query, sheet: str | None) -> pd.DataFrame:
    """Return features with their shapes, or a table where the source has none."""
    if isinstance(source, Query):
        return postgis.read(source)
    path = Path(source)
    suffix = path.suffix.lower()
    if sheet is not None and suffix not in spatialfiles.SHEET_SUFFIXES:
        refuse(path.name, "only a workbook has sheets", "leave sheet out, or name an .xlsx")
    if suffix in spatialfiles.TEXT_SUFFIXES:
        return csvtext.read(path)
    if suffix in spatialfiles.SHEET_SUFFIXES:
        return sheets.read(path, sheet)
    rows = spatialfiles.read(path)
    if isinstance(rows, gpd.GeoDataFrame) and rows.geometry.isna().all():
        table = pd.DataFrame(rows.drop(columns="geometry"))
        if headings.has_position(table) or headings.holds_shapes(table):
            return table
    return rows


def _table_points(
    rows: pd.DataFrame, faults: Faults, notes: list[str]
) -> tuple[pd.DataFrame, pd.Series]:
    """Return rows with numbers for lat and lon, and which of them could be read."""
    column = headings.shape_column(rows)
    if column is not None and not headings.has_position(rows):
        shapes = wkt.shapes_of(rows[column], faults)
        read = ~shapely.is_missing(shapes) | rows[column].map(plain).eq("").to_numpy()
        rows, point = _placed(
            headings.own_headings(rows.drop(columns=[column]), placed=True), shapes, faults
        )
        return rows, point & read
    return _coordinates(rows, faults, notes)


def _coordinates(
    rows: pd.DataFrame, faults: Faults, notes: list[str]
) -> tuple[pd.DataFrame, pd.Series]:
    decimal_comma = bool(rows.attrs.get("decimal_comma"))
    rows = headings.own_headings(rows)
    for column in ("lat", "lon"):
        if column not in rows:
            faults.add("this column is missing", "add it, in degrees (EPSG:4326)", 1, column)
    faults.raise_if_any()
    unreadable, with_commas = pd.Series(data=False, index=rows.index), list[str]()
    for column in ("lat", "lon"):
        if pd.api.types.is_any_real_numeric_dtype(rows[column]):
            rows[column] = rows[column].astype("Float64").to_numpy(float, na_value=np.nan)
            continue
        text = _words(rows, column)
        values = numbers(column, text, faults, decimal_comma=decimal_comma)
        unreadable |= text.ne("") & values.isna()
        if text[values.notna()].str.contains(",", regex=False).any():
            with_commas.append(column)
        rows[column] = values
    if with_commas:
        notes.append(f"commas in {' and '.join(with_commas)} are read as decimal ones")
    return rows, ~unreadable


def _placed(
    rows: pd.DataFrame, shapes: NDArray[np.object_], faults: Faults
) -> tuple[pd.DataFrame, pd.Series]:
    """Return rows with the position of each shape, and which of the shapes are points."""
    single = shapely.get_num_geometries(shapes) == 1
    kind = np.where(single, shapely.get_type_id(shapely.get_geometry(shapes, 0)), -2)
    absent = shapely.is_missing(shapes) | shapely.is_empty(shapes)
    point = (kind == shapely.GeometryType.POINT) | absent
    names = pd.Series([shape.geom_type for shape in shapes[~point]], index=rows.index[~point])
    hint = "give one point a candidate, such as the centre of the site"
    faults.add_cells("a candidate must be a point", hint, "geometry", names)
    points = np.where(point & ~absent, shapely.get_geometry(shapes, 0), None)
    rows = rows.assign(lat=shapely.get_y(points), lon=shapely.get_x(points))
    return rows, pd.Series(point, index=rows.index)


def _table_areas(rows: pd.DataFrame, faults: Faults) -> gpd.GeoDataFrame:
    column = headings.shape_column(rows)
    if column is None or (headings.has_position(rows) and not headings.holds_shapes(rows)):
        points, readable = _coordinates(rows, faults, [])
        if "country" in points:
            points["country"] = _words(points, "country")
        check_positions(points[readable], faults)
        shapes = np.array(gpd.points_from_xy(points["lon"], points["lat"]), dtype=object)
        shapes[points[["lat", "lon"]].isna().any(axis=1)] = None
        return gpd.GeoDataFrame(points, geometry=shapes, crs=spatialfiles.CRS)
    shapes = wkt.shapes_of(rows[column], faults)
    about = rows.drop(columns=[column])
    return gpd.GeoDataFrame(about, geometry=shapes, crs=spatialfiles.CRS)


def _named(
    rows: pd.DataFrame, faults: Faults, notes: list[str], named_by: Hashable | None
) -> pd.DataFrame:
    """Return the rows with a site_id of their own and a name."""
    names = _words(rows, "name")
    if named_by is not None and headings.folded(named_by) != "name":
        notes.append(f"names are read from the column {plain(named_by)}")
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
        # "~" is in no name above, so that the numbered ones stay unique.
        ids = ids.mask(ids.duplicated(keep=False) | ids.eq("row"), ids + "~" + number)
        notes += _nameless(rows, names, ids)
    return rows.assign(site_id=ids, name=names.mask(names.eq(""), ids))


def _nameless(rows: pd.DataFrame, names: pd.Series, ids: pd.Series) -> list[str]:
    """Return a sentence on the places that are called by their row."""
    called = ids[names.eq("")]
    if called.empty:
        return []
    shown = ", ".join(called.iloc[:_SHOWN]) + (", ..." if len(called) > _SHOWN else "")
    if "name" in rows:
        return [f"{len(called):,} of {len(rows):,} places have no name: they are called {shown}"]
    likely = (c for c in rows if c not in (*OWN, "country") and _could_name(rows[c]))
    column = next(likely, None)
    hint = f"rename {column} to name" if column is not None else "add one to name them"
    return [f"no column name: the places are called {shown} - {hint}"]


def _could_name(cells: pd.Series) -> bool:
    """Whether a column holds words, and others in most rows."""
    if pd.api.types.is_numeric_dtype(cells) or pd.api.types.is_datetime64_any_dtype(cells):
        return False
    words = cells[cells.str.contains(r"[^\W\d_]{2}", regex=True)]
    return words.nunique() >= max(1, _MOSTLY * len(cells))


def _words(rows: pd.DataFrame, column: str) -> pd.Series:
    """Return a column as text, blank where there is none."""
    if column not in rows:
        return pd.Series("", index=rows.index, dtype=str)
    if isinstance(rows[column].dtype, pd.StringDtype):
        return rows[column].fillna("")
    return pd.Series(map(plain, rows[column].tolist()), index=rows.index, dtype=str)
