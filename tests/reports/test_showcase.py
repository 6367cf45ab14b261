import pandas as pd

from siting.model.plan import country_chances
from siting.reports import showcase


def test_the_page_of_checks_has_every_project():
    page = showcase.checks()
    for row in ("CX-BTR-ID", "CX-NVX-US", "OX-TLG", "FX-CN-MID"):
        assert f"| {row} |" in page


def test_the_page_of_swapped_prices_shows_countries_money_and_what_moves(nordic):
    moved = pd.DataFrame({"input": ["laws", "price of the day"], "points of share": ["3.1", "0.0"]})
    page = showcase.swap_page({"a title": nordic}, moved)
    first = country_chances(nordic)
    assert f"{first.index[0]} {first.iloc[0]:.0%}" in page
    assert "| price of the day | 0.0 |" in page
    assert str(nordic.places["name"].iloc[nordic.zones.head[0]]) in page
