"""What the page needs to rank by itself: places, their values, and the weights to start from.

The numbers go in as base64 of little-endian IEEE 754, so that the page scores the very doubles
that the plan was made of. The map knows no model: the formula stands in `panel/engine.js` and in
docs/method.md, and both are held to each other by `tests/test_engine_js.py`.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from geodata.errors import Fault
from maps.escape import plain

Tree = dict[str, tuple[float, dict[str, float]]]
PLACES = ("site_id", "name", "country", "country_name", "region_name", "kind")


@dataclass(frozen=True)
class Weighed:
    """A criterion that some tree weighs.

    Attributes
    ----------
    key, name, unit, pillar : str
        The pillar is a key of the atlas.
    """

    key: str
    name: str
    unit: str
    pillar: str


@dataclass(frozen=True)
class Way:
    """A strategy: its key, its name, a word for a narrow column, and a sentence."""

    key: str
    name: str
    short: str
    reasoning: str


@dataclass(frozen=True)
class View:
    """A setting that somebody holds: what weighs how much.

    Attributes
    ----------
    name, kind : str
        The kind is "study", "preset" or "stakeholder".
    strategy : str
        A key of the strategies, or "mixture".
    trees : dict
        Strategy -> pillar -> (weight, criterion -> weight); only ratios matter.
    prior : dict of float
        How likely each strategy is.
    """

    name: str
    kind: str
    strategy: str
    trees: Mapping[str, Tree]
    prior: Mapping[str, float]


@dataclass(frozen=True)
class Live:
    """Places that the page ranks, best by any setting that a reader is likely to try.

    Attributes
    ----------
    places : DataFrame (n)
        site_id, name, country, country_name, region_name, kind, lat, lon, and `stands`: whether
        the place is named and so stands for its zone. In the order that breaks ties.
    criteria : tuple of Weighed
    values, raw, imputed : DataFrame (n, criteria)
        Worth in [0, 1]; as measured, NaN where unknown; whether taken from a wider place.
    ways : tuple of Way
    gates : DataFrame (n, strategies)
        What the price of the day leaves of each strategy, in [0, 1].
    entry : ndarray (n,)
        How open the place is to the investor, in [0, 1].
    views : tuple of View
        The study's own first.
    sharpness : float
        Of the smooth maximum.
    zones, near : int, float
        Siting zones wanted; cosine of the angle that half a zone spans.
    concentration : float
        Of the drawn weights around the chosen ones.
    compared : int
        Places that the plan ranked, of which these are a part.
    """

    places: pd.DataFrame
    criteria: tuple[Weighed, ...]
    values: pd.DataFrame
    raw: pd.DataFrame
    imputed: pd.DataFrame
    ways: tuple[Way, ...]
    gates: pd.DataFrame
    entry: NDArray[np.float64]
    views: tuple[View, ...]
    sharpness: float
    zones: int
    near: float
    concentration: float
    compared: int


def payload(live: Live) -> dict[str, Any]:
    """Return what the page's script reads; `bench` holds all that a date could change."""
    keys = [criterion.key for criterion in live.criteria]
    return {
        "places": {name: [plain(v) for v in live.places[name]] for name in PLACES},
        "criteria": [
            {"key": plain(c.key), "name": plain(c.name), "unit": plain(c.unit),
             "pillar": plain(c.pillar)}
            for c in live.criteria
        ],
        "ways": [
            {"key": plain(w.key), "name": plain(w.name), "short": plain(w.short),
             "reasoning": plain(w.reasoning)}
            for w in live.ways
        ],
        "views": [_view(view) for view in live.views],
        "sharpness": live.sharpness, "zones": live.zones, "near": live.near,
        "concentration": live.concentration, "compared": live.compared,
        "bench": {
            "lat": _encoded(live.places["lat"], "<f8"), "lon": _encoded(live.places["lon"], "<f8"),
            "stands": _encoded(live.places["stands"], "u1"),
            "values": _encoded(live.values[keys].to_numpy().T, "<f8"),
            "raw": _encoded(live.raw[keys].to_numpy().T, "<f4"),
            "imputed": _encoded(np.packbits(live.imputed[keys].to_numpy(bool).T), "u1"),
            "gates": _encoded(live.gates[[w.key for w in live.ways]].to_numpy().T, "<f8"),
            "entry": _encoded(live.entry, "<f8"),
        },
    }  # fmt: skip


def _view(view: View) -> dict[str, Any]:
    trees = {
        plain(strategy): {
            plain(pillar): {"weight": weight, "criteria": dict(criteria)}
            for pillar, (weight, criteria) in tree.items()
        }
        for strategy, tree in view.trees.items()
    }
    return {"name": plain(view.name), "kind": view.kind, "strategy": view.strategy,
            "weights": trees, "prior": dict(view.prior)}  # fmt: skip


def _encoded(numbers: ArrayLike, kind: str) -> str:
    """Return numbers in row-major order as base64."""
    return base64.b64encode(np.ascontiguousarray(numbers, dtype=kind).tobytes()).decode("ascii")


def faults(live: Live, pillars: frozenset[str]) -> list[Fault]:
    """Return what keeps places from being ranked in the page."""
    found = []
    numbers = {"values": live.values, "gates": live.gates, "places": live.places[["lat", "lon"]]}
    for name, frame in numbers.items():
        bad = ~np.isfinite(frame.to_numpy(dtype=float)).all(axis=1)
        found += [Fault(f"atlas.live.{name}", "not a number", row=int(row) + 2)
                  for row in np.flatnonzero(bad)]  # fmt: skip
    twice = live.places["site_id"][live.places["site_id"].duplicated()]
    found += [Fault("atlas.live.places", "the same site twice", column="site_id", value=str(site))
              for site in twice]  # fmt: skip
    found += [
        Fault("atlas.live.criteria", "no such pillar", column=c.key, value=c.pillar)
        for c in live.criteria
        if c.pillar not in pillars
    ]
    return found
