"""Agreement of other methods with the ranking of a plan, and weights that the data would give."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.stats import kendalltau, spearmanr

from geodata.errors import Fault, SitingError
from geodata.places import country_names
from siting.confidence.crosschecks import METHODS, Floats, critic_weights, entropy_weights, ranks
from siting.model.plan import Plan

MIXTURE = "mixture"
FIRSTS = (5, 10)
LEAST_SITES = 3


@dataclass(frozen=True)
class Check:
    """The shortlist under one strategy, or under the mixture.

    Attributes
    ----------
    key : str
        Strategy, or `MIXTURE`.
    ranks : DataFrame (n, model + methods)
        Ranks from 1 within the shortlist, by `site_id`.
    agreement : DataFrame (methods)
        kendall, spearman: correlation of its ranks with the model's; first_5, first_10: how many
        of the model's first are among its own first.
    agreed : tuple of str
        `site_id` of those that the model and every method put among their first ten.
    weights : DataFrame (criteria)
        chosen, and entropy and critic for comparison; each column sums to 1.
    """

    key: str
    ranks: pd.DataFrame
    agreement: pd.DataFrame
    agreed: tuple[str, ...]
    weights: pd.DataFrame


@dataclass(frozen=True)
class Crosscheck:
    """What other methods make of a shortlist.

    Attributes
    ----------
    sites : DataFrame (n)
        rank, site_id, name, country, country_name.
    checks : tuple of Check
        The mixture first, where there is one, then each strategy in play.
    """

    sites: pd.DataFrame
    checks: tuple[Check, ...]


def crosscheck(plan: Plan, top: int = 25) -> Crosscheck:
    """Judge the first `top` sites of a plan by every method, strategy by strategy.

    Each strategy has its own matrix, its own leaf weights and its own gates: a method's merit in
    [0, 1] goes through them as the weighted sum does, since a gate is what no other merit can buy
    back. It is set against the model's score under the same strategy.

    The mixture has no matrix of its own. Here its weights are the leaf weights of the strategies,
    each counted by its mean share in the scores of the shortlist, and a site's gate is the mean of
    its gates by its own shares. The row of the weighted sum then says what this pooling alone
    changes against the smooth maximum of the model.

    Raises
    ------
    SitingError
        When there are fewer than three sites.
    """
    head = plan.zones.head[:top]
    if len(head) < LEAST_SITES:
        mend = "widen the study or its listing"
        what = f"a cross-check needs {LEAST_SITES} sites"
        raise SitingError(Fault(plan.study.name, what, mend, value=str(len(head))))
    places = plan.places.iloc[head].reset_index(drop=True)
    sites = places[["site_id", "name", "country"]].assign(
        rank=np.arange(1, len(head) + 1),
        country_name=places["country"].map(country_names()).fillna(""),
    )
    alive = [name for name in plan.strategies if plan.shares[name].any()]
    shares = plan.shares[alive].iloc[head].to_numpy(dtype=float)
    gates = np.column_stack([_gate(plan, name)[head] for name in alive])
    scores = {name: plan.strategies[name].score[head] for name in alive}
    weights = {name: plan.weights[name] for name in alive}
    gate = dict(zip(alive, gates.T, strict=True))
    if len(alive) > 1:
        pooled = pd.DataFrame(weights).fillna(0.0).mul(shares.mean(axis=0), axis=1).sum(axis=1)
        weights = {MIXTURE: pooled, **weights}
        gate[MIXTURE] = (shares * gates).sum(axis=1)
        scores[MIXTURE] = -sites["rank"].to_numpy(dtype=float)
    values = plan.values.iloc[head]
    checks = tuple(
        check(key, values[list(leaves.index)], leaves, gate[key], scores[key], sites["site_id"])
        for key, leaves in weights.items()
    )
    return Crosscheck(sites[["rank", "site_id", "name", "country", "country_name"]], checks)


def check(
    key: str, values: pd.DataFrame, weights: pd.Series, gate: Floats, score: Floats,
    site_id: pd.Series,
) -> Check:  # fmt: skip
    """Set every method's ranks of n sites beside those of the model.

    Parameters
    ----------
    key : str
    values : DataFrame (n, criteria)
    weights : Series (criteria)
    gate : ndarray (n,)
        Factor in [0, 1] on the merit of each site.
    score : ndarray (n,)
        Of the model, the larger the better.
    site_id : Series (n,)
        Breaks ties.
    """
    matrix, leaves = values.to_numpy(dtype=float), weights.to_numpy(dtype=float)
    by_method = {
        name: ranks(method.merit(matrix, leaves) * gate, site_id)
        for name, method in METHODS.items()
    }
    table = pd.DataFrame({"model": ranks(score, site_id), **by_method}, index=list(site_id))
    model = table["model"]
    agreement = pd.DataFrame(
        {
            name: {
                "kendall": float(kendalltau(model, table[name]).statistic),
                "spearman": float(spearmanr(model, table[name]).statistic),
                **{f"first_{k}": int(((model <= k) & (table[name] <= k)).sum()) for k in FIRSTS},
            }
            for name in METHODS
        }
    ).T.astype({f"first_{k}": int for k in FIRSTS})
    agreed = tuple(str(site) for site in table.index[(table <= max(FIRSTS)).all(axis=1)])
    told = {
        "chosen": leaves / leaves.sum(),
        "entropy": entropy_weights(matrix),
        "critic": critic_weights(matrix),
    }
    return Check(key, table, agreement, agreed, pd.DataFrame(told, index=weights.index))


def _gate(plan: Plan, strategy: str) -> Floats:
    scored = plan.strategies[strategy]
    return scored.price_gate * scored.entry_gate
