"""How sure the order of the siting zones is, when what is not known for sure is drawn."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from siting.confidence.acceptability import accept
from siting.confidence.draws import draw
from siting.confidence.uncertainty import model_of
from siting.model.plan import Confidence, Plan

Floats = NDArray[np.float64]

TOP = 10
LOW, HIGH = 0.05, 0.95  # a 90 % interval


def assess(plan: Plan, tell: Callable[[int, int], None] | None = None) -> Confidence | None:
    """Draw what is not known and rank the sites of the zones in every draw.

    Parameters
    ----------
    plan : Plan
    tell : callable, optional
        Told (done, total) draws.

    Returns
    -------
    Confidence or None
        None where the study asks for no draws.
    """
    return _assess(plan, plan.zones.head, tell)


def assess_at(plan: Plan, position: int) -> pd.Series | None:
    """Rank one candidate in every draw among the sites that stand for the other zones.

    Returns
    -------
    Series or None
        As a row of `Confidence.table`; None where the study asks for no draws.
    """
    heads = plan.zones.head
    at = np.flatnonzero(heads == position)
    if len(at) and plan.confidence is not None:
        return plan.confidence.table.iloc[int(at[0])]
    zone = int(plan.zones.zone[position])
    others = np.delete(heads, zone - 1) if zone else heads
    found = _assess(plan, np.append(others, position))
    return None if found is None else found.table.iloc[-1]


def _assess(
    plan: Plan, sites: NDArray[np.intp], tell: Callable[[int, int], None] | None = None
) -> Confidence | None:
    asked = plan.study.confidence
    if not asked.draws:
        return None
    model = model_of(plan.study, plan.facts, plan, sites)
    drawn = draw(model, asked.draws, asked.seed, asked.concentration)
    number = len(sites)
    found = accept(
        lambda chunk: model.scores(drawn, chunk), number, asked.draws,
        ranks=number, every=True, tell=tell,
    )  # fmt: skip
    assert found.rank is not None  # noqa: S101 - every rank was asked for
    low, high = np.quantile(found.rank, [LOW, HIGH], axis=1, method="inverted_cdf")
    table = pd.DataFrame(
        {
            "p_first": found.first,
            "p_top10": found.within(TOP),
            "expected_rank": found.rank.mean(axis=1),
            "rank_low": low.astype(int),
            "rank_high": high.astype(int),
        }
    )
    central = {
        name: _central(weights[: asked.draws], found.first_in, number, model.leaves[name])
        for name, weights in drawn.weights.items()
    }
    return Confidence(table, found.share, central, asked.draws, asked.seed)


def _central(
    weights: Floats, first: NDArray[np.intp], zones: int, criteria: pd.Index
) -> pd.DataFrame:
    """Mean of the weights over the draws in which each zone is first (Lahdelma et al. 1998)."""
    total = np.zeros((zones, weights.shape[1]))
    np.add.at(total, first, weights)
    times = np.bincount(first, minlength=zones)[:, None]
    mean = np.divide(total, times, out=np.full_like(total, np.nan), where=times > 0)
    return pd.DataFrame(mean, columns=criteria)
