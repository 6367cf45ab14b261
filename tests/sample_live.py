"""Invented places for the page to rank, settings to rank them by, and Python's own ranking."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pandas as pd
from sample_atlas import PAYLOADS, PILLARS, hostile, sample

from geodata.sphere import EARTH_KM
from maps.atlas import Atlas, Pillar
from maps.land import Figure, Land
from maps.live import Live, Tree, View, Weighed
from maps.prices import Prices
from siting.model import scoring, zones
from siting.study import criteria
from siting.study.criteria import CRITERIA
from siting.study.fields import MOST_WEIGHT
from siting.study.lenses import DEFAULT, LENSES
from siting.study.weights import TOTAL, leaf_weights

ZONE_KM = 200.0
ZONES = 100
Setting = dict[str, Any]


def as_setting(lens: str, tree: Tree) -> Setting:
    """Return a tree in the words of the page."""
    weights = {p: {"weight": w, "criteria": dict(c)} for p, (w, c) in tree.items()}
    return {"lens": lens, "weights": weights}


def own_setting() -> Setting:
    """Return the default lens in the words of the page."""
    return as_setting(DEFAULT, LENSES[DEFAULT].tree)


def tree_of(setting: Setting) -> Tree:
    """Return the tree of a setting as Python has it."""
    return {p: (part["weight"], part["criteria"]) for p, part in setting["weights"].items()}


def live(places: int = 2000, seed: int = 5) -> Live:
    """Return places on land-like clumps whose values hold ties, zeros, ones and beyond."""
    random = np.random.default_rng(seed)
    keys = list(CRITERIA)
    clumps = random.uniform((-50, -180), (70, 180), (60, 2))
    spots = clumps[random.integers(0, 60, places)] + random.normal(0, 3, (places, 2))
    values = random.beta(0.8, 1.2, (places, len(keys)))
    values[:, keys.index("delivered_cost")] = random.normal(0.4, 0.6, places)
    values[:, keys.index("openness")] = np.log(random.choice([0.02, 0.3, 1.0], places))
    values[: places // 2] = values[: places // 2].round(1)  # so that scores tie
    values[1 : places // 4 : 2] = values[0 : places // 4 - 1 : 2]  # twins but for their name
    table = pd.DataFrame(
        {
            "site_id": [f"p{at:05d}" for at in range(places)],
            "name": [f"Place {at}" for at in range(places)],
            "country": random.choice(["SE", "MY", "OM", "US"], places), "country_name": "",
            "region_name": "", "area": [f"Area {at}" for at in range(places)],
            "lat": spots[:, 0].clip(-80, 80), "lon": (spots[:, 1] + 180) % 360 - 180,
            "kind": random.choice(["town", "industrial site"], places, p=[0.8, 0.2]),
            "weight": 1.0, "pays_from": 4000.0,
        }
    )  # fmt: skip
    table["estate"] = table["kind"].isin(zones.ESTATES)
    table["facts"] = np.where(table["estate"], "408 ha available", "")
    table["crowd"] = crowd(table)
    frame = pd.DataFrame(values, columns=keys)
    found = cut(table, utility(frame, LENSES[DEFAULT].tree))
    views = [View("sample", "study", DEFAULT, LENSES[DEFAULT].tree)]
    views += [View(lens.name, "lens", key, lens.tree, lens.reasoning)
              for key, lens in LENSES.items()]  # fmt: skip
    person = {**LENSES[DEFAULT].tree, "cost": (4.0, LENSES[DEFAULT].tree["cost"][1])}
    median = frame.median()
    return Live(
        places=table.assign(zone=found.zone),
        zones=pd.DataFrame({"head": found.head, "share": found.share, "scouted": found.scouted}),
        criteria=tuple(
            Weighed(key, c.name, c.unit, c.pillar, float(median[key]), c.in_delivered_cost)
            for key, c in CRITERIA.items()
        ),
        values=frame,
        raw=pd.DataFrame(
            np.where(random.random(values.shape) < 0.02, np.nan, 100 * values), columns=keys
        ),
        imputed=pd.DataFrame(random.random(values.shape) < 0.1, columns=keys),
        views=(*views, View("Finance", "stakeholder", DEFAULT, person)),
        constants={
            "odds": scoring.ODDS, "total": TOTAL, "zones": ZONES, "extent_km": ZONE_KM,
            "scouted_km": zones.SCOUTED_KM, "earth_km": EARTH_KM, "outline_km": 10.0,
            "most_weight": MOST_WEIGHT, "concentration": 40.0, "of_ten": 20, "compared": 31_000,
        },
        prices=prices(places, random),
    )  # fmt: skip


def prices(places: int, random: np.random.Generator) -> Prices:
    """Return the money of invented places at a price of 3,000 USD a tonne."""
    place = np.repeat(np.arange(places), 3)
    share = random.dirichlet([1.0, 1.0, 1.0], places).astype(np.float32).ravel()
    return Prices(
        places=pd.DataFrame(
            {
                "delivered": random.normal(4000.0, 500.0, places),
                "drift": random.normal(50.0, 20.0, places),
                "deviation": random.uniform(200.0, 400.0, places),
                "served": 0.0,
            }
        ),
        customers=pd.DataFrame(
            {"slope": random.choice([1.0, 1.065, 1.25], 20), "base": random.uniform(80, 400, 20),
             "open_kt": 10.0}
        ),
        sales=pd.DataFrame(
            {"place": place, "customer": random.integers(0, 20, len(place)), "share": share}
        ),
        contested=pd.DataFrame(
            {"place": [0, 0, 2], "customer": [0, 1, 1], "delivered": [2900.0, 2950.0, 3000.0]}
        ),
        constants={
            "today": 3000.0, "least": 2500.0, "chinese": 2800.0, "chinese_day": 2800.0,
            "follows": True,
            "graphite": 1.0, "other": 0.0, "worst": -2500.0, "best": 500.0,
            "served_worst": 0.0, "served_half": 60.0,
        },
    )  # fmt: skip


def crowd(places: pd.DataFrame) -> np.ndarray:
    """Return how many places lie within 50 km of each, itself too."""
    at = np.radians(places[["lat", "lon"]].to_numpy())
    points = np.column_stack([np.cos(at[:, 0]) * np.cos(at[:, 1]),
                              np.cos(at[:, 0]) * np.sin(at[:, 1]), np.sin(at[:, 0])])  # fmt: skip
    chord = 2 * np.sin(zones.CROWD_KM / EARTH_KM / 2)
    gaps = ((points[:, None] - points[None]) ** 2).sum(axis=2)
    return np.asarray((gaps <= chord**2).sum(axis=1))


def utility(values: pd.DataFrame, tree: Tree) -> np.ndarray:
    """Return Python's U of places under a tree."""
    weights = leaf_weights(tree)
    return scoring.utility({c: values[c].to_numpy() for c in weights.index}, weights.to_dict())


def cut(places: pd.DataFrame, scores: np.ndarray) -> zones.Zones:
    """Return Python's zones of places."""
    return zones.siting_zones(places, scores, zones=ZONES, extent_km=ZONE_KM)


def land(of: Live, name: str = "Delivered cost") -> Land:
    """Return all places that the page ranks, to colour the land by; every tenth is excluded."""
    cost = Figure("delivered_cost", name, "USD/t", low_is_good=True, ends=(0, 100), breaks=(40, 70))
    entry = Figure("openness", name, "0-1", low_is_good=False, ends=(0, 1), breaks=(0.5,))
    estate = of.places["estate"].to_numpy()
    return Land(
        places=of.places[["lat", "lon", "country"]].assign(
            near=estate, regime=estate & (np.arange(len(estate)) % 2 == 0), edge_km=6.0, turn=0.0
        ),
        values=of.values,
        measured=pd.DataFrame(
            {"delivered_cost": of.raw["delivered_cost"], "openness": np.exp(of.values["openness"])}
        ),
        figures=(cost, entry),
        excluded=of.places[["lat", "lon"]].iloc[::10] + 1.0,
        closed=frozenset({"RU", "AU"}),
        listed=np.arange(len(of.places)),
    )


def turning(places: int = 2000) -> Atlas:
    """Return the sample atlas with places to rank, and every pillar that they can be ranked by."""
    pillars = tuple(
        next((own for own in PILLARS if own.key == key), Pillar(key, name, ()))
        for key, name in criteria.PILLARS.items()
    )
    made = live(places)
    return dataclasses.replace(sample(), pillars=pillars, live=made, land=land(made))


def hostile_turning() -> Atlas:
    """Return the hostile atlas with hostile places and hostile people to rank them."""
    atlas, made = hostile(), live(300)
    bad = [PAYLOADS[at % len(PAYLOADS)] for at in range(300)]
    places = made.places.assign(
        site_id=[f"{at:03d}{text}" for at, text in enumerate(bad)],
        name=bad,
        country=bad[1:] + bad[:1],
        country_name=bad[2:] + bad[:2],
        region_name=bad[3:] + bad[:3],
        kind=bad[4:] + bad[:4],
        area=bad[5:] + bad[:5],
        facts=bad[6:] + bad[:6],
    )
    texts = iter(bad * 10)
    return dataclasses.replace(
        atlas,
        land=land(dataclasses.replace(made, places=places), bad[0]),
        live=dataclasses.replace(
            made,
            places=places,
            criteria=tuple(
                dataclasses.replace(c, name=next(texts), unit=next(texts)) for c in made.criteria
            ),
            views=(
                made.views[0],
                *(dataclasses.replace(view, name=next(texts), reasoning=next(texts))
                  for view in made.views[1:-1]),
                *(dataclasses.replace(made.views[-1], name=text) for text in PAYLOADS),
            ),
        ),
    )  # fmt: skip


def settings(count: int, seed: int = 11) -> list[Setting]:
    """Return settings with zero weights, single criteria, far ratios and every lens."""
    random = np.random.default_rng(seed)
    made = []
    for number in range(count):
        lens = list(LENSES)[number % len(LENSES)]
        setting = as_setting(lens, LENSES[lens].tree)
        spread = (0.1, 0.5, 3.0)[number % 3]
        tree = setting["weights"]
        scale = random.choice([1.0, 7.5, 1e-3])
        for part, weight in zip(tree.values(), random.dirichlet([spread] * len(tree)), strict=True):
            part["weight"] = scale * float(weight)
            own = random.dirichlet([spread] * len(part["criteria"]))
            part["criteria"] = {c: float(w) for c, w in zip(part["criteria"], own, strict=True)}
        dull = random.choice(list(tree))  # one pillar out
        tree[dull]["weight"] = 0.0
        if number % 5 == 0:  # the criteria of another too: it weighs, and has nothing to weigh
            other = next(p for p in tree if p != dull)
            tree[other]["criteria"] = dict.fromkeys(tree[other]["criteria"], 0.0)
        made.append(setting if len(leaf_weights(tree_of(setting))) else own_setting())
    return made


def ranked(of: Live, setting: Setting) -> tuple[list[str], np.ndarray, zones.Zones]:
    """Return Python's order of the places (site_id), their U, and the zones; as of `places`."""
    scores = utility(of.values, tree_of(setting))
    order = scoring.rank_order(scores, of.places["site_id"])
    return of.places["site_id"].iloc[order].tolist(), scores, cut(of.places, scores)
