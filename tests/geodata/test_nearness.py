"""Points in and near areas, against geodesics."""

from __future__ import annotations

import time

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from geodata.nearness import within_areas

GEOD = Geod(ellps="WGS84")


def layer(*shapes: shapely.Geometry | None) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(geometry=list(shapes), crs=4326)


def near(lat: float, lon: float, areas: gpd.GeoDataFrame, km: float) -> bool:
    return bool(within_areas(np.array([lat]), np.array([lon]), areas, km)[0])


@settings(max_examples=100)
@given(
    st.floats(-89.9, 89.9), st.floats(-180, 180), st.floats(0, 360), st.floats(0.1, 1000),
    st.floats(0.5, 2.0),
)  # fmt: skip
def test_distance_to_a_point_is_geodesic_everywhere(
    lat: float, lon: float, azimuth: float, buffer_km: float, share: float
) -> None:
    """Poles and date line included; the band of 0.05 % around the buffer is left open."""
    if abs(share - 1) < 5e-4:
        return
    x, y, _ = GEOD.fwd(lon, lat, azimuth, buffer_km * share * 1000)
    assert near(y, x, layer(shapely.Point(lon, lat)), buffer_km) == (share < 1)


@settings(max_examples=60)
@given(st.floats(-80, 80), st.floats(-180, 180), st.floats(0.1, 3), st.integers(0, 2**31))
def test_distance_to_an_outline_agrees_with_a_fine_geodesic_search(
    lat: float, lon: float, size: float, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    angle = np.sort(rng.uniform(0, 2 * np.pi, 7))
    ring = np.column_stack([lon + size * np.cos(angle), lat + size * np.sin(angle)])
    polygon = shapely.Polygon(ring)
    if not polygon.is_valid or polygon.area < 1e-6:
        return
    x, y = lon + rng.uniform(-3, 3) * size, lat + rng.uniform(-3, 3) * size
    if polygon.intersects(shapely.Point(x, y)) or abs(y) > 89:
        return
    outline = shapely.get_coordinates(shapely.segmentize(polygon, size / 500))
    again = np.full(len(outline), 1.0)
    km = GEOD.inv(outline[:, 0], outline[:, 1], x * again, y * again)[2].min() / 1000
    slack = size / 500 * 112  # spacing of the search
    assert near(y, x, layer(polygon), km + 0.002 * km + 0.01)
    if km > 2 * slack:
        assert not near(y, x, layer(polygon), km - slack)


def test_inside_and_on_the_edge_need_no_buffer() -> None:
    square = layer(shapely.box(10, 50, 11, 51))
    lat, lon = np.array([50.5, 50.0, 49.999]), np.array([10.5, 10.5, 10.5])
    assert within_areas(lat, lon, square).tolist() == [True, True, False]
    assert within_areas(lat, lon, square, 1.0).tolist() == [True, True, True]


def test_hole_is_outside() -> None:
    ring = shapely.Polygon(shapely.box(0, 0, 4, 4).exterior, [shapely.box(1, 1, 3, 3).exterior])
    assert not near(2, 2, layer(ring), 0)
    assert not near(2, 2, layer(ring), 100)
    assert near(2, 2, layer(ring), 112)


def test_long_edges_are_straight_in_degrees() -> None:
    """A parallel is not the great circle between its ends: at 60 N that is 500 km off."""
    band = layer(shapely.box(0, 59, 60, 60))
    assert near(60.5, 30, band, 56)
    assert not near(60.5, 30, band, 55)


@pytest.mark.parametrize(
    "fiji",
    [
        shapely.MultiPolygon([shapely.box(177, -19, 180, -16), shapely.box(-180, -19, -178, -16)]),
        shapely.Polygon([(177, -19), (-178, -19), (-178, -16), (177, -16)]),  # uncut
        shapely.box(177, -19, 182, -16),  # beyond 180
        shapely.box(-183, -19, -178, -16),
    ],
)
def test_across_the_date_line(fiji: shapely.Geometry) -> None:
    lat = np.array([-17.5, -17.5, -17.5, -17.5, -15.9])
    lon = np.array([179.9, -179.9, -177.9, 0.0, -179.0])
    assert within_areas(lat, lon, layer(fiji)).tolist() == [True, True, False, False, False]
    assert within_areas(lat, lon, layer(fiji), 12).tolist() == [True, True, True, False, True]


def test_far_parts_of_one_country_do_not_bend_each_other() -> None:
    france = shapely.MultiPolygon([shapely.box(-5, 42, 8, 51), shapely.box(164, -23, 168, -20),
                                   shapely.box(-179, -15, -176, -13)])  # fmt: skip
    assert near(46, 2, layer(france), 0)
    assert not near(46, 60, layer(france), 0)


def test_poles() -> None:
    cap = layer(shapely.box(-180, 89, 180, 90))
    assert near(89.5, 77, cap, 0)
    assert near(88.95, -120, cap, 6)
    assert not near(88.9, -120, cap, 6)
    south = layer(shapely.Point(0, -90))
    assert near(-89.9, 123, south, 11.2)
    assert not near(-89.9, 123, south, 11.1)


def test_feature_outside_the_region_still_counts() -> None:
    """Nothing is cut to the candidates before the buffer is laid."""
    assert near(55.0, 10.0, layer(shapely.Point(10, 60), shapely.Point(10, 57)), 223)
    assert not near(55.0, 10.0, layer(shapely.Point(10, 60), shapely.Point(10, 57)), 222)


def test_lines_collections_and_nothing() -> None:
    mixed = shapely.GeometryCollection(
        [shapely.LineString([(0, 0), (0, 10)]), shapely.Point(20, 5)]
    )
    assert near(5, 0, layer(mixed), 0)
    assert near(5, 0.5, layer(mixed), 56)
    assert near(5, 20.5, layer(mixed), 56)
    assert not near(5, 10, layer(mixed), 56)
    assert not near(5, 0, layer(), 100)
    assert not near(5, 0, layer(shapely.Polygon(), None), 100)
    assert within_areas(np.array([]), np.array([]), layer(mixed), 5).tolist() == []


def test_order_of_points_does_not_matter() -> None:
    rng = np.random.default_rng(5)
    lat, lon = rng.uniform(-60, 60, 400), rng.uniform(-180, 180, 400)
    areas = layer(*(shapely.Point(x, y).buffer(3) for x, y in rng.uniform(-50, 50, (30, 2))))
    found, order = within_areas(lat, lon, areas, 200), rng.permutation(400)
    assert (within_areas(lat[order], lon[order], areas, 200) == found[order]).all()
    assert 0 < found.sum() < 400


def test_fast_enough_for_a_world_of_candidates() -> None:
    rng = np.random.default_rng(1)
    angle = np.linspace(0, 2 * np.pi, 60, endpoint=False)
    rings = rng.uniform((-180, -70), (180, 75), (5000, 2))[:, None] + rng.uniform(
        0.02, 0.6, (5000, 1, 1)
    ) * np.column_stack([np.cos(angle), np.sin(angle)])
    areas = layer(*shapely.polygons(rings))
    lat, lon = rng.uniform(-60, 75, 30_000), rng.uniform(-180, 180, 30_000)
    start = time.process_time()
    assert 0 < within_areas(lat, lon, areas, 50).sum() < 30_000
    assert time.process_time() - start < 15  # 1.5 s on an idle machine
