"""Pinned places in the real page: tray, sheet, odds of one against another, picture, link."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from browser import Watched, afresh, opened, until
from playwright.sync_api import Browser, Page, expect
from sample_atlas import PAYLOADS
from sample_dossiers import with_dossiers
from sample_live import hostile_turning, live, own_setting, ranked, tree_of, turning

from maps.atlas import Atlas, draw
from siting.model.scoring import ODDS
from siting.study.weights import TOTAL, leaf_weights

pytestmark = pytest.mark.browser
PLACES = 600


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return with_dossiers(turning(PLACES))


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory, atlas: Atlas) -> Path:
    path = tmp_path_factory.mktemp("pins") / "map.html"
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


def first(page: Page, many: int) -> list[str]:
    return [row["site_id"] for row in page.evaluate("siting.ranking()")[:many]]


def compare(page: Page, ids: list[str]) -> None:
    assert page.evaluate("ids => siting.pins(ids)", ids) == ids
    page.get_by_role("button", name=f"Compare {len(ids)} sites").click()


def test_pins_are_set_from_dossier_row_and_key_and_stand_in_the_link(
    chromium: Browser, file: Path, page: Page
) -> None:
    ids = first(page, 3)
    page.evaluate("id => siting.pick(id)", ids[0])
    pin = page.locator("#dossier .pinning")
    pin.click()
    expect(pin).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#tray > .button")).to_be_disabled()
    page.locator("#list li").nth(1).hover()
    page.locator("#list .rowpin").nth(1).click()
    page.locator(".row").nth(2).focus()
    page.keyboard.press("p")
    assert page.evaluate("siting.pins()") == ids
    link = page.evaluate("siting.link()")
    with opened(chromium, Path(f"{file}")) as other:
        other.page.goto(f"{file.as_uri()}{link}")
        other.page.reload()
        until(other.page, "window.siting !== undefined")
        assert other.page.evaluate("siting.pins()") == ids
        expect(other.page.locator("#happened")).not_to_contain_text("cannot be read")
    pin.click()
    assert page.evaluate("siting.pins()") == ids[1:]


def test_a_fifth_pin_is_answered_with_what_to_do(page: Page) -> None:
    ids = first(page, 5)
    assert page.evaluate("ids => siting.pins(ids)", ids) == ids[:4]
    page.evaluate("id => siting.pick(id)", ids[4])
    page.locator("#dossier .pinning").click()
    expect(page.locator("#said")).to_contain_text("unpin one first")
    assert page.evaluate("siting.pins()") == ids[:4]


def test_the_sheet_sets_figures_bars_and_laws_beside_each_other(page: Page, atlas: Atlas) -> None:
    assert atlas.dossiers is not None
    ids = [*atlas.dossiers.places["site_id"].iloc[:2], *first(page, 1)]
    compare(page, ids)
    sheet = page.locator("#pinned")
    expect(sheet.locator("h2")).to_have_text("3 sites side by side")
    expect(sheet.locator(".figs tbody tr", has_text="Delivered cost")).to_contain_text("1,250")
    widths = sheet.locator(".axis .stack").evaluate_all(
        "bars => bars.map(b => [...b.children].reduce((all, n) => all + n.offsetWidth, 0))"
    )
    assert widths[1] > widths[0]  # dearer by a dollar of power, and without aid: never shorter
    expect(sheet.locator(".laws tbody tr")).to_have_count(2)
    expect(sheet.locator(".laws tbody tr").first.locator("td").first).to_have_text("yes")
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    expect(page.locator("#tray > .button")).to_be_focused()


def test_one_is_ahead_of_another_as_often_as_in_draws_of_our_own(page: Page) -> None:
    """Against numpy's Dirichlet weights: other random numbers, the same law."""
    of, random = live(PLACES), np.random.default_rng(3)
    _, scores, zones = ranked(of, own_setting())
    leaves = leaf_weights(tree_of(own_setting()))
    values = of.values[list(leaves.index)].to_numpy()
    drawn = random.dirichlet(40.0 * leaves.to_numpy() / TOTAL, 4000)
    ids = first(page, 4)
    compare(page, ids)
    cells = page.locator("#pinned .ahead tbody tr").nth(0).locator("td").all_inner_texts()
    for nth, text in enumerate(cells[1:], start=1):
        a, b = zones.head[0], zones.head[nth]
        start = [np.log(zones.share[k]) - ODDS * scores[i] for k, i in ((0, a), (nth, b))]
        lead = ODDS * TOTAL * drawn @ (values[a] - values[b]) + start[0] - start[1]
        many, whole = (float(part) for part in text.split(" of "))
        assert many / whole == pytest.approx((lead > 0).mean(), abs=0.06 + 0.5 / whole), nth
    other = page.locator("#pinned .ahead tbody tr").nth(1).locator("td").first.inner_text()
    one, ten = (float(part) for part in cells[1].split(" of "))
    back, of_ten = (float(part) for part in other.split(" of "))
    assert one / ten + back / of_ten == pytest.approx(1.0, abs=0.11)


def test_the_sheet_follows_a_turned_weight(page: Page) -> None:
    compare(page, first(page, 2))
    words = page.locator("#pinned section").first.inner_text()
    page.evaluate("siting.setLens('low_cost_export')")
    assert page.locator("#pinned section").first.inner_text() != words


def test_the_picture_is_drawn_here_and_saved_where_it_may_not_be_copied(page: Page) -> None:
    compare(page, first(page, 2))
    page.evaluate("() => { Object.defineProperty(navigator, 'clipboard', {value: undefined}) }")
    with page.expect_download() as caught:
        page.get_by_role("button", name="Copy picture").click()
    assert caught.value.suggested_filename == "sample-sites.png"
    data = Path(caught.value.path()).read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    assert len(data) > 20_000


def test_hostile_names_stay_text_and_strange_pins_are_left(
    chromium: Browser, tmp_path: Path
) -> None:
    made = with_dossiers(hostile_turning(), PAYLOADS)
    path = tmp_path / "map.html"
    path.write_text(draw(made), encoding="utf-8")
    with opened(chromium, path, trusting=True) as watched:
        page = watched.page
        assert page.evaluate("siting.pins(['nobody', '<b>'])") == []
        compare(page, first(page, 3))
        assert page.evaluate("window.__ran") is None
        assert page.locator("#pinned :is(script, img, svg)").count() == 0
        watched.assert_quiet()


@pytest.mark.parametrize(("width", "height"), [(1024, 768), (390, 844)])
def test_nothing_is_wider_than_the_screen(
    chromium: Browser, file: Path, width: int, height: int
) -> None:
    with opened(chromium, file, width, height) as watched:
        page = watched.page
        compare(page, first(page, 4))
        wide = """() => [...document.querySelectorAll('body, #pinned')]
          .filter(n => n.scrollWidth > n.clientWidth + 1).map(n => n.id)"""
        assert page.evaluate(wide) == []
        watched.assert_quiet()
