"""What became of what the user gave: each exclusion layer, and each place of an own list."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

import numpy as np

from siting.model.plan import Plan
from siting.model.zones import ESTATES, extent_of
from siting.world import exclusions
from siting.world.names import OWN

SOME = 5  # names in a sentence
MOST_ROWS = 1000  # of a ranked list
MOST_SENTENCES = 6  # sentences of a brief; the manifest has all


@dataclass(frozen=True)
class OwnList:
    """Where the places of a user's own list stand; the four counts of places add up to the first.

    Attributes
    ----------
    given : int
    zones : int
        Listed siting zones in which those of `in_zones` lie.
    zone_km : float
        Extent of the zones; 0 where every place is its own.
    listed : int
        Places that stand for a siting zone: a row each.
    in_zones : int
        Others in a listed zone: in `estates` and `runners_up` of its row.
    unlisted : int
        Compared, but in no listed zone.
    excluded : int
        In `barred_sites.csv`, with the reason.
    some : tuple of str
        Names of the first of `in_zones`.
    remedy : str
        What would give each a row.
    """

    given: int
    zones: int
    zone_km: float
    listed: int
    in_zones: int
    unlisted: int
    excluded: int
    some: tuple[str, ...]
    remedy: str


def own_list(plan: Plan) -> OwnList | None:
    """Return where the places of the user's own list stand; None where there is no list.

    Raises
    ------
    RuntimeError
        When a place is neither compared nor excluded, or is both: a fault of the planner.
    """
    if plan.study.candidates.source is None:
        return None
    own = plan.places["kind"].eq(OWN).to_numpy(dtype=bool)
    barred = plan.barred["kind"].eq(OWN).to_numpy(dtype=bool)
    kept = [*plan.places["site_id"][own], *plan.barred["site_id"][barred]]
    if sorted(kept) != sorted(plan.selection.own_ids):
        lost = sorted(set(plan.selection.own_ids) ^ set(kept))
        where = f"{len(plan.selection.own_ids)} places were given and {len(kept)} are accounted for"
        raise RuntimeError(f"internal error: {where}: {', '.join(lost[:5])}")
    heads = np.zeros(len(plan.places), dtype=bool)
    heads[plan.zones.head] = True
    zoned = plan.zones.zone > 0
    beside = plan.order[(own & zoned & ~heads)[plan.order]]
    return OwnList(
        given=len(plan.selection.own_ids),
        zones=len(np.unique(plan.zones.zone[beside])),
        zone_km=extent_of(plan.study),
        listed=int((own & heads).sum()),
        in_zones=len(beside),
        unlisted=int((own & ~zoned & ~heads).sum()),
        excluded=int(barred.sum()),
        some=tuple(str(name) for name in plan.places["name"].iloc[beside[:SOME]]),
        remedy=_remedy(plan),
    )


def own_sentence(of: OwnList) -> str:
    """Say where the places of an own list stand; "" where each has a row of its own."""
    if of.listed == of.given:
        return ""
    rows = f"{of.listed:,} {_has(of.listed)} a row of the ranked list"
    if of.zone_km:
        rows += f", one for each siting zone of {of.zone_km:g} km"
    parts = [f"of the {of.given:,} places of your own list {rows}"]
    if of.in_zones:
        more = of.in_zones - len(of.some)
        names = ", ".join(of.some) + (f" and {more:,} more" if more else "")
        where = f"{of.zones:,} {'zone' if of.zones == 1 else 'zones'}"
        parts.append(f"{of.in_zones:,} ({names}) stand only in estates and runners_up of {where}")
    if of.unlisted:
        layer = "only in the layer candidates of ranked_sites.gpkg"
        parts.append(f"{of.unlisted:,} in no listed zone, {layer}")
    if of.in_zones or of.unlisted:
        parts.append(of.remedy)
    if of.excluded:
        verb = "is" if of.excluded == 1 else "are"
        parts.append(f"{of.excluded:,} {verb} excluded, in barred_sites.csv with the reason")
    text = "; ".join(parts)
    return f"{text[0].upper()}{text[1:]}."


def sentences(plan: Plan) -> list[str]:
    """Return the account of each exclusion layer, of the own list, and the notes of the plan."""
    of = own_list(plan)
    own = own_sentence(of) if of else ""
    layers = map(exclusions.sentence, plan.selection.exclusions)
    return [*layers, *([own] if own else []), *plan.notes]


def for_programs(plan: Plan) -> dict[str, Any]:
    """Return all of it as plain values, for the manifest and for JSON."""
    layers = [
        dataclasses.asdict(of) | {"sentence": exclusions.sentence(of)}
        for of in plan.selection.exclusions
    ]
    of = own_list(plan)
    own = dataclasses.asdict(of) | {"sentence": own_sentence(of)} if of else None
    return {"exclusions": layers, "own_list": own, "notes": list(plan.notes)}


def _has(many: int) -> str:
    return "has" if many == 1 else "have"


def _remedy(plan: Plan) -> str:
    """Say which keys of a study give every place of the list a row: estates come first."""
    rows = int(plan.places["kind"].isin(ESTATES).sum())
    if rows > MOST_ROWS:
        return f"a list has {MOST_ROWS:,} rows at most"
    keys = ["zone_km: 0"] if extent_of(plan.study) else []
    keys += [f"zones: {rows}"] if rows > plan.study.listing.zones else []
    return f"listing: {{{', '.join(keys)}}} gives each a row"
