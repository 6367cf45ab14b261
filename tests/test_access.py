import numpy as np
from pyproj import Geod

from siting.access import CIRCUITY, nearest_km


def test_nearest_agrees_with_the_geodesic():
    rng = np.random.default_rng(3)
    points = np.column_stack([rng.uniform(-60, 70, 50), rng.uniform(-180, 180, 50)])
    others = np.column_stack([rng.uniform(-60, 70, 30), rng.uniform(-180, 180, 30)])
    geod = Geod(ellps="WGS84")
    exact = [min(geod.inv(lon, lat, o[1], o[0])[2] for o in others) / 1000 for lat, lon in points]
    assert np.allclose(nearest_km(points, others), np.array(exact) * CIRCUITY, rtol=0.006)


def test_across_the_date_line_is_near():
    near = nearest_km(np.array([[0.0, 179.9]]), np.array([[0.0, -179.9]]))
    assert near[0] < 30
