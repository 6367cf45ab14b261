"""The money of a portfolio is the money of the plan; every shown figure is reckoned twice."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from sample_portfolio import PRICE, run, sample, study, tables

from geodata.errors import SitingError
from siting.money.valuation import money_table
from siting.portfolios import verify as module
from siting.portfolios.answer import answer, sites_of
from siting.portfolios.ledger import Ledger, ledger_of
from siting.portfolios.objective import Choice, problem_of
from siting.portfolios.problem import NEVER, Limits, Portfolio, capability, outlays
from siting.portfolios.settle import settle
from siting.portfolios.shown import Shown, shown
from siting.portfolios.verify import verify
from siting.results.portfolio.tables import verified
from siting.study.studyfile import changed


def everything(ledger: Ledger) -> Choice:
    n = len(ledger.places)
    return Choice(np.ones(n, dtype=bool), np.zeros(n, dtype=bool))


@pytest.mark.parametrize("tax", [True, False])
def test_one_plant_alone_is_worth_what_the_plan_says(tax):
    one = {"sizes_ktpa": [50.0], "first_year": 2027, "last_year": 2028}
    asked = changed(study(), {"finance": {"tax": tax}, "capacity_ktpa": 50.0,
                              "portfolio": {**study().portfolio.model_dump(), **one}})  # fmt: skip
    plan = run().plan(asked)
    rows = sites_of(plan)
    ledger = ledger_of(plan, rows, run())
    money, seen = plan.measures.landed.take(rows), plan.customers.take(rows)
    listed = money_table(asked, plan.facts, ledger.places, money, seen.feed_freight,
                         seen.feedstock)["npv_musd"]  # fmt: skip
    problem = problem_of(ledger, everything(ledger))
    able = capability(problem, np.zeros((len(rows), 1), dtype=np.intp))
    buys = plan.customers.plants["id"].isin(ledger.customers["id"]).to_numpy()
    for i in range(len(rows)):
        decided = np.full((len(rows), 1), NEVER)
        decided[i] = 0
        flow = np.zeros_like(problem.gain)
        flow[i] = money.sold[:][i, buys, None] * able[i]
        settled = settle(ledger, Portfolio(decided, flow, 0.0))
        assert settled.npv[0] == pytest.approx(listed.iloc[i], abs=0.01)
        assert settled.expected[0] == pytest.approx(listed.iloc[i] * ledger.chance[i, 0], abs=0.01)
        if not tax:  # the search takes the mean year of a period, and is near it
            linear = (problem.gain * flow).sum() - outlays(problem, decided)
            assert linear == pytest.approx(
                settled.expected[0], abs=0.02 * outlays(problem, decided)
            )


def test_every_near_portfolio_of_a_real_answer_holds():
    assert len(sample().best.built) > 1
    assert verified(tables()) is tables()


def test_a_plant_that_grows_later_and_is_renewed_holds_too():
    made = sample()
    decided = np.full_like(made.best.decided, NEVER)
    decided[0], decided[3] = (0, 1), (1, NEVER)
    able = capability(made.problem, decided)
    flow = np.zeros_like(made.problem.gain)
    flow[0, 0], flow[3, 1] = np.minimum(able[0], made.ledger.demand[0]) * 0.4, able[3] * 0.01
    grown = Portfolio(decided, flow, 0.0)
    choice = Choice(made.choice.may, made.choice.must, Limits())
    assert not verify(made.ledger, choice, shown(made.ledger, grown, settle(made.ledger, grown)))


def planted(rows: tuple, nth: int, **changes: object) -> tuple:
    return (*rows[:nth], rows[nth]._replace(**changes), *rows[nth + 1 :])


def _more_than_demand(right: Shown) -> Shown:
    most = max(range(len(right.sales)), key=lambda i: right.sales[i].kt)
    return replace(right, sales=planted(right.sales, most, kt=right.sales[most].kt + 900.0))


FAULTS = {
    "more sold than a customer buys": _more_than_demand,
    "more sold than a plant can": _more_than_demand,
    "the price of a sale": lambda r: replace(
        r, sales=planted(r.sales, 0, price=r.sales[0].price + 0.01)),
    "the duty of a sale": lambda r: replace(
        r, sales=planted(r.sales, 1, duty=r.sales[1].duty - 0.02)),
    "the freight of a sale": lambda r: replace(
        r, sales=planted(r.sales, 2, freight=r.sales[2].freight * 1.001)),
    "what a step costs": lambda r: replace(
        r, steps=planted(r.steps, 0, invested_musd=r.steps[0].invested_musd - 0.01)),
    "the value of a plant": lambda r: replace(
        r, plants=planted(r.plants, 0, npv_musd=r.plants[0].npv_musd + 0.1)),
    "the chance of a plant": lambda r: replace(
        r, plants=planted(r.plants, 0, chance=r.plants[0].chance + 0.01)),
    "a size out of order": lambda r: replace(
        r, steps=planted(r.steps, 0, size_ktpa=33.0)),
    "no year of decision": lambda r: replace(r, steps=planted(r.steps, 0, year=2028)),
    "an unknown site": lambda r: replace(r, steps=planted(r.steps, 0, site_id="nowhere")),
    "a sale of nobody": lambda r: replace(r, sales=planted(r.sales, 0, customer_id="nobody")),
    "a sale below nothing": lambda r: replace(r, sales=planted(r.sales, 0, kt=-1.0)),
    "the end of a sale": lambda r: replace(r, sales=planted(r.sales, 0, to_year=2099)),
    "a plant that is not stated once": lambda r: replace(r, plants=r.plants[1:]),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_noticed(fault):
    made = sample()
    right = shown(made.ledger, made.best, made.settled[0])
    assert not verify(made.ledger, made.choice, right)
    wrong = verify(made.ledger, made.choice, FAULTS[fault](right))
    assert any(one.what.startswith(fault) for one in wrong), wrong
    assert all(str(one) for one in wrong)


LIMITS = {
    "more plants than allowed": Limits(plants=1),
    "a budget broken": Limits(plants=3, budget=np.array([1.0, 1.0])),
    "the chance of all": Limits(plants=3, all_built=0.9),
    "more carbon than allowed": Limits(plants=3, carbon=1e-6),
    "too much to": Limits(plants=3, customer_share=0.02),
    "a plant that sells too little": Limits(plants=3, utilisation=1.2),
}


@pytest.mark.parametrize("fault", LIMITS)
def test_a_limit_that_is_not_met_is_noticed(fault):
    made = sample()
    right = shown(made.ledger, made.best, made.settled[0])
    choice = replace(made.choice, limits=LIMITS[fault])
    assert any(one.what.startswith(fault) for one in verify(made.ledger, choice, right))


def test_a_law_that_bars_the_owner_and_a_site_that_is_forbidden_are_noticed():
    made = sample()
    right = shown(made.ledger, made.best, made.settled[0])
    barred = replace(made.ledger, entry=np.zeros_like(made.ledger.entry))
    assert any("the law bars" in one.what for one in verify(barred, made.choice, right))
    never = Choice(np.zeros_like(made.choice.may), ~made.choice.must, made.choice.limits)
    said = {one.what for one in verify(made.ledger, never, right)}
    assert {"a site that may not be built", "a site that must be built is not"} <= said


def test_what_does_not_hold_is_never_shown(monkeypatch):
    wrong = module.Wrong("a budget broken", "2027", 2.0, 1.0)
    monkeypatch.setattr("siting.results.portfolio.tables.verify", lambda *_: [wrong])
    with pytest.raises(SitingError, match="a budget broken at 2027: 2, not 1"):
        verified(tables())


def test_a_higher_price_is_worth_more_and_the_break_even_is_where_it_is_nothing():
    made = sample()
    ledger = replace(made.ledger, price=np.maximum(made.break_even, made.ledger.parity))
    assert settle(ledger, made.best).total == pytest.approx(0.0, abs=0.1)
    assert made.break_even < PRICE


def test_near_portfolios_lose_little_and_differ():
    made = sample()
    near = made.near
    assert len(near.portfolios) > 1
    least = 0.6 * near.portfolios[0].value
    built = [frozenset(one.built) for one in near.portfolios]
    assert len(set(built)) == len(built)
    assert all(one.value >= least - 1e-6 for one in near.portfolios)
    values = [one.value for one in near.portfolios]
    assert values == sorted(values, reverse=True)
    for site, standing in enumerate(near.standing):
        count = sum(site in one for one in built)
        assert near.count[site] == count
        right = {len(built): "must-build", 0: "never"}.get(count, "option")
        assert str(standing) == right


def test_the_best_is_never_worse_than_a_simple_rule():
    made = sample()
    for rule, _ in made.baselines:
        assert rule.portfolio is not None
        assert rule.portfolio.value <= made.best.value * (1 + 0.006)


@pytest.mark.parametrize(
    ("keys", "column", "said"),
    [
        ({"must": ["Nowhere at all"]}, "portfolio.must", "no such site"),
        ({"never": ["Nowhere at all"]}, "portfolio.never", "no such site"),
        ({"budget_musd": [1, 2, 3]}, "portfolio.budget_musd", "3 budgets for 2 periods"),
        ({"last_year": 2020}, "portfolio.last_year", "ends before it begins"),
        ({"places": "own"}, "portfolio.places", "no such place among the candidates"),
        ({"must": ["Kokkola Industrial Park"], "chance_pct": 99}, "portfolio.must", "chance"),
        ({"must": ["Kokkola Industrial Park"], "budget_musd": 1}, "portfolio.budget_musd", "lack"),
    ],
)
def test_a_question_at_fault_says_which_key_and_what_to_do(keys, column, said):
    own = {**study().portfolio.model_dump(), **keys}
    with pytest.raises(SitingError) as caught:
        answer(run().plan(changed(study(), {"portfolio": own})), run=run())
    fault = caught.value.faults[0]
    assert fault.column.startswith(column)
    assert said in fault.what
    assert fault.hint
