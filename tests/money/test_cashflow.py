"""Cash flow, tax and value of a plant: by hand in plain Python, and its laws."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from siting.money import cashflow
from siting.money.cashflow import YEARS, Project
from siting.study.finance import Terms

TERMS = Terms(
    build_months=24.0, spend_1_pct=20.0, spend_2_pct=50.0, spend_3_pct=30.0, ramp_1_pct=30.0,
    ramp_2_pct=60.0, ramp_3_pct=90.0, start_yield_1_pct=75.0, start_yield_2_pct=92.0,
    working_capital_pct=18.0, carve_out_assets_pct=7.4, carve_out_pay_pct=9.4,
    qualification_months=24.0, reference_months=24.0,
)  # fmt: skip
AT_ONCE = replace(
    TERMS, ramp_1_pct=100.0, ramp_2_pct=100.0, ramp_3_pct=100.0, start_yield_1_pct=100.0,
    start_yield_2_pct=100.0,
)  # fmt: skip


def project(n: int = 1, **changes: float) -> Project:
    """Return invented places that are all alike."""
    stated = {
        "capex": 6000.0, "aid_share": 0.1, "variable": 2000.0, "fixed": 400.0, "pay": 150.0,
        "price": 4500.0, "delivery": 100.0, "rate": 0.1, "tax_rate": 0.22,
    } | changes  # fmt: skip
    yearly = {"credit": 0.0, "relief": 0.0, "minimum_tax": 0.0}
    return Project(
        **{key: np.full(n, value) for key, value in stated.items() if key not in yearly},
        **{key: np.full((n, YEARS), changes.get(key, value)) for key, value in yearly.items()},
        output=0.9,
    )  # fmt: skip


def by_hand(of: Project, terms: Terms, place: int = 0) -> list[float]:
    """Return the cash of each year of one place, year by year in plain Python."""
    capex = float(of.capex[place]) * (1.0 - float(of.aid_share[place]))
    # two years are one and a half thirds each
    first = terms.spend_1_pct + terms.spend_2_pct / 2
    whole = terms.spend_1_pct + terms.spend_2_pct + terms.spend_3_pct
    flows = [-capex * first / whole, -capex * (1 - first / whole)]
    ramp = [terms.ramp_1_pct, terms.ramp_2_pct, terms.ramp_3_pct, *[100.0] * 12]
    good = [terms.start_yield_1_pct, terms.start_yield_2_pct, *[100.0] * 13]
    loss, tied = 0.0, 0.0
    for year in range(15):
        made = of.output * ramp[year] / 100
        sold = made * good[year] / 100
        sales = sold * float(of.price[place])
        cash = sales - sold * float(of.delivery[place]) - made * float(of.variable[place])
        cash += -float(of.fixed[place]) + sold * float(of.credit[place, year])
        profit = cash - capex / 15 - loss
        taxed = max(profit, 0.0)
        loss = max(-profit, 0.0)
        rate = float(of.tax_rate[place]) * (1 - float(of.relief[place, year]))
        tax = taxed * rate
        free = capex * (15 - year) / 15 * terms.carve_out_assets_pct / 100
        free += float(of.pay[place]) * terms.carve_out_pay_pct / 100
        tax += max(float(of.minimum_tax[place, year]) - rate, 0.0) * max(taxed - free, 0.0)
        stock = sales * terms.working_capital_pct / 100 if year < 14 else 0.0
        flows.append(cash - tax - (stock - tied))
        tied = stock
    return flows


CASES = [
    (project(), TERMS),
    (project(), AT_ONCE),
    (project(relief=1.0, minimum_tax=0.15), AT_ONCE),
    (project(price=3000.0), TERMS),
    (project(credit=300.0, aid_share=0.3, tax_rate=0.35, price=5200.0), TERMS),
]


@pytest.mark.parametrize(("of", "terms"), CASES)
def test_every_year_and_the_value_are_those_of_plain_arithmetic(of: Project, terms: Terms) -> None:
    flows, hand = cashflow.cash_flows(of, terms), by_hand(of, terms)
    assert flows[0] == pytest.approx(hand, abs=1e-9)
    value = sum(cash / 1.1**year for year, cash in enumerate(hand))
    assert cashflow.npv(flows, of.rate)[0] == pytest.approx(value, abs=1e-9)


def test_a_published_return() -> None:
    # Brealey, Myers and Allen, Principles of Corporate Finance: -4,000, +2,000, +4,000 returns 28 %
    flows = np.array([[-4000.0, 2000.0, 4000.0]])
    assert cashflow.irr(flows)[0] == pytest.approx(0.2808, abs=1e-4)
    assert np.isnan(cashflow.irr(np.array([[-4000.0, 1000.0, 1000.0]]))[0])


def test_at_its_rate_of_return_nothing_is_left_and_at_its_price_neither() -> None:
    of = project(3)
    of = replace(of, price=np.array([4500.0, 5200.0, 6100.0]))
    flows = cashflow.cash_flows(of, TERMS)
    assert cashflow.npv(flows, cashflow.irr(flows)) == pytest.approx(0, abs=1e-6)
    price = cashflow.price_after_tax(of, TERMS)
    assert price == pytest.approx(np.repeat(price[0], 3), rel=1e-9)
    even = cashflow.cash_flows(replace(of, price=price), TERMS)
    assert cashflow.npv(even, of.rate) == pytest.approx(0, abs=1e-5)


def test_without_tax_and_ramp_up_the_price_that_pays_is_the_levelised_cost() -> None:
    """The annuity of the cost of a tonne, with capital at the end of one year of building."""
    terms = replace(AT_ONCE, build_months=12.0, working_capital_pct=0.0)
    of = project(tax_rate=0.0)
    annuity = 0.1 / (1 - 1.1**-15)
    cost = (6000 * 0.9 * annuity + 400) / 0.9 + 2000 + 100
    assert cashflow.price_after_tax(of, terms)[0] == pytest.approx(cost, rel=1e-9)


@pytest.mark.parametrize("months", [6.0, 12.0, 18.0, 24.0, 30.0, 36.0])
def test_all_capital_is_spent_while_it_is_built(months: float) -> None:
    spend = cashflow.build_spend(replace(TERMS, build_months=months))
    assert len(spend) == np.ceil(months / 12)
    assert spend.sum() == pytest.approx(1)
    assert (spend > 0).all()


def test_a_longer_qualification_stretches_the_ramp() -> None:
    assert cashflow.ramp(TERMS)[:4] == pytest.approx([0.3, 0.6, 0.9, 1.0])
    slow = cashflow.ramp(replace(TERMS, qualification_months=48.0))
    assert slow[:8] == pytest.approx([0.15, 0.3, 0.45, 0.6, 0.75, 0.9, 0.95, 1.0])


MONEY = st.floats(100.0, 9000.0)


@given(MONEY, MONEY, st.floats(0.0, 0.4), st.floats(0.0, 1.0))
def test_more_price_is_worth_more_and_tax_takes_never_more_than_all(
    price: float, more: float, tax: float, relief: float
) -> None:
    of = project(price=price, tax_rate=tax, relief=relief)
    dear = replace(of, price=of.price + more)
    value, higher = (
        cashflow.npv(cashflow.cash_flows(one, TERMS), one.rate)[0] for one in (of, dear)
    )
    assert higher > value
    free = replace(of, tax_rate=0 * of.tax_rate)
    untaxed = cashflow.npv(cashflow.cash_flows(free, TERMS), of.rate)[0]
    assert value <= untaxed + 1e-9


def test_places_do_not_disturb_each_other() -> None:
    prices = np.array([3000.0, 4500.0, 9000.0])
    together = cashflow.cash_flows(replace(project(3), price=prices), TERMS)
    for place, price in enumerate(prices):
        alone = cashflow.cash_flows(project(price=price), TERMS)
        assert (together[place] == alone[0]).all()
