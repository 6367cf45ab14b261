"""A page that holds several moments, driven in Chromium."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from browser import Watched, opened, payloads, until
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
    page.locator(f"#moment-{moment}").click()
    until(page, f"window.siting && siting.moments()[{moment}].shown")


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
    page.evaluate("siting.setLens('onshoring')")
    choose(page, "1")
    assert page.evaluate("siting.setting().lens") == "onshoring"
    assert f"site={site}" in page.url
    assert page.locator("#dossier").is_visible()


def test_a_hand_that_rests_while_the_page_is_left_loses_nothing(watched: Watched) -> None:
    """It rests 150 ms after a turn, and then writes the address that what is kept stands behind."""
    page = watched.page
    page.evaluate("""() => {
      siting.setWeights({energy: 0.9});
      setTimeout(() => document.getElementById('moment-1').click(), 149);
    }""")
    until(page, "window.siting && siting.moments()[1].shown")
    assert page.locator("#since").is_visible()


def test_an_unknown_moment_is_the_first(chromium: Browser, path: Path) -> None:
    with opened(chromium, path) as watched:
        page = watched.page
        for at in ("7", "x"):
            page.goto(f"{path.as_uri()}#at={at}")
            page.reload()
            assert "Then " not in first(page)


def test_the_name_of_a_moment_is_text(watched: Watched) -> None:
    page = watched.page
    assert HOSTILE in str(page.locator(".tick").last.text_content())
    assert page.evaluate("window.hit === undefined")


def test_the_basemap_stands_once_in_the_file(path: Path) -> None:
    blocks = payloads(path.read_text("utf-8"))
    assert list(blocks) == ["atlas", "atlas-1"]
    assert {"coast", "countries", "scored"} < set(blocks["atlas"]["ground"])
    changed = {path[0] for path, _, _ in blocks["atlas-1"]["changes"]}
    assert "live" in changed
    assert not changed & {"ground", "names", "surface", "palette"}


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
        assert page.get_by_role("group", name="As of").is_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_step_in_time_keeps_view_layers_and_what_was_open(watched: Watched) -> None:
    page = watched.page
    page.evaluate("siting.layers({cars: true, demand: false, plain: true})")
    page.locator("#weightsfold").click()
    page.evaluate("() => { map_atlas.setView([10, 100], 5, {animate: false}) }")
    was = str(page.evaluate("siting.ranking()[0].name"))
    page.locator("#moment-0").focus()
    page.keyboard.press("ArrowRight")
    until(page, "window.siting && siting.moments()[1].shown")
    assert page.locator("#moment-1").evaluate("n => n === document.activeElement && n.checked")
    held = page.evaluate("siting.layers()")
    assert (held["cars"], held["demand"], held["plain"]) == (True, False, True)
    assert page.locator("#weightsfold").get_attribute("aria-expanded") == "false"
    view = page.evaluate("[map_atlas.getZoom(), map_atlas.getCenter().lat]")
    assert view == pytest.approx([5, 10], abs=0.5)  # the answer above may take a line more
    assert f"{was} had rank 1" in str(page.locator("#since").text_content())
    page.reload()  # told once
    until(page, "window.siting !== undefined")
    assert page.locator("#since").is_hidden()


def test_moments_stand_in_the_order_of_time(chromium: Browser, tmp_path: Path) -> None:
    file = tmp_path / "three.html"
    labels = ("22 November 2026, demand of 2030", "22 November 2026, demand of 2027",
              "28 November 2023, demand of 2030")  # fmt: skip
    file.write_text(draw(*(dataclasses.replace(turning(50), moment=m) for m in labels)), "utf-8")
    with opened(chromium, file) as watched:
        page = watched.page
        ids = page.locator(".tick input").evaluate_all("nodes => nodes.map(n => n.id)")
        assert ids == ["moment-2", "moment-1", "moment-0"]
        assert page.locator("#later").is_disabled()
        page.locator("#earlier").click()
        until(page, "window.siting && siting.moments()[1].shown")
        assert page.locator("#earlier").evaluate("n => n === document.activeElement")


LINE = ("28 November 2023, demand of 2030", "30 June 2025, demand of 2030",
        "22 November 2026, demand of 2027", "22 November 2026, demand of 2030")  # fmt: skip
MIDDLES = """nodes => nodes.map(n => { const b = n.getBoundingClientRect();
  return b.left + b.width / 2; })"""


@pytest.fixture(scope="module")
def line(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("line") / "map.html"
    atlases = (dataclasses.replace(turning(50), moment=m) for m in reversed(LINE))
    file.write_text(draw(*atlases), encoding="utf-8")
    return file


def test_dots_lie_true_to_their_dates_and_those_of_one_day_beside_each_other(
    chromium: Browser, line: Path
) -> None:
    with opened(chromium, line) as watched:
        page = watched.page
        first, second, third, last = page.locator(".tick input").evaluate_all(MIDDLES)
        span = (date(2026, 11, 22) - date(2023, 11, 28)).days
        part = (date(2025, 6, 30) - date(2023, 11, 28)).days / span
        assert (second - first) / (last - first) == pytest.approx(part, abs=0.01)
        assert 14 < last - third < 0.1 * (last - first)
        names = page.locator(".tick").all_inner_texts()
        assert len(set(names)) == len(LINE)


def test_every_name_on_the_line_can_be_read_on_a_phone(chromium: Browser, line: Path) -> None:
    with opened(chromium, line, width=390, height=844) as watched:
        for tick in watched.page.locator(".tick").all():
            tick.scroll_into_view_if_needed()
            texts = tick.locator("span, small")
            assert texts.count() == 2
            for text in texts.all():
                assert text.evaluate("n => parseFloat(getComputedStyle(n).fontSize)") >= 11
                own, box = text.bounding_box(), tick.bounding_box()
                assert own is not None
                assert box is not None
                assert own["width"] <= box["width"] + 1
                assert text.evaluate("n => n.scrollWidth <= n.parentNode.clientWidth")


def test_after_a_step_each_row_says_how_it_moved(chromium: Browser, tmp_path: Path) -> None:
    now = turning()
    assert now.live is not None
    earlier = dataclasses.replace(now.live, values=1 - now.live.values)
    file = tmp_path / "moved.html"
    now = dataclasses.replace(now, moment=LINE[3])
    file.write_text(
        draw(now, dataclasses.replace(now, live=earlier, moment=LINE[0])), encoding="utf-8"
    )
    ranks = "Object.fromEntries(siting.ranking('places').map(r => [r.site_id, r.zone]))"
    with opened(chromium, file) as watched:
        page = watched.page
        page.evaluate("() => { siting.setWeights({energy: 0.9}) }")
        before = page.evaluate(ranks)
        shown = page.evaluate("siting.ranking().length")
        choose(page, "1")
        rows = page.evaluate("siting.ranking()")
        marks = page.locator("#list .shift").all_inner_texts()
        assert any(marks)
        for row, mark in zip(rows, marks, strict=False):
            was = before.get(row["site_id"], 0)
            by = was - row["rank"]
            text = "" if by == 0 else f"\u25b2{by}" if by > 0 else f"\u25bc{-by}"
            assert mark == (text if 0 < was <= shown else "new")
        title = page.locator("#list .shift:not(:empty)").first.get_attribute("title")
        assert title is not None
        assert title.endswith("since 22 November 2026, demand of 2030")
        page.evaluate("() => { siting.setLens('onshoring') }")
        assert "since" not in str(page.locator("#list .row").first.get_attribute("aria-label"))


def test_owner_and_law_are_switches_that_lead_back(chromium: Browser, tmp_path: Path) -> None:
    now = dataclasses.replace(turning(), owner="Chinese")
    korean = dataclasses.replace(
        then(), moment="", owner="Korean", what_if="Korean investor", switch="owner"
    )
    lawless = dataclasses.replace(then(), moment="", what_if=HOSTILE, switch="law")
    file = tmp_path / "switches.html"
    file.write_text(draw(now, korean, lawless), encoding="utf-8")
    with opened(chromium, file) as watched:
        page = watched.page

        def pressed() -> list[str]:
            return page.locator("#whatifs [aria-pressed=true]").all_inner_texts()

        assert page.get_by_role("group", name="Owner").get_by_role("button").count() == 2
        assert page.locator("#when").is_hidden()
        assert pressed() == ["Chinese", "Today's"]
        page.locator("#owner-1").click()
        until(page, "window.siting && siting.moments()[1].shown")
        assert pressed() == ["Korean", "Today's"]
        assert "Then " in first(page)
        page.locator("#law-2").click()
        until(page, "window.siting && siting.moments()[2].shown")
        assert pressed() == ["Chinese", HOSTILE]
        page.locator("#owner-0").click()
        until(page, "window.siting && siting.moments()[0].shown")
        assert "Then " not in first(page)
        assert page.evaluate("window.hit === undefined")
        assert watched.complaints == []
