import datetime as dt
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from geodata.errors import SitingError
from siting.market.owner import (
    SELLING,
    check_owner,
    footholds,
    open_sources,
    owned,
    unknown_firms,
)
from siting.study.study import Study
from siting.world import facts, policy


def known(day: str) -> facts.Facts:
    return facts.load(Study(as_of=dt.date.fromisoformat(day)))


@pytest.fixture(scope="module")
def today():
    return known("2026-11-22")


def test_a_mine_abroad_is_a_foothold_from_the_day_it_was_known():
    assert "SE" in footholds("Talga Group", known("2019-01-01"))
    assert "SE" not in footholds("Talga Group", known("2009-06-30"))


def test_a_stranger_and_a_firm_without_works_have_none(today):
    assert footholds("", today) == frozenset()
    assert footholds("No Such Firm", today) == frozenset()


def test_closed_countries_are_no_footholds(today):
    everyone = ";".join(sorted(set(today["anode_plants"]["owner"])))
    assert not footholds(everyone, today) & set(today.closed)


def test_a_works_counts_only_once_announced():
    plants = known("2026-11-22")["anode_plants"]
    row = plants[plants["id"].eq("btr-tangier")].iloc[0]
    day = pd.Timestamp(row["announced_date"]).date()  # of a month: its first day
    before, after = (
        footholds(row["owner"], known(str(at))) for at in (day - dt.timedelta(days=1), day)
    )
    assert "MA" in after
    assert "MA" not in before


def test_strangers_buy_from_what_produces_and_an_owner_from_its_own_mine_too(today):
    sources = today["feedstock_sources"]
    market = open_sources(sources, "", today)
    assert market["status"].isin(SELLING).all()
    assert len(market) == sources["status"].isin(SELLING).sum()
    own = open_sources(sources, "EcoGraf", today)
    extra = own.loc[own.index.difference(market.index)]
    assert extra["owner"].unique().tolist() == ["EcoGraf"]


def test_an_own_mine_sells_at_cost_and_never_above_the_price(today):
    sources = today["feedstock_sources"]
    for owner in sources.loc[sources["cost_usd_per_t"].notna(), "owner"].unique():
        bought = open_sources(sources, str(owner), today)
        mine = bought["owner"].eq(owner) & bought["cost_usd_per_t"].notna()
        least = np.fmin(sources["price_usd_per_t"], sources["cost_usd_per_t"])[bought.index]
        assert (bought.loc[mine, "price_usd_per_t"] == least[mine]).all()
        others = ~bought["owner"].eq(owner)
        price = sources.loc[bought.index, "price_usd_per_t"]
        assert (bought.loc[others, "price_usd_per_t"] == price[others]).all()


def test_firms_are_matched_whole_and_plainly():
    frame = pd.DataFrame({"owner": ["Talga Group", "Talga", "A;Novonix ", "", None]})
    found = [owned(frame, name, ["owner"]).tolist() for name in ("TALGA GROUP", "novonix", ";", "")]
    assert found == [
        [True, False, False, False, False], [False, False, True, False, False],
        [False] * 5, [False] * 5,
    ]  # fmt: skip


def test_an_unknown_firm_is_a_fault_with_the_nearest_name(today):
    assert unknown_firms("Talga Group; Nobody", today) == ["Nobody"]
    with pytest.raises(SitingError, match="no table knows this firm") as caught:
        check_owner(Study(owner="Talga Grup"), today)
    assert "Talga Group" in caught.value.faults[0].hint
    check_owner(Study(owner="Talga Group"), today)
    check_owner(Study(), today)


def test_a_foothold_stands_as_a_bloc(today):
    places = pd.DataFrame({"country": ["SE", "AU", "BR"]})
    bare, held = (
        policy.home_affinity(
            places, "AU", today["country_groups"], today["trade_access"], today.as_of, at
        )
        for at in ((), {"SE", "AU"})
    )
    assert bare[1] == held[1] == 1.0
    assert bare[0] < held[0] == 0.7
    assert bare[2] == held[2]


def test_facts_on_another_date_for_plants_are_used():
    early = replace(known("2026-11-22"), plants_on=dt.date(2010, 1, 1))
    assert "MA" in footholds("BTR New Material", known("2026-11-22"))
    assert "MA" not in footholds("BTR New Material", early)


def tied(day: str, **row: str) -> bool:
    """Whether a single tie makes XX a foothold on the day."""
    study = known(day)
    cells = {"owner": "Talga Group;Other", "country": "XX", "link": "own", "since": "2015"} | row
    tie = study["owner_ties"].head(1).assign(**({"until": ""} | cells))
    tables = study.tables | {"owner_ties": tie}
    return "XX" in footholds("Talga Group", replace(study, tables=tables))


def test_a_tie_counts_once_its_first_period_is_over_and_until_its_last_is():
    assert [tied(f"{day}-12-31") for day in (2014, 2015, 2016)] == [False, False, True]
    assert tied("2016-01-01")
    assert not tied("2024-03-31", since="2024-03")
    assert tied("2024-04-01", since="2024-03")
    assert not tied("2024-04-01", since="2024-04-01")
    assert tied("2024-04-02", since="2024-04-01")
    assert tied("2020-12-31", until="2020")
    assert not tied("2021-01-01", until="2020")


def test_a_partner_of_one_plan_is_no_foothold():
    assert tied("2020-01-01", link="holder", through="Any")
    assert not tied("2020-01-01", link="partner", through="Any", plan="talga-lulea")


def test_works_bought_are_a_foothold_after_the_purchase_and_not_after_they_closed():
    assert "FR" not in footholds("Tokai Carbon", known("2020-02-19"))
    assert "FR" in footholds("Tokai Carbon", known("2021-01-01"))
    assert "MY" in footholds("SGL Carbon", known("2016-06-30"))
    assert "MY" not in footholds("SGL Carbon", known("2018-01-01"))


@pytest.mark.parametrize(
    ("owner", "country", "before", "after"),
    [
        ("Novonix", "US", "2017-03-31", "2021-05-31"),
        ("Group14 Technologies", "KR", "2020-12-31", "2021-06-30"),
        ("Nexeon", "KR", "2022-01-26", "2023-07-31"),
        ("CarbonScape", "FI", "2023-09-19", "2024-09-15"),
        ("POSCO Future M", "VN", "2009-09-01", "2026-02-28"),
    ],
)
def test_ties_that_were_there_before_the_plan(owner, country, before, after):
    assert country not in footholds(owner, known(before))
    assert country in footholds(owner, known(after))


def test_a_firm_that_left_takes_its_works_along():
    assert "CA" in footholds("Vianode", known("2024-03-01"))
    assert "CA" not in footholds("Vianode", known("2025-09-30"))
