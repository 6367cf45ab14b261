"""Duty on anode by origin, market and date, against what the customs schedules say."""

from __future__ import annotations

import datetime as dt
from functools import cache

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata import load
from geodata.geometry import layer
from siting.money import trade
from siting.study.product import catalogue
from siting.world import policy

table = cache(load.table)  # read once; nobody writes into it

ARTICLE, TODAY = "2023-11-28", "2026-11-22"


def duty(
    origin: str, market: str, day: str = TODAY, product: str = "synthetic", extra: object = None
) -> float:
    """Return per cent of value, with the laws of the catalogue and those given."""
    return float(duties([origin], [market], day, product, extra).iloc[0, 0])


def duties(
    origins: list[str], markets: list[str], day: str = TODAY, product: str = "synthetic",
    extra: object = None,
) -> pd.DataFrame:  # fmt: skip
    date = dt.date.fromisoformat(day)
    laws = policy.in_force(table("policy_zones"), date)
    laws = laws if extra is None else pd.concat([laws, extra])
    goods = catalogue()[product]
    return 100 * trade.duty_rates(
        laws, table("country_groups"), table("trade_access"), goods, origins, markets, date
    )


def special(market: str, origins: str, per_cent: float) -> pd.DataFrame:
    """Return an invented duty on goods of named origins."""
    zones = table("policy_zones")
    row = zones[zones["instrument_id"].eq("US-301-SYN")]
    return row.assign(
        instrument_id="XX-DUTY", geography=market, applies_to_origin=origins, magnitude=per_cent
    )


@pytest.mark.parametrize(
    ("origin", "market", "per_cent"),
    [
        ("SE", "DE", 0), ("DE", "FR", 0),  # one customs territory
        ("CN", "DE", 3.6), ("CN", "HU", 3.6), ("US", "DE", 3.6),  # no agreement
        ("ID", "DE", 0), ("IN", "FR", 0),  # general scheme of preferences
        ("MA", "DE", 0), ("NO", "SE", 0), ("KR", "PL", 0), ("CA", "DE", 0), ("GB", "DE", 0),
        ("KR", "US", 0), ("ID", "US", 0), ("CN", "US", 25),
        ("CN", "GB", 2), ("DE", "GB", 0),
        ("CN", "SA", 5), ("OM", "SA", 0),  # the Gulf is one territory
    ],
)  # fmt: skip
def test_synthetic_graphite_today(origin: str, market: str, per_cent: float) -> None:
    assert duty(origin, market) == pytest.approx(per_cent)


def test_natural_graphite_is_free_in_the_eu_and_pays_301_in_the_us_from_2026() -> None:
    assert duty("CN", "DE", product="natural") == 0
    assert duty("CN", "US", "2025-01-20", "natural") == 0
    assert duty("CN", "US", "2026-04-01", "natural") == 25


@pytest.mark.parametrize(
    ("day", "per_cent"),
    [
        (ARTICLE, 0),  # the exclusion of 2021 from list 3
        ("2025-01-20", 25),
        ("2025-02-10", 25 + 10),  # fentanyl
        ("2025-04-15", 25 + 20 + 125),  # and reciprocal
        ("2025-05-20", 25 + 20 + 10),
        ("2025-06-01", 25 + 20 + 10 + 6.55),  # and preliminary countervailing
        ("2025-08-15", 25 + 20 + 10 + 11.58 + 93.5),  # amended, and preliminary anti-dumping
        ("2026-11-22", 25),  # none imposed in the end
    ],
)
def test_chinese_anode_in_the_us_by_hand(day: str, per_cent: float) -> None:
    assert duty("CN", "US", day) == pytest.approx(per_cent)


@pytest.mark.parametrize(
    ("origin", "per_cent"),
    [("NO", 10), ("ID", 10), ("KR", 10), ("MA", 10), ("AU", 10), ("CA", 0), ("MX", 0), ("US", 0)],
)
def test_the_base_duty_of_july_2025_hits_partners_of_free_trade_but_not_neighbours(
    origin: str, per_cent: float
) -> None:
    assert duty(origin, "US", "2025-07-15") == pytest.approx(per_cent)


def test_goods_made_inside_the_territory_cross_no_border() -> None:
    # whatever a duty on "all but some" says of their origin
    everyone = special("DE;FR;SE", "not:CN", 40.0)
    assert duty("SE", "DE", extra=everyone) == 0
    assert duty("NO", "DE", extra=everyone) == pytest.approx(40)
    assert duty("US", "DE", extra=everyone) == pytest.approx(43.6)
    assert duty("CN", "DE", extra=everyone) == pytest.approx(3.6)


def test_named_origins_pay_on_top_of_the_ordinary_duty_others_do_not() -> None:
    named = special("DE", "CN;KR", 30.0)
    assert duty("CN", "DE", extra=named) == pytest.approx(33.6)
    assert duty("KR", "DE", extra=named) == pytest.approx(30)
    assert duty("US", "DE", extra=named) == pytest.approx(3.6)
    assert duty("CN", "FR", extra=named) == pytest.approx(3.6)


def test_britain_left_the_customs_territory_at_the_end_of_2020() -> None:
    assert duty("CN", "GB", "2019-06-01") == pytest.approx(3.6)
    assert duty("GB", "DE", "2019-06-01") == 0
    assert duty("GB", "DE", "2021-06-01") == 0  # by the agreement now


def test_goods_of_a_territory_cross_no_border_inside_the_customs_territory_it_lies_in() -> None:
    assert duty("PR", "US") == duty("IM", "GB") == duty("MC", "DE") == 0
    assert duty("PR", "DE") == duty("US", "DE") > 0
    assert duty("CN", "PR") == duty("CN", "US") > 0


def test_an_agreement_counts_from_its_day() -> None:
    assert duty("NZ", "DE", "2024-04-30") == pytest.approx(3.6)
    assert duty("NZ", "DE", "2024-05-01") == 0


def test_a_staged_preference_pays_part() -> None:
    # Brazil in the EU since May 2026
    assert duty("BR", "DE", "2026-04-30") == pytest.approx(3.6)
    assert 0 < duty("BR", "DE") < 3.6


def test_the_best_of_two_accesses_counts() -> None:
    one = {"country": "XA", "market": "EU", "since": "2020-01-01", "until": ""}
    access = pd.DataFrame(
        [
            {**one, "access": "preference", "agreement": "staged"},
            {**one, "access": "free", "agreement": "whole"},
        ]
    )
    groups, today = table("country_groups"), dt.date.fromisoformat(TODAY)
    for rows in (access, access.iloc[::-1]):
        assert trade.ordinary_share(groups, rows, ["XA"], ["DE"], today).tolist() == [[0.0]]
    staged = trade.ordinary_share(groups, access.head(1), ["XA", "XB"], ["DE", "US"], today)
    assert staged.tolist() == [[0.5, 1.0], [1.0, 1.0]]


def test_every_country_has_a_duty_in_every_market_and_none_at_home() -> None:
    countries = sorted(set(layer("countries")["country"]) - {""})
    markets = ["US", "DE", "KR", "JP", "IN", "GB", "CA", "MX", "SA", "BR", "NO"]
    for day in (ARTICLE, "2025-07-15", "2025-08-15", TODAY):
        rates = duties(countries, markets, day)
        assert rates.shape == (len(countries), len(markets))
        assert ((rates >= 0) & np.isfinite(rates)).to_numpy().all()
        assert [rates.loc[market, market] for market in markets] == [0.0] * len(markets)


def test_a_table_without_origins_or_laws_is_empty_or_free() -> None:
    assert duties([], ["DE", "US"]).shape == (0, 2)
    empty = table("policy_zones").head(0)
    groups, access = table("country_groups"), table("trade_access")
    free = trade.duty_rates(
        empty, groups, access, catalogue()["synthetic"], ["CN"], ["US"], dt.date(2026, 1, 1)
    )
    assert free.to_numpy().tolist() == [[0.0]]


def test_freight_counts_in_the_value_but_where_the_law_says_fob() -> None:
    markets = np.array(["US", "DE", "CA", "KR", "AU", "NZ", "JP"], dtype=object)
    base = trade.duty_base(np.array([[3000.0], [4000.0]]), np.full((2, 7), 200.0), markets)
    assert base[0].tolist() == [3000, 3200, 3000, 3200, 3000, 3000, 3200]
    assert (base[1] - base[0] == 1000).all()


@given(st.floats(0, 9000), st.floats(0, 500))
def test_the_base_lies_between_the_price_and_the_landed_price(price: float, freight: float) -> None:
    markets = np.array(["US", "FR"], dtype=object)
    base = trade.duty_base(np.array([price]), np.array([freight, freight]), markets)
    assert base.tolist() == [price, price + freight]
