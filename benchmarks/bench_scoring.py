"""Scores of a million sites on twelve criteria, against pymcdm and scikit-criteria."""

from __future__ import annotations

import numpy as np
import skcriteria
from pymcdm.methods import WSM
from skcriteria.agg.simple import WeightedSumModel

from benchmarks.comparison import Comparison, Result, peak_mb, timed
from siting.model.scoring import utility


def run(sites: int = 1_000_000, criteria: int = 12) -> Result:
    """Score `sites` by a weighted sum; ours asks for finite values.

    pymcdm divides each column by its sum first (its default), so it is set against ours on
    columns divided so; scikit-criteria takes the values as they are.
    """
    rng = np.random.default_rng(0)
    values = rng.random((sites, criteria))
    drawn = rng.dirichlet(np.ones(criteria))
    weights = {f"criterion {number:02}": float(weight) for number, weight in enumerate(drawn)}

    def columns(of: np.ndarray) -> dict[str, np.ndarray]:
        return {name: of[:, at].copy() for at, name in enumerate(weights)}

    plain, shares = columns(values), columns(values / values.sum(axis=0))
    ours, ours_s = timed(lambda: utility(plain, weights), 3)
    on_shares, shares_s = timed(lambda: utility(shares, weights), 3)
    peak = peak_mb()
    gains = np.ones(criteria)
    wsm, wsm_s = timed(lambda: WSM()(values, drawn, gains))
    bare, bare_s = timed(lambda: WSM()(values, drawn, gains, validation=False), 3)

    def criterion() -> np.ndarray:
        matrix = skcriteria.mkdm(values, [max] * criteria, weights=drawn)
        return np.asarray(WeightedSumModel().evaluate(matrix).e_.score)

    scored, scored_s = timed(criterion)
    what = f"weighted sum of {sites:,} sites x {criteria}"
    return Result(
        tuple(
            Comparison(what, mine_s, peer, theirs_s, peak, float(np.abs(mine / theirs - 1).max()))
            for peer, mine, mine_s, theirs, theirs_s in (
                ("pymcdm WSM, as it comes", on_shares, shares_s, wsm, wsm_s),
                ("pymcdm WSM, validation off", on_shares, shares_s, bare, bare_s),
                ("scikit-criteria WeightedSumModel", ours, ours_s, scored, scored_s),
            )
        )
    )
