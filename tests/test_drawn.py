from __future__ import annotations

import numpy as np
import shapely
from polyline import decode

from geodata.geometry import basemap, layer
from maps import drawn


def test_every_country_is_there_once_and_sound() -> None:
    land = drawn.land()
    assert land.codes.tolist() == sorted(basemap()["countries"])
    assert shapely.is_valid(land.areas).all()
    assert not shapely.is_empty(land.areas).any()


def test_towns_lie_in_their_countries() -> None:
    land = drawn.land()
    for code, lon, lat in (("FI", 25.7, 62.2), ("MY", 110.3, 1.5), ("US", -86.8, 36.2)):
        held = shapely.contains_xy(land.areas, lon, lat)
        assert land.codes[held].tolist() == [code]


def test_lines_keep_every_corner() -> None:
    land = drawn.land()
    for name, lines in (("borders", land.borders), ("coast", land.coast)):
        corners = np.concatenate([decode(code) for code in basemap()[name]])
        np.testing.assert_array_equal(shapely.get_coordinates(lines), corners)


def test_land_is_where_people_live() -> None:
    towns = layer("towns").head(4000)
    land = drawn.whole()
    assert land.is_valid
    shapely.prepare(land)
    on = shapely.contains_xy(land, towns["lon"].to_numpy(), towns["lat"].to_numpy())
    assert on.mean() > 0.95
    assert not shapely.contains_xy(land, -30.0, 40.0)


def test_all_land_is_the_union_of_the_countries() -> None:
    apart = shapely.symmetric_difference(drawn.whole(), shapely.union_all(drawn.land().areas))
    assert apart.area < 1e-9
