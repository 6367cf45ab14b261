"""The money of one plant reckoned again, year by year, by plain arithmetic; for `verify` alone.

Nothing here is shared with the search or with `settle`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from siting.money.cashflow import YEARS, build_spend, ramp, start_yield
from siting.portfolios.ledger import Ledger
from siting.portfolios.shown import Sale


@dataclass(frozen=True)
class Built:
    """A plant of the ledger: its position, and period and size (its position) of each step."""

    ledger: Ledger
    site: int
    steps: tuple[tuple[int, int], ...]

    @property
    def parts(self) -> list[tuple[int, int, float]]:
        """Period, size and kt a year; a step adds the larger plant and takes away the smaller."""
        sizes, parts = self.ledger.sizes_ktpa, []
        for period, size in self.steps:
            parts.append((period, size, float(sizes[size])))
            if size:
                parts.append((period, size - 1, -float(sizes[size - 1])))
        return parts

    def paid(self, period: int, size: int) -> float:
        """Return what the owner pays for a plant, after aid (USD per t/y)."""
        project = self.ledger.projects[period][size]
        return float(project.capex[self.site]) * (1.0 - float(project.aid_share[self.site]))

    def invested(self, step: int) -> float:
        """Return what the owner pays for a step (million USD)."""
        period, size = self.steps[step]
        sizes = [float(kt) for kt in self.ledger.sizes_ktpa]
        whole = self.paid(period, size) * sizes[size]
        before = self.paid(period, size - 1) * sizes[size - 1] if size else 0.0
        return (whole - before) / 1e3

    def age(self, period: int, year: int) -> int:
        """Return for how many years a plant of a period has been running; below 0 before."""
        return year - int(self.ledger.calendar.opens[period])

    def saleable(self, year: int) -> float:
        """Return what the plant can sell in a year (kt)."""
        terms, kt = self.ledger.terms, 0.0
        for period, _, capacity in self.parts:
            age = self.age(period, year)
            if age >= 0:
                young = age < YEARS
                grown = float(ramp(terms)[age] * start_yield(terms)[age]) if young else 1.0
                kt += capacity * self.ledger.projects[0][0].output * grown
        return kt

    def able(self, u: int) -> float:
        """Return what the plant can sell in the mean year of a period of sales (kt).

        Years count by their present value, at the mean rate of all sites.
        """
        calendar = self.ledger.calendar
        rate = sum(float(one) for one in self.ledger.rate) / len(self.ledger.rate)
        whole = counted = 0.0
        for year in range(int(calendar.first[u]), int(calendar.last[u]) + 1):
            weight = (1.0 + rate) ** -(year - int(calendar.decided[0]))
            whole += weight * self.saleable(year)
            counted += weight
        return whole / counted


@dataclass
class _Year:
    """What a plant costs in one year beside its sales, and how it is taxed (thousand USD)."""

    costs: float = 0.0
    invested: float = 0.0
    written_off: float = 0.0
    free: float = 0.0


def net_present_value(plant: Built, sales: Sequence[Sale], buyer: dict[str, int]) -> float:
    """Return the net present value of a plant with its sales (million USD)."""
    ledger, calendar, i = plant.ledger, plant.ledger.calendar, plant.site
    rate = float(ledger.rate[i])
    able = [plant.able(u) for u in range(len(calendar.first))]
    worth = loss = tied = 0.0
    years = range(int(calendar.decided[0]), int(calendar.last[-1]) + 1)
    for year in years:
        u = max(k for k, first in enumerate(calendar.first) if first <= year)
        busy = plant.saleable(year) / able[u] if able[u] > 0 else 0.0
        revenue = kept = 0.0
        for sale in sales:
            if sale.from_year == calendar.first[u]:
                j, kt = buyer[sale.customer_id], sale.kt * busy
                price = float(ledger.price[j, u])
                delivery = float(ledger.freight[i, j]) + float(ledger.duty[i, j, u])
                revenue += kt * price
                kept += kt * (price - delivery - float(ledger.variable[i]))
        own = _year(plant, year)
        profit = kept - own.costs
        left = profit - own.written_off - loss
        taxable, loss = max(left, 0.0), max(-left, 0.0)
        stock = revenue * ledger.terms.working_capital_pct / 100.0
        change = stock - tied if year != years[-1] else -tied
        tied = stock
        cash = profit - _tax(plant, year, taxable, own.free) - change - own.invested
        worth += cash / (1.0 + rate) ** (year - years[0])
    return worth / 1e3


def _tax(plant: Built, year: int, taxable: float, free: float) -> float:
    """Return the tax of a year, with the holiday of the first step and the minimum tax."""
    first = plant.steps[0][0]
    project, age = plant.ledger.projects[first][0], plant.age(first, year)
    rate, floor = float(project.tax_rate[plant.site]), 0.0
    if age >= YEARS:
        floor = float(project.minimum_tax[plant.site, -1])
    elif age >= 0:
        rate *= 1.0 - float(project.relief[plant.site, age])
        floor = float(project.minimum_tax[plant.site, age])
    return taxable * rate + max(floor - rate, 0.0) * max(taxable - free, 0.0)


def _year(plant: Built, year: int) -> _Year:
    """Add up what the steps of a plant cost in a year."""
    added, terms, i = _Year(), plant.ledger.terms, plant.site
    spend = build_spend(terms)
    for period, size, kt in plant.parts:
        project, own = plant.ledger.projects[period][size], plant.paid(period, size)
        since = year - int(plant.ledger.calendar.decided[period])
        if 0 <= since < len(spend):
            added.invested += kt * own * float(spend[since])
        age = plant.age(period, year)
        if age < 0:
            continue
        added.costs += kt * float(project.fixed[i])
        if age >= YEARS:  # renewed: the yearly cost of its capital
            r = float(project.rate[i])
            added.costs += kt * float(project.capex[i]) * r / (1.0 - (1.0 + r) ** -YEARS)
            continue
        made = project.output * float(ramp(terms)[age])
        sold = made * float(start_yield(terms)[age])
        added.costs += kt * (made - sold) * float(project.variable[i])
        added.costs -= kt * sold * float(project.credit[i, age])
        added.written_off += kt * own / YEARS
        added.free += kt * own * (1.0 - age / YEARS) * terms.carve_out_assets_pct / 100.0
        added.free += kt * float(project.pay[i]) * terms.carve_out_pay_pct / 100.0
    return added
