"""An independent check: every figure of a shown portfolio is reckoned again from the ledger.

Nothing is shared with the search: plain loops over the rows that a reader sees, so that a fault of
the solver, of the program or of a table is noticed before it is shown.
"""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from dataclasses import dataclass

from siting.money.cashflow import build_spend
from siting.portfolios.ledger import Ledger
from siting.portfolios.objective import Choice
from siting.portfolios.revalue import Built, net_present_value
from siting.portfolios.shown import Sale, Shown, Step

CENT = 0.005  # USD/t: half a cent
KT = 1e-4
MUSD = 1e-4
SHARE = 1e-6


@dataclass(frozen=True)
class Wrong:
    """What does not hold.

    Attributes
    ----------
    what : str
    where : str
        Site, customer or period.
    stated, right : float
    """

    what: str
    where: str
    stated: float
    right: float

    def __str__(self) -> str:
        return f"{self.what} at {self.where}: {self.stated:.6g}, not {self.right:.6g}"


@dataclass(frozen=True)
class _Book:
    """What is checked: the plants by name, the customers by name, the sales by plant and period."""

    ledger: Ledger
    choice: Choice
    plants: dict[str, Built]
    buyer: dict[str, int]
    sold: dict[tuple[str, int], list[Sale]]

    def where(self, name: str, u: int) -> str:
        return f"{name} from {self.ledger.calendar.first[u]}"


def verify(ledger: Ledger, choice: Choice, shown: Shown) -> list[Wrong]:
    """Return all that does not hold of a shown portfolio; empty where everything does.

    Steps: known sites, rising sizes, order, law, limits on number, country, budget and chance.
    Sales: demand, capacity, utilisation, share of one customer, carbon, and the price of each.
    Plants: chance and net present value, year by year with the tax.
    Rows that name what the ledger does not know are returned alone.
    """
    unknown = [*_unknown_steps(ledger, shown.steps), *_unknown_sales(ledger, shown)]
    if unknown:
        return unknown
    book = _book(ledger, choice, shown)
    checks = (_steps, _limits, _budget, _sales, _capacity, _sales_limits, _plants)
    return [wrong for check in checks for wrong in check(book, shown)]


def _names(ledger: Ledger) -> dict[str, int]:
    return {str(name): i for i, name in enumerate(ledger.places["site_id"])}


def _buyers(ledger: Ledger) -> dict[str, int]:
    return {str(name): j for j, name in enumerate(ledger.customers["id"])}


def _unknown_steps(ledger: Ledger, steps: tuple[Step, ...]) -> list[Wrong]:
    names, wrong = _names(ledger), []
    years = {int(year) for year in ledger.calendar.decided}
    sizes = [float(size) for size in ledger.sizes_ktpa]
    nth: Counter[str] = Counter()
    for step in steps:
        if step.site_id not in names:
            wrong.append(Wrong("an unknown site", step.site_id, 1, 0))
        if step.year not in years:
            wrong.append(Wrong("no year of decision", step.site_id, step.year, min(years)))
        right = sizes[min(nth[step.site_id], len(sizes) - 1)]
        if step.size_ktpa != right or nth[step.site_id] >= len(sizes):
            wrong.append(Wrong("a size out of order", step.site_id, step.size_ktpa, right))
        nth[step.site_id] += 1
    return wrong


def _unknown_sales(ledger: Ledger, shown: Shown) -> list[Wrong]:
    built, buyers = {step.site_id for step in shown.steps}, _buyers(ledger)
    first = {int(year) for year in ledger.calendar.first}
    wrong = [
        Wrong("a sale of nobody, to nobody or never", sale.site_id, sale.kt, 0.0)
        for sale in shown.sales
        if sale.site_id not in built or sale.customer_id not in buyers
        or sale.from_year not in first
    ]  # fmt: skip
    stated = [plant.site_id for plant in shown.plants]
    wrong += [Wrong("a plant without a step", name, 1, 0) for name in stated if name not in built]
    return wrong + [
        Wrong("a plant that is not stated once", name, stated.count(name), 1)
        for name in sorted(built)
        if stated.count(name) != 1
    ]


def _book(ledger: Ledger, choice: Choice, shown: Shown) -> _Book:
    names = _names(ledger)
    period = {int(year): t for t, year in enumerate(ledger.calendar.decided)}
    when = {int(year): u for u, year in enumerate(ledger.calendar.first)}
    steps: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for step in shown.steps:
        steps[step.site_id].append((period[step.year], len(steps[step.site_id])))
    sold: dict[tuple[str, int], list[Sale]] = defaultdict(list)
    for sale in shown.sales:
        sold[sale.site_id, when[sale.from_year]].append(sale)
    plants = {name: Built(ledger, names[name], tuple(own)) for name, own in steps.items()}
    return _Book(ledger, choice, plants, _buyers(ledger), sold)


def _steps(book: _Book, shown: Shown) -> list[Wrong]:
    wrong = []
    for name, plant in book.plants.items():
        if not book.choice.may[plant.site]:
            wrong.append(Wrong("a site that may not be built", name, 1, 0))
        years = [period for period, _ in plant.steps]
        wrong += [
            Wrong("a step before the one below it", name, after, before)
            for before, after in itertools.pairwise(years)
            if after < before
        ]
        wrong += [
            Wrong("a year in which the law bars the owner", name, period, -1)
            for period in years
            if book.ledger.entry[plant.site, period] <= 0
        ]
    nth: Counter[str] = Counter()
    for step in shown.steps:
        right = book.plants[step.site_id].invested(nth[step.site_id])
        nth[step.site_id] += 1
        if abs(step.invested_musd - right) > MUSD:
            wrong.append(Wrong("what a step costs", step.site_id, step.invested_musd, right))
    return wrong


def _limits(book: _Book, _shown: Shown) -> list[Wrong]:
    limits, ledger, wrong = book.choice.limits, book.ledger, []
    if len(book.plants) > limits.plants:
        wrong.append(Wrong("more plants than allowed", "all", len(book.plants), limits.plants))
    sites = [plant.site for plant in book.plants.values()]
    countries = Counter(str(ledger.places["country"].iloc[site]) for site in sites)
    for country, count in countries.items():
        if count > limits.plants_by_country:
            most = limits.plants_by_country
            wrong.append(Wrong("more plants than allowed", country, count, most))
    chance = 1.0
    for site in sites:
        chance *= float(ledger.entry[site, 0] * ledger.built[site])
    if chance < limits.all_built * (1.0 - SHARE):
        wrong.append(Wrong("the chance of all", "all", chance, limits.all_built))
    for site, must in enumerate(book.choice.must):
        if must and site not in sites:
            name = str(ledger.places["site_id"].iloc[site])
            wrong.append(Wrong("a site that must be built is not", name, 0, 1))
    return wrong


def _budget(book: _Book, _shown: Shown) -> list[Wrong]:
    """Check what is spent in each period; what comes after the last counts in it."""
    budget, decided = book.choice.limits.budget, [int(y) for y in book.ledger.calendar.decided]
    spent = [0.0] * len(decided)
    for plant in book.plants.values():
        for step, (period, _) in enumerate(plant.steps):
            for ahead, share in enumerate(build_spend(book.ledger.terms)):
                year = decided[period] + ahead
                when = max(t for t, first in enumerate(decided) if first <= year)
                spent[when] += plant.invested(step) * float(share)
    return [
        Wrong("a budget broken", str(decided[t]), spent[t], float(most))
        for t, most in enumerate(budget)
        if spent[t] > most + MUSD
    ]


def _sales(book: _Book, shown: Shown) -> list[Wrong]:
    ledger, wrong = book.ledger, []
    when = {int(year): u for u, year in enumerate(ledger.calendar.first)}
    bought: dict[tuple[str, int], float] = defaultdict(float)
    for sale in shown.sales:
        i, j, u = book.plants[sale.site_id].site, book.buyer[sale.customer_id], when[sale.from_year]
        bought[sale.customer_id, u] += sale.kt
        if sale.kt < 0:
            wrong.append(Wrong("a sale below nothing", sale.site_id, sale.kt, 0.0))
        if sale.to_year != ledger.calendar.last[u]:
            right = int(ledger.calendar.last[u])
            wrong.append(Wrong("the end of a sale", sale.site_id, sale.to_year, right))
        for what, stated, own in (
            ("price", sale.price, float(ledger.price[j, u])),
            ("freight", sale.freight, float(ledger.freight[i, j])),
            ("duty", sale.duty, float(ledger.duty[i, j, u])),
        ):
            if abs(stated - own) > CENT:
                about = f"the {what} of a sale to {sale.customer_id}"
                wrong.append(Wrong(about, sale.site_id, stated, own))
    for (customer, u), kt in bought.items():
        demand = float(ledger.demand[book.buyer[customer], u])
        if kt > demand + KT:
            what = "more sold than a customer buys"
            wrong.append(Wrong(what, book.where(customer, u), kt, demand))
    return wrong


def _capacity(book: _Book, _shown: Shown) -> list[Wrong]:
    wrong, least = [], book.choice.limits.utilisation
    for name, plant in book.plants.items():
        for u in range(len(book.ledger.calendar.first)):
            able = plant.able(u)
            kt = sum(sale.kt for sale in book.sold.get((name, u), ()))
            if kt > able + KT:
                wrong.append(Wrong("more sold than a plant can", book.where(name, u), kt, able))
            if kt < least * able - KT:
                what = "a plant that sells too little"
                wrong.append(Wrong(what, book.where(name, u), kt, least * able))
    return wrong


def _sales_limits(book: _Book, shown: Shown) -> list[Wrong]:
    limits, ledger, wrong = book.choice.limits, book.ledger, []
    for u, year in enumerate(ledger.calendar.first):
        sales = [sale for sale in shown.sales if sale.from_year == year]
        whole, carbon = sum(sale.kt for sale in sales), 0.0
        bought: dict[str, float] = defaultdict(float)
        for sale in sales:
            bought[sale.customer_id] += sale.kt
            carbon += sale.kt * float(ledger.carbon[book.plants[sale.site_id].site])
        if carbon > limits.carbon * whole + KT:
            what = "more carbon than allowed"
            wrong.append(Wrong(what, book.where("all", u), carbon / whole, limits.carbon))
        for customer, kt in bought.items():
            if kt > limits.customer_share * whole + KT:
                what = f"too much to {customer}"
                share = limits.customer_share
                wrong.append(Wrong(what, book.where("all", u), kt / whole, share))
    return wrong


def _plants(book: _Book, shown: Shown) -> list[Wrong]:
    wrong = []
    for row in shown.plants:
        plant = book.plants[row.site_id]
        sales = [sale for sale in shown.sales if sale.site_id == row.site_id]
        chance = float(book.ledger.entry[plant.site, 0] * book.ledger.built[plant.site])
        value = net_present_value(plant, sales, book.buyer)
        for what, stated, right in (
            ("the chance of a plant", row.chance, chance),
            ("the value of a plant", row.npv_musd, value),
            ("the expected value of a plant", row.expected_musd, value * chance),
        ):
            if abs(stated - right) > MUSD * max(1.0, abs(right)):
                wrong.append(Wrong(what, row.site_id, stated, right))
    return wrong
