"""Invented places for the page to rank, settings to rank them by, and Python's own ranking."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pandas as pd
from sample_atlas import PAYLOADS, hostile, sample

from maps.atlas import Atlas
from maps.live import Live, View, Way, Weighed
from siting.market.access import EARTH_RADIUS_KM
from siting.model import clusters, scoring
from siting.study.criteria import CRITERIA
from siting.study.strategies import STRATEGIES
from siting.study.weights import leaf_weights

ZONE_KM = 200.0
ZONES = 100
SHARPNESS = 12.0
Setting = dict[str, Any]


def own_setting() -> Setting:
    """Return the strategies' own trees in the words of the page."""
    weights = {
        name: {p: {"weight": w, "criteria": dict(c)} for p, (w, c) in strategy.tree.items()}
        for name, strategy in STRATEGIES.items()
    }
    prior = dict(zip(STRATEGIES, (0.5, 0.3, 0.2), strict=True))
    return {"strategy": "mixture", "prior": prior, "weights": weights}


def trees_of(setting: Setting) -> dict[str, Any]:
    """Return the trees of a setting as Python has them."""
    return {
        name: {p: (part["weight"], part["criteria"]) for p, part in tree.items()}
        for name, tree in setting["weights"].items()
    }


def live(places: int = 2000, seed: int = 5) -> Live:
    """Return places on land-like clumps whose values hold ties, zeros and ones."""
    random = np.random.default_rng(seed)
    keys = [
        c for c in CRITERIA if any(c in t for s in STRATEGIES.values() for _, t in s.tree.values())
    ]
    clumps = random.uniform((-50, -180), (70, 180), (60, 2))
    spots = clumps[random.integers(0, 60, places)] + random.normal(0, 3, (places, 2))
    values = random.beta(0.8, 1.2, (places, len(keys)))
    values[: places // 2] = values[: places // 2].round(1)  # so that scores tie
    values[1 : places // 4 : 2] = values[0 : places // 4 - 1 : 2]  # twins but for their name
    table = pd.DataFrame(
        {
            "site_id": [f"p{at:05d}" for at in range(places)],
            "name": [f"Place {at}" for at in range(places)],
            "country": random.choice(["SE", "MY", "OM", "US"], places), "country_name": "",
            "region_name": "", "lat": spots[:, 0].clip(-80, 80),
            "lon": (spots[:, 1] + 180) % 360 - 180,
            "kind": random.choice(["town", "industrial site"], places, p=[0.8, 0.2]),
        }
    )  # fmt: skip
    setting = own_setting()
    plain = View("sample", "study", "mixture", trees_of(setting), setting["prior"])
    single = dataclasses.replace(
        plain, name="Export alone", kind="preset", strategy="low_cost_export"
    )
    person = dataclasses.replace(
        plain,
        name="Finance",
        kind="stakeholder",
        prior=dict(zip(STRATEGIES, (0.1, 0.8, 0.1), strict=True)),
    )
    return Live(
        places=table.assign(stands=table["kind"].isin(clusters.NAMED)),
        criteria=tuple(
            Weighed(c, CRITERIA[c].name, CRITERIA[c].unit, CRITERIA[c].pillar) for c in keys
        ),
        values=pd.DataFrame(values, columns=keys),
        raw=pd.DataFrame(
            np.where(random.random(values.shape) < 0.02, np.nan, 100 * values), columns=keys
        ),
        imputed=pd.DataFrame(random.random(values.shape) < 0.1, columns=keys),
        ways=tuple(Way(k, s.name, s.short, s.reasoning) for k, s in STRATEGIES.items()),
        gates=pd.DataFrame(
            random.choice([0.0, 0.25, 0.9, 1.0], (places, 3)), columns=list(STRATEGIES)
        ),
        entry=random.choice([0.3, 1.0], places, p=[0.1, 0.9]),
        views=(plain, single, person),
        sharpness=SHARPNESS,
        zones=ZONES,
        near=float(np.cos(ZONE_KM / 2 / EARTH_RADIUS_KM)),
        concentration=40.0,
        compared=31_000,
    )


def turning(places: int = 2000) -> Atlas:
    """Return the sample atlas with places to rank."""
    return dataclasses.replace(sample(), live=live(places))


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
    )
    texts = iter(bad * 10)
    return dataclasses.replace(
        atlas,
        live=dataclasses.replace(
            made,
            places=places,
            criteria=tuple(
                dataclasses.replace(c, name=next(texts), unit=next(texts)) for c in made.criteria
            ),
            ways=tuple(
                dataclasses.replace(w, name=next(texts), short=next(texts), reasoning=next(texts))
                for w in made.ways
            ),
            views=(
                made.views[0],
                *(dataclasses.replace(made.views[2], name=text) for text in PAYLOADS),
            ),
        ),
    )


def settings(count: int, seed: int = 11) -> list[Setting]:
    """Return settings with zero weights, single strategies, single criteria, extreme priors."""
    random = np.random.default_rng(seed)
    made = []
    for number in range(count):
        setting = own_setting()
        spread = (0.1, 0.5, 3.0)[number % 3]
        for tree in setting["weights"].values():
            scale = random.choice([1.0, 7.5, 1e-3])
            for part, weight in zip(
                tree.values(), random.dirichlet([spread] * len(tree)), strict=True
            ):
                part["weight"] = scale * float(weight)
                own = random.dirichlet([spread] * len(part["criteria"]))
                part["criteria"] = {c: float(w) for c, w in zip(part["criteria"], own, strict=True)}
            dull = random.choice(list(tree))  # one pillar out, if another is left
            tree[dull]["weight"] = 0.0
            if number % 5 == 0:  # the criteria of another too: it weighs, and has nothing to weigh
                other = next(p for p in tree if p != dull)
                tree[other]["criteria"] = dict.fromkeys(tree[other]["criteria"], 0.0)
        if not all(sum(leaf_weights(t)) > 0 for t in trees_of(setting).values()):
            setting["weights"] = own_setting()["weights"]
        setting["strategy"] = ["mixture", "mixture", *STRATEGIES][number % 5]
        setting["prior"] = dict(zip(STRATEGIES, [
            tuple(float(p) for p in random.dirichlet([1.0] * 3)),
            (1.0, 0.0, 0.0), (1e-9, 1.0, 1e-300), (0.0, 0.5, 1.0),
        ][number % 4], strict=True))  # fmt: skip
        made.append(setting)
    return made


def ranked(of: Live, setting: Setting) -> tuple[list[str], np.ndarray, np.ndarray]:
    """Return Python's order of the places (site_id), their scores and their zones."""
    strategies = {
        name: scoring.score_strategy(
            of.values, leaf_weights(tree), of.gates[name].to_numpy(), of.entry
        )
        for name, tree in trees_of(setting).items()
    }
    one = setting["strategy"]
    prior = setting["prior"] if one == "mixture" else {one: 1.0}
    score, _ = scoring.mix({k: s.score for k, s in strategies.items()}, prior, of.sharpness)
    order = scoring.rank_order(score, of.places["site_id"])
    zones = clusters.siting_zones(of.places, order, zones=of.zones, extent_km=ZONE_KM)
    return of.places["site_id"].iloc[order].tolist(), score[order], zones.zone[order]
