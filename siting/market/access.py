"""What lies near a place: the nearest port or railway, the people around."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from geodata.sphere import chord_to_km, km_to_chord, unit_vectors
from siting.freight.layered import CIRCUITY


def nearest_km(points: NDArray[np.float64], others: NDArray[np.float64]) -> NDArray[np.float64]:
    """Road-like distance from each point to the nearest of `others` (km).

    Great circle times `CIRCUITY`.

    Parameters
    ----------
    points : ndarray (n, 2)
        Latitude and longitude (degrees).
    others : ndarray (m, 2)
    """
    tree = cKDTree(unit_vectors(others[:, 0], others[:, 1]))
    chord, _ = tree.query(unit_vectors(points[:, 0], points[:, 1]))
    return chord_to_km(chord) * CIRCUITY


def sum_within(
    points: NDArray[np.float64],
    others: NDArray[np.float64],
    weight: NDArray[np.float64],
    radius_km: float,
) -> NDArray[np.float64]:
    """Sum of the weights of `others` within a great-circle radius of each point (n,).

    Parameters
    ----------
    points : ndarray (n, 2)
        Latitude and longitude (degrees).
    others : ndarray (m, 2)
    weight : ndarray (m,)
    radius_km : float
    """
    chord = km_to_chord(radius_km)
    tree = cKDTree(unit_vectors(points[:, 0], points[:, 1]))
    around = cKDTree(unit_vectors(others[:, 0], others[:, 1]))
    near = tree.sparse_distance_matrix(around, chord, output_type="ndarray")
    summed = np.bincount(near["i"], weights=weight[near["j"]], minlength=len(points))
    return np.asarray(summed, dtype=float)
