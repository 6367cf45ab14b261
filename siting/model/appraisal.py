"""Places appraised: criteria, values and scores of any set of places, each on its own.

No number of a place depends on which others are appraised with it: a shortlist of thirty
thousand and the blocks of a continent get the same scores.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from geodata.arrays import Floats
from geodata.errors import raise_if
from siting.market.customers import Customers, Demand, coordinates, freight_to_customers
from siting.model import scoring
from siting.model.measure import measure
from siting.model.measures import Measures
from siting.study.criteria import value_function
from siting.study.origin import Origin
from siting.study.study import Study
from siting.study.values import ValueFunction
from siting.study.weights import leaf_weights, tree_of
from siting.world.facts import Facts


@dataclass(frozen=True)
class Appraisal:
    """What a study says of n places; the fields as in `siting.model.plan.Plan`."""

    places: pd.DataFrame
    customers: Customers
    measures: Measures
    values: pd.DataFrame
    weights: pd.Series
    utility: Floats


def appraise(study: Study, known: Facts, demand: Demand, places: pd.DataFrame) -> Appraisal:
    """Measure, value and score places (n rows with lat, lon, country, region, zone)."""
    customers = freight_to_customers(demand, coordinates(places))
    measures = measure(study, known, places, customers, demand)
    return rate(study, places, customers, measures, value(study, measures.raw))


def rate(
    study: Study,
    places: pd.DataFrame,
    customers: Customers,
    measures: Measures,
    values: pd.DataFrame,
) -> Appraisal:
    """Score what has been measured and valued, by the weights of a study.

    Raises
    ------
    SitingError
        When a value that weighs is no finite number.
    """
    weights = leaf_weights(tree_of(study))
    check_values(values, weights, study.origin)
    return Appraisal(places, customers, measures, values, weights, utility_of(values, weights))


def value(study: Study, raw: pd.DataFrame) -> pd.DataFrame:
    """Turn raw values into values by the anchors, the study's own where it has some."""
    return pd.DataFrame(
        {name: function_of(study, name)(raw[name].to_numpy(float)) for name in raw.columns}
    )


def function_of(study: Study, criterion: str) -> ValueFunction:
    """Return the value function of a criterion, with the study's own anchors where it has some."""
    own = study.anchors.get(criterion)
    return value_function(criterion, (own.worst, own.best) if own else None)


def utility_of(values: pd.DataFrame, weights: pd.Series) -> Floats:
    """Return U of every place under some weights (n,); 0 where nothing weighs."""
    if weights.empty:
        return np.zeros(len(values))
    names = [str(name) for name in weights.index]
    columns = {name: values[name].to_numpy(dtype=float) for name in names}
    return scoring.utility(columns, {name: float(weights[name]) for name in names})


def check_values(values: pd.DataFrame, weights: pd.Series, origin: Origin | None = None) -> None:
    """Raise where a value that weighs is no finite number.

    Parameters
    ----------
    values : DataFrame (n, criteria)
    weights : Series
        Of the criteria that weigh something.
    origin : Origin, optional
        Of the study, for faults.

    Raises
    ------
    SitingError
        With each criterion at fault.
    """
    hint = "correct its anchors, or the factors, parameters or tables of yours that it is made from"
    faults = []
    for name in weights.index:
        wrong = ~np.isfinite(values[name].to_numpy(dtype=float))
        if wrong.any():
            what = f"has no finite value at {wrong.sum():,} of {len(values):,} places"
            faults.append((origin or Origin()).fault(f"{name} {what}", hint, "weights"))
    raise_if(faults)
