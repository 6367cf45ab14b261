"""Production credits by year of production, against the law's text by hand."""

from __future__ import annotations

import datetime as dt
from functools import cache

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from geodata import load
from siting.money.production_credit import YEARS, credit_shares, first_year, levelised, schedule

table = cache(load.table)  # read once; nobody writes into it

ARTICLE, TODAY = dt.date(2023, 11, 28), dt.date(2026, 11, 22)
PLACES = pd.DataFrame({"country": ["US", "AU", "DE"], "region": "", "zone": ""})


def law(name: str, **changes: object) -> pd.DataFrame:
    zones = table("policy_zones")
    return zones[zones["instrument_id"].eq(name)].assign(**changes)


def row(**changes: object) -> pd.Series:
    return law("US-45X-EAM", **changes).iloc[0]


@pytest.mark.parametrize(
    ("decided", "year"),
    [("2023-11-28", 2026), ("2026-11-22", 2029), ("2024-01-01", 2026), ("2024-06-30", 2026),
     ("2024-07-01", 2027), ("2024-12-31", 2027), ("2024-02-29", 2026)],
)  # fmt: skip
def test_a_plant_opens_two_years_on_and_its_first_whole_year_follows(decided, year):
    assert first_year(dt.date.fromisoformat(decided)) == year


@pytest.mark.parametrize(
    ("decided", "paid"),
    [
        # 2026 to 2029 in full, then three quarters, a half, a quarter in 2030, 2031, 2032
        (ARTICLE, [10, 10, 10, 10, 7.5, 5, 2.5, *[0] * 8]),
        (TODAY, [10, 7.5, 5, 2.5, *[0] * 11]),
    ],
)
def test_45x_by_hand(decided, paid):
    assert (100 * schedule(row(), first_year(decided))).tolist() == pytest.approx(paid)


def test_the_steps_of_a_phase_out_may_be_written_in_any_order():
    turned = row(phase_out="2033:0;2032:25;2030:75;2031:50")
    assert schedule(turned, 2026).tolist() == schedule(row(), 2026).tolist()


def test_a_credit_that_starts_later_pays_from_its_year_to_its_last():
    later = row(start_date="2028-01-01", end_date="2030-12-31", phase_out="")
    assert (100 * schedule(later, 2026)).tolist() == pytest.approx([0, 0, 10, 10, 10, *[0] * 10])


def test_an_open_credit_pays_for_all_years_reckoned():
    assert schedule(row(end_date="", phase_out=""), 2029).tolist() == pytest.approx([0.1] * YEARS)


def test_each_law_pays_at_home_alone_on_its_own_cost():
    rows = pd.concat([law("US-45X-EAM"), law("AU-CMPTI")])
    shares = credit_shares(rows, PLACES, TODAY)
    assert set(shares) == {"production", "processing"}
    assert (shares["production"][1:] == 0).all()
    assert (shares["processing"][[0, 2]] == 0).all()
    # processing of 2029 to 2040, the incentive's last year
    assert (100 * shares["processing"][1]).tolist() == pytest.approx([10] * 12 + [0] * 3)
    assert (100 * shares["production"][0, :4]).tolist() == pytest.approx([10, 7.5, 5, 2.5])


def test_of_two_credits_on_one_cost_the_better_of_each_year_is_taken():
    short = law("US-45X-EAM", instrument_id="XX-SHORT", magnitude=30.0, phase_out="2030:0")
    shares = credit_shares(pd.concat([law("US-45X-EAM"), short]), PLACES, TODAY)
    assert (100 * shares["production"][0, :5]).tolist() == pytest.approx([30, 7.5, 5, 2.5, 0])


def test_aid_that_is_no_share_of_a_cost_is_no_credit():
    assert credit_shares(law("US-45X-EAM", unit="usd_per_t"), PLACES, TODAY) == {}
    assert credit_shares(law("US-45X-EAM", magnitude=np.nan), PLACES, TODAY) == {}


shares_of_years = hnp.arrays(float, (3, YEARS), elements=st.floats(0, 0.5))
rates = hnp.arrays(float, 3, elements=st.floats(0.0, 0.4))


@given(shares_of_years)
def test_without_interest_the_level_share_is_the_mean(shares):
    assert levelised(shares, np.zeros(3)) == pytest.approx(shares.mean(axis=1))


@given(shares_of_years, rates)
def test_the_level_share_is_worth_as_much_and_lies_between_the_years(shares, rate):
    level = levelised(shares, rate)
    for i in range(3):
        discount = [(1 + rate[i]) ** -k for k in range(1, YEARS + 1)]
        worth = sum(s * d for s, d in zip(shares[i], discount, strict=True))
        assert level[i] * sum(discount) == pytest.approx(worth, abs=1e-9)
    assert (level >= shares.min(axis=1) - 1e-12).all()
    assert (level <= shares.max(axis=1) + 1e-12).all()


@given(rates)
def test_a_falling_credit_is_worth_more_to_who_discounts_more(rate):
    falling = np.array([0.1, 0.1, 0.1, 0.1, 0.075, 0.05, 0.025, *[0.0] * 8])
    level = levelised(np.tile(falling, (3, 1)), np.sort(rate))
    assert (np.diff(level) >= -1e-12).all()
