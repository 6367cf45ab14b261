"""The tables of a plan: each made once, and handed to every output."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.places import country_name
from siting.market.demand import capacity_gwh
from siting.market.surface import demand_surface
from siting.model.archetypes import Archetype, archetype_names, archetypes
from siting.model.plan import Plan
from siting.money.valuation import money_table
from siting.results.columns import DRAWN, UNLISTED, as_written
from siting.results.data_age import data_age
from siting.results.neighbours import estates_of, runners_up
from siting.results.sites import site_table
from siting.scenarios.law_removal import without_laws
from siting.world import policy


@dataclass(frozen=True, eq=False)
class Tables:
    """What the outputs of a plan draw, list and write.

    Attributes
    ----------
    plan : Plan
    sites : DataFrame (zones)
        As `siting.results.sites.site_table`: one row a siting zone, nothing rounded.
    estates, runners_up : DataFrame
        As `siting.results.neighbours`.
    laws : DataFrame
        As `laws_at` the sites.
    money : DataFrame (zones)
        As `money_at` the sites.
    plants : DataFrame
        The gigafactories known on the date, with `capacity_gwh` in the demand year.
    kinds : tuple of Archetype
        Of the sites.
    surface : DataFrame
        As `siting.market.surface.demand_surface`.
    """

    plan: Plan
    sites: pd.DataFrame
    estates: pd.DataFrame
    runners_up: pd.DataFrame
    laws: pd.DataFrame
    money: pd.DataFrame
    plants: pd.DataFrame
    kinds: tuple[Archetype, ...]
    surface: pd.DataFrame

    @cached_property
    def age(self) -> pd.DataFrame:
        """As `siting.results.data_age.data_age`, which no map needs."""
        return data_age(self.plan)

    @cached_property
    def without_laws(self) -> pd.DataFrame:
        """As `siting.scenarios.law_removal.without_laws`, which takes seconds."""
        return without_laws(self.plan)


def tables_of(plan: Plan) -> Tables:
    """Make the tables of a plan."""
    heads, kinds = plan.zones.head, archetypes(plan)
    laws, money = laws_at(plan, heads), money_at(plan, heads)
    estates, others = estates_of(plan), runners_up(plan)
    named = archetype_names(plan, kinds, heads)
    return Tables(
        plan=plan,
        sites=site_table(plan, named, laws, money, estates, others),
        estates=estates,
        runners_up=others,
        laws=laws,
        money=money,
        plants=plants_of(plan),
        kinds=kinds,
        surface=demand_surface(plan.demand, plan.study.reach.customers_usd_per_t),
    )


def in_words(tables: Tables) -> Tables:
    """Return tables whose countries and kinds of site are named in the language of now."""
    words = {kind.name: kind.words for kind in tables.kinds}
    return replace(
        tables,
        sites=tables.sites.assign(
            country_name=tables.sites["country"].map(country_name),
            archetype=tables.sites["archetype"].map(words),
        ),
    )


def ranked_sites(plan: Plan, tables: Tables | None = None) -> pd.DataFrame:
    """Return the ranked list as a file holds it; `tables` saves time where they are at hand."""
    sites = (tables or tables_of(plan)).sites
    drawn = () if plan.confidence is not None else DRAWN
    return as_written(sites.drop(columns=[*UNLISTED, *drawn]))


def plants_of(plan: Plan) -> pd.DataFrame:
    """Return the gigafactories known on the date, with `capacity_gwh` in the demand year."""
    plants = plan.demand.plants
    return plants.assign(capacity_gwh=capacity_gwh(plants, plan.study.demand_year))


def money_at(plan: Plan, positions: NDArray[np.intp]) -> pd.DataFrame:
    """Return the money of candidates, see `siting.money.valuation.money_table` (positions)."""
    return money_table(
        plan.study,
        plan.facts,
        plan.places.iloc[positions].reset_index(drop=True),
        plan.measures.landed.take(positions),
        plan.customers.feed_freight[positions],
        plan.customers.feedstock,
    )


def laws_at(plan: Plan, positions: NDArray[np.intp]) -> pd.DataFrame:
    """Return the instruments in force at candidates that apply to this investor.

    Returns
    -------
    DataFrame
        `nth` (which of the positions, from 0, ascending), then the columns of the instruments.
    """
    laws = plan.facts.laws
    fits = policy.applies_to_owner(laws, plan.study.investor)
    laws = laws[fits & policy.applies_to_product(laws, plan.facts.product(plan.study))]
    nth, law = np.nonzero(policy.coverage(laws, plan.places.iloc[positions]))
    here = laws.iloc[law].reset_index(drop=True)
    here.insert(0, "nth", nth)
    return here
