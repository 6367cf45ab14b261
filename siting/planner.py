"""The pipeline: a study becomes a plan, one pure stage after another."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.errors import raise_if, together
from siting import candidates, clusters, cost, facts, policy, scoring
from siting.criteria import CRITERIA
from siting.customers import Customers, Demand, coordinates, known_demand, seen_from
from siting.landed import prices_of
from siting.measure import Measures, measure
from siting.progress import Stages, silent
from siting.strategies import STRATEGIES, prior_of
from siting.study import Study
from siting.studyfile import check
from siting.values import ValueFunction
from siting.weights import leaf_weights, tree_of

Floats = NDArray[np.float64]
STAGES = ("facts", "candidates", "freight", "criteria", "scores", "zones")


@dataclass(frozen=True)
class Plan:
    """Everything that a study says of its candidates; frames of n rows share their index.

    Attributes
    ----------
    study : Study
    as_of : date
    price_usd_per_t : float
        What customers outside China pay on the date, before duty.
    facts : Facts
    demand : Demand
    places : DataFrame (n)
        Candidates that may be built, sorted by `site_id`.
    barred : DataFrame
        Those that may not, with `rule_id` and `rule`; never scored.
    customers : Customers
    measures : Measures
    values : DataFrame (n, criteria)
    weights : dict of Series
        Leaf weights of each strategy.
    strategies : dict of StrategyScore
    shares : DataFrame (n, strategies)
        Part of each strategy in the score.
    parts : DataFrame (n, criteria + losses)
        The score split; each row sums to it.
    score : ndarray (n,)
        In [0, 1].
    order : ndarray (n,)
        Positions from best to worst.
    zones : Zones
    demand_cluster : ndarray (m,)
    """

    study: Study
    as_of: dt.date
    price_usd_per_t: float
    facts: facts.Facts
    demand: Demand
    places: pd.DataFrame
    barred: pd.DataFrame
    customers: Customers
    measures: Measures
    values: pd.DataFrame
    weights: dict[str, pd.Series]
    strategies: dict[str, scoring.StrategyScore]
    shares: pd.DataFrame
    parts: pd.DataFrame
    score: Floats
    order: NDArray[np.intp]
    zones: clusters.Zones
    demand_cluster: NDArray[np.intp]

    @property
    def rank(self) -> NDArray[np.intp]:
        """Rank of each candidate among all, 1 for the best (n,)."""
        rank = np.empty(len(self.order), dtype=np.intp)
        rank[self.order] = np.arange(1, len(self.order) + 1)
        return rank


def make_plan(study: Study, stages: Stages | None = None, given: facts.Facts | None = None) -> Plan:
    """Run every stage of a study.

    Parameters
    ----------
    study : Study
    stages : Stages, optional
        Told what is being done, for a progress bar and timings.
    given : Facts, optional
        Ready-made, where they are not those of the study's own date.

    Raises
    ------
    SitingError
        When the study, a table or a user's file is at fault.
    """
    stages = stages or silent()
    raise_if(check(study))
    with stages("facts"):
        known, own = together(
            [lambda: given or facts.load(study), partial(candidates.read_own, study)]
        )
    with stages("candidates"):
        places, barred = sort_out(study, known, own)
    with stages("freight") as tell:
        demand = known_demand(study, known, tell)
        customers = seen_from(demand, coordinates(places))
    with stages("criteria"):
        measures = measure(study, known, places, customers, demand)
        values = value(study, measures.raw)
    price = prices_of(study, known)[1]
    with stages("scores"):
        weights = {name: leaf_weights(tree_of(study, name)) for name in study.strategies()}
        strategies = score(values, weights, measures)
        prior = study.prior or prior_of(study.investor)
        single = {name: s.score for name, s in strategies.items()}
        prior = prior if len(single) > 1 else dict.fromkeys(single, 1.0)
        total, shares = scoring.mix(single, prior, study.sharpness)
        parts = scoring.split(strategies, shares, total)
        order = scoring.rank_order(total, places["site_id"])
    with stages("zones"):
        zones = clusters.siting_zones(
            places, order, zones=study.listing.zones, extent_km=study.listing.zone_km
        )
        labels = clusters.demand_clusters(demand.plants)
    return Plan(
        study, known.as_of, price, known, demand, places, barred, customers, measures, values,
        weights, strategies, shares, parts, total, order, zones, labels,
    )  # fmt: skip


def sort_out(
    study: Study, known: facts.Facts, own: candidates.Own
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the candidates that may be built on, and those that stand apart with their rule."""
    sites = candidates.known_then(known["industrial_sites"], known.as_of)
    found = candidates.gather(study, sites, known.closed, own)
    why = candidates.stand_apart(found, study, known.closed, own)
    rule = policy.bars(known.laws, found, study.investor)
    barred_by_law = why["rule_id"].eq("").to_numpy() & (rule != "")
    names = known["policy_zones"].set_index("zone_id")["instrument"]
    why.loc[barred_by_law, "rule_id"] = rule[barred_by_law]
    why.loc[barred_by_law, "rule"] = names.reindex(rule[barred_by_law]).to_numpy()
    apart = why["rule_id"].ne("")
    barred = found[apart].join(why[apart]).reset_index(drop=True)
    raise_if(candidates.none_left(found, apart))
    return found[~apart].reset_index(drop=True), barred


def value(study: Study, raw: pd.DataFrame) -> pd.DataFrame:
    """Turn raw values into values in [0, 1] by the anchors, the study's own where it has some."""

    def function(name: str) -> ValueFunction:
        own = study.anchors.get(name)
        standard = CRITERIA[name].value
        return ValueFunction(own.worst, own.best, standard.shape) if own else standard

    return pd.DataFrame({name: function(name)(raw[name].to_numpy(float)) for name in raw.columns})


def score(
    values: pd.DataFrame, weights: dict[str, pd.Series], measures: Measures
) -> dict[str, scoring.StrategyScore]:
    """Score every strategy in play through its gates.

    A strategy that law carries is held to the price of the day only as far as the place is
    foreign: 1 - affinity of the way to the plain gate.
    """
    earned = measures.outcome["earned"].to_numpy(dtype=float)
    affinity = measures.raw["home_affinity"].to_numpy(dtype=float)
    scored = {}
    for name, leaves in weights.items():
        strategy = STRATEGIES[name]
        viable = cost.viability(earned + strategy.premium_usd_per_t)
        gate = affinity + (1.0 - affinity) * viable if strategy.carried else viable
        scored[name] = scoring.score_strategy(values, leaves, gate, measures.openness)
    return scored
