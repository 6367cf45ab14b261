"""A portfolio as it is shown: rows of steps, sales and plants, by the names that a reader knows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from siting.money.valuation import KT_TO_MUSD
from siting.portfolios import objective
from siting.portfolios.ledger import Ledger
from siting.portfolios.problem import NEVER, Portfolio
from siting.portfolios.settle import Settled

LEAST_KT = 1e-6  # smaller sales are rounding of the solver


class Step(NamedTuple):
    """A plant is built, or grows; decided at the start of a year."""

    site_id: str
    year: int
    size_ktpa: float
    invested_musd: float


class Sale(NamedTuple):
    """What a plant sells to a customer, kt a year from one year to another; USD a tonne."""

    site_id: str
    customer_id: str
    from_year: int
    to_year: int
    kt: float
    price: float
    freight: float
    duty: float


class Plant(NamedTuple):
    """What a plant is worth, with its chance to be admitted and built; million USD."""

    site_id: str
    chance: float
    npv_musd: float
    expected_musd: float


@dataclass(frozen=True)
class Shown:
    """All rows of a portfolio."""

    steps: tuple[Step, ...]
    sales: tuple[Sale, ...]
    plants: tuple[Plant, ...]


def shown(ledger: Ledger, portfolio: Portfolio, settled: Settled) -> Shown:
    """Return the rows of a portfolio."""
    return Shown(_steps(ledger, portfolio), _sales(ledger, portfolio), _plants(ledger, settled))


def _steps(ledger: Ledger, portfolio: Portfolio) -> tuple[Step, ...]:
    rows = []
    for site in portfolio.built:
        before = np.zeros(len(ledger.places))
        for size, period in enumerate(portfolio.decided[site]):
            if period == NEVER:
                break
            kt = ledger.sizes_ktpa[size]
            whole = kt * objective.spending(ledger, period, size)
            if size:
                smaller = ledger.sizes_ktpa[size - 1]
                before = smaller * objective.spending(ledger, period, size - 1)
            paid = float((whole - before)[site]) / KT_TO_MUSD
            year = int(ledger.calendar.decided[period])
            rows.append(Step(_site(ledger, site), year, float(kt), paid))
    return tuple(rows)


def _sales(ledger: Ledger, portfolio: Portfolio) -> tuple[Sale, ...]:
    rows, customers = [], ledger.customers["id"].to_numpy(dtype=object)
    for i, j, u in np.argwhere(portfolio.flow > LEAST_KT):
        rows.append(
            Sale(
                _site(ledger, i),
                str(customers[j]),
                int(ledger.calendar.first[u]),
                int(ledger.calendar.last[u]),
                float(portfolio.flow[i, j, u]),
                float(ledger.price[j, u]),
                float(ledger.freight[i, j]),
                float(ledger.duty[i, j, u]),
            )
        )
    return tuple(rows)


def _plants(ledger: Ledger, settled: Settled) -> tuple[Plant, ...]:
    return tuple(
        Plant(_site(ledger, site), float(ledger.chance[site, 0]), float(npv), float(expected))
        for site, npv, expected in zip(settled.site, settled.npv, settled.expected, strict=True)
    )


def _site(ledger: Ledger, position: int) -> str:
    return str(ledger.places["site_id"].iloc[position])
