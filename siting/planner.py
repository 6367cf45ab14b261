"""The pipeline: a study becomes a plan, one pure stage after another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.errors import raise_if, together
from siting.confidence.assessment import assess
from siting.market.customers import coordinates, known_demand, seen_from
from siting.model import clusters, scoring
from siting.model.measure import Measures, measure
from siting.model.plan import Plan
from siting.money import cost
from siting.money.landed import prices_of
from siting.study.criteria import value_function
from siting.study.strategies import STRATEGIES, even_prior
from siting.study.study import Study
from siting.study.studyfile import check
from siting.study.weights import leaf_weights, tree_of
from siting.support.progress import Stages, silent
from siting.world import candidates, facts, policy

Floats = NDArray[np.float64]
STAGES = ("facts", "candidates", "freight", "criteria", "scores", "zones", "confidence")

__all__ = ["Plan", "make_plan", "score", "sort_out", "value"]


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
        prior = study.prior or even_prior()
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
    plan = Plan(
        study, known.as_of, price, known, demand, places, barred, customers, measures, values,
        weights, prior, strategies, shares, parts, total, order, zones, labels,
    )  # fmt: skip
    with stages("confidence") as tell:
        return replace(plan, confidence=assess(plan, tell))


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

    def function(name: str) -> Callable[[Floats], Floats]:
        own = study.anchors.get(name)
        return value_function(name, (own.worst, own.best) if own else None)

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
