"""A portfolio as numbers: what may be built where, when and how big, and what it earns.

Sets: n sites, m customers, t periods in which a step is decided, u periods in which is sold, s
steps of size. docs/portfolio.md holds the formulation with its sources.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from geodata.arrays import Floats

Flags = NDArray[np.bool_]
Ints = NDArray[np.intp]

NEVER = -1  # the period of a step that is not built
NO_LIMIT = np.inf


@dataclass(frozen=True)
class Limits:
    """What a portfolio may not exceed; nothing by default.

    Attributes
    ----------
    plants : float
        Sites at most.
    plants_by_country : float
        Sites of one country at most.
    budget : ndarray (t,)
        Own spending of each period at most (million USD); empty for none.
    utilisation : float
        Sales of a plant over what it can sell, at least, in every period (share).
    carbon : float
        Mean CO2e of the power of a tonne sold, at most, in every period (t/t).
    customer_share : float
        Of all sales of a period, at most, to one customer.
    all_built : float
        Chance that every plant of the portfolio is admitted and built, at least.
    """

    plants: float = NO_LIMIT
    plants_by_country: float = NO_LIMIT
    budget: Floats = field(default_factory=lambda: np.empty(0))
    utilisation: float = 0.0
    carbon: float = NO_LIMIT
    customer_share: float = 1.0
    all_built: float = 0.0


@dataclass(frozen=True)
class Problem:
    """What a portfolio is chosen from; million USD are present values, expected.

    Attributes
    ----------
    gain : ndarray (n, m, u)
        Of one kt a year sold by a site to a customer in a period (million USD per kt/y).
    demand : ndarray (m, u)
        What each customer buys at most (kt a year).
    step_kt : ndarray (s,)
        Capacity that each step adds (kt a year); a step comes after the one before it.
    sells : ndarray (t, u)
        kt sold a year in a period per kt of capacity decided in another.
    outlay : ndarray (n, s, t)
        What a step costs beside what depends on sales (million USD).
    spend : ndarray (n, s, t, t)
        Of a step decided in a period, own spending in each (million USD).
    allowed : ndarray of bool (n, t)
        Whether the law and the study let a site be decided in a period.
    must : ndarray of bool (n,)
    country : ndarray of int (n,)
    chance : ndarray (n,)
        That a site's project is admitted and built.
    carbon : ndarray (n,)
        CO2e of the power of a tonne (t/t).
    limits : Limits
    """

    gain: Floats
    demand: Floats
    step_kt: Floats
    sells: Floats
    outlay: Floats
    spend: Floats
    allowed: Flags
    must: Flags
    country: Ints
    chance: Floats
    carbon: Floats
    limits: Limits = field(default_factory=Limits)

    @property
    def sites(self) -> int:
        """Number of sites."""
        return len(self.gain)

    @property
    def shape(self) -> tuple[int, int, int]:
        """Sites, steps and periods of decision."""
        return (len(self.outlay), len(self.step_kt), len(self.sells))

    def take(self, rows: Ints) -> Problem:
        """Return the problem of some of the sites."""
        names = ("gain", "outlay", "spend", "allowed", "must", "country", "chance", "carbon")
        return replace(self, **{name: getattr(self, name)[rows] for name in names})

    def within(self, limits: Limits) -> Problem:
        """Return the same sites under other limits."""
        return replace(self, limits=limits)


@dataclass(frozen=True)
class Portfolio:
    """A choice: which step of which site is decided when, and who is supplied from where.

    Attributes
    ----------
    decided : ndarray of int (n, s)
        Period of each step, `NEVER` where it is not built.
    flow : ndarray (n, m, u)
        Sales (kt a year).
    value : float
        Of the problem's objective (million USD).
    """

    decided: Ints
    flow: Floats
    value: float

    @property
    def built(self) -> Ints:
        """Positions of the sites that are built."""
        return np.flatnonzero(self.decided[:, 0] != NEVER)

    def spread(self, rows: Ints, sites: int) -> Portfolio:
        """Return a choice made of some sites (`rows`) as one of all of them."""
        decided = np.full((sites, self.decided.shape[1]), NEVER, dtype=np.intp)
        flow = np.zeros((sites, *self.flow.shape[1:]))
        decided[rows], flow[rows] = self.decided, self.flow
        return Portfolio(decided, flow, self.value)


def nothing(problem: Problem) -> Portfolio:
    """Return the portfolio that builds nothing."""
    decided = np.full((problem.sites, len(problem.step_kt)), NEVER, dtype=np.intp)
    return Portfolio(decided, np.zeros_like(problem.gain), 0.0)


def opened(problem: Problem, decided: Ints) -> Floats:
    """Return by site, step and period of decision 1 where a step is decided (n, s, t)."""
    periods = np.arange(problem.shape[2])
    return np.asarray(decided[:, :, None] == periods, dtype=float)


def capability(problem: Problem, decided: Ints) -> Floats:
    """Return what each site can sell in each period (kt a year) (n, u)."""
    kt = opened(problem, decided) * problem.step_kt[None, :, None]
    return np.asarray(kt.sum(axis=1) @ problem.sells)


def outlays(problem: Problem, decided: Ints) -> float:
    """Return the outlay of all steps decided (million USD)."""
    return float((opened(problem, decided) * problem.outlay).sum())


def spent(problem: Problem, decided: Ints) -> Floats:
    """Return own spending by period (million USD) (t,)."""
    return np.asarray(np.einsum("nst,nstk->k", opened(problem, decided), problem.spend))
