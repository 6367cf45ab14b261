"""Places appraised: criteria, values and scores of any set of places, each on its own.

No number of a place depends on which others are appraised with it: a shortlist of thirty
thousand and the blocks of a continent get the same scores.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from siting.market.customers import Customers, Demand, coordinates, seen_from
from siting.model import scoring
from siting.model.measure import Measures, measure
from siting.money import cost
from siting.study.criteria import value_function
from siting.study.strategies import STRATEGIES, even_prior
from siting.study.study import Study
from siting.study.weights import leaf_weights, tree_of
from siting.support.progress import Stages, silent
from siting.world.facts import Facts

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Appraisal:
    """What a study says of n places; the fields as in `siting.model.plan.Plan`."""

    places: pd.DataFrame
    customers: Customers
    measures: Measures
    values: pd.DataFrame
    weights: dict[str, pd.Series]
    prior: dict[str, float]
    strategies: dict[str, scoring.StrategyScore]
    shares: pd.DataFrame
    score: Floats


def appraise(
    study: Study, known: Facts, demand: Demand, places: pd.DataFrame, stages: Stages | None = None
) -> Appraisal:
    """Measure, value and score places.

    Parameters
    ----------
    study : Study
    known : Facts
    demand : Demand
    places : DataFrame (n)
        Candidates with lat, lon, country, region, zone.
    stages : Stages, optional
    """
    stages = stages or silent()
    with stages("freight"):
        customers = seen_from(demand, coordinates(places))
    with stages("criteria"):
        measures = measure(study, known, places, customers, demand)
        values = value(study, measures.raw)
    with stages("scores"):
        return rate(study, places, customers, measures, values)


def rate(
    study: Study,
    places: pd.DataFrame,
    customers: Customers,
    measures: Measures,
    values: pd.DataFrame,
) -> Appraisal:
    """Score what has been measured and valued, by the weights, prior and sharpness of a study."""
    weights = {name: leaf_weights(tree_of(study, name)) for name in study.strategies()}
    strategies = score(values, weights, measures)
    single = {name: s.score for name, s in strategies.items()}
    prior = study.prior or even_prior()
    prior = prior if len(single) > 1 else dict.fromkeys(single, 1.0)
    total, shares = scoring.mix(single, prior, study.sharpness)
    return Appraisal(places, customers, measures, values, weights, prior, strategies, shares, total)


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
