"""Schemas of where feedstock and anode come from, where carbon is worked, what owners hold."""

from __future__ import annotations

import pandas as pd

from geodata import vocabulary as words
from geodata.columns import (
    NOTE,
    PLACE,
    PRECISION,
    PROVENANCE,
    Column,
    country,
    date,
    identifier,
    number,
    periods_in_order,
    rising,
    rule,
    spec,
    text,
)

_FIRM = "[^,;]+"
_ALSO = text(
    "anode makers of the same group or with a stake in it, spelt as in anode_plants, semicolon "
    "between them",
    blank=True,
    pattern=f"{_FIRM}(;{_FIRM})*",
    form="names with a semicolon between them, no commas",
)


def _firm(description: str, *, blank: bool = False) -> Column:
    return text(description, blank=blank, pattern=_FIRM, form="one name, no commas")


_ROUNDED_PCT = 1.0  # a share printed beside two rounded tonnages


def _share_of_tonnages(rows: pd.DataFrame) -> pd.Series[bool]:
    share = 100.0 * rows["kt_from_china"] / rows["kt_total"]
    return share.isna() | share.sub(rows["china_share_pct"]).abs().le(_ROUNDED_PCT)


ANODE_IMPORTS = spec(
    "anode_imports",
    "How much graphite importers buy from China, by trade statistics",
    ("import_id",),
    {
        "import_id": identifier("name of the row"),
        "importer": text(
            "who buys: a country (ISO2), EU, or WORLD for all who buy from China",
            pattern="[A-Z]{2}|WORLD",
            form="the two-letter code of ISO 3166-1, EU or WORLD",
        ),
        "goods": text("what is bought", among=words.IMPORT_GOODS),
        "since": date("first year or month of the period"),
        "until": date("last year or month of the period"),
        "kt_from_china": number("bought from China in the period", "kt", 0, 5000, blank=True),
        "kt_total": number("bought from all countries in the period", "kt", 0.1, 5000, blank=True),
        "china_share_pct": number("China's share of the imports", "%", 0, 100, blank=True),
        "basis": text("how firm the figure is", among=words.IMPORT_BASIS),
        "known_date": date("when it was published where it was read"),
        **PROVENANCE,
        **NOTE,
    },
    [
        rule(
            "until",
            "ends before it starts",
            "check since and until",
            periods_in_order("since", "until"),
        ),
        rule(
            "china_share_pct",
            "neither a tonnage nor a share",
            "give one of them",
            lambda rows: rows["kt_from_china"].notna() | rows["china_share_pct"].notna(),
        ),
        rule(
            "china_share_pct",
            "not the share of the two tonnages",
            "correct one of the three",
            _share_of_tonnages,
        ),
        rule(
            "china_share_pct",
            "buyers of Chinese goods together have no share",
            "clear it or name the importer",
            lambda rows: rows["importer"].ne("WORLD") | rows["china_share_pct"].isna(),
        ),
    ],
)

FEEDSTOCK_SOURCES = spec(
    "feedstock_sources",
    "Where needle coke, petroleum coke and flake concentrate come from, and whose it is",
    ("source_id",),
    {
        "source_id": identifier("name of the row"),
        "name": text("works, refinery or mine"),
        "country": country("where it stands"),
        **PLACE,
        "feedstock": text("what it sells", among=words.FEEDSTOCK),
        "price_usd_per_t": number("price at the gate", "USD/t", 0, 10_000, blank=True),
        **PROVENANCE,
        **NOTE,
        "owner": _firm(
            "firm that owns or controls it, spelt as in anode_plants where it is there; blank: "
            "unknown or many",
            blank=True,
        ),
        "also_owner": _ALSO,
        "known_date": date(
            "when it was public as this owner's: first resource, purchase or start", blank=True
        ),
        "status": text("as last known", blank=True, among=words.SOURCE_STATUS),
        "cost_usd_per_t": number(
            "stated cash cost of a tonne of concentrate, FOB unless the note says otherwise",
            "USD/t",
            50,
            5_000,
            blank=True,
        ),
    },
    [
        rule(
            "cost_usd_per_t",
            "only a mine of flake has one",
            "clear it or correct feedstock",
            lambda rows: rows["cost_usd_per_t"].isna() | rows["feedstock"].eq("flake_concentrate"),
        ),
        rule(
            "also_owner",
            "no owner beside it",
            "name the first one in owner",
            lambda rows: rows["also_owner"].eq("") | rows["owner"].ne(""),
        ),
    ],
)

CARBON_WORKS = spec(
    "carbon_works",
    "Works outside China that bake, graphitise or distil carbon for other uses than anodes",
    ("work_id",),
    {
        "work_id": identifier("name of the row"),
        "firm": _firm("group that runs it, spelt as in anode_plants where it is there"),
        "also_owner": _ALSO,
        "name": text("works"),
        "country": country("where it stands"),
        "city": text("town"),
        **PLACE,
        **PRECISION,
        "kind": text("main product", among=words.CARBON_KIND),
        "start_year": number(
            "first year of carbon on the site", "year", 1850, 2040, blank=True, whole=True
        ),
        "end_year": number(
            "last year of an idle or closed works", "year", 1950, 2040, blank=True, whole=True
        ),
        "status": text("as last known", among=words.WORKS_STATUS),
        **PROVENANCE,
        **NOTE,
        "held_since": number(
            "first year the group had it, where that is later than start_year or start_year is not "
            "known; the note says where it is the latest that it can be",
            "year",
            1850,
            2040,
            blank=True,
            whole=True,
        ),
    },
    [
        rule(
            "end_year",
            "ended before it began",
            "check start_year and end_year",
            rising("start_year", "end_year"),
        ),
        rule(
            "end_year",
            "an operating works has none",
            "clear it or correct status",
            lambda rows: rows["end_year"].isna() | rows["status"].ne("operating"),
        ),
    ],
)

OWNER_TIES = spec(
    "owner_ties",
    "Works and mines of owners of anode plants outside their home, their own or of firms they are "
    "bound to, since when",
    ("tie_id",),
    {
        "tie_id": identifier("name of the row"),
        "owner": text(
            "whose tie it is, spelt as in anode_plants, semicolon between several",
            pattern=f"{_FIRM}(;{_FIRM})*",
            form="names with a semicolon between them, no commas",
        ),
        "through": _firm("firm whose works or mine it is; blank: the owner itself", blank=True),
        "link": text("what binds the two", among=words.TIE_LINK),
        "plan": text(
            "the plant of anode_plants for which a partner is named; blank: none",
            blank=True,
            pattern="[a-z0-9]+(-[a-z0-9]+)*",
            form="an id of anode_plants",
        ),
        "kind": text("what stands there", among=words.TIE_KIND),
        "product": text("what it makes or digs"),
        "country": country("where it stands"),
        "city": text("town, or the nearest one known"),
        **PLACE,
        "since": date(
            "when the tie began: start, purchase, or the stake of the firm in `through`; it counts "
            "once this day, month or year is over"
        ),
        "until": date("last day, month or year of it; blank: not known to have ended", blank=True),
        **PROVENANCE,
        **NOTE,
    },
    [
        rule(
            "until",
            "ends before it begins",
            "check since and until",
            periods_in_order("since", "until"),
        ),
        rule(
            "through",
            "a tie through another firm names it, one of its own does not",
            "correct link or through",
            lambda rows: rows["link"].eq("own") == rows["through"].eq(""),
        ),
        rule(
            "plan",
            "a partner is named for a plan, nobody else is",
            "correct link or plan",
            lambda rows: rows["link"].eq("partner") == rows["plan"].ne(""),
        ),
    ],
)
