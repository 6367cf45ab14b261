"""How fast sales of plug-in cars grow, against figures worked out by hand."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.load import table
from siting.market.growth import SHARE, growth_by_country, share_growth

ARTICLE = dt.date(2023, 11, 28)
PERCENT = st.floats(0, 100)


def factors(**shares: tuple[float, float]) -> pd.DataFrame:
    """Shares of 2019 and 2022 of countries."""
    rows = [
        {"factor": SHARE, "iso2": code, "region_type": "country", "year": year, "value": value}
        for code, pair in shares.items()
        for year, value in zip(("2019", "2022"), pair, strict=True)
    ]
    return pd.DataFrame(rows)


def test_germany_gained_nine_points_a_year_before_the_article():
    found = share_growth(table("place_factors"), ["DE", "US", "JP"], ARTICLE)
    assert found == pytest.approx([(31 - 3) / 3, (7.7 - 2.1) / 3, (2.8 - 0.9) / 3])


def test_a_year_that_is_not_over_does_not_count():
    rows = table("place_factors")
    eve, year_end = (growth_by_country(rows, dt.date(2023, *day)) for day in ((1, 1), (12, 31)))
    assert eve.equals(year_end)
    assert not eve.equals(growth_by_country(rows, dt.date(2024, 1, 1)))


def test_an_unknown_country_takes_its_world_region_then_the_world():
    rows = factors(DE=(0.0, 30.0), FR=(0.0, 12.0), US=(0.0, 3.0))
    found = share_growth(rows, ["AT", "CA", "ZA"], ARTICLE)
    assert found == pytest.approx([7.0, 1.0, 4.0])  # Western Europe, Northern America, all three


def test_without_figures_nothing_grows():
    assert share_growth(factors(DE=(1.0, 2.0)).iloc[:1], ["DE"], ARTICLE).tolist() == [0.0]


@settings(max_examples=30)
@given(first=PERCENT, last=PERCENT, more=st.floats(0, 50))
def test_growth_rises_with_the_last_share_and_falls_with_the_first(first, last, more):
    base, later, earlier = (
        share_growth(factors(DE=pair), ["DE"], ARTICLE)[0]
        for pair in ((first, last), (first, last + more), (first + more, last))
    )
    assert earlier <= base <= later
    assert base == pytest.approx((last - first) / 3)


def test_the_order_of_rows_and_countries_never_matters():
    rows = table("place_factors")
    codes = ["SE", "US", "ZA", "KR"]
    found = share_growth(rows, codes, ARTICLE)
    turned = share_growth(rows.iloc[::-1], codes[::-1], ARTICLE)
    assert np.array_equal(found, turned[::-1])
