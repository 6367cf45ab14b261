"""The scores of some places as a function of what is drawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.tables import day
from siting.confidence.draws import Draws, countries, single
from siting.market.demand import PROBABILITY
from siting.model.appraisal import Appraisal
from siting.model.plan import Plan
from siting.money import cost
from siting.money.landed import inputs_at, parameters_of, plant_of
from siting.study.criteria import value_function
from siting.study.strategies import STRATEGIES, Strategy
from siting.study.study import Study
from siting.study.values import ValueFunction
from siting.world.conditions import conditions
from siting.world.facts import Facts

Floats = NDArray[np.float64]
Rows = NDArray[np.intp]

# Standard deviation of a place's figure as a share of it, by the confidence of its source
# (judgement: a figure read in a data set, one good source, an order of magnitude).
SPREAD = {"A": 0.05, "B": 0.12, "C": 0.25}
REACHED = {
    "accessible_demand": "customers_usd_per_t",
    "unserved_demand": "customers_usd_per_t",
    "compatriot_cells": "compatriots_usd_per_t",
}
# Fields of the model that hold a row for each site.
PER_SITE = (
    "values", "country", "kernels", "low", "high", "power", "power_cost", "wage_cost", "earned",
    "delivered", "power_price", "affinity", "openness",
)  # fmt: skip


@dataclass(frozen=True)
class Model:
    """The plan's scores at r sites as a function of the draws.

    Attributes
    ----------
    values : dict of ndarray (r,)
        Of each criterion.
    country : ndarray (r,)
        Number of each site's country in `countries`.
    leaves : dict of Index
        Criteria of each strategy, in the order of its drawn weights.
    prior : Series
        Of the strategies in play.
    kernels : dict
        Criterion -> demand of each plant that counts, were it built, as a site reaches it (r, k).
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
    price : ndarray (2,)
        Change of the price at its low and high end (USD/t).
    earned, delivered, power_price, affinity, openness : ndarray (r,)
    functions : dict of ValueFunction
        Of the criteria that change.
    sharpness : float
    """

    values: dict[str, Floats]
    country: NDArray[np.intp]
    leaves: dict[str, pd.Index]
    weights: dict[str, Floats]
    prior: pd.Series
    kernels: dict[str, Floats]
    counted: dict[str, Rows]
    chance: Floats
    low: dict[str, Floats]
    high: dict[str, Floats]
    power: Floats
    power_cost: Floats
    wage_cost: Floats
    price: Floats
    earned: Floats
    delivered: Floats
    power_price: Floats
    affinity: Floats
    openness: Floats
    functions: dict[str, ValueFunction]
    sharpness: float

    def scores(self, draws: Draws, chunk: slice) -> Floats:
        """Score the sites in a chunk of draws (r, draws of the chunk)."""
        cost_change = self.cost_change(draws, chunk)
        drawn = self._drawn_values(draws, chunk, cost_change)
        odds = cost.losing_odds(
            self.earned[:, None] + self.price_change(draws, chunk) - cost_change
        )
        prior = np.ascontiguousarray(draws.prior[chunk].T)
        total = np.zeros_like(odds)
        part = np.empty_like(odds)
        for number, (name, leaves) in enumerate(self.leaves.items()):
            gate = self._gate(STRATEGIES[name], odds)
            gate *= self.sharpness * self.openness[:, None]
            weights = np.ascontiguousarray(draws.weights[name][chunk].T)
            known = [k for k, criterion in enumerate(leaves) if criterion not in drawn]
            values = np.column_stack([self.values[leaves[k]] for k in known])
            score = values @ weights[known]
            for k, criterion in enumerate(leaves):
                if criterion in drawn:
                    score += np.multiply(drawn[criterion], weights[k], out=part)
            score *= gate
            np.exp(score, out=score)
            score *= prior[number]
            total += score
        np.log(total, out=total)
        total /= self.sharpness
        return total

    def _gate(self, strategy: Strategy, odds: Floats) -> Floats:
        """Return how far a strategy is held to the price (r, draws); see `appraisal.score`."""
        gate: Floats = odds * float(cost.losing_odds(np.array(strategy.premium_usd_per_t)))
        gate += 1.0
        np.divide(1.0, gate, out=gate)
        if strategy.carried:
            gate *= 1.0 - self.affinity[:, None]
            gate += self.affinity[:, None]
        return gate

    def light(self) -> Model:
        """Return the model in single precision, for millions of sites."""
        turned = {name: _each(getattr(self, name), single) for name in PER_SITE}
        return replace(self, **(turned | {"country": self.country, "price": single(self.price)}))

    def take(self, rows: Rows | slice) -> Model:
        """Return the model of some of the sites."""
        return replace(self, **{n: _each(getattr(self, n), lambda of: of[rows]) for n in PER_SITE})

    def cost_change(self, draws: Draws, chunk: slice) -> Floats:
        """Return what the drawn parameters, power and wages move the cost by (USD/t, (r, draws)).

        Everybody's parameters in one product, those of each country in one a country.
        """
        every = [name for name in self.low if draws.parameters[name].ndim == 1]
        local = [name for name in self.low if draws.parameters[name].ndim > 1]
        common = np.concatenate([_ends(draws.parameters[name][chunk]) for name in every])
        change = np.column_stack([end[name] for name in every for end in (self.low, self.high)])
        change = change @ common
        own = np.column_stack(
            [end[name] for name in local for end in (self.low, self.high)]
            + [self.power_cost, self.wage_cost]
        )
        for country in np.unique(self.country):
            rows = np.flatnonzero(self.country == country)
            here = [_ends(draws.parameters[name][country, chunk]) for name in local]
            here += [draws.power[country, chunk][None], draws.wage[country, chunk][None]]
            change[rows] += own[rows] @ np.concatenate(here)
        return np.asarray(change)

    def price_change(self, draws: Draws, chunk: slice) -> Floats:
        """Return what the drawn price is above the chosen one (USD/t, (draws,))."""
        return np.asarray(self.price @ _ends(draws.price[chunk]))

    def _drawn_values(self, draws: Draws, chunk: slice, cost_change: Floats) -> dict[str, Floats]:
        raw = {
            name: kernel @ draws.built[self.counted[name], chunk]
            for name, kernel in self.kernels.items()
        }
        shift = draws.power[self.country, chunk] * self.power[:, None]
        raw["power_price"] = self.power_price[:, None] + shift
        raw["delivered_cost"] = self.delivered[:, None] + cost_change
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
    central = measures.landed.cost[rows]
    low, high = {}, {}
    for name, below, above in ranges.swings():
        low[name] = cost.at_gate(inputs, plant, below) - central
        high[name] = cost.at_gate(inputs, plant, above) - central
    chance = np.asarray(plants["status"].map(PROBABILITY), dtype=float)
    expected = _expected(study, plants)
    counted = {name: np.flatnonzero(kt > 0) for name, kt in expected.items()}
    graphite = 1.0 - ranges.central.silicon_pct / 100.0
    stack = measures.landed.stack.iloc[rows]
    power = at.values("power") * _spread(at.power)
    names = list(seen.strategies)
    prior = seen.prior
    return Model(
        values={str(n): v.to_numpy(dtype=float)[rows] for n, v in seen.values.items()},
        country=countries().get_indexer(pd.Index(places["country"])),
        leaves={name: seen.weights[name].index for name in names},
        weights={name: seen.weights[name].to_numpy(dtype=float) for name in names},
        prior=pd.Series({name: prior.get(name, 0.0) for name in names}),
        kernels={
            name: _kernel(
                seen, rows, at, expected[name][at] / chance[at], getattr(study.reach, REACHED[name])
            )
            for name, at in counted.items()
        },
        counted=counted,
        chance=chance,
        low=low,
        high=high,
        power=power,
        power_cost=power * graphite * ranges.central.power_mwh_per_t,
        wage_cost=_spread(at.wage) * stack["labour"].to_numpy(),
        price=_price_range(study, facts),
        earned=measures.outcome["earned"].to_numpy(dtype=float)[rows],
        delivered=measures.outcome["delivered"].to_numpy(dtype=float)[rows],
        power_price=at.values("power"),
        affinity=measures.raw["home_affinity"].to_numpy(dtype=float)[rows],
        openness=measures.openness[rows],
        functions={
            name: value_function(name, _own(study, name))
            for name in (*REACHED, "power_price", "delivered_cost")
        },
        sharpness=study.sharpness,
    )


def _own(study: Study, criterion: str) -> tuple[float, float] | None:
    anchor = study.anchors.get(criterion)
    return (anchor.worst, anchor.best) if anchor else None


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
    seen: Plan | Appraisal, rows: Rows, counted: Rows, kt: Floats, reach_usd_per_t: float
) -> Floats:
    """Return what each plant that counts adds at each site, were it built (r, k)."""
    freight = seen.customers.freight[np.ix_(rows, counted)]
    return np.asarray(np.exp(freight / -np.float32(reach_usd_per_t)) * kt)


def _each(part: Any, turn: Callable[[Any], Any]) -> Any:
    """Turn an array, or each array of a mapping."""
    return {n: turn(one) for n, one in part.items()} if isinstance(part, dict) else turn(part)


def _spread(read: pd.DataFrame) -> Floats:
    return np.asarray(read["confidence"].map(SPREAD).to_numpy(dtype=float))


def _price_range(study: Study, facts: Facts) -> Floats:
    """Change of the price at the ends of the row that is known on the date (USD/t, (2,))."""
    if study.price_usd_per_t:
        return np.zeros(2)
    rows = facts["anode_prices"]
    rows = rows[rows["series"].eq("outside_china")]
    rows = rows.assign(when=day(rows["date"], "start")).sort_values("when")
    known = rows[rows["when"].le(pd.Timestamp(facts.as_of))]
    row = (known if len(known) else rows).iloc[-1 if len(known) else 0]
    return row[["low", "high"]].to_numpy(dtype=float) - float(row["usd_per_t"])


def _ends(drawn: Floats) -> Floats:
    """Split numbers between -1 and 1 into how far they lean to the low and to the high end."""
    return np.stack([np.maximum(-drawn, 0.0), np.maximum(drawn, 0.0)])
