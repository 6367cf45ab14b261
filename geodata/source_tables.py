"""Schemas of where feedstock comes from, where carbon is worked, and what owners hold abroad."""

from __future__ import annotations

import pandera.pandas as pa

from geodata import vocabulary as words
from geodata.columns import (
    NOTE,
    PLACE,
    PRECISION,
    PROVENANCE,
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


def _firm(description: str, *, blank: bool = False) -> pa.Column:
    return text(description, blank=blank, pattern=_FIRM, form="one name, no commas")


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
