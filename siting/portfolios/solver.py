"""HiGHS: programs in, solutions and bounds out; a run stops when it is asked to.

HiGHS (MIT licence) runs beside the interpreter, so that Ctrl-C and the end of the time are heard;
what it has by then is returned with its bound.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import highspy
import numpy as np
from scipy import sparse

from geodata.arrays import Floats
from siting.portfolios.program import Program, Rows
from siting.support.interrupt import stop_if_asked

_POLL_S = 0.05
FOREVER_S = 1e8
# One thread and one seed: the same bytes with one worker or many.
_OPTIONS = {"threads": 1, "random_seed": 1}
_PRIMAL: dict[str, str | int] = {"presolve": "off", "simplex_strategy": 4}


class _Silent(highspy.Highs):
    """HiGHS that prints nothing, not even its version as it is made."""

    def enableCallbacks(self) -> None:  # noqa: N802 - its name in the library
        """Turn the output off before the first line of it."""
        self.silent()
        super().enableCallbacks()  # type: ignore[no-untyped-call]


@dataclass(frozen=True)
class Relaxed:
    """The program with decisions in parts.

    Attributes
    ----------
    value : float
        No portfolio is worth more.
    solution : ndarray (c,)
    duals : ndarray (r,)
        Of the rows, at least 0 where a row limits from above.
    """

    value: float
    solution: Floats
    duals: Floats


@dataclass(frozen=True)
class Solved:
    """What a search of whole decisions ended with.

    Attributes
    ----------
    solution : ndarray (c,) or None
        The best one, None where there is none.
    value : float
    bound : float
        No solution of the program is worth more.
    infeasible : bool
        Whether it is proved that none exists.
    asked : bool
        Whether Ctrl-C ended the search.
    """

    solution: Floats | None
    value: float
    bound: float
    infeasible: bool
    asked: bool


def relax(
    program: Program,
    extra: tuple[Rows, ...] = (),
    *,
    time_s: float = np.inf,
    lower: Floats | None = None,
    upper: Floats | None = None,
    from_nothing: bool = False,
) -> Relaxed | None:
    """Solve the program with decisions in parts; None where none exists or the time was too short.

    KeyboardInterrupt is raised when Ctrl-C was pressed.

    Parameters
    ----------
    program : Program
    extra : tuple of Rows
        Rows beside those of the program.
    time_s : float
    lower, upper : ndarray (c,), optional
        Bounds of the columns in place of the program's.
    from_nothing : bool
        Whether to start from no sales with the primal simplex: two to three times faster where the
        decisions are fixed.
    """
    engine = _engine(program, extra, lower=lower, upper=upper)
    for option, value in _PRIMAL.items() if from_nothing else ():
        engine.setOptionValue(option, value)
    if _run(engine, time_s):
        raise KeyboardInterrupt
    if engine.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    end = engine.getSolution()
    worth, duals = engine.getObjectiveValue(), np.array(end.row_dual)
    return Relaxed(worth, np.array(end.col_value), duals[: len(program.low)])


def solve(
    program: Program,
    extra: tuple[Rows, ...] = (),
    *,
    start: Floats | None = None,
    gap: float = 1e-4,
    time_s: float = np.inf,
) -> Solved:
    """Search whole decisions.

    Parameters
    ----------
    program : Program
    extra : tuple of Rows
        Rows beside those of the program.
    start : ndarray (c,), optional
        A solution to start from.
    gap : float
        Relative difference of bound and solution at which the search ends.
    time_s : float

    """
    engine = _engine(program, extra)
    whole = np.arange(len(program.columns.step), dtype=np.int32)
    kinds = np.full(len(whole), highspy.HighsVarType.kInteger)
    engine.changeColsIntegrality(len(whole), whole, kinds)
    engine.setOptionValue("mip_rel_gap", gap)
    if start is not None:
        known = highspy.HighsSolution()
        known.col_value = list(start)
        engine.setSolution(known)
    asked = _run(engine, time_s)
    status, info = engine.getModelStatus(), engine.getInfo()
    if status == highspy.HighsModelStatus.kInfeasible:
        return Solved(None, -np.inf, -np.inf, infeasible=True, asked=asked)
    bound = float(info.mip_dual_bound)
    if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return Solved(None, -np.inf, bound, infeasible=False, asked=asked)
    solution = np.array(engine.getSolution().col_value)
    return Solved(
        solution, float(info.objective_function_value), bound, infeasible=False, asked=asked
    )


def _engine(
    program: Program,
    extra: tuple[Rows, ...],
    *,
    lower: Floats | None = None,
    upper: Floats | None = None,
) -> _Silent:
    """Hand a program to a solver; every number in the order that makes the same bytes."""
    matrix = sparse.csr_array(
        sparse.vstack([program.matrix, *(part.matrix for part in extra)], format="csr")
    )
    count = program.columns.count
    model = highspy.HighsLp()
    model.num_row_, model.num_col_ = matrix.shape
    model.sense_ = highspy.ObjSense.kMaximize
    model.col_cost_ = program.cost
    model.col_lower_ = np.zeros(count) if lower is None else lower
    model.col_upper_ = _endless(program.upper if upper is None else upper)
    model.row_lower_ = _endless(np.concatenate([program.low, *(part.low for part in extra)]))
    model.row_upper_ = _endless(np.concatenate([program.high, *(part.high for part in extra)]))
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = matrix.indptr
    model.a_matrix_.index_ = matrix.indices
    model.a_matrix_.value_ = matrix.data
    engine = _Silent()  # type: ignore[no-untyped-call]
    for option, value in _OPTIONS.items():
        engine.setOptionValue(option, value)
    engine.passModel(model)
    return engine


def _endless(ends: Floats) -> Floats:
    return np.clip(ends, -highspy.kHighsInf, highspy.kHighsInf)


def _run(engine: _Silent, time_s: float) -> bool:
    """Run a solver beside the interpreter; return whether Ctrl-C ended it."""
    engine.setOptionValue("time_limit", float(min(max(time_s, 0.1), FOREVER_S)))
    engine.HandleUserInterrupt = True
    engine.startSolve()
    try:
        while not engine.wait(_POLL_S)[0]:
            stop_if_asked()
    except KeyboardInterrupt:
        engine.cancelSolve()  # type: ignore[no-untyped-call]
        engine.wait()
        return True
    return False


Clock = Callable[[], float]


def deadline(time_s: float) -> Clock:
    """Return a clock that tells how many seconds are left."""
    end = time.monotonic() + time_s
    return lambda: end - time.monotonic()
