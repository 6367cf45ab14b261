"""Schema of what happens on a date: wars, blockades, surcharges of lanes, export licences."""

from __future__ import annotations

import pandas as pd

from geodata import vocabulary as words
from geodata.columns import PROVENANCE, VALID_RULE, date, identifier, number, rule, spec, text

PLACES, CODES = "[A-Z]{2}(-[A-Z0-9]{1,3})?", "ISO 3166 codes with a semicolon between them"
SIZELESS = ("bar", "closure")  # effects without a size
MOST = {"refusal": 1.0, "usd_per_t": 1000.0, "months": 60.0}
AT_SEA = ("closure", "usd_per_t")


def _sized(rows: pd.DataFrame) -> pd.Series[bool]:
    return rows["value"].isna() == rows["effect"].isin(SIZELESS)


def _in_range(rows: pd.DataFrame) -> pd.Series[bool]:
    return rows["value"].isna() | rows["value"].between(0, rows["effect"].map(MOST).fillna(0))


def _somewhere(rows: pd.DataFrame) -> pd.Series[bool]:
    land, strait = rows["geography"].ne(""), rows["passage"].ne("")
    at_sea, everywhere = rows["effect"].isin(AT_SEA), rows["effect"].eq("months")
    return (land ^ strait).where(at_sea, (land | everywhere) & ~(strait & ~everywhere))


def _bars_by_war(rows: pd.DataFrame) -> pd.Series[bool]:
    return rows["effect"].ne("bar") | rows["kind"].eq("war")


def _watched(rows: pd.DataFrame) -> pd.Series[bool]:
    return rows["since"].eq("") | rows["until"].ne("") | rows["last_read"].ne("")


EVENTS = spec(
    "events",
    "Wars, blockades, surcharges of lanes and export licences, one row per effect and period",
    ("event_id",),
    {
        "event_id": identifier("name of the row"),
        "kind": text("what happens", among=words.EVENT_KIND),
        "geography": text(
            "countries and first-level regions where it holds; of a charge or closure at sea: "
            "whose ports; blank: everywhere, or the passage alone",
            blank=True,
            pattern=f"{PLACES}(;{PLACES})*",
            form=CODES,
        ),
        "passage": text("strait or canal", blank=True, among=words.PASSAGE),
        "since": date("first day; blank: never in force, holds where a study says so", blank=True),
        "until": date("last day; blank: no end was read", blank=True),
        "last_read": date("how far its course was followed", blank=True),
        "effect": text("what it does", among=words.EVENT_EFFECT),
        "value": number("size, in the unit of `effect`", "see effect", 0, 1000, blank=True),
        "applies_to_owner_hq": text(
            "homes of the owners it applies to (ISO2, semicolon between them); blank: everyone",
            blank=True,
            pattern="[A-Z]{2}(;[A-Z]{2})*",
            form=CODES,
        ),
        "instrument_id": text("the law it belongs to (policy_zones); blank: none", blank=True),
        "summary": text("what happened"),
        **PROVENANCE,
    },
    [
        VALID_RULE,
        rule("value", "an effect has a size, a bar and a closure have none", "fill or clear it",
             _sized),
        rule("value", "out of range", "write a share of 1, at most 1,000 USD/t or 60 months",
             _in_range),
        rule("geography", "holds nowhere, or in two ways",
             "give a charge or closure ports or a passage, a bar or refusal a place", _somewhere),
        rule("kind", "only a war bars a place", "correct kind or effect", _bars_by_war),
        rule("last_read", "no end and not followed", "say how far it was followed", _watched),
    ],
)  # fmt: skip
