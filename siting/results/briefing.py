"""From a plan to the brief: what a board reads of it."""

from __future__ import annotations

import importlib.metadata

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.geometry import ATTRIBUTIONS
from geodata.places import country_names
from maps.brief import Brief, Cost, Kind, Said
from maps.layers import cost_part
from maps.locator import Ground
from maps.numerals import number
from siting.confidence.what_if import tornado
from siting.market.demand import capacity_gwh
from siting.market.market import nearest_customers
from siting.market.surface import BREAKS
from siting.model.plan import Plan, weighed
from siting.model.scoring import LOSSES, rank_order
from siting.results import brief_words
from siting.results.mapping import investor, long_date, question
from siting.results.ranking import pillar_points
from siting.results.shared import Shared, shared_of
from siting.scenarios.without import price_of_first, without_laws
from siting.study.criteria import CRITERIA, PILLARS
from siting.study.strategies import STRATEGIES

SITES, COSTED, KINDS = 10, 5, 3
Positions = NDArray[np.intp]


def brief_of(plan: Plan, shared: Shared | None = None) -> Brief:
    """Return what the brief of a plan says; the plan is not run again, but for single laws.

    `shared` saves time where it is at hand.
    """
    shared = shared or shared_of(plan)
    shown = plan.zones.head[:SITES]
    points = pillar_points(plan).iloc[shown]
    price, turned = price_of_first(plan), brief_words.passings(plan)
    kinds, laws = shared.kinds, shared.laws
    used = {CRITERIA[criterion].pillar for criterion in weighed(plan)}
    return Brief(
        title=question(plan),
        kicker=f"Siting brief, study {plan.study.name}",
        subtitle=f"{investor(plan)} investor, as known on {long_date(plan)}; "
        f"{number(len(plan.places))} places compared",
        answer=brief_words.answer(plan, points, price, turned),
        sites=_sites(plan, shown, points, shared.archetype[: len(shown)]),
        pillars=tuple((key, name) for key, name in PILLARS.items() if key in used),
        of_zones=len(plan.zones.head),
        draws=plan.confidence.draws if plan.confidence else 0,
        ground=_ground(plan, shared.surface),
        kinds=tuple(_kind(plan, kind.name, kind.sentence, kind.members) for kind in kinds[:KINDS]),
        of_kinds=len(kinds),
        strategies=_strategies(plan, len(shown)),
        changes=brief_words.changes(plan, price, turned),
        laws=_laws(plan),
        laws_seen=laws.loc[laws["nth"] < len(shown), "zone_id"].nunique(),
        costs=tuple(_cost(plan, rank, int(i)) for rank, i in enumerate(shown[:COSTED], start=1)),
        unknown=brief_words.unknown(plan, tornado(plan, int(shown[0]))),
        method=brief_words.method(plan),
        facts=_facts(plan),
        attributions=tuple(dict.fromkeys(ATTRIBUTIONS.values())),
    )


def _sites(plan: Plan, shown: Positions, points: pd.DataFrame, kinds: list[str]) -> pd.DataFrame:
    places = plan.places.iloc[shown].reset_index(drop=True)
    outcome = plan.measures.outcome.iloc[shown].reset_index(drop=True)
    freight = plan.customers.freight[shown]
    kt = plan.demand.plants["anode_kt"].to_numpy(dtype=float)
    near = nearest_customers(freight, kt, 1)[:, 0]
    imputed = plan.measures.imputed[weighed(plan)].iloc[shown].to_numpy(dtype=bool)
    return pd.DataFrame(
        {
            "rank": np.arange(1, len(shown) + 1),
            "name": places["name"],
            "country_name": places["country"].map(country_names()).fillna(""),
            "kind": kinds,
            "lat": places["lat"].astype(float),
            "lon": places["lon"].astype(float),
            "score": 100 * plan.score[shown],
            **{key: points[key].to_numpy() for key in PILLARS},
            "taken": points[list(LOSSES)].sum(axis=1).to_numpy(),
            **{name: _drawn(plan, name, len(shown))
               for name in ("p_first", "p_top10", "rank_low", "rank_high")},
            "delivered": outcome["delivered"],
            "earned": outcome["earned"],
            "customer": plan.demand.plants["name"].to_numpy()[near],
            "customer_usd_per_t": freight[np.arange(len(shown)), near].astype(float),
            "known": (~imputed).sum(axis=1),
            "total": imputed.shape[1],
        }
    )  # fmt: skip


def _drawn(plan: Plan, column: str, sites: int) -> NDArray[np.float64]:
    if plan.confidence is None:
        return np.full(sites, np.nan)
    return plan.confidence.table[column].to_numpy(dtype=float)[:sites]


def _ground(plan: Plan, surface: pd.DataFrame) -> Ground:
    plants = plan.demand.plants[["lat", "lon", "status"]].assign(
        gwh_2030=capacity_gwh(plan.demand.plants, plan.study.demand_year)
    )
    return Ground(
        plants,
        surface,
        BREAKS,
        frozenset(plan.places["country"]) - {""},
    )


def _kind(plan: Plan, name: str, sentence: str, members: tuple[str, ...]) -> Kind:
    heads = plan.zones.head
    ids = plan.places["site_id"].to_numpy(dtype=str)[heads]
    own = np.flatnonzero(np.isin(ids, members))
    outcome = plan.measures.outcome.iloc[heads[own]]
    profile = sentence.rsplit("; at their middle ", 1)[-1]
    return Kind(
        name=name,
        sentence=f"At their middle {profile}",
        sites=len(own),
        best=brief_words.name(plan, int(heads[own[0]])),
        rank=int(own[0]) + 1,
        delivered=float(outcome["delivered"].mean()),
        earned=float(outcome["earned"].mean()),
    )


def _strategies(plan: Plan, among: int) -> pd.DataFrame:
    """Return the listed sites' order by each strategy alone, where several are in play."""
    heads, names = plan.zones.head, country_names()
    ids = plan.places["site_id"].iloc[heads].reset_index(drop=True)
    rows = []
    for key, found in plan.strategies.items():
        order = rank_order(found.score[heads], ids)
        site = plan.places.iloc[heads[order[0]]]
        rows.append(
            {
                "name": STRATEGIES[key].name,
                "prior": plan.prior.get(key, 0.0),
                "first": str(site["name"]),
                "country_name": names.get(str(site["country"]), str(site["country"])),
                "new": int((order[:among] >= among).sum()),
                "fallen_to": int(np.flatnonzero(order == 0)[0]) + 1,
            }
        )
    table = pd.DataFrame(rows)
    return table if len(table) > 1 and len(heads) > 1 else table.iloc[:0]


def _laws(plan: Plan) -> pd.DataFrame:
    found = without_laws(plan)
    place = {column: [brief_words.name(plan, int(i)) for i in found[column]]
             for column in ("site", "first")}  # fmt: skip
    return found.assign(**place)


def _cost(plan: Plan, rank: int, position: int) -> Cost:
    stack = plan.measures.stack.iloc[position]
    parts: dict[str, float] = {}
    for part, usd in stack.items():
        group = "aid" if part in ("aid", "credit") else cost_part(str(part))[1]
        parts[group] = parts.get(group, 0.0) + float(usd)
    money, landed = brief_words.money_at(plan, position), plan.measures.landed
    way = money.delivered - float(landed.cost[position])
    site = plan.places.iloc[position]
    return Cost(
        rank=rank,
        name=str(site["name"]),
        country=country_names().get(str(site["country"]), str(site["country"])),
        parts=parts,
        delivered=money.delivered,
        low=float(landed.low[position]) + way,
        high=float(landed.high[position]) + way,
        price=money.price,
        parity=money.parity,
    )


def _facts(plan: Plan) -> tuple[Said, ...]:
    drawn = plan.confidence
    said = [
        Said("As known on", long_date(plan)),
        Said("Study", plan.study.name),
        Said("Places compared", number(len(plan.places))),
        Said("Set apart by a rule", number(len(plan.barred))),
        Said("Siting zones listed", number(len(plan.zones.head))),
        Said("Cell plants", number(len(plan.demand.plants))),
        Said("Laws in force", number(len(plan.facts.laws))),
        Said("Draws", number(drawn.draws) if drawn else "none"),
        *([Said("Seed", str(drawn.seed))] if drawn else []),
        Said("Planner", importlib.metadata.version("siting-planner")),
    ]
    return tuple(said)
