"""The planner's own candidates and exclusion layers."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata import csvtext
from geodata.errors import SitingError
from geodata.rings import region
from geodata.userfiles import read_areas, read_points, within_areas

NASTY = [
    "<img src=x onerror=alert(1)>", '=HYPERLINK("http://x")', "{{7*7}}", "{% raw %}", "`${x}`",
    "🏭 Fabrik", "مصنع", "负极", "NA", "None", "null",
]  # fmt: skip


@pytest.fixture
def csv(tmp_path: Path) -> Callable[..., Path]:
    def made(text: str, name: str = "sites.csv") -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return made


def faults(path: Path, read: Callable[[Path], object] = read_points) -> list[tuple]:
    with pytest.raises(SitingError) as caught:
        read(path)
    return [(f.row, f.column, f.what) for f in caught.value.faults]


def test_columns_in_order_and_extras_kept(csv: Callable[..., Path]) -> None:
    rows = read_points(csv("price,lon,lat,name,site_id\n007,18,59,Stockholm,s1\n"))
    assert list(rows) == ["site_id", "name", "lat", "lon", "price"]
    assert rows.iloc[0].tolist() == ["s1", "Stockholm", 59.0, 18.0, "007"]


def test_headings_in_other_words(csv: Callable[..., Path]) -> None:
    rows = read_points(csv("Latitude;LNG;Country;geometry\n59;18;SE;x\n"))
    assert list(rows) == ["site_id", "name", "lat", "lon", "country", "geometry_text"]


def test_identifiers_are_made_and_stable(csv: Callable[..., Path]) -> None:
    text = "name,lat,lon\nÖrn Park,59,18\nA,59,18\n,59,18\na,59,18\n负极,59,18\n***,59,18\n"
    rows = read_points(csv(text))
    assert rows["site_id"].tolist() == ["örn-park", "a~3", "row~4", "a~5", "负极", "row~7"]
    assert rows["name"].tolist() == ["Örn Park", "A", "row~4", "a", "负极", "***"]
    assert read_points(csv(text, "again.csv")).equals(rows)


@settings(max_examples=15, deadline=None)
@given(
    st.lists(
        st.sampled_from(["a", "A", "a~2", "a 2", "row", "row~2", "row 2", "", "-"]),
        min_size=1,
        max_size=8,
    )
)
def test_made_identifiers_never_collide(
    tmp_path_factory: pytest.TempPathFactory, names: list[str]
) -> None:
    path = tmp_path_factory.mktemp("p") / "p.csv"
    path.write_text("name,lat,lon\n" + "".join(f'"{n}",59,18\n' for n in names))
    assert read_points(path)["site_id"].is_unique


def test_names_are_data(csv: Callable[..., Path], tmp_path: Path) -> None:
    lines = "".join(
        '"' + name.replace('"', '""') + f'",{i + 1},2\n' for i, name in enumerate(NASTY)
    )
    assert read_points(csv("name,lat,lon\n" + lines))["name"].tolist() == NASTY
    features = [
        {"type": "Feature", "properties": {"name": name},
         "geometry": {"type": "Point", "coordinates": [2, i + 1]}}
        for i, name in enumerate(NASTY)
    ]  # fmt: skip
    path = tmp_path / "a.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    assert read_points(path)["name"].tolist() == NASTY


def test_control_characters_and_length(csv: Callable[..., Path]) -> None:
    rows = read_points(csv("name,lat,lon\na\x00b\x1bc,1,2\n" + "x" * 400 + ",1,2\n"))
    assert rows["name"].tolist() == ["abc", "x" * 300]


def test_all_faults_at_once(csv: Callable[..., Path]) -> None:
    text = (
        "site_id;lat;lon;country\n"
        "a;59,3x;18;SE\n"
        "a;abc;18;SE\n"
        "c;;18;SE\n"
        "d;0;0;\n"
        "e;120.98;14.6;PH\n"
        "f;18.06;59.33;SE\n"
        "g;6580000;674000;SE\n"
        "h;10;200;\n"
        ";59;18;SE\n"
        "ok;59.33;18.06;SE\n"
    )
    swapped = "latitude and longitude look swapped"
    found = faults(csv(text))
    assert sorted(found, key=str) == sorted(
        [
            (2, "lat", "not a number"),
            (2, "site_id", "this site_id is given more than once"),
            (3, "lat", "not a number"),
            (3, "site_id", "this site_id is given more than once"),
            (4, "lat, lon", "no coordinates"),
            (5, "lat, lon", "0, 0 is in the Atlantic, and stands for no coordinates"),
            (6, "lat, lon", swapped),
            (7, "lat, lon", swapped),
            (8, "lat, lon", "not in degrees"),
            (9, "lat, lon", "out of range"),
            (10, "site_id", "no site_id"),
        ],
        key=str,
    )
    assert [row for row, _, _ in found] == sorted(row for row, _, _ in found)
    with pytest.raises(SitingError, match=r"write a decimal point: 59\.3"):
        read_points(csv('lat,lon\n"59,3",18\n'))


def test_only_the_first_fifty_are_said(csv: Callable[..., Path]) -> None:
    with pytest.raises(SitingError) as caught:
        read_points(csv("lat,lon\n" + "x,1\n" * 5000))
    assert len(caught.value.faults) == 51
    assert "and 4,950 faults more" in str(caught.value.faults[-1])


def test_missing_columns(csv: Callable[..., Path]) -> None:
    assert faults(csv("name,lan\na,1\n")) == [
        (1, "lat", "this column is missing"),
        (1, "lon", "this column is missing"),
    ]


def test_points_of_spatial_files(tmp_path: Path) -> None:
    shapes = [shapely.Point(18, 59, 7), shapely.MultiPoint([(19, 60)])]
    table = gpd.GeoDataFrame({"site_id": [1, 2], "lat": [0.0, 0.0]}, geometry=shapes, crs=4326)
    table.to_file(tmp_path / "a.gpkg")
    rows = read_points(tmp_path / "a.gpkg")
    assert rows.to_dict("list") == {
        "site_id": ["1", "2"], "name": ["1", "2"], "lat": [59.0, 60.0], "lon": [18.0, 19.0],
    }  # fmt: skip


def test_other_shapes_are_no_candidates(tmp_path: Path) -> None:
    pair, line = shapely.MultiPoint([(0, 1), (1, 2)]), shapely.LineString([(0, 0), (1, 1)])
    shapes = [shapely.box(0, 0, 1, 1), shapely.Point(18, 59), None, shapely.Point(), pair, line]
    gpd.GeoDataFrame({"name": list("abcdef")}, geometry=shapes, crs=4326).to_parquet(
        tmp_path / "a.parquet"
    )
    point = "a candidate must be a point"
    assert faults(tmp_path / "a.parquet") == [
        (2, "geometry", point),
        (4, "lat, lon", "no coordinates"),
        (5, "lat, lon", "no coordinates"),
        (6, "geometry", point),
        (7, "geometry", point),
    ]


@pytest.mark.parametrize("kind", ["csv", "geojson", "gpkg", "shp", "parquet"])
def test_nonsense_of_every_kind(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"a.{kind}"
    path.write_bytes(np.random.default_rng(3).bytes(5000))
    assert faults(path)
    assert faults(path, read_areas)
    path.write_bytes(b"")
    assert faults(path)[0][2] == "the file is empty"


@pytest.mark.parametrize("error", [KeyError("x"), RecursionError(), MemoryError()])
@pytest.mark.parametrize("read", [read_points, read_areas])
def test_what_no_reader_foresaw_is_one_fault(
    csv: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, error: Exception, read: Callable
) -> None:
    def broken(_path: Path) -> None:
        raise error

    monkeypatch.setattr(csvtext, "read", broken)
    (found,) = faults(csv("lat,lon\n1,2\n"), read)
    assert "not readable as CSV" in found[2] or "needs more memory" in found[2]


def test_areas_are_taken_as_drawn_and_empty_ones_counted(tmp_path: Path) -> None:
    bow = shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])
    shapes = [
        bow,
        None,
        shapely.Polygon(),
        shapely.LineString([(5, 5), (6, 6)]),
        shapely.Point(1, 2, 3),
    ]
    gpd.GeoDataFrame({"n": range(5)}, geometry=shapes, crs=4326).to_crs(3857).to_parquet(
        tmp_path / "a.parquet"
    )
    areas = read_areas(tmp_path / "a.parquet")
    assert areas["n"].tolist() == [0, 3, 4]
    assert areas.attrs["without_shape"] == 2
    assert areas.crs.to_epsg() == 4326
    assert not areas.has_z.any()
    meant = region(areas).parts
    assert shapely.is_valid(meant).all()
    assert shapely.area(meant).sum() == pytest.approx(0.5)


def test_areas_in_csv(csv: Callable[..., Path]) -> None:
    areas = read_areas(csv('name,WKT\na,"POLYGON ((0 0, 1 0, 1 1, 0 0))"\nb,POINT (3 4)\n'))
    assert areas.geom_type.tolist() == ["Polygon", "Point"]
    assert faults(csv("wkt\nPOINT (3 4)\nPOLYGON 3\n"), read_areas) == [
        (3, "wkt", "not a shape in WKT")
    ]
    areas = read_areas(csv("lat,lon\n59,18\n"))
    assert areas.geometry.iloc[0].equals(shapely.Point(18, 59))
    assert faults(csv("lat,lon\n95,200\n"), read_areas)[0][0] == 2


def test_areas_without_shapes_or_beyond_the_poles(csv: Callable[..., Path]) -> None:
    assert faults(csv("name,wkt\na,POLYGON EMPTY\n"), read_areas)[0][2] == "no feature has a shape"
    found = faults(csv("name,wkt\na,POINT (674000 6580000)\nb,POINT (1 91)\n"), read_areas)
    assert [row for row, _, _ in found] == [2, 3]


@pytest.mark.parametrize(("corner", "what"), [
    ("21.4 1e41", "coordinates are no degrees"),
    ("21.4 91", "coordinates are no degrees"),
    ("600 63.2", "coordinates are no degrees"),
    ("nan 63.2", "a coordinate that is no number"),
    ("21.4 inf", "a coordinate that is no number"),
])  # fmt: skip
@pytest.mark.parametrize("ring", [
    "((21 63, 22 63, {}, 21 63))",
    "((21 63, 22 63, 22 64, 21 63), (21.2 63.2, {}, 21.3 63.3, 21.2 63.2))",
])  # fmt: skip
def test_every_ring_is_in_degrees(
    csv: Callable[..., Path], ring: str, corner: str, what: str
) -> None:
    sound = "POLYGON ((21 63, 22 63, 22 64, 21 63))"
    path = csv(f'wkt\n"{sound}"\n"POLYGON {ring.format(corner)}"\n')
    assert faults(path, read_areas) == [(3, "geometry", what)]


CURVES = [
    "CIRCULARSTRING (21 63, 22 63, 22 64)",
    "COMPOUNDCURVE ((21 63, 22 64))",
    "CURVEPOLYGON ((21 63, 22 63, 22 64, 21 63))",
    "MULTISURFACE (((21 63, 22 63, 22 64, 21 63)))",
    "GEOMETRYCOLLECTION (CIRCULARSTRING (21 63, 22 63, 22 64))",
]


@pytest.mark.parametrize("read", [read_points, read_areas])
def test_curves_are_refused_with_their_rows(
    csv: Callable[..., Path], read: Callable[[Path], object]
) -> None:
    path = csv("\n".join(["wkt", "POINT (21.6 63.1)", *(f'"{curve}"' for curve in CURVES)]))
    assert faults(path, read) == [(row, "wkt", "a curved shape") for row in range(3, 8)]


def test_buffer_of_a_layer_reaches_the_candidates(csv: Callable[..., Path]) -> None:
    points = read_points(csv("lat,lon\n59,18\n60,18\n"))
    areas = read_areas(csv("lat,lon\n58.5,18\n", "areas.csv"))
    lat, lon = points["lat"].to_numpy(), points["lon"].to_numpy()
    assert within_areas(lat, lon, areas, 56).tolist() == [True, False]
