from __future__ import annotations

import numpy as np
import shapely
from hypothesis import given
from hypothesis import strategies as st
from polyline import decode

from maps import linework
from maps.linework import encode, encode_area

LONLAT = st.tuples(st.floats(-180, 180), st.floats(-90, 90))


@given(st.lists(LONLAT, min_size=1, max_size=30))
def test_a_line_comes_back_to_three_decimals(line: list[tuple[float, float]]) -> None:
    assert np.allclose(decode(encode(np.array(line))), line, atol=5.0001e-4)


def test_the_published_example_of_the_format() -> None:
    # Google's polyline example, whose unit is 1e-5 degrees and latitude first
    points = np.array([(38.5, -120.2), (40.7, -120.95), (43.252, -126.453)]) * 100
    assert encode(points) == "_p~iF~ps|U_ulLnnqC_mqNvxq`@"
    assert np.allclose(decode("_p~iF~ps|U_ulLnnqC_mqNvxq`@"), points, rtol=1e-12)


def test_areas_keep_their_holes_and_drop_what_is_no_area() -> None:
    ring = shapely.box(0, 0, 4, 4).difference(shapely.box(1, 1, 2, 2))
    mixed = shapely.GeometryCollection([ring, shapely.Point(9, 9)])
    (polygon,) = encode_area(mixed)
    outer, hole = map(decode, polygon)
    assert shapely.Polygon(outer, [hole]).equals(ring)
    assert encode_area(shapely.MultiPolygon()) == []


@given(st.lists(st.lists(LONLAT, min_size=1, max_size=9), min_size=1, max_size=9))
def test_many_lines_are_decoded_as_each_alone(lines: list[list[tuple[float, float]]]) -> None:
    codes = [encode(np.array(line)) for line in lines]
    xy, line = linework.decode(codes)
    assert line.tolist() == [k for k, points in enumerate(lines) for _ in points]
    np.testing.assert_array_equal(xy, [point for code in codes for point in decode(code)])
