"""The score of some places as a function of what is drawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.arrays import Floats
from siting.confidence.draws import LOCAL, Draws, countries, single
from siting.model import scoring
from siting.model.appraisal import Appraisal, function_of
from siting.model.plan import Plan
from siting.money import cost
from siting.money.landed import inputs_at, parameters_of, plant_of
from siting.study.study import Study
from siting.study.values import ValueFunction
from siting.world.conditions import conditions
from siting.world.facts import Facts

Rows = NDArray[np.intp]

REACHED = {
    "accessible_demand": "customers_usd_per_t",
    "unserved_demand": "customers_usd_per_t",
    "compatriot_cells": "compatriots_usd_per_t",
}
# Fields of the model that hold a row for each site.
PER_SITE = (
    "values", "country", "certain", "kernels", "low", "high", "power", "power_cost", "wage_cost",
    "delivered", "power_price",
)  # fmt: skip


@dataclass(frozen=True)
class Model:
    """The score at r sites as a function of the draws.

    Attributes
    ----------
    values : dict of ndarray (r,)
        Of each criterion that weighs something.
    country : ndarray (r,)
        Number of each site's country in `countries`.
    criteria : tuple of str
        In the order of the drawn weights.
    weights : ndarray (k,)
        As chosen.
    certain : dict of ndarray (r,)
        Criterion -> demand of the plants that run, as a site reaches it.
    kernels : dict
        Criterion -> demand of each plant that may be built, were it built (r, k).
    counted : dict of ndarray (k,)
        Criterion -> positions of these plants among all.
    chance : ndarray (m,)
        That each plant is built.
    low, high : dict of ndarray (r,)
        Change of the cost at each end of each parameter (USD/t).
    power : ndarray (r,)
        Standard deviation of the price (USD/MWh).
    power_cost, wage_cost : ndarray (r,)
        What one standard deviation of the price, of the wage, costs (USD/t).
    delivered, power_price : ndarray (r,)
    functions : dict of ValueFunction
        Of the criteria that change and weigh something.
    """

    values: dict[str, Floats]
    country: NDArray[np.intp]
    criteria: tuple[str, ...]
    weights: Floats
    certain: dict[str, Floats]
    kernels: dict[str, Floats]
    counted: dict[str, Rows]
    chance: Floats
    low: dict[str, Floats]
    high: dict[str, Floats]
    power: Floats
    power_cost: Floats
    wage_cost: Floats
    delivered: Floats
    power_price: Floats
    functions: dict[str, ValueFunction]

    def utility(self, draws: Draws, chunk: slice) -> Floats:
        """Score the sites in a chunk of draws (r, draws of the chunk)."""
        weights = np.ascontiguousarray(draws.weights[chunk].T)
        drawn = dict(zip(self.criteria, weights, strict=True))
        return scoring.utility({**self.values, **self._drawn_values(draws, chunk)}, drawn)

    def as_float32(self) -> Model:
        """Return the model in single precision, for millions of sites."""
        turned = {name: _each(getattr(self, name), single) for name in PER_SITE}
        return replace(self, **(turned | {"country": self.country}))

    def take(self, rows: Rows | slice) -> Model:
        """Return the model of some of the sites."""
        return replace(self, **{n: _each(getattr(self, n), lambda of: of[rows]) for n in PER_SITE})

    def cost_change(self, draws: Draws, chunk: slice) -> Floats:
        """Return what the drawn parameters, power and wages move the cost by (USD/t, (r, draws)).

        One product for the sites of each country.
        """
        drawn = {name: draws.parameters[name][..., chunk] for name in self.low}
        common = np.concatenate([_ends(drawn[name]) for name in self._common])
        own = [drawn[name] for name in self.low if name in LOCAL]
        change = np.empty((len(self.country), common.shape[1]), self.delivered.dtype)
        for country, rows, moves in self._moves:
            here = [_ends(one if one.ndim == 1 else one[country]) for one in own]
            here += [draws.power[country, chunk][None], draws.wage[country, chunk][None]]
            change[rows] = moves @ np.concatenate([common, *here])
        return change

    def _power_prices(self, draws: Draws, chunk: slice) -> Floats:
        """Return the drawn power prices (USD/MWh, (r, draws))."""
        price = np.empty((len(self.country), draws.weights[chunk].shape[0]), self.power.dtype)
        for country, rows, _ in self._moves:
            price[rows] = self.power[rows, None] * draws.power[country, chunk]
        price += self.power_price[:, None]
        return price

    @property
    def _common(self) -> list[str]:
        """Return the parameters that are drawn for all countries at once."""
        return [name for name in self.low if name not in LOCAL]

    @cached_property
    def _moves(self) -> list[tuple[int, Rows | slice, Floats]]:
        """Each country with its sites and what moves their cost, as `cost_change` draws it."""
        names = [*self._common, *(name for name in self.low if name in LOCAL)]
        ends = [end[name] for name in names for end in (self.low, self.high)]
        moves = np.column_stack([*ends, self.power_cost, self.wage_cost])
        countries = np.unique(self.country)
        if len(countries) == 1:
            return [(int(countries[0]), slice(None), moves)]
        each = [(int(code), np.flatnonzero(self.country == code)) for code in countries]
        return [(code, rows, moves[rows]) for code, rows in each]

    def _drawn_values(self, draws: Draws, chunk: slice) -> dict[str, Floats]:
        raw = {}
        for name, kernel in self.kernels.items():
            raw[name] = kernel @ draws.built[self.counted[name], chunk]
            raw[name] += self.certain[name][:, None]
        if "power_price" in self.functions:
            raw["power_price"] = self._power_prices(draws, chunk)
        if "delivered_cost" in self.functions:
            raw["delivered_cost"] = self.cost_change(draws, chunk)
            raw["delivered_cost"] += self.delivered[:, None]
        return {name: self.functions[name](value) for name, value in raw.items()}


def model_of(study: Study, facts: Facts, seen: Plan | Appraisal, rows: Rows) -> Model:
    """Return the scores of some of the places seen as a function of what is drawn."""
    measures = seen.measures
    places = seen.places.iloc[rows].reset_index(drop=True)
    plants = seen.customers.plants
    at = conditions(facts["place_factors"], places, facts.as_of)
    ranges = parameters_of(study, facts)
    plant = plant_of(study, facts, ranges)
    inputs = inputs_at(
        study, facts, places, at, seen.customers.feed_freight[rows], seen.customers.feedstock
    )
    swings = cost.swings(inputs, plant, ranges)
    chance = plants["chance"].to_numpy(dtype=float)
    criteria = tuple(str(name) for name in seen.weights.index)
    expected = {name: kt for name, kt in _expected(study, plants).items() if name in criteria}
    reached = {
        name: partial(_kernel, seen, rows, reach_usd_per_t=getattr(study.reach, REACHED[name]))
        for name in expected
    }
    counted = {name: np.flatnonzero((kt > 0) & (chance < 1)) for name, kt in expected.items()}
    running = {name: np.flatnonzero((kt > 0) & (chance >= 1)) for name, kt in expected.items()}
    return Model(
        values={name: seen.values[name].to_numpy(dtype=float)[rows] for name in criteria},
        country=countries().get_indexer(pd.Index(places["country"])),
        criteria=criteria,
        weights=seen.weights.to_numpy(dtype=float),
        certain={
            name: reached[name](at, kt=expected[name][at]).sum(axis=1)
            for name, at in running.items()
        },
        kernels={
            name: reached[name](at, kt=expected[name][at] / chance[at])
            for name, at in counted.items()
        },
        counted=counted,
        chance=chance,
        low=swings.low,
        high=swings.high,
        power=at.deviation("power"),
        power_cost=swings.power,
        wage_cost=swings.wage,
        delivered=measures.outcome["delivered"].to_numpy(dtype=float)[rows],
        power_price=at.values("power"),
        functions={
            name: function_of(study, name)
            for name in (*REACHED, "power_price", "delivered_cost")
            if name in criteria
        },
    )


def _expected(study: Study, plants: pd.DataFrame) -> dict[str, Floats]:
    """Return what each plant adds to each demand criterion, by its chance (m,)."""
    demand = plants["anode_kt"].to_numpy(dtype=float)
    kin = plants["owner_hq_country"].eq(study.investor).to_numpy()
    return {
        "accessible_demand": demand,
        "unserved_demand": plants["unserved_kt"].to_numpy(dtype=float),
        "compatriot_cells": demand * kin,
    }


def _kernel(
    seen: Plan | Appraisal, rows: Rows, plants: Rows, *, kt: Floats, reach_usd_per_t: float
) -> Floats:
    """Return what each of some plants adds at each site, were it built (r, k)."""
    freight = seen.customers.freight[np.ix_(rows, plants)]
    return np.asarray(np.exp(freight / -np.float32(reach_usd_per_t)) * kt)


def _each(part: Any, turn: Callable[[Any], Any]) -> Any:
    """Turn an array, or each array of a mapping."""
    return {n: turn(one) for n, one in part.items()} if isinstance(part, dict) else turn(part)


def _ends(drawn: Floats) -> Floats:
    """Split numbers between -1 and 1 into how far they lean to the low and to the high end."""
    return np.stack([np.maximum(-drawn, 0.0), np.maximum(drawn, 0.0)])
