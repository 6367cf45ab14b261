"""Two settings, or two moments, over the map of the real page."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import pytest
from browser import Watched, afresh, opened, until
from playwright.sync_api import Browser, Locator, Page, expect
from sample_live import land, turning

from maps.atlas import Atlas, draw

pytestmark = pytest.mark.browser
HOSTILE = '</script><img src=x onerror="window.hit=1">{{7*7}}'
# The colours of what is seen of the land from one share of the map's width to another; with a name
# they are kept, else how many of a kept picture's are the same is returned (0 to 1).
SEEN = """([from, to, keep, like]) => {
  const canvas = [...document.querySelectorAll('.leaflet-fill-pane canvas')].at(-1);
  const copy = new OffscreenCanvas(canvas.width, canvas.height);
  const pen = copy.getContext('2d', {willReadFrequently: true});
  pen.drawImage(canvas, 0, 0);
  const wide = canvas.width / 1.5; // a quarter of the view lies beyond each edge
  const {data} = pen.getImageData(wide / 4 + from * wide, canvas.height / 6,
    (to - from) * wide, canvas.height / 1.5);
  const inks = new Uint32Array(data.buffer);
  window.kept ??= {};
  if (keep) window.kept[keep] = inks;
  const other = window.kept[like];
  if (!other) return 0;
  let [drawn, same] = [0, 0];
  for (let k = 0; k < inks.length; k += 1) {
    if (!inks[k] && !other[k]) continue;
    drawn += 1;
    same += Number(inks[k] === other[k]);
  }
  return drawn ? same / drawn : 1;
}"""
LEFT, RIGHT = (0.0, 0.45), (0.55, 1.0)
NEARLY = 0.95  # in some views a swipe differs from the land alone in a few pixels
ALIKE = 0.9  # what is cut at a line has other edges, in a few pixels


def then() -> Atlas:
    """The same places earlier, where what was good was bad."""
    now = turning()
    assert now.live is not None
    made = dataclasses.replace(now.live, values=1.0 - now.live.values)
    return dataclasses.replace(now, land=land(made), moment=f"1 May 2020 {HOSTILE}")


@pytest.fixture(scope="module")
def shared(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    file = tmp_path_factory.mktemp("swipe") / "map.html"
    now = dataclasses.replace(turning(), moment="22 November 2026")
    file.write_text(draw(now, then()), encoding="utf-8")
    with opened(chromium, file) as page:
        until(page.page, "siting.land() !== null")
        yield page


@pytest.fixture
def page(shared: Watched) -> Iterator[Page]:
    made = afresh(shared).page
    yield made
    made.keyboard.press("Escape")
    shared.assert_quiet()


def keep(page: Page, name: str) -> None:
    """Keep both halves of the land as they are seen now."""
    for half, (begin, end) in (("left", LEFT), ("right", RIGHT)):
        page.evaluate(SEEN, [begin, end, f"{name} {half}", ""])


def like(page: Page, name: str) -> tuple[float, float]:
    """Return how much of either half is as it was kept."""
    halves = (("left", LEFT), ("right", RIGHT))
    left, right = (float(page.evaluate(SEEN, [*span, "", f"{name} {half}"]))
                   for half, span in halves)  # fmt: skip
    return left, right


def swipe(page: Page, left: str, right: str) -> None:
    page.locator("#comparing").click()
    page.locator("#compare-a").select_option(label=left)
    page.locator("#compare-b").select_option(label=right)
    page.get_by_role("button", name="Swipe on the map").click()
    expect(line(page)).to_be_focused()
    until(page, "document.querySelector('#swipe p').textContent.startsWith('Left')")


def line(page: Page) -> Locator:
    return page.get_by_role("slider", name="Line between the two settings")


def test_each_side_is_the_land_under_its_own_setting(page: Page) -> None:
    page.locator("#shorten").click()  # so that no word above the map moves it
    keep(page, "own")
    page.evaluate("siting.wear('Onshoring')")
    keep(page, "lens")
    assert max(like(page, "own")) < ALIKE
    page.evaluate("siting.reset()")
    swipe(page, "The study's own weights", "Weights: Onshoring")
    own, lens = like(page, "own"), like(page, "lens")
    assert min(own[0], lens[1]) > ALIKE > max(own[1], lens[0])
    line(page).press("Home")
    assert min(like(page, "lens")) > NEARLY
    line(page).press("End")
    assert min(like(page, "own")) > NEARLY
    page.keyboard.press("Escape")
    assert page.locator("#swipe").is_hidden()
    assert like(page, "own") == (1.0, 1.0)


def test_the_line_is_moved_by_keys_and_by_hand_and_says_where_it_is(page: Page) -> None:
    swipe(page, "The study's own weights", "As turned here")
    expect(line(page)).to_have_attribute("aria-valuenow", "50")
    for key, now in (("PageUp", 60), ("ArrowRight", 62), ("ArrowLeft", 60), ("PageDown", 50)):
        line(page).press(key)
        expect(line(page)).to_have_attribute("aria-valuenow", str(now))
    words = "50 % The study's own weights, the rest As turned here"
    expect(line(page)).to_have_attribute("aria-valuetext", words)
    box = line(page).bounding_box()
    assert box is not None
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.move(*middle)
    page.mouse.down()
    page.mouse.move(middle[0] - 90, middle[1], steps=3)
    page.mouse.up()
    assert int(line(page).get_attribute("aria-valuenow") or 50) < 50


def test_what_is_turned_here_follows_the_weights(page: Page) -> None:
    page.locator("#shorten").click()
    swipe(page, "The study's own weights", "As turned here")
    keep(page, "before")
    page.evaluate("siting.setWeights({energy: {weight: 90}})")
    until(page, f"({SEEN})([0.55, 1, '', 'before right']) < {ALIKE}")
    assert like(page, "before")[0] > ALIKE


def test_another_moment_is_a_side_too(page: Page) -> None:
    swipe(page, "The study's own weights", "As turned here")
    right = page.get_by_label("Right of the line")
    keep(page, "before")
    assert HOSTILE in right.inner_text()
    right.select_option("moment1")
    until(page, f"({SEEN})([0.55, 1, '', 'before right']) < {ALIKE}")
    assert like(page, "before")[0] > ALIKE
    assert page.evaluate("window.hit") is None
