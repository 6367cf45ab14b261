"""What a study names and nothing answers to: known names alone, as others are faults before."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from geodata.codes import REGIONS, WORLD, blocs
from geodata.places import world_regions
from siting.market.compatriots import battery_works
from siting.market.owner import footholds, owned
from siting.study import finance
from siting.study.study import Study
from siting.study.weights import leaf_weights, tree_of
from siting.world import events, policy
from siting.world.blocs import spelled_out
from siting.world.candidates import REASONS
from siting.world.facts import LIFE_MONTHS, Facts
from siting.world.unknown import unknown_of

_KINDS = {"industrial_sites": "industrial site", "seaports": "seaport", "towns": "town"}


@dataclass(frozen=True)
class Compared:
    """Where the candidates of a plan lie.

    Attributes
    ----------
    places, barred : DataFrame
        kind, country, region and zone of those that may be built on, and of those that may not.
    land : DataFrame or None
        country, region and zone of the cells of a screening, a row each place.
    free : collection of str
        Countries with a cell that no rule masks.
    """

    places: pd.DataFrame
    barred: pd.DataFrame
    land: pd.DataFrame | None = None
    free: Collection[str] = ()


def sentences(study: Study, facts: Facts, compared: Compared) -> tuple[str, ...]:
    """Return a sentence on each name of a study that nothing answers to, wholly or in part."""
    texts = (
        *_countries(study, facts, compared),
        *_sets(study, compared),
        *_regions(study, facts, compared),
        *_figures(study, compared),
        *_switches(study, facts),
        *_firms(study, facts),
        *_terms(study, facts),
    )
    stopped = (f"{text}." for text in texts)
    return (*stopped, *unknown_of(study, facts), *of_weights(study))


def _countries(study: Study, facts: Facts, compared: Compared) -> Iterator[str]:
    for name in study.candidates.countries:
        members = spelled_out([name], study)
        barred = int(compared.barred["country"].isin(members).sum())
        if compared.places["country"].isin(members).any():
            continue
        start = f"candidates.countries names {name}, "
        if set(members) <= facts.closed.keys():
            yield start + _closed(members, facts)
        elif barred:
            yield f"{start}where a rule excludes every candidate ({barred:,})"
        else:
            yield f"{start}where no candidate lies"


def _sets(study: Study, compared: Compared) -> Iterator[str]:
    kinds = {*compared.places["kind"], *compared.barred["kind"]}
    for name in study.candidates.sets or ():
        if _KINDS[name] not in kinds:
            yield f"candidates.sets names {name}, of which no place is a candidate"


def _regions(study: Study, facts: Facts, compared: Compared) -> Iterator[str]:
    if study.candidates.hex is None or compared.land is None:
        return
    cells = set(compared.land["country"])
    for name in study.candidates.hex.regions:
        members = _members(name, study)
        start = f"candidates.hex.regions names {name}, "
        if not cells.isdisjoint(members):
            if members.isdisjoint(compared.free):
                yield f"{start}where every cell is masked"
        elif members <= facts.closed.keys():
            yield start + _closed(members, facts)
        else:
            yield f"{start}which holds no cell of resolution {study.candidates.hex.resolution}"


def _members(name: str, study: Study) -> set[str]:
    """Return the countries of a part of the world, a bloc or a country."""
    parts = world_regions()
    if name == WORLD:
        return set(parts)
    if name in REGIONS:
        return {country for country, part in parts.items() if part in REGIONS[name]}
    return set(spelled_out([name], study))


def _closed(members: Iterable[str], facts: Facts) -> str:
    why = dict.fromkeys(REASONS[facts.closed[country]][0] for country in members)
    return f"which is closed on {facts.as_of}: {'; '.join(why)}"


def _figures(study: Study, compared: Compared) -> Iterator[str]:
    columns = ["country", "region", "zone"]
    frames = [compared.places, compared.barred, *([] if compared.land is None else [compared.land])]
    known = {str(code) for frame in frames for code in np.unique(frame[columns].to_numpy(str))}
    for name in study.factors:
        members = spelled_out([name], study, ["factors"]) if name in blocs() else [name]
        if known.isdisjoint(members):
            yield f"factors gives figures of {name}, where no candidate lies"


def _switches(study: Study, facts: Facts) -> Iterator[str]:
    laws, incidents = facts["policy_zones"], facts["events"]
    now = set(policy.in_force(laws, facts.as_of)["instrument_id"])
    in_time = set(policy.in_force(laws, facts.as_of, ahead_months=LIFE_MONTHS)["instrument_id"])
    on_day = set(events.in_force(incidents, facts.as_of)["event_id"])
    for key, switches, start, lasting in (
        ("policies", study.policies, now, in_time),
        ("events", study.events, on_day, on_day),
    ):
        for name in switches.off:
            if name not in lasting:
                yield f"{key}.off names {name}, which does not count on {facts.as_of} anyway"
        for name in switches.on:
            if name in start:
                yield f"{key}.on names {name}, which counts on {facts.as_of} anyway"


def _firms(study: Study, facts: Facts) -> Iterator[str]:
    if battery_works(facts, study.investor).empty:
        yield (f"investor is {study.investor}, of which no battery works abroad is known on "
               f"{facts.as_of}: no place is nearer to them than another")  # fmt: skip
    sources = facts["feedstock_sources"]
    if (
        study.owner
        and not footholds(study.owner, facts)
        and not owned(sources, study.owner, ("owner",)).any()
    ):
        yield f"owner is {study.owner}, of which no works or mine is known on {facts.as_of}"


def _terms(study: Study, facts: Facts) -> Iterator[str]:
    off: dict[str, tuple[str, ...]] = {}
    if not study.finance.ramp_up:
        off["ramp_up"] = finance.STARTING
    if not study.finance.tax:
        off["tax"] = finance.TAXED
    rows = finance.own_rows(facts.product(study))
    for switch, fields in off.items():
        for row in (rows[field] for field in fields if rows[field] in study.parameters):
            yield f"parameters sets {row}, which counts for nothing with finance.{switch} off"


def of_weights(study: Study) -> tuple[str, ...]:
    """Return the sentences that depend on the weights of a study."""
    return tuple(f"{text}." for text in _anchors(study))


def _anchors(study: Study) -> Iterator[str]:
    views = [study, *map(study.seen_by, study.stakeholders)]
    weighs = {key for view in views for key, w in leaf_weights(tree_of(view)).items() if w > 0}
    for key in study.anchors:
        if key not in weighs:
            yield f"anchors names {key}, which weighs nothing in this study"
