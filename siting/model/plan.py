"""A plan: everything that a study says of its candidates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import Any, TypeVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.arrays import Floats
from siting.market.customers import Customers, Demand
from siting.model import scoring, unmatched
from siting.model.appraisal import Appraisal
from siting.model.clusters import demand_clusters
from siting.model.measures import Measures
from siting.model.zones import Zones, zone_names
from siting.money.landed import prices_of
from siting.study.study import Study
from siting.world.facts import Facts
from siting.world.gazetteer import names_of
from siting.world.h3land import Land
from siting.world.names import Names
from siting.world.selection import Selection

Made = TypeVar("Made")


@dataclass(frozen=True)
class Confidence:
    """How often the sites that stand for the zones take which rank among each other.

    Attributes
    ----------
    table : DataFrame (zones)
        In the order of the zones: p_first, p_top10, expected_rank, rank_low, rank_high, and the
        share of the zone, share_low to share_high (90 %).
    acceptability : ndarray (zones, zones)
        Share of the draws in which a zone takes each rank; rows and columns sum to 1.
    central_weights : DataFrame (zones, criteria)
        Mean weights of the draws in which a zone is first; NaN where it never is.
    draws : int
    seed : int
    """

    table: pd.DataFrame
    acceptability: Floats
    central_weights: pd.DataFrame
    draws: int
    seed: int


@dataclass(frozen=True)
class Screen:
    """The land of whole regions, cell by cell (n).

    Attributes
    ----------
    land : Land
    utility : ndarray (n,)
        The score U; NaN where a rule masks the cell.
    rank : ndarray of int (n,)
        Among all free cells, 1 for the best; 0 where masked.
    zone : ndarray of int (n,)
        Siting zone that a cell lies in, 0 for none.
    head : ndarray (zones,)
        Position of the best cell of each zone.
    """

    land: Land
    utility: Floats
    rank: NDArray[np.int32]
    zone: NDArray[np.intp]
    head: NDArray[np.intp]


@dataclass(frozen=True)
class Plan:
    """Everything that a study says of its candidates; frames of n rows share their index.

    Attributes
    ----------
    study : Study
    facts : Facts
    demand : Demand
    selection : Selection
        What may be built on, and what not.
    appraisal : Appraisal
        What may be built on: measured, valued, scored.
    zones : Zones
    confidence : Confidence or None
        How sure the order of the zones is; None where the study asks for no draws.
    screen : Screen or None
        The cells that the candidates were chosen from, where the study screens whole regions.
    """

    study: Study
    facts: Facts
    demand: Demand
    selection: Selection
    appraisal: Appraisal
    zones: Zones
    confidence: Confidence | None = None
    screen: Screen | None = None

    @property
    def as_of(self) -> dt.date:
        """Date of the plan, the catalogue's own where the study names none."""
        return self.facts.as_of

    @cached_property
    def price_usd_per_t(self) -> float:
        """Price that customers outside China pay on the date, before duty."""
        return prices_of(self.study, self.facts)[1]

    @property
    def places(self) -> pd.DataFrame:
        """Candidates that may be built on, sorted by `site_id` (n)."""
        return self.appraisal.places

    @property
    def barred(self) -> pd.DataFrame:
        """Candidates that may not, with `rule_id` and `rule`; never scored."""
        return self.selection.barred

    @property
    def customers(self) -> Customers:
        """Freight from each place to its customers."""
        return self.appraisal.customers

    @property
    def measures(self) -> Measures:
        """What is measured at each place."""
        return self.appraisal.measures

    @property
    def values(self) -> pd.DataFrame:
        """Values of the criteria (n, criteria)."""
        return self.appraisal.values

    @property
    def weights(self) -> pd.Series:
        """Weights of the criteria that weigh something; the sum is `siting.study.weights.TOTAL`."""
        return self.appraisal.weights

    @property
    def utility(self) -> Floats:
        """The score U (n,); differences count, not its level."""
        return self.appraisal.utility

    @cached_property
    def parts(self) -> pd.DataFrame:
        """What each weighed criterion adds to the score (n, k); each row sums to it."""
        return scoring.contributions(self.values, self.weights)

    @cached_property
    def chance(self) -> Floats:
        """P of each place (n,); sums to 1."""
        return scoring.chance(self.utility)

    @cached_property
    def order(self) -> NDArray[np.intp]:
        """Positions from best to worst (n,)."""
        return scoring.rank_order(self.utility, self.places["site_id"])

    @cached_property
    def notes(self) -> tuple[str, ...]:
        """Sentences on how the user's list was read, and on names that nothing answers to."""
        names = unmatched.sentences(self.study, self.facts, _compared(self))
        return (*self.selection.notes, *names)

    @cached_property
    def worked_out(self) -> dict[str, Any]:
        """What has been worked out of the whole plan once, by function; see `once_a_plan`."""
        return {}

    @cached_property
    def zone_names(self) -> list[str]:
        """Names of the siting zones, in their order."""
        return zone_names(self.places, self.zones)

    @cached_property
    def names(self) -> Names:
        """What each candidate may be called, those that may be built on before the barred."""
        return names_of(pd.concat([self.places, self.barred], ignore_index=True))

    @cached_property
    def demand_cluster(self) -> NDArray[np.intp]:
        """Cluster of demand that each gigafactory lies in, -1 for none (m,)."""
        return demand_clusters(self.demand.plants)

    @property
    def percentile(self) -> Floats:
        """Share of the places that rank below each (n,)."""
        below = len(self.order) - self.rank
        return np.asarray(below / max(len(self.order) - 1, 1))

    @property
    def rank(self) -> NDArray[np.intp]:
        """Rank of each candidate among all, 1 for the best (n,)."""
        rank = np.empty(len(self.order), dtype=np.intp)
        rank[self.order] = np.arange(1, len(self.order) + 1)
        return rank


def _compared(plan: Plan) -> unmatched.Compared:
    places, barred = plan.selection.places, plan.selection.barred
    if plan.screen is None:
        return unmatched.Compared(places, barred)
    land = plan.screen.land
    free = np.unique(land.place[np.isfinite(plan.screen.utility)])
    countries = frozenset(land.places["country"].iloc[free])
    return unmatched.Compared(places, barred, land.places, countries)


def weighed(plan: Plan) -> list[str]:
    """Return the criteria that weigh something in the study, in the order of the registry."""
    return [str(name) for name in plan.weights.index]


def once_a_plan(make: Callable[[Plan], Made]) -> Callable[[Plan], Made]:
    """Let what a function returns be worked out once for each plan; callers must not change it."""

    @wraps(make)
    def once(plan: Plan) -> Made:
        name = f"{make.__module__}.{make.__qualname__}"
        if name not in plan.worked_out:
            plan.worked_out[name] = make(plan)
        made: Made = plan.worked_out[name]
        return made

    return once


@once_a_plan
def advantages(plan: Plan) -> pd.DataFrame:
    """Return by what each criterion multiplies the odds against the median place, as ln (n, k).

    The median place has the median contribution of every criterion. The sum over a row is the
    logarithm of the odds of the place against it.
    """
    return scoring.ODDS * (plan.parts - plan.parts.median())


def country_chances(plan: Plan) -> pd.Series:
    """Return P of each country, the sum over its places, largest first."""
    total = scoring.by_country(plan.chance, plan.places["country"])
    return total.sort_values(ascending=False, kind="stable")
