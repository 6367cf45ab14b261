"""Places for the map to rank by itself, when a reader turns the weights.

A page cannot hold every candidate. Those are taken for certain that lead or stand for siting zones
by the study's own weights, by each lens and by each stakeholder, and every estate while they are no
more than `MOST_PLACES`. The others are sampled, the likelier the surer and spread over the world,
and one that is taken carries how many candidates it stands for; so shares of the page are sound
estimates under turned weights too. These numbers are scaled, zone by zone and country by country,
so that shares under the study's own weights are those of the plan.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import h3
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.arrays import Floats, Positions
from geodata.places import country_name
from geodata.sphere import EARTH_KM
from maps.live import Live, View, Weighed
from siting.confidence.assessment import ENOUGH
from siting.model import scoring
from siting.model.appraisal import utility_of
from siting.model.plan import Plan
from siting.model.zones import (
    ESTATES,
    SCOUTED_KM,
    Cut,
    Zones,
    extent_of,
    siting_zones,
    zone_names,
)
from siting.results.limits import MOST_PLACES
from siting.results.page.prices import prices
from siting.results.shapes import OUTLINE_KM
from siting.results.text.estates import facts_in_words
from siting.study.criteria import CRITERIA
from siting.study.fields import MOST_WEIGHT
from siting.study.lenses import LENSES, Tree
from siting.study.weights import TOTAL, leaf_weights, tree_of

Bools = NDArray[np.bool_]
MOST = 2500
MOST_SEEN = 25  # zones that are cut of all places under the weights of a lens
CELL = 7  # resolution of H3 whose numbers put neighbours beside each other
EVEN = 0.3  # of the mean chance of being taken, for places that only strange weights make likely
FARTHEST = 4.0  # by which a weight is scaled at most


@dataclass(frozen=True, eq=False)
class Beside:
    """The places that a page ranks of the study itself, for a plan that asks it otherwise.

    A page that ranks the same places again needs to hold only what differs there.

    Attributes
    ----------
    compared : Series
        site_id of every place of that plan.
    ranked : Series
        How many places each that the page ranks stands for, by site_id.
    """

    compared: pd.Series
    ranked: pd.Series

    @classmethod
    def of(cls, plan: Plan) -> Beside:
        """Take them from a plan, as `live` ranks its places."""
        ready = Cut.of(plan.places, extent_km=extent_of(plan.study))
        chosen, weight = sampled(plan, seen(plan, ready), MOST)
        ids = plan.places["site_id"]
        return cls(ids, pd.Series(weight, index=ids.iloc[chosen]))

    def share(self, plan: Plan) -> Floats:
        """Return the chance of being ranked: 0 for what is not, NaN for what it never compared."""
        ids = plan.places["site_id"]
        ranked = (1.0 / ids.map(self.ranked).astype(float)).fillna(0.0)
        return np.asarray(ranked.where(ids.isin(self.compared)), dtype=float)


def live(plan: Plan, most: int = MOST, beside: Beside | None = None) -> Live:
    """Return the places of a plan that its page ranks, with all that a score is made of.

    Parameters
    ----------
    plan : Plan
    most : int
        How many places; those that are taken for certain are all in, however many.
    beside : Beside, optional
        What the page ranks already of another plan: it ranks the same places again.
    """
    ready = Cut.of(plan.places, extent_km=extent_of(plan.study))
    # what leads by other weights is among the places of the study's own page
    others = seen(plan, ready) if beside is None else []
    chosen, weight = sampled(plan, others, most, beside)
    views = _placed(_views(plan), others, chosen)
    keys = list(CRITERIA)
    places = plan.places.iloc[chosen].reset_index(drop=True)
    region = places["region_name"] if "region_name" in places else pd.Series("", places.index)

    def of(frame: pd.DataFrame) -> pd.DataFrame:
        return frame[keys].iloc[chosen].reset_index(drop=True)

    median = plan.values[keys].median()
    return Live(
        places=places[["site_id", "name", "country", "kind"]].assign(
            country_name=places["country"].map(country_name),
            region_name=region.fillna(""),
            area=areas(plan, chosen),
            facts=_facts(plan, chosen),
            lat=places["lat"].astype(float),
            lon=places["lon"].astype(float),
            estate=places["kind"].isin(ESTATES),
            crowd=ready.crowd[chosen],
            weight=weight,
            pays_from=plan.measures.pays_from[chosen],
            zone=plan.zones.zone[chosen],
        ),
        zones=_rows(plan.zones, chosen),
        criteria=tuple(
            Weighed(key, c.name, c.unit, c.pillar, float(median[key]), c.in_delivered_cost)
            for key, c in CRITERIA.items()
        ),
        values=of(plan.values),
        raw=of(plan.measures.raw),
        imputed=of(plan.measures.imputed).astype(bool),
        views=views,
        constants={
            "odds": scoring.ODDS,
            "total": TOTAL,
            "zones": plan.study.listing.zones,
            "extent_km": extent_of(plan.study),
            "scouted_km": SCOUTED_KM,
            "earth_km": EARTH_KM,
            "outline_km": OUTLINE_KM,
            "most_weight": MOST_WEIGHT,
            "concentration": plan.study.confidence.concentration,
            "of_ten": ENOUGH,
            "compared": len(plan.places),
        },
        prices=prices(plan, chosen),
    )


def areas(plan: Plan, positions: Positions) -> list[str]:
    """Return the name of the zone that each of some places would stand for."""
    none = np.empty(0)
    heads = Zones(none.astype(np.intp), positions, positions, none, none.astype(bool))
    return zone_names(plan.places, heads)


def _facts(plan: Plan, positions: Positions) -> list[str]:
    """Return what is known of the estates among some places; "" for the others."""
    places = plan.places.iloc[positions]
    estate = places["kind"].isin(ESTATES).to_numpy()
    known = iter(facts_in_words(places[estate]))
    return [next(known) if one else "" for one in estate]


def _views(plan: Plan) -> tuple[View, ...]:
    """Return the study's own weights, the lenses, and those of the stakeholders."""
    study = plan.study
    views = [View(study.name, "study", study.lens, tree_of(study))]
    views += [View(lens.name, "lens", key, lens.tree, lens.reasoning)
              for key, lens in LENSES.items()]  # fmt: skip
    for name in study.stakeholders:
        theirs = study.seen_by(name)
        views.append(View(name, "stakeholder", theirs.lens, tree_of(theirs)))
    return tuple(views)


@dataclass(frozen=True, eq=False)
class Seen:
    """What leads under the weights of a lens or stakeholder.

    Attributes
    ----------
    utility : ndarray (n,)
    zones : Zones
        The first `MOST_SEEN`.
    countries : dict of float
        Chance by country.
    """

    utility: Floats
    zones: Zones
    countries: dict[str, float]


def seen(plan: Plan, ready: Cut) -> list[Seen]:
    """Return what leads under the weights of each lens and stakeholder."""
    return [seen_by(plan, view.weights, ready) for view in _views(plan)[1:]]


def seen_by(plan: Plan, weights: Tree, ready: Cut | None = None) -> Seen:
    """Return what leads under some weights; `ready` as `siting_zones`."""
    utility = utility_of(plan.values, leaf_weights(weights))
    zones = siting_zones(
        plan.places,
        utility,
        zones=min(plan.study.listing.zones, MOST_SEEN),
        extent_km=extent_of(plan.study),
        ready=ready,
    )
    chance = pd.Series(scoring.chance(utility)).groupby(plan.places["country"].to_numpy()).sum()
    return Seen(utility, zones, {str(code): float(one) for code, one in chance.items()})


def _placed(views: tuple[View, ...], others: list[Seen], chosen: Positions) -> tuple[View, ...]:
    """Return the views with the zones of all but the first, where they are known."""
    if not others:
        return views
    return (
        views[0],
        *(
            replace(
                view,
                zones=_rows(one.zones, chosen),
                zone=one.zones.zone[chosen],
                countries=one.countries,
            )
            for view, one in zip(views[1:], others, strict=True)
        ),
    )


def _rows(zones: Zones, chosen: Positions) -> pd.DataFrame:
    """Return zones whose heads are among the places chosen."""
    return pd.DataFrame(
        {
            "head": np.searchsorted(chosen, zones.head),
            "share": zones.share,
            "scouted": zones.scouted,
        }
    )


def sampled(
    plan: Plan, others: list[Seen], most: int, beside: Beside | None = None
) -> tuple[Positions, Floats]:
    """Return positions of the places to rank, ascending, and how many each stands for.

    Parameters
    ----------
    plan : Plan
    others : list of Seen
        Under weights other than the study's.
    most : int
    beside : Beside, optional
    """
    taken = plan.places["kind"].isin(ESTATES).to_numpy(dtype=bool, copy=True)
    if taken.sum() > MOST_PLACES:
        taken[:] = False
    taken[plan.zones.head] = True
    taken[best_of_countries(plan)] = True  # so that a reader who names one finds something
    taken[_leading(plan.zones, plan.utility, plan.study.listing.top)] = True
    for one in others:
        taken[_leading(one.zones, one.utility, MOST_SEEN)] = True
    elsewhere = (scoring.chance(one.utility) for one in others)
    size = plan.chance + np.mean([plan.chance, *elsewhere], axis=0)
    root = np.sqrt(size)
    share = _inclusion(root / root.mean() + EVEN, taken, most)
    if beside is None:
        chosen = _drawn(plan, share)
    else:
        there = beside.share(plan)
        ours = taken | np.isnan(there)
        share = np.where(ours, share, there)
        chosen = np.union1d(_drawn(plan, np.where(ours, share, 0.0)), np.flatnonzero(there > 0))
    return chosen, _calibrated(plan, chosen, 1.0 / share[chosen])


def _drawn(plan: Plan, share: Floats) -> Positions:
    """Return positions of the places taken, each with its probability, spread over the world."""
    order = np.lexsort((_cells(plan.places), plan.places["country"].to_numpy(dtype=str)))
    # systematic: steps of one over the cumulated probabilities, in the order of the world
    passed = np.floor(np.cumsum(share[order]) + 0.5)
    drawn = order[np.diff(passed, prepend=0.0) > 0]
    return np.union1d(np.flatnonzero(share >= 1), drawn).astype(np.intp)


def best_of_countries(plan: Plan) -> Positions:
    """Return the likeliest place of each country, in the order of their codes."""
    codes = plan.places["country"].to_numpy(dtype=str)[plan.order]
    return np.asarray(plan.order[np.unique(codes, return_index=True)[1]], dtype=np.intp)


def _inclusion(size: Floats, certain: Bools, most: int) -> Floats:
    """Return the probability that each place is taken: 1, or in proportion to its size (n,)."""
    share = np.where(certain, 1.0, 0.0)
    while (share < 1).any():
        rest = share < 1
        room = max(most - int((~rest).sum()), 0)
        share[rest] = size[rest] * room / size[rest].sum()
        if not (share[rest] >= 1).any():
            break
        share = np.where(share >= 1, 1.0, 0.0)
    return share


def _cells(places: pd.DataFrame) -> NDArray[np.str_]:
    points = places[["lat", "lon"]].to_numpy(dtype=float)
    return np.array([h3.latlng_to_cell(lat, lon, CELL) for lat, lon in points], dtype=str)


def _calibrated(plan: Plan, chosen: Positions, weight: Floats) -> Floats:
    """Scale the weights of the sampled so that each zone and country has its share of the plan.

    The ratio estimator (Deville and Sarndal 1992), by zone and by what of a country is in none.
    """
    zone = plan.zones.zone.astype(str)
    stratum = pd.factorize(np.where(plan.zones.zone > 0, zone, plan.places["country"]))[0]
    whole = np.bincount(stratum, weights=plan.chance)
    own, p = stratum[chosen], plan.chance[chosen]
    drawn = weight > 1
    certain = np.bincount(own[~drawn], weights=p[~drawn], minlength=len(whole))
    carried = np.bincount(own[drawn], weights=(weight * p)[drawn], minlength=len(whole))
    ratio = np.divide(whole - certain, carried, out=np.ones_like(whole), where=carried > 0)
    ratio = ratio.clip(1 / FARTHEST, FARTHEST)
    scaled = np.where(drawn, weight * ratio[own], weight)
    missing = 1.0 - float(p[~drawn].sum())  # of countries of which no place was drawn
    at_hand = float((scaled * p)[drawn].sum())
    return np.where(drawn & (at_hand > 0), scaled * missing / max(at_hand, 1e-300), scaled)


def _leading(zones: Zones, utility: Floats, most: int) -> Positions:
    """Return what makes the first zones what they are: heads, centres, likeliest places."""
    best = -np.round(utility, scoring.DECIMALS)
    likeliest = [
        int(own[np.argmin(best[own])])
        for own in (np.flatnonzero(zones.zone == number + 1) for number in range(most))
        if len(own)
    ]
    return np.unique(
        np.concatenate([zones.head[:most], zones.centre[:most], likeliest]).astype(int)
    )
