"""Demand clusters: customers that one truck could serve in a day."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from geodata.sphere import great_circle_km, km_to_chord, unit_vectors

DEMAND_RADIUS_KM = 150.0  # a day's return trip by truck between neighbouring customers
DEMAND_CORE_KT = 15  # a quarter of a 60 kt/y plant within the radius makes a cluster (PL-SIZE)


def demand_clusters(plants: pd.DataFrame) -> NDArray[np.intp]:
    """Cluster gigafactories by tonnes on the sphere; -1 for plants in none (m,).

    DBSCAN (Ester et al. 1996) with great-circle distance, each plant weighing its anode demand:
    a core has `DEMAND_CORE_KT` within `DEMAND_RADIUS_KM`. Clusters are numbered from the largest.
    """
    labels = np.full(len(plants), -1)
    kt = plants["anode_kt"].to_numpy(dtype=float)
    live = np.flatnonzero(kt > 0)
    if not len(live):
        return labels
    points = unit_vectors(*plants[["lat", "lon"]].to_numpy(dtype=float)[live].T)
    chord = km_to_chord(DEMAND_RADIUS_KM)
    labels[live] = _dense(points, kt[live], chord, DEMAND_CORE_KT)
    tonnes = pd.Series(kt).groupby(labels).sum().drop(-1, errors="ignore")
    order = {old: new for new, old in enumerate(tonnes.sort_values(ascending=False).index)}
    return np.array([order.get(label, -1) for label in labels])


def _dense(
    points: NDArray[np.float64], weight: NDArray[np.float64], radius: float, core: float
) -> NDArray[np.intp]:
    """DBSCAN: groups of points with at least `core` within the radius, and who is near one (n,).

    Connected cores are one group; a point that is none joins the first group that reaches it.
    Groups are numbered by their first core; -1 is in none.
    """
    n = len(points)
    pairs = cKDTree(points).query_pairs(radius, output_type="ndarray")
    a, b = np.concatenate([pairs, pairs[:, ::-1]]).T
    heavy = weight + np.bincount(a, weights=weight[b], minlength=n) >= core
    both = heavy[a] & heavy[b]
    graph = coo_array((np.ones(both.sum()), (a[both], b[both])), shape=(n, n))
    _, part = connected_components(graph, directed=False)
    first = pd.unique(part[heavy])
    label = np.full(n, n)
    label[heavy] = pd.Index(first).get_indexer(part[heavy])
    reached = ~heavy[a] & heavy[b]
    np.minimum.at(label, a[reached], label[b[reached]])
    return np.where(label == n, -1, label)


def cluster_table(plants: pd.DataFrame, labels: NDArray[np.intp]) -> pd.DataFrame:
    """Describe each cluster: name (place of its largest plant), centre, tonnes, radius.

    Returns
    -------
    DataFrame
        cluster, name, lat, lon (centre weighted by tonnes, on the sphere), kt, gwh, plants,
        radius_km.
    """
    rows = []
    for label in range(labels.max() + 1 if len(labels) else 0):
        own = plants[labels == label]
        kt = own["anode_kt"].to_numpy(dtype=float)
        lat, lon = sphere_centre(own["lat"].to_numpy(float), own["lon"].to_numpy(float), kt)
        reach = great_circle_km(lat, lon, own["lat"].to_numpy(float), own["lon"].to_numpy(float))
        largest = own.iloc[int(np.argmax(kt))]
        rows.append(
            {
                "cluster": label + 1,
                "name": f"{largest['city']}, {largest['country']}",
                "lat": lat,
                "lon": lon,
                "kt": float(kt.sum()),
                "gwh": float(own["capacity_gwh"].sum()),
                "plants": len(own),
                "radius_km": float(np.max(reach)),
            }
        )
    columns = ["cluster", "name", "lat", "lon", "kt", "gwh", "plants", "radius_km"]
    return pd.DataFrame(rows, columns=columns)


def sphere_centre(
    lat: NDArray[np.float64], lon: NDArray[np.float64], weight: NDArray[np.float64]
) -> tuple[float, float]:
    """Weighted centre on the sphere (degrees): the mean of unit vectors, safe at 180 degrees."""
    x, y, z = weight @ unit_vectors(lat, lon)
    return float(np.degrees(np.arctan2(z, np.hypot(x, y)))), float(np.degrees(np.arctan2(y, x)))
