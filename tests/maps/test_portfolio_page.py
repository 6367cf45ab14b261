"""The page of a portfolio: its figures by year, hostile text, the slider, everyone and paper."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from browser import FOREIGN, axe_source
from playwright.sync_api import Browser, Page, expect
from sample_atlas import PAYLOADS

from maps.escape import plain
from maps.palette import COLOURS, plant_colours
from maps.portfolio import Line, Portfolio, render
from maps.print import network, timeline
from maps.print.network import Network

YEARS = tuple(range(2027, 2042))
LAST = "2031 to 2041: 3 plants open, 108 to 120 kt sold, capacity 130 kt."


def sample() -> Portfolio:
    """Return three plants on two continents; the second grows, the third is decided later."""
    plants = pd.DataFrame(
        {
            "plant": [1, 2, 3], "name": ["Kuching", "Dumai", "Nashville"],
            "country_name": ["Malaysia", "Indonesia", "United States"],
            "lat": [1.6, 1.7, 36.2], "lon": [110.4, 101.4, -86.8], "list_rank": [4, 1, 1200],
            "steps": ["50 kt in 2027", "20 kt in 2027, 50 kt in 2029", "30 kt in 2029"],
            "invested_musd": [300.0, 320.0, 210.0], "npv_musd": [200.0, 150.0, -12.0],
            "chance": [0.3, 0.25, 0.9], "expected_musd": [60.0, 37.5, -10.8],
            "cost_usd_per_t": [3000.0, 3100.0, 5200.0],
            "margin_usd_per_t": [1200.0, 1100.0, -50.0],
        }
    )  # fmt: skip
    flows = pd.DataFrame(
        [
            (1, "Ibaraki", "JP", "Japan", 36.3, 140.5, 2029, 2030, 40.0),
            (1, "Ibaraki", "JP", "Japan", 36.3, 140.5, 2031, 2041, 50.0),
            (2, "Windsor", "CA", "Canada", 42.3, -83.0, 2029, 2030, 18.0),
            (2, "Windsor", "CA", "Canada", 42.3, -83.0, 2031, 2041, 10.0),
            (3, "Windsor", "CA", "Canada", 42.3, -83.0, 2031, 2041, 30.0),
            (2, "Douai", "FR", "France", 50.4, 3.1, 2031, 2041, 30.0),
        ],
        columns=["plant", "customer", "country", "country_name", "lat", "lon", "from_year",
                 "to_year", "kt"],
    )  # fmt: skip
    capacity = [0, 0, 70, 70, *[130] * 11]
    return Portfolio(
        title="Which plants to build", kicker="Portfolio, study s", subtitle="Korean investor",
        answer=(Line("130", "kt a year", "Build three plants."), Line("", "", "No figure here.")),
        plants=plants,
        why=("Kuching is cheap.", "Dumai too.", "Nashville is near."),
        steps=pd.DataFrame({"plant": [1, 2, 2, 3], "decided": [2027, 2027, 2029, 2029],
                            "opens": [2029, 2029, 2031, 2031],
                            "size_ktpa": [50.0, 20.0, 50.0, 30.0]}),
        flows=flows,
        years=pd.DataFrame({"year": YEARS, "capacity_ktpa": capacity,
                            "sold_kt": [0, 0, 58, 58, 108, *[120] * 10],
                            "invested_musd": [400.0, 430.0, *[0.0] * 13],
                            "cash_musd": [-400.0, -430.0, *[90.0] * 13]}),
        sites=pd.DataFrame({"name": ["Kuching", "Dumai"], "country_name": ["Malaysia", ""],
                            "standing": ["must-build", "option"], "in_portfolios": [2, 1]}),
        sizes=np.array([[50.0, 20.0], [0.0, 50.0]]),
        near=pd.DataFrame({"behind_best_musd": [0.0, 1.25], "regret_worst_musd": [9.0, 3.0]}),
        rules=pd.DataFrame({"name": ["the first 3", "the best of each"], "plants": [3, 0],
                            "expected_musd": [40.0, np.nan], "gain_musd": [46.7, np.nan]}),
        scenarios=pd.DataFrame({"name": ["dear", "cheap"], "share": [0.5, 0.5],
                                "worth_musd": [80.0, -8.0]}),
        regrets=np.array([[0.0, 3.0], [9.0, 0.0]]),
        least=1,
        supply=pd.DataFrame({"country": ["JP", "CA", "FR", "PL"],
                             "country_name": ["Japan", "Canada", "France", "Poland"],
                             "open_kt": [60.0, 40.0, 40.0, 7.0],
                             "sold_kt": [50.0, 40.0, 30.0, 0.0],
                             "share": [5 / 6, 1.0, 0.75, 0.0]}),
        notes=("A note.",),
    )  # fmt: skip


def drawn(page: Portfolio) -> Network:
    return Network(page.plants, page.steps, page.flows, page.turns)


def hostile() -> Portfolio:
    """Return the sample with a payload in every text."""
    made, texts = sample(), iter(PAYLOADS * 99)

    def named(frame: pd.DataFrame) -> pd.DataFrame:
        words = [c for c in frame if isinstance(frame[c].iloc[0], str)]
        return frame.assign(**{c: [next(texts) for _ in frame[c]] for c in words})

    frames = {field.name: named(value) for field in dataclasses.fields(made)
              if isinstance(value := getattr(made, field.name), pd.DataFrame)}  # fmt: skip
    return dataclasses.replace(
        made, **frames, title=next(texts), kicker=next(texts), subtitle=next(texts),
        answer=tuple(Line(*text) for text in zip(PAYLOADS, PAYLOADS, PAYLOADS, strict=True)),
        why=tuple(PAYLOADS), notes=tuple(PAYLOADS),
    )  # fmt: skip


# ---- figures ----


def test_a_plant_is_decided_before_it_is_open_and_grows() -> None:
    made = drawn(sample())
    assert made.years == (2027, 2028, 2029, 2030, 2031)
    assert made.sizes(2, "decided").tolist() == [20, 20, 50, 50, 50]
    assert made.sizes(2, "opens").tolist() == [0, 0, 20, 20, 50]


def test_flows_of_a_customer_follow_the_periods() -> None:
    sold = drawn(sample()).sold()
    assert len(sold) == 4
    windsor = sold[sold["customer"].eq("Windsor")].set_index("plant")["kt"]
    assert windsor[2].tolist() == [0, 0, 18, 18, 10]
    assert windsor[3].tolist() == [0, 0, 0, 0, 30]


def test_widths_and_areas_are_in_proportion() -> None:
    world = network.pictures(drawn(sample()))[0].svg
    lines = re.findall(r'class="flow" data-plant="(\d)" data-wide="([^"]*)"', world)
    widths = {(plant, wide.split()[-1]) for plant, wide in lines}
    per_kt = network.WIDEST / 50
    assert widths == {(plant, f"{round(kt * per_kt, 1):g}")
                      for plant, kt in (("1", 50), ("2", 10), ("2", 30), ("3", 30))}  # fmt: skip
    radius = [float(r) for r in re.findall(r'class="open" [^>]*r="([\d.]+)"', world)]
    assert sorted(radius, reverse=True) == pytest.approx(
        [network.LARGEST, network.LARGEST, network.LARGEST * np.sqrt(0.6)], abs=0.06
    )


def test_the_world_comes_first_then_a_region_a_part_of_it() -> None:
    found = network.pictures(drawn(sample()))
    assert [p.label for p in found] == ["The world", "Malaysia, Indonesia", "United States"]
    assert ">1 Kuching</text>" in found[1].svg
    assert ">3 Nashville</text>" in found[2].svg


def test_plants_beyond_the_first_five_share_a_grey() -> None:
    colours = plant_colours(7)
    assert len(set(colours[:5])) == 5
    assert colours[5:] == [COLOURS["grey"]] * 2


@pytest.mark.parametrize("values", [(0.0,), (0.3, 0.1), (5.0, -3.0), (-2e4, -1.0), (1234.0, 0.0)])
def test_ticks_of_a_chart_hold_all_values_and_zero(values: tuple[float, ...]) -> None:
    ticks = timeline._ticks(min(*values, 0.0), max(*values, 0.0))
    assert ticks[0] <= min(values)
    assert ticks[-1] >= max(values)
    assert 0.0 in ticks
    assert 2 <= len(ticks) <= 8


def test_every_figure_is_on_the_page_without_a_script() -> None:
    page = render(sample())
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.split("<script>")[0]))
    for words in (
        "130 kt a year Build three plants.", LAST, "cannot meet the limits", "+47",
        "Behind the best, million USD 0.0 1.2", "Largest regret over the scenarios 9.0 3.0",
        "France 75 % 30.0 of 40.0 kt", "Japan 50.0 kt", "Nashville is near.", "2041",
    ):  # fmt: skip
        assert words in text, words
    parts = re.findall(r'aria-label="(plant [^"]*)"', page)
    assert parts[1] == "plant 2 10.0 kt, plant 3 30.0 kt"


def test_same_portfolio_same_bytes() -> None:
    assert render(sample()) == render(sample())


def test_nothing_built_is_an_answer_alone() -> None:
    made = sample()
    empty = {name: getattr(made, name).head(0) for name in ("plants", "steps", "flows", "sites")}
    page = render(dataclasses.replace(made, **empty, why=(), sizes=np.empty((0, 1)),
                                      near=made.near.head(1)))  # fmt: skip
    assert "Build three plants." in page
    assert "<svg" not in page
    assert 'id="year"' not in page


# ---- in a browser ----


@pytest.fixture
def page(chromium: Browser, tmp_path: Path) -> Iterator[Page]:
    yield from _opened(chromium, tmp_path, sample())


def _opened(chromium: Browser, folder: Path, made: Portfolio, **context: object) -> Iterator[Page]:
    path = folder / "portfolio.html"
    path.write_text(render(made), encoding="utf-8")
    page = chromium.new_context(viewport={"width": 1440, "height": 900}, **context).new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: asked.append(str(error)))
    page.on("dialog", lambda dialog: asked.append(dialog.message))
    page.on("console", lambda line: asked.append(line.text))
    page.goto(path.as_uri())
    yield page
    assert [one for one in asked if not one.startswith("file:")] == []
    page.context.close()


def shown(page: Page) -> dict[str, object]:
    """Return what the world shows: plants with their radii, and widths of lines by plant."""
    return dict(
        page.evaluate("""() => {
      const seen = n => n.getAttribute('display') !== 'none';
      const all = s => [...document.querySelectorAll('.world ' + s)].filter(seen);
      const r = (n, c) => Number(n.querySelector(c).getAttribute('r'));
      return {
        open: all('.plant').filter(n => r(n, '.open') > 0).map(n => n.dataset.plant).sort(),
        hollow: all('.plant').filter(n => r(n, '.ring') > 0).map(n => n.dataset.plant).sort(),
        flows: all('.flow').map(n => n.dataset.plant).sort(),
      };
    }""")
    )


@pytest.mark.browser
def test_the_slider_turns_the_map_by_the_keyboard(page: Page) -> None:
    assert shown(page) == {"open": ["1", "2", "3"], "hollow": [], "flows": ["1", "2", "2", "3"]}
    slider = page.get_by_label("Year", exact=True)
    slider.focus()
    page.keyboard.press("Home")
    assert shown(page) == {"open": [], "hollow": ["1", "2"], "flows": []}
    expect(page.locator("#said")).to_have_text("2027: no plants open, 2 decided and not open yet.")
    assert slider.get_attribute("aria-valuetext") == "2027"
    for _ in range(2):
        page.keyboard.press("ArrowRight")
    assert shown(page) == {"open": ["1", "2"], "hollow": ["2", "3"], "flows": ["1", "2"]}
    expect(page.locator("#said")).to_have_text(
        "2029: 2 plants open, 1 of them growing, 1 decided and not open yet, "
        "58 kt sold, capacity 70 kt."
    )
    page.keyboard.press("End")
    expect(page.locator("#said")).to_have_text(LAST)
    page.get_by_label("Show", exact=True).select_option("2")
    assert shown(page)["flows"] == ["2", "2"]
    band = page.locator(".now").first
    assert float(band.get_attribute("width") or 0) == pytest.approx(
        11 * (timeline.WIDE - timeline.LEFT - timeline.RIGHT) / 15, abs=0.1
    )


@pytest.mark.browser
def test_without_a_script_it_shows_the_last_period(chromium: Browser, tmp_path: Path) -> None:
    for page in _opened(chromium, tmp_path, sample(), java_script_enabled=False):
        expect(page.locator("#turn")).to_be_hidden()
        expect(page.locator("#said")).to_have_text(LAST)
        expect(page.locator(".world .plant").first).to_be_visible()


@pytest.mark.browser
def test_hostile_text_stays_text_even_without_a_policy(chromium: Browser, tmp_path: Path) -> None:
    for page in _opened(chromium, tmp_path, hostile(), bypass_csp=True):
        page.get_by_label("Year", exact=True).fill("1")
        assert page.evaluate(FOREIGN) == []
        assert page.evaluate("window.__ran") is None
        assert page.evaluate("document.scripts.length") == 1
        assert page.title() == re.sub(r"\s+", " ", plain(hostile().title)).strip()
        assert page.evaluate("document.documentElement.scrollWidth") <= 1440


@pytest.mark.browser
@pytest.mark.parametrize("wide", [390, 1440])
def test_it_fits_and_axe_finds_nothing(chromium: Browser, tmp_path: Path, wide: int) -> None:
    for page in _opened(chromium, tmp_path, sample(), bypass_csp=True):
        page.set_viewport_size({"width": wide, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") == wide
        if axe := axe_source():
            page.evaluate(axe)
            found = page.evaluate("axe.run(document).then(r => r.violations)")
            assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []


@pytest.mark.browser
def test_paper_has_no_controls_and_few_sheets(page: Page) -> None:
    paper = page.pdf(prefer_css_page_size=True, print_background=True)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", paper)) <= 4
    page.emulate_media(media="print")
    expect(page.locator("#turn")).to_be_hidden()
    expect(page.locator("#said")).to_be_visible()
