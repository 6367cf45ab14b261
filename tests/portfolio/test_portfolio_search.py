"""The search against every portfolio there is, and the laws that any optimum obeys."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_problem import every_portfolio, problem, scaled, sold

from siting.portfolios import bound as bounds
from siting.portfolios import solver
from siting.portfolios.allocation import allocate, fits, worth
from siting.portfolios.bound import Number, Prices
from siting.portfolios.greedy import greedy
from siting.portfolios.moves import improved
from siting.portfolios.paths import earned, flows, ordered, paths_of
from siting.portfolios.problem import NEVER, Limits, capability, nothing
from siting.portfolios.program import program_of
from siting.portfolios.search import Infeasible, gap_of, search

TIGHT = 1e-6
LIMITS = {
    "plants": Limits(plants=2),
    "one a country": Limits(plants=3, plants_by_country=1),
    "budget": Limits(plants=2, budget=np.array([70.0, 60.0])),
    "utilisation": Limits(plants=2, utilisation=0.8),
    "carbon": Limits(plants=2, carbon=5.0),
    "customer": Limits(plants=2, customer_share=0.4),
    "chance": Limits(plants=2, all_built=0.35),
}


@pytest.mark.parametrize("name", LIMITS)
@pytest.mark.parametrize("seed", [1, 2])
def test_the_search_finds_what_trying_every_portfolio_finds(name, seed):
    asked = problem(seed, sites=5, customers=4, limits=LIMITS[name])
    best, _ = every_portfolio(asked)
    assert best > 0
    found = search(asked, gap=TIGHT)
    assert found.portfolio.value == pytest.approx(best, rel=1e-5)
    assert found.bound >= best * (1 - 1e-9)
    assert found.gap <= TIGHT
    assert not found.stopped
    assert fits(asked, found.portfolio)
    assert sold(asked, found.portfolio.decided) == pytest.approx(best, rel=1e-6)
    assert worth(asked, found.portfolio) == pytest.approx(found.portfolio.value, rel=1e-6)


def test_twelve_sites_of_one_period_by_brute_force():
    asked = problem(7, sites=12, customers=6, periods=1, limits=Limits(plants=2))
    best, decided = every_portfolio(asked)
    found = search(asked, gap=TIGHT)
    assert found.portfolio.value == pytest.approx(best, rel=1e-6)
    assert (found.portfolio.decided == decided).all()


def test_a_site_that_must_be_built_is_though_it_loses():
    asked = problem(3, sites=5, customers=4)
    best, decided = every_portfolio(asked)
    out = int(np.flatnonzero(decided[:, 0] < 0)[0])
    must = np.zeros(5, dtype=bool)
    must[out] = True
    forced = replace(asked, must=must)
    value, _ = every_portfolio(forced)
    found = search(forced, gap=TIGHT)
    assert out in found.portfolio.built
    assert found.portfolio.value == pytest.approx(value, rel=1e-5)
    assert value < best


def test_what_no_portfolio_meets_is_said_to_be_so():
    asked = problem(1, sites=4, limits=Limits(plants=1))
    with pytest.raises(Infeasible):
        search(replace(asked, must=np.ones(4, dtype=bool)))


@settings(max_examples=20)
@given(st.integers(0, 40), st.floats(0.0, 3.0))
def test_no_price_of_demand_makes_a_bound_below_the_best(seed, price):
    asked = problem(seed, sites=4, customers=3, periods=1, sizes=(30.0,), limits=Limits(plants=2))
    best, _ = every_portfolio(asked)
    rng = np.random.default_rng(seed)
    prices = Prices(rng.uniform(0, price, asked.demand.shape), np.zeros(1))
    at = bounds.relaxed(asked, paths_of(asked), prices)
    assert at.bound >= best - 1e-9
    # and what it leaves out is in no better portfolio
    passes = bounds.passes(asked, at, best + 1e-6)
    for site in np.flatnonzero(~passes):
        must = np.arange(4) == site
        assert every_portfolio(replace(asked, must=must))[0] <= best + 1e-6


@settings(max_examples=20)
@given(st.integers(0, 60))
def test_budgets_priced_bound_the_best_too(seed):
    limits = Limits(plants=3, budget=np.array([50.0, 50.0]), all_built=0.2)
    asked = problem(seed, sites=3, customers=2, sizes=(30.0,), limits=limits)
    best, _ = every_portfolio(asked)
    rng = np.random.default_rng(seed)
    prices = Prices(rng.uniform(0, 1, asked.demand.shape), rng.uniform(0, 0.5, 2), 0.7)
    assert bounds.relaxed(asked, paths_of(asked), prices).bound >= best - 1e-9


@settings(max_examples=30)
@given(st.integers(0, 40), st.floats(0.0, 3.0), st.integers(0, 3), st.booleans())
def test_a_bound_of_a_number_of_plants_is_above_the_best_of_that_number(seed, price, k, forced):
    limits = Limits(plants=3, plants_by_country=2)
    asked = problem(seed, sites=4, customers=3, periods=1, sizes=(30.0,), limits=limits)
    asked = replace(asked, must=np.arange(4) == (0 if forced else 9))
    rng = np.random.default_rng(seed)
    prices = Prices(rng.uniform(0, price, asked.demand.shape), np.zeros(1))
    paths = paths_of(asked)
    for number in (Number(0, k), Number(k, k), Number(k)):
        most = int(min(number.most, 3))
        within = replace(asked, limits=replace(limits, plants=most))
        best, _ = every_portfolio(within, number.least)
        start = bounds.scaled(asked, paths, prices, number)
        for at in (bounds.relaxed(asked, paths, prices, number),
                   bounds.relaxed(asked, paths, start, number)):  # fmt: skip
            assert at.bound >= best - 1e-9
            passes = bounds.passes(asked, at, best + 1e-6)
            for site in np.flatnonzero(~passes):
                one = replace(within, must=within.must | (np.arange(4) == site))
                assert every_portfolio(one, number.least)[0] <= best + 1e-6


@given(st.integers(0, 200), st.floats(0.0, 3.0), st.integers(1, 3))
def test_fewer_as_many_and_more_plants_are_all_portfolios(seed, price, k):
    asked = problem(seed, sites=6, customers=3, periods=1, limits=Limits(plants=4))
    rng = np.random.default_rng(seed)
    prices = Prices(rng.uniform(0, price, asked.demand.shape), np.zeros(1))
    parts = [bounds.relaxed(asked, paths_of(asked), prices, number).bound
             for number in (Number(0, k - 1), Number(k, k), Number(k + 1))]  # fmt: skip
    whole = bounds.relaxed(asked, paths_of(asked), prices).bound
    assert max(parts) == pytest.approx(whole, abs=1e-9)
    assert min(parts) < whole


def test_the_number_of_plants_closes_a_gap_that_prices_leave():
    asked = problem(3, sites=7, customers=6, periods=1, sizes=(60.0,), limits=Limits(plants=5))
    best, decided = every_portfolio(asked)
    k = int((decided[:, 0] != NEVER).sum())
    paths, start = paths_of(asked), Prices(np.zeros_like(asked.demand), np.zeros(1))

    def lowest(number):
        first = bounds.scaled(asked, paths, start, number)
        return bounds.descend(asked, paths, first, value=lambda: best, steps=400, number=number,
                              look=lambda _: True)[0].bound  # fmt: skip

    parts = [lowest(number) for number in (Number(0, k - 1), Number(k, k), Number(k + 1))]
    assert best - 1e-9 <= max(parts) <= lowest(bounds.ANY) + 1e-9
    assert max(parts[0], parts[2]) < lowest(bounds.ANY)


def test_the_descent_lowers_the_bound_and_stays_above_the_best():
    asked = problem(5, sites=6)
    best, _ = every_portfolio(asked)
    start = Prices(np.zeros_like(asked.demand), np.zeros(2))
    first = bounds.relaxed(asked, paths_of(asked), start).bound
    last, _ = bounds.descend(asked, paths_of(asked), start, value=lambda: best, steps=60,
                             look=lambda _: True)  # fmt: skip
    assert best - 1e-9 <= last.bound < first


@given(st.integers(0, 1000), st.floats(0.0, 120.0))
def test_a_site_alone_fills_the_customers_that_leave_most(seed, kt):
    asked = problem(seed, sites=3, customers=7, periods=1)
    customers = ordered(asked.gain, asked.demand)
    for u in range(asked.gain.shape[2]):
        got = earned(customers, np.array([kt]), u)[:, 0]
        for i in range(3):
            left, value = kt, 0.0
            for j in sorted(range(7), key=lambda j: -asked.gain[i, j, u]):
                if asked.gain[i, j, u] > 0:
                    take = min(left, asked.demand[j, u])
                    value, left = value + take * asked.gain[i, j, u], left - take
            assert got[i] == pytest.approx(value, abs=1e-9)
        sells = np.zeros((3, asked.gain.shape[2]))
        sells[:, u] = kt
        sold_ = flows(customers, np.arange(3), sells)
        assert (sold_[:, :, u] * asked.gain[:, :, u]).sum(axis=1) == pytest.approx(got, abs=1e-9)


def test_greedy_and_its_exchanges_meet_the_limits_and_never_beat_the_best():
    for seed in range(6):
        asked = problem(seed, sites=5, customers=4, limits=LIMITS["budget"])
        best, _ = every_portfolio(asked)
        first = greedy(asked, paths_of(asked))
        then = improved(asked, paths_of(asked), first, lambda: 10.0)
        assert fits(asked, first)
        assert fits(asked, then)
        assert worth(asked, then) == pytest.approx(then.value)
        assert first.value - 1e-9 <= then.value <= best + 1e-9


def test_exchanges_gain_on_greedy_addition():
    gained = []
    for seed in range(8):
        asked = problem(seed, sites=14, customers=8, limits=Limits(plants=4))
        first = greedy(asked, paths_of(asked))
        then = improved(asked, paths_of(asked), first, lambda: 10.0)
        assert fits(asked, then)
        gained.append(set(then.built) != set(first.built) and then.value > first.value + 1e-6)
    assert any(gained)


@pytest.mark.parametrize("name", ["plants", "one a country", "utilisation", "carbon", "chance"])
def test_after_the_exchanges_no_plant_is_better_dropped(name):
    asked = problem(3, sites=5, customers=4, limits=LIMITS[name])
    start = nothing(asked)
    then = improved(asked, paths_of(asked), start, lambda: 10.0)
    assert fits(asked, then)
    assert len(then.built) > 0
    for site in then.built:
        decided = then.decided.copy()
        decided[site] = NEVER
        without = sold(asked, decided) if len(then.built) > 1 else 0.0
        assert without <= then.value + 1e-6


def test_more_budget_is_never_worse():
    values = []
    for budget in (0.0, 30.0, 60.0, 90.0, 1000.0):
        limits = Limits(plants=3, budget=np.array([budget, budget]))
        values.append(search(problem(4, limits=limits), gap=TIGHT).portfolio.value)
    assert values == sorted(values)
    assert values[0] == 0.0 < values[-1]


def test_one_more_site_is_never_worse_and_a_dear_one_changes_nothing():
    asked = problem(9, sites=7)
    whole = search(asked, gap=TIGHT).portfolio
    fewer = search(asked.take(np.arange(6)), gap=TIGHT).portfolio
    assert fewer.value <= whole.value + 1e-6
    dear = replace(asked, outlay=asked.outlay + (np.arange(7) == 6)[:, None, None] * 1e6)
    assert search(dear, gap=TIGHT).portfolio.value == pytest.approx(fewer.value, rel=1e-6)


@pytest.mark.parametrize("by", [0.01, 7.3])
def test_another_currency_is_the_same_plan(by):
    asked = problem(11, limits=Limits(plants=2, budget=np.array([70.0, 60.0])))
    one, other = search(asked, gap=TIGHT), search(scaled(asked, by), gap=TIGHT)
    assert (one.portfolio.decided == other.portfolio.decided).all()
    assert other.portfolio.value == pytest.approx(by * one.portfolio.value, rel=1e-6)


def test_the_order_of_the_sites_is_nothing():
    asked = problem(12, sites=8)
    order = np.random.default_rng(0).permutation(8)
    one, other = search(asked, gap=TIGHT), search(asked.take(order), gap=TIGHT)
    assert other.portfolio.value == pytest.approx(one.portfolio.value, rel=1e-6)
    assert set(order[other.portfolio.built]) == set(one.portfolio.built)


def test_presolve_on_and_off_agree(monkeypatch):
    asked = problem(13, sites=8, limits=LIMITS["budget"])
    one = search(asked, gap=TIGHT)
    monkeypatch.setitem(solver._OPTIONS, "presolve", "off")
    other = search(asked, gap=TIGHT)
    assert other.portfolio.value == pytest.approx(one.portfolio.value, rel=1e-6)


def test_the_same_question_twice_is_the_same_answer_to_the_last_bit():
    asked = problem(14, sites=8, limits=LIMITS["budget"])
    one, other = search(asked).portfolio, search(asked).portfolio
    assert one.decided.tobytes() == other.decided.tobytes()
    assert one.flow.tobytes() == other.flow.tobytes()


def test_ctrl_c_ends_the_search_with_what_is_known(monkeypatch):
    asked = problem(15, sites=8, limits=LIMITS["budget"])

    def pressed() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(solver, "stop_if_asked", pressed)
    monkeypatch.setattr(solver, "_POLL_S", 0.0)
    found = search(asked, gap=TIGHT)
    assert found.stopped == "asked"
    assert found.portfolio.value > 0
    assert found.bound >= found.portfolio.value
    assert fits(asked, found.portfolio)


def test_no_time_is_an_answer_all_the_same():
    found = search(problem(16, sites=8, limits=LIMITS["budget"]), gap=TIGHT, time_s=0.0)
    assert found.stopped == "time"
    assert found.portfolio.value > 0


def test_a_solution_and_its_portfolio_are_one():
    asked = problem(17, limits=LIMITS["customer"])
    program = program_of(asked)
    best = search(asked, gap=TIGHT).portfolio
    columns = program.solution(best)
    rows = program.matrix @ columns
    assert (rows <= program.high + 1e-6).all()
    assert (rows >= program.low - 1e-6).all()
    again = program.portfolio(columns)
    assert (again.decided == best.decided).all()
    assert again.value == pytest.approx(best.value, rel=1e-6)


def test_sales_are_allocated_as_well_as_scipy_does():
    asked = problem(18, sites=4)
    decided = np.array([[0, 1], [-1, -1], [1, 1], [0, -1]])
    made = allocate(replace(asked, limits=Limits()), decided)
    assert made.value == pytest.approx(sold(replace(asked, limits=Limits()), decided), rel=1e-6)
    assert (made.flow.sum(axis=1) <= capability(asked, decided) + 1e-6).all()


def test_the_gap_is_none_where_rounding_is_all_of_it():
    assert gap_of(100.0, 100.00000001) == 0.0
    assert gap_of(100.0, 101.0) == pytest.approx(0.01)
    assert gap_of(0.0, 5.0) == np.inf
