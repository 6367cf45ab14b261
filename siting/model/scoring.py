"""The score: one weighted sum of values, and the chances that follow from it.

    U(j) = sum over criteria of weight x value
    P(j) = exp(k U(j)) / sum over places of exp(k U(i))

A conditional logit (McFadden 1974) with unit weights (Dawes 1979): the odds between two places
depend on these two alone, exp(k (U(j) - U(i))), whoever else is compared. k is the only fitted
number. Every score of the planner is made here: of a plan, of draws, of what-ifs and of what
stakeholders weigh.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import logsumexp

from geodata.arrays import Floats

# k: a unit of U multiplies the odds by e^3.6 = 36 (docs/backtest.md: 3.6, 90 % 3.0 to 4.2, fitted
# on the plants that the structure was chosen on)
ODDS = 3.6
DECIMALS = 12  # scores that agree so far are one


def utility(values: Mapping[str, Floats], weights: Mapping[str, Floats | float]) -> Floats:
    """Return the weighted sum of values; everything broadcasts.

    Parameters
    ----------
    values : mapping of ndarray
        Criterion -> values of n places: (n,), or (n, d) where they differ by draw.
    weights : mapping
        Criterion -> its weight, or its weight in each of d draws (d,).

    Returns
    -------
    ndarray
        (n,), or (n, d) where a value or a weight has draws.

    Raises
    ------
    ValueError
        When a value is missing: an unknown must be imputed before, not scored in silence.
    """
    # in the order of the names, so that no order of columns moves a last bit
    names = sorted(weights)
    drawn = [name for name in names if values[name].ndim > 1]
    fixed = [name for name in names if values[name].ndim == 1]
    total: Any = 0.0
    if any(np.ndim(weights[name]) for name in fixed):
        each = np.broadcast_arrays(*(weights[name] for name in fixed))
        total = np.column_stack([values[name] for name in fixed]) @ np.stack(each)
    else:
        for name in fixed:
            total = total + values[name] * weights[name]
        total = total[:, None] if fixed and drawn else total
    for name in drawn:
        part = values[name] * weights[name]
        total = np.add(part, total, out=part)
    summed = np.asarray(total)
    # a sum that is finite has finite parts only; one that is not may have overflowed
    if not np.isfinite(summed.sum()) and not np.isfinite(summed).all():
        msg = "values must be finite; impute what is unknown first"
        raise ValueError(msg)
    return summed


def contributions(values: pd.DataFrame, weights: pd.Series) -> pd.DataFrame:
    """Return what each criterion adds to U (n, criteria); rows sum to `utility`."""
    return values[list(weights.index)] * weights.to_numpy()


def chance(scores: Floats) -> Floats:
    """Return P of each place, in each draw where there are several (as `scores`); sums to 1."""
    # against the best: of large scores the differences alone are exact, and cannot overflow
    exponent = ODDS * (scores - scores.max(axis=0))
    return np.asarray(np.exp(exponent - logsumexp(exponent, axis=0)))


def by_country(chances: Floats, countries: pd.Series) -> pd.Series:
    """Return P of each country: the sum over its places."""
    return pd.Series(chances).groupby(countries.to_numpy()).sum()


def odds(gap: Floats) -> Floats:
    """Return by how much a gap of U multiplies the odds."""
    return np.asarray(np.exp(ODDS * gap))


def rank_order(scores: Floats, key: pd.Series) -> NDArray[np.intp]:
    """Return positions from best to worst; equal scores are ordered by `key`, never by input."""
    return np.lexsort((key.to_numpy(dtype=str), -np.round(scores, DECIMALS)))
