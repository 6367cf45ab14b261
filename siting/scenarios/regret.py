"""Which sites are good whatever comes: criteria of decision under uncertainty.

Site j scores v_js in scenario s, and the best there b_s. Its regret is b_s - v_js, what the choice
of j costs once s has come true (Savage 1951; robust deviation in Kouvelis and Yu 1997, ch. 1).

    Savage     least max_s regret             no probabilities needed
    Laplace    largest mean_s v               all scenarios alike
    expected   largest sum_s p_s v            the same order as the least expected regret
    Wald       largest min_s v                absolute robustness (Kouvelis and Yu 1997)
    Hurwicz    largest a max_s v + (1 - a) min_s v
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.arrays import Floats

Ints = NDArray[np.intp]

OPTIMISM = 0.5  # of Hurwicz: halfway between the best and the worst that may come
_DIGITS = 9  # numbers that differ by less are equal


def regrets(scores: Floats, best: Floats) -> Floats:
    """Return what each site loses in each scenario against the best there (n, s).

    Parameters
    ----------
    scores : ndarray (n, s)
    best : ndarray (s,)
        At least the largest of each column.
    """
    return np.asarray(best - scores)


def hurwicz(scores: Floats, optimism: float = OPTIMISM) -> Floats:
    """Return the mean of the best and the worst score of each site, by optimism (n,)."""
    return np.asarray(optimism * scores.max(axis=1) + (1.0 - optimism) * scores.min(axis=1))


def ranked(value: Floats, then: Floats, key: pd.Series) -> Ints:
    """Return ranks from the least value, 1 first; equals by `then`, and those by `key` (n,)."""
    order = np.lexsort((key.to_numpy(dtype=str), np.round(then, _DIGITS), np.round(value, _DIGITS)))
    rank = np.empty(len(order), dtype=np.intp)
    rank[order] = np.arange(1, len(order) + 1)
    return rank


def ranks_over(ranks: Ints) -> pd.DataFrame:
    """Return best, median and worst rank of each site over the scenarios.

    Parameters
    ----------
    ranks : ndarray (n, s)
        From 1; 0 where a site stands beyond the list.

    Returns
    -------
    DataFrame (n)
        rank_best, rank_median, rank_worst; NaN where that one lies beyond the list.
    """
    known = np.where(ranks > 0, ranks.astype(float), np.inf)
    # the upper of the two in the middle: half of a rank is none
    middle = np.sort(known, axis=1)[:, ranks.shape[1] // 2]
    ends = {"rank_best": known.min(axis=1), "rank_median": middle, "rank_worst": known.max(axis=1)}
    return pd.DataFrame(ends).replace(np.inf, np.nan)


def robust(
    key: pd.Series, scores: Floats, ranks: Ints, best: Floats, probability: Floats
) -> pd.DataFrame:
    """Return ranks and regret of each site over all scenarios, in the order of `key`.

    Parameters
    ----------
    key : Series (n)
        Parts equals; unique.
    scores : ndarray (n, s)
        0 where a site may not be built.
    ranks : ndarray (n, s)
        From 1; 0 beyond the list.
    best : ndarray (s,)
        Score of the best of all, at least the largest of each column.
    probability : ndarray (s,)
        Sums to 1.

    Returns
    -------
    DataFrame (n)
        robust_rank (by regret_max, then regret_expected), rank_best, rank_median, rank_worst,
        times_first, times_top10, times_top25 (scenarios), p_top10 (their probability), score_mean
        (Laplace), score_expected, score_worst (Wald), score_best, score_hurwicz, regret_max,
        regret_max_in (number of that scenario, from 1), regret_expected, rank_laplace,
        rank_expected, rank_wald, rank_hurwicz.
    """
    lost = regrets(scores, best)
    most, expected = lost.max(axis=1), lost @ probability
    listed = ranks > 0
    columns: dict[str, object] = {
        "robust_rank": ranked(most, expected, key),
        **ranks_over(ranks),
        "times_first": (ranks == 1).sum(axis=1),
        "times_top10": (listed & (ranks <= 10)).sum(axis=1),  # noqa: PLR2004 - the name says it
        "times_top25": (listed & (ranks <= 25)).sum(axis=1),  # noqa: PLR2004 - as above
        "p_top10": (listed & (ranks <= 10)) @ probability,  # noqa: PLR2004 - as above
        "score_mean": scores.mean(axis=1),
        "score_expected": scores @ probability,
        "score_worst": scores.min(axis=1),
        "score_best": scores.max(axis=1),
        "score_hurwicz": hurwicz(scores),
        "regret_max": most,
        "regret_max_in": lost.argmax(axis=1) + 1,
        "regret_expected": expected,
    }
    for name, by in (("laplace", "score_mean"), ("expected", "score_expected"),
                     ("wald", "score_worst"), ("hurwicz", "score_hurwicz")):  # fmt: skip
        columns[f"rank_{name}"] = ranked(-np.asarray(columns[by], dtype=float), most, key)
    return pd.DataFrame(columns)
