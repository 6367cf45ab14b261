"""What would change the order: the smallest change of weights by which one site passes another.

Within one strategy all is closed form. With e_k = g_A v_Ak - g_B v_Bk (gates times values), A
leads B by sum_k w_k e_k. Moving a share d of the weight from criterion i to j closes d (e_i - e_j)
of the lead; so the least weight that has to be moved (total variation, half the L1 distance) goes
to the criterion with the smallest e, taken from those with the largest first: a fractional
knapsack, hence exact. The mixture of strategies is not linear; there the share moved in every
strategy alike is found by search.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

STEPS = 200  # of the scan for the first crossing of a mixture
HALVINGS = 40


@dataclass(frozen=True)
class Flip:
    """The smallest change of weights by which B passes A.

    Attributes
    ----------
    moved : float
        Share of the whole weight that changes hands (total variation); NaN where no weights
        whatever bring B past A.
    weights : ndarray (k,)
        At the crossing.
    to : int
        Criterion that gains (position); -1 where none does.
    """

    moved: float
    weights: Floats
    to: int

    @property
    def exists(self) -> bool:
        """Whether some weights bring B past A."""
        return bool(np.isfinite(self.moved))


def flip(weights: Floats, a: Floats, b: Floats) -> Flip:
    """Return the smallest change of weights by which B passes A, within one strategy.

    Parameters
    ----------
    weights : ndarray (k,)
        Sum to 1.
    a, b : ndarray (k,)
        Value times gates of the two sites on each criterion.
    """
    lead = a - b
    left = float(weights @ lead)
    if left <= 0:
        return Flip(0.0, weights.copy(), -1)
    to = int(np.argmin(lead))
    if lead[to] >= 0:  # B is behind on every criterion: no weights help
        return Flip(float("nan"), weights.copy(), -1)
    moved, turned = 0.0, weights.copy()
    for giver in np.argsort(-lead, kind="stable"):
        gain = float(lead[giver] - lead[to])
        if gain <= 0 or left <= 0:
            break
        share = min(float(weights[giver]), left / gain)
        turned[giver] -= share
        turned[to] += share
        moved += share
        left -= share * gain
    return Flip(moved, turned, to)


def moved_by(weights: Floats, a: Floats, b: Floats, share: float) -> Floats:
    """Return the weights when so much of them is moved as helps B against A most."""
    lead = a - b
    to = int(np.argmin(lead))
    turned, left = weights.copy(), share
    for giver in np.argsort(-lead, kind="stable"):
        if giver == to or left <= 0:
            continue
        part = min(float(weights[giver]), left)
        turned[giver] -= part
        turned[to] += part
        left -= part
    return turned


def search(lead: Callable[[float], float]) -> float:
    """Return the smallest share in [0, 1] at which the lead is lost, by scan and bisection.

    The lead of a mixture need not fall steadily: the scan finds the first of `STEPS` steps where
    it is lost, the bisection the crossing inside it. NaN where it never is.
    """
    if lead(0.0) <= 0:
        return 0.0
    shares = np.linspace(0.0, 1.0, STEPS + 1)
    for low, high in pairwise(shares):
        if lead(float(high)) <= 0:
            inside, outside = float(high), float(low)
            for _ in range(HALVINGS):
                middle = (inside + outside) / 2
                if lead(middle) <= 0:
                    inside = middle
                else:
                    outside = middle
            return inside
    return float("nan")


def interval(weights: Floats, scores: Floats, first: int, criterion: int) -> tuple[float, float]:
    """Return the weights of one criterion between which the first site stays first.

    The others keep their ratios: w_k = t, w_i = w_i (1 - t) / (1 - w_k). Every score is linear
    in t, so the interval is closed form.

    Parameters
    ----------
    weights : ndarray (k,)
    scores : ndarray (n, k)
        Value times gates.
    first : int
        Position of the site that leads at the chosen weights.
    criterion : int
    """
    own = float(weights[criterion])
    rest = np.delete(weights, criterion)
    rest = rest / rest.sum() if rest.sum() > 0 else np.full(len(rest), 1.0 / max(len(rest), 1))
    at_zero = np.delete(scores, criterion, axis=1) @ rest
    at_one = scores[:, criterion]
    gap0, gap1 = at_zero[first] - at_zero, at_one[first] - at_one
    slope = gap1 - gap0
    with np.errstate(divide="ignore", invalid="ignore"):
        crossing = -gap0 / slope
    others = np.arange(len(scores)) != first
    below = crossing[others & (slope > 0) & (crossing <= own)]
    above = crossing[others & (slope < 0) & (crossing >= own)]
    low = float(np.clip(below.max(initial=0.0), 0.0, 1.0))
    high = float(np.clip(above.min(initial=1.0), 0.0, 1.0))
    return low, high
