"""Dossiers of places that are not in the list of a page, and how the page holds them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from geodata.arrays import Floats
from geodata.errors import Fault
from maps import sources
from maps.columns import FINE, SHARE, TENTH, TEXT, WHOLE, Column, rows, whole_parts
from maps.escape import plain
from maps.packing import packed

if TYPE_CHECKING:
    from maps.sources import Sources

DRAWN: Mapping[str, Column] = {"share": SHARE, "share_low": SHARE, "share_high": SHARE,
                               "p_first": FINE, "p_top10": FINE}  # fmt: skip
PLACES: Mapping[str, Column] = {"site_id": TEXT, "percentile": SHARE, "low": WHOLE, "high": WHOLE,
                                "margin": WHOLE, **DRAWN}  # fmt: skip
PLANT: Mapping[str, Column] = {"name": TEXT, "country": TEXT, "lat": FINE, "lon": FINE,
                               "kt": TENTH, "parity": WHOLE}  # fmt: skip
SERVED: Mapping[str, Column] = {"usd_per_t": WHOLE, "km": WHOLE, "modes": TEXT, "duty": WHOLE,
                                "margin": WHOLE}  # fmt: skip
LAW = ("instrument", "effect", "status", "summary")


@dataclass(frozen=True, eq=False)
class Dossiers:
    """What the plan knows of n further places, and of which rows all dossiers are made.

    Attributes
    ----------
    places : DataFrame (n)
        site_id, archetype, percentile, low, high (cost at the gate), margin (USD/t); of heads of
        zones share, share_low, share_high, p_first, p_top10, else NaN.
    parts : tuple of (str, str)
        Parts of the cost of a tonne: name, group of `maps.palette.COSTS`.
    costs : ndarray (n, parts)
        USD/t.
    power_mwh : float
        That a tonne takes, as far as its price is in the cost.
    customers, laws : DataFrame
        By site_id, as `Atlas.customers` and `Atlas.policies` with `instrument_id`, `plant_id`.
    facts : DataFrame
        Of estates of the listed too: site_id, fact (what it is called), text, own (whether the
        user's file says so).
    sources : Sources
        Its dossiers are those of the listed sites by rank, then `places`.
    """

    places: pd.DataFrame
    parts: tuple[tuple[str, str], ...]
    costs: Floats
    power_mwh: float
    customers: pd.DataFrame
    laws: pd.DataFrame
    facts: pd.DataFrame
    sources: Sources


def payload(dossiers: Dossiers, listed: list[str]) -> dict[str, Any]:
    """Return what the page's script reads; `listed` are ids of the sites of the list, by rank."""
    known = {site: k for k, site in enumerate([*listed, *dossiers.places["site_id"]])}
    place = {site: k for k, site in enumerate(dossiers.places["site_id"])}
    plants = dossiers.customers.drop_duplicates("plant_id")
    plant = {name: k for k, name in enumerate(plants["plant_id"])}
    rules = dossiers.laws.drop_duplicates("instrument_id")
    rule = {name: k for k, name in enumerate(rules["instrument_id"])}
    applied: dict[str, list[int]] = {site: [] for site in place}
    for site, name in zip(dossiers.laws["site_id"], dossiers.laws["instrument_id"], strict=True):
        applied[site].append(rule[name])
    bundles = dict.fromkeys(tuple(numbers) for numbers in applied.values())
    bundle = {numbers: k for k, numbers in enumerate(bundles)}
    of = dossiers.sources
    facts = dossiers.facts[dossiers.facts["site_id"].isin(known)]
    costs = whole_parts(np.asarray(dossiers.costs, dtype=float))
    return {
        "places": {**rows(dossiers.places, PLACES),
                   "archetype": packed(map(plain, dossiers.places["archetype"]))},
        "parts": [[plain(name), group] for name, group in dossiers.parts],
        "powerMwh": FINE(dossiers.power_mwh),
        "costs": [[WHOLE(usd) for usd in column] for column in costs.T],
        "plants": {**rows(plants, PLANT), "source": numbers(of.plants, plants["plant_id"])},
        "customers": {"place": dossiers.customers["site_id"].map(place).tolist(),
                      "plant": dossiers.customers["plant_id"].map(plant).tolist(),
                      **rows(dossiers.customers, SERVED)},
        "laws": {**{name: [plain(text) for text in rules[name]] for name in LAW},
                 "source": numbers(of.laws, rules["instrument_id"])},
        "bundles": [list(numbers) for numbers in bundle],
        "under": [bundle[tuple(numbers)] for numbers in applied.values()],
        "facts": {"place": facts["site_id"].map(known).tolist(),
                  "fact": packed(map(plain, facts["fact"])),
                  "text": packed(map(plain, facts["text"])),
                  "own": [bool(own) for own in facts["own"]]},
        "sources": sources.payload(of),
    }  # fmt: skip


def numbers(known: Mapping[str, int], ids: Iterable[str]) -> list[int | None]:
    """Return the number of the source of each instrument or plant; None where it has none."""
    return [known.get(one) for one in ids]


def faults(dossiers: Dossiers, listed: frozenset[str]) -> list[Fault]:
    """Return what keeps dossiers from being opened."""
    ids = dossiers.places["site_id"]
    result = [Fault("atlas.dossiers", "the same site twice", column="site_id", value=str(site))
              for site in [*ids[ids.duplicated()], *ids[ids.isin(listed)]]]  # fmt: skip
    for name in ("customers", "laws"):
        where, strange = (
            f"atlas.dossiers.{name}",
            set(getattr(dossiers, name)["site_id"]) - set(ids),
        )
        result += [Fault(where, "no such site", column="site_id", value=str(site))
                   for site in sorted(strange)]  # fmt: skip
    where, many = "atlas.dossiers.sources", len(listed) + len(ids)
    lists = dossiers.sources.figures.items()
    return result + [
        Fault(where, "not one a dossier", value=name) for name, own in lists if len(own) != many
    ]
