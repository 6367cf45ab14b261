"""Who buys, who rivals, who builds cars, who sells feedstock: plants and the freight to them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.errors import SitingError
from geodata.network import Network, load_network
from siting.freight import freight
from siting.market import demand, market
from siting.market.chances import chance_of
from siting.market.owner import check_owner, open_sources
from siting.study.parameters import ranges
from siting.study.study import Study
from siting.support import blocks
from siting.support.blocks import Far, Matrix, Rows
from siting.support.progress import Progress
from siting.world.events import tolls
from siting.world.facts import Facts
from siting.world.located import located

Costs = NDArray[np.float32]
Columns = NDArray[np.intp]

STOPS = ("gigafactories", "automaker_plants", "feedstock_sources")


@dataclass(frozen=True)
class Demand:
    """Plants known on the date, and the freight field to all of them.

    Attributes
    ----------
    plants : DataFrame (m)
        Gigafactories with `chance`, `anode_kt` and `unserved_kt`.
    carmakers : DataFrame (k)
        Car plants with `pull_m`.
    rivals : DataFrame (r)
        Anode plants with `supply_kt`.
    feedstock : DataFrame (s)
    field : freight.Fields
        Freight to every plant and source of the tables, known on the date or not, so that one
        field in the cache serves every date.
    columns : dict of ndarray
        Columns of the field that belong to the rows of plants, carmakers and feedstock.
    ways : (Network, Rates)
        What the field was computed on.
    """

    plants: pd.DataFrame
    carmakers: pd.DataFrame
    rivals: pd.DataFrame
    feedstock: pd.DataFrame
    field: freight.Fields
    columns: dict[str, Columns]
    ways: tuple[Network, freight.Rates]


@dataclass(frozen=True)
class Customers:
    """The same plants seen from n candidates: freight in USD a tonne.

    `freight` (n, m), `car_freight` (n, k) and `feed_freight` (n, s) belong to the rows of
    `plants`, `carmakers` and `feedstock`. Beyond `blocks.HELD` candidates they are worked out when
    rows are asked for.
    """

    plants: pd.DataFrame
    carmakers: pd.DataFrame
    feedstock: pd.DataFrame
    freight: Matrix
    car_freight: Matrix
    feed_freight: Matrix

    @property
    def in_memory(self) -> bool:
        """Whether the freight from every candidate is at hand."""
        return not isinstance(self.freight, Far)

    def take(self, rows: Rows) -> Customers:
        """Return the plants as some of the candidates see them, at hand."""
        return replace(
            self,
            freight=self.freight[rows],
            car_freight=self.car_freight[rows],
            feed_freight=self.feed_freight[rows],
        )


def coordinates(frame: pd.DataFrame) -> NDArray[np.float64]:
    """Return latitude and longitude (n, 2) of a frame."""
    return frame[["lat", "lon"]].to_numpy(dtype=float)


def known_demand(study: Study, facts: Facts, progress: Progress | None = None) -> Demand:
    """Return the plants known on the date, their tonnages and the freight field to them."""
    economics, product = facts["anode_economics"], facts.product(study)
    plants = _likely(facts, "gigafactories", "former_plan_gwh")
    rivals = _likely(facts, "anode_plants", "former_plan_ktpa")
    carmakers, sources = facts["automaker_plants"], facts["feedstock_sources"]
    # who may not be sold to counts neither as a customer nor as a carmaker's pull
    plants = plants[~plants["country"].isin(list(facts.closed))]
    carmakers = carmakers[~carmakers["country"].isin(list(facts.closed))]
    recipe = ranges(economics, product, study.furnace, study.parameters).central
    check_owner(study, facts)
    sources = open_sources(sources, study.owner, facts)
    sources = sources[sources["feedstock"].isin(list(recipe.feedstock_t_per_t))]

    rates = freight.Rates.from_economics(economics).with_tolls(tolls(facts.events))
    network = load_network()
    stops = [coordinates(facts[name]) for name in STOPS]
    field = freight.fields(network, rates, np.concatenate(stops), progress=progress)
    first = np.cumsum([0, *(len(points) for points in stops)])
    columns = {
        name: start + part.index.to_numpy()
        for name, start, part in zip(STOPS, first, (plants, carmakers, sources), strict=False)
    }
    intensity = demand.Intensity.from_economics(economics, product)
    kt = demand.anode_demand_kt(plants, study.demand_year, intensity)
    if not kt.any():
        what = f"no gigafactory known on {facts.plants_on} buys anode in {study.demand_year}"
        raise SitingError(
            study.origin.fault(what, "choose a later as_of, or correct the gigafactories", "as_of")
        )
    supply = demand.rival_supply_kt(rivals)
    to_rivals = field.at(coordinates(rivals), columns["gigafactories"])
    left = market.unserved(kt, supply, to_rivals, study.reach.rivals_usd_per_t)
    return Demand(
        plants.assign(anode_kt=kt, unserved_kt=left).reset_index(drop=True),
        carmakers.assign(pull_m=demand.ev_weighted_cars_m(carmakers)).reset_index(drop=True),
        rivals.assign(supply_kt=supply).reset_index(drop=True),
        sources.reset_index(drop=True),
        field,
        columns,
        (network, rates),
    )


def freight_to_customers(known: Demand, points: NDArray[np.float64]) -> Customers:
    """Return the plants with the freight from each of `points` (n, 2)."""
    columns = [known.columns[name] for name in STOPS]
    seen: list[Matrix]
    if len(points) <= blocks.HELD:
        seen = [*known.field.at_each(points, columns)]
    else:
        near = blocks.remembered(lambda rows: known.field.at_each(points[rows], columns))
        seen = [
            Far((len(points), len(some)), partial(_nth, near, nth))
            for nth, some in enumerate(columns)
        ]
    return Customers(known.plants, known.carmakers, known.feedstock, *seen)


def _nth(near: Callable[[Rows], list[Costs]], nth: int, rows: Rows) -> Costs:
    return near(rows)[nth]


def _likely(facts: Facts, kind: str, former: str) -> pd.DataFrame:
    """Return the plants of one table known on the date, placed, each with its chance to run."""
    plants = demand.known_on(facts[kind], facts.plants_on, former)
    chance = chance_of(plants, facts["build_chances"], kind, facts.plants_on)
    return _placed(plants.assign(chance=chance))


def _placed(plants: pd.DataFrame) -> pd.DataFrame:
    """Return plants with the region and zone that they lie in, for laws of regions."""
    areas = located(plants)
    return plants.rename(columns={"region": "region_name"}).assign(
        region=areas["region"].to_numpy(), zone=areas["zone"].to_numpy()
    )
