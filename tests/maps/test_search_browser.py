"""Search in the real page: which thing is meant, in every language, and where Enter leads."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

import pytest
from browser import Watched, afresh, opened, with_module
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page, expect
from sample_atlas import sample

from geodata.codes import countries, country_of
from geodata.geometry import basemap, layer
from geodata.places import country_names
from maps import gazetteer
from maps.atlas import draw
from maps.escape import embed

pytestmark = pytest.mark.browser
WIDTHS = (320, 390, 820, 1024, 1440)
# What stands first under the field for each text.
FIRSTS = """texts => texts.map(text => {
  const field = document.getElementById('query');
  field.value = text;
  field.dispatchEvent(new Event('input'));
  return document.querySelector('#hits li').firstChild.textContent;
})"""
ROOM = """() => {
  const node = document.getElementById('query'), look = getComputedStyle(node);
  const pen = document.createElement('canvas').getContext('2d');
  pen.font = `${look.fontSize} ${look.fontFamily}`;
  const room = node.clientWidth - parseFloat(look.paddingLeft) - parseFloat(look.paddingRight);
  return node.placeholder && pen.measureText(node.placeholder).width <= room;
}"""


@pytest.fixture(scope="module")
def shared(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    file = tmp_path_factory.mktemp("search") / "map.html"
    file.write_text(draw(sample()), encoding="utf-8")
    with opened(chromium, file) as page:
        yield page


@pytest.fixture
def page(shared: Watched) -> Iterator[Page]:
    yield afresh(shared).page
    shared.assert_quiet()


@pytest.fixture(scope="module")
def match(chromium: Browser) -> Iterator[Page]:
    page = with_module(chromium, "match.js")
    yield page
    page.close()


def hits(page: Page, text: str) -> list[str]:
    page.locator("#query").fill(text)
    return page.locator("#hits li").all_inner_texts()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("USA", "United States"), ("us", "United States"), ("UK", "United Kingdom"),
        ("England", "United Kingdom"), ("UAE", "United Arab Emirates"), ("Korea", "South Korea"),
        ("Deutschland", "Germany"), ("Espana", "Spain"), ("Magyarország", "Hungary"),
        ("Maroc", "Morocco"), ("المغرب", "Morocco"), ("中国", "China"), ("中國", "China"),
        ("말레이시아", "Malaysia"), ("マレーシア", "Malaysia"), ("摩洛哥", "Morocco"),
        ("Oran", "Oran"), ("大阪", "Osaka"), ("东京都", "Tokyo"), ("서울", "Seoul"),
        ("niger", "Niger"), ("Turkiye", "Türkiye"), ("cote d'ivoire", "Côte d'Ivoire"),
    ],
)  # fmt: skip
def test_what_is_typed_is_what_is_meant(page: Page, typed: str, meant: str) -> None:
    first = hits(page, typed)[0].splitlines()[0]
    assert first == meant or first.startswith(f"{meant} ("), first


def test_oran_is_a_town_in_algeria_and_enter_goes_there(page: Page) -> None:
    assert "Town, Algeria" in hits(page, "Oran")[0]
    page.keyboard.press("Enter")
    expect(page.locator("#cardtitle")).to_have_text("Oran")
    centre = page.evaluate("[map_atlas.getCenter().lat, map_atlas.getCenter().lng]")
    assert centre == pytest.approx([35.7, -0.64], abs=0.1)
    page.keyboard.press("Escape")
    expect(page.locator("#card")).to_be_hidden()


def test_every_country_that_is_drawn_is_found_by_name_and_code(page: Page) -> None:
    names = country_names()
    drawn = sorted(basemap()["countries"].keys() & names)
    typed = [word for code in drawn for word in (names[code], code)]
    firsts = page.evaluate(FIRSTS, typed)
    meant = [names[code] for code in drawn for _ in range(2)]
    assert [f for f, m in zip(firsts, meant, strict=True) if not f.startswith(m)] == []


def test_a_country_without_a_place_has_a_card_that_says_what_the_law_does(page: Page) -> None:
    hits(page, "USA")
    page.keyboard.press("Enter")
    expect(page.locator("#card")).to_contain_text("closed to this investor")
    expect(page.locator("#card li")).to_have_text(["State aid", "Levy"])
    expect(page.locator(".pin .label")).to_have_text("United States")
    page.locator("#card .go").first.click()  # one of the nearest ranked sites
    expect(page.locator("#dossier")).to_be_visible()
    expect(page.locator("#card")).to_be_hidden()


@pytest.mark.parametrize(
    ("typed", "facts"),
    [
        ("CATL Debrecen", ("Gigafactory", "Owner", "Status", "GWh a year", "Chemistry")),
        ("Novonix Riverside", ("Rival anode plant", "Owner", "Status", "kt a year", "Product")),
    ],
)  # fmt: skip
def test_a_plant_has_a_card_and_a_pin_with_its_name(
    page: Page, typed: str, facts: tuple[str, ...]
) -> None:
    name = hits(page, typed)[0].splitlines()[0]
    page.keyboard.press("Enter")
    expect(page.locator("#cardtitle")).to_have_text(name)
    expect(page.locator(".pin .label")).to_have_text(name)
    for fact in (*facts, "Nearest ranked sites"):
        expect(page.locator("#card")).to_contain_text(fact)
    expect(page.locator("#card")).to_be_focused()


def test_a_name_with_its_country_is_found(page: Page) -> None:
    assert hits(page, "oran, algeria")[0].startswith("Oran")
    assert hits(page, "zzzz") == ["Nothing found"]


def test_the_words_in_the_empty_field_are_never_cut(page: Page) -> None:
    try:
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            page.wait_for_timeout(60)
            assert page.evaluate(ROOM), width
    finally:
        page.set_viewport_size({"width": 1440, "height": 900})


def test_names_cost_little() -> None:
    assert len(embed(gazetteer.payload()).encode()) < 125_000
    assert gazetteer.payload()["countries"].keys() == countries()


def test_every_name_that_a_table_may_hold_is_one_by_which_the_page_searches() -> None:
    """What `country_of` takes for a country, in whatever language, the page finds too."""
    rows = layer("country_names")
    known = gazetteer.payload()["countries"]
    alone = rows[[country_of(n) == c for n, c in zip(rows["name"], rows["country"], strict=True)]]
    flat = {code: {_flat(n) for n in names.split("|")} for code, names in known.items()}
    for name, code in zip(alone["name"], alone["country"], strict=True):
        assert _flat(name) in flat[code], name


def _flat(name: str) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return " ".join(
        "".join(c if c.isalnum() else " " for c in bare.casefold()).split()
    ).removeprefix("the ")


WORDS = st.lists(st.text("abcé", min_size=4, max_size=6), min_size=1, max_size=3).map(" ".join)


@settings(max_examples=60, deadline=None)
@given(name=WORDS, start=st.integers(0, 8), length=st.integers(4, 12))
def test_levels_are_exact_then_begin_then_word_then_inside(
    match: Page, name: str, start: int, length: int
) -> None:
    typed = name[start : start + length].strip()
    name, typed = name.replace("é", "e"), typed.replace("é", "e")
    if not typed:
        return
    expected = (
        0 if typed == name
        else 1 if name.startswith(typed)
        else 2 if f" {typed}" in f" {name}"
        else 3
    )  # fmt: skip
    level = match.evaluate(
        "([name, typed]) => fit([folded(name)], folded(typed)).level", [name, typed]
    )
    assert level == expected
