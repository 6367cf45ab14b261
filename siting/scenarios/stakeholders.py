"""Those who decide, side by side: the same measured sites under each one's weights.

Nothing is measured again: every stakeholder scores the values of one plan. A mean of their U would
mean nothing, because the level of U differs between sets of weights. So the consensus is the mean,
weighted by share, of the odds of a site against the best place of each one, exp(k (U - max U)), 0
to 1. Borda's count of their rankings is the cross-check, because it needs orders only.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import rankdata

from geodata.arrays import Floats
from geodata.errors import SitingError
from siting.model import scoring
from siting.model.appraisal import utility_of
from siting.model.plan import Plan
from siting.study.study import Study
from siting.study.weights import TOTAL, leaf_weights, tree_of

_DIGITS = scoring.DECIMALS  # scores that differ by less are equal, as in `scoring.rank_order`


@dataclass(frozen=True)
class Consensus:
    """What m stakeholders make of the sites that stand for the plan's n zones.

    Attributes
    ----------
    shares : Series (m)
        By name, summing to 1.
    sites : DataFrame (n)
        From best to worst by consensus: site_id, name, country, zone (number in the plan), score
        (mean of the odds against the best place), rank, borda (of n - 1), borda_rank, spread
        (largest less smallest rank).
    scores, ranks : DataFrame (n, m)
        Of each stakeholder over these sites, in the same order; odds against the best of all
        candidates, 0 to 1.
    weights : DataFrame (criteria, m)
        Share of a criterion in the whole weight; columns sum to 1.
    concordance : float
        Kendall's W of the rankings, 1 where all agree; NaN for a single site.
    tau : DataFrame (m, m)
        Kendall's tau-b of each pair; NaN where one ranks all alike.
    favourites : DataFrame (m)
        By name, the best of all candidates: site_id, name, country, zone (0: in none).
    """

    shares: pd.Series
    sites: pd.DataFrame
    scores: pd.DataFrame
    ranks: pd.DataFrame
    weights: pd.DataFrame
    concordance: float
    tau: pd.DataFrame
    favourites: pd.DataFrame

    @property
    def divides_most(self) -> int:
        """Position of the site with the largest spread of ranks; of equals, the better one."""
        return int(self.sites["spread"].to_numpy().argmax())

    @property
    def differs_most(self) -> str | None:
        """Criterion whose weights lie furthest apart, of equals the first; None where all agree."""
        apart = (self.weights.max(axis=1) - self.weights.min(axis=1)).round(_DIGITS)
        return str(apart.idxmax()) if apart.max() > 0 else None


def shares_of(study: Study) -> pd.Series:
    """Return how much each stakeholder counts; sums to 1.

    Raises
    ------
    SitingError
        When the study has no stakeholders.
    """
    own = study.stakeholders
    if not own:
        raise SitingError(
            study.origin.fault("has no stakeholders", "see docs/weights.md", "stakeholders")
        )
    parts = {name: 1.0 if s.share is None else s.share for name, s in own.items()}
    share = pd.Series(parts, dtype=float)
    return share / share.sum()


def consensus(plan: Plan) -> Consensus:
    """Score the zones of a plan as each stakeholder sees them, and bring them together.

    Raises
    ------
    SitingError
        When the study has no stakeholders.
    """
    shares = shares_of(plan.study)
    names = list(shares.index)
    trees = {name: leaf_weights(tree_of(plan.study.seen_by(name))) for name in names}
    every = np.column_stack([utility_of(plan.values, weights) for weights in trees.values()])
    head = plan.zones.head
    table = plan.places.iloc[head][["site_id", "name", "country"]].reset_index(drop=True)
    utility = every[head]
    scores = scoring.odds(utility - every.max(axis=0))
    mean = scores @ shares.to_numpy()
    ranks = np.column_stack([_ranks(column, table["site_id"]) for column in utility.T])
    shared = _shared_ranks(utility)
    borda = (len(head) - shared) @ shares.to_numpy()
    table = table.assign(
        zone=np.arange(1, len(head) + 1),
        score=mean,
        rank=_ranks(mean, table["site_id"]),
        borda=borda,
        borda_rank=_ranks(borda, table["site_id"]),
        spread=ranks.max(axis=1) - ranks.min(axis=1),
    )
    order = np.argsort(table["rank"].to_numpy())
    # places are sorted by site_id, so the first of equals is the one that a plan ranks first
    best = np.round(every, _DIGITS).argmax(axis=0)
    favourites = plan.places.iloc[best][["site_id", "name", "country"]]
    return Consensus(
        shares,
        table.iloc[order].reset_index(drop=True),
        pd.DataFrame(scores[order], columns=names),
        pd.DataFrame(ranks[order], columns=names),
        pd.DataFrame(trees).fillna(0.0) / TOTAL,
        kendall_w(shared),
        _taus(utility, names),
        favourites.assign(zone=plan.zones.zone[best]).set_index(
            pd.Index(names, name="stakeholder")
        ),
    )


def _ranks(score: Floats, site_id: pd.Series) -> NDArray[np.intp]:
    """Return ranks without ties, as a plan ranks (n,)."""
    ranks = np.empty(len(score), dtype=np.intp)
    ranks[scoring.rank_order(score, site_id)] = np.arange(1, len(score) + 1)
    return ranks


def _shared_ranks(scores: Floats) -> Floats:
    """Return ranks of each column, equal scores sharing the mean of theirs (n, m)."""
    return np.asarray(rankdata(-np.round(scores, _DIGITS), axis=0), dtype=float)


def kendall_w(ranks: Floats) -> float:
    """Kendall's coefficient of concordance, corrected for ties (Kendall and Babington Smith 1939).

    W = 12 S / (m^2 (n^3 - n) - m T), with S the squared deviations of the rank sums and T the sum
    of t^3 - t over the ties of each ranking.

    Parameters
    ----------
    ranks : ndarray (n, m)
        Ranks of n things by m judges, ties sharing their mean.

    Returns
    -------
    float
        0 to 1; NaN where everybody ranks all things alike.
    """
    n, m = ranks.shape
    sums = ranks.sum(axis=1)
    squares = float(((sums - sums.mean()) ** 2).sum())
    ties = 0.0
    for column in ranks.T:
        _, count = np.unique(column, return_counts=True)
        ties += float((count.astype(float) ** 3 - count).sum())
    most = m**2 * (n**3 - n) - m * ties
    return 12.0 * squares / most if most > 0 else float("nan")


def _taus(scores: Floats, names: list[str]) -> pd.DataFrame:
    """Return Kendall's tau-b of every pair of columns; NaN where one ranks all alike.

    (P - Q) / sqrt(T T'): pairs of sites that both rank one way, less those that they rank
    differently, over the pairs that either ranks apart. For all columns at once: five hundred
    make 125,000 pairs.
    """
    rounded = np.round(scores, _DIGITS)
    balance = np.zeros((len(names), len(names)))
    for site in range(1, len(rounded)):
        signs = np.sign(rounded[:site] - rounded[site])
        balance += signs.T @ signs
    ranked = np.sqrt(np.diag(balance))
    with np.errstate(invalid="ignore"):
        tau = np.triu(np.clip(balance / ranked[:, None] / ranked, -1.0, 1.0), 1)
    return pd.DataFrame(tau + tau.T + np.eye(len(names)), index=names, columns=names)
