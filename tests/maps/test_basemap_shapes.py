from __future__ import annotations

import numpy as np
import pytest
import shapely
from polyline import decode

from geodata.geometry import basemap, layer
from maps import basemap_shapes


def test_every_country_is_there_once_and_sound() -> None:
    land = basemap_shapes.land()
    assert land.codes.tolist() == sorted(basemap()["countries"])
    assert shapely.is_valid(land.areas).all()
    assert not shapely.is_empty(land.areas).any()


def test_towns_lie_in_their_countries() -> None:
    land = basemap_shapes.land()
    for code, lon, lat in (("FI", 25.7, 62.2), ("MY", 110.3, 1.5), ("US", -86.8, 36.2)):
        held = shapely.contains_xy(land.areas, lon, lat)
        assert land.codes[held].tolist() == [code]


def test_lines_keep_every_corner() -> None:
    land = basemap_shapes.land()
    for name, lines in (("borders", land.borders), ("coast", land.coast)):
        corners = np.concatenate([decode(code) for code in basemap()[name]])
        np.testing.assert_array_equal(shapely.get_coordinates(lines), corners)


def test_land_is_where_people_live() -> None:
    towns = layer("towns").head(4000)
    land = basemap_shapes.whole()
    assert land.is_valid
    shapely.prepare(land)
    on = shapely.contains_xy(land, towns["lon"].to_numpy(), towns["lat"].to_numpy())
    assert on.mean() > 0.95
    assert not shapely.contains_xy(land, -30.0, 40.0)


def test_all_land_is_the_union_of_the_countries() -> None:
    apart = shapely.symmetric_difference(
        basemap_shapes.whole(), shapely.union_all(basemap_shapes.land().areas)
    )
    assert apart.area < 1e-9


def test_what_was_cut_apart_is_joined_again() -> None:
    areas = [shapely.box(0, 0, 3, 2), shapely.box(5, 0, 6, 1), shapely.Polygon()]
    line = shapely.LineString([(0, 0), (4, 1)])
    shapes = np.array([shapely.MultiPolygon(areas[:2]), areas[1], areas[2], line], dtype=object)
    west, east = (shapely.clip_by_rect(shapes, x, -9, x + 9, 9) for x in (-8, 1))
    found = basemap_shapes.joined(np.array([west, east]))
    assert len(found[0].geoms) == 2
    assert all(shapely.equals(found[:3], shapes[:3]))
    assert found[3].length == pytest.approx(line.length)
    assert shapely.equals(shapely.line_merge(found[3]), line)
