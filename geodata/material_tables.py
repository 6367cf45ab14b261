"""Schema of works of battery materials and parts."""

from __future__ import annotations

import pandas as pd

from geodata import vocabulary as words
from geodata.columns import (
    NOTE,
    PLACE,
    PRECISION,
    PROVENANCE,
    country,
    date,
    identifier,
    periods_in_order,
    rule,
    spec,
    text,
)

_FIRM = "[^,;]+"

MATERIAL_WORKS = spec(
    "material_works",
    "Works of battery materials and parts that Chinese, Korean or Japanese makers hold abroad",
    ("id",),
    {
        "id": identifier("name of the row"),
        "name": text("works, or a later phase of it that was announced by itself"),
        "owner": text(
            "firm that holds most of it, spelt as in anode_plants where it is there",
            pattern=_FIRM,
            form="one name, no commas",
        ),
        "owner_hq_country": country("home of the owner"),
        "also_owner": text(
            "firms that hold the rest, semicolon between them",
            blank=True,
            pattern=f"{_FIRM}(;{_FIRM})*",
            form="names with a semicolon between them, no commas",
        ),
        "also_hq_country": text(
            "other homes among them, semicolon between them",
            blank=True,
            pattern="[A-Z]{2}(;[A-Z]{2})*",
            form="two-letter codes of ISO 3166-1 with a semicolon between them, as FI;SE",
        ),
        "country": country("where it stands"),
        "region": text("state, province or county", blank=True),
        "city": text("town"),
        **PLACE,
        **PRECISION,
        "material": text("what it makes first of all", among=words.BATTERY_MATERIAL),
        "status": text("as last read", among=words.PROJECT_STATUS),
        "capacity_text": text("size as the source states it", blank=True),
        "announced_date": date(
            "first public naming of the project at or near the site; the note says where only a "
            "later step was found"
        ),
        "status_date": date("when it came to its status, or was last read to be in it"),
        **PROVENANCE,
        **NOTE,
    },
    [
        rule(
            "status_date",
            "has its status from before it was announced",
            "check announced_date and status_date",
            periods_in_order("announced_date", "status_date"),
        ),
        rule(
            "also_owner",
            "another home, but no other owner",
            "name the firm or clear also_hq_country",
            lambda rows: rows["also_hq_country"].eq("") | rows["also_owner"].ne(""),
        ),
        rule(
            "also_hq_country",
            "the owner's own home again",
            "leave it out",
            lambda rows: pd.Series(
                [
                    home not in also.split(";")
                    for home, also in zip(
                        rows["owner_hq_country"], rows["also_hq_country"], strict=True
                    )
                ],
                index=rows.index,
            ),
        ),
    ],
)
