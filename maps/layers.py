"""Frames become the rows that the page draws: checked, rounded, cleaned, nothing dropped."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from geodata.errors import Fault, raise_if
from geodata.geometry import basemap
from maps import dossiers, gazetteer, hexagons, land, linework, live, nearby, palette
from maps.columns import (
    FINE,
    HULL,
    LINES,
    PLACE,
    SHARE,
    TENTH,
    TEXT,
    WHOLE,
    YES,
    Column,
    rows,
)  # fmt: skip
from maps.escape import plain

if TYPE_CHECKING:
    from maps.atlas import Atlas

MOST_PILLARS = len(palette.PILLARS)
BEYOND_THE_GATE = ("freight", "duty")  # groups that come on the way to customers


# What each table must hold and how a value of it goes into the page.
TABLES: Mapping[str, dict[str, Column]] = {
    "sites": {"rank": WHOLE, "site_id": TEXT, "name": TEXT, "full_name": TEXT, "country": TEXT,
              "country_name": TEXT, "region_name": TEXT, **PLACE, "kind": TEXT, "archetype": TEXT,
              "zone": WHOLE, "zone_name": TEXT, "scouted": YES, "share": SHARE,
              "country_share": SHARE, "percentile": SHARE, "odds": FINE, "pays": FINE,
              "pays_from": WHOLE, "pays_after_tax_from": WHOLE, "margin": WHOLE,
              "known": WHOLE, "total": WHOLE},
    "criteria": {"criterion": TEXT, "pillar": TEXT, "raw": FINE, "unit": TEXT, "value": FINE,
                 "odds": FINE, "imputed": YES, "level": TEXT},
    "costs": {"part": TEXT, "group": TEXT, "usd_per_t": WHOLE},
    "customers": {"name": TEXT, "country": TEXT, **PLACE, "kt": TENTH, "usd_per_t": WHOLE,
                  "km": WHOLE, "modes": TEXT, "duty": WHOLE, "parity": WHOLE, "margin": WHOLE},
    "policies": {"instrument": TEXT, "effect": TEXT, "status": TEXT, "summary": TEXT},
    "runners_up": {"name": TEXT, "kind": TEXT, "km_away": WHOLE, "facts": TEXT},
    "unscouted": {"site_id": TEXT, "name": TEXT, "country": TEXT, "country_name": TEXT, **PLACE,
                  "share": SHARE, "sites": WHOLE},
    "countries": {"country": TEXT, "country_name": TEXT, "share": SHARE},
    "barred": {"name": TEXT, "country": TEXT, "country_name": TEXT, **PLACE, "rule": TEXT},
    "gigafactories": {"name": TEXT, "owner": TEXT, "owner_hq_country": TEXT, "country": TEXT,
                      **PLACE, "status": TEXT, "capacity_gwh": TENTH, "chemistry": TEXT,
                      "anode_kt": TENTH},
    "automakers": {"name": TEXT, "owner_group": TEXT, "country": TEXT, **PLACE,
                   "vehicles": WHOLE, "ev_status": TEXT},
    "rivals": {"name": TEXT, "owner": TEXT, "owner_hq_country": TEXT, "country": TEXT, **PLACE,
               "product": TEXT, "status": TEXT, "ktpa": TENTH},
    "policy_countries": {"country": TEXT, "score_hint": FINE, "in_force": WHOLE, "bars": YES,
                         "decides": YES, "entry": FINE, "instruments": LINES},
    "unranked": {"country": TEXT, "why": TEXT},
    "clusters": {"name": TEXT, **PLACE, "kt": TENTH, "gwh": TENTH, "plants": WHOLE,
                 "radius_km": WHOLE},
    "zones": {"zone": WHOLE, "name": TEXT, "rank": WHOLE, "hull": HULL, "sites": WHOLE},
}  # fmt: skip
MAYBE = {
    "sites": {"low": WHOLE, "high": WHOLE, "p_first": FINE, "p_top10": FINE,
              "share_low": SHARE, "share_high": SHARE}
}  # fmt: skip # a frame may do without
OF_A_SITE = ("criteria", "costs", "customers", "policies", "runners_up")
ALSO = {
    "contributions": ("site_id",),
    "surface": ("h3", "kt"),
    **dict.fromkeys(OF_A_SITE, ("site_id",)),
}
FINITE = ("lat", "lon", "share", "kt")  # what cannot be drawn without
FINITE_HERE = {"costs": ("usd_per_t",)}


def payload(atlas: Atlas) -> dict[str, Any]:
    """Return everything that the page's script reads, as JSON-ready values.

    Raises
    ------
    SitingError
        With every missing column, missing coordinate and unknown site.
    """
    raise_if(faults(atlas))
    sites = atlas.sites.sort_values("rank", kind="stable")
    place = {site: number for number, site in enumerate(sites["site_id"])}
    tables: dict[str, Any] = {
        name: rows(getattr(atlas, name), columns)
        for name, columns in TABLES.items()
        if name not in OF_A_SITE
    }
    optional = {name: turn for name, turn in MAYBE["sites"].items() if name in sites}
    tables["sites"] = rows(sites, TABLES["sites"] | optional)
    for name in OF_A_SITE:
        frame: pd.DataFrame = getattr(atlas, name)
        tables[name] = {
            "site": frame["site_id"].map(place).tolist(),
            **rows(frame, TABLES[name]),
        }
    if atlas.dossiers is not None:
        known = atlas.dossiers.sources
        law, plant = atlas.policies.get("instrument_id", ()), atlas.customers.get("plant_id", ())
        tables["policies"]["source"] = dossiers.numbers(known.laws, law)
        tables["customers"]["source"] = dossiers.numbers(known.plants, plant)
    odds = atlas.contributions.set_index("site_id").reindex(list(place))
    pillars = [pillar.key for pillar in atlas.pillars]
    drawn = basemap()
    return {
        **sentences(atlas),
        "study": plain(atlas.study), "as_of": plain(atlas.as_of),
        "beyondTheGate": BEYOND_THE_GATE,
        "odds": _matrix(odds[pillars]),
        "tables": tables,
        "surface": [linework.encode_area(area)
                    for area in hexagons.classes(atlas.surface, atlas.surface_breaks)],
        "breaks": list(atlas.surface_breaks),
        "cells": [{"png": p.png, "bounds": p.bounds, "from": p.from_zoom} for p in atlas.cells],
        "ground": {**drawn, "scored": sorted(atlas.scored_countries & drawn["countries"].keys())},
        "names": gazetteer.payload(),
        "nearby": nearby.payload(sites),
        "attributions": [plain(line) for line in atlas.attributions],
        "certainty": [[least, plain(word)] for least, word in atlas.certainty],
        "palette": palette.for_script(pillars),
        "dossiers": None if atlas.dossiers is None else dossiers.payload(
            atlas.dossiers, list(place)),
        "live": None if atlas.live is None else live.payload(atlas.live),
        "land": None if atlas.land is None or atlas.live is None else land.payload(atlas.land),
    }  # fmt: skip


def sentences(atlas: Atlas) -> dict[str, Any]:
    """Return what a payload says in sentences, which each language has of its own."""
    return {
        "title": plain(atlas.title),
        "subtitle": plain(atlas.subtitle),
        "answer": plain(atlas.answer),
        "laws": plain(atlas.laws),
        "notes": [plain(line) for line in atlas.notes],
        "pillars": [{"key": plain(p.key), "name": plain(p.name)} for p in atlas.pillars],
    }


def faults(atlas: Atlas) -> list[Fault]:
    """Return what keeps an atlas from being drawn."""
    result: list[Fault] = []
    if len(atlas.pillars) > MOST_PILLARS:
        result.append(
            Fault("atlas", f"more than {MOST_PILLARS} pillars", value=str(len(atlas.pillars)))
        )
    wanted = {name: list(columns) for name, columns in TABLES.items()}
    for name, more in ALSO.items():
        wanted[name] = [*more, *wanted.get(name, ())]
    wanted["contributions"] += [pillar.key for pillar in atlas.pillars]
    for name, columns in wanted.items():
        frame: pd.DataFrame = getattr(atlas, name)
        missing = [column for column in columns if column not in frame]
        result += [Fault(f"atlas.{name}", "a column is missing", column=c) for c in missing]
        result += _not_finite(name, frame)
    if atlas.live is not None:
        result += live.faults(atlas.live, frozenset(pillar.key for pillar in atlas.pillars))
    if atlas.land is not None:
        result += land.faults(atlas.land)
    if atlas.dossiers is not None and "site_id" in atlas.sites:
        result += dossiers.faults(atlas.dossiers, frozenset(atlas.sites["site_id"]))
    return result or _unknown_ids(atlas)


def _not_finite(name: str, frame: pd.DataFrame) -> list[Fault]:
    return [
        Fault(f"atlas.{name}", "not a number", row=int(row) + 2, column=column)
        for column in (*FINITE, *FINITE_HERE.get(name, ()))
        if column in frame
        for row in np.flatnonzero(~np.isfinite(frame[column].to_numpy(dtype=float)))
    ]


def _unknown_ids(atlas: Atlas) -> list[Fault]:
    """Return faults of site ids: twice among the sites, or not among them."""
    ids = atlas.sites["site_id"]
    result = [
        Fault("atlas.sites", "the same site twice", column="site_id", value=str(site))
        for site in ids[ids.duplicated()]
    ]
    for name in ("contributions", *OF_A_SITE):
        known = set(ids)
        strange = dict.fromkeys(s for s in getattr(atlas, name)["site_id"] if s not in known)
        result += [
            Fault(f"atlas.{name}", "no such site", column="site_id", value=str(site))
            for site in strange
        ]
    return result


def _matrix(frame: pd.DataFrame) -> list[list[Any]]:
    return [[FINE(value) for value in row] for row in frame.itertuples(index=False, name=None)]
