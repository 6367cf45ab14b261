"""Where each figure of a dossier is from: rows of the tables, with their dates and grades.

A figure that a reader sees (a criterion, a part of the cost, a price) is made of the figures of
`siting.confidence.evidence`, each read from rows; which figures move which part of the cost is
found by moving them one by one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from geodata.arrays import Positions
from maps.sources import Sources
from siting.confidence import leverage
from siting.confidence.evidence import Read, reads
from siting.model.plan import Plan
from siting.money import cost
from siting.money.landed import inputs_at, parameters_of, plant_of
from siting.results.data_age import described
from siting.study.criteria import CRITERIA
from siting.study.terms import COST_PARTS
from siting.world.conditions import conditions

NAMED = 3  # rows that a figure names, the largest first
LEAST = 0.02  # of a figure: what carries less is not named
FELT = 1e-9  # USD/t
PRICE = ("price_outside", "price_chinese")
LAW, PLANT = "policy_zones", "gigafactories"
TableRow = tuple[str, int]


def sources_of(
    plan: Plan, positions: Positions, laws: Iterable[str], plants: Iterable[str]
) -> Sources:
    """Return the rows that the dossiers of candidates are read from.

    Parameters
    ----------
    plan : Plan
    positions : ndarray of int (n,)
        Candidates, in the order of their dossiers.
    laws, plants : iterable of str
        Instruments and cell plants that the dossiers name.
    """
    seen = replace(plan, zones=replace(plan.zones, head=positions))
    places = plan.places.iloc[positions].reset_index(drop=True)
    local = conditions(plan.facts["place_factors"], places, plan.as_of)
    by_figure: dict[str, list[Read]] = {}
    for read in reads(seen, places, local):
        by_figure.setdefault(read.figure, []).append(read)
    figures = {name: _largest(group, len(positions)) for name, group in by_figure.items()}
    used = {row for rows in figures.values() for one in rows for row in one}
    used |= _named(plan, LAW, "instrument_id", laws) | _named(plan, PLANT, "id", plants)
    rows = sorted(used)
    number = {row: k for k, row in enumerate(rows)}
    return Sources(
        rows=_table(plan, rows),
        figures={name: [tuple(number[row] for row in one) for one in lists]
                 for name, lists in figures.items()},
        uses=_uses(plan, places, figures),
        laws=_keyed(plan, number, LAW, "instrument_id"),
        plants=_keyed(plan, number, PLANT, "id"),
    )  # fmt: skip


def _largest(group: list[Read], n: int) -> list[list[TableRow]]:
    """Return the rows that carry most of a figure at each place, the largest first (n)."""
    share = np.concatenate([read.share for read in group], axis=1)
    rows = [(read.table, int(row)) for read in group for row in read.rows]
    order = np.argsort(-share, axis=1, kind="stable")[:, :NAMED]
    return [[rows[k] for k in order[i] if share[i, k] >= LEAST] for i in range(n)]


def _positions(of: Iterable[str], ids: Iterable[str]) -> Positions:
    found = pd.Index(list(of)).get_indexer(pd.Index(list(ids)))
    return np.asarray(found, dtype=np.intp)


def _named(plan: Plan, table: str, key: str, ids: Iterable[str]) -> set[TableRow]:
    return {(table, int(i)) for i in _positions(plan.facts[table][key], ids) if i >= 0}


def _keyed(plan: Plan, number: Mapping[TableRow, int], table: str, key: str) -> dict[str, int]:
    """Return the number of the source of each row that is named by its key."""
    ids = plan.facts[table][key].to_numpy(dtype=object)
    return {str(ids[row]): k for (name, row), k in number.items() if name == table}


def _table(plan: Plan, rows: list[TableRow]) -> pd.DataFrame:
    """Return the rows as a reader meets them: what, value, as_of, period, confidence, source."""
    columns = ["what", "value", "as_of", "period", "confidence", "source"]
    parts = [pd.DataFrame(columns=columns)]
    for table in dict.fromkeys(name for name, _ in rows):
        at = np.array([row for name, row in rows if name == table], dtype=np.intp)
        parts.append(described(plan, table, at)[columns])
    return pd.concat([part for part in parts if len(part)] or parts, ignore_index=True)


def _uses(
    plan: Plan, places: pd.DataFrame, figures: Mapping[str, object]
) -> dict[str, tuple[str, ...]]:
    """Return the figures that each thing shown is made of, by its key."""
    parts = _figures_of_parts(plan, places)
    tonne = tuple(dict.fromkeys(name for part in parts.values() for name in part))
    whole = {"delivered_cost": tonne, "margin": (*PRICE, *tonne), "served_demand": (*PRICE, *tonne)}
    uses = {
        f"criterion:{criterion.name}": whole.get(name, tuple(leverage.CRITERIA.get(name, ())))
        for name, criterion in CRITERIA.items()
    }
    uses |= {f"cost:{COST_PARTS[part].name}": names for part, names in parts.items()}
    uses |= {"cost": tonne, "price": PRICE, "margin": whole["margin"], "estate": ("estate",)}
    known = {key: tuple(name for name in names if name in figures) for key, names in uses.items()}
    return {key: names for key, names in known.items() if names}


def _figures_of_parts(plan: Plan, places: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    """Return which figures move each part of the cost anywhere, those of the place first."""
    study, facts, customers = plan.study, plan.facts, plan.customers
    p = parameters_of(study, facts)
    plant = plant_of(study, facts, p)
    local = conditions(facts["place_factors"], places, plan.as_of)
    at = _positions(plan.places["site_id"], places["site_id"])
    inputs = inputs_at(study, facts, places, local, customers.feed_freight[at], customers.feedstock)
    base = cost.cost_stack(inputs, plant, p.central)
    moved = {
        figure: (cost.cost_stack(*changed) - base).abs().max()
        for figure, changed in leverage.grown(inputs, plant, p)
    }
    result = {}
    for part in COST_PARTS:
        ways = tuple(leverage.WAYS.get(part, ()))
        felt = {name: float(usd.get(part, 0.0)) for name, usd in moved.items()}
        by_size = sorted((name for name in felt if felt[name] > FELT),
                         key=lambda name: (-felt[name], name))  # fmt: skip
        result[part] = tuple(dict.fromkeys((*ways, *by_size)))
    return result
