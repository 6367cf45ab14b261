"""What one law does to the first sites: they alone are scored again without it.

Exact for the sites scored, because a value never depends on the other candidates. What is not
looked for is a place outside the list, or one that the law bars, which would come in: that is a
whole plan (`siting.scenarios.compare`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.arrays import Floats
from siting.confidence.shares import head_start
from siting.market.customers import Customers, coordinates, freight_to_customers
from siting.model import scoring
from siting.model.appraisal import utility_of, value
from siting.model.measure import measure
from siting.model.plan import Plan
from siting.study.product import Product
from siting.world import policy, pull
from siting.world.facts import Facts

FIRST = 10  # sites whose laws are looked at
MOST_LAWS = 4  # taken out one at a time
LEAST = 1e-6  # share of its own size by which anything must change
FELT = 1.01  # times the odds; a smaller change is not worth a word
COLUMNS = ["instrument_id", "instrument", "status", "factor", "site", "first", "fallen_to", "new"]
# What laws move, and the criteria that feel it.
COST = ("delivered_cost", "margin", "served_demand")


def without_laws(plan: Plan, laws: int = MOST_LAWS) -> pd.DataFrame:
    """Take the laws at the first sites out, one at a time.

    A zone moves as the site that stands for it; the order is by what the zones then weigh, those
    without a known estate last, as in the list.

    Returns
    -------
    DataFrame
        instrument_id, instrument, status, factor (by what the law's absence multiplies the odds of
        one of the first sites, the largest change either side of 1), site (its position), first
        (position of the new first), fallen_to (rank of the first site then), new (how many of the
        first ten are new); the largest change first. Empty where no law moves any.
    """
    heads = plan.zones.head
    places = plan.places.iloc[heads].reset_index(drop=True)
    customers = freight_to_customers(plan.demand, coordinates(places))
    first, ahead = min(FIRST, len(heads)), head_start(plan)
    rows = []
    for name in _relevant_laws(plan, places.iloc[:first])[:laws]:
        after = _utility(plan, _lifted(plan.facts, name), places, customers)
        moved = scoring.ODDS * (after - plan.utility[heads])[:first]
        most = int(np.abs(moved).argmax())
        if np.exp(np.abs(moved[most])) < FELT:
            continue
        order = _best_first(plan, after + ahead)
        row = plan.facts["policy_zones"].set_index("instrument_id").loc[name]
        rows.append(
            {
                "instrument_id": name,
                "instrument": str(row["instrument"]),
                "status": str(row["status"]),
                "factor": float(np.exp(moved[most])),
                "site": int(heads[most]),
                "first": int(heads[order[0]]),
                "fallen_to": int(np.flatnonzero(order == 0)[0]) + 1,
                "new": int((order[:first] >= first).sum()),
            }
        )
    table = pd.DataFrame(rows, columns=COLUMNS)
    change = np.abs(np.log(table["factor"].to_numpy(dtype=float)))
    return table.iloc[np.argsort(-change, kind="stable")].reset_index(drop=True)


def _utility(plan: Plan, facts: Facts, places: pd.DataFrame, customers: Customers) -> Floats:
    """Score places under other facts (n,)."""
    measures = measure(plan.study, facts, places, customers, plan.demand)
    return utility_of(value(plan.study, measures.raw), plan.weights)


def _best_first(plan: Plan, weight: Floats) -> NDArray[np.intp]:
    """Return the zones in the order of the list, by ln of what they weigh over k."""
    ids = plan.places["site_id"].iloc[plan.zones.head].to_numpy(dtype=str)
    return np.lexsort((ids, -np.round(weight, scoring.DECIMALS), ~plan.zones.scouted))


def _lifted(facts: Facts, name: str) -> Facts:
    """Return the facts without one law."""
    return _only(facts, {*facts.laws["instrument_id"], *facts.enacted["instrument_id"],
                         *facts.scheduled["instrument_id"]} - {name})  # fmt: skip


def _only(facts: Facts, names: set[str]) -> Facts:
    """Return the facts with no law but these."""
    laws, enacted, scheduled = (
        table[table["instrument_id"].isin(list(names)).to_numpy()]
        for table in (facts.laws, facts.enacted, facts.scheduled)
    )
    return replace(facts, laws=laws, enacted=enacted, scheduled=scheduled)


def _relevant_laws(plan: Plan, places: pd.DataFrame) -> list[str]:
    """Return the laws whose absence the places would feel, those that most would be felt first."""
    every = pd.concat([plan.facts.laws, plan.facts.enacted, plan.facts.scheduled])
    every = every.drop_duplicates("instrument_id")
    every = every[policy.applies_to_owner(every, plan.study.investor)]
    here = policy.coverage(every, places)
    names = sorted(every["instrument_id"].to_numpy(dtype=str)[here.any(axis=0)])
    near = _only(plan.facts, {*names, *every.loc[every["strikes"].ne(""), "instrument_id"]})
    now = _effects(plan, near, places)
    scale = np.maximum(np.abs(now).max(axis=0), 1e-9)
    felt = {
        n: np.abs((now - _effects(plan, _lifted(near, n), places)) / scale).sum() for n in names
    }
    return sorted((n for n in names if felt[n] > LEAST), key=lambda n: -felt[n])


def _effects(plan: Plan, facts: Facts, places: pd.DataFrame) -> Floats:
    """Return what the law does to criteria that weigh, without the cost of measuring it (n, k)."""
    investor, product = plan.study.investor, facts.product(plan.study)
    aid = (*COST, "targeted_aid")
    # events stay whatever law is taken out, so the laws alone say what one does to entry
    columns: list[tuple[tuple[str, ...], Callable[[], Floats]]] = [
        (("openness",), lambda: policy.openness(facts.laws, places, investor)),
        (COST, lambda: policy.capital_aid(facts.laws, places, investor, product)),
        (
            ("targeted_aid",),
            lambda: policy.capital_aid(policy.aimed(facts.laws), places, investor, product),
        ),
        (aid, lambda: policy.strongest(_paid(facts, investor, product), "magnitude", places)),
        *(
            ((criterion,), partial(pull.strength, facts.enacted, criterion, places))
            for criterion in pull.AT_PLACES
        ),
        (("origin_rule",), lambda: _freed(plan, facts, len(places))),
    ]
    weighed = set(plan.weights.index)
    felt = [read() for criteria, read in columns if weighed.intersection(criteria)]
    return np.column_stack([np.zeros(len(places)), *felt])


def _freed(plan: Plan, facts: Facts, n: int) -> Floats:
    """Return the share of all demand that rules of origin leave to this investor alone (n,)."""
    plants = plan.customers.plants
    laws = pull.weighing(facts.enacted)
    share = policy.origin_rule(laws, plants, plan.study.investor, facts.product(plan.study))
    kt = plants["anode_kt"].to_numpy(dtype=float)
    return np.full(n, float(share @ kt) / float(kt.sum()))


def _paid(facts: Facts, investor: str, product: Product) -> pd.DataFrame:
    rows = policy.usable(facts.scheduled, investor, product)
    return rows[~rows["instrument_id"].isin(policy.struck(facts.laws, investor))]
