"""Layers written for a GIS: GeoPackage with QGIS styles, GeoParquet 1.1, GeoJSON (RFC 7946)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import geopandas as gpd
import pyogrio

from siting.results.gis.layers import Layer
from siting.results.gis.project import NAME, project
from siting.results.gis.styles import style
from siting.support.text import distinct

# GeoPackage stamps a time of last change; a fixed one keeps the same study the same bytes.
STAMP = "2000-01-01T00:00:00.000Z"
GEOMETRY = "geom"
SCHEMA_EXTENSION = "http://www.geopackage.org/spec121/#extension_schema"
# The tables of the extension "schema" (GeoPackage 1.3, annex F.9) and those that QGIS makes for
# styles, registered as QGIS registers it, and for projects.
TABLES = """
CREATE TABLE gpkg_data_columns (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, name TEXT, title TEXT, description TEXT,
  mime_type TEXT, constraint_name TEXT,
  CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name),
  CONSTRAINT gdc_tn UNIQUE (table_name, name));
CREATE TABLE gpkg_data_column_constraints (
  constraint_name TEXT NOT NULL, constraint_type TEXT NOT NULL, value TEXT, min NUMERIC,
  min_is_inclusive BOOLEAN, max NUMERIC, max_is_inclusive BOOLEAN, description TEXT,
  CONSTRAINT gdcc_ntv UNIQUE (constraint_name, constraint_type, value));
CREATE TABLE layer_styles (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256),
  f_table_schema TEXT(256), f_table_name TEXT(256), f_geometry_column TEXT(256),
  styleName TEXT(30), styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN, description TEXT,
  owner TEXT(30), ui TEXT(30),
  update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')));
"""
PROJECTS = "CREATE TABLE qgis_projects (name TEXT PRIMARY KEY, metadata BLOB, content BLOB)"
SAVED = '{ "last_modified_time": "2000-01-01T00:00:00", "last_modified_user": "" }'


def write_gis(folder: Path, layers: Sequence[Layer], title: str = "") -> None:
    """Write every layer as GeoPackage, and the ranked list as GeoParquet and GeoJSON.

    Parameters
    ----------
    folder : Path
    layers : sequence of Layer
        With one named "ranked_sites".
    title : str
        Of the QGIS project; without one there is none.
    """
    ranked = next(layer.frame for layer in layers if layer.name == "ranked_sites")
    write_geopackage(layers, folder / "ranked_sites.gpkg", title)
    write_geoparquet(ranked, folder / "ranked_sites.parquet")
    write_geojson(ranked, folder / "ranked_sites.geojson")


def write_geopackage(layers: Sequence[Layer], path: Path, title: str = "") -> None:
    """Write layers, what their columns mean and their styles; with a title, a project of them."""
    with _at_a_fixed_time():
        for layer in layers:
            pyogrio.write_dataframe(
                _renamed(layer.frame, ("fid", GEOMETRY, "geometry")),
                path,
                layer=layer.name,
                driver="GPKG",
                geometry_type=layer.geometry,
                dataset_options={"VERSION": "1.3"},  # read by older QGIS without a warning
                layer_options={
                    "GEOMETRY_NAME": GEOMETRY,
                    "IDENTIFIER": layer.name,
                    "DESCRIPTION": layer.description,
                },
                use_arrow=True,  # the same bytes, in half the time
            )
    with closing(sqlite3.connect(path)) as book, book:
        book.executescript(TABLES)
        book.executemany(
            "INSERT INTO gpkg_extensions VALUES (?, NULL, 'gpkg_schema', ?, 'read-write')",
            [
                (name, SCHEMA_EXTENSION)
                for name in ("gpkg_data_columns", "gpkg_data_column_constraints")
            ],
        )
        book.executemany(
            "INSERT INTO gpkg_data_columns VALUES (?, ?, ?, ?, ?, NULL, NULL)",
            [row for layer in layers for row in _described(layer)],
        )
        book.execute(
            "INSERT INTO gpkg_contents"
            " (table_name, data_type, identifier, description, last_change) VALUES"
            " ('layer_styles', 'attributes', 'layer_styles', '', ?)",
            [STAMP],
        )
        book.executemany(
            "INSERT INTO layer_styles VALUES (?, '', '', ?, ?, ?, ?, NULL, 1, ?, '', NULL, ?)",
            [
                (number, layer.name, GEOMETRY, layer.name, style(layer), layer.description, STAMP)
                for number, layer in enumerate(layers, start=1)
            ],
        )
        if title:
            book.execute(PROJECTS)
            book.execute(
                "INSERT INTO qgis_projects VALUES (?, ?, ?)",
                (NAME, SAVED, project(layers, path.name, title).hex()),
            )


def write_geoparquet(frame: gpd.GeoDataFrame, path: Path) -> None:
    """Write GeoParquet 1.1.0: WKB, PROJJSON, bounds of the file and of every feature."""
    _renamed(frame, ("bbox", "geometry")).to_parquet(
        path, index=False, compression="zstd", schema_version="1.1.0", write_covering_bbox=True
    )


def write_geojson(frame: gpd.GeoDataFrame, path: Path) -> None:
    """Write GeoJSON by RFC 7946: no member beyond it, seven decimals, a bbox."""
    pyogrio.write_dataframe(
        frame,
        path,
        driver="GeoJSON",
        layer_options={
            "RFC7946": "YES",
            "WRITE_BBOX": "YES",
            "WRITE_NAME": "NO",
            # a name that looks like JSON stays a name
            "AUTODETECT_JSON_STRINGS": "NO",
        },
    )


def _renamed(frame: gpd.GeoDataFrame, taken: Sequence[str]) -> gpd.GeoDataFrame:
    """Return the frame with no two columns of one name in any case, nor of the format's own."""
    names = distinct(frame.columns.drop("geometry"), taken)
    return frame.set_axis([*names, "geometry"], axis=1)


def _described(layer: Layer) -> Iterator[tuple[str, ...]]:
    for column, meaning in layer.meanings.items():
        yield layer.name, column, str(meaning), meaning.words, meaning.unit


@contextmanager
def _at_a_fixed_time() -> Iterator[None]:
    # the folder is renamed when it is whole: a file cut short by a power cut is never put in place
    options = {"OGR_CURRENT_DATE": STAMP, "OGR_SQLITE_SYNCHRONOUS": "OFF"}
    pyogrio.set_gdal_config_options(options)
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options(dict.fromkeys(options))
