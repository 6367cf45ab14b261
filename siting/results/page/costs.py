"""What a tonne of some places costs and brings, as brief and printed atlas draw it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from geodata.arrays import Positions
from geodata.places import country_name
from maps.brief import Cost
from siting.model.plan import Plan
from siting.results.tables import Tables, money_at
from siting.results.text.confidence import short
from siting.study.terms import COST_PARTS, TAKEN_AWAY

FIGURES = (
    "delivered", "price", "parity", "pays", "pays_from", "pays_after_tax_from", "npv_musd",
    "irr_pct", "carbon_t_per_t",
)  # fmt: skip


def costs_at(plan: Plan, tables: Tables, positions: Positions) -> tuple[Cost, ...]:
    """Return the costs of candidates, each under the number of its zone, 0 for none.

    Parameters
    ----------
    plan : Plan
    tables : Tables
        Knows the money of the sites that stand for zones.
    positions : ndarray of int (n,)
    """
    worth = _money(plan, tables, positions)
    beyond = worth["delivered"] - worth["gate"]
    places = plan.places.iloc[positions]
    stacks = plan.measures.stack.iloc[positions]
    return tuple(
        Cost(
            rank=rank,
            name=short(places["name"].iloc[n]),
            country=country_name(places["country"].iloc[n]),
            parts=_groups(stacks.iloc[n]),
            low=float(worth["low"].iloc[n] + beyond.iloc[n]),
            high=float(worth["high"].iloc[n] + beyond.iloc[n]),
            **{key: float(worth[key].iloc[n]) for key in FIGURES},
        )
        for n, rank in enumerate(ranks_of(plan, positions))
    )


def ranks_of(plan: Plan, positions: Positions) -> list[int]:
    """Return the number of the zone that each candidate stands for, 0 for none (n)."""
    stands = np.isin(positions, plan.zones.head)
    return [int(zone) for zone in np.where(stands, plan.zones.zone[positions], 0)]


def _money(plan: Plan, tables: Tables, positions: Positions) -> pd.DataFrame:
    """Return `money_at` candidates, read where the tables have it already (n)."""
    ranks = np.array(ranks_of(plan, positions), dtype=np.intp)
    known = tables.money.iloc[ranks[ranks > 0] - 1].set_axis(np.flatnonzero(ranks > 0))
    if (ranks > 0).all():
        return known
    others = money_at(plan, positions[ranks == 0]).set_axis(np.flatnonzero(ranks == 0))
    return pd.concat([known, others]).sort_index()


def _groups(stack: pd.Series) -> dict[str, float]:
    """Return the parts of a cost by group, what is taken away as "aid"."""
    parts: dict[str, float] = {}
    for part, usd in stack.items():
        group = "aid" if part in TAKEN_AWAY else COST_PARTS[str(part)].group
        parts[group] = parts.get(group, 0.0) + float(usd)
    return parts
