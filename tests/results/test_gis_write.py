import json
import sqlite3
from contextlib import closing

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pyogrio
import pyproj
import pytest
import shapely

from siting.results.gis import write
from siting.results.gis.layers import Layer, layers, ranked_points
from siting.results.tables import tables_of

HOSTILE = [
    '=HYPERLINK("http://x")', "-2", "\tx", "<script>alert(1)</script>", '{"a": 1}', "[1, 2]",
    "名前 اسم 🚀", "]]><x/>", "'); DROP TABLE layer_styles;--", "NaN", "plain",
]  # fmt: skip
TITLE = 'Where & <b>why</b>? [% 1 + 1 %]\x01\n"x"'
FILES = ("ranked_sites.gpkg", "ranked_sites.parquet", "ranked_sites.geojson")


@pytest.fixture(scope="module")
def hostile():
    n = len(HOSTILE)
    frame = pd.DataFrame(
        {
            "rank": np.arange(1, n + 1),
            "name": HOSTILE,
            "lat": np.linspace(-40, 60, n),
            "lon": np.linspace(-170, 1 / 3, n),
            "share": [-1.5, np.nan, *np.linspace(0, 100, n - 2)],
            "bbox": HOSTILE, "fid": 7, "geom": "z", "=1+1": "x", "id": np.arange(n),
        }
    )  # fmt: skip
    return Layer("ranked_sites", "Point", "what", ranked_points(frame))


@pytest.fixture(scope="module")
def own(hostile, tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    write.write_gis(folder, [hostile])
    return folder


@pytest.fixture(scope="module")
def made(nordic):
    return layers(nordic, tables_of(nordic))


@pytest.fixture(scope="module")
def folder(made, tmp_path_factory):
    folder = tmp_path_factory.mktemp("nordic")
    write.write_gis(folder, made, TITLE)
    return folder


def back(path):
    if path.suffix == ".parquet":
        return gpd.read_parquet(path)
    return gpd.read_file(path, layer="ranked_sites")


def rows(path, query):
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as book:
        return book.execute(query).fetchall()


# ---- all three ---------------------------------------------------------------------------------


def test_twice_the_same_bytes(folder, made, tmp_path):
    write.write_gis(tmp_path, made, TITLE)
    assert {path.name for path in tmp_path.iterdir()} == set(FILES)
    for name in FILES:
        assert (tmp_path / name).read_bytes() == (folder / name).read_bytes(), name


@pytest.mark.parametrize("name", FILES)
def test_every_file_reads_back_with_crs_names_and_places(own, hostile, name):
    read = back(own / name)
    assert read.crs.to_epsg() == 4326
    assert read["name"].tolist() == HOSTILE
    assert read.geometry.y.to_numpy() == pytest.approx(hostile.frame.geometry.y, abs=1e-7)
    assert read.geometry.x.to_numpy() == pytest.approx(hostile.frame.geometry.x, abs=1e-7)
    assert read["share"].isna().tolist() == hostile.frame["share"].isna().tolist()
    assert set(read["=1+1"]) == {"x"}


def test_a_column_that_a_format_takes_for_itself_is_renamed(own):
    assert back(own / "ranked_sites.parquet")["own_bbox"].tolist() == HOSTILE
    assert set(back(own / "ranked_sites.gpkg")["own_geom"]) == {"z"}
    assert set(back(own / "ranked_sites.gpkg")["own_fid"]) == {7}
    assert set(back(own / "ranked_sites.geojson")["fid"]) == {7}


# ---- GeoPackage --------------------------------------------------------------------------------


def test_every_layer_is_in_the_geopackage_with_its_columns(folder, made):
    listed = dict(pyogrio.list_layers(folder / "ranked_sites.gpkg"))
    kinds = {"Point": "Point", "MultiLineString": "MultiLineString",
             "MultiPolygon": "MultiPolygon"}  # fmt: skip
    assert listed == {layer.name: kinds[layer.geometry] for layer in made} | {"layer_styles": None}
    assert next(iter(listed)) == "ranked_sites"
    for layer in made:
        info = pyogrio.read_info(folder / "ranked_sites.gpkg", layer=layer.name)
        assert info["crs"] == "EPSG:4326"
        assert info["features"] == len(layer.frame)
        assert list(info["fields"]) == [c for c in layer.frame if c != "geometry"]


def test_each_layer_opens_with_one_default_style(folder, made):
    shown = rows(
        folder / "ranked_sites.gpkg",
        # as QGIS asks for it
        "SELECT f_table_name, styleQML FROM layer_styles WHERE f_table_catalog = ''"
        " AND f_table_schema = '' AND f_geometry_column = 'geom' AND useAsDefault = 1 ORDER BY id",
    )
    assert [name for name, _ in shown] == [layer.name for layer in made]
    assert all("<!DOCTYPE qgis" in text for _, text in shown)
    columns = [row[1] for row in rows(folder / "ranked_sites.gpkg",
                                      "PRAGMA table_info(layer_styles)")]  # fmt: skip
    assert columns == [
        "id", "f_table_catalog", "f_table_schema", "f_table_name", "f_geometry_column",
        "styleName", "styleQML", "styleSLD", "useAsDefault", "description", "owner", "ui",
        "update_time",
    ]  # fmt: skip


def test_the_geopackage_says_what_its_columns_mean(folder, made):
    shown = rows(folder / "ranked_sites.gpkg",
                 "SELECT table_name, column_name, name, description FROM gpkg_data_columns"
                 )  # fmt: skip
    meant = {(table, column): (name, unit) for table, column, name, unit in shown}
    assert meant["candidates", "chance"] == ("Chance of the place among all places (0-1)", "0-1")
    present = {(layer.name, column) for layer in made for column in layer.frame} - {
        (layer.name, "geometry") for layer in made
    }
    assert set(meant) == present
    extended = rows(folder / "ranked_sites.gpkg",
                    "SELECT table_name FROM gpkg_extensions"
                    " WHERE extension_name = 'gpkg_schema'")  # fmt: skip
    assert {name for (name,) in extended} == {"gpkg_data_columns", "gpkg_data_column_constraints"}


def test_the_geopackage_is_sound_and_bears_no_time_of_today(own):
    path = own / "ranked_sites.gpkg"
    assert rows(path, "PRAGMA integrity_check") == [("ok",)]
    assert rows(path, "PRAGMA foreign_key_check") == []
    assert rows(path, "PRAGMA application_id") == [(0x47504B47,)]  # "GPKG", req. 2
    assert set(rows(path, "SELECT last_change FROM gpkg_contents")) == {(write.STAMP,)}
    assert rows(path, "SELECT update_time FROM layer_styles") == [(write.STAMP,)]


def test_a_layer_without_features_is_written(tmp_path, made):
    empty = [Layer(m.name, m.geometry, m.description, m.frame.head(0)) for m in made]
    write.write_geopackage(empty, tmp_path / "a.gpkg")
    for layer in empty:
        info = pyogrio.read_info(tmp_path / "a.gpkg", layer=layer.name)
        assert (info["features"], info["geometry_type"]) == (0, layer.geometry)


# ---- GeoParquet --------------------------------------------------------------------------------


@pytest.mark.parametrize("which", ["folder", "own"])
def test_geoparquet_keeps_the_rules_of_its_specification(which, request):
    """GeoParquet 1.1.0: file metadata, column metadata, covering."""
    path = request.getfixturevalue(which) / "ranked_sites.parquet"
    schema = pq.read_schema(path)
    geo = json.loads(schema.metadata[b"geo"])
    assert geo["version"] == "1.1.0"
    assert set(geo) >= {"version", "primary_column", "columns"}
    column = geo["columns"][geo["primary_column"]]
    assert column["encoding"] == "WKB"
    assert schema.field(geo["primary_column"]).type in (pa.binary(), pa.large_binary())
    assert column["geometry_types"] == ["Point"]
    assert pyproj.CRS.from_json_dict(column["crs"]).to_epsg() == 4326
    assert column.get("edges", "planar") == "planar"

    table = pq.read_table(path)
    wkb = table[geo["primary_column"]].to_pylist()
    assert {bytes(value[:5]) for value in wkb} == {b"\x01\x01\x00\x00\x00"}  # ISO, two dimensions
    xy = shapely.get_coordinates(shapely.from_wkb(wkb))
    assert np.abs(xy).max(axis=0).tolist() <= [180, 90]  # longitude first
    assert column["bbox"] == pytest.approx([*xy.min(axis=0), *xy.max(axis=0)])

    covering = column["covering"]["bbox"]
    assert set(covering) == {"xmin", "ymin", "xmax", "ymax"}
    for corner, at in (("xmin", 0), ("ymin", 1), ("xmax", 0), ("ymax", 1)):
        root, leaf = covering[corner]
        assert leaf == corner
        kind = schema.field(root).type.field(corner).type
        assert kind in (pa.float32(), pa.float64())
        held = [box[corner] for box in table[root].to_pylist()]
        assert held == pytest.approx(xy[:, at].tolist())


@pytest.mark.parametrize("which", ["folder", "own"])
def test_the_published_validator_finds_no_fault(which, request):
    validator = pytest.importorskip("geoparquet_validator")  # no wheels on some platforms
    report = validator.check(str(request.getfixturevalue(which) / "ranked_sites.parquet"))
    assert validator.failed(report) == []
    passed = {outcome["id"] for outcome in report["outcomes"] if outcome["status"] == "pass"}
    assert {"/conf/core/wkb", "/conf/core/crs-projjson", "/conf/covering/bbox-paths"} <= passed


# ---- GeoJSON -----------------------------------------------------------------------------------


@pytest.mark.parametrize("which", ["folder", "own"])
def test_geojson_keeps_the_rules_of_rfc_7946(which, request):
    path = request.getfixturevalue(which) / "ranked_sites.geojson"
    raw = path.read_bytes()
    assert not raw.startswith(b"\xef\xbb\xbf")
    read = json.loads(raw.decode("utf-8"), parse_constant=pytest.fail, parse_float=str)
    assert set(read) == {"type", "bbox", "features"}  # no crs, nothing foreign
    assert read["type"] == "FeatureCollection"
    places = []
    for feature in read["features"]:
        assert set(feature) == {"type", "bbox", "properties", "geometry"}
        place = feature["geometry"]["coordinates"]
        assert [float(edge) for edge in feature["bbox"]] == pytest.approx([*map(float, place)] * 2)
        assert feature["type"] == "Feature"
        assert set(feature["geometry"]) == {"type", "coordinates"}
        assert feature["geometry"]["type"] == "Point"
        places.append(place)
        for value in feature["properties"].values():
            assert value is None or isinstance(value, str | int)  # parsed floats are text here
    decimals = [len(number.partition(".")[2]) for place in places for number in map(str, place)]
    assert max(decimals) <= 7
    lon, lat = np.array(places, dtype=float).T
    assert np.abs(lon).max() <= 180
    assert np.abs(lat).max() <= 90
    box = [float(edge) for edge in read["bbox"]]
    assert box == pytest.approx([lon.min(), lat.min(), lon.max(), lat.max()], abs=1e-7)


def test_a_number_of_geojson_is_a_number_and_unknown_is_null(own):
    features = json.loads((own / "ranked_sites.geojson").read_text("utf-8"))["features"]
    scores = [feature["properties"]["share"] for feature in features]
    assert scores[:3] == [-1.5, None, 0.0]
