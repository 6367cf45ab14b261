"""How old the rows are that a plan's answer rests on, so that a planner knows what to check first.

The age of a row is the date of the plan less the middle of the day, month or year that the row
states: its `as_of`, or the period that its figure is of where that is earlier (a price of power of
2024 that was read in 2026 is one of 2024).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from geodata.arrays import Floats, Positions
from geodata.factor_vocabulary import FACTORS
from geodata.factors import year_of
from geodata.language import tr
from geodata.plaintext import plain
from geodata.tables import TABLES, day
from maps.numerals import share
from siting.confidence.leverage import rows_that_decide
from siting.market import prices
from siting.model.plan import Plan
from siting.money.landed import prices_of
from siting.study.study import Study
from siting.world.facts import Facts

DECIDES = 0.01  # of the answer: a row that carries less is listed after those that carry more
OLD_YEARS = 2.0
NAMED, LISTED = 3, 10  # rows that the sentence names, that the manifest lists
LEGEND = (
    "share: of the answer, half the odds of the zones and half their money; age: from as_of, or "
    "from the period of the figure where that is earlier"
)
COLUMNS = ["table", "key", "what", "value", "as_of", "period", "age_years", "confidence", "zones",
           "share", "source"]  # fmt: skip
# Column -> characters of the terminal from which it is shown.
FROM_WIDTH = {"table": 0, "key": 0, "what": 120, "value": 120, "as_of": 0, "period": 0,
              "age_years": 0, "confidence": 0, "zones": 120, "share": 0, "source": 160}  # fmt: skip
HEADS = {"key": "row", "age_years": "years", "confidence": "grade", "share": "share, %"}
# As a reader meets them; of the others, what the vocabulary says.
FACTOR_NAMES = {
    "industrial_electricity_usd_per_mwh": "power price",
    "day_ahead_price_usd_per_mwh": "day-ahead price",
    "manufacturing_wage_usd_per_h": "wage",
    "natural_gas_usd_per_mmbtu": "gas price",
    "country_risk_premium_pct": "risk premium",
    "grid_carbon_g_per_kwh": "grid carbon",
    "political_stability_wgi": "political stability",
    "regulatory_quality_wgi": "regulatory quality",
}
SERIES = {"outside_china": "price outside China", "chinese_export": "Chinese export price"}
# Table -> column that names a row, columns of its figure (the first that is known), unit.
SHOWN: Mapping[str, tuple[str, tuple[str, ...], str]] = {
    "place_factors": ("factor", ("value",), ""),
    "anode_economics": ("parameter", ("central",), ""),
    "anode_prices": ("series", ("usd_per_t",), "USD/t"),
    "project_costs": ("name", ("usd",), "USD per t/y"),
    "feedstock_sources": ("name", ("price_usd_per_t",), "USD/t"),
    "gigafactories": ("name", ("capacity_gwh_2030", "capacity_gwh_now"), "GWh/y"),
    "automaker_plants": ("name", ("capacity_vehicles_per_year",), "cars/y"),
    "anode_plants": ("name", ("capacity_ktpa_2030", "capacity_ktpa_now"), "kt/y"),
    "material_works": ("name", ("capacity_text",), ""),
    "industrial_sites": ("name", ("area_ha_available", "area_ha_total"), "ha"),
    "policy_zones": ("instrument", ("refusal_probability", "capex_share", "magnitude"), ""),
}
KINDS = {
    "project_costs": "capital cost of",
    "feedstock_sources": "feedstock of",
    "gigafactories": "cell plant",
    "automaker_plants": "car plant",
    "anode_plants": "anode plant",
    "material_works": "works",
    "industrial_sites": "estate",
}
PERIODS = {"place_factors": "year", "anode_economics": "year", "project_costs": "year",
           "anode_prices": "date"}  # fmt: skip


def data_age(plan: Plan) -> pd.DataFrame:
    """Return the rows that the answer of a plan rests on, the oldest that decide first.

    Returns
    -------
    DataFrame
        table, key, what (it is), value (with its unit), as_of, period (that the figure is of; ""
        where the table has none), age_years (NaN where the row has no date), confidence, zones
        (listed ones that read it), share (of the answer, see `siting.confidence.leverage`),
        source. Rows that carry `DECIDES` or more first; of either part the oldest first, those
        without a date before them.
    """
    decide = rows_that_decide(plan)
    parts = [
        described(plan, str(table), rows["row"].to_numpy(dtype=int)).assign(
            zones=rows["zones"].to_numpy(), share=rows["share"].to_numpy()
        )
        for table, rows in decide.groupby("table", sort=True)
    ]
    rows = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=COLUMNS)
    order = np.lexsort(
        (
            rows["key"].to_numpy(dtype=str),
            rows["table"].to_numpy(dtype=str),
            -rows["share"].to_numpy(dtype=float).round(9),
            -rows["age_years"].to_numpy(dtype=float, na_value=np.inf),
            rows["share"].to_numpy(dtype=float) < DECIDES,
        )
    )
    return rows.iloc[order].reset_index(drop=True)[COLUMNS]


def described(plan: Plan, name: str, at: Positions) -> pd.DataFrame:
    """Return rows of a table in words: the columns of `data_age` but for zones and share."""
    rows = plan.facts[name].iloc[at].reset_index(drop=True)
    cells = rows.to_dict("records")
    period = rows[PERIODS[name]] if name in PERIODS else pd.Series("", index=rows.index)
    return pd.DataFrame(
        {
            "table": name,
            "key": [_key(name, row) for row in cells],
            "what": [_what(name, row) for row in cells],
            "value": [_value(name, row) for row in cells],
            "as_of": rows["as_of"],
            "period": period,
            "age_years": _age(plan.as_of, rows["as_of"], period, name),
            "confidence": rows["confidence"],
            "source": rows["source"],
        }
    )


def _key(table: str, row: Mapping[Any, Any]) -> str:
    return "/".join(str(row[name]) for name in TABLES[table].key if row[name])


def _what(table: str, row: Mapping[Any, Any]) -> str:
    """Say what a row is: "power price of Qatar"."""
    name = str(row[SHOWN[table][0]])
    if table == "place_factors":
        word = FACTOR_NAMES.get(name) or FACTORS[name].meaning
        return f"{word} of {row['region_code'] or row['name'] or row['iso2']}"
    return f"{KINDS.get(table, '')} {SERIES.get(name, name)}".strip()


def _value(table: str, row: Mapping[Any, Any]) -> str:
    _, columns, unit = SHOWN[table]
    for column in columns:
        value = row[column]
        if isinstance(value, str) and value:
            return value
        if not isinstance(value, str) and not pd.isna(value):
            own = "" if column in ("refusal_probability", "capex_share") else row.get("unit", unit)
            return f"{value:.10g} {own}".strip()
    return ""


def _age(as_of: dt.date, stated: pd.Series, period: pd.Series, table: str) -> pd.Series:
    """Return the age of rows in years, never below 0; NaN where a row states no date."""
    now = _years(pd.Series([np.datetime64(as_of)]))[0]
    then = _middle(stated)
    if table == "place_factors":  # whose years have halves, quarters and estimates
        of = np.array([year_of(text) if text else np.nan for text in period], dtype=float)
    else:
        of = _middle(period)
    return pd.Series(np.maximum(now - np.fmin(then, of), 0.0), index=stated.index)


def _middle(text: pd.Series) -> Floats:
    """Return the middle of each day, month or year as a number of years."""
    return np.asarray((_years(day(text, "start")) + _years(day(text, "end"))) / 2.0)


def _years(days: pd.Series) -> Floats:
    whole = days.to_numpy(dtype="datetime64[D]")
    first = whole.astype("datetime64[Y]")
    into = (whole - first).astype("timedelta64[D]").astype(float)
    years = first.astype(float) + 1970.0 + into / 365.25
    return np.where(np.isnat(whole), np.nan, years)


def older(rows: pd.DataFrame, years: float = OLD_YEARS) -> float:
    """Return the share of the answer that rests on rows older than so many years."""
    return float(rows.loc[rows["age_years"].gt(years), "share"].sum())


def deciding(rows: pd.DataFrame) -> int:
    """Return how many rows carry `DECIDES` of the answer or more."""
    return int(rows["share"].ge(DECIDES).sum())


def records(rows: pd.DataFrame) -> list[dict[str, object]]:
    """Return the rows for JSON, where what is not known is null."""
    cells = rows.round({"age_years": 2, "share": 4}).astype(object)
    return [
        {str(name): None if cell != cell else cell for name, cell in row.items()}  # noqa: PLR0124 - NaN
        for row in cells.to_dict("records")
    ]


def for_people(rows: pd.DataFrame, width: int) -> pd.DataFrame:
    """Return the rows as a terminal of so many characters shows them."""
    shown = rows.assign(age_years=rows["age_years"].round(1), share=(100 * rows["share"]).round(1))
    names = [name for name, least in FROM_WIDTH.items() if width >= least]
    return shown[names].rename(columns=HEADS)


def sentence(rows: pd.DataFrame) -> str:
    """Say which rows that decide are oldest, and how much rests on old ones.

    Parameters
    ----------
    rows : DataFrame
        As `data_age` returns them.
    """
    first = rows.head(min(NAMED, deciding(rows)))
    named = tr(", ").join(
        tr("{row} ({date}, {confidence})", row=plain(_said(row)),
           date=row["period"] or row["as_of"] or tr("undated"), confidence=row["confidence"])
        for row in first.to_dict("records")
    )  # fmt: skip
    old = share(older(rows))
    if not named:
        return tr("No single row decides; {share} of the answer rests on rows older than two "
                  "years.", share=old)  # fmt: skip
    return tr("Oldest rows that decide: {rows}; {share} of the answer rests on rows older than two "
              "years.", rows=named, share=old)  # fmt: skip


def _said(row: Mapping[Any, Any]) -> str:
    """Return what a row of `data_age` is, in the language of now."""
    what = str(row["what"])
    for word in FACTOR_NAMES.values():
        if row["table"] == "place_factors" and what.startswith(f"{word} of "):
            place = what.removeprefix(f"{word} of ")
            return tr("{factor} of {place}", factor=tr(word), place=place)
    kind = KINDS.get(str(row["table"]), "")
    if kind and what.startswith(f"{kind} "):
        return tr("{kind} {name}", kind=tr(kind), name=what.removeprefix(f"{kind} "))
    return tr(what)


def price_of_the_day(study: Study, facts: Facts) -> str:
    """Return the price of the day with its age: "3,100 USD a tonne, of 2025-10, 13 months old"."""
    usd = f"{prices_of(study, facts)[1]:,.0f}"
    if study.price_usd_per_t is not None:
        return tr("{usd} USD a tonne, set by the study", usd=usd)
    series = facts.product(study).outside_price
    read = str(prices.row_on(facts["anode_prices"], series, facts.as_of)["date"])
    return tr("{usd} USD a tonne, of {date}, {number} months old", usd=usd, date=read,
              number=_months_old(read, facts.as_of))  # fmt: skip


def _months_old(read: str, as_of: dt.date) -> int:
    then = day(pd.Series([read]), "end").iloc[0]
    return max(12 * (as_of.year - int(then.year)) + as_of.month - int(then.month), 0)


def summary(plan: Plan, rows: pd.DataFrame) -> dict[str, object]:
    """Return what the manifest says of the age of the rows, as `data_age` returns them."""
    first = rows.head(min(LISTED, deciding(rows)))
    return {
        "sentence": sentence(rows),
        "older_than_two_years": round(older(rows), 4),
        "in_no_table": round(1.0 - float(rows["share"].sum()), 4),
        "price_of_the_day": price_of_the_day(plan.study, plan.facts),
        "oldest": records(first),
    }
