"""Why no portfolio meets the limits: the limits that conflict, and by how much.

Each row of a limit may be passed at a price of 1 for its own unit's share; the least that is passed
in all names the conflict (elastic program; Brown and Graves 1975).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from siting.portfolios import solver
from siting.portfolios.problem import Problem
from siting.portfolios.program import INF, Columns, Program, Rows, program_of

# Rows that a study sets, with the key and the unit of what is lacking.
LIMITS = {
    "plants": ("portfolio.plants", "plants"),
    "country": ("portfolio.plants_by_country", "plants"),
    "budget": ("portfolio.budget_musd", "million USD"),
    "utilisation": ("portfolio.utilisation_pct", "kt a year"),
    "carbon": ("portfolio.carbon_t_per_t", "kt of CO2e a year"),
    "customer": ("portfolio.customer_share_pct", "kt a year"),
    "chance": ("portfolio.all_built_pct", "of its logarithm"),
}
SITES = 30  # beside those that must be built
TIME_S = 20.0


@dataclass(frozen=True)
class Conflict:
    """A limit that a portfolio cannot meet beside the others.

    Attributes
    ----------
    limit : str
        Of `LIMITS`.
    row : int
        Which of its rows: period, country or site.
    lacking : float
        By how much it is passed at least, in the unit of the limit.
    """

    limit: str
    row: int
    lacking: float


def conflicts(problem: Problem) -> list[Conflict]:
    """Return the least by which limits must be passed, so that a portfolio meets the others."""
    must = np.flatnonzero(problem.must)
    other = np.flatnonzero(~problem.must & problem.allowed.any(axis=1))[:SITES]
    program = program_of(problem.take(np.concatenate([must, other])))
    elastic, which = _elastic(program)
    solved = solver.solve(elastic, time_s=TIME_S)
    if solved.solution is None:
        return []
    passed = solved.solution[program.columns.count :]
    return [
        Conflict(name, row, float(by))
        for (name, row), by in zip(which, passed, strict=True)
        if by > 1e-6  # noqa: PLR2004 - programs are solved to about that
    ]


def _elastic(program: Program) -> tuple[Program, list[tuple[str, int]]]:
    """Return the program with a column for each row of a limit, and what each stands for."""
    which: list[tuple[str, int]] = []
    parts, scale = [], []
    count = sum(len(part.low) for part in program.rows if part.name in LIMITS)
    for part in program.rows:
        own = np.zeros((len(part.low), count))
        if part.name in LIMITS:
            nth = len(which) + np.arange(len(part.low))
            own[np.arange(len(part.low)), nth] = np.where(np.isfinite(part.high), -1.0, 1.0)
            which += [(part.name, row) for row in range(len(part.low))]
            size = np.maximum(1.0, np.abs(np.where(np.isfinite(part.high), part.high, 0.0)))
            scale.append(1.0 / size)
        matrix = sparse.csr_array(sparse.hstack([part.matrix, sparse.csr_array(own)], format="csr"))
        parts.append(Rows(part.name, matrix, part.low, part.high))
    columns = Columns(program.columns.step, program.columns.sale, program.columns.total + count)
    cost = np.concatenate([np.zeros(program.columns.count), *(-one for one in scale)])
    upper = np.concatenate([program.upper, np.full(count, INF)])
    return replace(program, columns=columns, cost=cost, upper=upper, rows=tuple(parts)), which
