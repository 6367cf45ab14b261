"""Demand clusters, and siting zones: places that are one decision on the ground."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.cluster import DBSCAN, AgglomerativeClustering

from geodata.places import great_circle_km, unit_vectors
from siting.access import EARTH_RADIUS_KM

DEMAND_RADIUS_KM = 150.0  # a day's return trip by truck between neighbouring customers
DEMAND_CORE_KT = 15  # a quarter of a 60 kt/y plant within the radius makes a cluster (PL-SIZE)
FIRST_BATCH = 1_500  # best candidates zoned at once; doubled until there are zones enough
LAST_BATCH = 12_000
NAMED = ("industrial site", "own")


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
    radians = np.radians(plants[["lat", "lon"]].to_numpy(dtype=float)[live])
    model = DBSCAN(
        eps=DEMAND_RADIUS_KM / EARTH_RADIUS_KM,
        min_samples=DEMAND_CORE_KT,
        metric="haversine",
        algorithm="ball_tree",
    )
    labels[live] = model.fit(radians, sample_weight=kt[live]).labels_
    tonnes = pd.Series(kt).groupby(labels).sum().drop(-1, errors="ignore")
    order = {old: new for new, old in enumerate(tonnes.sort_values(ascending=False).index)}
    return np.array([order.get(label, -1) for label in labels])


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
                "gwh": float(own["gwh"].sum()),
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


@dataclass(frozen=True)
class Zones:
    """Siting zones of the best candidates.

    Attributes
    ----------
    zone : ndarray (n,)
        Number of the zone of each candidate, 1 for the best; 0 where it is in none.
    head : ndarray (zones,)
        Position of the candidate that stands for each zone.
    """

    zone: NDArray[np.intp]
    head: NDArray[np.intp]


def siting_zones(
    places: pd.DataFrame, order: NDArray[np.intp],
    *, zones: int, extent_km: float,
) -> Zones:  # fmt: skip
    """Group the best candidates into zones no wider than `extent_km`, best zone first.

    Complete-linkage clustering on unit vectors, so that any two places of a zone are within the
    extent. A zone is represented by its best named industrial site where it has one, else by its
    best place; zones are ordered by the score of what represents them.

    Parameters
    ----------
    places : DataFrame (n)
        lat, lon, kind.
    order : ndarray (n,)
        Positions from best to worst, ties already broken.
    zones : int
        How many zones are wanted; the batch of best candidates grows until they are found.
    extent_km : float
    """
    named = places["kind"].isin(NAMED).to_numpy()
    size = FIRST_BATCH
    while True:
        # every named site takes part, so that a zone finds the one it has however it ranks
        best = order[(np.arange(len(order)) < size) | named[order]]
        label = _linked(places.iloc[best], extent_km)
        heads = _heads(label, named[best])
        enough = int((heads < size).sum()) >= zones
        if enough or size >= min(LAST_BATCH, len(order)):
            break
        size *= 2
    chosen = np.sort(heads)[:zones]
    number = np.zeros(label.max() + 1, dtype=np.intp)
    number[label[chosen]] = np.arange(1, len(chosen) + 1)
    zone = np.zeros(len(order), dtype=np.intp)
    zone[best] = number[label]
    return Zones(zone, best[chosen])


def _heads(label: NDArray[np.intp], named: NDArray[np.bool_]) -> NDArray[np.intp]:
    """Return what stands for each zone: its first named place, else its first (best is first)."""
    at = np.lexsort((np.arange(len(label)), ~named))
    _, first = np.unique(label[at], return_index=True)
    return at[first]


def _linked(places: pd.DataFrame, extent_km: float) -> NDArray[np.intp]:
    """Label places so that no two of one label are further apart than the extent."""
    if len(places) == 1:
        return np.zeros(1, dtype=np.intp)
    points = unit_vectors(places["lat"].to_numpy(float), places["lon"].to_numpy(float))
    chord = 2 * np.sin(min(extent_km / EARTH_RADIUS_KM, np.pi) / 2)
    model = AgglomerativeClustering(n_clusters=None, distance_threshold=chord, linkage="complete")
    return np.asarray(model.fit(points).labels_)
