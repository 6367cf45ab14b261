"""From what people say of importance to weights: swing, rank order, pairwise comparison."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from geodata.arrays import Floats
from geodata.errors import Fault, raise_if
from geodata.language import tr

MOST_POINTS = 100.0
CONSISTENT = 0.10  # the largest consistency ratio that needs no second look (Saaty 1980, ch. 1)
# Mean consistency index of random reciprocal matrices of order 1 to 15 (Saaty 1980, p. 21).
RANDOM_INDEX = (0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57,
                1.59)  # fmt: skip
MOST_ITEMS = len(RANDOM_INDEX)
_RECIPROCAL = 1e-6  # how far a_ij * a_ji may be from 1
_SAME = 1e-9  # judgements whose logarithms differ by less agree


@dataclass(frozen=True)
class Triple:
    """Three judgements that do not go together.

    Attributes
    ----------
    left, middle, right : str
        left : right is the judgement of the three that is most at odds with the weights.
    judged : float
        The ratio judged for left : right.
    implied : float
        What it would have to be: left : middle times middle : right.
    """

    left: str
    middle: str
    right: str
    judged: float
    implied: float


@dataclass(frozen=True)
class Comparison:
    """What a matrix of pairwise judgements says.

    Attributes
    ----------
    weights : Series
        By name, summing to 1.
    lambda_max : float
        Principal eigenvalue; the number of names where the judgements are consistent.
    consistency_index : float
        (lambda_max - n) / (n - 1).
    consistency_ratio : float
        The index over that of random judgements; 0 for one or two names.
    worst : Triple or None
        The triple furthest from consistent; None where all are.
    """

    weights: pd.Series
    lambda_max: float
    consistency_index: float
    consistency_ratio: float
    worst: Triple | None

    @property
    def consistent(self) -> bool:
        """Whether the judgements contradict each other no more than Saaty allows."""
        return self.consistency_ratio <= CONSISTENT


def swing(points: Mapping[str, float]) -> pd.Series:
    """Swing weights: points normalised (von Winterfeldt and Edwards 1986).

    Parameters
    ----------
    points : mapping of float
        Item -> worth of its swing from worst to best, 0 to 100, the largest commonly 100.

    Raises
    ------
    SitingError
        With every point out of range, or when all are zero.
    """
    scores = pd.Series(points, dtype=float)
    inside = scores.between(0.0, MOST_POINTS)  # never of NaN
    faults = [
        Fault(
            "swing",
            tr("points out of range"),
            tr("give 0 to {most}", most=f"{MOST_POINTS:g}"),
            None,
            str(item),
            f"{p}",
        )
        for item, p in scores[~inside].items()
    ]
    if not faults and not scores.sum() > 0:
        hint = tr("give the most important swing 100")
        faults.append(Fault("swing", tr("all points are zero"), hint))
    raise_if(faults)
    return _normal(scores)


def rank_order_centroid(order: Mapping[str, float]) -> pd.Series:
    """Rank order centroid weights: the k-th of n weighs (1/k + ... + 1/n) / n.

    The centroid of all weights with that order (Barron and Barrett 1996). Tied items share the
    mean of the weights of the ranks that they take up.

    Parameters
    ----------
    order : mapping of float
        Item -> rank, 1 for the most important; only the order counts.

    Raises
    ------
    SitingError
        With every rank below 1, or when there is none.
    """
    ranks = pd.Series(order, dtype=float)
    inside = np.isfinite(ranks) & ranks.ge(1.0)
    faults = [
        Fault(
            "rank order",
            tr("no rank"),
            tr("give 1 for the most important, then 2"),
            None,
            str(i),
            f"{r}",
        )
        for i, r in ranks[~inside].items()
    ]
    if ranks.empty:
        faults.append(Fault("rank order", tr("nothing is ranked"), tr("rank at least one item")))
    raise_if(faults)
    n = len(ranks)
    ranked = ranks.sort_values(kind="stable")
    weights = np.cumsum(1.0 / np.arange(n, 0, -1))[::-1] / n
    shared = pd.Series(weights, ranked.index).groupby(ranked.to_numpy()).transform("mean")
    return _normal(shared.reindex(ranks.index))


def ahp(matrix: Floats, names: Sequence[str]) -> Comparison:
    """Weights and consistency of pairwise judgements (Saaty 1977, 1980).

    The weights are the principal eigenvector. The worst triple maximises |log(a_ij a_jk / a_ik)|.

    Parameters
    ----------
    matrix : ndarray (n, n)
        a_ij says how many times as important name i is as name j; positive and reciprocal.
    names : sequence of str (n)
        At most 15.

    Raises
    ------
    SitingError
        With every fault of the matrix. A consistency ratio over 0.10 is none: see
        `Comparison.consistent`.
    """
    judged = np.asarray(matrix, dtype=float)
    raise_if(_faults(judged, names))
    n = len(names)
    values, vectors = np.linalg.eig(judged)
    principal = int(np.argmax(values.real))
    weights = np.abs(vectors[:, principal].real)  # of one sign (Perron), which eig leaves open
    most = float(values.real[principal])
    index = max(0.0, (most - n) / (n - 1)) if n > 1 else 0.0
    random = RANDOM_INDEX[n - 1]
    return Comparison(
        _normal(pd.Series(weights, index=list(names))),
        most,
        index,
        index / random if random else 0.0,
        _worst(judged, weights, names),
    )


def group_ahp(
    matrices: Sequence[Floats], names: Sequence[str], shares: Sequence[float] | None = None
) -> Comparison:
    """Weights of a group: those of the geometric mean of its judgements (Aczel and Saaty 1983).

    The only separable, unanimous and homogeneous mean that keeps judgements reciprocal.

    Parameters
    ----------
    matrices : sequence of ndarray (n, n)
        One a judge; see `ahp`.
    names : sequence of str (n)
    shares : sequence of float, optional
        How much each judge counts; equal by default, only ratios matter.

    Raises
    ------
    SitingError
        With every fault of every matrix and of the shares.
    """
    judged = [np.asarray(matrix, dtype=float) for matrix in matrices]
    faults = [fault for matrix in judged for fault in _faults(matrix, names)]
    share = np.ones(len(judged)) if shares is None else np.asarray(shares, dtype=float)
    if not judged:
        hint = tr("give at least one matrix")
        faults.append(Fault("pairwise", tr("nobody has judged"), hint))
    elif share.shape != (len(judged),) or not (share >= 0).all() or not share.sum() > 0:
        hint = tr("give each judge one, 0 or more")
        faults.append(Fault("pairwise", tr("shares fit no judges"), hint))
    raise_if(faults)
    logs = np.log(np.stack(judged))
    return ahp(np.exp(np.tensordot(share / share.sum(), logs, axes=1)), names)


def _normal(weights: pd.Series) -> pd.Series:
    return weights / weights.sum()


def _faults(judged: Floats, names: Sequence[str]) -> list[Fault]:
    """Return what keeps a matrix from being one of pairwise judgements."""
    n = len(names)
    if judged.shape != (n, n):
        what = tr("a matrix of shape {shape} for {n} names", shape=judged.shape, n=n)
        return [Fault("pairwise", what, tr("give {n} rows of {n}", n=n))]
    faults = []
    if not 1 <= n <= MOST_ITEMS:
        hint = tr("compare 1 to {most}, in pillars of a few criteria", most=MOST_ITEMS)
        faults.append(Fault("pairwise", tr("{n} names to compare", n=n), hint))
    if len(set(names)) < n:
        faults.append(Fault("pairwise", tr("two names are the same"), tr("name each item once")))
    positive = np.isfinite(judged) & (judged > 0)
    diagonal = np.eye(n, dtype=bool)
    product = np.where(positive & positive.T, judged, 1.0)
    product = product * product.T
    upper = np.triu(np.ones((n, n), dtype=bool), 1)
    for what, hint, wrong in (
        (tr("not a positive number"), tr("give a ratio such as 3 or 1/3"), ~positive),
        (tr("an item is as important as itself"), tr("give 1"),
         positive & diagonal & (judged != 1.0)),
        (tr("not reciprocal"), tr("give one over its mirror image"),
         upper & (np.abs(product - 1.0) > _RECIPROCAL)),
    ):  # fmt: skip
        faults += [
            Fault("pairwise", what, hint, int(i) + 1, f"{names[i]} : {names[j]}",
                  f"{judged[i, j]:g}")
            for i, j in np.argwhere(wrong)
        ]  # fmt: skip
    return faults


def _worst(judged: Floats, weights: Floats, names: Sequence[str]) -> Triple | None:
    """Return the triple that departs most, turned so that it names its likeliest culprit."""
    log = np.log(judged)
    departs = np.abs(log[:, :, None] + log[None, :, :] - log[:, None, :])  # i, j, k
    i, j, k = (int(index) for index in np.unravel_index(int(departs.argmax()), departs.shape))
    if departs[i, j, k] < _SAME:
        return None
    at_odds = np.abs(log - np.subtract.outer(np.log(weights), np.log(weights)))
    # the three judgements of a triple depart by the same amount, whichever meets the rest
    left, middle, right = max(
        [(i, j, k), (i, k, j), (j, i, k)], key=lambda t: round(float(at_odds[t[0], t[2]]), 9)
    )
    return Triple(
        names[left], names[middle], names[right],
        float(judged[left, right]), float(judged[left, middle] * judged[middle, right]),
    )  # fmt: skip
