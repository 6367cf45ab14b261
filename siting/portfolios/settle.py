"""The cash of a chosen portfolio year by year, with the real tax: the figures that are shown."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from geodata.arrays import Floats
from siting.money import cashflow
from siting.money.cashflow import YEARS
from siting.money.valuation import KT_TO_MUSD
from siting.portfolios import objective
from siting.portfolios.ledger import Ledger
from siting.portfolios.problem import NEVER, Ints, Portfolio


@dataclass(frozen=True)
class Settled:
    """What k built plants are worth, should all be admitted and built (million USD).

    Attributes
    ----------
    site : ndarray of int (k,)
        Positions in the ledger.
    cash : ndarray (k, y)
        After tax, by year.
    tax : ndarray (k, y)
    invested : ndarray (k, y)
        Spent on building, after aid.
    sold : ndarray (k, y)
        kt a year.
    npv : ndarray (k,)
        At the end of the first year, each at its own cost of capital.
    expected : ndarray (k,)
        The same by the chance of each plant.
    """

    site: Ints
    cash: Floats
    tax: Floats
    invested: Floats
    sold: Floats
    npv: Floats
    expected: Floats

    @property
    def total(self) -> float:
        """Expected net present value of all (million USD)."""
        return float(self.expected.sum())


def settle(ledger: Ledger, portfolio: Portfolio) -> Settled:
    """Reckon the cash of every plant that is built."""
    site = portfolio.built
    rows = [_plant(ledger, portfolio, int(one)) for one in site]
    years = len(ledger.calendar.years)
    cash, tax, invested, sold = (
        np.array(part).reshape(len(site), years) for part in zip(*rows, strict=True)
    ) if rows else np.zeros((4, 0, years))  # fmt: skip
    npv = (cash * ledger.discount[site]).sum(axis=1)
    return Settled(site, cash, tax, invested, sold, npv, npv * ledger.chance[site, 0])


def parts_of(ledger: Ledger, decided: Ints) -> list[tuple[int, int, float]]:
    """Return what a plant consists of: period of decision, size (its position) and kt a year.

    A step turns a plant into one of the next size: the larger is added, the smaller taken away.
    """
    sizes, parts = ledger.sizes_ktpa, []
    for step, period in enumerate(decided):
        if period == NEVER:
            break
        parts.append((int(period), step, float(sizes[step])))
        if step:
            parts.append((int(period), step - 1, -float(sizes[step - 1])))
    return parts


def _plant(ledger: Ledger, portfolio: Portfolio, site: int) -> tuple[Floats, ...]:
    """Return cash, tax, spending (million USD) and sales (kt) of one plant by year (y,) each."""
    parts, years = parts_of(ledger, portfolio.decided[site]), len(ledger.calendar.years)
    period, first = ledger.calendar.period_of, parts[0][0]
    able = np.sum([kt * ledger.make(t)[1] for t, _, kt in parts], axis=0)
    mean = objective.by_period(ledger, able * objective.weight(ledger))
    # of what it can sell in the mean year of a period, what goes to each customer
    share = np.divide(portfolio.flow[site], mean, out=np.zeros_like(ledger.price), where=mean > 0)
    kt = share[:, period] * able
    revenue = (kt * ledger.price[:, period]).sum(axis=0)
    delivery = kt * (ledger.freight[site][:, None] + ledger.duty[site][:, period])
    costs, invested, written, free = np.zeros((4, years))
    for t, size, capacity in parts:
        project = ledger.projects[t][size]
        spent = capacity * objective.spending(ledger, t, size)[[site]]
        costs += capacity * objective.yearly_costs(ledger, t, size)[site]
        invested += _when_built(ledger, t) * spent
        written += ledger.by_age(np.full(YEARS, spent[0] / YEARS), t, 0.0)
        out = cashflow.carve_out(spent, capacity * project.pay[[site]], ledger.terms)
        free += ledger.by_age(out[0], t, 0.0)
    sold = kt.sum(axis=0)
    profit = revenue - delivery.sum(axis=0) - sold * ledger.variable[site] - costs
    tax = cashflow.income_tax((profit - written)[None], *_rates(ledger, site, first), free[None])[0]
    stock = revenue * ledger.terms.working_capital_pct / 100.0
    tied = np.diff(stock, prepend=0.0)
    tied[-1] -= stock[-1]  # it comes back at the end
    cash = profit - tax - tied - invested
    return cash / KT_TO_MUSD, tax / KT_TO_MUSD, invested / KT_TO_MUSD, sold


def _rates(ledger: Ledger, site: int, period: int) -> tuple[Floats, Floats]:
    """Return rate after relief and minimum tax of a plant by year (1, y), counted from its start.

    Behind its first life there is no relief, and the minimum tax stays.
    """
    project = ledger.projects[period][0]
    rate, least = float(project.tax_rate[site]), project.minimum_tax[[site]]
    relieved = ledger.by_age(rate * (1.0 - project.relief[[site]]), period, rate)
    return relieved, ledger.by_age(least, period, float(least[0, -1]))


def _when_built(ledger: Ledger, period: int) -> Floats:
    """Return the share of the spending of a plant in each year (y,)."""
    share = cashflow.build_spend(ledger.terms)
    start = ledger.calendar.decided[period] - ledger.calendar.decided[0]
    paid = np.zeros(len(ledger.calendar.years))
    paid[start : start + len(share)] = share
    return paid
