"""A brief for tests: the sites of the sample atlas with invented numbers, and a hostile one."""

from __future__ import annotations

import dataclasses

import numpy as np
import pandas as pd
from sample_atlas import PAYLOADS, sample

from maps.brief import Brief, Cost, Kind, Line
from maps.print.locator import Ground

DRAWN = ("sure", "rank_low", "rank_high")


def sample_brief(sites: int = 10) -> Brief:
    """Return a brief of so many sites; the same on every call."""
    atlas = sample()
    shown = atlas.sites.head(sites).reset_index(drop=True)
    keys = [pillar.key for pillar in atlas.pillars]
    count = len(shown)
    delivered = np.linspace(3000, 4200, count)
    # ln of what each pillar multiplies the odds by: some speak for a site, some against it
    ln = {key: np.linspace(2.0 - k, 0.3 - k / 2, count) for k, key in enumerate(keys)}
    table = shown[["name", "country_name", "lat", "lon"]].assign(
        rank=np.arange(1, count + 1), zone="The area", share=np.linspace(0.07, 0.004, count),
        odds=np.exp(sum(ln.values())), **ln, estates=3, sure=np.linspace(0.9, 0.2, count),
        rank_low=1.0, rank_high=17.0, delivered=delivered, pays_from=delivered,
        pays=np.linspace(0.9, 0.1, count),
    )  # fmt: skip
    costs = tuple(
        Cost(rank, name, country, {"materials": usd - 1000, "capital": 1300.0, "aid": -300.0},
             usd, usd - 500, usd + 900, 3200.0, 3100.0, 0.4, usd, usd + 700, -140.0, 3.2, 8.1)
        for rank, name, country, usd in zip(
            table["rank"].head(5), table["name"], table["country_name"], delivered, strict=False)
    )  # fmt: skip
    some = slice(0, 1 if count else 0)
    return Brief(
        title="Where to build 50 kt a year of synthetic graphite",
        kicker="Siting brief, study sample",
        subtitle="Chinese investor, as known on 22 November 2026",
        answer=(Line("Look first at", "the first."), Line("How sure", "not very.")),
        countries=pd.DataFrame({"country_name": ["Norway", "Chile"], "share": [0.2, 0.0312],
                                "zones": [3, 0]})[slice(0, 2 * bool(count))],
        sites=table,
        sure_of="among the first ten",
        pillars=tuple((pillar.key, pillar.name) for pillar in atlas.pillars),
        of_zones=25,
        draws=400,
        ground=Ground(
            atlas.gigafactories, atlas.surface, atlas.surface_breaks, atlas.scored_countries
        ),
        kinds=(Kind("beside the customer", "At their middle 9 kt/y.", 9, "A", 1, 3e3, 0.3),)[some],
        of_kinds=4,
        lenses=pd.DataFrame({"name": ["Evidence", "Onshoring"], "own": [True, False],
                             "firsts": ["A, NO 7 %", "B, NO 3 %; C, SE 2 %"],
                             "zone": [1, 0]})[slice(0, 2 * bool(count))],
        changes=(Line("Weights", "the runner-up passes."),),
        laws=pd.DataFrame({"instrument": ["An act"], "factor": [0.425], "site": ["A"],
                           "first": ["B"], "new": [2], "fallen_to": [5]})[some],
        laws_seen=3,
        costs=costs,
        unknown=(Line("Filled in", "much."),),
        scale="Scale: likely from 60 %.",
        method=("Each criterion has fixed anchors.",),
        facts=(Line("Seed", "1"),),
        attributions=("GeoNames (CC BY 4.0)", "Natural Earth"),
    )  # fmt: skip


def hostile_brief() -> Brief:
    """Return the sample with a payload in every text, fields and rows taking turns."""
    turn = iter(range(10**6))

    def bad(value: object) -> object:
        """Replace every text in a value, whatever holds it; keys of pillars and costs stay."""
        if isinstance(value, str):
            return PAYLOADS[next(turn) % len(PAYLOADS)]
        if isinstance(value, pd.DataFrame):
            texts = [c for c in value if pd.api.types.is_string_dtype(value[c])]
            return value.assign(**{c: value[c].map(bad) for c in texts})
        if isinstance(value, Cost):
            return dataclasses.replace(value, name=bad(""), country=bad(""))
        if isinstance(value, tuple):
            made = [bad(item) for item in value]
            return type(value)(*made) if hasattr(value, "_fields") else tuple(made)
        return value

    brief = sample_brief()
    changes = {
        field.name: bad(getattr(brief, field.name))
        for field in dataclasses.fields(Brief)
        if field.name not in ("pillars", "ground", "attributions")
    }
    changes["pillars"] = tuple((key, bad(name)) for key, name in brief.pillars)
    changes["attributions"] = PAYLOADS
    changes["method"] = PAYLOADS
    plants = brief.ground.plants
    changes["ground"] = dataclasses.replace(
        brief.ground,
        plants=plants.assign(
            status=[bad(s) if k % 2 else s for k, s in enumerate(plants["status"])]
        ),
        scored=frozenset(PAYLOADS),
    )
    return dataclasses.replace(brief, **changes)


def no_draws(brief: Brief) -> Brief:
    """Return the brief of a study that asks for no draws."""
    nothing = dict.fromkeys(DRAWN, np.nan)
    return dataclasses.replace(brief, draws=0, sites=brief.sites.assign(**nothing))
