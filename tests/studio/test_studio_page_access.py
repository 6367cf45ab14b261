"""The page of the studio for everyone: axe, fingers, keys, narrow screens, both themes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import assert_open_to_all, axe_source
from playwright.sync_api import Browser, expect
from studio_page import shown
from studio_server import Served, filled, served

import maps

pytestmark = pytest.mark.browser
UNFOLD = "document.querySelectorAll('details').forEach(n => { n.open = true; })"
TABS = ("question", "sites", "weights", "laws", "yaml", "results", "versions", "runs")
BAD = "name: bad\nprice_usd_per_t: cheap\nstakeholders: {Buyer: {share: -2}}\nfoo: 3\n"
WIDE = "document.documentElement.scrollWidth > innerWidth + 1"
PANEL_WIDE = "(n => n.scrollWidth > n.clientWidth + 1)(document.getElementById('main'))"
SMALL_TARGETS = """() => [...document.querySelectorAll(
  'button, select, summary, input:not([type=checkbox], [type=radio], [type=file])')]
  .filter(n => n.offsetParent && n.getBoundingClientRect().height < 43.5)
  .map(n => n.outerHTML.slice(0, 120))"""


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder: Path = filled(tmp_path_factory.mktemp("studies"))
    (folder / "bad.yaml").write_text(BAD)
    with served(folder) as one:
        assert one.run(command="plan", study="small.yaml")["state"] == "done"
        study = one.get("/api/studies/small.yaml").json
        text = study["text"] + "capacity_ktpa: 60\n"
        one.ask("PUT", "/api/studies/small.yaml", {"text": text, "etag": study["etag"]})
        yield one


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_serious_stands_in_any_tab(chromium: Browser, studio: Served, scheme: str) -> None:
    axe = axe_source()
    with shown(chromium, studio, scheme=scheme) as page:
        assert_open_to_all(page.page, axe)
        for name in ("small.yaml", "bad.yaml"):
            page.open(name)
            for tab in TABS:
                page.tab(tab)
                assert_open_to_all(page.page, axe)
        page.open("small.yaml")
        page.tab("weights")
        page.page.evaluate(UNFOLD)
        page.page.locator("#method").select_option("ahp")
        page.page.locator("#weigh").click()
        expect(page.page.locator("#judged")).to_be_visible()
        assert_open_to_all(page.page, axe, "#panel-weights")
        page.page.locator("#new").click()
        assert_open_to_all(page.page, axe, "dialog")
        page.assert_quiet()


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1024, 768), (390, 844)])
def test_nothing_is_wider_than_the_screen(
    chromium: Browser, studio: Served, width: int, height: int
) -> None:
    with shown(chromium, studio, width, height) as page:
        if width < 760:
            page.page.locator("#railbutton").click()
        page.open("small.yaml")
        for tab in TABS:
            page.tab(tab)
            assert not page.page.evaluate(WIDE), tab
            assert not page.page.evaluate(PANEL_WIDE), tab


def test_a_finger_finds_44_pixels(chromium: Browser, studio: Served) -> None:
    with shown(chromium, studio, 390, 844, touch=True) as page:
        page.page.locator("#railbutton").click()
        page.open("bad.yaml")
        for tab in TABS:
            page.tab(tab)
            assert page.page.evaluate(SMALL_TARGETS) == [], tab


def test_tabs_are_one_stop_of_the_keyboard(chromium: Browser, studio: Served) -> None:
    with shown(chromium, studio) as page:
        tab = page.open("small.yaml")
        tab.locator("#tab-question").focus()
        tab.keyboard.press("ArrowRight")
        expect(tab.locator("#tab-sites")).to_be_focused()
        tab.keyboard.press("Enter")
        expect(tab.locator("#panel-sites")).to_be_visible()
        tab.keyboard.press("Tab")
        assert not tab.evaluate("document.activeElement.matches('[role=tab]')")


def test_a_card_keeps_the_focus_as_the_folder_is_read_anew(
    chromium: Browser, studio: Served
) -> None:
    with shown(chromium, studio) as page:
        card = page.page.locator("#cards .card", has_text="small.yaml")
        card.focus()
        page.page.keyboard.press("Enter")
        expect(page.page.locator("#name")).to_have_text("small.yaml")
        expect(card).to_be_focused()
        expect(card).to_have_attribute("aria-current", "true")
        other = page.page.locator("#cards .card", has_text="bad.yaml").element_handle()
        page.page.keyboard.press("Tab")
        card.click()
        assert other is not None
        assert other.evaluate("n => n.isConnected")  # what says the same stays the same


def test_the_bundle_is_made_of_the_scripts() -> None:
    """What `make check` holds by making it again, for those who have no Node."""
    folder = Path(maps.__file__).with_name("studio")
    written = b"".join(path.read_bytes() for path in sorted((folder / "scripts").glob("*.js")))
    first = (folder / "bundle.js").read_text(encoding="utf-8").splitlines()[0]
    assert hashlib.sha256(written).hexdigest() in first, "scripts were changed: run `make page`"
