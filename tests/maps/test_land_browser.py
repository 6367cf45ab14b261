"""The land in the real page: coloured by the score, turned by a slider, sifted by a brush."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import Watched, afresh, opened, payloads, still, until
from playwright.sync_api import Browser, Page, expect
from sample_live import turning

from maps import palette
from maps.atlas import draw

pytestmark = pytest.mark.browser
# The bytes of the picture of the land, read from a copy: it is not made to be read often.
BYTES = """
  const canvas = [...document.querySelectorAll('.leaflet-fill-pane canvas')].at(-1);
  const copy = new OffscreenCanvas(canvas.width, canvas.height);
  const pen = copy.getContext('2d', {willReadFrequently: true});
  pen.drawImage(canvas, 0, 0);
  const {data} = pen.getImageData(0, 0, canvas.width, canvas.height);
"""
# A number that stands for it.
PICTURE = f"""() => {{ {BYTES}
  return new Uint32Array(data.buffer).reduce((sum, one) => (31 * sum + one) | 0, 7);
}}"""
# How many pixels have which colour; what is half transparent left out.
INKS = f"""() => {{ {BYTES}
  const counts = {{}};
  for (let k = 0; k < data.length; k += 4) {{
    if (data[k + 3] < 255) continue;
    const ink = '#' + [0, 1, 2].map(c => data[k + c].toString(16).padStart(2, '0')).join('');
    counts[ink.toUpperCase()] = (counts[ink.toUpperCase()] || 0) + 1;
  }}
  return counts;
}}"""
WITHOUT = "delete window.DecompressionStream"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("land") / "map.html"
    path.write_text(draw(turning()), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def shared(chromium: Browser, file: Path) -> Iterator[Watched]:
    with opened(chromium, file) as page:
        until(page.page, "siting.land() !== null")
        yield page


@pytest.fixture
def page(shared: Watched) -> Iterator[Page]:
    """The page as it opened, without a filter, quiet when a test leaves it."""
    made = afresh(shared).page
    panel(made).evaluate("node => { node.open = true; }")
    if passing(made) < 2000:
        made.get_by_role("button", name="Clear the filter").click()
        until(made, "siting.land().passing === siting.land().places")
    yield made
    shared.assert_quiet()


def panel(page: Page) -> Any:
    return page.locator(".sift")


def passing(page: Page) -> int:
    return int(page.evaluate("siting.land().passing"))


def picture(page: Page) -> int:
    return int(page.evaluate(PICTURE))


def test_the_score_colours_the_land_at_first_and_follows_a_slider(page: Page) -> None:
    assert page.evaluate("siting.land()") == {"colour": "score", "places": 2000, "passing": 2000}
    assert page.evaluate("siting.layers().score") is True
    assert payloads(page.content())["atlas"]["palette"]["land"][-1] == "var(--land-5)"
    ramp = palette.LAND
    inks = page.evaluate(INKS)
    assert sum(inks.get(ink, 0) for ink in ramp) > 0.9 * sum(inks.values())
    assert all(inks.get(ink, 0) > 20 for ink in ramp)
    before = picture(page)
    energy = page.locator('[id="w-energy"]')
    energy.focus()
    for _ in range(20):
        page.keyboard.press("ArrowRight")
    until(page, f"({PICTURE})() !== {before}")
    page.evaluate("siting.reset()")
    until(page, f"({PICTURE})() === {before}")


def test_a_figure_colours_the_land_with_units_in_the_legend(page: Page) -> None:
    page.locator("#shorten").click()  # its words turn with the lens, and its height with them
    before = still(page, lambda: picture(page))
    page.get_by_label("Delivered cost").first.check()
    expect(page.locator(".layer", has=page.locator("#layer-delivered_cost"))).to_contain_text(
        "USD/t"
    )
    assert page.evaluate("siting.land().colour") == "delivered_cost"
    until(page, f"({PICTURE})() !== {before}")
    turned = still(page, lambda: picture(page))
    page.evaluate("siting.setLens('onshoring')")
    assert still(page, lambda: picture(page)) == turned  # a measured figure knows no weights


def test_a_range_fades_places_and_rows_by_keyboard_alone(page: Page) -> None:
    before, every = picture(page), page.locator(".row:visible").count()
    least = page.get_by_label("Least: Odds against the median place")
    least.focus()
    for _ in range(3):
        page.keyboard.press("PageUp")
    until(page, "siting.land().passing < 2000")
    assert 0 < passing(page) < 2000
    assert picture(page) != before
    expect(page.locator(".sift .status")).to_contain_text("the others are faded")
    page.keyboard.press("End")
    expect(page.locator(".row.faded").first).to_be_visible()
    faded = page.locator(".row.faded")
    assert 0 < faded.count() <= every
    assert "outside the filter" in (faded.first.get_attribute("aria-label") or "")
    page.get_by_role("button", name="Clear the filter").click()
    until(page, "siting.land().passing === 2000")
    expect(faded).to_have_count(0)
    assert picture(page) == before


def test_a_stroke_across_a_chart_is_a_range(page: Page) -> None:
    chart = page.locator(".sift canvas").first
    chart.scroll_into_view_if_needed()
    box = chart.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 0.4 * box["width"], box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + 0.6 * box["width"], box["y"] + 20, steps=3)
    page.mouse.up()
    until(page, "siting.land().passing < 2000")
    some = passing(page)
    assert 0 < some < 2000
    least = page.get_by_label("Least: Odds against the median place")
    assert 70 <= int(least.input_value()) <= 90
    page.mouse.click(box["x"] + 0.5 * box["width"], box["y"] + 20)
    until(page, "siting.land().passing === 2000")


def test_a_country_and_estates_are_filters_too(page: Page) -> None:
    made = turning().live
    assert made is not None
    page.get_by_label("Country", exact=True).select_option("OM")
    until(page, "siting.land().passing < 2000")
    own = made.places["country"].eq("OM")
    assert passing(page) == own.sum()
    page.get_by_label("Estates", exact=True).select_option("known")
    wanted = int((own & made.places["estate"]).sum())
    until(page, f"siting.land().passing === {wanted}")
    page.get_by_label("free or special economic zone").check()
    until(page, f"siting.land().passing < {wanted}")


def test_the_legend_says_what_a_hexagon_is_worth(page: Page) -> None:
    here, box = page.locator(".here"), page.locator(".folium-map").bounding_box()
    assert box is not None
    said = set()
    for step in range(30, 100, 4):  # beside the legend, across the map
        page.mouse.move(box["x"] + box["width"] * step / 100, box["y"] + box["height"] * 0.6)
        page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))")
        said.add(here.inner_text())
    known = [text for text in said if "odds of the median place" in text]
    assert known
    assert all("delivered cost" in text and "USD/t" in text for text in known)


def test_a_browser_that_cannot_inflate_says_so(chromium: Browser, file: Path) -> None:
    context = chromium.new_context()
    context.add_init_script(WITHOUT)
    page = context.new_page()
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(file.as_uri())
    until(page, "document.querySelector('p.noscript') !== null")
    assert "browser of 2023" in page.locator("p.noscript").inner_text()
    assert said == []
    context.close()
