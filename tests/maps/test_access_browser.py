"""Sheets and story for everyone: axe in both themes and forced colours, and by keyboard alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from browser import Watched, afresh, assert_open_to_all, axe_source, opened
from playwright.sync_api import Browser, Page, expect
from sample_dossiers import with_dossiers
from sample_live import turning

from maps.atlas import draw

pytestmark = pytest.mark.browser
FORCED = {
    "light": {"color_scheme": "light", "forced_colors": "none"},
    "dark": {"color_scheme": "dark", "forced_colors": "none"},
    "forced": {"color_scheme": "dark", "forced_colors": "active"},
}
FOCUSED = """() => {
  const {id, className, tagName} = document.activeElement;
  return id || String(className).split(' ')[0] || tagName;
}"""


ATLAS = with_dossiers(turning(600))
assert ATLAS.dossiers is not None
WITH_DOSSIERS = ATLAS.dossiers.places["site_id"].iloc[:2].tolist()


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("access") / "map.html"
    path.write_text(draw(ATLAS), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def shared(chromium: Browser, file: Path) -> Iterator[Watched]:
    with opened(chromium, file) as page:
        yield page


@pytest.fixture
def page(shared: Watched) -> Iterator[Page]:
    """The page as it opened, quiet when a test leaves it."""
    shared.page.emulate_media(color_scheme="light", forced_colors="none")
    yield afresh(shared).page
    shared.assert_quiet()


def opened_dossier(page: Page) -> None:
    page.evaluate("id => siting.pick(id)", WITH_DOSSIERS[0])
    page.evaluate("document.querySelectorAll('#dossier details').forEach(d => { d.open = true; })")
    page.locator("#dossier .ask").first.click()


def pinned(page: Page) -> None:
    page.evaluate("siting.pick(null)")
    page.evaluate(
        "ids => siting.pins([...ids, ...siting.ranking().slice(0, 2).map(row => row.site_id)])",
        WITH_DOSSIERS,
    )


def compared(page: Page) -> None:
    page.get_by_role("button", name="Compare 4 sites").click()


def told(page: Page) -> None:
    page.keyboard.press("Escape")
    page.locator("#tell").click()
    page.keyboard.press("ArrowRight")


def searched(page: Page) -> None:
    page.keyboard.press("Escape")
    page.locator("#query").fill("a")


STATES: tuple[tuple[Callable[[Page], None], str], ...] = (
    (opened_dossier, "#dossier"),
    (pinned, "#tray"),
    (compared, "#pinned"),
    (told, "#story"),
    (searched, ".tools"),
)


@pytest.mark.parametrize("media", FORCED)
def test_axe_finds_nothing_serious_in_any_sheet(page: Page, media: str) -> None:
    axe = axe_source()
    page.emulate_media(**FORCED[media])  # type: ignore[arg-type] # a row of words
    rules = () if media == "light" else ("color-contrast",)  # the others see no colour
    assert_open_to_all(page, axe, rules=("color-contrast",))
    for reach, sheet in STATES:
        reach(page)
        assert_open_to_all(page, axe, sheet, rules=rules)


def test_a_phone_in_the_dark_has_nothing_serious(chromium: Browser, file: Path) -> None:
    axe = axe_source()
    with opened(chromium, file, 390, 844) as watched:
        page = watched.page
        page.emulate_media(color_scheme="dark")
        for tab in ("Weights", "Legend", "Sites"):
            page.get_by_role("tab", name=tab).click()
            assert_open_to_all(page, axe, ".side", rules=("color-contrast",))
        for reach, sheet in STATES[:4]:
            reach(page)
            assert_open_to_all(page, axe, sheet, rules=("color-contrast",))
        watched.assert_quiet()


def test_forced_colours_keep_what_is_pressed_and_every_bar(page: Page) -> None:
    page.emulate_media(**FORCED["forced"])  # type: ignore[arg-type] # a row of words
    pinned(page)
    page.evaluate("siting.pick(siting.ranking()[0].site_id)")
    look = "n => { const s = getComputedStyle(n); return [s.backgroundColor, s.color].join(); }"
    for pressed, other in (
        ("#dossier .pinning", "#print"),
        (".row[aria-pressed=true]", ".row[aria-pressed=false]"),
        (".rowpin[aria-pressed=true]", ".rowpin[aria-pressed=false]"),
    ):
        first, second = (page.locator(one).first.evaluate(look) for one in (pressed, other))
        assert first != second, pressed
    page.evaluate("siting.pick(null)")
    compared(page)
    for bar in ("#pinned .stack i", "#pinned .oddsaxis i", ".countries .bar i", ".swatch"):
        colours = page.locator(bar).evaluate_all(
            "bars => bars.map(n => getComputedStyle(n).backgroundColor)"
        )
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert colours, bar
        assert not {ground, "rgba(0, 0, 0, 0)"} & set(colours), bar
    told(page)
    dots = page.locator(".dots i").evaluate_all(
        "dots => dots.map(n => getComputedStyle(n).backgroundColor)"
    )
    assert dots[0] != dots[1]


def tab_to(page: Page, wanted: str, most: int = 40) -> list[str]:
    """Press Tab until what is wanted has the focus; return where it has been."""
    been: list[str] = []
    while not been or been[-1] != wanted:
        assert len(been) < most, been
        page.keyboard.press("Tab")
        been.append(str(page.evaluate(FOCUSED)))
    return been


def test_the_keyboard_leads_from_the_answer_to_list_dossier_and_comparison(page: Page) -> None:
    assert tab_to(page, "tell")[0] == "skip"
    assert "price" in tab_to(page, "ask")
    tab_to(page, "row")
    page.keyboard.press("p")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#dossier")).to_be_focused()
    assert tab_to(page, "button") == ["button"]  # the one that pins
    page.keyboard.press("Space")
    expect(page.locator("#dossier .pinning")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Escape")
    expect(page.locator(".row").nth(1)).to_be_focused()
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "Compare 2 sites":
            break
    page.keyboard.press("Enter")
    expect(page.locator("#pinned")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Copy picture"
    page.keyboard.press("Escape")
    expect(page.locator("#tray > .button")).to_be_focused()


def test_what_has_the_focus_is_seen_and_not_under_something_else(page: Page) -> None:
    """Every stop of the Tab key is in sight, with a ring (WCAG 2.2, 2.4.7 and 2.4.11)."""
    pinned(page)
    page.evaluate("document.activeElement.blur()")
    hidden = """() => {
      const node = document.activeElement;
      if (node === document.body) return null;
      if (node.id === 'map_atlas') return ['the map, which much lies over', true];
      const box = node.getBoundingClientRect();
      const at = [box.left + box.width / 2, box.top + Math.min(box.height / 2, 12)];
      const over = document.elementFromPoint(...at);
      const style = getComputedStyle(node);
      const seen = over && (node.contains(over) || over.contains(node));
      return [node.outerHTML.slice(0, 90), Boolean(seen) && style.outlineStyle !== 'none'];
    }"""
    bad = []
    for _ in range(150):
        page.keyboard.press("Tab")
        stop = page.evaluate(hidden)
        if stop is None:
            break
        if not stop[1]:
            bad.append(stop[0])
    else:
        pytest.fail("Tab never left the page")
    assert bad == []
