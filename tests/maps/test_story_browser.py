"""The story in the real page: keys lead through its scenes, the map moves along, Escape leaves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import Watched, afresh, opened
from playwright.sync_api import Browser, Page, expect
from sample_dossiers import with_dossiers
from sample_live import hostile_turning, turning

from maps.atlas import draw

pytestmark = pytest.mark.browser
VIEW = "[map_atlas.getZoom(), map_atlas.getCenter().lat, map_atlas.getCenter().lng]"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("story") / "map.html"
    path.write_text(draw(with_dossiers(turning(600))), encoding="utf-8")
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


def test_keys_lead_from_the_question_to_the_first_three_zones(page: Page) -> None:
    rows = page.evaluate("siting.ranking()")
    texts = {name: page.locator(f"#{name}").text_content() for name in ("answer", "sure", "why")}
    page.locator("#tell").click()
    story, heads, views = page.locator("#story"), [], []
    expect(story).to_be_focused()
    for _ in range(9):
        heads.append(story.locator("h2").inner_text())
        views.append(page.evaluate(VIEW))
        body = story.locator("p").inner_text()
        expect(page.locator("#said")).to_contain_text(body[:60])
        wanted = {"The answer": "answer", "How sure is it?": "sure", "Why there?": "why"}
        if heads[-1] in wanted:
            assert body.endswith(texts[wanted[heads[-1]]])
        page.keyboard.press("ArrowRight")
    assert heads[:2] == ["The question", "The answer"]
    assert "What would change it?" in heads
    assert [h.split(". ", 1)[1].split(",")[0] for h in heads[-3:]] == [r["name"] for r in rows[:3]]
    assert len({tuple(view) for view in views[-3:]}) == 3  # the map moves along
    expect(story.get_by_role("button", name="Next scene")).to_be_disabled()
    page.keyboard.press("Home")
    expect(story.locator("h2")).to_have_text("The question")
    story.get_by_role("button", name="Next scene").click()
    expect(story.locator("h2")).to_have_text("The answer")


def test_escape_leaves_with_the_view_and_the_focus_that_were(page: Page) -> None:
    page.locator(".row").nth(2).click()
    page.keyboard.press("Escape")
    was = page.evaluate(VIEW)
    page.locator("#tell").click()
    page.keyboard.press("End")
    assert page.evaluate(VIEW) != was
    expect(page.locator(".side")).to_be_hidden()
    page.keyboard.press("Escape")
    expect(page.locator("#story")).to_be_hidden()
    expect(page.locator("#tell")).to_be_focused()
    expect(page.locator(".side")).to_be_visible()
    assert page.evaluate(VIEW) == pytest.approx(was, abs=0.05)  # half a pixel


def test_arrow_keys_are_the_pages_own_again_after_the_story(page: Page) -> None:
    page.locator("#tell").click()
    page.keyboard.press("Escape")
    page.locator(".row").first.focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".row").nth(1)).to_be_focused()


def test_a_scene_follows_a_turned_weight(page: Page) -> None:
    page.locator("#tell").click()
    page.keyboard.press("End")
    head = page.locator("#story h2").inner_text()
    page.evaluate("siting.setLens('onshoring')")
    third = page.evaluate("siting.ranking()[2].name")
    expect(page.locator("#story h2")).to_contain_text(third)
    assert head.startswith("3. ")


@pytest.mark.parametrize(("width", "height"), [(390, 844), (844, 390)])
def test_a_phone_has_the_whole_story(
    chromium: Browser, file: Path, width: int, height: int
) -> None:
    with opened(chromium, file, width, height) as watched:
        page = watched.page
        page.evaluate("document.getElementById('tell').click()")
        for _ in range(8):
            page.get_by_role("button", name="Next scene").click()
        box = page.locator("#story").bounding_box()
        assert box is not None
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= height
        watched.assert_quiet()


def test_hostile_names_stay_text(chromium: Browser, tmp_path: Path) -> None:
    path = tmp_path / "map.html"
    path.write_text(draw(hostile_turning()), encoding="utf-8")
    with opened(chromium, path, trusting=True) as watched:
        page = watched.page
        page.locator("#tell").click()
        for _ in range(8):
            page.keyboard.press("ArrowRight")
        assert page.evaluate("window.__ran") is None
        watched.assert_quiet()
