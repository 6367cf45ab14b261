"""What one law, or the price, does to the first sites: they alone are scored again without it.

Exact for the sites scored, because a value never depends on the other candidates. What is not
looked for is a place outside the list, or one that the law bars, which would come in: that is a
whole plan (`siting.scenarios.compare`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from siting.market.customers import Customers, coordinates, seen_from
from siting.model import scoring
from siting.model.appraisal import score, value
from siting.model.measure import measure
from siting.model.plan import Plan
from siting.money import cost
from siting.study.strategies import STRATEGIES
from siting.world import policy
from siting.world.facts import Facts

Floats = NDArray[np.float64]

FIRST = 10  # sites whose laws are looked at
MOST_LAWS = 4  # taken out one at a time
LEAST = 1e-6  # share of its own size by which anything must change
FELT = 0.05  # points; a smaller change is not worth a word


@dataclass(frozen=True)
class Price:
    """How far what customers pay can move before the first site loses its place (USD/t).

    Attributes
    ----------
    down, up : float
        The nearest move either way, the up one positive and the down one negative; NaN where the
        first keeps its place within `reach`.
    after_down, after_up : int
        Position of the site that is first then; -1 for none.
    reach : float
    """

    down: float
    after_down: int
    up: float
    after_up: int
    reach: float


def without_laws(plan: Plan, laws: int = MOST_LAWS) -> pd.DataFrame:
    """Take the laws at the first sites out, one at a time.

    Returns
    -------
    DataFrame
        zone_id, instrument, status, lost (points of 100 that the first sites lose at most), site
        (position of the one that does), first (position of the new first), fallen_to (rank of the
        first site then), new (how many of the first ten are new); the largest loss first. Empty
        where no law moves any.
    """
    heads = plan.zones.head
    places = plan.places.iloc[heads].reset_index(drop=True)
    customers = seen_from(plan.demand, coordinates(places))
    before, first = plan.score[heads], min(FIRST, len(heads))
    rows = []
    for name in _that_bear(plan, places.iloc[:first])[:laws]:
        after = _scored(plan, _lifted(plan.facts, name), places, customers)
        lost = 100 * (before - after)[:first]
        if np.abs(lost).max() < FELT:
            continue
        order = _best_first(plan, after)
        row = plan.facts["policy_zones"].set_index("zone_id").loc[name]
        rows.append(
            {
                "zone_id": name,
                "instrument": str(row["instrument"]),
                "status": str(row["status"]),
                "lost": float(lost[np.abs(lost).argmax()]),
                "site": int(heads[np.abs(lost).argmax()]),
                "first": int(heads[order[0]]),
                "fallen_to": int(np.flatnonzero(order == 0)[0]) + 1,
                "new": int((order[:first] >= first).sum()),
            }
        )
    columns = ["zone_id", "instrument", "status", "lost", "site", "first", "fallen_to", "new"]
    table = pd.DataFrame(rows, columns=columns)
    return table.sort_values("lost", key=np.abs, ascending=False, kind="stable").reset_index(
        drop=True
    )


def price_of_first(plan: Plan) -> Price:
    """Return how far what customers pay may move before another site is first.

    Every site sells where it does, and the cost of a tonne stays; only the gate of the price
    moves. By whole USD, as far as half of what the first site is paid.
    """
    heads = plan.zones.head
    outcome = plan.measures.outcome.iloc[heads]
    reach = int(outcome["price"].iloc[0] / 2)
    moves = np.arange(-reach, reach + 1)
    scores = _scores_at(plan, outcome["earned"].to_numpy(dtype=float)[:, None] + moves)
    ahead = np.argmax(np.round(scores, 12), axis=0)  # the first of equals: the better ranked
    lost = np.flatnonzero(ahead != 0)
    below, above = lost[moves[lost] < 0], lost[moves[lost] > 0]

    def told(at: NDArray[np.intp]) -> tuple[float, int]:
        return (float(moves[at[0]]), int(heads[ahead[at[0]]])) if len(at) else (float("nan"), -1)

    return Price(*told(below[::-1]), *told(above), float(reach))


def _scores_at(plan: Plan, earned: Floats) -> Floats:
    """Score the first sites where a tonne earns so much (zones, k)."""
    heads, scores = plan.zones.head, {}
    affinity = plan.measures.raw["home_affinity"].to_numpy(dtype=float)[heads][:, None]
    for name, found in plan.strategies.items():
        strategy = STRATEGIES[name]
        gate = cost.viability(earned + strategy.premium_usd_per_t)
        if strategy.carried:
            gate = affinity + (1.0 - affinity) * gate
        gross = found.contributions.to_numpy()[heads].sum(axis=1)
        scores[name] = ((gross * found.entry_gate[heads])[:, None] * gate).ravel()
    return scoring.mix(scores, plan.prior, plan.study.sharpness)[0].reshape(earned.shape)


def _scored(plan: Plan, facts: Facts, places: pd.DataFrame, customers: Customers) -> Floats:
    measures = measure(plan.study, facts, places, customers, plan.demand)
    scored = score(value(plan.study, measures.raw), plan.weights, measures)
    single = {name: found.score for name, found in scored.items()}
    return scoring.mix(single, plan.prior, plan.study.sharpness)[0]


def _best_first(plan: Plan, scores: Floats) -> NDArray[np.intp]:
    ids = plan.places["site_id"].iloc[plan.zones.head].reset_index(drop=True)
    return scoring.rank_order(scores, ids)


def _lifted(facts: Facts, name: str) -> Facts:
    """Return the facts without one law."""
    return _only(facts, {*facts.laws["zone_id"], *facts.enacted["zone_id"],
                         *facts.scheduled["zone_id"]} - {name})  # fmt: skip


def _only(facts: Facts, names: set[str]) -> Facts:
    """Return the facts with no law but these."""
    laws, enacted, scheduled = (
        table[table["zone_id"].isin(list(names)).to_numpy()]
        for table in (facts.laws, facts.enacted, facts.scheduled)
    )
    return replace(facts, laws=laws, enacted=enacted, scheduled=scheduled)


def _that_bear(plan: Plan, places: pd.DataFrame) -> list[str]:
    """Return the laws whose absence the places would feel, those that most would be felt first."""
    every = pd.concat([plan.facts.laws, plan.facts.enacted, plan.facts.scheduled])
    every = every.drop_duplicates("zone_id")
    every = every[policy.applies_to_owner(every, plan.study.investor)]
    here = policy.coverage(every, places)
    names = sorted(every["zone_id"].to_numpy(dtype=str)[here.any(axis=0)])
    near = _only(plan.facts, {*names, *every.loc[every["strikes"].ne(""), "zone_id"]})
    now = _felt(plan, near, places)
    scale = np.maximum(np.abs(now).max(axis=0), 1e-9)
    felt = {n: np.abs((now - _felt(plan, _lifted(near, n), places)) / scale).sum() for n in names}
    return sorted((n for n in names if felt[n] > LEAST), key=lambda n: -felt[n])


def _felt(plan: Plan, facts: Facts, places: pd.DataFrame) -> Floats:
    """Return what the law does at places, without the cost of measuring it whole (n, k)."""
    investor, product = plan.study.investor, plan.study.product
    pull = facts.enacted[facts.enacted["role"].ne("explain")]
    paid = policy.usable(facts.scheduled, investor, product)
    paid = paid[~paid["zone_id"].isin(policy.struck(facts.laws, investor))]
    support = pull[pull["unit"].str.startswith("usd_per_veh")]
    columns = [
        policy.openness(facts.laws, places, investor),
        policy.capital_aid(facts.laws, places, investor, product),
        policy.capital_aid(policy.aimed(facts.laws), places, investor, product),
        policy.strongest(paid, "magnitude", places),
        policy.strongest(support, "magnitude", places),
        policy.present(pull[pull["theme"].isin(policy.DEMAND_LAWS)], places),
        policy.present(pull[pull["theme"].eq("investment_wave")], places),
        policy.origin_rule(pull, places, investor),
    ]
    return np.column_stack(columns)
