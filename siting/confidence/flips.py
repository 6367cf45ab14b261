"""What would change the order: the smallest change of weights by which one site passes another.

A site A leads B by sum_k w_k e_k, with e_k = v_Ak - v_Bk, and a head start that no weight moves.
Moving a share d of the weight from criterion i to j closes d (e_i - e_j) of the lead; so the least
weight that has to be moved (total variation, half the L1 distance) goes to the criterion with the
smallest e, taken from those with the largest first: a fractional knapsack, hence exact.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from geodata.arrays import Floats


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


def flip(weights: Floats, a: Floats, b: Floats, ahead: float = 0.0) -> Flip:
    """Return the smallest change of weights by which B passes A.

    Parameters
    ----------
    weights : ndarray (k,)
        Sum to 1.
    a, b : ndarray (k,)
        Values of the two sites.
    ahead : float
        Head start of A.
    """
    lead = a - b + ahead  # the weights sum to 1, so each criterion may include a head start
    left = float(weights @ lead)
    if left <= 0:
        return Flip(0.0, weights.copy(), -1)
    to = int(np.argmin(lead))
    if lead[to] >= 0:  # B is behind on every criterion: no weights help
        return Flip(np.nan, weights.copy(), -1)
    moved, turned = 0.0, weights.copy()
    for giver in np.argsort(-lead, kind="stable")[:-1]:  # the last has nothing to gain by
        gain = float(lead[giver] - lead[to])
        if gain <= 0 or left <= 0:
            break
        share = min(float(weights[giver]), left / gain)
        turned[giver] -= share
        turned[to] += share
        moved += share
        left -= share * gain
    return Flip(moved, turned, to)


def interval(
    weights: Floats, values: Floats, ahead: Floats, first: int, criterion: int
) -> tuple[float, float]:
    """Return the weights of one criterion between which the first site stays first.

    The others keep their ratios: w_k = t, w_i = w_i (1 - t) / (1 - w_k); where they have no weight
    they share it equally. Every score is linear in t, so the interval is closed form.

    Parameters
    ----------
    weights : ndarray (k,)
        Sum to 1.
    values : ndarray (n, k)
    ahead : ndarray (n,)
        Head start of each site.
    first : int
        Position of the site that leads at the chosen weights.
    criterion : int
    """
    own, rest = float(weights[criterion]), np.delete(weights, criterion)
    rest = rest if rest.any() else np.ones_like(rest)
    at_zero = np.delete(values, criterion, axis=1) @ (rest / rest.sum()) + ahead
    at_one = values[:, criterion] + ahead
    gap0, gap1 = at_zero[first] - at_zero, at_one[first] - at_one
    slope = gap1 - gap0
    rising, falling = slope > 0, slope < 0
    low = (-gap0[rising] / slope[rising]).max(initial=0.0)
    high = (-gap0[falling] / slope[falling]).min(initial=1.0)
    return float(min(low, own)), float(max(high, own))  # no last bit leaves the own weight out


def alone(weights: Floats, lead: Floats, ahead: float = 0.0) -> tuple[int, float]:
    """Return the criterion whose weight alone loses the lead with the smallest change.

    Parameters
    ----------
    weights : ndarray (k,)
        Sum to 1. The others stay as they are, and all are scaled to sum to 1 again.
    lead : ndarray (k,)
        Value of A less that of B.
    ahead : float
        Head start of A.

    Returns
    -------
    (int, float)
        Its position and its weight before the scaling; (-1, NaN) where no single weight does.
    """
    lead = lead + ahead  # as in `flip`
    left = float(weights @ lead)
    moving = np.flatnonzero(lead)  # no other weight changes the lead
    own = weights[moving]
    wanted = own - left / lead[moving]
    fits = wanted >= 0
    if not fits.any():
        return -1, np.nan
    nearest = int(np.argmin(np.where(fits, np.abs(wanted - own), np.inf)))
    return int(moving[nearest]), float(wanted[nearest])
