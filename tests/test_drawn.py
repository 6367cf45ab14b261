from __future__ import annotations

import numpy as np
import shapely

from geodata.geometry import basemap, decode
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
