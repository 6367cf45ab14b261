"""The dark theme in the real page: whose it is, what follows it at once, what stays light."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import Watched, eventually, opened, until
from PIL import Image
from playwright.sync_api import Browser, Page, expect
from sample_dossiers import with_dossiers
from sample_live import turning

from maps.atlas import draw
from maps.palette import DARK, LIGHT, THEMES, Theme

pytestmark = pytest.mark.browser
PAPER = "getComputedStyle(document.querySelector('.side')).backgroundColor"
# How often each opaque colour stands in a picture, read from a copy.
INKS = """node => {
  const copy = new OffscreenCanvas(node.width, node.height);
  const pen = copy.getContext('2d', {willReadFrequently: true});
  pen.drawImage(node, 0, 0);
  const {data} = pen.getImageData(0, 0, node.width, node.height);
  const counts = {};
  for (let k = 0; k < data.length; k += 4) {
    if (data[k + 3] < 255) continue;
    const ink = '#' + [0, 1, 2].map(c => data[k + c].toString(16).padStart(2, '0')).join('');
    counts[ink.toUpperCase()] = (counts[ink.toUpperCase()] || 0) + 1;
  }
  return counts;
}"""
CANVASES = {
    "ground": (".leaflet-land-pane canvas", ("land", "unscored")),
    "scores": (".leaflet-fill-pane canvas:last-of-type", ("land-1", "land-5")),
    "rivals": (".leaflet-points-pane canvas", ("ink",)),
    "names": (".leaflet-names-pane canvas", ("ink",)),
    "filter": (".sift canvas >> nth=0", ("navy",)),
}


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("theme") / "map.html"
    path.write_text(draw(with_dossiers(turning(600))), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def shared(chromium: Browser, file: Path) -> Iterator[Watched]:
    with opened(chromium, file) as page:
        until(page.page, "siting.land().places > 0")
        page.page.locator(".sift").evaluate("node => { node.open = true; }")
        yield page


@pytest.fixture
def page(shared: Watched) -> Iterator[Page]:
    """The page with nothing chosen, on a light system."""
    shared.page.emulate_media(color_scheme="light", media="screen")
    shared.page.get_by_label("Colours").select_option("")
    yield shared.page
    shared.assert_quiet()


def worn(page: Page) -> str:
    """The theme of the document by the colour of its paper."""
    red, green, blue = (int(part) for part in page.evaluate(PAPER)[4:-1].split(","))
    colour = f"#{red:02X}{green:02X}{blue:02X}"
    return next(name for name, theme in THEMES.items() if theme.colours["panel"] == colour)


def assert_drawn_in(page: Page, theme: Theme) -> None:
    """Every canvas has the colours of the theme, and none of the other's, once it is drawn."""
    eventually(page, lambda: list(_ill_drawn(page, theme)))


def _ill_drawn(page: Page, theme: Theme) -> Iterator[tuple[str, str]]:
    """Give the colours of a canvas that it lacks, or has of the other theme."""
    other = (DARK if theme is LIGHT else LIGHT).tokens()
    for name, (canvas, tokens) in CANVASES.items():
        inks = page.locator(canvas).first.evaluate(INKS)
        for token in tokens:
            if inks.get(theme.tokens()[token], 0) <= 5 or other[token] in inks:
                yield name, token


def test_the_page_follows_the_system_at_once_and_back(page: Page) -> None:
    for scheme in ("light", "dark", "light"):
        page.emulate_media(color_scheme=scheme)
        until(page, f"matchMedia('(prefers-color-scheme:{scheme})').matches")
        assert worn(page) == scheme
        assert_drawn_in(page, THEMES[scheme])


def test_what_a_reader_chooses_outdoes_the_system_and_is_remembered_in_no_link(
    page: Page,
) -> None:
    link, setting = page.evaluate("siting.link()"), page.evaluate("siting.setting()")
    page.get_by_label("Colours").select_option("Dark")
    assert worn(page) == "dark"
    assert_drawn_in(page, DARK)
    assert page.evaluate("siting.link()") == link
    assert page.evaluate("siting.setting()") == setting
    other = page.context.new_page()
    other.emulate_media(color_scheme="light")
    other.goto(page.url)
    until(other, "window.siting !== undefined")
    assert worn(other) == "dark"
    expect(other.get_by_label("Colours")).to_have_value("dark")
    other.close()
    page.get_by_label("Colours").select_option("Light")
    page.emulate_media(color_scheme="dark")
    assert worn(page) == "light"


def test_paper_is_light_and_the_screen_dark_again_after_it(page: Page) -> None:
    page.get_by_label("Colours").select_option("Dark")
    page.emulate_media(media="print")
    assert worn(page) == "light"
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    inks = page.locator(CANVASES["scores"][0]).first.evaluate(INKS)
    assert inks.get(LIGHT.land[-1], 0) > inks.get(DARK.land[-1], 0) == 0
    page.emulate_media(media="screen")
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert worn(page) == "dark"
    assert_drawn_in(page, DARK)


def test_the_copied_picture_of_pins_is_light_whatever_the_page_wears(page: Page) -> None:
    page.evaluate("siting.pins(siting.ranking().slice(0, 2).map(row => row.site_id))")
    page.get_by_label("Colours").select_option("Dark")
    page.get_by_role("button", name="Compare 2 sites").click()
    page.evaluate("""() => {
      Object.defineProperty(navigator, 'clipboard', {configurable: true, value: {
        async write([item]) { window.copied = await item.getType('image/png'); }}});
    }""")
    page.get_by_role("button", name="Copy picture").click()
    until(page, "window.copied !== undefined")
    data: Any = page.evaluate("""() => new Promise(done => {
      const reader = new FileReader();
      reader.onload = () => done(reader.result.split(',')[1]);
      reader.readAsDataURL(window.copied);
    })""")
    picture = Image.open(io.BytesIO(base64.b64decode(data))).convert("RGB")
    counts = {colour: many for many, colour in picture.getcolors(1 << 24) or []}
    assert max(counts, key=lambda colour: counts[colour]) == (255, 255, 255)
    market = LIGHT.pillars["market"]
    assert counts[tuple(int(market[k : k + 2], 16) for k in (1, 3, 5))] > 50
    page.keyboard.press("Escape")
    page.evaluate("siting.pins([])")


def test_a_phone_has_the_switch_under_its_legend_even_where_nothing_may_be_kept(
    chromium: Browser, file: Path
) -> None:
    with opened(chromium, file, 390, 844) as watched:
        page = watched.page
        expect(page.get_by_label("Colours")).to_be_hidden()
        page.evaluate(
            "Object.defineProperty(window, 'localStorage', {get() { throw new Error(); }})"
        )
        page.get_by_role("tab", name="Legend").click()
        page.get_by_label("Colours").select_option("Dark")
        assert worn(page) == "dark"
        watched.assert_quiet()
