"""Reach and nearness of many places, against scikit-learn's great circles."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics.pairwise import haversine_distances
from sklearn.neighbors import BallTree

from benchmarks.comparison import Comparison, Result, peak_mb, timed
from geodata.geometry import layer
from geodata.load import table
from geodata.sphere import EARTH_KM
from siting.freight.layered import CIRCUITY
from siting.market.access import nearest_km, sum_within
from siting.market.market import accessibility

Floats = NDArray[np.float64]

USD_PER_KM, REACH, RADIUS_KM = 0.06, 25.0, 60.0
PAIRWISE = 400  # places given to the peer that looks at every town


def run(places: int = 100_000) -> Result:
    """Measure accessibility, the nearest town and the people around for `places` random places."""
    towns = layer("towns")
    there, people = towns[["lat", "lon"]].to_numpy(float), towns["population"].to_numpy(float)
    buyers = table("gigafactories")
    goal, gwh = buyers[["lat", "lon"]].to_numpy(float), np.arange(1.0, len(buyers) + 1)
    here = np.random.default_rng(1).uniform((-50, -180), (70, 180), (places, 2))
    return Result(
        (_accessibility(here, goal, gwh), *_nearest(here, there), *_around(here, there, people))
    )


def _km(a: Floats, b: Floats) -> Floats:
    angle: Floats = haversine_distances(np.radians(a), np.radians(b))
    return angle * EARTH_KM


def _accessibility(here: Floats, goal: Floats, weight: Floats) -> Comparison:
    """Compare on costs by great circle, which are given to ours as its freight field would."""
    freight = np.empty((len(here), len(goal)), np.float32)
    blocks = [slice(start, start + 10_000) for start in range(0, len(here), 10_000)]
    for rows in blocks:
        freight[rows] = _km(here[rows], goal) * USD_PER_KM
    ours, ours_s = timed(lambda: accessibility(freight, weight, REACH), 3)
    peak = peak_mb()
    pull = USD_PER_KM / REACH

    def peer() -> Floats:
        return np.concatenate([np.exp(-_km(here[rows], goal) * pull) @ weight for rows in blocks])

    theirs, theirs_s = timed(peer)
    close = theirs > theirs.max() * 1e-12
    return Comparison(
        f"accessibility of {len(here):,} places to {len(goal)} customers, costs known",
        ours_s,
        "scikit-learn haversine_distances, exp, sum",
        theirs_s,
        peak,
        float(np.abs(ours / theirs - 1)[close].max()),
    )


def _nearest(here: Floats, there: Floats) -> list[Comparison]:
    ours, ours_s = timed(lambda: nearest_km(here, there), 3)
    peak = peak_mb()
    scale = EARTH_KM * CIRCUITY

    def ball() -> Floats:
        tree = BallTree(np.radians(there), metric="haversine")
        angle: Floats = tree.query(np.radians(here))[0][:, 0]
        return angle * scale

    few = here[:PAIRWISE]
    every, every_s = timed(ball)
    some, some_s = timed(lambda: _km(few, there).min(axis=1) * CIRCUITY)
    what = f"nearest of {len(there):,} towns to {len(here):,} places"
    return [
        Comparison(
            what,
            ours_s,
            "scikit-learn haversine_distances, min",
            some_s * len(here) / len(few),
            peak,
            float(np.abs(ours[: len(few)] / some - 1).max()),
            f"{len(few)} places",
        ),
        Comparison(
            what,
            ours_s,
            "scikit-learn BallTree(haversine).query",
            every_s,
            peak,
            float(np.abs(ours / every - 1).max()),
        ),
    ]


def _around(here: Floats, there: Floats, people: Floats) -> list[Comparison]:
    ours, ours_s = timed(lambda: sum_within(here, there, people, RADIUS_KM), 3)
    peak = peak_mb()
    radius = RADIUS_KM / EARTH_KM

    def tree() -> Floats:
        near = BallTree(np.radians(there), metric="haversine").query_radius(
            np.radians(here), radius
        )
        return np.array([people[found].sum() for found in near])

    few = here[:PAIRWISE]
    every, every_s = timed(tree)
    some, some_s = timed(lambda: (_km(few, there) <= RADIUS_KM) @ people)
    what = f"people within {RADIUS_KM:.0f} km of {len(here):,} places"
    return [
        Comparison(
            what,
            ours_s,
            "scikit-learn haversine_distances, sum",
            some_s * len(here) / len(few),
            peak,
            float(np.abs(ours[: len(few)] - some).max() / max(some.max(), 1)),
            f"{len(few)} places",
        ),
        Comparison(
            what,
            ours_s,
            "scikit-learn BallTree(haversine).query_radius, sum",
            every_s,
            peak,
            float(np.abs(ours - every).max() / every.max()),
        ),
    ]
