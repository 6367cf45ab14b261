"""Those who decide, side by side: the same measured sites under each one's weights.

Nothing is measured again: every stakeholder scores the values of one plan through the same gates.
The consensus is the cardinal mean of their scores, weighted by share; Borda's count of their
rankings is the cross-check, because it needs no scores to be comparable between people.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import kendalltau, rankdata

from geodata.errors import Fault, SitingError
from siting.model import scoring
from siting.model.appraisal import score
from siting.model.plan import Plan
from siting.study.study import Study
from siting.study.weights import leaf_weights, tree_of

Floats = NDArray[np.float64]
_DIGITS = 12  # scores that differ by less are equal, as in `scoring.rank_order`


@dataclass(frozen=True)
class Consensus:
    """What m stakeholders make of the sites that stand for the plan's n zones.

    Attributes
    ----------
    shares : Series (m)
        By name, summing to 1.
    sites : DataFrame (n)
        From best to worst by consensus: site_id, name, country, zone (rank in the plan), score
        (of 100), rank, borda (of n - 1), borda_rank, spread (largest less smallest rank).
    scores, ranks : DataFrame (n, m)
        Of each stakeholder over these sites, in the same order; scores of 100.
    weights : DataFrame (criteria, m)
        What a criterion weighs: its leaf weight in each strategy, times the stakeholder's prior of
        it; columns sum to 1.
    concordance : float
        Kendall's W of the rankings, 1 where all agree; NaN for a single site.
    tau : DataFrame (m, m)
        Kendall's tau-b of each pair; NaN where one ranks all alike.
    favourites : DataFrame (m)
        By name, the best of all candidates: site_id, name, country, score, zone (0: in none).
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
            Fault("study", "has no stakeholders", "name them: see docs/weights.md", None,
                  "stakeholders")
        )  # fmt: skip
    given = {name: 1.0 if s.share is None else s.share for name, s in own.items()}
    share = pd.Series(given, dtype=float)
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
    seen = {name: _seen_by(plan, name) for name in names}
    every = np.column_stack([score for score, _ in seen.values()])
    head = plan.zones.head
    table = plan.places.iloc[head][["site_id", "name", "country"]].reset_index(drop=True)
    scores = every[head]
    mean = scores @ shares.to_numpy()
    ranks = np.column_stack([_ranks(column, table["site_id"]) for column in scores.T])
    shared = _shared_ranks(scores)
    borda = (len(head) - shared) @ shares.to_numpy()
    table = table.assign(
        zone=np.arange(1, len(head) + 1),
        score=100 * mean,
        rank=_ranks(mean, table["site_id"]),
        borda=borda,
        borda_rank=_ranks(borda, table["site_id"]),
        spread=ranks.max(axis=1) - ranks.min(axis=1),
    )
    order = np.argsort(table["rank"].to_numpy())
    best = [int(scoring.rank_order(column, plan.places["site_id"])[0]) for column in every.T]
    favourites = plan.places.iloc[best][["site_id", "name", "country"]].assign(
        score=[100 * float(every[i, j]) for j, i in enumerate(best)], zone=plan.zones.zone[best]
    )
    return Consensus(
        shares,
        table.iloc[order].reset_index(drop=True),
        pd.DataFrame(100 * scores[order], columns=names),
        pd.DataFrame(ranks[order], columns=names),
        pd.DataFrame({name: weights for name, (_, weights) in seen.items()}).fillna(0.0),
        kendall_w(shared),
        _taus(scores, names),
        favourites.set_index(pd.Index(names, name="stakeholder")),
    )


def _seen_by(plan: Plan, stakeholder: str) -> tuple[Floats, pd.Series]:
    """Return a stakeholder's scores of all candidates (n,) and weights of criteria."""
    study = plan.study.seen_by(stakeholder)
    weights = {name: leaf_weights(tree_of(study, name)) for name in plan.weights}
    own = plan.study.stakeholders[stakeholder].prior
    prior = own if own and len(weights) > 1 else plan.prior
    strategies = score(plan.values, weights, plan.measures)
    total, _ = scoring.mix({k: s.score for k, s in strategies.items()}, prior, study.sharpness)
    whole = sum(prior.get(name, 0.0) for name in weights)
    expected = pd.concat([w * prior.get(name, 0.0) / whole for name, w in weights.items()])
    return total, expected.groupby(level=0).sum()


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
        0 to 1; NaN where nobody tells any two things apart.
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
    """Return Kendall's tau-b of every pair of columns."""
    rounded = np.round(scores, _DIGITS)
    tau = np.eye(len(names))
    for i, j in combinations(range(len(names)), 2):
        tau[i, j] = tau[j, i] = kendalltau(rounded[:, i], rounded[:, j]).statistic
    return pd.DataFrame(tau, index=names, columns=names)
