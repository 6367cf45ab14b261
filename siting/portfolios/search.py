"""The search: an answer at once, then better ones, beside a bound that falls until they meet.

    greedy addition           an answer in a second
    exchange of plants        a better one
    decisions in parts        a bound, and prices of demand and budgets
    Lagrangian bound          at least as low; excludes sites that cannot be in a better portfolio
    that by number of plants  lower: fewer plants than the best known has, as many, and more
    exchange of plants        of the best set that the bound chose
    program of a few sites    a better answer
    program of all that stay  better still, with a bound of its own

A set of sites is left out only where the bound proves that no better portfolio has one of them, so
the lower of the bounds holds for the whole problem.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np

from siting.portfolios import bound as bounds
from siting.portfolios import solver
from siting.portfolios.allocation import allocate, allocate_priced, fits
from siting.portfolios.bound import Number, Prices, Relaxation
from siting.portfolios.greedy import greedy
from siting.portfolios.moves import improved
from siting.portfolios.paths import Paths, paths_of
from siting.portfolios.problem import Flags, Ints, Portfolio, Problem, nothing
from siting.portfolios.program import Program, program_of
from siting.support.interrupt import answered
from siting.support.progress import Progress

FEW = 24  # sites of the first program
STEPS = 500  # of the descent at most
SETS = 8  # of the descent, that are tried as portfolios
FIRST_SHARE = 0.15  # of the time, for the program of a few sites
EXCHANGE_SHARE = 0.2  # of the time, each time that plants are exchanged
PARTS_SHARE = 0.75  # of the time, for decisions in parts: without its prices no bound is near
DESCENT_SHARE = 0.3  # of the time, for the Lagrangian bound
NUMBER_SHARE = 0.25  # of the time, for the bound of each number of plants
ASKED = "asked"
ROUNDING = 1e-6  # of a value: programs are solved to about that


@dataclass(frozen=True)
class Search:
    """What a search ended with.

    Attributes
    ----------
    portfolio : Portfolio
        The best one known.
    bound : float
        No portfolio is worth more (million USD).
    passes : ndarray of bool (n,)
        Sites that a better portfolio may have.
    relaxation : Relaxation or None
        The lowest evaluation of the Lagrangian bound.
    trail : tuple of (float, str, float, float)
        Seconds, what was done, value and bound by then.
    stopped : str
        "" where the gap was reached; else "time", or `ASKED` for Ctrl-C.
    """

    portfolio: Portfolio
    bound: float
    passes: Flags
    relaxation: Relaxation | None = None
    trail: tuple[tuple[float, str, float, float], ...] = ()
    stopped: str = ""

    @property
    def gap(self) -> float:
        """Difference of bound and value, as a share of the value; infinite where that is 0."""
        return gap_of(self.portfolio.value, self.bound)


def gap_of(value: float, bound: float) -> float:
    """Return how far a bound lies above a value, as a share of the value."""
    short = max(bound - value, 0.0)
    if not np.isfinite(value):
        return float("inf")
    if short <= ROUNDING * max(1.0, abs(value)):
        return 0.0
    return short / abs(value) if value else float("inf")


class Infeasible(Exception):  # noqa: N818 - it is an answer
    """No portfolio meets the limits."""


@dataclass
class _State:
    """What is known by now."""

    problem: Problem
    paths: Paths
    gap: float
    left: solver.Clock
    best: Portfolio
    bound: float = np.inf
    prices: Prices | None = None
    relaxation: Relaxation | None = None
    by_number: tuple[Relaxation, ...] = ()  # every portfolio is of one of them
    trail: list[tuple[float, str, float, float]] = field(default_factory=list)
    started: float = field(default_factory=time.monotonic)

    def learn(self, what: str, portfolio: Portfolio | None = None, bound: float = np.inf) -> None:
        """Keep a portfolio that is better, and a bound that is lower."""
        if portfolio is not None and portfolio.value > self.best.value:
            self.best = portfolio
        self.bound = min(self.bound, bound)
        seconds = time.monotonic() - self.started
        self.trail.append((seconds, what, self.best.value, self.bound))

    @property
    def done(self) -> bool:
        """Whether the gap is reached."""
        return gap_of(self.best.value, self.bound) <= self.gap

    @property
    def passes(self) -> Flags:
        """Sites that a better portfolio may have."""
        if self.relaxation is None or not np.isfinite(self.best.value):
            return np.ones(self.problem.sites, dtype=bool)
        least = self.best.value + ROUNDING * abs(self.best.value)
        some = bounds.passes(self.problem, self.relaxation, least)
        if self.by_number:
            parts = [bounds.passes(self.problem, one, least) for one in self.by_number
                     if one.bound > least]  # fmt: skip
            some = some & np.any(parts, axis=0) if parts else np.zeros_like(some)
        return some | self.problem.must


def search(
    problem: Problem, *, gap: float = 0.005, time_s: float = 60.0, progress: Progress | None = None
) -> Search:
    """Find the best portfolio, with a bound that proves how good it is.

    Parameters
    ----------
    problem : Problem
    gap : float
        Relative difference of bound and value at which the search ends.
    time_s : float
        Seconds at most; the answer by then is returned. Ctrl-C ends the search likewise.
    progress : callable, optional
        Told (done, total) as the steps pass.

    Raises
    ------
    Infeasible
        When it is proved that no portfolio meets the limits.
    """
    paths = paths_of(problem)
    state = _State(problem, paths, gap, solver.deadline(time_s), _start(problem, paths))
    state.learn("greedy addition")
    stopped = ""
    try:
        for nth, stage in enumerate(_STAGES):
            if progress:
                progress(nth, len(_STAGES))
            if state.done or state.left() <= 0:
                break
            stage(state)
    except KeyboardInterrupt:
        answered()
        stopped = ASKED
    if not stopped and not state.done:
        stopped = "time"
    return Search(state.best, max(state.bound, state.best.value), state.passes,
                  state.relaxation, tuple(state.trail), stopped)  # fmt: skip


def _start(problem: Problem, paths: Paths) -> Portfolio:
    """Return the greedy portfolio where it meets all limits, else the one that builds nothing."""
    made = greedy(problem, paths)
    if fits(problem, made):
        return made
    again = allocate(problem, made.decided)
    if again is not None and fits(problem, again):
        return again
    none = nothing(problem)
    return replace(none, value=-np.inf) if problem.must.any() else none


def _exchange(state: _State) -> None:
    """Exchange plants of the greedy portfolio; and bound it with nothing priced."""
    problem = state.problem
    free = Prices(np.zeros_like(problem.demand), np.zeros(problem.shape[2]))
    state.relaxation = bounds.relaxed(problem, state.paths, free)
    state.learn("every site on its own", bound=state.relaxation.bound)
    if np.isfinite(state.best.value) and not state.done:
        _improve(state)


def _improve(state: _State) -> None:
    """Exchange plants of the best portfolio while that is worth more."""
    end = state.left() * (1.0 - EXCHANGE_SHARE)
    made = improved(state.problem, state.paths, state.best, lambda: state.left() - end)
    state.learn("exchange of plants", made)


def _in_parts(state: _State) -> None:
    """Solve with decisions in parts: a bound, and prices to start the descent from."""
    problem, program = state.problem, program_of(state.problem)
    sold = allocate_priced(problem, state.best.decided)  # its prices, should the time be too short
    demand = np.zeros_like(problem.demand) if sold is None else sold[1]
    state.prices = Prices(demand, np.zeros(problem.shape[2]))
    result = solver.relax(program, time_s=state.left() * PARTS_SHARE)
    if result is not None:
        state.prices = prices_of(program, result.duals)
        state.learn("decisions in parts", bound=result.value)


def _descent(state: _State) -> None:
    """Lower the Lagrangian bound while it falls, and try the sets of sites that it chooses."""
    assert state.prices is not None  # noqa: S101 - the stage before
    if not np.isfinite(state.best.value):
        return  # the steps aim at a value
    lowest, state.prices, sets = _lowered(state, state.prices, bounds.ANY, DESCENT_SHARE)
    if state.relaxation is None or lowest.bound < state.relaxation.bound:
        state.relaxation = lowest
    state.learn("Lagrangian bound", bound=lowest.bound)
    _try_all(state, [state.relaxation, *sets])
    if state.left() > 0:
        _improve(state)


def _by_number(state: _State) -> None:
    """Bound fewer plants than the best portfolio has, as many, and more; the highest holds."""
    if state.prices is None or not np.isfinite(state.best.value):
        return
    own = len(state.best.built)
    numbers = [Number(0, own - 1), Number(own, own), Number(own + 1)]
    parts = []
    for number in numbers:
        if not number.least <= min(number.most, state.problem.limits.plants, state.problem.sites):
            continue
        start = bounds.scaled(state.problem, state.paths, state.prices, number)
        lowest, _, sets = _lowered(state, start, number, NUMBER_SHARE)
        parts.append(lowest)
        _try_all(state, sets)
    state.by_number = tuple(parts)
    state.learn("bound by number of plants", bound=max(one.bound for one in parts))


def _lowered(
    state: _State, prices: Prices, number: Number, share: float
) -> tuple[Relaxation, Prices, list[Relaxation]]:
    """Lower a bound while it falls; return the lowest, its prices, the last sets that it chose."""
    end = state.left() * (1.0 - share)
    sets: dict[bytes, Relaxation] = {}

    def look(at: Relaxation) -> bool:
        sets.pop(at.chosen.tobytes(), None)
        sets[at.chosen.tobytes()] = at
        return state.left() > end and gap_of(state.best.value, at.bound) > state.gap / 2

    lowest, prices = bounds.descend(
        state.problem, state.paths, prices, value=lambda: state.best.value, steps=STEPS,
        look=look, number=number,
    )  # fmt: skip
    return lowest, prices, list(sets.values())[-SETS:]


def _try_all(state: _State, sets: list[Relaxation]) -> None:
    """Try the sets of sites that a bound chose, while there is time."""
    for at in sets:
        if state.left() <= 0:
            return
        _try(state, at)


def _try(state: _State, at: Relaxation) -> None:
    """Try the set of sites that a relaxation chooses, and what greedy addition makes of it."""
    problem = state.problem
    decided = nothing(problem).decided.copy()
    decided[at.chosen] = state.paths.decided[at.path[at.chosen]]
    made = allocate(problem, decided)
    if made is None:
        return
    more = greedy(problem, state.paths, made)
    for one in (made, more):
        if fits(problem, one):
            state.learn("a set of the bound", one)


def _of_few(state: _State) -> None:
    """Search the likeliest sites alone; their bound says nothing of the others."""
    assert state.relaxation is not None  # noqa: S101 - the stage before
    likely = np.argsort(-state.relaxation.worth, kind="stable")[:FEW]
    must = np.flatnonzero(state.problem.must)
    rows = np.unique(np.concatenate([likely, state.best.built, state.relaxation.chosen, must]))
    if state.passes.sum() > len(rows):
        _solve(state, rows, f"program of {len(rows)} sites", state.left() * FIRST_SHARE)


def _of_all(state: _State) -> None:
    """Search all sites that a better portfolio may have: the bound holds for all."""
    rows = np.flatnonzero(state.passes)
    if not len(rows):
        state.learn("no site is left", bound=state.best.value)
        return
    bound = _solve(state, rows, f"program of {len(rows)} sites that stay", state.left())
    # what has one of the sites left out is not worth more than the best known
    state.learn("its bound", bound=max(bound, state.best.value))


def _solve(state: _State, rows: Ints, what: str, time_s: float) -> float:
    """Search the program of some sites and keep what is better; return its bound."""
    problem = state.problem
    some = problem.take(rows)
    program = program_of(some)
    known = _part(state.best, rows)
    start = program.solution(known) if np.isfinite(known.value) else None
    solved = solver.solve(program, start=start, gap=state.gap / 2, time_s=time_s)
    if solved.infeasible and len(rows) == state.passes.sum():
        raise Infeasible
    better = None
    if solved.solution is not None:
        better = program.portfolio(solved.solution).spread(rows, problem.sites)
        if not fits(problem, better):  # rounded decisions: the sales are worked out anew
            better = allocate(problem, better.decided)
    state.learn(what, better)
    if solved.asked:
        raise KeyboardInterrupt
    return solved.bound


def _part(portfolio: Portfolio, rows: Ints) -> Portfolio:
    inside = np.isin(portfolio.built, rows).all()
    value = portfolio.value if inside else -np.inf
    return Portfolio(portfolio.decided[rows], portfolio.flow[rows], value)


def prices_of(program: Program, duals: np.ndarray) -> Prices:
    """Return the duals of the rows that the Lagrangian bound relaxes."""
    problem = program.problem
    demand = np.maximum(duals[program.row_of("demand")], 0.0).reshape(problem.demand.shape)
    budget = np.maximum(duals[program.row_of("budget")], 0.0)
    chance = duals[program.row_of("chance")]
    none = np.zeros(problem.shape[2])
    return Prices(demand, budget if len(budget) else none, float(chance[0]) if len(chance) else 0.0)


_STAGES: tuple[Callable[[_State], None], ...] = (
    _exchange, _in_parts, _descent, _by_number, _of_few, _of_all,
)  # fmt: skip
