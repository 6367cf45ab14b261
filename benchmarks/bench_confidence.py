"""Rank acceptability of 25,000 sites on 10,000 draws; and against a loop over pymcdm."""

from __future__ import annotations

import resource
import time

import numpy as np
from pymcdm.methods import WSM

from siting.confidence.acceptability import accept, dirichlet, weighted_sums

SITES, CRITERIA, DRAWS, TOP = 25_000, 12, 10_000, 10
LOOPED = 20  # draws of the slow peer


def run() -> dict[str, float]:
    """Return seconds for all draws, the ratio to pymcdm on the same draws and the peak memory."""
    rng = np.random.default_rng(0)
    values = rng.random((SITES, CRITERIA))
    weights = dirichlet(rng, np.full(CRITERIA, 1.0 / CRITERIA), 40.0, DRAWS)
    begun = time.perf_counter()
    found = accept(weighted_sums(values, weights), SITES, DRAWS, ranks=TOP, every=False)
    ours = time.perf_counter() - begun
    begun = time.perf_counter()
    counts = np.zeros(SITES)
    peer = WSM(normalization_function=lambda matrix, cost=False: matrix)  # noqa: ARG005 - pymcdm's form
    for drawn in weights[:LOOPED]:
        score = peer(values, drawn, np.ones(CRITERIA))
        counts[np.argsort(-score, kind="stable")[:TOP]] += 1
    loop = (time.perf_counter() - begun) / LOOPED * DRAWS
    few = weights[:LOOPED]
    same = accept(weighted_sums(values, few), SITES, LOOPED, ranks=TOP, every=False)
    return {
        "ours_s": ours,
        "pymcdm_loop_s_reckoned": loop,
        "times_faster": loop / ours,
        "largest_difference": float(np.abs(same.within(TOP) - counts / LOOPED).max()),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "sum_of_first": float(found.first.sum()),
    }
