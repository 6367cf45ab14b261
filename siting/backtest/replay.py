"""The ranking against anode plants that were really announced.

Each plant is ranked by a study of the eve of its announcement: its own owner's home, product and
size, and nothing that became known later. Its own point joins the candidates and is measured as a
town is; what counts is how many of them score lower. docs/backtest.md has the protocol.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.errors import Fault, SitingError
from geodata.places import great_circle_km
from siting.backtest.plants import Chosen
from siting.market.customers import (
    STOPS,
    Costs,
    Customers,
    Demand,
    Progress,
    coordinates,
    known_demand,
)
from siting.market.owner import unknown_firms
from siting.model import clusters
from siting.model.appraisal import rate, value
from siting.model.measure import Measures, measure
from siting.study.study import Candidates, Study
from siting.study.studyfile import changed
from siting.support.interrupt import stop_if_asked
from siting.support.progress import Stages, silent
from siting.world import candidates, facts, policy
from siting.world.located import located

Floats = NDArray[np.float64]
Plant = Mapping[Hashable, Any]

SETS = {"towns": "town", "sites": "industrial site"}
RANKINGS = {
    "model": "the model",
    "population": "people near",
    "nearest_cells": "nearest cells",
    "accessible_demand": "cells in reach",
    "power_price": "power price",
    "delivered_cost": "delivered cost",
    "random": "random, expected",
}
FEW = 5  # candidates of a country below which no plant is ranked within it
TENTH = 0.1
ZONES, ZONE_KM, NEAR_KM = 25, 200.0, 100.0
READ = [*candidates.COLUMNS, "status", "rail"]  # of the candidates: what moves a score
_DECIMALS = 9  # scores that agree so far are one


@dataclass(frozen=True)
class Backtest:
    """Ranks of p plants.

    Attributes
    ----------
    study : Study
        What is the same for every plant.
    chosen : Chosen
        The plants that were ranked.
    stood : DataFrame (p)
        Of the model at the plant: score, strategy (the leading one), barred (the law bars this
        investor there, and the percentile is 0).
    ranks : dict of DataFrame (p)
        By key of `RANKINGS`: towns and sites (percentile in the set), towns_country and
        sites_country (within the plant's country; NaN below `FEW`), towns_tenth and sites_tenth
        (1 in the best tenth), near_km (to the nearest of the `ZONES` best zones), near (1 within
        `NEAR_KM`).
    """

    study: Study
    chosen: Chosen
    stood: pd.DataFrame
    ranks: dict[str, pd.DataFrame]


@dataclass(frozen=True)
class _Ground:
    """What all dates share: candidates with the plants after them, and freight to every stop."""

    study: Study
    own: candidates.Own
    places: pd.DataFrame
    freight: Costs


def backtest(study: Study, chosen: Chosen, stages: Stages | None = None) -> Backtest:
    """Rank every plant among the candidates on the eve of its announcement.

    Parameters
    ----------
    study : Study
        Everything but date, investor, product and capacity; of its candidates only countries and
        the smallest town.
    chosen : Chosen
    stages : Stages, optional
        Told what is being done, for a progress bar and timings.

    Raises
    ------
    SitingError
        When the study does not fit, or a table knows a plant before its announcement.
    """
    stages = stages or silent()
    some = study.candidates
    compared = Candidates(
        sets=("industrial_sites", "towns"),
        countries=some.countries,
        min_population=some.min_population,
    )
    study = study.model_copy(update={"candidates": compared})
    with stages("freight") as tell:
        ground = _ground(study, chosen.plants, tell)
    plants = chosen.plants.to_dict("records")
    found = []
    with stages("plants") as tell:
        for plant in plants:
            found.append(_rank(ground, plant))
            tell(len(found), len(plants))
            stop_if_asked()
    stood = pd.DataFrame([stands for stands, _ in found])
    ranks = {name: pd.DataFrame([rank[name] for _, rank in found]) for name in RANKINGS}
    return Backtest(study, chosen, stood, ranks)


def percentile(own: float, others: Floats) -> float:
    """Share of `others` that score lower, ties half; NaN without any.

    The area under the curve of one positive among `others` (Hanley and McNeil 1982); its mean
    over plants is the AUC.
    """
    if not len(others):
        return float("nan")
    return float((np.sum(others < own) + 0.5 * np.sum(others == own)) / len(others))


def _ground(study: Study, plants: pd.DataFrame, tell: Progress) -> _Ground:
    """Place candidates and plants once, and price the freight from all of them to every stop."""
    found = candidates.gather(study, candidates.industrial_sites(study))
    at = located(plants)
    tested = plants[["name", "lat", "lon"]].assign(
        site_id="plant-" + plants["id"], kind="plant", **{str(c): at[c].to_numpy() for c in at}
    )
    places = pd.concat([found, tested], ignore_index=True)[READ]
    field = known_demand(study, facts.load(study), tell).field
    return _Ground(study, candidates.read_own(study), places, field.at(coordinates(places)))


def _rank(ground: _Ground, plant: Plant) -> tuple[dict[str, Any], dict[str, dict[str, float]]]:
    """Return how the model stands at a plant, and its ranks under every ranking."""
    names = ("as_of", "investor", "product", "capacity_ktpa")
    study = changed(ground.study, {name: plant[name] for name in names})
    known = facts.load(study)
    # a user's own list may name firms of which the tables know nothing
    owner = "" if unknown_firms(plant["owner"], known) else plant["owner"]
    study = changed(study, {"owner": owner})
    demand = known_demand(study, known)
    _not_known_yet(plant, demand)
    apart = _apart(ground, study, known)
    own = int(np.flatnonzero(ground.places["site_id"].eq(f"plant-{plant['id']}"))[0])
    kept = np.append(np.flatnonzero(~apart & ground.places["kind"].ne("plant").to_numpy()), own)
    places = ground.places.iloc[kept].reset_index(drop=True)
    customers = _seen(demand, ground.freight, kept)
    measures = measure(study, known, places, customers, demand)
    seen = rate(study, places, customers, measures, value(study, measures.raw))
    score, shares = seen.score, seen.shares
    stood = {
        "score": float(score[-1]),
        "strategy": str(shares.iloc[-1].idxmax()),
        "barred": bool(apart[own]),
    }
    if apart[own]:
        score[-1] = -1.0  # below every place that may be built
    scores = rankings(score, measures, customers)
    ranks = {name: ranks_of(places, values) for name, values in scores.items()}
    return stood, {**ranks, "random": _by_chance(places, ranks["model"])}


def _not_known_yet(plant: Plant, demand: Demand) -> None:
    """Refuse tables that know the plant on the eve of its announcement."""
    if demand.rivals["id"].eq(plant["id"]).any():
        what = f"known on {plant['as_of']}, the eve of the announcement under test"
        mend = "give the row of this id the same announced_date in both files"
        raise SitingError(Fault("anode_plants", what, mend, column="id", value=str(plant["id"])))


def _apart(ground: _Ground, study: Study, known: facts.Facts) -> NDArray[np.bool_]:
    """Whether each place is no site on the date for this investor (n,); as `planner.sort_out`."""
    why = candidates.stand_apart(ground.places, study, known.closed, ground.own)["rule_id"]
    barred = policy.bars(known.laws, ground.places, study.investor) != ""
    return np.asarray(why.ne("").to_numpy(bool) | barred, dtype=bool)


def _seen(demand: Demand, freight: Costs, kept: NDArray[np.intp]) -> Customers:
    """Return the stops of the date seen from the rows `kept` of the ground."""
    to = (freight[np.ix_(kept, demand.columns[name])] for name in STOPS)
    return Customers(demand.plants, demand.carmakers, demand.feedstock, *to)


def rankings(score: Floats, measures: Measures, customers: Customers) -> dict[str, Floats]:
    """Return what each ranking but the random one thinks of n places, the more the better."""
    raw = measures.raw
    buying = customers.plants["anode_kt"].to_numpy(dtype=float) > 0
    return {
        "model": score,
        "population": raw["workforce"].to_numpy(dtype=float),
        "nearest_cells": -customers.freight[:, buying].min(axis=1).astype(float),
        "accessible_demand": raw["accessible_demand"].to_numpy(dtype=float),
        "power_price": -raw["power_price"].to_numpy(dtype=float),
        "delivered_cost": -raw["delivered_cost"].to_numpy(dtype=float),
    }


def ranks_of(places: pd.DataFrame, scores: Floats) -> dict[str, float]:
    """Return the ranks of the last place among the others; see `Backtest.ranks`.

    Parameters
    ----------
    places : DataFrame (n + 1)
        kind, country, lat, lon; the plant last.
    scores : ndarray (n + 1,)
        The more the better.
    """
    scores = np.round(scores, _DECIMALS)
    own, others, rivals = float(scores[-1]), scores[:-1], places.iloc[:-1]
    home = rivals["country"].eq(places["country"].iloc[-1]).to_numpy()
    found: dict[str, float] = {}
    for name, kind in SETS.items():
        inside = rivals["kind"].eq(kind).to_numpy()
        within = others[inside & home]
        share = percentile(own, others[inside])
        found[name] = share
        found[f"{name}_country"] = percentile(own, within) if len(within) >= FEW else np.nan
        found[f"{name}_tenth"] = float(share >= 1 - TENTH) if np.isfinite(share) else np.nan
    order = np.argsort(-others, kind="stable")  # places are sorted by site_id
    heads = clusters.siting_zones(rivals, order, zones=ZONES, extent_km=ZONE_KM).head
    found["near_km"] = float(_km(places, heads).min())
    found["near"] = float(found["near_km"] <= NEAR_KM)
    return found


def _by_chance(places: pd.DataFrame, like: Mapping[str, float]) -> dict[str, float]:
    """Return the expected ranks of a plant when places are drawn by lot; gaps as in `like`."""
    half = {"near_km": np.nan, **dict.fromkeys(like, 0.5)}
    found = {name: half[name] if np.isfinite(like[name]) else np.nan for name in like}
    for name in SETS:
        found[f"{name}_tenth"] = found[name] * TENTH / 0.5
    near = np.mean(_km(places, np.arange(len(places) - 1)) <= NEAR_KM)
    return {**found, "near_km": np.nan, "near": float(1.0 - (1.0 - near) ** ZONES)}


def _km(places: pd.DataFrame, rows: NDArray[np.intp]) -> Floats:
    """Great-circle km from the last place to some others."""
    lat, lon = places["lat"].to_numpy(dtype=float), places["lon"].to_numpy(dtype=float)
    return np.asarray(great_circle_km(lat[-1], lon[-1], lat[rows], lon[rows]))
