"""The stages of a plan, each with the keys of the study that it reads, kept while they are needed.

A stage is a pure function of the study and of the stages before it, so two studies that agree on
the keys it reads, there and before, share its result. `READS` says which keys these are; a test
varies every key of a study alone and holds the result against a plan made anew.
"""

from __future__ import annotations

import json
from collections import Counter, OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from siting.market.customers import Customers, Demand, coordinates, known_demand, seen_from
from siting.model.appraisal import rate, value
from siting.model.measure import Measures, measure
from siting.model.zones import Zones
from siting.planner import cut, sort_out
from siting.study.study import Study
from siting.world import candidates, facts

Keys = frozenset[str]
Places = tuple[pd.DataFrame, pd.DataFrame]

_DATED: Keys = frozenset({"as_of", "tables"})
_FACTS = _DATED | {"policies", "events", "factors"}
_OWN: Keys = frozenset({"candidates.file", "exclude"})
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
_UTILITY = _VALUES | {"lens", "weights"}
_ZONES = _UTILITY | {"listing.zones", "listing.zone_km"}


@dataclass(frozen=True)
class Stage:
    """How a result comes about.

    Attributes
    ----------
    reads : frozenset of str
        Dotted keys of the study that it depends on, by itself or through the stages before.
    after : tuple of str
        Stages whose results it is given, after the study.
    live : int
        How many results are kept; the large ones are held one at a time.
    make : callable
    """

    reads: Keys
    after: tuple[str, ...]
    live: int
    make: Callable[..., Any]


def _customers(_study: Study, demand: Demand, places: Places) -> Customers:
    return seen_from(demand, coordinates(places[0]))


def _measures(
    study: Study, known: facts.Facts, demand: Demand, places: Places, customers: Customers
) -> Measures:
    return measure(study, known, places[0], customers, demand)


def _values(study: Study, measures: Measures) -> pd.DataFrame:
    return value(study, measures.raw)


def _utility(
    study: Study, places: Places, customers: Customers, measures: Measures, values: pd.DataFrame
) -> NDArray[np.float64]:
    return rate(study, places[0], customers, measures, values).utility


def _zones(study: Study, places: Places, utility: NDArray[np.float64]) -> Zones:
    return cut(study, places[0], utility)


STAGES: dict[str, Stage] = {
    "facts": Stage(_FACTS, (), 4, facts.load),
    "own": Stage(_OWN, (), 4, candidates.read_own),
    "places": Stage(_PLACES, ("facts", "own"), 4, sort_out),
    "demand": Stage(_DEMAND, ("facts",), 16, known_demand),
    "customers": Stage(_CUSTOMERS, ("demand", "places"), 1, _customers),
    "measures": Stage(_MEASURES, ("facts", "demand", "places", "customers"), 1, _measures),
    "values": Stage(_VALUES, ("measures",), 1, _values),
    "utility": Stage(_UTILITY, ("places", "customers", "measures", "values"), 1, _utility),
    "zones": Stage(_ZONES, ("places", "utility"), 1, _zones),
}
# In this order scenarios come one after another, so that few results are needed at once.
NESTED = ("facts", "places", "demand", "measures", "values", "utility", "zones")


def key_of(study: Study, stage: str) -> str:
    """Return what a stage reads of a study, as text; order counts, for sums are taken in it."""
    whole = study.model_dump(mode="json")
    return json.dumps([_at(whole, path) for path in sorted(STAGES[stage].reads)])


def _at(whole: dict[str, Any], path: str) -> Any:
    found: Any = whole
    for step in path.split("."):
        found = found[step]
    return found


@dataclass
class Memo:
    """Results of stages, the last used of each; asked for one, it makes what is missing.

    Attributes
    ----------
    made : Counter
        How often each stage was run.
    """

    made: Counter[str] = field(default_factory=Counter)
    _kept: dict[str, OrderedDict[str, Any]] = field(default_factory=dict)

    def of(self, stage: str, study: Study) -> Any:
        """Return the result of a stage for a study.

        Raises
        ------
        SitingError
            As the stage.
        """
        kept, key = self._kept.setdefault(stage, OrderedDict()), key_of(study, stage)
        if key not in kept:
            how = STAGES[stage]
            while len(kept) >= how.live:  # before another is made, so that two are never held
                kept.popitem(last=False)
            kept[key] = how.make(study, *(self.of(before, study) for before in how.after))
            self.made[stage] += 1
        kept.move_to_end(key)
        return kept[key]
