"""The page in another language: chosen on it, kept for its reader, English where there is none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from browser import opened, until
from playwright.sync_api import Browser, Page, expect
from sample_atlas import sample
from sample_live import turning
from words import english

from geodata.language import LANGUAGES, OWN_NAMES, TAGS
from maps import atlas as pages
from maps.atlas import Atlas, draw

pytestmark = pytest.mark.browser
SCRIPTS = Path("maps/panel/scripts")
WORDS = {
    "Earlier moment": "\u66f4\u65e9",
    "Print A3": "\u6253\u5370 A3",
    "Language": "<i>\u8bed\u8a00</i>",
    "Part of the world": "\u4e16\u754c\u5730\u533a",
}
SAID: dict[str, Any] = {"title": "\u8d1f\u6781\u5de5\u5382", "notes": ("<b>\u6ce8\u91ca</b>",)}


def said() -> Atlas:
    """An atlas that says little in Chinese."""
    return replace(sample(), spoken={"zh": SAID})


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pages that open in English and in Chinese, and one that knows English alone."""
    folder = tmp_path_factory.mktemp("language")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pages, "page_words", lambda _: WORDS)
        (folder / "en.html").write_text(draw(said()), encoding="utf-8")
        (folder / "zh.html").write_text(draw(replace(said(), language="zh")), encoding="utf-8")
        (folder / "one.html").write_text(draw(sample()), encoding="utf-8")
    return folder


@pytest.fixture
def pages_of(chromium: Browser, folder: Path) -> Iterator[Any]:
    """Open a page by its name, and see in the end that nothing was asked for nor complained of."""
    opening = []

    def open_(name: str) -> Page:
        one = opened(chromium, folder / f"{name}.html")
        opening.append(one)
        watched = one.__enter__()
        return watched.page

    yield open_
    for one in opening:
        one.__exit__(None, None, None)


def test_a_reader_chooses_the_language_and_it_stays_chosen(pages_of: Any) -> None:
    page = pages_of("en")
    title = page.locator("#title").inner_text()
    switch = page.locator("#language")
    assert switch.locator("option").all_inner_texts() == [OWN_NAMES["en"], OWN_NAMES["zh"]]
    switch.select_option("zh")
    expect(page.locator("#title")).to_have_text(SAID["title"])
    assert page.evaluate("document.documentElement.lang") == TAGS["zh"]
    assert page.locator("#earlier").get_attribute("aria-label") == WORDS["Earlier moment"]
    assert page.locator("#regions").get_attribute("aria-label") == WORDS["Part of the world"]
    assert page.locator("#print").inner_text() == WORDS["Print A3"]
    page.reload()
    expect(page.locator("#title")).to_have_text(SAID["title"])
    page.locator("#language").select_option("en")
    expect(page.locator("#title")).to_have_text(title)
    assert page.evaluate("document.documentElement.lang") == "en"
    page.evaluate("localStorage.clear()")


def test_words_of_a_language_are_text_and_what_it_lacks_is_english(pages_of: Any) -> None:
    page = pages_of("zh")
    assert page.locator("#title").inner_text() == SAID["title"]
    assert page.locator("label[for=language]").inner_text() == WORDS["Language"]
    assert page.locator("#notes li").first.inner_text() == SAID["notes"][0]
    assert page.locator("#notes b").count() == 0
    assert page.locator("#later").get_attribute("aria-label") == "Later moment"


def test_a_browser_that_keeps_nothing_reads_what_the_page_was_made_in(
    chromium: Browser, folder: Path
) -> None:
    page = chromium.new_page()
    page.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw 0; }})")
    page.goto((folder / "zh.html").as_uri())
    expect(page.locator("#title")).to_have_text(SAID["title"])
    page.close()


def test_a_page_of_one_language_offers_no_choice(pages_of: Any) -> None:
    page = pages_of("one")
    assert page.locator("#language").count() == 0


def test_a_moment_has_its_own_sentences(chromium: Browser, tmp_path: Path) -> None:
    later = replace(sample(), moment="2027", spoken={"zh": {**SAID, "title": "\u660e\u5e74"}})
    path = tmp_path / "moments.html"
    path.write_text(draw(replace(said(), language="zh"), later), encoding="utf-8")
    with opened(chromium, path) as watched:
        assert watched.page.locator("#title").inner_text() == SAID["title"]
        watched.page.evaluate("location.hash = 'at=1'")
        watched.page.reload()
        expect(watched.page.locator("#title")).to_have_text("\u660e\u5e74")


def test_the_script_names_the_languages_as_python_does() -> None:
    text = (SCRIPTS / "reader.js").read_text(encoding="utf-8")
    for language in LANGUAGES:
        name = OWN_NAMES[language].encode("ascii", "backslashreplace").decode().upper()
        name = name.replace("\\U", "\\u") if language != "en" else OWN_NAMES["en"]
        assert f'{language}: {{ name: "{name}", tag: "{TAGS[language]}" }}' in text


WHAT_THE_PAGE_SAYS = """() => ['.tabs', '#weights', '.listhead', '#pillars', '#regions', '#legend',
  '#story', '#ranked', '.top .right', '.leaflet-marker-pane'].flatMap((part) => {
  const walker = document.createTreeWalker(document.querySelector(part), NodeFilter.SHOW_ALL);
  const texts = [];
  for (let node = walker.currentNode; node; node = walker.nextNode()) {
    if (node.nodeType === 3) texts.push(node.data);
    else for (const name of ['aria-label', 'title', 'placeholder', 'aria-valuetext', 'label'])
      texts.push(node.getAttribute?.(name) ?? '');
  }
  return texts.filter((text) => text.trim());
})"""


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "en"])
def test_no_english_is_left_in_what_the_page_itself_says(
    chromium: Browser, tmp_path: Path, language: Any
) -> None:
    path = tmp_path / "page.html"
    sentences = dict.fromkeys(("title", "subtitle", "answer", "laws"), "")
    atlas = replace(turning(), spoken={language: sentences}, language=language)
    assert atlas.live is not None
    path.write_text(draw(atlas), encoding="utf-8")
    views = [view.name for view in atlas.live.views if view.kind == "stakeholder"]
    own = [*atlas.live.places["name"], *views, *OWN_NAMES.values()]  # names stay as they are
    with opened(chromium, path) as watched:
        page = watched.page
        page.evaluate("siting.setWeights({energy: 5})")
        page.locator("#tell").click()
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        until(page, "document.getElementById('happened').textContent")
        texts = page.evaluate(WHAT_THE_PAGE_SAYS)
    names = frozenset(word for name in own for word in re.findall(r"\w+", name))
    assert len(texts) > 100
    assert {text: left for text in texts if (left := english(text, names))} == {}


def test_the_line_of_time_is_in_the_order_of_dates_in_every_language(
    chromium: Browser, tmp_path: Path
) -> None:
    """The labels of a language say no date that a browser reads."""
    moments = [
        replace(sample(), moment=moment, spoken={"ko": {"moment": words}}, language="ko")
        for moment, words in [
            ("22 November 2026, demand of 2030", "\uc9c0\uae08"),
            ("1 May 2020, demand of 2025", "\uadf8\ub54c"),
        ]
    ]
    path = tmp_path / "moments.html"
    path.write_text(draw(*moments), encoding="utf-8")
    with opened(chromium, path) as watched:
        ticks = watched.page.locator(".tick")
        assert [tick.get_attribute("title") for tick in ticks.all()] == [
            "\uadf8\ub54c", "\uc9c0\uae08",
        ]  # fmt: skip
        assert ticks.locator("span").all_inner_texts() == ["2020. 5. 1.", "2026. 11. 22."]
        assert ticks.locator("small").all_inner_texts() == [
            "2025\ub144 \uc218\uc694", "2030\ub144 \uc218\uc694",
        ]  # fmt: skip
