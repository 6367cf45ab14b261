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
    assert "SE" not in footholds("Talga Group", known("2005-01-01"))


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
        check_owner("Talga Grup", today)
    assert "Talga Group" in caught.value.faults[0].mend
    check_owner("Talga Group", today)
    check_owner("", today)


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
