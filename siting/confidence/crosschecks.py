"""Other methods on the shortlist, to see whether they put the same sites first.

The score of a plan is a weighted sum of values with fixed anchors, so that no site's score depends
on which others are compared. TOPSIS, VIKOR and PROMETHEE are set-relative: they measure each site
against the others at hand, and one that comes or goes may turn the order of the rest (rank
reversal). So they judge the shortlist as a cross-check only, and no score ever depends on them.
The same holds of entropy and CRITIC weights, which measure how much the listed sites differ in a
criterion, and nothing of how much it matters.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import entr

from geodata.arrays import Floats
from geodata.errors import Fault, SitingError, raise_if
from siting.model.scoring import rank_order

FLOOR = 0.01  # least value in a product: one that is worth nothing costs dearly, but not all
INDIFFERENCE, PREFERENCE = 0.02, 0.25  # of the value scale: no difference; a full one (judgement)
DECIMALS = 12  # what differs by less is equal


def weighted_sum(values: Floats, weights: Floats) -> Floats:
    """Weighted sum (n,), the rule of the plan itself (Keeney and Raiffa 1976, ch. 3)."""
    return values @ _shares(values, weights)


def weighted_product(values: Floats, weights: Floats) -> Floats:
    """Weighted product, ``prod_j v_ij ** w_j`` (n,) (Bridgman 1922, ch. 2).

    Raises
    ------
    SitingError
        As `faults`, and where a value is below zero.
    """
    share = _shares(values, weights)
    raise_if(_below_zero(values))
    return np.asarray(np.prod(values**share, axis=1))


def topsis(values: Floats, weights: Floats) -> Floats:
    """Closeness to the ideal, ``d- / (d- + d+)`` (n,) in [0, 1] (Hwang and Yoon 1981, ch. 3).

    Columns are divided by their length and weighted; d+ and d- are the distances from the best and
    the worst of each column. Set-relative. Sites that are all alike are at one half.
    """
    share = _shares(values, weights)
    length = np.sqrt((values**2).sum(axis=0))
    scaled = share * _ratio(values, length)
    to_best = np.sqrt(((scaled - scaled.max(axis=0)) ** 2).sum(axis=1))
    to_worst = np.sqrt(((scaled - scaled.min(axis=0)) ** 2).sum(axis=1))
    return np.asarray(_ratio(to_worst, to_worst + to_best, otherwise=0.5))


def vikor(values: Floats, weights: Floats, *, majority: float = 0.5) -> Floats:
    """Compromise, ``1 - Q`` (n,) in [0, 1] (Opricovic and Tzeng 2004).

    Q joins the group's loss S (sum) and the greatest single regret R (maximum), both scaled over
    the set with weight `majority` on S. Set-relative. A criterion in which all are alike adds
    nothing.
    """
    share = _shares(values, weights)
    best, worst = values.max(axis=0), values.min(axis=0)
    loss = share * _ratio(best - values, best - worst)
    group, regret = loss.sum(axis=1), loss.max(axis=1)
    return np.asarray(1.0 - majority * _scaled(group) - (1.0 - majority) * _scaled(regret))


def promethee(
    values: Floats, weights: Floats, *,
    indifference: float | Floats = 0.0, preference: float | Floats = 0.0,
) -> Floats:  # fmt: skip
    """Net outranking flow (n,) in [-1, 1], PROMETHEE II (Brans and Vincke 1985).

    Parameters
    ----------
    values : ndarray (n, c)
    weights : ndarray (c,)
    indifference, preference : float or ndarray (c,)
        Differences up to which none is preferred, and from which one wholly is; straight between
        (type V; III without indifference). Where they are equal the step is sharp (type II; both
        zero: the usual criterion, type I).

    Notes
    -----
    Set-relative. Raises SitingError as `faults`, and for thresholds out of order.
    """
    share = _shares(values, weights)
    low, high = (np.broadcast_to(bound, len(share)) for bound in (indifference, preference))
    if not ((low >= 0) & (high >= low)).all():
        hint = "give 0 <= indifference <= preference"
        raise SitingError(Fault("cross-check", "thresholds out of order", hint))
    flow = np.zeros(len(values))
    for column, weight, q, p in zip(values.T, share, low, high, strict=True):
        gap = np.round(column[:, None] - column[None, :], DECIMALS)
        prefers = (gap > q).astype(float) if p == q else np.clip((gap - q) / (p - q), 0.0, 1.0)
        flow += weight * (prefers.sum(axis=1) - prefers.sum(axis=0))
    return np.asarray(flow / (len(values) - 1))


def entropy_weights(values: Floats) -> Floats:
    """Weights (c,) by Shannon's entropy of each column (Zeleny 1982, ch. 7); they sum to 1.

    ``e_j = - sum_i p_ij ln p_ij / ln n`` with p the column's shares; a weight is 1 - e_j over the
    sum of all. A column in which all are alike weighs nothing; where all are, all weigh zero.
    """
    values = np.asarray(values, dtype=float)
    raise_if([*faults(values, np.ones(values.shape[-1])), *_below_zero(values)])
    shares = _ratio(values, values.sum(axis=0), otherwise=1.0 / len(values))
    contrast = np.round(1.0 - entr(shares).sum(axis=0) / np.log(len(values)), DECIMALS)
    return np.asarray(_ratio(contrast, contrast.sum(keepdims=True)))


def critic_weights(values: Floats) -> Floats:
    """Weights (c,) by contrast and conflict, CRITIC (Diakoulaki et al. 1995); they sum to 1.

    ``C_j = sigma_j sum_k (1 - r_jk)`` of the columns scaled to [0, 1] over the set; a weight is C_j
    over the sum of all. A column in which all are alike weighs nothing and conflicts with none.
    """
    values = np.asarray(values, dtype=float)
    raise_if(faults(values, np.ones(values.shape[-1])))
    spread = np.ptp(values, axis=0)
    live = spread > 10.0**-DECIMALS
    weights = np.zeros(values.shape[1])
    if live.any():
        scaled = (values[:, live] - values[:, live].min(axis=0)) / spread[live]
        conflict = (1.0 - np.atleast_2d(np.corrcoef(scaled, rowvar=False))).sum(axis=0)
        weights[live] = scaled.std(axis=0) * conflict
    return np.asarray(_ratio(weights, weights.sum(keepdims=True)))


@dataclass(frozen=True)
class Method:
    """One way to judge a matrix of values.

    Attributes
    ----------
    name : str
        As shown to a reader.
    score : callable
        (values, weights) -> score (n,), the larger the better.
    source : str
    set_relative : bool
        Whether a site's score depends on which others are compared.
    """

    name: str
    score: Callable[[Floats, Floats], Floats]
    source: str
    set_relative: bool = True


METHODS: dict[str, Method] = {
    "sum": Method("Weighted sum", weighted_sum, "Keeney and Raiffa 1976", set_relative=False),
    "product": Method(
        "Weighted product", lambda v, w: weighted_product(np.maximum(v, FLOOR), w),
        "Bridgman 1922", set_relative=False,
    ),
    "topsis": Method("TOPSIS", topsis, "Hwang and Yoon 1981"),
    "vikor": Method("VIKOR", vikor, "Opricovic and Tzeng 2004"),
    "promethee_usual": Method("PROMETHEE II, usual", promethee, "Brans and Vincke 1985"),
    "promethee_linear": Method(
        "PROMETHEE II, linear",
        lambda v, w: promethee(v, w, indifference=INDIFFERENCE, preference=PREFERENCE),
        "Brans and Vincke 1985",
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Judged:
    """Scores (n,), the larger the better, and ranks (n,) from 1; ties are broken by `site_id`."""

    score: Floats
    rank: NDArray[np.intp]


def judge(method: str, values: Floats, weights: Floats, site_id: pd.Series) -> Judged:
    """Judge sites by a key of `METHODS`.

    Raises
    ------
    SitingError
        As `faults`.
    """
    score = METHODS[method].score(values, weights)
    return Judged(score, ranks(score, site_id))


def ranks(score: Floats, site_id: pd.Series) -> NDArray[np.intp]:
    """Return ranks from 1 for the largest score (n,); equal scores go by `site_id`."""
    rank = np.empty(len(score), dtype=np.intp)
    rank[rank_order(score, site_id)] = np.arange(1, len(score) + 1)
    return rank


def faults(values: Floats, weights: Floats) -> list[Fault]:
    """Return what keeps a matrix (n, c) and its weights (c,) from being judged."""
    if values.ndim != 2 or weights.shape != values.shape[1:] or not weights.size:  # noqa: PLR2004 - rows and columns
        shapes = f"{values.shape} and {weights.shape}"
        return [Fault("cross-check", "values and weights do not fit", "one a column", value=shapes)]
    wrong = [
        Fault("cross-check", "not a number", "impute what is unknown first",
              row=int(i) + 1, column=str(j + 1), value=str(values[i, j]))
        for i, j in np.argwhere(~np.isfinite(values))
    ]  # fmt: skip
    wrong += [
        Fault("cross-check", "a weight is negative or not a number", "give 0 or more",
              column=str(j + 1), value=str(weights[j]))
        for j in np.flatnonzero(~(np.isfinite(weights) & (weights >= 0)))
    ]  # fmt: skip
    if not wrong and not weights.sum() > 0:
        wrong.append(Fault("cross-check", "no weight is above zero", "let one criterion count"))
    if len(values) < 2:  # noqa: PLR2004 - a pair
        wrong.append(Fault("cross-check", "fewer than two sites", "compare at least two"))
    return wrong


def _below_zero(values: Floats) -> list[Fault]:
    return [
        Fault("cross-check", "a value is below zero", "use values from 0 to 1",
              row=int(i) + 1, column=str(j + 1), value=str(values[i, j]))
        for i, j in np.argwhere(values < 0)
    ]  # fmt: skip


def _shares(values: Floats, weights: Floats) -> Floats:
    """Return the weights scaled to sum to 1, after a look at both."""
    raise_if(faults(values, weights))
    return np.asarray(weights / weights.sum())


def _ratio(part: Floats, whole: Floats, otherwise: float = 0.0) -> Floats:
    """Return part / whole, `otherwise` where the whole is nothing."""
    part, whole = np.broadcast_arrays(part, whole)
    out = np.full(part.shape, otherwise)
    return np.asarray(np.divide(part, whole, out=out, where=whole > 0))


def _scaled(loss: Floats) -> Floats:
    """Return a loss over the set from 0 to 1; zeros where all lose the same."""
    return _ratio(loss - loss.min(), np.round(np.ptp(loss, keepdims=True), DECIMALS))
