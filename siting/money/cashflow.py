"""A plant over its life: cash a year after tax, net present value and rate of return.

Constant 2025 USD per tonne a year of nameplate capacity; year 1 is the first of production.

    flow(t) = - spend(t)                                                  while it is built
    flow(k) = sold(k) x (price - freight - duty - variable / yield(k))
              - fixed + credit(k) - tax(k) - change of working capital     in production
    npv     = sum of flow(t) / (1 + r)^t, t = 0 at the end of the first year of building

Political risk is in r, which holds the premium of the country. Interest during construction is the
discounting of what is spent before the first sale.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import elementwise

from geodata.arrays import Floats
from siting.study.finance import Terms

Rows = NDArray[np.intp]

YEARS = 15  # of production
MONTHS = 12.0
RAMP_YEARS = 4  # years in which the reference product reaches its grown output
HIGHEST_RETURN = 10.0  # a year
MOST_PRICE = 1e5  # USD/t


@dataclass(frozen=True)
class Project:
    """What n places bring to the cash flow of a plant.

    Attributes
    ----------
    capex : ndarray (n,)
        Before aid, USD per t/y.
    aid_share : ndarray (n,)
        Of capex, paid as it is spent.
    variable, fixed : ndarray (n,)
        Cost a tonne made (USD/t); cost a year, paid from the first day (USD per t/y).
    pay : ndarray (n,)
        Part of `fixed` that is wages.
    credit : ndarray (n, YEARS)
        Production credit of a tonne sold in each year (USD/t).
    price, delivery : ndarray (n,)
        What the customers pay; freight and duty to them (USD/t).
    output : float
        Output of a grown plant over nameplate.
    rate : ndarray (n,)
        Cost of capital with the premium of the country (share a year).
    tax_rate : ndarray (n,)
        Corporate income tax (share).
    relief : ndarray (n, YEARS)
        Share of the tax that is waived.
    minimum_tax : ndarray (n, YEARS)
        Floor of the tax over profit beyond the carve-out (share); 0 where there is none.
    """

    capex: Floats
    aid_share: Floats
    variable: Floats
    fixed: Floats
    pay: Floats
    credit: Floats
    price: Floats
    delivery: Floats
    output: float
    rate: Floats
    tax_rate: Floats
    relief: Floats
    minimum_tax: Floats

    def take(self, rows: Rows) -> Project:
        """Return the projects of some of the places."""
        parts = {field.name: getattr(self, field.name) for field in fields(self)}
        some: dict[str, Any] = {
            name: part[rows] for name, part in parts.items() if isinstance(part, np.ndarray)
        }
        return replace(self, **some)


def build_spend(terms: Terms) -> Floats:
    """Return the share of capex spent in each year of building (years,); it sums to 1.

    The three thirds of the building time are cut into years.
    """
    thirds = np.array([terms.spend_1_pct, terms.spend_2_pct, terms.spend_3_pct])
    edges = np.concatenate([[0.0], np.cumsum(thirds / thirds.sum())])
    years = max(1, int(np.ceil(terms.build_months / MONTHS)))
    progress = np.minimum(np.arange(years + 1) * MONTHS / terms.build_months, 1.0)
    return np.diff(np.interp(progress, np.linspace(0.0, 1.0, len(edges)), edges))


def ramp(terms: Terms) -> Floats:
    """Return the output of each year over that of a grown plant (YEARS,)."""
    known = [0.0, terms.ramp_1_pct, terms.ramp_2_pct, terms.ramp_3_pct, 100.0]
    stretch = terms.qualification_months / terms.reference_months
    years = np.arange(1, YEARS + 1) / stretch
    return np.interp(years, np.arange(RAMP_YEARS + 1), known) / 100.0


def start_yield(terms: Terms) -> Floats:
    """Return the saleable share of what is made in each year (YEARS,)."""
    share = np.ones(YEARS)
    share[:2] = terms.start_yield_1_pct / 100.0, terms.start_yield_2_pct / 100.0
    return share


def cash_flows(project: Project, terms: Terms) -> Floats:
    """Return the cash of each year after tax, building first (n, years)."""
    spend = build_spend(terms)
    invested = project.capex * (1.0 - project.aid_share)
    sold = project.output * ramp(terms) * start_yield(terms)
    made = project.output * ramp(terms)
    revenue = sold * project.price[:, None]
    before_tax = (
        revenue
        - sold * project.delivery[:, None]
        - made * project.variable[:, None]
        - project.fixed[:, None]
        + sold * project.credit
    )
    written_off = np.repeat(invested[:, None] / YEARS, YEARS, axis=1)
    taxed = income_tax(
        before_tax - written_off,
        project.tax_rate[:, None] * (1.0 - project.relief),
        project.minimum_tax,
        carve_out(invested, project.pay, terms),
    )
    stock = revenue * terms.working_capital_pct / 100.0
    tied = np.diff(stock, axis=1, prepend=0.0)
    tied[:, -1] -= stock[:, -1]  # it comes back at the end
    return np.hstack([-invested[:, None] * spend, before_tax - taxed - tied])


def income_tax(profit: Floats, effective: Floats, floor: Floats, free: Floats) -> Floats:
    """Return the tax of each year; losses are carried forward without limit.

    Parameters
    ----------
    profit : ndarray (n, years)
        After what is written off; in any unit of money.
    effective : ndarray (n, years)
        Rate after relief (share).
    floor : ndarray (n, years)
        Of the minimum tax (Pillar Two), 0 where there is none (share).
    free : ndarray (n, years)
        Profit that the carve-out leaves out of the minimum tax, in the same unit.
    """
    taxable = np.zeros_like(profit)
    loss = np.zeros(len(profit))
    for year in range(profit.shape[1]):
        left = profit[:, year] - loss
        taxable[:, year] = np.maximum(left, 0.0)
        loss = np.maximum(-left, 0.0)
    # Pillar Two tops the effective rate up to the floor, on profit beyond the carve-out
    top_up = np.maximum(floor - effective, 0.0) * np.maximum(taxable - free, 0.0)
    return np.asarray(taxable * effective + top_up)


def carve_out(invested: Floats, pay: Floats, terms: Terms) -> Floats:
    """Return the profit of each year of production that no minimum tax is levied on (n, YEARS).

    A share of the book value and of wages; arguments (n,), in one unit of money.
    """
    book = invested[:, None] * (1.0 - np.arange(YEARS) / YEARS)
    free = book * terms.carve_out_assets_pct / 100.0
    return np.asarray(free + pay[:, None] * terms.carve_out_pay_pct / 100.0)


def npv(flows: Floats, rate: Floats) -> Floats:
    """Return the net present value at the end of the first year of building (n,)."""
    years = np.arange(flows.shape[1])
    return np.asarray((flows * (1.0 + rate[:, None]) ** -years).sum(axis=1))


def irr(flows: Floats) -> Floats:
    """Return the rate at which the net present value is 0 (n,); NaN where money is never back."""

    def value(rate: Floats, rows: Rows) -> Floats:
        return npv(flows[rows], rate)

    return _root(value, len(flows), 0.0, HIGHEST_RETURN)


def price_after_tax(project: Project, terms: Terms) -> Floats:
    """Return the mean price at its customers at which the net present value is 0 (USD/t, n)."""

    def value(price: Floats, rows: Rows) -> Floats:
        some = project.take(rows)
        return npv(cash_flows(replace(some, price=price), terms), some.rate)

    return _root(value, len(project.capex), 0.0, MOST_PRICE)


def _root(value: Callable[[Floats, Rows], Floats], n: int, low: float, high: float) -> Floats:
    """Return where a function of one number rises or falls through 0, place by place (n,)."""
    ends = (np.full(n, low), np.full(n, high))
    result = elementwise.find_root(value, ends, args=(np.arange(n),))
    return np.where(result.success, result.x, np.nan)
