"""The pipeline: a study becomes a plan, stage by stage, each with the keys that it reads.

A stage is a pure function of the study and of the stages before it, so two studies that agree on
the keys it reads, there and before, share its result. Plans, comparisons and sweeps ask one `Run`
for the stages they need. A test varies every key of a study alone and compares each stage with one
made anew.
"""

from __future__ import annotations

import json
from collections import Counter, OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, cast

import pandas as pd

from geodata.errors import raise_if, together
from siting.confidence.assessment import assess
from siting.market.customers import (
    Customers,
    Demand,
    coordinates,
    freight_to_customers,
    known_demand,
)
from siting.model.appraisal import Appraisal, rate, value
from siting.model.invariants import check_plan
from siting.model.measure import measure
from siting.model.measures import Measures
from siting.model.plan import Plan, Screen
from siting.model.zones import Cut, Zones, extent_of, zones_of
from siting.screening.engine import HERE, Engine
from siting.screening.screen import screen, shortlist
from siting.screening.zones import listed_zones
from siting.study.sources import Hexagons
from siting.study.study import Study
from siting.study.studyfile import check
from siting.support.progress import Progress, Stages, silent
from siting.world import candidates, size
from siting.world.facts import Facts, load
from siting.world.selection import Selection, select

Keys = frozenset[str]

_DATED: Keys = frozenset({"as_of", "tables"})
_FACTS = _DATED | {"policies", "events", "factors"}
_OWN: Keys = frozenset({
    "candidates.file", "candidates.sheet", "candidates.database", "candidates.query",
    "candidates.password_env", "exclude",
})  # fmt: skip
_PLANT: Keys = frozenset({"product", "furnace", "parameters", "capacity_ktpa"})
_PLACES = _DATED | _OWN | _PLANT | {"policies", "events", "candidates", "investor"}
_DEMAND = _DATED | {
    "events", "product", "furnace", "parameters", "owner", "demand_year",
    "reach.rivals_usd_per_t",
}  # fmt: skip
_CUSTOMERS = _PLACES | _DEMAND
_MEASURES = _FACTS | _CUSTOMERS | {
    "capacity_ktpa", "reach", "price_usd_per_t", "chinese_price_usd_per_t",
    "carbon_price_usd_per_t",
}  # fmt: skip
_VALUES = _MEASURES | {"anchors"}
_SCORES = _VALUES | {"lens", "weights"}
_NEAR = _PLACES | {"listing.zone_km"}
_ZONES = _SCORES | _NEAR | {"listing.zones"}


@dataclass(frozen=True)
class Stage:
    """How a result comes about.

    Attributes
    ----------
    reads : frozenset of str
        Dotted keys of the study that it depends on, by itself or through the stages before.
    after : tuple of str
        Stages whose results `make` takes, after the study.
    live : int
        How many results are kept; of the large ones only one at a time.
    make : callable
    bar : str
        What the user sees while it is made; several stages may share a bar.
    named : tuple of str
        What else `make` takes, by keyword: progress, engine.
    """

    reads: Keys
    after: tuple[str, ...]
    live: int
    make: Callable[..., Any]
    bar: str
    named: tuple[str, ...] = ()


def _screen(
    study: Study, known: Facts, own: candidates.Own, *, progress: Progress, engine: Engine
) -> Screen:
    asked = cast("Hexagons", study.candidates.hex)  # the stage is made for no other study
    return screen(study, asked, known, own, engine, progress)


def _selection(
    study: Study, known: Facts, own: candidates.Own, screened: Screen | None
) -> Selection:
    if screened is None:
        return select(study, known, own)
    return select(study, known, own, shortlist(screened), screened.land.latlon)


def _customers(_study: Study, demand: Demand, selected: Selection) -> Customers:
    return freight_to_customers(demand, coordinates(selected.places))


def _measures(
    study: Study, known: Facts, demand: Demand, selected: Selection, customers: Customers
) -> Measures:
    return measure(study, known, selected.places, customers, demand)


def _values(study: Study, measures: Measures) -> pd.DataFrame:
    return value(study, measures.raw)


def _appraisal(
    study: Study,
    selected: Selection,
    customers: Customers,
    measures: Measures,
    values: pd.DataFrame,
) -> Appraisal:
    return rate(study, selected.places, customers, measures, values)


def _near(study: Study, selected: Selection) -> Cut | None:
    """Look up what lies near what, once for many scores; None where nothing is cut by it."""
    extent = extent_of(study)
    if extent <= 0 or _all_hexagons(selected.places):
        return None
    return Cut.of(selected.places, extent_km=extent)


def _all_hexagons(places: pd.DataFrame) -> bool:
    return bool(places["kind"].eq("hexagon").all())


def _zones(
    study: Study, known: Facts, screened: Screen | None, near: Cut | None, appraisal: Appraisal
) -> Zones:
    if screened and _all_hexagons(appraisal.places):
        estates = candidates.known_then(known["industrial_sites"], known.as_of)
        return listed_zones(screened, appraisal.places, estates)
    return zones_of(study, appraisal.places, appraisal.utility, near)


STAGES: dict[str, Stage] = {
    "facts": Stage(_FACTS, (), 4, load, "facts"),
    "own": Stage(_OWN, (), 4, candidates.read_own, "facts"),
    "screen": Stage(_PLACES, ("facts", "own"), 1, _screen, "screening", ("progress", "engine")),
    "places": Stage(_PLACES, ("facts", "own", "screen"), 4, _selection, "candidates"),
    "demand": Stage(_DEMAND, ("facts",), 16, known_demand, "freight", ("progress",)),
    "customers": Stage(_CUSTOMERS, ("demand", "places"), 1, _customers, "customers"),
    "measures": Stage(
        _MEASURES, ("facts", "demand", "places", "customers"), 1, _measures, "criteria"
    ),
    "values": Stage(_VALUES, ("measures",), 1, _values, "criteria"),
    "scores": Stage(
        _SCORES, ("places", "customers", "measures", "values"), 1, _appraisal, "scores"
    ),
    "near": Stage(_NEAR, ("places",), 1, _near, "zones"),
    "zones": Stage(_ZONES, ("facts", "screen", "near", "scores"), 1, _zones, "zones"),
}
# In this order scenarios come one after another, so that few results are needed at once.
NESTED = ("facts", "places", "demand", "measures", "values", "scores", "zones")
# Keys of a study that move no score.
NO_SCORE = tuple(
    key for key in Study.model_fields if key not in {path.split(".")[0] for path in _SCORES}
)


def key_of(study: Study, stage: str) -> str:
    """Return what a stage reads of a study, as text; order counts, for sums are taken in it.

    Screened cells are chosen by their scores: such a study shares its stages with none but itself.
    """
    whole = study.model_dump(mode="json", exclude={"language"})  # what is said moves no stage
    if study.candidates.hex:
        return json.dumps(whole)
    return json.dumps([_at(whole, path) for path in sorted(STAGES[stage].reads)])


def _at(whole: dict[str, Any], path: str) -> Any:
    part: Any = whole
    for step in path.split("."):
        part = part[step]
    return part


@dataclass
class Run:
    """Results of stages, the last used of each; asked for one, it makes what is missing.

    Attributes
    ----------
    stages : Stages
        Shows what is being done.
    engine : Engine
        Where hexagons are screened.
    facts : Facts, optional
        Ready-made, where they are not those of a study's own date.
    made : Counter
        How often each stage was run.
    """

    stages: Stages = field(default_factory=silent)
    engine: Engine = HERE
    facts: Facts | None = None
    made: Counter[str] = field(default_factory=Counter)
    _kept: dict[str, OrderedDict[str, Any]] = field(default_factory=dict)

    def of(self, stage: str, study: Study) -> Any:
        """Return the result of a stage for a study.

        Raises
        ------
        SitingError
            As the stage.
        """
        if stage == "facts" and self.facts is not None:
            return self.facts
        if stage == "screen" and not study.candidates.hex:
            return None
        kept, key = self._kept.setdefault(stage, OrderedDict()), key_of(study, stage)
        if key not in kept:
            how = STAGES[stage]
            before = together([partial(self.of, name, study) for name in how.after])
            while len(kept) >= how.live:  # before another is made, so that two are never in memory
                kept.popitem(last=False)
            with self.stages(how.bar) as progress:
                options = {"progress": progress, "engine": self.engine}
                kept[key] = how.make(study, *before, **{name: options[name] for name in how.named})
            self.made[stage] += 1
        kept.move_to_end(key)
        return kept[key]

    def plan(self, study: Study) -> Plan:
        """Run every stage of a study.

        Raises
        ------
        SitingError
            When the study, a table or a user's file is at fault; when the plan says nothing.
        """
        raise_if(check(study))
        _, own = together([partial(self.of, name, study) for name in ("facts", "own")])
        self.stages.say(size.sentence(len(own.ids)))
        selected = self.of("places", study)  # first, so that its faults come before the long work
        plan = Plan(
            study=study,
            facts=self.of("facts", study),
            demand=self.of("demand", study),
            selection=selected,
            appraisal=self.of("scores", study),
            zones=self.of("zones", study),
            screen=self.of("screen", study),
        )
        with self.stages("confidence") as progress:
            plan = replace(plan, confidence=assess(plan, progress))
        check_plan(plan)
        return plan


def make_plan(
    study: Study,
    stages: Stages | None = None,
    facts: Facts | None = None,
    engine: Engine = HERE,
) -> Plan:
    """Run every stage of one study; see `Run`."""
    return Run(stages or silent(), engine, facts).plan(study)


def appraised(study: Study) -> Appraisal:
    """Appraise the candidates of a study that may be built on, and no more of a plan."""
    appraisal: Appraisal = Run().of("scores", study)
    return appraisal
