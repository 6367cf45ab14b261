"""Fingers, small screens and few stops: what is pressed is large, and no word is cut unsaid."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import Watched, afresh, opened
from playwright.sync_api import Browser, Page, expect
from sample_dossiers import with_dossiers
from sample_live import turning

from maps.atlas import draw

pytestmark = pytest.mark.browser
ATLAS = with_dossiers(turning(600))
assert ATLAS.dossiers is not None
WITH_DOSSIERS = ATLAS.dossiers.places["site_id"].iloc[:2].tolist()
LEAST = 44
# What can be pressed and is smaller than that, with the field of touch around it.
SMALL = """least => [...document.querySelectorAll('button, a[href], summary, input, select')]
  .filter(n => n.offsetParent && !n.closest('[aria-hidden=true]')
    && getComputedStyle(n).visibility === 'visible')
  .map(n => {
    const box = (n.closest('label') ?? n).getBoundingClientRect();
    const around = ['::after', '::before'].map(part => getComputedStyle(n, part))
      .filter(s => s.content !== 'none' && s.position === 'absolute');
    const size = name => Math.max(box[name], ...around.map(s => parseFloat(s[name]) || 0));
    return [n.outerHTML.slice(0, 100), Math.round(size('width')), Math.round(size('height'))];
  }).filter(([, wide, high]) => wide > 0 && (wide < least || high < least))"""
CUT = """() => [...document.querySelectorAll('.cell .text, .cell .head, .top h1, .top p')]
  .filter(n => n.offsetParent
    && (n.scrollHeight > n.clientHeight + 1 || n.scrollWidth > n.clientWidth + 1))
  .map(n => n.id)"""


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("touch") / "map.html"
    path.write_text(draw(ATLAS), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def shared(chromium: Browser, file: Path) -> Iterator[Watched]:
    with opened(chromium, file) as page:
        yield page


@pytest.fixture
def page(shared: Watched) -> Iterator[Page]:
    """The page as it opened, quiet when a test leaves it."""
    yield afresh(shared).page
    shared.assert_quiet()


@pytest.mark.parametrize(("width", "height"), [(390, 844), (844, 390), (1024, 768)])
def test_a_finger_hits_whatever_can_be_pressed(
    chromium: Browser, file: Path, width: int, height: int
) -> None:
    with opened(chromium, file, width, height, touch=True) as watched:
        page = watched.page
        assert page.evaluate("matchMedia('(pointer:coarse)').matches")
        tabs = ("Weights", "Legend", "Sites") if width < 900 else ()
        for tab in tabs:
            page.get_by_role("tab", name=tab).click()
            page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
            assert page.evaluate(SMALL, LEAST) == [], tab
        if not tabs:
            page.evaluate("document.getElementById('legendtoggle').click()")
            page.evaluate("document.querySelectorAll('button.opener').forEach(n => n.click())")
            assert page.evaluate(SMALL, LEAST) == []
        page.evaluate("ids => siting.pins(ids)", WITH_DOSSIERS)
        page.evaluate("id => siting.pick(id)", WITH_DOSSIERS[0])
        expect(page.locator("#dossier .money").first).to_be_attached()
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
        assert page.evaluate(SMALL, LEAST) == [], "dossier and tray"
        page.evaluate("siting.pick(null)")
        page.get_by_role("button", name="Compare 2 sites").click()
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
        assert page.evaluate(SMALL, LEAST) == [], "comparison"
        page.evaluate("document.querySelector('#pinned .close').click()")
        page.evaluate("document.getElementById('tell').click()")
        assert page.evaluate(SMALL, LEAST) == [], "story"
        inside = page.locator("#story .steps").evaluate("n => n.scrollWidth <= n.clientWidth")
        assert inside
        watched.assert_quiet()


def test_the_answer_is_whole_at_every_width(page: Page) -> None:
    for width, height in (
        (1440, 900),
        (1240, 800),
        (1024, 768),
        (901, 700),
        (390, 844),
        (320, 700),
    ):
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate(CUT) == [], width
        assert page.evaluate("document.documentElement.scrollWidth") == width
    page.set_viewport_size({"width": 1440, "height": 900})


def test_parts_of_the_world_are_one_stop_and_arrows_go_between_them(page: Page) -> None:
    page.locator("#query").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="All", exact=True)).to_be_focused()
    page.keyboard.press("Home")
    expect(page.get_by_role("button", name="Europe", exact=True)).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Gulf", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )
    page.keyboard.press("Tab")
    expect(page.locator("#legendtoggle")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("button", name="All", exact=True)).to_be_focused()


def test_sources_of_a_table_and_pinned_places_are_one_stop_each(page: Page) -> None:
    page.evaluate("id => siting.pick(id)", WITH_DOSSIERS[0])
    asked = page.locator("#dossier .money .ask")
    expect(asked.nth(1)).to_be_visible()  # the second half of a dossier comes after the first
    assert asked.evaluate_all("all => all.map(n => n.tabIndex)").count(0) == 1
    asked.first.focus()
    page.keyboard.press("End")
    expect(asked.last).to_be_focused()
    page.keyboard.press("Enter")
    expect(asked.last).to_have_attribute("aria-expanded", "true")
    page.evaluate("ids => siting.pins(ids)", WITH_DOSSIERS)
    chips = page.locator("#tray li button")
    assert chips.evaluate_all("all => all.map(n => n.tabIndex)") == [0, -1, -1, -1]
    chips.first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    assert page.evaluate("siting.pins()") == WITH_DOSSIERS[1:]
    expect(chips.first).to_be_focused()
