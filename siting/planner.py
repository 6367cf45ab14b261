"""The pipeline: a study becomes a plan, one pure stage after another."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.errors import raise_if, together
from siting.confidence.assessment import assess
from siting.market.customers import known_demand
from siting.model import clusters, scoring, sound
from siting.model.appraisal import Appraisal, appraise
from siting.model.plan import Plan
from siting.model.zones import Zones, extent_of, siting_zones
from siting.money.landed import prices_of
from siting.screening.engine import HERE, Engine
from siting.screening.screen import screen, shortlist
from siting.screening.zones import listed_zones
from siting.study.study import Study
from siting.study.studyfile import check
from siting.support.progress import Stages, silent
from siting.world import candidates, exclusions, facts, gates

__all__ = ["Plan", "make_plan", "sort_out"]


def make_plan(
    study: Study,
    stages: Stages | None = None,
    given: facts.Facts | None = None,
    engine: Engine = HERE,
) -> Plan:
    """Run every stage of a study.

    Parameters
    ----------
    study : Study
    stages : Stages, optional
        Told what is being done, for a progress bar and timings.
    given : Facts, optional
        Ready-made, where they are not those of the study's own date.
    engine : Engine
        Where hexagons are screened.

    Raises
    ------
    SitingError
        When the study, a table or a user's file is at fault; when the plan says nothing.
    """
    stages = stages or silent()
    raise_if(check(study))
    with stages("facts"):
        known, own = together(
            [lambda: given or facts.load(study), partial(candidates.read_own, study)]
        )
    with stages("freight") as tell:
        demand = known_demand(study, known, tell)
    screened = None
    if study.candidates.hex:
        with stages("screening") as tell:
            screened = screen(study, study.candidates.hex, known, own, engine, tell)
    with stages("candidates"):
        cells = shortlist(screened) if screened else None
        places, barred = sort_out(study, known, own, cells)
        excluded = exclusions.accounts(
            study.exclude, own.layers, barred, len(places) + len(barred),
            screened.land.latlon if screened else None,
        )  # fmt: skip
    seen = appraise(study, known, demand, places, stages)
    with stages("zones"):
        if screened and places["kind"].eq("hexagon").all():
            estates = candidates.known_then(known["industrial_sites"], known.as_of)
            zones = listed_zones(screened, places, estates)
        else:
            zones = cut(study, places, seen.utility)
        labels = clusters.demand_clusters(demand.plants)
    plan = Plan(
        study=study, as_of=known.as_of, price_usd_per_t=prices_of(study, known)[1], facts=known,
        demand=demand, places=places, barred=barred, customers=seen.customers,
        measures=seen.measures, values=seen.values, weights=seen.weights,
        parts=scoring.contributions(seen.values, seen.weights), utility=seen.utility,
        chance=scoring.chance(seen.utility),
        order=scoring.rank_order(seen.utility, places["site_id"]), zones=zones,
        demand_cluster=labels, screen=screened, notes=own.notes, exclusions=excluded, given=own.ids,
    )  # fmt: skip
    with stages("confidence") as tell:
        plan = replace(plan, confidence=assess(plan, tell))
    sound.check_plan(plan)
    return plan


def appraised(study: Study) -> Appraisal:
    """Appraise the candidates of a study that may be built on, and no more of a plan."""
    known = facts.load(study)
    places, _ = sort_out(study, known, candidates.read_own(study))
    return appraise(study, known, known_demand(study, known), places)


def cut(study: Study, places: pd.DataFrame, utility: NDArray[np.float64]) -> Zones:
    """Cut the siting zones of a study's candidates."""
    return siting_zones(places, utility, zones=study.listing.zones, extent_km=extent_of(study))


def sort_out(
    study: Study, known: facts.Facts, own: candidates.Own, cells: pd.DataFrame | None = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the candidates that may be built on, and those that a gate excludes (`world.gates`).

    Both hold what is known of their power, see `gates.power_facts`.

    `cells` are the best hexagons, where there was a screening.
    """
    sites = candidates.known_then(known["industrial_sites"], known.as_of)
    found = candidates.gather(study, sites, known.closed, own, cells)
    found = found.join(gates.power_facts(found, known))
    why = gates.gates(found, study, known, own)
    apart = why["rule_id"].ne("")
    barred = found[apart].join(why[apart]).reset_index(drop=True)
    raise_if(candidates.none_left(found, apart))
    return found[~apart].reset_index(drop=True), barred
