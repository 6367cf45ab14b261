"""What one format of a user's file accepts, another does: headings, shapes as text, numbers."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pyogrio
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.errors import SitingError
from geodata.load import table
from geodata.userfiles import read_areas, read_points

QUAY, YARD = (63.84, 23.13), (52.52, 13.4)
SHOW = "siting data show gigafactories"
Table = dict[str, list[object]]


def csv(rows: Table, path: Path) -> Path:
    pd.DataFrame(rows).to_csv(path.with_suffix(".csv"), index=False)
    return path.with_suffix(".csv")


def semicolons(rows: Table, path: Path) -> Path:
    path = path.with_suffix(".csv")
    text = pd.DataFrame(rows).to_csv(index=False, sep=";", decimal=",")
    path.write_text(f"\ufeffsep=;\n{text}", encoding="utf-8")
    return path


def parquet(rows: Table, path: Path) -> Path:
    pq.write_table(pa.table(rows), path.with_suffix(".parquet"))
    return path.with_suffix(".parquet")


def geojson(rows: Table, path: Path) -> Path:
    """Features without a shape, as a table converted without naming its coordinates."""
    records = pd.DataFrame(rows).to_dict("records")
    features = [{"type": "Feature", "geometry": None, "properties": r} for r in records]
    path = path.with_suffix(".geojson")
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


def geopackage(rows: Table, path: Path) -> Path:
    path = path.with_suffix(".gpkg")
    pyogrio.write_dataframe(pd.DataFrame(rows), path, layer="sites")
    return path


def excel(rows: Table, path: Path) -> Path:
    path = path.with_suffix(".xlsx")
    pd.DataFrame(rows).to_excel(path, index=False, engine="openpyxl")
    return path


FORMATS = (csv, semicolons, parquet, geojson, geopackage, excel)
HEADINGS = [("lat", "lon"), ("Latitude", "LONGITUDE"), ("LAT", "Lng"), ("y", "x"),
            ("Breitengrad", "Längengrad"), ("latitude (deg)", "long [°]")]  # fmt: skip


@pytest.mark.parametrize(
    ("write", "lat", "lon"),
    [*((csv, *pair) for pair in HEADINGS), *((write, *HEADINGS[1]) for write in FORMATS[1:])],
)
def test_headings_of_coordinates(
    tmp_path: Path, write: Callable[[Table, Path], Path], lat: str, lon: str
) -> None:
    rows = {"zone_name": ["Quay", "Yard"], lat: [QUAY[0], YARD[0]], lon: [QUAY[1], YARD[1]]}
    found = read_points(write(rows, tmp_path / "a"))
    assert found.to_dict("list") == {
        "site_id": ["quay", "yard"], "name": ["Quay", "Yard"],
        "lat": [QUAY[0], YARD[0]], "lon": [QUAY[1], YARD[1]],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("write", "heading"),
    [*((csv, h) for h in ("WKT", "geom", "the_geom")), *((w, "geometry") for w in FORMATS)],
)
def test_shapes_as_text(tmp_path: Path, write: Callable[[Table, Path], Path], heading: str) -> None:
    to_metres = gpd.GeoSeries([shapely.Point(QUAY[::-1])], crs=4326).to_crs(3857).iloc[0]
    texts = [f"SRID=3857;{to_metres.wkt}", "SRID=4326; POINT(13.4 52.52)"]
    points = read_points(write({heading: texts, "Titel": ["Quay", "Yard"]}, tmp_path / "a"))
    assert points["name"].tolist() == ["Quay", "Yard"]
    assert points["lat"].tolist() == pytest.approx([QUAY[0], YARD[0]])
    assert points["lon"].tolist() == pytest.approx([QUAY[1], YARD[1]])
    area = "POLYGON ((22 63, 24 63, 24 64, 22 63))"
    areas = read_areas(write({heading: [area, ""], "n": ["a", "b"]}, tmp_path / "b"))
    assert areas.geometry.iloc[0].equals(shapely.from_wkt(area))
    assert areas["n"].tolist() == ["a"]
    assert areas.attrs["without_shape"] == 1


def test_what_is_no_shape_is_named(tmp_path: Path) -> None:
    deep = "GEOMETRYCOLLECTION (" * 100_000 + "POINT (1 2)" + ")" * 100_000
    texts = ["POLYGON 3", "SRID=999999;POINT (1 2)", deep, "0101000020E6100000"]
    for read in (read_points, read_areas):
        with pytest.raises(SitingError) as caught:
            read(csv({"wkt": [*texts, "POINT (23 63)"]}, tmp_path / "a"))
        assert [(f.row, f.column) for f in caught.value.faults] == [
            (row, "wkt") for row in (2, 3, 4, 5)
        ]


def test_an_outline_beside_coordinates_is_kept_as_text(tmp_path: Path) -> None:
    area = "POLYGON ((22 63, 24 63, 24 64, 22 63))"
    path = csv({"lat": [63.84], "lon": [23.13], "wkt": [area]}, tmp_path / "a")
    assert read_points(path)["wkt"].tolist() == [area]
    assert read_areas(path).geometry.iloc[0].equals(shapely.from_wkt(area))


@pytest.mark.parametrize(
    "heading", ["name", "SITE_NAME", "Park", "titel", "Label", "NAME_1", "名称"]
)
def test_usual_headings_of_names(tmp_path: Path, heading: str) -> None:
    found = read_points(csv({"lat": [63.84], "lon": [23.13], heading: ["Quay"]}, tmp_path / "a"))
    assert found["name"].tolist() == ["Quay"]
    told = found.attrs["notes"]
    assert told == (
        () if heading == "name" else (f"a.csv: names are read from the column {heading}",)
    )


def test_places_without_a_name_are_told(tmp_path: Path) -> None:
    places = {"lat": [63.84, 52.52], "lon": [23.13, 13.4]}
    found = read_points(csv({**places, "km2": [1, 2], "ref": ["Quay", "Yard"]}, tmp_path / "a"))
    assert found.attrs["notes"] == (
        "a.csv: no column name: the places are called row~2, row~3 - rename ref to name",
    )
    found = read_points(csv({**places, "name": ["Quay", ""]}, tmp_path / "a"))
    assert found.attrs["notes"] == ("a.csv: 1 of 2 places have no name: they are called row~3",)


def test_decimal_commas_only_where_cells_are_kept_apart_by_something_else(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("name;lat;lon;ha\nA;63,84;23,13;120,5\nB;52.52;13.4;7\n")
    found = read_points(path)
    assert found["lat"].tolist() == [63.84, 52.52]
    assert found["ha"].tolist() == ["120,5", "7"]
    assert found.attrs["notes"] == ("a.csv: commas in lat and lon are read as decimal ones",)
    path.write_text('name,lat,lon\nA,"63,84",23.13\nB,,\n')
    for read in (read_points, read_areas):
        with pytest.raises(SitingError) as caught:
            read(path)
        assert [(f.row, f.column, f.what) for f in caught.value.faults] == [
            (2, "lat", "not a number"),
            (3, "lat, lon", "no coordinates"),
        ]


def test_whole_numbers_of_parquet_stay_whole(tmp_path: Path) -> None:
    numbers: list[object] = [None, 1042, 2**53 + 1, -(2**63), 2**63 - 1]
    count = len(numbers)
    rows: Table = {"lat": [63.84] * count, "lon": [23.13] * count, "parcel": numbers}
    found = read_points(parquet(rows, tmp_path / "a"))["parcel"]
    assert [None if pd.isna(n) else int(n) for n in found] == numbers


@settings(max_examples=10)
@given(st.lists(st.none() | st.integers(-(2**70), 2**70), min_size=1, max_size=3))
def test_whole_numbers_of_geojson_stay_whole(
    tmp_path_factory: pytest.TempPathFactory, numbers: list[int | None]
) -> None:
    path = tmp_path_factory.mktemp("a") / "a.geojson"
    features = [
        {"type": "Feature", "properties": {"parcel": n},
         "geometry": {"type": "Point", "coordinates": [23.13, 63.84]}} for n in numbers
    ]  # fmt: skip
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    found = read_points(path)["parcel"]
    assert [None if pd.isna(n) or n == "" else int(n) for n in found] == numbers


def test_numbers_beyond_all_bounds_are_text(tmp_path: Path) -> None:
    path = tmp_path / "a.geojson"
    path.write_text(
        '{"type":"Feature","properties":{"n":1' + "0" * 400 + ',"f":1e400,"g":2.5},'
        '"geometry":{"type":"Point","coordinates":[23.13,63.84]}}'
    )
    found = read_points(path).iloc[0]
    assert found["n"] == ("1" + "0" * 400)[:300]
    assert (found["f"], found["g"]) == ("1e400", 2.5)


def test_lists_and_nested_columns_are_text(tmp_path: Path) -> None:
    rows = {"lat": [63.84], "lon": [23.13], "l": [[1, 2]], "s": [{"a": ["ü"]}],
            "b": [True], "d": pd.to_datetime(["2026-01-02"]).date}  # fmt: skip
    found = read_points(parquet(rows, tmp_path / "a"))
    assert found[["l", "s", "b", "d"]].iloc[0].tolist() == [
        "[1, 2]", '{"a": ["ü"]}', "True", "2026-01-02",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["a.geojson", "a.csv"])
def test_geojson_in_place_of_a_table_is_one_fault(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text('{"type": "FeatureCollection", "features": []}')
    with pytest.raises(SitingError) as caught:
        table("gigafactories", path)
    assert [str(fault) for fault in caught.value.faults] == [
        f"{name}: this is JSON, not CSV - save it as CSV with the columns of `{SHOW}`"
    ]


@pytest.mark.parametrize("write", [csv, parquet, geojson, geopackage])
def test_a_number_under_the_heading_of_a_country_is_text(
    tmp_path: Path, write: Callable[[Table, Path], Path]
) -> None:
    path = write({"lat": [63.84], "lon": [23.13], "iso2": [246], "n": ["a"]}, tmp_path / "a")
    assert read_points(path)["country"].tolist() == ["246"]
    assert read_areas(path)["n"].tolist() == ["a"]


def test_a_column_without_a_heading_is_no_shape(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"name": ["A"], "lat": [63.84], "lon": [23.13], "": [7]}), path)
    assert read_points(path)["column_4"].tolist() == [7]


@pytest.mark.parametrize("kind", ["gpkg", "shp", "parquet", "geojson", "csv"])
def test_signs_in_file_names_mean_themselves(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"[!a]*?{{b}}%20#;c.{kind}"
    points = gpd.GeoDataFrame({"name": ["Łódź"]}, geometry=[shapely.Point(19.45, 51.76)], crs=4326)
    if kind == "csv":
        path.write_text("name,lat,lon\nŁódź,51.76,19.45\n", encoding="utf-8")
    else:
        plain = tmp_path / f"plain.{kind}"
        points.to_parquet(plain) if kind == "parquet" else points.to_file(plain)
        for file in tmp_path.iterdir():
            file.rename(path.with_suffix(file.suffix))
    assert read_points(path)["name"].tolist() == ["Łódź"]
