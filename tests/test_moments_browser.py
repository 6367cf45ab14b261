"""A page that holds several moments, driven in Chromium."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import Watched, launched, opened
from playwright.sync_api import Browser, Page
from sample_live import turning

from maps.atlas import Atlas, draw

pytestmark = pytest.mark.browser
HOSTILE = '</script><img src=x onerror="window.hit=1">{{7*7}}'


def then() -> Atlas:
    """The same question earlier: another first site, another answer."""
    now = turning()
    assert now.live is not None
    places = now.live.places.assign(name="Then " + now.live.places["name"])
    live = dataclasses.replace(now.live, places=places)
    return dataclasses.replace(now, live=live, moment=f"1 May 2020 {HOSTILE}")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with launched() as browser:
        yield browser


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("moments") / "map.html"
    now = dataclasses.replace(turning(), moment="22 November 2026")
    file.write_text(draw(now, then()), encoding="utf-8")
    return file


@pytest.fixture
def watched(chromium: Browser, path: Path) -> Iterator[Watched]:
    with opened(chromium, path) as page:
        yield page
        assert page.complaints == []
        assert {url.split("#")[0] for url in page.requests} == {path.as_uri()}


def first(page: Page) -> str:
    return str(page.locator("#list li").first.inner_text())


def choose(page: Page, moment: str) -> None:
    with page.expect_navigation():
        page.get_by_label("As of").select_option(moment)
    page.locator("#list li").first.wait_for()


def test_a_moment_is_chosen_and_left_again(watched: Watched) -> None:
    page = watched.page
    assert "Then " not in first(page)
    assert page.evaluate("siting.moments().map((one) => one.shown)") == [True, False]
    choose(page, "1")
    assert "Then " in first(page)
    assert page.evaluate("siting.moments().map((one) => one.shown)") == [False, True]
    assert "at=1" in page.url
    choose(page, "0")
    assert "Then " not in first(page)
    assert "at=" not in page.url


def test_weights_and_site_come_along(watched: Watched) -> None:
    page = watched.page
    site = page.evaluate("siting.pick(siting.ranking()[1].site_id)")
    strategy = page.evaluate("Object.keys(siting.setting().weights)[0]")
    page.evaluate("(name) => siting.setStrategy(name)", strategy)
    choose(page, "1")
    assert page.evaluate("siting.setting().strategy") == strategy
    assert f"site={site}" in page.url
    assert page.locator("#dossier").is_visible()


def test_an_unknown_moment_is_the_first(chromium: Browser, path: Path) -> None:
    with opened(chromium, path) as watched:
        page = watched.page
        for at in ("7", "-1", "x", "0"):
            page.goto(f"{path.as_uri()}#at={at}")
            page.reload()
            assert "Then " not in first(page)


def test_the_name_of_a_moment_is_text(watched: Watched) -> None:
    page = watched.page
    said = page.locator("#moment option").nth(1).inner_text()
    assert HOSTILE in said
    assert page.evaluate("window.hit === undefined")


def test_the_basemap_stands_once_in_the_file(path: Path) -> None:
    blocks = re.findall(r'id="(atlas[^"]*)">(.*?)</script>', path.read_text("utf-8"), re.DOTALL)
    assert [name for name, _ in blocks] == ["atlas", "atlas-1"]
    grounds = [set(json.loads(text)["ground"]) for _, text in blocks]
    assert {"coast", "countries", "scored"} < grounds[0]
    assert grounds[1] == {"scored"}


def test_one_moment_needs_no_choice(chromium: Browser, tmp_path: Path) -> None:
    file = tmp_path / "one.html"
    file.write_text(draw(turning()), encoding="utf-8")
    with opened(chromium, file) as watched:
        assert watched.page.locator("#when").is_hidden()
        assert watched.page.evaluate("siting.moments()") == []


@pytest.mark.parametrize("width", [390, 1440])
def test_the_choice_fits_the_page(chromium: Browser, path: Path, width: int) -> None:
    with opened(chromium, path, width=width) as watched:
        page = watched.page
        assert page.get_by_label("As of").is_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
