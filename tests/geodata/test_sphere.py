"""Distances on the globe, against the geodesic of PROJ."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from geodata.sphere import geodesic_km, great_circle_km, unit_vectors

angle = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


@given(angle, angle)
def test_great_circle_is_within_0_6_percent_of_the_geodesic(
    a: tuple[float, float], b: tuple[float, float]
) -> None:
    exact = Geod(ellps="WGS84").inv(a[1], a[0], b[1], b[0])[2] / 1000
    assert great_circle_km(*a, *b) == pytest.approx(exact, rel=6e-3, abs=1e-6)
    assert geodesic_km(*a, *b) == pytest.approx(exact, rel=1e-12, abs=1e-9)
    assert great_circle_km(*a, *b) == great_circle_km(*b, *a)


@given(angle, angle)
def test_unit_vectors_carry_the_distance(a: tuple[float, float], b: tuple[float, float]) -> None:
    u, v = unit_vectors(*a), unit_vectors(*b)
    assert np.linalg.norm(u) == pytest.approx(1.0)
    chord = 2 * 6371.0088 * np.arcsin(np.clip(np.linalg.norm(u - v) / 2, 0, 1))
    assert great_circle_km(*a, *b) == pytest.approx(chord, abs=1e-3, rel=1e-6)


def test_distances_broadcast() -> None:
    lat, lon = np.array([0.0, 0.0, 90.0]), np.array([0.0, 90.0, 0.0])
    matrix = great_circle_km(lat[:, None], lon[:, None], lat, lon)
    quarter = 6371.0088 * np.pi / 2
    expected = quarter * (1 - np.eye(3))
    np.testing.assert_allclose(matrix, expected, atol=1e-9)
    assert geodesic_km(lat[:, None], lon[:, None], lat, lon).shape == (3, 3)
    assert unit_vectors(lat, lon).shape == (3, 3)
