import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from siting.results.shapes import ARC_POINTS, OUTLINE_KM, great_circles, hulls

SPHERE = Geod(a=1.0, b=1.0)
LAT, LON = st.floats(-80, 80), st.floats(-180, 180)


def one_group(places):
    lat, lon = np.array(places, dtype=float).T
    return hulls(lat, lon, np.zeros(len(lat), dtype=int))[0]


@pytest.mark.parametrize("lat", [0.0, 65.0, -50.0])
def test_a_zone_of_one_place_is_as_wide_everywhere(lat):
    area, _ = Geod(ellps="WGS84").geometry_area_perimeter(one_group([(lat, 20.0)]))
    # a polygon of 16 sides in a circle: (16 / 2) sin(2 pi / 16) r^2
    assert area / 1e6 == pytest.approx(8 * np.sin(np.pi / 8) * OUTLINE_KM**2, rel=0.01)


@given(st.lists(st.tuples(st.floats(40, 41), st.floats(-1, 1)), min_size=1, max_size=8))
def test_a_hull_holds_its_places_and_is_valid(places):
    hull = one_group(places)
    assert hull.geom_type == "MultiPolygon"
    assert hull.is_valid
    assert shapely.contains_xy(hull, *np.array(places)[:, ::-1].T).all()
    assert all(part.exterior.is_ccw for part in hull.geoms)


def test_each_group_has_its_own_hull_whatever_the_order():
    lat, lon, group = np.array([10.0, 50.0, 10.2]), np.array([5.0, 6.0, 5.2]), np.array([1, 0, 1])
    north, south = hulls(lat, lon, group)
    assert shapely.contains_xy(north, 6.0, 50.0)
    assert shapely.contains_xy(south, [5.0, 5.2], [10.0, 10.2]).all()
    assert not north.intersects(south)


def test_a_hull_across_the_date_line_is_cut_there():
    hull = one_group([(-17.0, 179.9), (-17.0, -179.8)])
    west, _, east, _ = hull.bounds
    assert (west, east) == (-180.0, 180.0)
    assert len(hull.geoms) == 2
    assert hull.area < 0.2
    assert shapely.contains_xy(hull, [179.9, -179.8], [-17.0, -17.0]).all()


@given(LAT, LON, LAT, LON)
def test_a_great_circle_is_as_long_as_the_way_on_the_sphere(lat1, lon1, lat2, lon2):
    angle = SPHERE.inv(lon1, lat1, lon2, lat2)[2]
    if not 0.01 < angle < 3.0:  # no one great circle joins antipodes
        return
    line = great_circles(np.array([[lat1, lon1]]), np.array([[lat2, lon2]]))[0]
    assert line.geom_type == "MultiLineString"
    assert np.abs(shapely.get_coordinates(line)[:, 0]).max() <= 180
    drawn = sum(SPHERE.line_length(*part.xy) for part in line.geoms)
    assert drawn == pytest.approx(angle, rel=1e-3)
    ends = shapely.get_coordinates(line)
    for lat, lon in ((lat1, lon1), (lat2, lon2)):
        assert SPHERE.inv(*ends.T, np.full(len(ends), lon), np.full(len(ends), lat))[2].min() < 1e-6


def test_a_line_over_the_pacific_is_two_and_crosses_no_map():
    line = great_circles(np.array([[35.0, 140.0]]), np.array([[38.0, -122.0]]))[0]
    assert len(line.geoms) == 2
    steps = [np.abs(np.diff(part.xy[0])).max() for part in line.geoms]
    assert max(steps) < 10
    assert len(shapely.get_coordinates(line)) in (ARC_POINTS, ARC_POINTS + 1, ARC_POINTS + 2)


def test_a_site_beside_its_customer_has_a_line_of_no_length():
    place = np.array([[10.0, 20.0]])
    coordinates = shapely.get_coordinates(great_circles(place, place)[0])
    assert (coordinates == [20.0, 10.0]).all()
