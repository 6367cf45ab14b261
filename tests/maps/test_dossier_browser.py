"""The dossier in the real page: places beyond the list, sources, what would make a place first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import Watched, afresh, opened
from playwright.sync_api import Browser, Page, expect
from sample_atlas import PAYLOADS
from sample_dossiers import with_dossiers
from sample_live import hostile_turning, turning

from maps.atlas import Atlas, draw

pytestmark = pytest.mark.browser


def further(atlas: Atlas) -> list[str]:
    assert atlas.dossiers is not None
    return [*atlas.dossiers.places["site_id"]]


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return with_dossiers(turning(600))


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory, atlas: Atlas) -> Path:
    path = tmp_path_factory.mktemp("dossier") / "map.html"
    path.write_text(draw(atlas), encoding="utf-8")
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


def dollars(page: Page, words: str) -> int:
    text = page.locator("#dossier .money", has_text=words).locator(".n").inner_text()
    return int(text.replace(",", "").replace("\u2212", "-"))


def test_cost_price_and_margin_of_a_dossier_add_up(page: Page, atlas: Atlas) -> None:
    for site in further(atlas):
        page.evaluate("id => siting.pick(id)", site)
        paid, left = dollars(page, "Its customers pay"), dollars(page, "Margin before tax")
        assert paid - dollars(page, "Delivered, on average") == left
    row = page.locator("#dossier .money", has_text="Its customers pay")
    page.evaluate("() => { siting.setPrice(6900) }")
    expect(row.locator(".n")).not_to_have_text(f"{paid:,}")
    assert dollars(page, "Its customers pay") > 5000
    row.get_by_role("button").click()
    expect(page.locator("#dossier .money + .sources")).to_be_visible()


def test_a_place_beyond_the_list_has_its_whole_dossier(page: Page, atlas: Atlas) -> None:
    page.evaluate("id => siting.pick(id)", further(atlas)[0])
    card = page.locator("#dossier")
    expect(card).to_contain_text("A tonne at the gate")
    expect(card.locator(".money", has_text="Capital aid")).to_contain_text("\u221250")
    expect(card.locator(".customers tbody tr")).to_have_count(3)
    expect(card.locator(".law")).to_have_count(2)
    expect(card.locator(".figures")).to_contain_text("\u2212250")
    expect(card.locator(".facts")).to_contain_text("Duqm Ltd")
    expect(card).not_to_contain_text("siting explain")
    page.evaluate("id => siting.pick(id)", further(atlas)[1])
    expect(card.locator("section", has_text="from your file")).to_contain_text("12 a metre")
    expect(card.locator(".law")).to_have_count(0)


def test_a_figure_says_where_it_is_from_in_one_click(page: Page, atlas: Atlas) -> None:
    page.evaluate("id => siting.pick(id)", further(atlas)[0])
    ask = page.get_by_role("button", name="Source of Power", exact=True)
    expect(ask).to_have_attribute("aria-expanded", "false")
    ask.click()
    shown = page.locator("#dossier .sources")
    expect(shown.locator("li")).to_have_count(2)
    expect(shown).to_contain_text("power price of Oman: 38 USD/MWh A")
    expect(shown).to_contain_text("of 2024, read 2026-01")
    expect(shown).to_contain_text("Regulator, tariff 4")
    ask.press("Enter")
    expect(shown).to_have_count(0)
    expect(ask).to_have_attribute("aria-expanded", "false")


def test_a_law_opens_with_its_source(page: Page, atlas: Atlas) -> None:
    page.evaluate("id => siting.pick(id)", further(atlas)[0])
    law = page.locator("#dossier .law").first
    law.locator("summary").click()
    expect(law).to_contain_text("Gazette 12")


def test_what_would_make_a_place_first_always_has_a_number(page: Page, atlas: Atlas) -> None:
    for site in further(atlas)[:5]:
        page.evaluate("id => siting.pick(id)", site)
        lines = page.locator("#dossier .case li, #dossier .lacks li").all_inner_texts()
        assert lines, site
        assert all(any(c.isdigit() for c in line) for line in lines), lines


def test_a_card_is_there_before_the_map_has_moved(page: Page) -> None:
    """The card costs a frame; the map and what is dear of the card follow it."""
    seen = page.evaluate(
        """() => { const at = String(map_atlas.getCenter());
        siting.pick(siting.ranking()[3].site_id);
        return [document.querySelectorAll('#dossier section').length > 0,
          at === String(map_atlas.getCenter())]; }"""
    )
    assert seen == [True, True]
    expect(page.locator("#dossier")).to_contain_text("How complete the facts are")


def test_hostile_text_in_dossiers_stays_text(chromium: Browser, tmp_path: Path) -> None:
    atlas = with_dossiers(hostile_turning(), PAYLOADS)
    path = tmp_path / "map.html"
    path.write_text(draw(atlas), encoding="utf-8")
    with opened(chromium, path, trusting=True) as watched:
        page = watched.page
        for site in further(atlas)[:2]:
            page.evaluate("id => siting.pick(id)", site)
            expect(page.locator("#dossier .figures")).to_be_visible()
            page.wait_for_timeout(100)
            page.evaluate("document.querySelectorAll('#dossier .ask').forEach(n => n.click())")
        assert page.evaluate("window.__ran") is None
        assert page.locator("#dossier :is(script, img, svg)").count() == 0
        watched.assert_quiet()
