"""The problem of a ledger: present values that are linear in what is decided and sold.

Everything is as in `siting.money.cashflow` but the tax: here losses are worth their tax at once, a
holiday is spread over the life of the plant, and the minimum tax has no carve-out.
`siting.portfolios.settle` reckons the real tax of every portfolio that is shown.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from geodata.arrays import Floats
from siting.money import cashflow
from siting.money.cashflow import YEARS, Project
from siting.money.cost import annuity
from siting.money.production_credit import levelised
from siting.money.valuation import KT_TO_MUSD
from siting.portfolios.ledger import Ledger
from siting.portfolios.problem import Flags, Limits, Problem


@dataclass(frozen=True)
class Choice:
    """What a study lets a portfolio choose from: of n sites, which may and which must be built."""

    may: Flags
    must: Flags
    limits: Limits = field(default_factory=Limits)


def problem_of(ledger: Ledger, choice: Choice) -> Problem:
    """Return the problem of a ledger; values are expected, each by the chance of its plant.

    A plant that is not admitted or not built costs nothing and earns nothing; its customers are
    kept for it all the same. The chance is that of the first period: a law that starts later bars
    the periods after it.
    """
    chance = ledger.chance[:, 0]
    outlay, spend = _steps(ledger)
    step_kt = np.diff(ledger.sizes_ktpa, prepend=0.0)
    relative = np.divide(
        ledger.chance, chance[:, None], out=np.zeros_like(ledger.chance), where=chance[:, None] > 0
    )
    allowed = choice.may[:, None] & (ledger.entry > 0.0) & (relative > 0)
    return Problem(
        gain=_gain(ledger) * chance[:, None, None],
        demand=ledger.demand,
        step_kt=step_kt,
        sells=_sells(ledger),
        outlay=outlay * chance[:, None, None],
        spend=spend,
        allowed=allowed,
        must=choice.must,
        country=pd.factorize(ledger.places["country"])[0].astype(np.intp),
        chance=chance,
        carbon=ledger.carbon,
        limits=choice.limits,
    )


def tax_rate(ledger: Ledger, period: int) -> Floats:
    """Return the rate of a plant decided in a period, its holiday spread over its life (n,)."""
    project = ledger.projects[period][0]
    return levelised(effective(project), project.rate)


def effective(project: Project) -> Floats:
    """Return the rate of each year of production, at least the minimum tax (n, YEARS)."""
    relieved = project.tax_rate[:, None] * (1.0 - project.relief)
    return np.maximum(relieved, project.minimum_tax)


def by_period(ledger: Ledger, yearly: Floats) -> Floats:
    """Add up years (..., y) by the period of sales that they lie in (..., u)."""
    first = np.searchsorted(ledger.calendar.years, ledger.calendar.first)
    return np.add.reduceat(yearly, first, axis=-1)


def weight(ledger: Ledger) -> Floats:
    """Return what each year counts in the mean of its period: discounted at the mean rate (y,)."""
    ahead = np.arange(len(ledger.calendar.years))
    worth = (1.0 + float(ledger.rate.mean())) ** -ahead
    first = np.searchsorted(ledger.calendar.years, ledger.calendar.first)
    return np.asarray(worth / np.add.reduceat(worth, first)[ledger.calendar.period_of])


def _sells(ledger: Ledger) -> Floats:
    """Return what a kt of capacity sells in the mean year of each period (t, u)."""
    sold = np.stack([ledger.make(t)[1] for t in range(len(ledger.calendar.decided))])
    return by_period(ledger, sold * weight(ledger))


def _gain(ledger: Ledger) -> Floats:
    """Return what a kt a year sold to each customer in each period is worth (n, m, u)."""
    worth = ledger.discount
    periods = range(len(ledger.calendar.decided))
    keeps = 1.0 - np.mean([tax_rate(ledger, t) for t in periods], axis=0)
    # what customers owe is tied up until the last year: it costs the interest
    tied = worth - np.append(worth[:, 1:], worth[:, -1:], axis=1)
    share = ledger.terms.working_capital_pct / 100.0
    earn, wait = by_period(ledger, worth), by_period(ledger, tied) * share
    delivered = ledger.freight + ledger.variable[:, None]
    gain = np.empty((len(worth), *ledger.price.shape))
    for u in range(gain.shape[2]):
        margin = ledger.price[:, u] - delivered - ledger.duty[:, :, u]
        gain[:, :, u] = (
            margin * (earn[:, u] * keeps)[:, None] - ledger.price[:, u] * wait[:, u, None]
        )
    return gain / KT_TO_MUSD


def _steps(ledger: Ledger) -> tuple[Floats, Floats]:
    """Return the outlay of each step and period, and its spending by period (million USD)."""
    periods, sizes = range(len(ledger.calendar.decided)), ledger.sizes_ktpa
    whole = [[plant_outlay(ledger, t, k) * kt for k, kt in enumerate(sizes)] for t in periods]
    outlay = np.diff(np.array(whole), axis=1, prepend=0.0).transpose(2, 1, 0)
    paid = [
        [spending(ledger, t, k)[:, None] * _when_paid(ledger, t) * kt for k, kt in enumerate(sizes)]
        for t in periods
    ]
    spend = np.diff(np.array(paid), axis=1, prepend=0.0).transpose(2, 1, 0, 3)
    return outlay / KT_TO_MUSD, spend / KT_TO_MUSD


def spending(ledger: Ledger, period: int, size: int) -> Floats:
    """Return what the owner pays to build a plant, after aid (USD per t/y) (n,)."""
    project = ledger.projects[period][size]
    return project.capex * (1.0 - project.aid_share)


def _when_paid(ledger: Ledger, period: int) -> Floats:
    """Return the share paid in each period of decision, what comes after the last in it (t,)."""
    share = cashflow.build_spend(ledger.terms)
    year = ledger.calendar.decided[period] + np.arange(len(share))
    when = np.searchsorted(ledger.calendar.decided, year, side="right") - 1
    paid = np.bincount(when, weights=share, minlength=len(ledger.calendar.decided))
    return np.asarray(paid, dtype=float)


def plant_outlay(ledger: Ledger, period: int, size: int) -> Floats:
    """Return the present value of all that a plant costs beside its sales (USD per t/y) (n,)."""
    worth = ledger.discount
    rate = tax_rate(ledger, period)
    invested = spending(ledger, period, size)
    paid = cashflow.build_spend(ledger.terms)
    start = ledger.calendar.decided[period] - ledger.calendar.decided[0]
    built = invested * (worth[:, start : start + len(paid)] @ paid)
    running = (yearly_costs(ledger, period, size) * worth).sum(axis=1)
    written_off = ledger.by_age(np.full(YEARS, 1.0 / YEARS), period, 0.0)
    saved = rate * invested * (written_off * worth).sum(axis=1)
    return np.asarray(built + running * (1.0 - rate) - saved)


def yearly_costs(ledger: Ledger, period: int, size: int) -> Floats:
    """Return costs of each year beside those of what is sold (USD per t/y) (n, y).

    Fixed costs, what is made and not saleable, less the credits; behind the first life of a plant
    also the yearly cost of its renewal.
    """
    project = ledger.projects[period][size]
    made, sold = ledger.make(period)
    runs = ledger.by_age(np.ones(YEARS), period, 1.0)
    renewed = ledger.by_age(np.zeros(YEARS), period, 1.0)
    renewal = project.capex * annuity(project.rate, YEARS)
    credit = ledger.by_age(project.credit, period, 0.0)
    return (
        project.fixed[:, None] * runs
        + (made - sold) * project.variable[:, None]
        - sold * credit
        + renewal[:, None] * renewed
    )
