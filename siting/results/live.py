"""Places for the map to rank by itself, when a reader turns the weights.

A page cannot hold every candidate, and a reader looks at the first of a list. So those are taken
that lead, stand for or could lead a siting zone: by the study's own weights, by each strategy
alone, by each preset and stakeholder; then every named site, because it stands for any zone that
it lies in; then the leaders when one criterion weighs half of a strategy; then the best by the
study's own weights. Under the first group of settings the list of the page is that of a plan,
zone for zone (`tests/test_live.py`); under others it may miss a place, and the page says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import zip_longest

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.places import country_names
from maps.live import Live, View, Way, Weighed
from siting.market.access import EARTH_RADIUS_KM
from siting.model import clusters, scoring
from siting.model.appraisal import score
from siting.model.plan import Plan
from siting.study.criteria import CRITERIA
from siting.study.strategies import STRATEGIES, Tree, even_prior
from siting.study.study import Study
from siting.study.studyfile import PRESETS, preset
from siting.study.weights import leaf_weights, tree_of, weighs_something

Positions = NDArray[np.intp]
Floats = NDArray[np.float64]
MOST = 2000
SEARCHED = 3000  # places looked at for the leaders of a setting that need not be exact


def live(plan: Plan, most: int = MOST) -> Live:
    """Return the places of a plan that its page ranks, with all that a score is made of.

    Parameters
    ----------
    plan : Plan
    most : int
        How many places; those of the first settings and the named sites are all in, however many.
    """
    views = _views(plan)
    keys = [c for c in CRITERIA if any(c in _leaves(v.trees[s]) for v in views for s in v.trees)]
    own = _scored(plan, views[0].trees)
    chosen = _chosen(plan, views, own, most)
    chosen = chosen[np.argsort(plan.places["site_id"].to_numpy(dtype=str)[chosen], kind="stable")]
    places = plan.places.iloc[chosen].reset_index(drop=True)
    region = places["region_name"] if "region_name" in places else pd.Series("", places.index)
    listing = plan.study.listing
    half = min(listing.zone_km / 2 / EARTH_RADIUS_KM, np.pi)

    def of(frame: pd.DataFrame) -> pd.DataFrame:
        return frame[keys].iloc[chosen].reset_index(drop=True)

    return Live(
        places=places[["site_id", "name", "country", "kind"]].assign(
            country_name=places["country"].map(country_names()).fillna(""),
            region_name=region.fillna(""),
            lat=places["lat"].astype(float),
            lon=places["lon"].astype(float),
            stands=places["kind"].isin(clusters.NAMED),
        ),
        criteria=tuple(
            Weighed(c, CRITERIA[c].name, CRITERIA[c].unit, CRITERIA[c].pillar) for c in keys
        ),
        values=of(plan.values),
        raw=of(plan.measures.raw),
        imputed=of(plan.measures.imputed).astype(bool),
        ways=tuple(
            Way(key, STRATEGIES[key].name, STRATEGIES[key].short, STRATEGIES[key].reasoning)
            for key in own
        ),
        gates=pd.DataFrame({key: s.price_gate[chosen] for key, s in own.items()}),
        entry=np.asarray(plan.measures.openness, dtype=float)[chosen],
        views=views,
        sharpness=plan.study.sharpness,
        zones=listing.zones,
        near=float(np.cos(half)),
        concentration=plan.study.confidence.concentration,
        compared=len(plan.places),
    )


def _leaves(tree: Tree) -> list[str]:
    return [criterion for _, criteria in tree.values() for criterion in criteria]


def _views(plan: Plan) -> tuple[View, ...]:
    """Return the study's own weights, those of the presets and of the stakeholders.

    Of a preset only what it weighs: date, price and investor stay the study's.
    """
    study = plan.study
    prior = study.prior or even_prior()

    def view(name: str, kind: str, held: Study) -> View:
        trees = {s: tree_of(held, s) for s in STRATEGIES}
        sound = {s: trees[s] if weighs_something(trees[s]) else STRATEGIES[s].tree for s in trees}
        given = held.prior or prior
        return View(name, kind, held.strategy, sound, {s: given.get(s, 0.0) for s in STRATEGIES})

    views = [view(study.name, "study", study)]
    views += [view(key.replace("_", " ").capitalize(), "preset", preset(key)) for key in PRESETS]
    views += [view(name, "stakeholder", study.seen_by(name)) for name in study.stakeholders]
    return tuple(views)


def _scored(plan: Plan, trees: Mapping[str, Tree]) -> dict[str, scoring.StrategyScore]:
    weights = {name: leaf_weights(tree) for name, tree in trees.items()}
    return score(plan.values, weights, plan.measures)


def _chosen(
    plan: Plan, views: tuple[View, ...], own: Mapping[str, scoring.StrategyScore], most: int
) -> Positions:
    """Return positions of the places to rank, see the module; each once."""
    named = np.flatnonzero(plan.places["kind"].isin(clusters.NAMED).to_numpy())
    taken = np.zeros(len(plan.places), dtype=bool)
    taken[named] = True
    for ranked in _settings(plan, views):
        taken[_leading(plan, _order(ranked), plan.study.listing.zones)] = True
    further = np.concatenate([_interleaved(_leaning(plan, own, named)), plan.order])
    room = max(0, most - int(taken.sum()))
    taken[pd.unique(further[~taken[further]])[:room]] = True
    return np.flatnonzero(taken)


def _order(score: Floats) -> Positions:
    """Return positions from best to worst; a plan's places are sorted by what breaks ties."""
    return np.argsort(-np.round(score, 12), kind="stable")


def _settings(plan: Plan, views: tuple[View, ...]) -> Iterator[Floats]:
    """Yield the scores of all places under each view and each strategy alone, each once."""
    done: list[tuple[object, ...]] = []
    for view in views:
        strategies = _scored(plan, view.trees)
        score = {name: s.score for name, s in strategies.items()}
        for name in ("mixture", *score):
            tree = view.trees if name == "mixture" else view.trees[name]
            key = (name, tree, view.prior if name == "mixture" else None)
            if key in done:
                continue
            done.append(key)
            if name != "mixture":
                yield score[name]
            elif sum(view.prior.values()) > 0:
                yield scoring.mix(score, view.prior, plan.study.sharpness)[0]


def _leading(plan: Plan, order: Positions, zones: int) -> Positions:
    """Return the places that make the zones of an order what they are.

    They are looked for among the first places and the named ones, which may stand for a zone from
    any rank, and among more until a further place could change nothing: no head lies beyond the
    first ones, and one of these is in no zone, so that none of the others leads one.
    """
    named = plan.places["kind"].isin(clusters.NAMED).to_numpy()[order]
    first = SEARCHED
    while True:
        near = order[named | (np.arange(len(order)) < first)]
        found = _zones(plan, near, zones)
        sure = len(found.head) == zones and found.head.max() < first
        if (sure and (found.zone[:first] == 0).any()) or first >= len(order):
            return _makers(near, found)
        first *= 4


def _leaning(
    plan: Plan, own: Mapping[str, scoring.StrategyScore], named: Positions
) -> Iterator[Positions]:
    """Yield the leaders when a criterion weighs half of a strategy, best first."""
    is_named = np.zeros(len(plan.places), dtype=bool)
    is_named[named] = True
    for strategy in own.values():
        gates = strategy.price_gate * strategy.entry_gate
        for criterion in strategy.contributions.columns:
            value = plan.values[criterion].to_numpy(dtype=float) * gates
            order = _order((strategy.score + value) / 2)
            near = order[is_named[order] | (np.arange(len(order)) < SEARCHED)]
            yield _makers(near, _zones(plan, near, plan.study.listing.top))


def _zones(plan: Plan, order: Positions, zones: int) -> clusters.Zones:
    """Return the zones of some places, best first; positions are those in `order`."""
    places = plan.places[["lat", "lon", "kind"]].iloc[order]
    return clusters.siting_zones(
        places, np.arange(len(order)), zones=zones, extent_km=plan.study.listing.zone_km
    )


def _makers(order: Positions, found: clusters.Zones) -> Positions:
    """Return what makes zones what they are.

    Those are the heads, the best of each zone, who led it, and the leaders of what came to stand
    behind the last zone: they are among the places in no zone before its head.
    """
    _, best = np.unique(found.zone, return_index=True)
    loose = np.flatnonzero(found.zone[: found.head.max()] == 0)
    return np.asarray(order[np.unique(np.concatenate([found.head, best, loose]))])


def _interleaved(lists: Iterable[Positions]) -> Positions:
    """Return the first of each list, then the second of each, and so on."""
    rows = zip_longest(*lists, fillvalue=-1)
    flat = np.fromiter((at for row in rows for at in row), dtype=np.intp)
    return flat[flat >= 0]
