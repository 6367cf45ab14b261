import numpy as np
from pyproj import Geod

from siting.freight.layered import CIRCUITY
from siting.market.access import nearest_km, sum_within


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


def test_people_around_agree_with_brute_force():
    rng = np.random.default_rng(5)
    points = np.column_stack([rng.uniform(40, 44, 40), rng.uniform(178, 180, 40)])
    others = np.column_stack([rng.uniform(40, 44, 60), rng.uniform(-180, -178, 60)])
    weight = rng.uniform(0, 9, 60)
    geod = Geod(ellps="WGS84")
    for radius in (100, 250):
        km = np.array([[geod.inv(o, a, p, b)[2] / 1000 for b, p in others] for a, o in points])
        found = sum_within(points, others, weight, radius)
        # the sphere is not the ellipsoid at the very edge
        assert (found >= (weight * (km < 0.99 * radius)).sum(axis=1) - 1e-9).all()
        assert (found <= (weight * (km < 1.01 * radius)).sum(axis=1) + 1e-9).all()
    assert sum_within(points[:1], points[:1], np.array([7.0]), 1.0).tolist() == [7.0]
