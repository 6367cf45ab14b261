"""Spatial files of every kind, and what only claims to be one."""

from __future__ import annotations

import contextlib
import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely

from geodata import spatialfiles
from geodata.errors import SitingError
from geodata.spatialfiles import plain_path, read

POINTS = gpd.GeoDataFrame(
    {"site": ["Västerås", "NA"]}, geometry=[shapely.Point(16.5, 59.6), shapely.Point(17.1, -22.5)],
    crs=4326,
)  # fmt: skip
LAYERS = ("gpkg", "shp", "parquet", "geojson")


def save(features: gpd.GeoDataFrame, path: Path) -> Path:
    if path.suffix == ".parquet":
        features.to_parquet(path)
    else:
        features.to_file(path)
    return path


def refused(path: Path) -> str:
    with pytest.raises(SitingError) as caught:
        read(plain_path(path))
    return str(caught.value)


@pytest.mark.parametrize("kind", LAYERS)
@pytest.mark.parametrize("crs", [4326, 3857, 3006])
def test_every_format_and_crs_gives_the_same_degrees(tmp_path: Path, kind: str, crs: int) -> None:
    points = POINTS.iloc[:1]
    found = read(plain_path(save(points.to_crs(crs), tmp_path / f"a.{kind}")))
    assert found.crs.to_epsg() == 4326
    assert list(found.index) == [2]
    assert found["site"].tolist() == ["Västerås"]
    assert shapely.distance(found.geometry.iloc[0], points.geometry.iloc[0]) < 1e-6


@pytest.mark.filterwarnings("ignore:'crs' was not provided")
@pytest.mark.parametrize("kind", ["gpkg", "shp", "parquet"])
def test_without_crs_it_is_refused(tmp_path: Path, kind: str) -> None:
    path = save(POINTS.set_crs(None, allow_override=True), tmp_path / f"a.{kind}")
    assert "does not say its coordinate reference system" in refused(path)


def test_local_crs_is_refused(tmp_path: Path) -> None:
    local = 'LOCAL_CS["Building site grid",UNIT["metre",1]]'
    path = save(POINTS.set_crs(local, allow_override=True), tmp_path / "a.gpkg")
    assert "coordinate reference system" in refused(path)


def test_geojson_is_in_degrees_unless_it_says_otherwise(tmp_path: Path) -> None:
    path = tmp_path / "a.geojson"
    body = {"type": "Point", "coordinates": [1_000_000, 0]}
    path.write_text(json.dumps(body | {"crs": {"properties": {"name": "EPSG:3857"}}}))
    assert read(path).geometry.iloc[0].x == pytest.approx(8.983, abs=1e-3)
    path.write_text(json.dumps(body | {"crs": {"properties": {"name": "moon"}}}))
    assert "coordinate reference system" in refused(path)
    path.write_text(json.dumps({"type": "Point", "coordinates": [8, 0]}))
    assert read(path).geometry.iloc[0].x == 8


def test_geojson_properties_keep_their_kind(tmp_path: Path) -> None:
    path = tmp_path / "a.geojson"
    features = [
        {"type": "Feature", "geometry": None, "properties": {"n": 1, "t": "01", "geometry": "x"}},
        {"type": "Feature", "geometry": None, "properties": None},
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    found = read(path)
    assert found["n"].iloc[0] == 1.0
    assert pd.isna(found["n"].iloc[1])
    assert found["t"].iloc[0] == "01"
    assert found.geometry.isna().all()


@pytest.mark.parametrize("depth", [50, 900, 980, 990, 1_000, 100_000])
def test_deep_properties_break_nothing(tmp_path: Path, depth: int) -> None:
    path = tmp_path / "a.geojson"
    deep = "[" * depth + "]" * depth
    path.write_text('{"type":"Feature","geometry":null,"properties":{"p":' + deep + "}}")
    found: list[str] = []
    with contextlib.suppress(SitingError):
        found += read(path)["p"].tolist()
    assert all(text.startswith("[[") for text in found)
    assert found or depth > 50


def test_all_bad_features_are_named(tmp_path: Path) -> None:
    path = tmp_path / "a.geojson"
    features = [
        {"type": "Feature", "geometry": {"type": "Blob"}, "properties": {}},
        {"type": "Feature", "geometry": {"type": "Point", "coordinates": [1, 2]}, "properties": {}},
        "nonsense",
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    with pytest.raises(SitingError) as caught:
        read(path)
    assert [f.row for f in caught.value.faults] == [2, 4]
    features[0]["geometry"] = {"type": "Point", "coordinates": ["x", 2]}
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features[:2]}))
    with pytest.raises(SitingError, match="row 2, geometry: unreadable coordinates"):
        read(path)


@pytest.mark.parametrize(
    "text",
    ["[1,2]", '{"type":"Topology"}', '{"a":' * 100_000, '{"type":"Point","coordinates":[NaN,1]}',
     "{", '{"type":"FeatureCollection","features":[]}', '{"type": {}}', "\ufeff{}",
     '{"type":"gdal_streamed_alg","command_line":"gdal vector pipeline"}',
     "<OGRVRTDataSource></OGRVRTDataSource>"],
)  # fmt: skip
def test_what_is_no_geojson(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.geojson"
    path.write_text(text)
    assert "a.geojson" in refused(path)


@pytest.mark.parametrize("kind", ["gpkg", "shp", "parquet", "geoparquet", "json"])
def test_what_is_not_what_its_name_says(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"a.{kind}"
    path.write_bytes(bytes(range(256)) * 40)
    assert "this is no" in refused(path)


@pytest.mark.parametrize("kind", ["gpkg", "shp", "parquet"])
def test_a_file_cut_short(tmp_path: Path, kind: str) -> None:
    path = save(POINTS, tmp_path / f"a.{kind}")
    path.write_bytes(path.read_bytes()[:110])
    assert f"a.{kind}" in refused(path)


@pytest.mark.parametrize(
    "address",
    ["/vsicurl/http://x/a.gpkg", "/vsizip/a.zip/a.shp", "//vsimem/a.gpkg", "http://x/a.csv",
     "https://x/a.gpkg", "file:///a.csv", "s3://b/a.parquet", "PG:dbname=x", "GPKG:a.gpkg:t"],
)  # fmt: skip
def test_addresses_are_not_opened(address: str) -> None:
    with pytest.raises(SitingError, match="an address"):
        plain_path(address)


@pytest.mark.parametrize("name", ["a.zip", "a.gpkg.gz", "a.tar.gz"])
def test_archives_are_not_opened(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"PK")
    with pytest.raises(SitingError, match="archives are not opened"):
        plain_path(tmp_path / name)


@pytest.mark.parametrize("name", ["a.vrt", "a", "a.xls", "a.xlsm", "a.gml", "a.gpkg.exe"])
def test_other_kinds_are_not_opened(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"x")
    with pytest.raises(SitingError, match="not a kind of file that is read"):
        plain_path(tmp_path / name)


@pytest.mark.parametrize("kind", ["csv", "geojson", "gpkg", "shp", "parquet"])
def test_a_huge_file_is_refused_unread(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"a.{kind}"
    with path.open("wb") as file:
        file.truncate(2_000_000_000)
    with pytest.raises(SitingError, match="too large"):
        plain_path(path)


def test_too_many_features(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spatialfiles, "MAX_ROWS", 1)
    for kind in LAYERS:
        assert "more than 1 features" in refused(save(POINTS, tmp_path / f"a.{kind}"))


def test_parquet_that_unpacks_to_too_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(spatialfiles.LIMITS, "max_unpacked", 100)
    assert "too large unpacked" in refused(save(POINTS, tmp_path / "a.parquet"))


def test_geopackage_with_two_layers(tmp_path: Path) -> None:
    path = tmp_path / "a.gpkg"
    POINTS.to_file(path, layer="one")
    POINTS.to_file(path, layer="two")
    assert "2 layers with geometry" in refused(path)
    with closing(sqlite3.connect(tmp_path / "b.gpkg")) as base, base:
        base.execute("create table t (x)")
    assert "b.gpkg" in refused(tmp_path / "b.gpkg")


def test_shapefile_without_its_companions(tmp_path: Path) -> None:
    path = save(POINTS, tmp_path / "a.shp")
    (tmp_path / "a.shx").unlink()
    assert "its .shx file is missing" in refused(path)


def test_plain_parquet_with_lat_and_lon(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"lat": [59.0], "lon": [18.0], "v": ["x"]}), path)
    found = read(path)
    assert not isinstance(found, gpd.GeoDataFrame)
    assert found.iloc[0].tolist() == [59.0, 18.0, "x"]


def test_geometry_column_of_another_name(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    features = POINTS.rename_geometry("shape")
    features["geom2"] = features.geometry.scale(2)
    features.to_parquet(path)
    found = read(path)
    assert found.geometry.name == "geometry"
    assert list(found) == ["site", "geometry"]


def test_nothing_beside_the_file_is_touched(tmp_path: Path) -> None:
    path = save(POINTS, tmp_path / "a.gpkg")
    copy = shutil.copy(path, tmp_path / "b.gpkg")
    read(plain_path(path))
    assert path.read_bytes() == (tmp_path / copy).read_bytes()
    assert {p.name for p in tmp_path.iterdir()} == {"a.gpkg", "b.gpkg"}
