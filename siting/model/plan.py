"""A plan: everything that a study says of its candidates."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from siting.market.customers import Customers, Demand
from siting.model import scoring
from siting.model.measure import Measures
from siting.model.zones import Zones
from siting.study.study import Study
from siting.world.exclusions import Account
from siting.world.facts import Facts
from siting.world.h3land import Land

Floats = NDArray[np.float64]


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
    weights : Series
        Of the criteria that weigh something; sums to `siting.study.weights.TOTAL`.
    parts : DataFrame (n, weighed criteria)
        What each adds to the score; each row sums to it.
    utility : ndarray (n,)
        The score U; differences count, not its level.
    chance : ndarray (n,)
        P of each place; sums to 1.
    order : ndarray (n,)
        Positions from best to worst.
    zones : Zones
    demand_cluster : ndarray (m,)
    confidence : Confidence or None
        How sure the order of the zones is; None where the study asks for no draws.
    screen : Screen or None
        The cells that the candidates were chosen from, where the study screens whole regions.
    notes : tuple of str
        Sentences on how the user's list was read, where that was not plain to see.
    exclusions : tuple of Account
        What each of the study's own layers excludes.
    given : ndarray of str
        `site_id` of every place of the user's own list; empty where there is none.
    """

    study: Study
    as_of: dt.date
    price_usd_per_t: float
    facts: Facts
    demand: Demand
    places: pd.DataFrame
    barred: pd.DataFrame
    customers: Customers
    measures: Measures
    values: pd.DataFrame
    weights: pd.Series
    parts: pd.DataFrame
    utility: Floats
    chance: Floats
    order: NDArray[np.intp]
    zones: Zones
    demand_cluster: NDArray[np.intp]
    confidence: Confidence | None = None
    screen: Screen | None = None
    notes: tuple[str, ...] = ()
    exclusions: tuple[Account, ...] = ()
    given: NDArray[np.object_] = field(default_factory=lambda: np.empty(0, dtype=object))

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


def weighed(plan: Plan) -> list[str]:
    """Return the criteria that weigh something in the study, in the order of the registry."""
    return [str(name) for name in plan.weights.index]


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
