"""An atlas on paper for tests: a sheet a site of the sample brief; one too long, one hostile."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pandas as pd
from sample_atlas import PAYLOADS
from sample_brief import hostile_brief, sample_brief

from maps.brief import Brief, Line
from maps.print.surroundings import LOOKS
from maps.printed_atlas import Gain, PrintedAtlas, Served, Sheet

LONG = "工业园区 and a name that goes on " * 30


def sample_sheets(sites: int = 10, brief: Brief | None = None) -> PrintedAtlas:
    """Return an atlas of so many sites; the last stands for no zone and nothing was drawn there."""
    brief = brief or sample_brief(sites)
    cost = sample_brief().costs[0]
    sheets = [
        _sheet(site, brief, cost, last=nth + 1 == sites)
        for nth, site in enumerate(brief.sites.to_dict("records"))
    ]
    return PrintedAtlas(brief, tuple(sheets), _things(brief))


def _sheet(site: dict[Any, Any], brief: Brief, cost: Any, *, last: bool) -> Sheet:
    rank = 0 if last else int(site["rank"])
    nothing = float("nan")
    return Sheet(
        rank=rank,
        site_id=f"site-{site['rank']}",
        name=str(site["name"]),
        where=f"{site['country_name']}, zone {site['rank']}",
        code="NO",
        lat=float(site["lat"]),
        lon=float(site["lon"]),
        share=float(site["share"]),
        sure=nothing if last else 0.4,
        rank_low=nothing if last else 1.0,
        rank_high=nothing if last else 17.0,
        cost=dataclasses.replace(cost, rank=rank, name=str(site["name"])),
        facts=(Line("Operator", "Somebody"), Line("Free land", "70 ha"), Line("Gas", "yes")),
        gains=tuple(
            Gain(key, f"Criterion of {name}", "12 km", 1.5 - k)
            for k, (key, name) in enumerate(brief.pillars)
        ),
        odds=12.0,
        customers=(Served("A plant", "SE", 21.4, 0.25, 80.0, -120.0),),
        customers_left=22,
        output_left=0.43,
        laws=(Line("An act", "incentive"),),
        case=("Its odds must grow 3.6 times to pass the first. Each of these alone would do:",
              "A tonne cheaper by 300 USD"),
    )  # fmt: skip


def _things(brief: Brief) -> dict[str, pd.DataFrame]:
    """Return towns and the like round the first site, so close that their names would collide."""
    step = np.linspace(-0.3, 0.3, 12)
    first = brief.sites.iloc[0] if len(brief.sites) else {"lat": 60.0, "lon": 20.0}
    return {
        kind: pd.DataFrame({"name": [f"{kind} {n}" for n in range(12)],
                            "lat": first["lat"] + step * (k + 1) / 3,
                            "lon": first["lon"] - step[::-1] * k / 2})
        for k, kind in enumerate(LOOKS)
    }  # fmt: skip


def long_sheets() -> PrintedAtlas:
    """Return the sample with far more, and far longer, than a page holds."""
    atlas = sample_sheets()
    wordy = [
        dataclasses.replace(
            sheet, name=LONG, where=LONG, facts=(Line("Fact", LONG), Line("Kind", "short")) * 20,
            laws=(Line(LONG, "incentive"),) * 30, case=(LONG,) * 20,
            customers=(Served(LONG, "SE", 21.4, 0.25, 80.0, -120.0),) * 6,
        )
        for sheet in atlas.sheets
    ]  # fmt: skip
    brief = atlas.brief
    long_names = brief.sites.assign(name=LONG, zone=LONG, country_name=LONG)
    costs = tuple(dataclasses.replace(cost, name=LONG, country=LONG) for cost in brief.costs)
    told = dataclasses.replace(brief, sites=long_names, costs=costs, title=LONG, subtitle=LONG)
    return dataclasses.replace(atlas, brief=told, sheets=tuple(wordy))


def hostile_sheets() -> PrintedAtlas:
    """Return the sample with a payload in every text, fields and rows taking turns."""
    turn = iter(range(10**6))

    def bad() -> str:
        return PAYLOADS[next(turn) % len(PAYLOADS)]

    def told(lines: tuple[Line, ...]) -> tuple[Line, ...]:
        return tuple(Line(bad(), bad()) for _ in lines)

    atlas = sample_sheets(brief=hostile_brief())
    sheets = [
        dataclasses.replace(
            sheet, site_id=bad(), name=bad(), where=bad(), code=bad(), facts=told(sheet.facts),
            gains=tuple(gain._replace(name=bad(), raw=bad()) for gain in sheet.gains),
            customers=tuple(one._replace(name=bad(), country=bad()) for one in sheet.customers),
            laws=told(sheet.laws), case=(bad(), *PAYLOADS[:5]),
            cost=dataclasses.replace(sheet.cost, name=bad(), country=bad()),
        )
        for sheet in atlas.sheets
    ]  # fmt: skip
    things = {kind: rows.assign(name=[bad() for _ in range(len(rows))])
              for kind, rows in atlas.things.items()}  # fmt: skip
    return dataclasses.replace(atlas, sheets=tuple(sheets), things=things)
