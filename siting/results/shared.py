"""What several outputs of one plan say: worked out once and handed to each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from siting.market.surface import demand_surface
from siting.model.archetypes import Archetype, archetype_names, archetypes
from siting.model.plan import Plan
from siting.results.data_age import data_age
from siting.results.money_tables import money_at
from siting.world import policy


@dataclass(frozen=True, eq=False)
class Shared:
    """Of the sites that stand for the zones, in the plan's order.

    Attributes
    ----------
    kinds : tuple of Archetype
    archetype : list of str
        The name of each site's.
    laws : DataFrame
        As `laws_at`.
    money : DataFrame
        As `siting.results.money_tables.money_at`.
    surface : DataFrame
        As `siting.market.surface.demand_surface`.
    age : DataFrame
        As `siting.results.data_age.data_age`.
    """

    kinds: tuple[Archetype, ...]
    archetype: list[str]
    laws: pd.DataFrame
    money: pd.DataFrame
    surface: pd.DataFrame
    age: pd.DataFrame


def shared_of(plan: Plan) -> Shared:
    """Work out what the outputs of a plan share."""
    heads, kinds = plan.zones.head, archetypes(plan)
    return Shared(
        kinds=kinds,
        archetype=archetype_names(plan, kinds, heads),
        laws=laws_at(plan, heads),
        money=money_at(plan, heads),
        surface=demand_surface(plan.demand, plan.study.reach.customers_usd_per_t),
        age=data_age(plan),
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
    laws = laws[fits & policy.applies_to_product(laws, plan.study.product)]
    nth, law = np.nonzero(policy.coverage(laws, plan.places.iloc[positions]))
    here = laws.iloc[law].reset_index(drop=True)
    here.insert(0, "nth", nth)
    return here
