from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
from shapely.geometry import box

from geodata.build.land import Land


@pytest.fixture(scope="module")
def land() -> Land:
    """Two countries on one island of 10 x 5 degrees, and a third on another."""
    areas = [box(0, 0, 5, 5), box(5, 0, 10, 5), box(20, 0, 22, 2)]
    return Land(gpd.GeoDataFrame({"country": ["AA", "BB", "CC"]}, geometry=areas, crs="EPSG:4326"))


LAT = np.array([1.0, 1.0, 1.0, 1.0, 1.0])
LON = np.array([1.0, 9.0, 21.0, 10.5, 19.0])


def test_points_on_land_and_off_it_have_a_country(land: Land) -> None:
    assert land.country(LAT, LON).tolist() == ["AA", "BB", "CC", "BB", "CC"]


def test_countries_that_touch_are_one_landmass_and_the_largest_is_first(land: Land) -> None:
    assert land.mass(LAT, LON).tolist() == [0, 0, 1, 0, 1]


def test_dry_is_inside(land: Land) -> None:
    assert land.dry(LAT, LON).tolist() == [True, True, True, False, False]


def test_shore_is_as_far_as_it_is(land: Land) -> None:
    # half a degree of longitude at 1 degree north; the border between AA and BB is no shore
    km = land.shore_km(np.array([1.0, 2.5]), np.array([10.5, 5.0]))
    assert km == pytest.approx([55.6, 278], rel=0.01)
