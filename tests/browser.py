"""Chromium for the tests: found or skipped loudly, and every request and complaint recorded.

The fixture `chromium` of conftest.py gives one browser a file.
"""

from __future__ import annotations

import base64
import importlib.util
import json
import os
import re
import shutil
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import pytest
from playwright.sync_api import Browser, Error, Page, sync_playwright

SCRIPTS = Path(__file__).parents[1] / "maps/panel/scripts"
# Gives a page all that a module exports, as globals.
IMPORT = """text => import(URL.createObjectURL(new Blob([text], {type: 'text/javascript'})))
  .then(module => { Object.assign(window, module); })"""
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars"]
# The shell is the same engine without the window of a browser: half the work of each start.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
# What text from data must never become.
FOREIGN = """() => [...document.querySelectorAll(
  'img, iframe, object, embed, base, link, form, a[href^="javascript"],'
  + '[onload], [onerror], [onmouseover]')]
  .map(n => n.outerHTML)"""
# Puts a page back as it opened, without loading it again: what is open, chosen, typed, switched.
AFRESH = """start => {
  siting.reset?.();
  siting.pick(null);
  document.querySelector('#card:not([hidden]) .close')?.click();
  const compare = document.getElementById('compare');
  if (!compare.hidden) compare.querySelector('.close').click();
  const story = document.getElementById('story');
  if (!story.hidden) story.querySelector('.close').click();
  siting.pins?.([]);
  siting.layers(start.layers);
  const query = document.getElementById('query');
  query.value = '';
  query.blur();
  for (const id of ['legend', 'weights', 'short']) {
    const folded = document.getElementById(id).classList.contains('shut');
    const by = {legend: 'legendtoggle', weights: 'weightsfold', short: 'shorten'}[id];
    if (folded !== start.shut[id]) document.getElementById(by).click();
  }
  document.querySelectorAll('details[open]').forEach(n => { n.open = false; });
  document.querySelectorAll('.opener[aria-expanded=true]').forEach(n => n.click());
  document.querySelectorAll('.lock[aria-pressed=true]').forEach(n => n.click());
  document.getElementById('scroll').scrollTop = 0;
  map_atlas.setView(start.centre, start.zoom, {animate: false});
  document.body.tabIndex = -1; // so that Tab starts at the top
  document.body.focus();
  document.body.removeAttribute('tabindex');
}"""
UNFOLD = """wide => {
  const folds = [['weights', 'weightsfold'], ['legend', 'legendtoggle']];
  for (const [id, by] of folds.slice(0, wide ? 2 : 1)) {
    const folded = document.getElementById(id).classList.contains('shut');
    if (folded) document.getElementById(by).click();
  }
}"""
PHONE, DESK = 900, 1099  # pixels: wider has the weights, and room for the legend too
Look = TypeVar("Look")
START = """() => ({
  layers: siting.layers(), zoom: map_atlas.getZoom(),
  centre: [map_atlas.getCenter().lat, map_atlas.getCenter().lng],
  shut: Object.fromEntries(['legend', 'weights', 'short'].map(
    id => [id, document.getElementById(id).classList.contains('shut')])),
})"""


def payloads(page: str) -> dict[str, Any]:
    """Return what the script of a page reads, by the name of the moment's block."""
    blocks = re.findall(r'<script type="text/plain" id="(atlas[^"]*)">(.*?)</script>', page)
    return {name: json.loads(zlib.decompress(base64.b64decode(one))) for name, one in blocks}


@contextmanager
def launched() -> Iterator[Browser]:
    """Give a headless Chromium; without one, skip loudly, or fail where CI promises it."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        said = "*** NO CHROMIUM: the page was not driven. Install chromium to run these tests. ***"
        print(said, file=sys.stderr)  # noqa: T201 - a skip must not pass unseen
        if os.environ.get("CI") == "true":
            pytest.fail(said)
        pytest.skip(said)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@dataclass
class Watched:
    """A page with what it asked for and complained of."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    start: Any = None

    def assert_quiet(self) -> None:
        """Only the file itself was asked for, and nothing went wrong."""
        assert [url for url in self.requests if not url.startswith("file:")] == []
        assert len(self.requests) == 1, self.requests
        assert self.complaints == []


@contextmanager
def opened(
    browser: Browser,
    path: Path,
    width: int = 1440,
    height: int = 900,
    *,
    trusting: bool = False,
    folded: bool = False,
    touch: bool = False,
) -> Iterator[Watched]:
    """Open a file; `trusting` switches the page's own content policy off, `touch` has no mouse.

    On a desk the legend and the weights are unfolded, so that a test can reach them, but where
    `folded` leaves the page as a reader meets it.
    """
    context = browser.new_context(
        viewport={"width": width, "height": height},
        bypass_csp=trusting,
        reduced_motion="reduce",
        has_touch=touch,
        is_mobile=touch,
    )
    page = context.new_page()
    watched = Watched(page)
    page.on("request", lambda request: watched.requests.append(request.url))
    page.on("pageerror", lambda error: watched.complaints.append(f"error: {error}"))
    page.on("dialog", lambda dialog: watched.complaints.append(f"dialog: {dialog.message}"))
    page.on("popup", lambda other: watched.complaints.append(f"popup: {other.url}"))
    page.on("console", lambda line: watched.complaints.append(f"{line.type}: {line.text}"))
    page.goto(path.as_uri())
    until(page, "window.siting !== undefined")
    if width > PHONE and not folded:
        page.evaluate(UNFOLD, width > DESK)
    yield watched
    context.close()


def script_of(name: str) -> str:
    """Return a script of ours with what it imports in the place of its imports."""
    text = (SCRIPTS / name).read_text(encoding="utf-8")
    return re.sub(r'^import \{[^}]*\} from "\./(\w+\.js)";$',
                  lambda found: script_of(found[1]), text, flags=re.MULTILINE)  # fmt: skip


def with_module(browser: Browser, name: str) -> Page:
    """Return a blank page with what a script of ours gives to others."""
    page = browser.new_page()
    page.evaluate(IMPORT, script_of(name))
    return page


def until(page: Page, true: str) -> None:
    """Wait for an expression; Playwright's own way would need `eval`, which the page forbids."""
    for _ in range(400):
        try:
            if page.evaluate(true):
                return
        except Error as error:  # asked while the page was being opened anew
            if "context was destroyed" not in error.message:
                raise
        page.wait_for_timeout(10)
    pytest.fail(f"never came true: {true}")


def eventually(page: Page, faults: Callable[[], list[Any]]) -> None:
    """Wait until nothing is wrong; fail with what still is."""
    wrong: list[Any] = []
    for _ in range(100):
        wrong = faults()
        if not wrong:
            return
        page.wait_for_timeout(40)
    pytest.fail(f"still wrong: {wrong}")


def still(page: Page, look: Callable[[], Look]) -> Look:
    """Return what is looked at once it moves no more."""
    seen = [look()]

    def moved() -> list[Any]:
        page.wait_for_timeout(80)
        seen.append(look())
        return [] if seen[-1] == seen[-2] else ["it moves"]

    eventually(page, moved)
    return seen[-1]


def afresh(watched: Watched) -> Watched:
    """Return the page as it opened; the first call looks at how that was."""
    if watched.start is None:
        watched.start = watched.page.evaluate(START)
    else:
        watched.page.mouse.move(1, 1)
        watched.page.evaluate(AFRESH, watched.start)
    return watched


def axe_source() -> str | None:
    """Return axe-core, which the package axe-playwright-python carries; None without it."""
    found = importlib.util.find_spec("axe_playwright_python")
    if found is None or found.origin is None:
        assert os.environ.get("CI") != "true", "axe-playwright-python is not installed"
        return None
    return Path(found.origin).with_name("axe.min.js").read_text(encoding="utf-8")


def assert_open_to_all(
    page: Page, axe: str | None, within: str = "html", *, rules: tuple[str, ...] = ()
) -> None:
    """Nothing that axe calls serious stands in a part of the page, by all rules or by some."""
    if axe is None:
        return
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe)
    # a frame is a page of its own; axe would write to it, which a sandboxed one refuses aloud
    found = page.evaluate(
        """([part, rules]) => axe.run(part, {iframes: false, resultTypes: ['violations'],
          ...(rules.length ? {runOnly: rules} : {})}).then(r => r.violations)""",
        [within, list(rules)],
    )
    bad = [one for one in found if one["impact"] in ("serious", "critical")]
    seen = [f"{one['id']}: {node['html'][:200]}" for one in bad for node in one["nodes"]]
    assert not seen, "\n".join(seen)
