"""The money of every site, size, customer and year, as the plan reckons it; nothing is chosen here.

A plant decided at the start of a period is built, then runs for `cashflow.YEARS`; whoever decides
later runs longer. All are compared to the end of the last one: what wears out before is renewed
and pays the yearly cost of its capital until then (replacement chain; Park, Contemporary
Engineering Economics, ch. 6). Of one period and one size it is the plan's own net present value.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from geodata.arrays import Floats
from siting.market.chances import chance_of
from siting.market.customers import Customers, Demand, coordinates, freight_to_customers
from siting.model.plan import Plan
from siting.money import cashflow, cost
from siting.money.cashflow import YEARS, Project
from siting.money.landed import Landed, inputs_at, landed, parameters_of, plant_of
from siting.money.valuation import costs_of, project_of, terms_of
from siting.pipeline import Run
from siting.portfolios.problem import Flags, Ints
from siting.study.fields import FIRST_DEMAND, LAST_DEMAND
from siting.study.finance import Terms
from siting.study.study import Study
from siting.study.studyfile import changed
from siting.world import policy
from siting.world.conditions import Conditions, conditions
from siting.world.facts import Facts, in_later_years

LENGTH = 10  # years of decisions, where the study names no last one


@dataclass(frozen=True)
class Calendar:
    """Years of decisions and of sales.

    Attributes
    ----------
    decided : ndarray of int (t,)
        First year of each period of decision.
    build_years : int
    first, last : ndarray of int (u,)
        First and last year of each period of sales; the last ends with the life of the last plant.
    """

    decided: Ints
    build_years: int
    first: Ints
    last: Ints

    @property
    def years(self) -> Ints:
        """Every year, from the first decision (y,)."""
        return np.arange(self.decided[0], self.last[-1] + 1)

    @property
    def opens(self) -> Ints:
        """First year of production of a plant by its period of decision (t,)."""
        return self.decided + self.build_years

    @property
    def period_of(self) -> Ints:
        """Period of sales of each year (y,)."""
        return np.asarray(np.searchsorted(self.last, self.years))


def calendar(first: int, last: int, period_years: int, terms: Terms) -> Calendar:
    """Return the periods from the first to the last year of decisions."""
    build = len(cashflow.build_spend(terms))
    decided = np.arange(first, last + 1, period_years)
    ends = decided + period_years - 1
    tail = decided[-1] + build + YEARS - 1
    # what is decided last is only built in its own period: its sales are behind the last one
    return Calendar(decided, build, np.append(decided, ends[-1] + 1), np.append(ends, tail))


@dataclass(frozen=True)
class Ledger:
    """What n sites bring, by size (k), period of decision (t), period of sales (u) and year (y).

    Attributes
    ----------
    places : DataFrame (n)
    customers : DataFrame (m)
        id, name, country and what else the plan knows of them, as of the last period.
    calendar : Calendar
    terms : Terms
    sizes_ktpa : ndarray (k,)
    rate : ndarray (n,)
        Cost of capital with the premium of the country (share a year).
    price : ndarray (m, u)
        What customers pay (USD/t).
    parity : ndarray (m, u)
        The landed Chinese tonne (USD/t).
    freight : ndarray (n, m)
    duty : ndarray (n, m, u)
    demand : ndarray (m, u)
        Open to this owner and left by rivals (kt a year).
    projects : list of list of Project
        By period of decision and size.
    gate : list of list of ndarray (n,)
        Cost at the gate of a tonne (USD/t), likewise.
    entry, built : ndarray (n, t), (n,)
        Chance that the owner is admitted; that the project is built.
    carbon : ndarray (n,)
        CO2e of the power (t/t).
    """

    places: pd.DataFrame
    customers: pd.DataFrame
    calendar: Calendar
    terms: Terms
    sizes_ktpa: Floats
    rate: Floats
    price: Floats
    parity: Floats
    freight: Floats
    duty: Floats
    demand: Floats
    projects: list[list[Project]]
    gate: list[list[Floats]]
    entry: Floats
    built: Floats
    carbon: Floats

    @property
    def variable(self) -> Floats:
        """Cost of a tonne made that more sales add (USD/t) (n,)."""
        return np.asarray(self.projects[0][0].variable)

    @property
    def chance(self) -> Floats:
        """That a plant is admitted and built, by period of decision (n, t)."""
        return np.asarray(self.entry * self.built[:, None])

    @property
    def discount(self) -> Floats:
        """Present value of a USD of each year, at the end of the first one (n, y)."""
        ahead = self.calendar.years - self.calendar.decided[0]
        return np.asarray((1.0 + self.rate[:, None]) ** -ahead)

    def ages(self, period: int) -> Ints:
        """Year of production in each year of a plant decided in a period; below 1 before (y,)."""
        return np.asarray(self.calendar.years - self.calendar.opens[period] + 1)

    def by_age(self, amounts: Floats, period: int, after: float) -> Floats:
        """Lay amounts by year of production (..., YEARS) into the years (..., y).

        Before the plant opens it is 0, beyond its first life `after`.
        """
        age = self.ages(period)
        inside = (age >= 1) & (age <= YEARS)
        laid = np.zeros((*amounts.shape[:-1], len(age)))
        laid[..., inside] = amounts[..., age[inside] - 1]
        laid[..., age > YEARS] = after
        return laid

    def make(self, period: int) -> tuple[Floats, Floats]:
        """Return what a kt of capacity makes, and sells, in each year (kt) (y,), (y,)."""
        output = self.projects[0][0].output
        full, ramp = output, cashflow.ramp(self.terms)
        made = self.by_age(output * ramp, period, full)
        sold = self.by_age(output * ramp * cashflow.start_yield(self.terms), period, full)
        return made, sold


def ledger_of(plan: Plan, rows: Ints, run: Run | None = None) -> Ledger:
    """Work out the money of some of a plan's places.

    Parameters
    ----------
    plan : Plan
    rows : ndarray of int (n,)
        Positions among the places.
    run : Run, optional
        Where stages that the plan shares are kept.
    """
    return ledger_at(plan, rows, plan.study, run or Run())


def first_year(study: Study, facts: Facts) -> int:
    """Return the first year of decisions: the study's, else the one after today's."""
    return study.portfolio.first_year or facts.as_of.year + 1


def ledger_at(plan: Plan, rows: Ints, study: Study, run: Run) -> Ledger:
    """Work out the money of a plan's places for another study, whose customers may be others."""
    facts: Facts = run.of("facts", study)
    asked = study.portfolio
    places = plan.places.iloc[rows].reset_index(drop=True)
    terms = terms_of(study, facts)
    first = first_year(study, facts)
    last = asked.last_year or first + LENGTH - 1
    when = calendar(first, last, asked.period_years, terms)
    sales = _sales(study, facts, places, when, run)
    sizes = np.array(asked.sizes_ktpa)
    starts = [_start(facts, year, nth) for nth, year in enumerate(when.decided)]
    known = [in_later_years(facts, study, day) for day in starts]
    plants = _plants(study, facts, sizes)
    reckoned = [
        _projects(study, now, day, places, sales, plants)
        for day, now in zip(starts, known, strict=True)
    ]
    projects = [[project for project, _ in by_size] for by_size in reckoned]
    p = parameters_of(study, facts).central
    inputs = _inputs(study, facts, facts.as_of, places, sales)
    return Ledger(
        places=places,
        customers=sales.customers.plants[sales.buys].reset_index(drop=True),
        calendar=when,
        terms=terms,
        sizes_ktpa=sizes,
        rate=projects[0][0].rate,
        price=sales.price[sales.buys],
        parity=sales.parity[sales.buys],
        freight=sales.money.freight[:, sales.buys].astype(float),
        duty=sales.duty[:, sales.buys],
        demand=sales.demand[sales.buys],
        projects=projects,
        gate=[[cost_ for _, cost_ in by_size] for by_size in reckoned],
        entry=np.column_stack(
            [policy.openness(now.entry, places, study.investor) for now in known]
        ),
        built=_built(study, facts, places),
        carbon=cost.carbon_t_per_t(inputs, p),
    )


def _start(facts: Facts, year: int, nth: int) -> dt.date:
    """Return the day of decision: today for the first period, else the first day of its year."""
    return facts.as_of if nth == 0 else dt.date(year, 1, 1)


def _built(study: Study, facts: Facts, places: pd.DataFrame) -> Floats:
    """Return the chance that a project named today is built, by owner and host (n,)."""
    plants = pd.DataFrame(
        {"owner_hq_country": study.investor, "country": places["country"], "status": "announced"}
    )
    return chance_of(plants, facts["build_chances"], "anode_plants", facts.as_of)


@dataclass(frozen=True)
class _Sales:
    """What all customers pay and cost to reach, by period of sales; and who buys at all (m,)."""

    local: Conditions
    customers: Customers
    money: Landed
    price: Floats
    parity: Floats
    duty: Floats
    demand: Floats
    buys: Flags


def _sales(study: Study, facts: Facts, places: pd.DataFrame, when: Calendar, run: Run) -> _Sales:
    """Reckon every customer's gate in each period of sales, by the laws and the demand of then."""
    local, points = conditions(facts["place_factors"], places, facts.as_of), coordinates(places)
    reckoned = []
    for first, last in zip(when.first, when.last, strict=True):
        year = int(np.clip((first + min(last, LAST_DEMAND)) // 2, FIRST_DEMAND, LAST_DEMAND))
        then = changed(study, {"demand_year": year})
        demand: Demand = run.of("demand", then)
        customers = freight_to_customers(demand, points)
        known = in_later_years(facts, study, max(facts.as_of, dt.date(int(first), 1, 1)))
        reckoned.append((customers, landed(then, known, places, local, customers, demand)))
    every = [money for _, money in reckoned]
    price, parity = (
        np.column_stack([money.gates[name].to_numpy(dtype=float) for money in every])
        for name in ("price", "parity")
    )
    kt = np.column_stack([money.open_kt for money in every])
    duty = np.stack([money.duty[:] for money in every], axis=2).astype(float)
    return _Sales(local, *reckoned[-1], price, parity, duty, kt, np.asarray(kt.any(axis=1)))


def _inputs(
    study: Study, facts: Facts, decided: dt.date, places: pd.DataFrame, sales: _Sales
) -> cost.Inputs:
    feed, sources = sales.customers.feed_freight, sales.customers.feedstock
    return inputs_at(study, facts, places, sales.local, feed, sources, decided)


def _plants(study: Study, facts: Facts, sizes: Floats) -> list[cost.Plant]:
    """Return the plant of each size."""
    plant = plant_of(study, facts, parameters_of(study, facts))
    return [replace(plant, capacity_ktpa=float(size)) for size in sizes]


def _projects(
    study: Study,
    facts: Facts,
    decided: dt.date,
    places: pd.DataFrame,
    sales: _Sales,
    plants: list[cost.Plant],
) -> list[tuple[Project, Floats]]:
    """Return what plants decided on a day bring to their cash flow, and cost at the gate."""
    p = parameters_of(study, facts).central
    inputs = _inputs(study, facts, decided, places, sales)
    stacks = [cost.cost_stack(inputs, plant, p) for plant in plants]
    first = project_of(study, facts, places, replace(sales.money, stack=stacks[0]), inputs)
    return [
        (replace(first, **costs_of(stack, plant, inputs, p)), stack.to_numpy().sum(axis=1))
        for stack, plant in zip(stacks, plants, strict=True)
    ]
