"""The sheets of the plan: cost, estates, customers, laws, confidence, barred places, sources."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from geodata.geometry import ATTRIBUTIONS
from siting.model.plan import Plan
from siting.results import limits
from siting.results.customers import CUSTOMERS_SHOWN
from siting.results.tables import Tables
from siting.results.workbook.formulas import site_columns
from siting.results.workbook.spreadsheet import A3, TEXT_STYLES, Column, Placed, Spreadsheet
from siting.study.criteria import CRITERIA
from siting.study.terms import AT_THE_GATE, COST_PARTS

OF_A_SITE = 1000  # key of the k-th row of a site: its number times this, plus k
AS_PLANNED = "Of the plan: these numbers do not follow the sheet Weights."
LAW_COLUMNS: Mapping[str, tuple[str, str]] = {  # column -> heading, style
    "instrument_id": ("Instrument id", "text"), "zone_name": ("Where it holds", "text"),
    "instrument": ("Instrument", "wrap"), "theme": ("Theme", "text"),
    "effect_type": ("Effect", "text"), "magnitude": ("Size", "fine"), "unit": ("Unit", "text"),
    "start_date": ("From", "text"), "end_date": ("Until", "text"),
    "summary": ("What it says", "wrap"), "source": ("Source", "wrap"),
    "as_of": ("Read", "text"), "confidence": ("Confidence", "text"),
}  # fmt: skip
WIDE = {"summary": 70, "source": 50, "instrument": 40}
MONEY: Mapping[str, tuple[str, str]] = {  # column of the outcome -> heading, formula
    "freight": ("Freight to customers, USD/t", ""),
    "duty": ("Duty of their markets, USD/t", ""),
    "delivered": ("Delivered, duty paid, USD/t", "{cost}+{freight}+{duty}"),
    "parity": ("Landed Chinese tonne, USD/t", ""),
    "price": ("Price that its customers pay, USD/t", ""),
    "margin": ("Margin, USD/t", "{price}-{delivered}"),
}
NO_ORDER = (
    "Named sites of each zone, by name: their order means nothing. Between the estates of a "
    "country public data choose no better than chance; choose by the facts. Blank is unknown."
)
ESTATE_FACTS: Mapping[str, tuple[str, str, float]] = {  # column -> heading, style, width
    "operator": ("Operator", "text", 0), "site_type": ("Type of site", "text", 0),
    "status": ("Status", "text", 0), "area_ha_available": ("Land available, ha", "whole", 0),
    "grid_mw_available": ("Grid power available, MW", "whole", 0),
    "power_note": ("Power", "wrap", 40), "port": ("Port", "text", 0),
    "rail": ("Railway", "text", 0), "gas": ("Gas", "text", 0),
    "special_regime": ("Special regime", "wrap", 40),
    "notable_tenants": ("Tenants", "wrap", 40),
}  # fmt: skip
BARRED: Mapping[str, str] = {
    "site_id": "Site id", "name": "Name", "kind": "Kind of place", "country": "Country",
    "region": "Region", "lat": "Latitude, degrees", "lon": "Longitude, degrees",
    "rule_id": "Rule id", "rule": "Why it is excluded", "admitted_if": "Admitted if",
}  # fmt: skip


def write_cost(book: Spreadsheet, plan: Plan, tables: Tables) -> Placed:
    """Write the cost of a tonne by its parts; sums and margins are formulas of the row."""
    stack = plan.measures.stack.iloc[plan.zones.head]
    swings = plan.measures.landed.take(plan.zones.head).swings
    parts = [p for p in AT_THE_GATE if stack[p].ne(0).any()]

    def of(key: str, column: str, text: str, style: str = "whole", formula: str = "") -> Column:
        return Column(key, text, tables.money[column].to_numpy(), style, formula)

    columns = [
        *site_columns(tables.sites),
        *(Column(p, f"{COST_PARTS[p].name}, USD/t", stack[p].to_numpy(), "whole") for p in parts),
        of("cost", "gate", "Cost at the gate, USD/t",
           formula=f"SUM({{{parts[0]}}}:{{{parts[-1]}}})"),
        of("low", "low", "Its range from, USD/t"),
        of("high", "high", "Its range to, USD/t"),
        *(of(key, key, text, formula=formula) for key, (text, formula) in MONEY.items()),
        of("from", "pays_from", "Price of the day from which it pays, USD/t"),
        of("after_tax", "pays_after_tax_from",
           "Price from which it pays after tax and ramp-up, USD/t"),
        of("npv", "npv_musd", "Net present value, million USD"),
        of("irr", "irr_pct", "Return a year, %", "tenth"),
        of("carbon", "carbon_t_per_t", "CO2e of its power, t/t", "tenth"),
        Column("drift", "Its range leans by, USD/t", swings.drift, "whole"),
        Column("deviation", "Standard deviation of its cost, USD/t", swings.deviation, "whole"),
        of("pays", "pays", "Chance that it pays", "share",
           "NORMSDIST(({margin}-{drift})/{deviation})"),
    ]  # fmt: skip
    note = "What a tonne costs and earns, constant 2025 USD; aid and credits take away."
    placed = book.table("Cost", columns, freeze=3, note=note)
    book.name("cost_no", placed.column("no"))
    return placed


def write_estates(book: Spreadsheet, tables: Tables) -> Placed:
    """Write the named sites of each zone, by name, with the facts to choose by."""
    named = limits.fitting(tables.estates, "zone")
    site = named["zone"].to_numpy() - 1
    columns = [
        *_of_site(tables.sites, site),
        Column("estate", "Estate", named["name"].astype(str).tolist(), width=44),
        Column("km", "From the site that stands for the zone, km", named["km_away"].to_numpy(),
               "whole"),
        *(Column(key, head, _facts(named[key], style), style, width=width)
          for key, (head, style, width) in ESTATE_FACTS.items() if key in named),
        Column("lat", "Latitude, degrees", named["lat"].to_numpy(float), "degree"),
        Column("lon", "Longitude, degrees", named["lon"].to_numpy(float), "degree"),
        Column("id", "Site id", named["site_id"].astype(str).tolist()),
        _key(site),
    ]  # fmt: skip
    return book.table("Estates", columns, freeze=4, paper=A3, pages=2, note=NO_ORDER)


def _facts(cells: pd.Series, style: str) -> list[str] | np.ndarray:
    if style in TEXT_STYLES:
        return list(cells.fillna("").astype(str).str.replace("_", " "))
    return np.asarray(pd.to_numeric(cells, errors="coerce"), dtype=float)


def write_customers(book: Spreadsheet, plan: Plan, tables: Tables) -> Placed:
    """Write the customers of each site in the order in which it serves them."""
    head, plants, money = plan.zones.head, plan.demand.plants, plan.measures.landed
    demand = plants["anode_kt"].to_numpy(dtype=float)
    near = money.customers(head, CUSTOMERS_SHOWN)
    each = near.shape[1]
    who = near.ravel()
    site, of = np.repeat(np.arange(len(head)), each), np.repeat(head, each)
    freight = plan.customers.freight[of, who].astype(float)
    duty = money.duty[of, who].astype(float)
    parity, price = (money.gates[key].to_numpy(dtype=float)[who] for key in ("parity", "price"))
    delivered = money.cost[of] + money.freight[of, who] + money.duty[of, who]
    columns = [
        *_of_site(tables.sites, site),
        Column("customer", "Customer", plants["name"].to_numpy(str)[who].tolist(), width=40),
        Column("where", "Its country", plants["country"].to_numpy(str)[who].tolist()),
        Column("kt", f"Anode demand {plan.study.demand_year}, kt/y", demand[who], "tenth"),
        Column("open", "Of it open to this plant, kt/y", money.open_kt[who], "tenth"),
        Column("sold", "Share of the output", money.sold[of, who].astype(float), "share"),
        Column("freight", "Freight, USD/t", freight, "whole"),
        Column("duty", "Duty, USD/t", duty, "whole"),
        Column("parity", "Landed Chinese tonne, USD/t", parity, "whole"),
        Column("price", "Price paid, USD/t", price, "whole"),
        Column("margin", "Margin, USD/t", price - delivered, "whole"),
        _key(site),
    ]
    placed = book.table("Customers", columns, freeze=3, note=AS_PLANNED)
    book.name("customers_key", placed.column("key"))
    return placed


def write_policies(book: Spreadsheet, tables: Tables) -> tuple[Placed, int]:
    """Write the instruments in force at each site; return also the most that one site has."""
    laws = tables.laws
    site = laws["nth"].to_numpy()
    columns = [
        *_of_site(tables.sites, site),
        *(Column(key, text, laws[key].tolist(), style, width=WIDE.get(key, 0))
          for key, (text, style) in LAW_COLUMNS.items()),
        _key(site),
    ]  # fmt: skip
    note = "Instruments in force on the date of the plan that apply to this investor and product."
    placed = book.table("Policies", columns, freeze=3, note=note)
    book.name("policies_key", placed.column("key"))
    return placed, int(np.bincount(site).max(initial=0))


def write_confidence(book: Spreadsheet, plan: Plan, tables: Tables) -> Placed | None:
    """Write how sure the order is; nothing where the study asks for no draws."""
    if plan.confidence is None:
        return None
    table = plan.confidence.table
    columns = [
        *site_columns(tables.sites),
        Column("p_first", "First in the draws", table["p_first"].to_numpy(), "share"),
        Column("p_top10", "In the first ten", table["p_top10"].to_numpy(), "share"),
        Column("low", "Rank in nine of ten draws, from", table["rank_low"].to_numpy(), "year"),
        Column("high", "Rank in nine of ten draws, to", table["rank_high"].to_numpy(), "year"),
        Column("mean", "Rank on average", table["expected_rank"].to_numpy(), "tenth"),
        Column("share_low", "Share in nine of ten draws, from", table["share_low"].to_numpy(),
               "share"),
        Column("share_high", "Share in nine of ten draws, to", table["share_high"].to_numpy(),
               "share"),
    ]  # fmt: skip
    note = (
        f"Of {plan.confidence.draws:,} draws around the study's own weights, plants, costs and "
        "prices: these numbers do not follow the sheet Weights."
    )
    placed = book.table("Confidence", columns, freeze=3, note=note)
    for key in ("p_first", "p_top10"):
        book.bars(placed.column(key), 1)
    return placed


def write_barred(book: Spreadsheet, plan: Plan) -> None:
    """Write the excluded places with their rule."""
    barred = limits.fitting(plan.barred)
    columns = [
        Column(key, text, barred[key].tolist(), "degree" if key in ("lat", "lon") else "text")
        for key, text in BARRED.items()
    ]
    note = "Places that may not be built on, with the rule that excludes them."
    if len(barred) < len(plan.barred):
        note += f" The first {len(barred):,} of {len(plan.barred):,}: see barred_sites.csv."
    book.table("Barred", columns, freeze=2, note=note)


def write_sources(book: Spreadsheet, plan: Plan) -> None:
    """Write where the facts come from: credit lines, anchors, and the sources of every table."""
    rows: list[tuple[str, str, str, str, int]] = [
        ("credit", line, "", "", 1) for line in dict.fromkeys(ATTRIBUTIONS.values())
    ]
    rows += [
        (f"anchors of {criterion.name}", criterion.source, "", "", 1)
        for criterion in CRITERIA.values()
    ]
    for name, table in sorted(plan.facts.tables.items()):
        keys = ["source", "as_of", "confidence"]
        read = table[keys].fillna("").astype(str).value_counts(sort=False).sort_index()
        rows += [
            (name.replace("_", " "), row["source"], row["as_of"], row["confidence"], row["count"])
            for row in read.reset_index().to_dict("records")
        ]
    what, sources, dates, confidence, facts = (list(cells) for cells in zip(*rows, strict=True))
    note = "Confidence: A primary or official, B reliable secondary, C general knowledge."
    book.table("Sources", [
        Column("what", "Table", what), Column("source", "Source", sources, "wrap", width=90),
        Column("as_of", "As of", dates), Column("sure", "Confidence", confidence),
        Column("count", "Facts", facts, "whole"),
    ], note=note)  # fmt: skip


def _of_site(sites: pd.DataFrame, site: np.ndarray) -> list[Column]:
    """Return the columns of the site that each row belongs to."""
    return [
        Column(c.key, c.head, [c.cells[i] for i in site], c.style, width=c.width)
        for c in site_columns(sites)
    ]


def _key(site: np.ndarray) -> Column:
    """Return the key of each row: which site, and its how-manyth row."""
    nth = pd.Series(site).groupby(site).cumcount().to_numpy() + 1
    return Column("key", "Key", OF_A_SITE * (site + 1) + nth, "year", hidden=True)
