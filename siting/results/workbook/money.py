"""The sheets of money: they follow one cell, the price outside China, as a new plan would.

    landed Chinese tonne = own + times x Chinese export price     at each customer's gate
    price paid           = max(price outside China, landed Chinese tonne)
    margin               = sum over customers of share of the output x price paid - delivered cost
    chance that it pays  = normal distribution of (margin - lean) / deviation

as `siting.money.landed` and `siting.money.cost` have them. What a tonne costs delivered, who buys
it and with it every share do not depend on the price.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from geodata.language import tr
from siting.market import prices
from siting.model.plan import Plan
from siting.money.landed import of_graphite, prices_of
from siting.results.customers import CUSTOMERS_SHOWN
from siting.results.data_age import price_of_the_day
from siting.results.tables import Tables
from siting.results.workbook.sheets import SITES_PRINTED, key_of, of_site, site_columns
from siting.results.workbook.spreadsheet import A3, Column, Placed, Spreadsheet, quoted
from siting.study.fields import LEAST_PRICE, MOST_PRICE
from siting.study.terms import AT_THE_GATE, COST_PARTS

COST, CUSTOMERS = "Cost", "Customers"
LABEL, INPUT, SAID = 1, 2, 3  # columns of the block of the price
MONEY: Mapping[str, str] = {  # column of the outcome -> heading
    "freight": "Freight to customers, USD/t",
    "duty": "Duty of their markets, USD/t",
    "delivered": "Delivered, duty paid, USD/t",
    "parity": "Landed Chinese tonne now, USD/t",
    "price": "Price that its customers pay now, USD/t",
    "margin": "Margin now, USD/t",
}
FORMULAS: Mapping[str, str] = {
    "delivered": "{cost}+{freight}+{duty}",
    "margin": "{price}-{delivered}",
}
EARN = "{number} of {all} sites earn their cost at this price"
MOVES_NO_SHARE = (
    "The price moves what customers pay, the margin and the chance that it pays. It moves no "
    "rank: likeliest and cheapest are two orders (sort by 'Pays from' for the other)."
)
COST_NOTE = (
    "What customers pay, margin and chance follow the price on the sheet Top list; prices from "
    "which it pays, present value and return are the plan's. Constant 2025 USD; aid and credits "
    "take away."
)
CUSTOMERS_NOTE = (
    "What customers pay, margin and chance follow the price on the sheet Top list; all else is the "
    "plan's, whatever the weights."
)


@dataclass(frozen=True)
class Prices:
    """What prices the plan knows (USD/t of graphite).

    Attributes
    ----------
    outside, chinese : float
        Of the plan.
    series : float or None
        Chinese export price of the dated series; None where the study sets its own, which no
        price outside China moves.
    """

    outside: float
    chinese: float
    series: float | None

    @property
    def chinese_now(self) -> str:
        """Formula of the Chinese export price: no higher than a price set outside China."""
        if self.series is None:
            return f"{self.chinese!r}"
        lowered = f"MIN({self.series!r},price_used)"
        return f"IF(price_used=price_planned,{self.chinese!r},{lowered})"


def prices_known(plan: Plan) -> Prices:
    """Return the prices of a plan, and what holds where its price is turned."""
    study, facts = plan.study, plan.facts
    chinese, outside = prices_of(study, facts)
    if study.chinese_price_usd_per_t:
        return Prices(outside, chinese, None)
    series = prices.on(facts["anode_prices"], facts.product(study).chinese_price, facts.as_of)
    return Prices(outside, chinese, series)


def write_price(book: Spreadsheet, plan: Plan, sheet: str, row: int, hidden: int) -> None:
    """Write the cell of the price with what stands beside it, four rows from `row` on.

    `price_outside` names the cell, `price_used` what counts of it, `price_now` and `chinese_now`
    the two prices of a tonne of the study's product; these stand in the column `hidden`. The
    margins that are counted are those that `sites_margin` names.
    """
    known = prices_known(plan)
    cell = book.put(sheet, row, INPUT, known.outside, "price")
    book.sheets[sheet].data_validation(
        row, INPUT, row, INPUT,
        {"validate": "decimal", "criteria": "between", "minimum": LEAST_PRICE,
         "maximum": MOST_PRICE, "error_title": tr("Price"),
         "error_message": tr("{sentence}.", sentence=_a_price())},
    )  # fmt: skip
    good = f"IF(ISNUMBER({cell}),AND({cell}>={LEAST_PRICE},{cell}<={MOST_PRICE}),FALSE)"
    planned = book.put(sheet, row + 1, INPUT, known.outside, "whole", faint=True, left=True)
    used = f"IF({good},price_outside,price_planned)"
    names = {
        "price_outside": cell,
        "price_planned": planned,
        "price_used": book.put(sheet, row, hidden, known.outside, "whole", formula=used),
    }
    chinese = book.put(sheet, row + 2, INPUT, known.chinese, "whole", formula=known.chinese_now,
                       faint=True, left=True)  # fmt: skip
    times, more = of_graphite(plan.study, plan.facts)
    of_product = (
        ("price_now", known.outside, "price_used"), ("chinese_now", known.chinese, chinese),
    )  # fmt: skip
    for nth, (name, usd, of) in enumerate(of_product, start=1):
        value, formula = times * usd + more, f"{times!r}*{of}+{more!r}"
        names[name] = book.put(sheet, row + nth, hidden, value, "whole", formula=formula)
    for name, where in names.items():
        book.name(name, where)
    _say(book, plan, sheet, row, good)


def _a_price() -> str:
    return tr(
        "Give a number from {least} to {most}", least=f"{LEAST_PRICE:,}", most=f"{MOST_PRICE:,}"
    )


def _say(book: Spreadsheet, plan: Plan, sheet: str, row: int, good: str) -> None:
    """Write what the cells of the block are, and how many sites earn their cost."""
    margin = plan.measures.outcome["margin"].to_numpy()[plan.zones.head]
    # what stands before and after the number, which a formula counts
    before, after = tr(EARN, number="\0", all=len(margin)).split("\0")
    count = f'{quoted(before)}&COUNTIF(sites_margin,">0")&{quoted(after)}'
    not_a_price = tr("{fault}: the plan's price counts", fault=_a_price())
    lines = (
        (tr("Price outside China, USD a tonne"), "strong", "", "warning",
         f'IF({good},"",{quoted(not_a_price)})'),
        (tr("As planned"), "text", price_of_the_day(plan.study, plan.facts), "note", ""),
        (tr("Chinese export price beside it"), "text",
         f"{before}{(margin > 0).sum()}{after}", "strong",
         count if before else count.removeprefix('""&')),
        (tr(MOVES_NO_SHARE), "note", "", "note", ""),
    )  # fmt: skip
    for at, (label, style, text, shown, formula) in enumerate(lines, start=row):
        book.put(sheet, at, LABEL, label, style)
        if text or formula:
            book.put(sheet, at, SAID, text, shown, formula=formula)


def write_cost(book: Spreadsheet, plan: Plan, tables: Tables, sales: Placed) -> Placed:
    """Write the cost of a tonne by its parts; sums and margins are formulas of the row.

    `sites_margin` and `cost_no` name columns.
    """
    stack = plan.measures.stack.iloc[plan.zones.head]
    swings = plan.measures.landed.take(plan.zones.head).swings
    parts = [p for p in AT_THE_GATE if stack[p].ne(0).any()]

    def of(key: str, column: str, text: str, style: str = "whole", formula: str = "") -> Column:
        return Column(key, text, tables.money[column].to_numpy(), style, formula)

    def over(key: str) -> str:
        """Return the formula of a sum over the customers of the row's site."""
        return f"SUMIF({sales.column('no')},{{no}},{sales.column(key)})"

    formulas = {**FORMULAS, "parity": over("chinese"), "price": over("paid")}
    columns = [
        *site_columns(tables.sites),
        *(Column(p, tr("{name}, USD/t", name=tr(COST_PARTS[p].name)), stack[p].to_numpy(),
                 "whole") for p in parts),
        of("cost", "gate", tr("Cost at the gate, USD/t"),
           formula=f"SUM({{{parts[0]}}}:{{{parts[-1]}}})"),
        of("low", "low", tr("Its range from, USD/t")),
        of("high", "high", tr("Its range to, USD/t")),
        *(of(key, key, tr(text), formula=formulas.get(key, "")) for key, text in MONEY.items()),
        of("pays", "pays", tr("Chance that it pays now"), "share",
           "NORMSDIST(({margin}-{drift})/{deviation})"),
        of("from", "pays_from", tr("Pays from a price outside China of, USD/t"), "from"),
        of("after_tax", "pays_after_tax_from",
           tr("Price from which it pays after tax and ramp-up, USD/t")),
        of("npv", "npv_musd", tr("Net present value, million USD")),
        of("irr", "irr_pct", tr("Return a year, %"), "tenth"),
        of("carbon", "carbon_t_per_t", tr("CO2e of its power, t/t"), "tenth"),
        Column("drift", tr("Its range leans by, USD/t"), swings.drift, "whole"),
        Column("deviation", tr("Standard deviation of its cost, USD/t"), swings.deviation, "whole"),
    ]  # fmt: skip
    placed = book.table(COST, columns, freeze=3, paper=A3, pages=2, note=tr(COST_NOTE))
    book.name("cost_no", placed.column("no"))
    book.name("sites_margin", placed.column("margin"))
    return placed


def write_customers(book: Spreadsheet, plan: Plan, tables: Tables) -> Placed:
    """Write the customers of each site in the order in which it serves them.

    All that take of its output, which come first, and at least `CUSTOMERS_SHOWN`.
    """
    head, plants, money = plan.zones.head, plan.demand.plants, plan.measures.landed
    near = money.customers(head, len(plants))
    output = np.take_along_axis(money.sold[head], near, axis=1)
    shown = output > 0
    shown[:, :CUSTOMERS_SHOWN] = True
    site, nth = np.nonzero(shown)
    who, of = near[site, nth], head[site]
    demand = plants["anode_kt"].to_numpy(dtype=float)
    freight, duty = (part[of, who].astype(float) for part in (money.freight, money.duty))
    gates = {key: money.gates[key].to_numpy(dtype=float)[who] for key in ("parity", "price")}
    chinese = money.gates["chinese_price"].to_numpy(dtype=float)[who]
    times = 1.0 + money.gates["duty_rate"].to_numpy(dtype=float)[who]
    delivered = money.cost[of] + freight + duty
    sold = output[site, nth].astype(float)
    columns = [
        *of_site(tables.sites, site),
        Column("customer", tr("Customer"), plants["name"].to_numpy(str)[who].tolist(), "wrap",
               width=40),
        Column("where", tr("Its country"), plants["country"].to_numpy(str)[who].tolist()),
        Column("kt", tr("Anode demand {year}, kt/y", year=plan.study.demand_year), demand[who],
               "tenth"),
        Column("open", tr("Of it open to this plant, kt/y"), money.open_kt[who], "tenth"),
        Column("sold", tr("Share of the output"), sold, "share"),
        Column("freight", tr("Freight, USD/t"), freight, "whole"),
        Column("duty", tr("Duty, USD/t"), duty, "whole"),
        Column("parity", tr("Landed Chinese tonne now, USD/t"), gates["parity"], "whole",
               "{own}+{times}*chinese_now"),
        Column("price", tr("Price paid now, USD/t"), gates["price"], "whole",
               "MAX(price_now,{parity})"),
        Column("margin", tr("Margin now, USD/t"), gates["price"] - delivered, "whole",
               "{price}-{delivered}"),
        Column("own", tr("Freight and duty on it of a Chinese tonne"),
               gates["parity"] - times * chinese, "fine", hidden=True),
        Column("times", tr("What a dollar of its price costs there"), times, "fine", hidden=True),
        Column("delivered", tr("Delivered"), delivered, "whole", hidden=True),
        Column("chinese", tr("Landed Chinese tonne by share"), sold * gates["parity"], "fine",
               "{sold}*{parity}", hidden=True),
        Column("paid", tr("Price paid by share"), sold * gates["price"], "fine", "{sold}*{price}",
               hidden=True),
        key_of(site),
    ]  # fmt: skip
    printed = int((site < SITES_PRINTED).sum())
    placed = book.table(CUSTOMERS, columns, freeze=3, note=tr(CUSTOMERS_NOTE), printed=printed)
    book.name("customers_key", placed.column("key"))
    return placed
