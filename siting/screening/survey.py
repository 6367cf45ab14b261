"""A block of cells surveyed: which are masked, and what the free ones score.

The rules, the criteria and the scores are those of a plan, so a cell scores what a candidate at
its centre would.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from geodata.arrays import Floats
from geodata.geometry import layer
from siting.market import access
from siting.market.customers import Demand, coordinates, known_demand
from siting.model.appraisal import Appraisal, appraise
from siting.model.measure import WORKFORCE_KM
from siting.study.sources import Hexagons
from siting.study.study import Study
from siting.world import candidates, gates
from siting.world.facts import Facts


@dataclass(frozen=True)
class Shared:
    """What all blocks are surveyed with."""

    study: Study
    facts: Facts
    own: candidates.Own
    demand: Demand


def shared(study: Study, facts: Facts, own: candidates.Own) -> Shared:
    """Return what all blocks share; the freight field comes from the cache where it is known."""
    return Shared(study, facts, own, known_demand(study, facts))


def scores(on: Shared, cells: pd.DataFrame) -> Floats:
    """Score a block of cells (n,); NaN where a rule masks one.

    Parameters
    ----------
    on : Shared
    cells : DataFrame (n)
        As `siting.world.h3land.Land.frame` gives them.
    """
    free = masks(on, cells).eq("").to_numpy()
    scored = np.full(len(cells), np.nan)
    if free.any():
        scored[free] = seen(on, cells[free]).utility
    return scored


def seen(on: Shared, cells: pd.DataFrame) -> Appraisal:
    """Appraise cells that no rule masks."""
    return appraise(on.study, on.facts, on.demand, cells.reset_index(drop=True))


def masks(on: Shared, cells: pd.DataFrame) -> pd.Series:
    """Return the rule that masks each cell, "" where it is free (n).

    The gates of candidates first (closed countries, the study's own layers with their buffers, a
    law that bars this investor, the power system), then what only raw land needs: a road, people.
    """
    asked = on.study.candidates.hex or Hexagons(regions=("world",))
    rule = gates.gates(cells, on.study, on.facts, on.own)["rule_id"]
    points = coordinates(cells)
    people = people_around(points)
    for name, masked in (
        ("cell:road", on.demand.field.gap_km(points) > asked.max_road_km),
        ("cell:people", people < asked.min_people),
    ):
        rule = rule.mask(rule.eq("") & masked, name)
    return rule


def people_around(points: Floats) -> Floats:
    """Town people within the way to work of points (n,)."""
    towns = layer("towns")
    here = towns[["lat", "lon"]].to_numpy(dtype=float)
    people = towns["population"].to_numpy(dtype=float)
    return access.sum_within(points, here, people, WORKFORCE_KM)
