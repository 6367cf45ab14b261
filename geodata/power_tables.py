"""Schemas of power as a gate: separate systems with their size, and how long a grid lets wait."""

from __future__ import annotations

import pandas as pd

from geodata import vocabulary as words
from geodata.columns import (
    NOTE,
    PROVENANCE,
    VALID,
    VALID_RULE,
    date,
    identifier,
    number,
    rule,
    spec,
    text,
)

BOX = ("lat_min", "lat_max", "lon_min", "lon_max")
MAX_MW = 2e5  # larger than any system listed


def _whole_box(rows: pd.DataFrame) -> pd.Series[bool]:
    """All four sides or none, each low one below its high one."""
    sides = rows[list(BOX)]
    ordered = rows["lat_min"].lt(rows["lat_max"]) & rows["lon_min"].lt(rows["lon_max"])
    return sides.isna().all(axis=1) | (sides.notna().all(axis=1) & ordered)


_GEOGRAPHY = text(
    "codes of the places it covers",
    pattern="[A-Z]{2}[A-Z0-9-]*(;[A-Z]{2}[A-Z0-9-]*)*",
    form="codes with a semicolon between them",
)

POWER_SYSTEMS = spec(
    "power_systems",
    "Power systems that stand by themselves, with their size; elsewhere the grid is large",
    ("system_id",),
    {
        "system_id": identifier("name of the row"),
        "name": text("island, country or grid"),
        "geo_type": text("kind of codes in geography", among=words.POWER_GEO_TYPE),
        "geography": _GEOGRAPHY,
        "lat_min": number("southern side of a box", "degrees", -90, 90, blank=True),
        "lat_max": number("northern side", "degrees", -90, 90, blank=True),
        "lon_min": number("western side", "degrees", -180, 180, blank=True),
        "lon_max": number("eastern side; blank: all of the geography", "degrees", -180, 180,
                          blank=True),
        "link": text("what joins it to its neighbours"),
        "link_mw": number("what that link carries", "MW", 0, MAX_MW),
        "peak_mw": number("highest load", "MW", 0, MAX_MW, blank=True),
        "installed_mw": number("installed or available capacity", "MW", 0, MAX_MW, blank=True),
        "year": number("year of the peak, or of the capacity", "year", 2000, 2040, whole=True),
        **VALID,
        **PROVENANCE,
        **NOTE,
    },
    [
        VALID_RULE,
        rule("lat_min", "half a box, or one upside down", "give all four sides or none",
             _whole_box),
        rule("peak_mw", "its size is not known", "give a peak or a capacity, or leave it out",
             lambda rows: rows[["peak_mw", "installed_mw"]].notna().any(axis=1)),
    ],
)  # fmt: skip

TIME_TO_POWER = spec(
    "time_to_power",
    "How long a large load waits for its connection, how much is granted, who is turned away",
    ("row_id",),
    {
        "row_id": identifier("name of the row"),
        "geo_type": text("kind of codes in geography", among=words.POWER_GEO_TYPE),
        "geography": _GEOGRAPHY,
        "grid": text("who grants the connection"),
        "threshold_mw": number("loads from here on; blank: any", "MW", 0, 1e4, blank=True),
        "months_wait": number("from request to power", "months", 0, 240, blank=True),
        "share_granted": number("of the power asked for", "share", 0, 1, blank=True),
        "intake": text("whether requests are taken", blank=True, among=words.INTAKE),
        "judged": text(
            "columns that are a judgement, though the rule or queue behind them was read",
            blank=True,
            pattern="(months_wait|share_granted)(;(months_wait|share_granted))*",
            form="names of columns with a semicolon between them",
        ),
        "summary": text("what holds there"),
        "since": date("first day it holds"),
        "until": VALID["until"],
        **PROVENANCE,
    },
    [
        VALID_RULE,
        rule("months_wait", "says nothing that counts", "give a wait, a share or the intake",
             lambda rows: rows[["months_wait", "share_granted"]].notna().any(axis=1)
             | rows["intake"].ne("")),
    ],
)  # fmt: skip
