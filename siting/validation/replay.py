"""The ranking against plants that were really announced.

Each plant is ranked by a study of the eve of its announcement: its own owner, product and size, and
nothing that became known later. Its own point joins the candidates and is measured as a town is;
what counts is how many of them score lower, and what probability the model gave to the place and
to its country. docs/backtest.md has the protocol.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.arrays import Floats
from geodata.errors import Fault, SitingError
from geodata.sphere import great_circle_km
from siting.freight.freight import Toll
from siting.market.access import nearest_km
from siting.market.customers import (
    STOPS,
    Costs,
    Customers,
    Demand,
    coordinates,
    known_demand,
)
from siting.market.demand import known_on
from siting.market.owner import unknown_firms
from siting.model import scoring, zones
from siting.model.appraisal import Appraisal, rate, value
from siting.model.measure import measure
from siting.study.sources import Candidates
from siting.study.study import Study
from siting.study.studyfile import changed
from siting.support.interrupt import stop_if_asked
from siting.support.progress import Progress, Stages, silent
from siting.validation.plants import Chosen
from siting.world import candidates, facts, gates
from siting.world.located import located

Plant = Mapping[Hashable, Any]

SETS = {"towns": "town", "sites": "industrial site"}
RANKINGS = {
    "model": "the model",
    "tie_power": "tie and power",
    "power_price": "power price",
    "delivered_cost": "delivered cost",
    "compatriots": "compatriots",
    "nearest_anode": "nearest anode plant",
    "country": "country alone",
    "random": "random, expected",
}
FEW = 5  # candidates of a country below which no plant is ranked within it
TENTH = 0.1
LANES = 3  # states of the sea lanes whose freight is kept at a time
ZONES, NEAR_KM = 25, 100.0
FIRST_COUNTRIES = 3
READ = [*candidates.COLUMNS, "status", "rail"]  # of the candidates: what moves a score
BARRED = -1e3  # U of a place that may not be built on: below every other
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
    standing : DataFrame (p)
        Of the model at the plant: utility, ln_chance (ln P of its place), ln_random (that of a
        place drawn by lot), country_rank, country_chance, openness, tied, barred (the law bars
        this investor there, and the percentile is 0).
    ranks : dict of DataFrame (p)
        By key of `RANKINGS`: towns and sites (percentile in the set), towns_country and
        sites_country (within the plant's country; NaN below `FEW`), towns_tenth and sites_tenth
        (1 in the best tenth), near_km (to the nearest centre of the `ZONES` zones), near (1 within
        `NEAR_KM`), country_first (1 where its country is among the first `FIRST_COUNTRIES`).
    calibration : DataFrame
        One row a plant and country: chance, seen (1 for the plant's own country).
    without : DataFrame
        One row a plant and weighed criterion: towns, sites, the percentiles of the sum without it.
    """

    study: Study
    chosen: Chosen
    standing: pd.DataFrame
    ranks: dict[str, pd.DataFrame]
    calibration: pd.DataFrame
    without: pd.DataFrame


@dataclass(frozen=True, eq=False)
class _Ground:
    """What all dates share: candidates with the plants after them, and freight to every stop.

    `freight` holds the last few fields by the tolls of events that their dates know of.
    """

    study: Study
    own: candidates.Own
    places: pd.DataFrame
    freight: dict[tuple[Toll, ...], Costs] = field(default_factory=dict)


@dataclass(frozen=True)
class Eve:
    """The candidates as they were on the eve of one announcement; the plant's own point last.

    Attributes
    ----------
    known : Facts
    seen : Appraisal (n + 1)
    barred : bool
        Whether the law bars this investor at the plant.
    """

    known: facts.Facts
    seen: Appraisal
    barred: bool


def backtest(study: Study, chosen: Chosen, stages: Stages | None = None) -> Backtest:
    """Rank every plant among the candidates on the eve of its announcement.

    Parameters
    ----------
    study : Study
        Everything but date, owner, product and capacity; of its candidates only countries and the
        smallest town.
    chosen : Chosen
    stages : Stages, optional
        Told what is being done, for a progress bar and timings.

    Raises
    ------
    SitingError
        When the study does not fit, or a table knows a plant before its announcement.
    """
    stages = stages or silent()
    with stages("freight") as progress:
        ground = prepared(study, chosen.plants, progress)
    plants = chosen.plants.to_dict("records")
    result = []
    with stages("plants") as progress:
        for plant in plants:
            result.append(_rank(eve(ground, plant), plant))
            progress(len(result), len(plants))
            stop_if_asked()
    ranks = {name: pd.DataFrame([one.ranks[name] for one in result]) for name in RANKINGS}
    return Backtest(
        ground.study,
        chosen,
        pd.DataFrame([one.standing for one in result]),
        ranks,
        pd.concat([one.countries for one in result], ignore_index=True),
        pd.concat([one.without for one in result], ignore_index=True),
    )


def percentile(own: float, others: Floats) -> float:
    """Share of `others` that score lower, ties half; NaN without any.

    The area under the curve of one positive among `others` (Hanley and McNeil 1982); its mean
    over plants is the AUC.
    """
    if not len(others):
        return float("nan")
    return float((np.sum(others < own) + 0.5 * np.sum(others == own)) / len(others))


def prepared(study: Study, plants: pd.DataFrame, progress: Progress | None = None) -> _Ground:
    """Place candidates and plants once, and price the freight from all of them to every stop."""
    some = study.candidates
    compared = Candidates(
        sets=("industrial_sites", "towns"),
        countries=some.countries,
        min_population=some.min_population,
    )
    study = study.model_copy(update={"candidates": compared})
    result = candidates.gather(study, candidates.industrial_sites(study))
    area = located(plants)
    tested = plants[["name", "lat", "lon"]].assign(
        site_id="plant-" + plants["id"], kind="plant", **{str(c): area[c].to_numpy() for c in area}
    )
    places = pd.concat([result, tested], ignore_index=True)[READ]
    ground = _Ground(study, candidates.read_own(study), places)
    if len(plants):  # the date that most plants share its lanes with
        eves = plants["as_of"].sort_values(kind="stable")
        then = changed(study, {"as_of": eves.iloc[len(eves) // 2]})
        _freight(ground, known_demand(then, facts.load(then), progress))
    return ground


def eve(ground: _Ground, plant: Plant) -> Eve:
    """Appraise all candidates, and the plant's own point, as of the eve of its announcement."""
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
    customers = _seen(demand, _freight(ground, demand), kept)
    measures = measure(study, known, places, customers, demand)
    seen = rate(study, places, customers, measures, value(study, measures.raw))
    return Eve(known, seen, bool(apart[own]))


@dataclass(frozen=True)
class _Ranked:
    """One plant: rows of `Backtest` before they are joined."""

    standing: dict[str, Any]
    ranks: dict[str, dict[str, float]]
    countries: pd.DataFrame
    without: pd.DataFrame


def _rank(before: Eve, plant: Plant) -> _Ranked:
    """Rank one plant under every ranking."""
    seen, places = before.seen, before.seen.places
    utility = seen.utility.copy()
    if before.barred:
        utility[-1] = BARRED
    chance = scoring.chance(utility)
    by_country = scoring.by_country(chance, places["country"])
    home = str(places["country"].iloc[-1])
    standing = {
        "utility": float(seen.utility[-1]),
        "ln_chance": float(np.log(max(chance[-1], 1e-300))),
        "ln_random": float(-np.log(len(utility))),
        "country_rank": float((by_country > by_country[home]).sum() + 1),
        "country_chance": float(by_country[home]),
        "openness": float(seen.measures.openness[-1]),
        "tied": bool(seen.measures.raw["tie"].iloc[-1] > 0),
        "barred": before.barred,
    }
    rivals = places.iloc[:-1].reset_index(drop=True)
    cut = zones.Cut.of(rivals, extent_km=2 * NEAR_KM)
    scores = rankings(before, utility)
    ranks = {name: ranks_of(places, values, cut) for name, values in scores.items()}
    shares = pd.DataFrame(
        {"plant": plant["id"], "country": by_country.index, "chance": by_country.to_numpy(),
         "seen": (by_country.index == home).astype(float)}
    )  # fmt: skip
    ranks["random"] = _by_chance(places, ranks["model"], by_country)
    return _Ranked(standing, ranks, shares, _without(before, plant, utility))


def _without(before: Eve, plant: Plant, utility: Floats) -> pd.DataFrame:
    """Return the percentiles of the sum without each of its criteria."""
    parts = scoring.contributions(before.seen.values, before.seen.weights)
    kind = before.seen.places["kind"].to_numpy()[:-1]
    rows = []
    for name in parts:
        left = np.round(utility - parts[name].to_numpy(dtype=float), _DECIMALS)
        shares = {key: percentile(left[-1], left[:-1][kind == of]) for key, of in SETS.items()}
        rows.append({"plant": plant["id"], "criterion": str(name), **shares})
    return pd.DataFrame(rows)


def _not_known_yet(plant: Plant, demand: Demand) -> None:
    """Refuse tables that know the plant on the eve of its announcement."""
    if demand.rivals["id"].eq(plant["id"]).any() or demand.plants["id"].eq(plant["id"]).any():
        what = f"known on {plant['as_of']}, the eve of the announcement under test"
        hint = "give the row of this id the same announced_date in both files"
        raise SitingError(Fault("anode_plants", what, hint, column="id", value=str(plant["id"])))


def _apart(ground: _Ground, study: Study, known: facts.Facts) -> NDArray[np.bool_]:
    """Whether each place is no site on the date for this investor (n,); as `world.selection`."""
    why = gates.gates(ground.places, study, known, ground.own)["rule_id"]
    return np.asarray(why.ne("").to_numpy(bool), dtype=bool)


def _freight(ground: _Ground, demand: Demand) -> Costs:
    """Return freight from every place to every stop, over the lanes as the date knows them."""
    tolls = demand.ways[1].tolls
    if tolls not in ground.freight:
        while len(ground.freight) >= LANES:
            del ground.freight[next(iter(ground.freight))]
        ground.freight[tolls] = demand.field.at(coordinates(ground.places))
    return ground.freight[tolls]


def _seen(demand: Demand, freight: Costs, kept: NDArray[np.intp]) -> Customers:
    """Return the stops of the date seen from the rows `kept` of the ground."""
    to = (freight[np.ix_(kept, demand.columns[name])] for name in STOPS)
    return Customers(demand.plants, demand.carmakers, demand.feedstock, *to)


def rankings(before: Eve, utility: Floats) -> dict[str, Floats]:
    """Return what each ranking but the random one thinks of n places, in units of U."""
    raw, values = before.seen.measures.raw, before.seen.values
    power = -raw["power_price"].to_numpy(dtype=float) / 120.0
    points = coordinates(before.seen.places)
    country = before.seen.places["country"].to_numpy()
    mean = pd.Series(utility[:-1]).groupby(country[:-1]).mean()
    scores = {
        "model": utility,
        "tie_power": values["tie"].to_numpy(dtype=float) + values["power_price"].to_numpy(float),
        "power_price": power,
        "delivered_cost": values["delivered_cost"].to_numpy(dtype=float),
        "compatriots": values["compatriots"].to_numpy(dtype=float),
        "nearest_anode": 1.0 / (1.0 + nearest_km(points, _anode_plants(before.known)) / 50.0),
        "country": pd.Series(country).map(mean).fillna(utility.min()).to_numpy(dtype=float),
    }
    if before.barred:
        for name, score in scores.items():
            scores[name] = np.append(score[:-1], BARRED)
    return scores


def _anode_plants(known: facts.Facts) -> Floats:
    """Return where the anode plants lie that are known on the date, the home market's too."""
    rows = known_on(known["anode_plants"], known.plants_on, "former_plan_ktpa")
    return rows.loc[rows["status"].ne("cancelled"), ["lat", "lon"]].to_numpy(dtype=float)


def ranks_of(places: pd.DataFrame, scores: Floats, cut: zones.Cut) -> dict[str, float]:
    """Return the ranks of the last place among the others; see `Backtest.ranks`.

    Parameters
    ----------
    places : DataFrame (n + 1)
        kind, country, lat, lon; the plant last.
    scores : ndarray (n + 1,)
        The more the better, in units of U.
    cut : Cut
        Of the n other places.
    """
    rounded = np.round(scores, _DECIMALS)
    own, others, rivals = float(rounded[-1]), rounded[:-1], places.iloc[:-1]
    home = rivals["country"].eq(places["country"].iloc[-1]).to_numpy()
    result: dict[str, float] = {}
    for name, kind in SETS.items():
        inside = rivals["kind"].eq(kind).to_numpy()
        within = others[inside & home]
        share = percentile(own, others[inside])
        result[name] = share
        result[f"{name}_country"] = percentile(own, within) if len(within) >= FEW else np.nan
        result[f"{name}_tenth"] = float(share >= 1 - TENTH) if np.isfinite(share) else np.nan
    result["near_km"] = float(_km(places, cut.centres(scores[:-1], ZONES)).min())
    result["near"] = float(result["near_km"] <= NEAR_KM)
    chance = scoring.by_country(scoring.chance(scores[:-1]), rivals["country"])
    of_home = chance.get(str(places["country"].iloc[-1]), 0.0)
    result["country_first"] = float((chance > of_home).sum() < FIRST_COUNTRIES)
    return result


def _by_chance(
    places: pd.DataFrame, like: Mapping[str, float], by_country: pd.Series
) -> dict[str, float]:
    """Return the expected ranks of a plant when places are drawn by lot; gaps as in `like`."""
    half = {"near_km": np.nan, **dict.fromkeys(like, 0.5)}
    result = {name: half[name] if np.isfinite(like[name]) else np.nan for name in like}
    for name in SETS:
        result[f"{name}_tenth"] = result[name] * TENTH / 0.5
    near = np.mean(_km(places, np.arange(len(places) - 1)) <= NEAR_KM)
    result["country_first"] = FIRST_COUNTRIES / len(by_country)
    return {**result, "near_km": np.nan, "near": float(1.0 - (1.0 - near) ** ZONES)}


def _km(places: pd.DataFrame, rows: NDArray[np.intp]) -> Floats:
    """Great-circle km from the last place to some others."""
    lat, lon = places["lat"].to_numpy(dtype=float), places["lon"].to_numpy(dtype=float)
    return np.asarray(great_circle_km(lat[-1], lon[-1], lat[rows], lon[rows]))
