"""Aggregation: values and weights become contributions, strategy scores and the mixture.

Each strategy is a weighted sum of values (Keeney and Raiffa 1976, ch. 3), times two gates in
[0, 1] that no other merit can buy back: is it viable at the price of the day, may it be built by
this investor. The mixture is the smooth maximum

    score = (1 / k) ln sum_s prior_s exp(k score_s),

the log-sum-exp of the strategies with sharpness k: "best under any", increasing in each of them
and independent of the other candidates. With the share of strategy s in it,
r_s = prior_s exp(k score_s) / sum, it splits exactly into

    score = sum_s r_s score_s - (1 / k) KL(r || prior),

so that a mixture has contributions like any other score, and one term that says what is lost
because the investor may follow another strategy.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import logsumexp

LOSSES = ("price_gate", "entry_gate", "mixture")


@dataclass(frozen=True)
class StrategyScore:
    """One strategy over n candidates.

    Attributes
    ----------
    contributions : DataFrame (n, criteria)
        Weight times value, before the gates.
    price_gate, entry_gate : ndarray (n,)
        Factors in [0, 1].
    score : ndarray (n,)
        In [0, 1].
    """

    contributions: pd.DataFrame
    price_gate: NDArray[np.float64]
    entry_gate: NDArray[np.float64]
    score: NDArray[np.float64]


def score_strategy(
    values: pd.DataFrame,
    weights: pd.Series,
    price_gate: NDArray[np.float64],
    entry_gate: NDArray[np.float64],
) -> StrategyScore:
    """Weighted sum with its contributions, through the gates.

    Parameters
    ----------
    values : DataFrame (n, criteria)
        Values in [0, 1], no NaN.
    weights : Series
        Leaf weights by criterion; sum to 1.
    price_gate, entry_gate : ndarray (n,)

    Raises
    ------
    ValueError
        When a value is missing: an unknown must be imputed before, not scored in silence.
    """
    used = values[list(weights.index)]
    if not np.isfinite(used.to_numpy()).all():
        msg = "values must be finite; impute what is unknown first"
        raise ValueError(msg)
    contributions = used * weights.to_numpy()
    # fsum-like order: criteria sorted by name, so that column order never moves a last bit
    total = contributions[sorted(contributions.columns)].to_numpy().sum(axis=1)
    return StrategyScore(contributions, price_gate, entry_gate, total * price_gate * entry_gate)


def mix(
    scores: Mapping[str, NDArray[np.float64]], prior: Mapping[str, float], sharpness: float
) -> tuple[NDArray[np.float64], pd.DataFrame]:
    """Return the mixture's score (n,) and the share of each strategy in it (n, strategies).

    Parameters
    ----------
    scores : mapping of ndarray (n,)
        Score of each strategy, in [0, 1].
    prior : mapping of float
        At least one above zero; scaled to sum to 1.
    sharpness : float
        k of the smooth maximum; the larger, the nearer to the plain maximum.
    """
    names = sorted(name for name in scores if prior.get(name, 0.0) > 0)
    weight = np.array([prior[name] for name in names])
    exponent = sharpness * np.column_stack([scores[name] for name in names])
    exponent += np.log(weight / weight.sum())
    whole = logsumexp(exponent, axis=1)
    shares = pd.DataFrame(np.exp(exponent - whole[:, None]), columns=names)
    for name in scores:
        if name not in shares:
            shares[name] = 0.0
    # rounding alone can carry a score past the ends of the scale
    return np.clip(whole / sharpness, 0.0, 1.0), shares[list(scores)]


def split(
    strategies: Mapping[str, StrategyScore], shares: pd.DataFrame, score: NDArray[np.float64]
) -> pd.DataFrame:
    """Split the score into criteria and losses; each row sums to the score.

    Returns
    -------
    DataFrame (n, criteria + LOSSES)
        Contributions of the criteria (>= 0), then what the price of the day, the entry rules and
        the mixture take away (<= 0).
    """
    criteria = sorted({c for s in strategies.values() for c in s.contributions.columns})
    parts = pd.DataFrame(0.0, index=range(len(score)), columns=[*criteria, *LOSSES])
    for name, strategy in strategies.items():
        share = shares[name].to_numpy()
        gross = strategy.contributions.to_numpy().sum(axis=1)
        for criterion in strategy.contributions.columns:
            parts[criterion] += share * strategy.contributions[criterion].to_numpy()
        viable = gross * strategy.price_gate
        parts["price_gate"] -= share * (gross - viable)
        parts["entry_gate"] -= share * viable * (1.0 - strategy.entry_gate)
    parts["mixture"] = score - parts.drop(columns="mixture").to_numpy().sum(axis=1)
    return parts


def rank_order(score: NDArray[np.float64], key: pd.Series) -> NDArray[np.intp]:
    """Return positions from best to worst; equal scores are ordered by `key`, never by input."""
    return np.lexsort((key.to_numpy(dtype=str), -np.round(score, 12)))
