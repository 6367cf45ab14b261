"""How sure the order of the siting zones is, when what is not known for sure is drawn."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.arrays import Floats
from siting.confidence.acceptability import accept
from siting.confidence.draws import draw
from siting.confidence.shares import Contest, contest
from siting.model.plan import Confidence, Plan

TOP = 10
ENOUGH = 2 * TOP  # zones; of fewer, most are among the first ten whatever is drawn
LOW, HIGH = 0.05, 0.95  # a 90 % interval


def assess(plan: Plan, progress: Callable[[int, int], None] | None = None) -> Confidence | None:
    """Draw what is not known and rank the zones by their share in every draw.

    Parameters
    ----------
    plan : Plan
    progress : callable, optional
        Called with (done, total) draws.

    Returns
    -------
    Confidence or None
        None where the study asks for no draws.
    """
    return _assess(plan, contest(plan), progress) if plan.study.confidence.draws else None


def assess_at(plan: Plan, position: int) -> pd.Series | None:
    """Rank what one candidate stands for in every draw among the other zones.

    Returns
    -------
    Series or None
        As a row of `Confidence.table`; None where the study asks for no draws.
    """
    rows = np.flatnonzero(plan.zones.head == position)
    if len(rows) and plan.confidence is not None:
        return plan.confidence.table.iloc[int(rows[0])]
    if not plan.study.confidence.draws:
        return None
    return _assess(plan, contest(plan, position)).table.iloc[-1]


def _assess(
    plan: Plan, among: Contest, progress: Callable[[int, int], None] | None = None
) -> Confidence:
    asked = plan.study.confidence
    drawn = draw(among.model, asked.draws, asked.seed, asked.concentration)
    shares = np.empty((among.zones, len(drawn.weights)))

    def scores(chunk: slice) -> Floats:
        shares[:, chunk] = among.shares(drawn, chunk)
        return shares[:, chunk] + among.scouted[:, None]  # as listed: estates first, then by share

    ranking = accept(
        scores, among.zones, asked.draws, ranks=among.zones, every=True, progress=progress
    )
    assert ranking.rank is not None  # noqa: S101 - every rank was asked for
    low, high = np.quantile(ranking.rank, [LOW, HIGH], axis=1, method="inverted_cdf")
    share_low, share_high = np.quantile(shares[:, : asked.draws], [LOW, HIGH], axis=1)
    table = pd.DataFrame(
        {
            "p_first": ranking.first,
            "p_top10": ranking.within(TOP) if among.zones >= ENOUGH else np.nan,
            "expected_rank": ranking.rank.mean(axis=1),
            "rank_low": low.astype(int),
            "rank_high": high.astype(int),
            "share_low": share_low,
            "share_high": share_high,
        }
    )
    weights = drawn.weights[: asked.draws]
    central = _central(weights, ranking.first_in, among.zones, pd.Index(among.model.criteria))
    return Confidence(table, ranking.share, central, asked.draws, asked.seed)


def _central(
    weights: Floats, first: NDArray[np.intp], zones: int, criteria: pd.Index
) -> pd.DataFrame:
    """Mean of the weights over the draws in which each zone is first (Lahdelma et al. 1998)."""
    total = np.zeros((zones, weights.shape[1]))
    np.add.at(total, first, weights)
    times = np.bincount(first, minlength=zones)[:, None]
    mean = np.divide(total, times, out=np.full_like(total, np.nan), where=times > 0)
    return pd.DataFrame(mean, columns=criteria)
