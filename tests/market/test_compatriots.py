"""Battery works of the investor's home and how near places are to them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from geodata.load import table
from geodata.sphere import great_circle_km
from siting.market.compatriots import battery_works, nearest_works_km
from siting.study.study import Study
from siting.world import facts

KINDS = ["anode_plants", "gigafactories", "material_works"]


def known(day: str) -> facts.Facts:
    return facts.load(Study(as_of=dt.date.fromisoformat(day)))


@pytest.fixture(scope="module")
def today() -> facts.Facts:
    return known("2026-11-22")


def ids(found: facts.Facts, investor: str, **other: str) -> set[str]:
    return set(battery_works(found, investor, **other)["id"])


@pytest.mark.parametrize("investor", ["CN", "KR", "JP"])
def test_all_three_tables_have_works_of_the_home(today: facts.Facts, investor: str) -> None:
    works = battery_works(today, investor)
    assert list(works.columns) == ["lat", "lon", "id", "kind", "name"]
    assert sorted(set(works["kind"])) == KINDS
    assert works[["lat", "lon"]].notna().all(axis=None)
    assert not works.duplicated(["kind", "id"]).any()
    for name in KINDS:
        rows = table(name).set_index("id")
        of = rows.loc[works.loc[works["kind"].eq(name), "id"]]
        also = of.get("also_hq_country", pd.Series("", of.index))
        assert (of["owner_hq_country"].eq(investor) | also.str.contains(investor)).all()
        assert not of["country"].isin(["CN", "HK", "MO"]).any()


def test_works_at_home_count_outside_the_home_market(today: facts.Facts) -> None:
    rows = table("gigafactories").set_index("id")
    works = battery_works(today, "KR")
    cells = works.loc[works["kind"].eq("gigafactories"), "id"]
    assert "KR" in set(rows.loc[cells, "country"])


def test_a_partner_counts_for_its_home_too(today: facts.Facts) -> None:
    shared = "easpring-kotka-fi"  # 70 % Chinese, 30 % Finnish
    assert shared in ids(today, "CN")
    assert shared in ids(today, "FI")
    assert shared not in ids(today, "KR")


def test_nobody_knows_a_works_before_it_is_named() -> None:
    eve, day = known("2023-09-18"), known("2023-09-19")
    assert "cngr-jorflasfar-ma" not in ids(eve, "CN")
    assert ids(day, "CN") - ids(eve, "CN") == {"cngr-jorflasfar-ma"}


def test_a_works_counts_until_it_is_given_up() -> None:
    eve, day = known("2025-04-03"), known("2025-04-04")
    assert ids(eve, "CN") - ids(day, "CN") == {"cngr-hamina-fi"}


def test_paused_works_draw_nobody(today: facts.Facts) -> None:
    assert today["material_works"].set_index("id").loc["ecopro-becancour-ca", "status"] == "paused"
    assert "ecopro-becancour-ca" not in ids(today, "KR")


def test_the_date_is_that_of_the_plants(today: facts.Facts) -> None:
    early = replace(today, plants_on=dt.date(2019, 1, 1))
    assert ids(early, "CN") == ids(known("2019-01-01"), "CN") != ids(today, "CN")


def test_one_row_can_be_left_out(today: facts.Facts) -> None:
    every = ids(today, "CN")
    assert every - ids(today, "CN", except_id="cngr-jorflasfar-ma") == {"cngr-jorflasfar-ma"}
    assert ids(today, "CN", except_id="nowhere") == every


def test_a_home_without_works_is_as_far_as_can_be(today: facts.Facts) -> None:
    none = battery_works(today, "IS")
    assert none.empty
    assert nearest_works_km(np.array([[64.1, -21.9], [0.0, 0.0]]), none).tolist() == 2 * [20_038.0]


def test_distance_by_hand() -> None:
    works = pd.DataFrame({"lat": [0.0, 10.0], "lon": [0.0, 0.0]})
    points = np.array([[0.0, 0.0], [0.0, 0.5], [9.0, 0.0]])
    km = [0.0, great_circle_km(0.0, 0.0, 0.0, 0.5), great_circle_km(10.0, 0.0, 9.0, 0.0)]
    assert nearest_works_km(points, works) == pytest.approx([float(d) for d in km], rel=1e-6)


def test_more_works_bring_nobody_further_away(today: facts.Facts) -> None:
    works = battery_works(today, "CN")
    points = works[["lat", "lon"]].to_numpy(dtype=float) + 0.3
    few, many = nearest_works_km(points, works.head(20)), nearest_works_km(points, works)
    assert (many <= few).all()
    assert (many >= 0).all()
