from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import numpy as np
import pandas as pd
import paper
import pytest

from maps.heat import ABSENT, BEYOND, ROWS_LISTED, STEPS, Heat, render, step_of
from maps.numerals import UNKNOWN

HOSTILE = "<script>alert(1)</script> {{ 7 * 7 }} \u202eevil"


def sample(rows: int = 3, columns: int = 4) -> Heat:
    ranks = np.arange(rows * columns).reshape(rows, columns)
    sites = pd.DataFrame(
        {
            "robust_rank": np.arange(1, rows + 1),
            "name": [HOSTILE, *(f"Site {i}" for i in range(1, rows))],
            "country_name": "Land",
            "rank_median": [np.nan, *range(2, rows + 1)],
            "rank_worst": np.nan,
            "times_top10": 2,
            "regret_expected": 0.123,
            "regret_max": 0.5,
            "regret_max_in": 3,
        }
    )
    scenarios = pd.DataFrame(
        {
            "number": np.arange(1, columns + 1),
            "name": [HOSTILE, *(f"case {i}" for i in range(1, columns))],
            "share": 1 / columns,
            "first": "Site",
            "country_name": "Land",
            "score": 0.333,
        }
    )
    absent = np.zeros((rows, columns), dtype=bool)
    absent[1, 1] = True
    return Heat("Where", "study", HOSTILE, (HOSTILE,), sites, ranks, absent, scenarios, columns,
                ("note",))  # fmt: skip


class _Tags(HTMLParser):
    """Collects what a browser would make of the page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def test_text_from_data_becomes_no_markup_and_nothing_is_asked_of_a_network():
    page = render(sample())
    seen = _Tags()
    seen.feed(page)
    names = {tag for tag, _ in seen.tags}
    assert not names & {"script", "img", "link", "iframe", "object", "form"}
    assert "{{ 7 * 7 }}" in page  # as text
    assert "&lt;script&gt;" in page
    assert "\u202e" not in page
    assert "://" not in page
    assert "default-src 'none'" in page
    assert all((a.get("href") or "#").startswith("#") for _, a in seen.tags)


def test_every_cell_has_its_rank_or_why_not():
    page = render(sample())
    rows = re.findall(r'<tr><th scope="row">[^<]*</th>(.*?)</tr>', page)
    cells = [
        re.findall(r'<td class="(r\w)">([^<]*)</td>', row) for row in rows if 'class="r' in row
    ]
    assert cells[0] == [("r0", BEYOND), ("r1", "1"), ("r2", "2"), ("r2", "3")]
    assert cells[1] == [("r2", "4"), ("ra", ABSENT), ("r2", "6"), ("r2", "7")]
    assert cells[2] == [("r2", "8"), ("r2", "9"), ("r2", "10"), ("r3", "11")]


def test_what_lies_beyond_the_list_is_a_dash():
    first = re.search(r"<tbody>\n<tr>(.*?)</tr>", render(sample()))
    assert first
    assert re.findall(r'<td class="n">([^<]*)</td>', first[1]) == [
        "1", UNKNOWN, UNKNOWN, "2", "0.12", "0.50", "3"
    ]  # fmt: skip


def test_scenarios_that_are_not_drawn_are_counted():
    assert "are drawn" not in render(sample())
    assert "4 of 5,000 are drawn" in render(replace(sample(), of_scenarios=5000))


def test_many_sites_stay_few_in_the_table_of_numbers():
    page = render(sample(rows=30))
    assert page.count("<small>Land</small></th>") == ROWS_LISTED
    assert render(sample(rows=30)) == page


@pytest.mark.parametrize(("rank", "step"), [(0, "r0"), (1, "r1"), (2, "r2"), (10, "r2"), (11, "r3"),
                                            (25, "r3"), (26, "r4"), (999, "r4")])  # fmt: skip
def test_steps_of_rank(rank, step):
    assert step_of(rank) == step
    assert step in {"r0", *(name for _, name, _, _ in STEPS)}


@pytest.mark.browser
def test_the_page_fits_a_phone_and_its_site_names_stay_in_sight(chromium, tmp_path):
    (tmp_path / "sweep.html").write_text(render(sample(rows=40, columns=100)), encoding="utf-8")
    page = chromium.new_page(viewport={"width": 390, "height": 844})
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((tmp_path / "sweep.html").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    name = page.locator(".heat tbody th").first
    before = name.bounding_box()["x"]
    page.evaluate("document.querySelector('.heat').scrollLeft = 900")
    assert name.bounding_box()["x"] == pytest.approx(before, abs=1)
    cell = page.locator(".heat td").first.bounding_box()
    assert cell["width"] >= 24
    assert cell["height"] >= 24
    size = page.evaluate(
        "parseFloat(getComputedStyle(document.querySelector('.heat td')).fontSize)"
    )
    assert size >= 11
    assert [url for url in asked if not url.startswith("file:")] == []
    page.close()


@pytest.mark.browser
def test_on_paper_a_heat_table_of_any_width_is_whole(chromium):
    for columns in (4, 100):
        printed = paper.sheets(paper.by_chromium(chromium, render(sample(30, columns))))
        assert all(0.03 < sheet.left < sheet.right < 0.97 for sheet in printed)
        for sheet in printed:  # neither a heading nor the key of the colours without its table
            assert not sheet.foot.startswith(("The scenarios", "Rank in each", STEPS[0][-1]))
        assert any("Site29" in sheet.words.replace(" ", "") for sheet in printed)
        assert max(sheet.right for sheet in printed) > 0.9  # as wide as the paper lets it be
