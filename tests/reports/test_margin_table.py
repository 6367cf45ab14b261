import datetime as dt

import pytest

from siting.reports.margin_table import REGIONS, as_grid, margin_table, market_table

ARTICLE, PEAK, TODAY = dt.date(2023, 11, 28), dt.date(2025, 8, 1), dt.date(2026, 11, 22)


@pytest.fixture(scope="module")
def margins():
    return margin_table(("CN", "KR"), (PEAK, TODAY)).set_index(["as_of", "investor", "region"])


def test_the_duties_of_2025_lift_the_margin_where_americans_buy_and_their_end_lowers_it(margins):
    for who in ("CN", "KR"):
        peak, today = margins.loc[(PEAK, who), "margin"], margins.loc[(TODAY, who), "margin"]
        assert peak["United States"] > today["United States"] + 1000


def test_a_chinese_owner_builds_cheaper_but_is_let_in_less(margins):
    own, korean = margins.loc[(TODAY, "CN")], margins.loc[(TODAY, "KR")]
    assert (own["margin"] > korean["margin"]).all()
    same = own["site"] == korean["site"]  # the best site may serve another market
    assert same.sum() > len(REGIONS) / 2
    assert (own["cost"] < korean["cost"])[same].all()
    assert own.loc["United States", "entry"] < 0.1 < korean.loc["United States", "entry"]
    assert own.loc["Sweden", "entry"] < 0.1 < korean.loc["Sweden", "entry"]


def test_the_margin_is_the_price_less_the_delivered_tonne(margins):
    assert (margins["price"] - margins["delivered"]).to_numpy() == pytest.approx(
        margins["margin"].to_numpy()
    )


def test_the_grid_has_a_row_a_region_and_says_a_doubtful_entry(margins):
    grid = as_grid(margins.reset_index())
    assert list(grid.index) == list(REGIONS)
    assert grid.shape == (len(REGIONS), 4)
    assert grid.loc["United States", (TODAY, "CN")].endswith("(5%)")
    assert "(" not in grid.loc["Indonesia", (TODAY, "KR")]


def test_markets_by_date():
    table = market_table((ARTICLE, PEAK)).set_index(["as_of", "market"])
    assert table.loc[(ARTICLE, "US"), "duty_pct"] == 0  # an exclusion stood in November 2023
    assert table.loc[(PEAK, "US"), "duty_pct"] > 100
    assert table.loc[(PEAK, "DE"), "duty_pct"] == pytest.approx(3.6)
    assert (table["price"] >= table["parity"] - 1e-9).all()
