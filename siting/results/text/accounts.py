"""What became of what the user gave: each exclusion layer, and each place of an own list."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

import numpy as np

from geodata.language import ngettext, tr
from siting.model.plan import Plan
from siting.model.zones import ESTATES, extent_of
from siting.results.text.confidence import upper
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
    parts = [_rows(of)]
    if of.in_zones:
        more = of.in_zones - len(of.some)
        names = tr(", ").join(of.some)
        if more:
            names = tr("{names} and {number} more", names=names, number=format(more, ","))
        parts.append(
            ngettext(
                "{number} ({names}) stand only in estates and runners_up of {zones} zone",
                "{number} ({names}) stand only in estates and runners_up of {zones} zones",
                of.zones, number=format(of.in_zones, ","), names=names, zones=format(of.zones, ","),
            )
        )  # fmt: skip
    if of.unlisted:
        parts.append(
            tr("{number} in no listed zone, only in the layer candidates of ranked_sites.gpkg",
               number=format(of.unlisted, ","))
        )  # fmt: skip
    if of.in_zones or of.unlisted:
        parts.append(of.remedy)
    if of.excluded:
        parts.append(
            ngettext(
                "{number} is excluded, in barred_sites.csv with the reason",
                "{number} are excluded, in barred_sites.csv with the reason",
                of.excluded, number=format(of.excluded, ","),
            )
        )  # fmt: skip
    return tr("{sentence}.", sentence=upper(tr("; ").join(parts)))


def _rows(of: OwnList) -> str:
    """Say how many places of the list have a row of their own."""
    places = {"given": f"{of.given:,}", "number": f"{of.listed:,}"}
    if of.zone_km:
        return ngettext(
            "of the {given} places of your own list {number} has a row of the ranked list, one for "
            "each siting zone of {km} km",
            "of the {given} places of your own list {number} have a row of the ranked list, one "
            "for each siting zone of {km} km",
            of.listed, km=format(of.zone_km, "g"), **places,
        )  # fmt: skip
    return ngettext(
        "of the {given} places of your own list {number} has a row of the ranked list",
        "of the {given} places of your own list {number} have a row of the ranked list",
        of.listed, **places,
    )  # fmt: skip


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


def _remedy(plan: Plan) -> str:
    """Say which keys of a study give every place of the list a row: estates come first."""
    rows = int(plan.places["kind"].isin(ESTATES).sum())
    if rows > MOST_ROWS:
        return tr("a list has {number} rows at most", number=format(MOST_ROWS, ","))
    keys = ["zone_km: 0"] if extent_of(plan.study) else []
    keys += [f"zones: {rows}"] if rows > plan.study.listing.zones else []
    setting = f"listing: {{{', '.join(keys)}}}"
    return tr("{setting} gives each a row", setting=setting)
