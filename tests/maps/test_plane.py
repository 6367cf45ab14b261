from __future__ import annotations

import numpy as np
import pyproj
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geodata.geometry import basemap
from maps.print import plane

ORACLE = pyproj.Proj("+proj=natearth +lon_0=11 +R=1")


@given(st.floats(-168.9, 180), st.floats(-57, 78))
def test_points_agree_with_a_projection_that_is_centred_by_proj(lon: float, lat: float) -> None:
    assert plane.project(lon, lat)[0] == pytest.approx(ORACLE(lon, lat), abs=1e-9)


@given(st.floats(-180, 180), st.floats(-57, 78))
def test_every_point_lies_in_the_frame(lon: float, lat: float) -> None:
    left, bottom, right, top = plane.frame()
    x, y = plane.project(lon, lat)[0]
    assert left - 1e-9 <= x <= right + 1e-9
    assert bottom - 1e-9 <= y <= top + 1e-9


def test_chukotka_stays_with_russia() -> None:
    west, east = plane.project([-179.5, 179.5], [67.0, 67.0])
    assert abs(west[0] - east[0]) < 0.02
    assert west[0] > east[0] > 0


def test_no_line_crosses_the_map() -> None:
    ground = plane.ground()
    shapes = [*ground.countries.values(), ground.borders, ground.coast]
    left, _, right, _ = plane.frame()
    for shape in shapes:
        path = plane.outline([shape])
        steps = np.abs(np.diff(path.vertices[:, 0]))[path.codes[1:] == path.LINETO]
        assert steps.max(initial=0) < 0.05 * (right - left)


def test_every_country_north_of_the_cut_is_there_and_has_an_area() -> None:
    ground = plane.ground()
    assert ground.countries.keys() == basemap()["countries"].keys()
    bare = [code for code, area in ground.countries.items() if area.is_empty]
    assert set(bare) <= {"AQ", "BV", "HM", "GS", "TF"}
    assert ground.countries["RU"].area > 4 * ground.countries["IN"].area
    assert {text for text, *_ in ground.names} >= {"China", "Brazil"}


def test_a_shape_over_the_edge_becomes_two_pieces_at_both_ends() -> None:
    (pieces,) = plane.on_plane(shapely.box(-175, 0, -160, 10))
    left, _, right, _ = plane.frame()
    west, east = sorted(pieces.geoms, key=lambda piece: piece.centroid.x)
    assert west.bounds[0] == pytest.approx(left, rel=0.01)
    assert east.bounds[2] == pytest.approx(right, rel=0.01)


def test_an_outline_has_a_start_for_every_ring_and_line() -> None:
    ring = shapely.box(0, 0, 3, 3).difference(shapely.box(1, 1, 2, 2))
    mixed = shapely.GeometryCollection([ring, shapely.LineString([(0, 0), (1, 1)])])
    path = plane.outline(mixed)
    assert (path.codes == path.MOVETO).sum() == 3
    assert len(path.vertices) == shapely.get_num_coordinates(mixed)
    assert len(plane.outline(shapely.Polygon()).vertices) == 0
