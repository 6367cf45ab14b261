"""Schemas of what holds at a place: laws, prices, indices, memberships and parameters."""

from __future__ import annotations

from math import inf

import pandas as pd

from geodata import vocabulary as words
from geodata.columns import (
    NOTE,
    PROVENANCE,
    VALID,
    VALID_RULE,
    country,
    date,
    number,
    periods_in_order,
    rising,
    rule,
    spec,
    text,
)
from geodata.factor_vocabulary import FACTORS

TAX_RELIEF = ("tax_holiday", "zone_benefit")  # themes that may waive income tax


def _factor_in_range(rows: pd.DataFrame) -> pd.Series[bool]:
    low = rows["factor"].map({name: factor.low for name, factor in FACTORS.items()})
    high = rows["factor"].map({name: factor.high for name, factor in FACTORS.items()})
    return rows["value"].isna() | low.isna() | rows["value"].between(low, high)


POLICY_ZONES = spec(
    "policy_zones",
    "Laws, duties, incentives and bars, one row per instrument and zone",
    ("instrument_id",),
    {
        "instrument_id": text(
            "name of the row",
            pattern="[A-Z0-9]+(-[A-Z0-9]+)*",
            form="capitals and digits joined by hyphens",
        ),
        "zone_name": text("zone"),
        "level": text("how large the zone is", among=words.POLICY_LEVEL),
        "geo_type": text("kind of codes in geography", among=words.GEO_TYPE),
        "geography": text(
            "codes of the places it covers",
            pattern="[A-Z]{2}[A-Z0-9-]*(;[A-Z]{2}[A-Z0-9-]*)*",
            form="codes with a semicolon between them",
        ),
        "instrument": text("name of the law or scheme"),
        "effect_type": text("what it does", among=words.EFFECT),
        "status": text("as of the catalogue's date", among=words.POLICY_STATUS),
        "magnitude": number("size, in `unit`", "see unit", -inf, inf, blank=True),
        "unit": text("unit of magnitude", blank=True),
        "start_date": date("first day in force, or day of the proposal"),
        "end_date": date("last day in force; blank: open", blank=True),
        "applies_to_owner_hq": text(
            "homes of the owners it applies to (ISO2, semicolon between them); not:PFE all but "
            "prohibited foreign entities; blank: everyone",
            blank=True,
        ),
        "applies_to_product": text("goods it covers"),
        "summary": text("what it says"),
        **PROVENANCE,
        "known_date": date("when it became publicly known", blank=True),
        "theme": text("what it does to an anode plant", among=words.THEME),
        "capex_share": number(
            "worth to an anode plant as a share of capital cost; blank: unknown or none",
            "share",
            0,
            0.5,
            blank=True,
        ),
        "refusal_probability": number(
            "chance that a project of the named owners is refused or made pointless; 1 bars it "
            "outright; blank: does not decide on entry",
            "probability",
            0,
            1,
            blank=True,
        ),
        "role": text("whether it may move a score", among=words.ROLE),
        "judgement": text("why capex_share, refusal_probability or role is what it is", blank=True),
        "applies_to_origin": text(
            "of a duty: origins of the goods that pay it (ISO2, semicolon between them), whatever "
            "their agreements; not:XX all but these; blank: every origin without free access",
            blank=True,
            pattern="(not:)?[A-Z]{2}(;[A-Z]{2})*",
            form="country codes with a semicolon between them, not: before all but these",
        ),
        "phase_out": text(
            "of a production credit: per cent of magnitude left from a year on; blank: all of it",
            blank=True,
            pattern=r"\d{4}:\d{1,3}(;\d{4}:\d{1,3})*",
            form="year:per cent with a semicolon between them, as 2030:75;2031:50",
        ),
        "strikes": text(
            "instruments that it takes away from the owners it names (instrument_id)",
            blank=True,
            pattern="[A-Z0-9-]+(;[A-Z0-9-]+)*",
            form="instrument_id with a semicolon between them",
        ),
        "tax_relief": text(
            "of a tax holiday: years and per cent of corporate income tax waived, in sequence from "
            "the first year of production; blank: none or unknown",
            blank=True,
            pattern=r"[1-9]\d?:(100|[1-9]\d?)(;[1-9]\d?:(100|[1-9]\d?))*",
            form="years:per cent with a semicolon between them, as 5:100;2:50",
        ),
    },
    [
        rule(
            "end_date",
            "ends before it starts",
            "check start_date and end_date",
            periods_in_order("start_date", "end_date"),
        ),
        rule(
            "capex_share",
            "a row that explains carries no capex_share",
            "clear it",
            lambda rows: rows["role"].ne("explain") | rows["capex_share"].isna(),
        ),
        rule(
            "capex_share",
            "only an incentive has one",
            "clear it or correct effect_type",
            lambda rows: rows["capex_share"].isna() | rows["effect_type"].eq("incentive"),
        ),
        rule(
            "refusal_probability",
            "only an exclusion has one",
            "clear it or correct effect_type",
            lambda rows: rows["refusal_probability"].isna() | rows["effect_type"].eq("exclusion"),
        ),
        rule(
            "tax_relief",
            "only a tax holiday or a zone's benefit has one",
            "clear it or correct theme",
            lambda rows: rows["tax_relief"].eq("") | rows["theme"].isin(TAX_RELIEF),
        ),
    ],
)

PLACE_FACTORS = spec(
    "place_factors",
    "Prices, indices and targets of countries, regions and bidding zones",
    ("factor", "iso2", "region_code", "year"),
    {
        "factor": text("what is measured", among={k: f.meaning for k, f in FACTORS.items()}),
        "iso2": country("country"),
        "iso3": text("country", pattern="[A-Z]{3}", form="the three-letter code of ISO 3166-1"),
        "name": text("name of the place"),
        "region_code": text(
            "ISO 3166-2 code or bidding zone; blank: the whole country",
            blank=True,
            pattern="[A-Z]{2}(-[A-Z0-9]{1,3}|[A-Z0-9_]*)",
            form="an ISO 3166-2 code or a bidding zone, as SE-Y or SE2",
        ),
        "region_type": text("kind of place", among=words.REGION_TYPE),
        "value": number("value in `unit`; y and n are read as 1 and 0", "see unit", -inf, inf),
        "unit": text("unit of value"),
        "year": text(
            "period measured",
            pattern=r"\d{4}(-S[12]|-Q[1-4]|e)?",
            form="a year, a half (2024-S2), a quarter (2024-Q1) or an estimate (2024e)",
        ),
        "source": PROVENANCE["source"],
        "confidence": PROVENANCE["confidence"],
        **NOTE,
        "as_of": PROVENANCE["as_of"],
    },
    [
        rule("value", "outside the range of its factor", "check value and unit", _factor_in_range),
        rule(
            "region_code",
            "a whole country has none and every other place has one",
            "make region_code and region_type agree",
            lambda rows: rows["region_type"].eq("country").eq(rows["region_code"].eq("")),
        ),
    ],
)

ANODE_ECONOMICS = spec(
    "anode_economics",
    "Parameters of anode making: intensity, energy, capital, prices, each with its range",
    ("param_id",),
    {
        "param_id": text(
            "name of the row",
            pattern="[A-Z0-9]+(-[A-Z0-9]+)*",
            form="capitals and digits joined by hyphens",
        ),
        "category": text("group", among=words.ECONOMICS_CATEGORY),
        "parameter": text("what it is"),
        "product": text("product or products it is for"),
        "region": text("place or places it is for"),
        "low": number("low end", "see unit", -inf, inf),
        "central": number("central value", "see unit", -inf, inf),
        "high": number("high end", "see unit", -inf, inf),
        "unit": text("unit of the three values"),
        "year": date("year or month it is for"),
        **PROVENANCE,
        **NOTE,
    },
    [
        rule(
            "central",
            "not between low and high",
            "order the three values",
            rising("low", "central", "high"),
        )
    ],
)

PROJECT_COSTS = spec(
    "project_costs",
    "What real works cost to build and to run, as their owners state it",
    ("project_id",),
    {
        "project_id": text(
            "name of the row",
            pattern="[A-Z0-9]+(-[A-Z0-9]+)*",
            form="capitals and digits joined by hyphens",
        ),
        "plant_id": text("row of anode_plants; blank: no single plant", blank=True),
        "name": text("plant and phase"),
        "kind": text("what the amount is", among=words.PROJECT_COST),
        "builder": country("home of the owner"),
        "country": country("where it stands"),
        "region": text("ISO 3166-2 region where it matters", blank=True),
        "product": text("what it makes", among=words.PROJECT_PRODUCT),
        "capacity_ktpa": number("size of the phase", "kt/y", 0.1, 1000),
        "usd": number("amount: per t/y of capacity, or per tonne made", "USD", 100, 100_000),
        "low": number("low end", "USD", 100, 100_000),
        "high": number("high end", "USD", 100, 100_000),
        "use": text("whether the model was calibrated on it", among=words.PROJECT_USE),
        "flake_usd_per_t": number(
            "price of its flake concentrate where the study states one; 0: not counted",
            "USD/t",
            0,
            5000,
            blank=True,
        ),
        "flake_t_per_t": number("flake a tonne of anode", "t/t", 0.5, 4, blank=True),
        "year": date("year it is for"),
        **PROVENANCE,
        **NOTE,
    },
    [
        rule(
            "usd",
            "not between low and high",
            "order the three amounts",
            rising("low", "usd", "high"),
        )
    ],
)

ANODE_PRICES = spec(
    "anode_prices",
    "What a tonne of anode costs at a Chinese port and fetches outside China, over time",
    ("series", "date"),
    {
        "series": text("which price", among=words.PRICE_SERIES),
        "date": date("month"),
        "usd_per_t": number("price in the money of the day", "USD/t", 500, 30_000),
        "low": number("low end", "USD/t", 500, 30_000),
        "high": number("high end", "USD/t", 500, 30_000),
        "basis": text("product, place and terms"),
        **PROVENANCE,
        **NOTE,
    },
    [
        rule(
            "usd_per_t",
            "not between low and high",
            "order the three prices",
            rising("low", "usd_per_t", "high"),
        )
    ],
)

EXCLUDED_COUNTRIES = spec(
    "excluded_countries",
    "Countries where no candidate is proposed, and why",
    ("country", "reason"),
    {
        "country": country("country"),
        "reason": text("why", among=words.EXCLUSION_REASON),
        **VALID,
        **PROVENANCE,
        **NOTE,
    },
    [VALID_RULE],
)

COUNTRY_GROUPS = spec(
    "country_groups",
    "Members of blocs and alliances over time",
    ("group", "country"),
    {
        "group": text("bloc or alliance", pattern="[A-Z0-9_]+", form="capitals, as US_ALLY"),
        "country": country("member"),
        **VALID,
        **PROVENANCE,
    },
    [VALID_RULE],
)

TRADE_ACCESS = spec(
    "trade_access",
    "Duty-free or preferential access of a country's industrial goods to the markets that put a "
    "duty on graphite powder",
    ("country", "market", "agreement"),
    {
        "country": country("country of origin"),
        "market": text("market of destination", among=words.MARKET),
        "access": text("terms", among=words.ACCESS),
        "agreement": text("agreement or scheme"),
        **VALID,
        **PROVENANCE,
        **NOTE,
    },
    [VALID_RULE],
)

NUTS_REGIONS = spec(
    "nuts_regions",
    "First-level divisions that make up each NUTS region named by a law",
    ("nuts", "region"),
    {
        "nuts": text(
            "NUTS 2021 code", pattern="[A-Z]{2}[0-9A-Z]{1,3}", form="a NUTS code, as SE33"
        ),
        "region": text(
            "division in it, ISO 3166-2", pattern="[A-Z]{2}-[A-Z0-9]{1,3}", form="a code as SE-AC"
        ),
        **PROVENANCE,
        **NOTE,
    },
)

TERRITORIES = spec(
    "territories",
    "Land with a code of its own that stands under the law or in the customs territory of a state",
    ("territory",),
    {
        "territory": country("the land"),
        "state": country("the state it belongs to"),
        "law": text("whether laws of the state's whole territory hold in it", among=words.YES_NO),
        "customs": text("whether it lies in the state's customs territory", among=words.YES_NO),
        **PROVENANCE,
        **NOTE,
    },
)
