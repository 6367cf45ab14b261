"""Rank acceptability of 25,000 sites on 10,000 draws, against a loop over pymcdm."""

from __future__ import annotations

import time

import numpy as np
from pymcdm.methods import WSM

from benchmarks.comparison import Comparison, Result, peak_mb, timed
from siting.confidence.acceptability import accept, dirichlet, weighted_sums

CRITERIA, TOP = 12, 10
LOOPED = 20  # draws of the slow peer


def run(sites: int = 25_000, draws: int = 10_000) -> Result:
    """Compare all draws with what the peer needs for a few of the same."""
    rng = np.random.default_rng(0)
    values = rng.random((sites, CRITERIA))
    weights = dirichlet(rng, np.full(CRITERIA, 1.0 / CRITERIA), 40.0, draws)
    begun = time.process_time()
    _, ours = timed(
        lambda: accept(weighted_sums(values, weights), sites, draws, ranks=TOP, every=False)
    )
    processor = time.process_time() - begun
    peak = peak_mb()
    few = weights[:LOOPED]

    def loop() -> np.ndarray:
        counts = np.zeros(sites)
        peer = WSM(normalization_function=lambda matrix, cost=False: matrix)  # noqa: ARG005 - pymcdm's form
        for drawn in few:
            score = peer(values, drawn, np.ones(CRITERIA))
            counts[np.argsort(-score, kind="stable")[:TOP]] += 1
        return counts

    counts, seconds = timed(loop)
    same = accept(weighted_sums(values, few), sites, len(few), ranks=TOP, every=False)
    return Result(
        (
            Comparison(
                f"how often {sites:,} sites are in the first {TOP}, {draws:,} draws",
                ours,
                "pymcdm WSM, a draw at a time",
                seconds * draws / len(few),
                peak,
                float(np.abs(same.within(TOP) - counts / len(few)).max()),
                f"{len(few)} draws",
                relative=False,
            ),
        ),
        {
            "processor time of all draws (s)": processor,
            "scores ranked in a processor second (m)": sites * draws / processor / 1e6,
        },
    )
