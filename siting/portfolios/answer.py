"""The whole answer to a study's portfolio question: the best, the near ones, what tests them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from geodata.arrays import Floats
from geodata.errors import Fault, SitingError, raise_if
from geodata.places import world_region
from siting.model.plan import Plan
from siting.model.zones import ESTATES
from siting.money.landed import CENT
from siting.pipeline import Run
from siting.portfolios import stress
from siting.portfolios.alternatives import Near, near
from siting.portfolios.baselines import Baseline, baselines
from siting.portfolios.conflicts import LIMITS, conflicts
from siting.portfolios.ledger import Ledger, first_year, ledger_at, ledger_of
from siting.portfolios.objective import Choice, problem_of
from siting.portfolios.paths import ordered, paths_of, values
from siting.portfolios.problem import NO_LIMIT, Ints, Limits, Portfolio, Problem
from siting.portfolios.search import Infeasible, Search, search
from siting.portfolios.settle import Settled, settle
from siting.scenarios.regret import regrets
from siting.scenarios.sweep_grid import Scenario
from siting.study.fields import LEAST_PRICE, MOST_PRICE
from siting.study.portfolio import PortfolioQuestion
from siting.support.progress import Progress, Stages, silent
from siting.world.gazetteer import candidate


@dataclass(frozen=True)
class Regrets:
    """How the near portfolios (k) do in other scenarios (w).

    Attributes
    ----------
    names : tuple of str (w)
    probability : ndarray (w,)
    values : ndarray (k, w)
        Million USD, expected.
    lost : ndarray (k, w)
        Regret: what the best of them is worth more there.
    least : int
        Position of the portfolio with the least worst regret.
    waiting : float
        What the best of them, decided a period later with the scenario known or not at all, is
        worth on average, less the best decided now (million USD).
    """

    names: tuple[str, ...]
    probability: Floats
    values: Floats
    lost: Floats
    least: int
    waiting: float


@dataclass(frozen=True)
class Answer:
    """What `siting portfolio` answers.

    Attributes
    ----------
    plan : Plan
    ledger : Ledger
    rows : ndarray of int (n,)
        Positions of the sites among the plan's places, in the order of the ranked list.
    choice : Choice
    problem : Problem
    search : Search
    near : Near
    settled : tuple of Settled
        Of each near portfolio.
    baselines : tuple of (Baseline, Settled or None)
    break_even : float
        Price of the day from which the best portfolio, as it is or of any one plant, is worth
        something (USD/t).
    failures : tuple of stress.Failure
    waits : float
        What is lost when nothing may be decided in the first period (million USD, linear tax).
    regrets : Regrets or None
    """

    plan: Plan
    ledger: Ledger
    rows: Ints
    choice: Choice
    problem: Problem
    search: Search
    near: Near
    settled: tuple[Settled, ...]
    baselines: tuple[tuple[Baseline, Settled | None], ...]
    break_even: float
    failures: tuple[stress.Failure, ...]
    waits: float
    regrets: Regrets | None

    @property
    def best(self) -> Portfolio:
        """The best portfolio."""
        return self.search.portfolio


def answer(
    plan: Plan,
    scenarios: Sequence[Scenario] = (),
    stages: Stages | None = None,
    run: Run | None = None,
) -> Answer:
    """Answer the portfolio question of a plan's study.

    Parameters
    ----------
    plan : Plan
    scenarios : sequence of Scenario
        Other studies that the portfolios are tried in, as `siting.scenarios.sweep_grid` reads them.
    stages : Stages, optional
        Shown what is done.
    run : Run, optional
        Where stages that the plan shares are kept.

    Raises
    ------
    SitingError
        When a site is not known, a limit makes no sense, or no portfolio meets the limits.
    """
    stages, run, asked = stages or silent(), run or Run(), plan.study.portfolio
    raise_if(_years(plan))
    rows = sites_of(plan)
    choice_ = choice_of(plan, rows)
    with stages("money"):
        ledger = ledger_of(plan, rows, run)
        choice_ = _closed(plan, ledger, choice_)
        problem = problem_of(ledger, choice_)
    with stages("portfolio") as progress:
        found = search_or_raise(plan, problem, progress)
    with stages("near ones") as progress:
        close = near(problem, found, most=asked.alternatives, loss=asked.loss_pct / 100.0,
                     differ=asked.differ, time_s=asked.time_s, progress=progress)  # fmt: skip
        close = _by_worth(ledger, close)
    with stages("baselines"):
        simple = baselines(problem, asked.plants, asked.gap_pct / 100.0)
        lost = stress.failures(problem, found.portfolio, _regions(ledger))
        later = stress.waited(problem, found.portfolio, asked.gap_pct / 100.0)
    tried = None
    if scenarios:
        with stages("scenarios") as progress:
            tried = _regrets(plan, rows, choice_, close, scenarios, run, progress)
    return Answer(
        plan=plan,
        ledger=ledger,
        rows=rows,
        choice=choice_,
        problem=problem,
        search=found,
        near=close,
        settled=tuple(settle(ledger, one) for one in close.portfolios),
        baselines=tuple(
            (one, settle(ledger, one.portfolio) if one.portfolio else None) for one in simple
        ),
        break_even=break_even(ledger, choice_, found.portfolio),
        failures=tuple(lost),
        waits=found.portfolio.value - later.value,
        regrets=tried,
    )


def _by_worth(ledger: Ledger, close: Near) -> Near:
    """Return the near portfolios behind the best in the order of the worth that is shown."""
    best, *others = close.portfolios
    others.sort(key=lambda one: -settle(ledger, one).total)
    return replace(close, portfolios=(best, *others))


def _years(plan: Plan) -> list[Fault]:
    asked, first = plan.study.portfolio, first_year(plan.study, plan.facts)
    if asked.last_year is None or asked.last_year >= first:
        return []
    what, hint = "ends before it begins", f"give {first} or later"
    key = "portfolio.last_year"
    return [plan.study.origin.fault(what, hint, key, str(asked.last_year))]


def sites_of(plan: Plan) -> Ints:
    """Return the places that a portfolio is chosen from, in the order of the ranked list (n,)."""
    asked = plan.study.portfolio
    kind = plan.places["kind"]
    sets: dict[str, Ints] = {
        "zones": plan.zones.head,
        "estates": plan.order[kind.isin(ESTATES).to_numpy()[plan.order]],
        "own": plan.order[kind.eq("own").to_numpy()[plan.order]],
    }
    rows = sets[asked.places][: asked.most_places]
    if not len(rows):
        hint = "name your list as candidates.file, or choose zones or estates"
        raise SitingError(
            plan.study.origin.fault("no such place among the candidates", hint, "portfolio.places")
        )
    named = [_position(plan, text, "must", nth) for nth, text in enumerate(asked.must)]
    return np.array([*rows, *(one for one in dict.fromkeys(named) if one not in set(rows))])


def _position(plan: Plan, text: str, key: str, nth: int) -> int:
    """Return the place that a user names; a fault says which key."""
    try:
        row = candidate(plan.names, text)
    except SitingError as error:
        column = f"portfolio.{key}"
        where = plan.study.origin
        raise SitingError(
            [replace(one, where=where.name, row=where.row(f"{column}.{nth}"), column=column)
             for one in error.faults]
        ) from None  # fmt: skip
    if row >= len(plan.places):
        barred = plan.barred.iloc[row - len(plan.places)]
        hint = f"take it out of the list, or switch {barred['rule_id']} off"
        what = f"a rule excludes this site: {barred['rule']}"
        raise SitingError(plan.study.origin.fault(what, hint, f"portfolio.{key}.{nth}", text))
    return row


def choice_of(plan: Plan, rows: Ints) -> Choice:
    """Return which sites may and which must be built, and under which limits."""
    asked = plan.study.portfolio
    never = [_position(plan, text, "never", nth) for nth, text in enumerate(asked.never)]
    must = [_position(plan, text, "must", nth) for nth, text in enumerate(asked.must)]
    return Choice(~np.isin(rows, never), np.isin(rows, must), _limits(asked))


def _limits(asked: PortfolioQuestion) -> Limits:
    most = asked.plants_by_country
    return Limits(
        plants=float(asked.plants),
        plants_by_country=NO_LIMIT if most is None else float(most),
        budget=np.array(asked.budget_musd),
        utilisation=asked.utilisation_pct / 100.0,
        carbon=NO_LIMIT if asked.carbon_t_per_t is None else asked.carbon_t_per_t,
        customer_share=asked.customer_share_pct / 100.0,
        all_built=asked.all_built_pct / 100.0,
    )


def _closed(plan: Plan, ledger: Ledger, choice_: Choice) -> Choice:
    """Return the choice with a budget for every period, and without sites too unlikely."""
    asked, origin = plan.study.portfolio, plan.study.origin
    periods, given = len(ledger.calendar.decided), len(asked.budget_musd)
    faults = []
    if given > 1 and given != periods:
        what = f"{given} budgets for {periods} periods"
        faults.append(origin.fault(what, "give one for all, or one each", "portfolio.budget_musd"))
    unlikely = ledger.chance[:, 0] < asked.chance_pct / 100.0
    for i in np.flatnonzero(unlikely & choice_.must):
        what = f"its chance is {100.0 * ledger.chance[i, 0]:.0f} %, less than chance_pct asks"
        hint = "lower portfolio.chance_pct, or take it out of must"
        name = str(ledger.places["name"].iloc[i])
        faults.append(origin.fault(what, hint, "portfolio.must", name))
    raise_if(faults)
    budget = np.resize(choice_.limits.budget, periods) if given else choice_.limits.budget
    return Choice(choice_.may & ~unlikely, choice_.must, replace(choice_.limits, budget=budget))


def search_or_raise(plan: Plan, problem: Problem, progress: Progress | None = None) -> Search:
    """Search the best portfolio.

    Raises
    ------
    SitingError
        With the limits that conflict and by how much, where none meets them all.
    """
    asked, origin = plan.study.portfolio, plan.study.origin
    try:
        found = search(problem, gap=asked.gap_pct / 100.0, time_s=asked.time_s, progress=progress)
        if np.isfinite(found.portfolio.value):
            return found
    except Infeasible:
        pass
    faults = []
    for one in conflicts(problem):
        key, unit = LIMITS[one.limit]
        what = (
            f"no portfolio with all sites of must meets this limit: {one.lacking:.3g} {unit} lack"
        )
        faults.append(origin.fault(what, "loosen it, or name fewer sites in must", key))
    if not faults:
        what = f"no portfolio that meets the limits was found in {asked.time_s:g} s"
        faults.append(
            origin.fault(what, "give it more time, or loosen a limit", "portfolio.time_s")
        )
    raise SitingError(faults)


def _regions(ledger: Ledger) -> list[str]:
    return [world_region(str(code)) for code in ledger.customers["country"]]


def break_even(ledger: Ledger, choice_: Choice, best: Portfolio) -> float:
    """Return the price of the day from which a portfolio is worth something (USD/t).

    Of one that is built, with its sales as they are and the real tax; where nothing is built, the
    price from which the first plant is.
    """
    if len(best.built):
        return _root(lambda price: settle(_at(ledger, price), best).total)
    paths = paths_of(problem_of(ledger, choice_))  # outlays know no price

    def first(price: float) -> float:
        problem = problem_of(_at(ledger, price), choice_)
        worth = values(paths, ordered(problem.gain, problem.demand))[:, :-1].max()
        return float(worth) if worth != 0.0 else -1.0

    return _root(first)


def _at(ledger: Ledger, price: float) -> Ledger:
    """Return the ledger at another price outside China; nobody pays less than the Chinese tonne."""
    return replace(ledger, price=np.maximum(price, ledger.parity))


def _root(value: Callable[[float], float]) -> float:
    """Return the price at which a value that rises with it passes 0 (USD/t); NaN beyond all."""
    low, high = float(LEAST_PRICE), float(MOST_PRICE)
    if value(high) < 0.0:
        return float("nan")
    if value(low) > 0.0:
        return low
    while high - low > CENT:
        middle = (low + high) / 2.0
        low, high = (middle, high) if value(middle) < 0.0 else (low, middle)
    return high


def _regrets(
    plan: Plan,
    rows: Ints,
    choice_: Choice,
    close: Near,
    scenarios: Sequence[Scenario],
    run: Run,
    progress: Progress,
) -> Regrets:
    """Try the near portfolios in other scenarios, and their like decided a period later."""
    values_, later = [], []
    for nth, one in enumerate(scenarios):
        progress(nth, len(scenarios))
        problem = problem_of(ledger_at(plan, rows, one.study, run), choice_)
        values_.append(stress.values([problem], close.portfolios)[:, 0])
        waited = [stress.postponed(problem, own).value for own in close.portfolios]
        later.append(max(0.0, *waited))
    progress(len(scenarios), len(scenarios))
    worth = np.array(values_).T
    lost = regrets(worth, worth.max(axis=0))
    share = np.array([one.probability for one in scenarios])
    return Regrets(
        names=tuple(one.name for one in scenarios),
        probability=share,
        values=worth,
        lost=lost,
        least=int(np.lexsort((lost @ share, lost.max(axis=1)))[0]),
        waiting=float(np.array(later) @ share - max(0.0, (worth @ share).max())),
    )
