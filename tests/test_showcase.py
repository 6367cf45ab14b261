import pandas as pd

from siting.results import showcase


def test_a_frame_is_a_markdown_table_and_text_stays_in_its_cell():
    frame = pd.DataFrame({"name": ["a|b"], "usd": [1234.4]})
    assert showcase._md(frame).split("\n") == [
        "| name | usd |",
        "| --- | --- |",
        "| a\\|b | 1,234 |",
    ]


def test_the_page_of_checks_has_every_project():
    page = showcase.checks()
    for row in ("CX-BTR-ID", "CX-NVX-US", "OX-TLG", "FX-CN-MID"):
        assert f"| {row} |" in page


def test_the_page_of_maps_counts_the_countries_of_the_first_zones(nordic):
    page = showcase.swap_page({"a title": nordic})
    heads = nordic.places["country"].iloc[nordic.zones.head[: showcase.FIRST]]
    for country, number in heads.value_counts().items():
        assert f"{country} {number}" in page
    assert "swap.png" in page
