"""Hostile names in every text that a user can bring, in every place of the page that shows text.

One page is opened once, with its own content policy switched off, so that escaping alone must
hold. Its tables stand for all that a study may name: candidates and industrial sites (`sites`,
`barred`, places to rank), gigafactories, carmakers, rival anode plants, policy zones, the rules
and layers that exclude, lenses and criteria, stakeholders, the study itself, its moments.
"""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from browser import FOREIGN, Watched, opened, until
from playwright.sync_api import Browser, Page, expect
from sample_atlas import PAYLOADS
from sample_live import hostile_turning

from maps.atlas import Atlas, draw
from maps.escape import plain

pytestmark = pytest.mark.browser
TEXTS = [plain(text) for text in PAYLOADS]
SIZES = ((390, 844), (820, 1180), (1024, 768), (1440, 900))
# Opens the tooltips of every layer in turn; returns what any of them holds besides plain boxes.
TOOLTIPS = """() => {
  const odd = [], all = [];
  let count = 0;
  map_atlas.eachLayer(l => {
    if (!l.getTooltip || !l.getTooltip()) return;
    if (l.getLayers) all.push(...l.getLayers().slice(0, 32)); else all.push(l);
  });
  all.forEach(l => {
    const at = l.getLatLng ? l.getLatLng() : l.getCenter();
    l.fire('mouseover', {latlng: at, originalEvent: {}}, true);
    count += document.querySelectorAll('.leaflet-tooltip').length;
    document.querySelectorAll('.leaflet-tooltip *').forEach(n => {
      const plain = ['DIV', 'B', 'STRONG', 'SPAN'].includes(n.tagName) && n.attributes.length < 2;
      if (!plain) odd.push(n.outerHTML);
    });
    l.fire('mouseout', {latlng: at, originalEvent: {}}, true);
  });
  return [count, odd];
}"""
WIDE = """() => [...document.querySelectorAll('body, .side, #scroll, #weights, #dossier, .top')]
  .filter(n => n.scrollWidth > n.clientWidth + 1).map(n => n.id || n.className)"""
OPEN_ALL = "document.querySelectorAll('details').forEach(d => { d.open = true })"


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    made = hostile_turning()
    return dataclasses.replace(
        made, moment=PAYLOADS[0], study="../" + PAYLOADS[1], what_if="", switch=""
    )


@pytest.fixture(scope="module")
def shared(
    chromium: Browser, tmp_path_factory: pytest.TempPathFactory, atlas: Atlas
) -> Iterator[Watched]:
    path = tmp_path_factory.mktemp("hostile") / "map.html"
    other = dataclasses.replace(atlas, moment=PAYLOADS[1], title=PAYLOADS[2])
    asked = dataclasses.replace(other, what_if=PAYLOADS[3])
    path.write_text(draw(atlas, other, asked), encoding="utf-8")
    with opened(chromium, path, trusting=True) as watched:
        yield watched


@pytest.fixture
def page(shared: Watched) -> Iterator[Page]:
    yield shared.page
    assert shared.page.evaluate(FOREIGN) == []
    assert shared.page.evaluate("window.__ran") is None
    assert shared.page.evaluate("document.scripts.length") == 6
    assert shared.complaints == []
    shared.page.evaluate("siting.reset(); siting.pick(null); undefined")


def texts(page: Page, selector: str) -> list[str]:
    return page.locator(selector).all_text_contents()


def title(page: Page, atlas: Atlas) -> None:
    assert page.title() == " ".join(
        f"{plain(atlas.title)} \N{MIDDLE DOT} {plain(atlas.subtitle)}".split()
    )
    assert texts(page, "#title") == [plain(atlas.title)]
    assert texts(page, "#answer") == [plain(atlas.answer)]


def lists(page: Page, atlas: Atlas) -> None:
    assert texts(page, ".row .name") == [
        row["name"] for row in page.evaluate("siting.ranking()")
    ]  # of the places, which are all hostile
    assert set(texts(page, ".row .name")) <= set(TEXTS)
    assert texts(page, "#notes li")[: len(TEXTS)] == TEXTS
    assert set(texts(page, "#apartlist button span:last-child")) == {
        plain(name) for name in atlas.barred["name"]
    }
    rules = [re.sub(r" \(\d+\)$", "", text) for text in texts(page, "#apartlist h3")]
    assert set(rules) == {plain(rule) for rule in atlas.barred["rule"]}


def short(page: Page, _: Atlas) -> None:
    assert any(text in texts(page, "#why")[0] for text in TEXTS)  # of the pillars
    until(page, "document.querySelector('#change').textContent.length > 20")


def tooltips(page: Page, _: Atlas) -> None:
    before = page.evaluate("siting.layers()")
    every = dict.fromkeys(before, True)
    for ground in ("policy", "demand"):
        page.evaluate("wanted => siting.layers(wanted)", every | {
            "demand": False, "policy": False, "plain": False, ground: True})  # fmt: skip
        count, odd = page.evaluate(TOOLTIPS)
        assert count > 150
        assert odd == []
    page.evaluate("wanted => siting.layers(wanted)", before)


def legend(page: Page, atlas: Atlas) -> None:
    assert f"As known on {plain(atlas.as_of)}" in texts(page, "#legendbody .foot")[0]
    said = texts(page, ".leaflet-control-attribution bdi")
    assert [text.removeprefix(" \N{MIDDLE DOT} ") for text in said] == TEXTS


def dossiers(page: Page, _: Atlas) -> None:
    rows = page.evaluate("siting.ranking().concat(siting.ranking('places').slice(-4))")
    for row in rows[::2]:
        assert page.evaluate("id => siting.pick(id)", row["site_id"]) == row["site_id"]
        page.evaluate(OPEN_ALL)
        assert row["name"] in texts(page, "#dossiertitle")[0]
        line = page.locator("#dossier header p")
        assert line.evaluate("n => n.childElementCount") == 0
        until(page, "document.querySelector('#dossier .pill') !== null")
    expect(page.locator(".badge.chosen .label")).to_have_text(row["name"])


def search(page: Page, _: Atlas) -> None:
    for text in TEXTS:
        page.locator("#query").fill(text)
        wanted = json.dumps(" ".join(text.split()).lower())
        until(page, f"document.querySelector('#hits').textContent.toLowerCase().includes({wanted})")
    page.locator("#query").fill("")


def weights_of(names: list[str]) -> set[str]:
    """Return what the page calls the weights of lenses and stakeholders."""
    return {f"Weights: {name}" for name in names}


def weights(page: Page, _: Atlas) -> None:
    assert weights_of(TEXTS) <= set(texts(page, "#whose option"))
    for opener in page.locator("#shares button.opener").all():
        opener.click()
    page.evaluate("siting.wear(siting.settings()[3]); undefined")
    chosen = page.locator("#whose").evaluate("n => n.selectedOptions[0].textContent")
    assert chosen in weights_of(TEXTS)


def compare(page: Page, _: Atlas) -> None:
    page.locator("#comparing").click()
    for at in range(4):
        page.locator("#compare-b").select_option(index=at)
    assert weights_of(TEXTS) <= set(texts(page, "#compare-b option"))
    assert set(texts(page, ".movers .go")) <= set(TEXTS)
    page.keyboard.press("Escape")


def setting_file(page: Page, _: Atlas) -> None:
    with page.expect_download() as caught:
        page.locator("#save").click()
    assert re.fullmatch(r"[\w-]+-setting\.json", caught.value.suggested_filename)
    held = json.loads(Path(caught.value.path()).read_text(encoding="utf-8"))
    assert held == page.evaluate("siting.setting()")


def link(page: Page, _: Atlas) -> None:
    site = page.evaluate("siting.pick(siting.ranking()[2].site_id)")
    assert unquote(page.evaluate("siting.link()")).startswith(f"#site={site}")
    page.reload()
    until(page, "window.siting !== undefined")
    expect(page.locator("#dossier")).to_be_visible()
    assert unquote(page.evaluate("siting.link()")).startswith(f"#site={site}")


def moments(page: Page, _: Atlas) -> None:
    said = [" ".join(text.split()) for text in texts(page, ".tick")]
    assert said == TEXTS[:2]
    (asked,) = texts(page, "#whatifs button")
    assert asked.startswith(TEXTS[3])
    page.locator("#later").click()
    expect(page.locator("#since")).to_contain_text(TEXTS[0])
    assert page.evaluate("siting.moments()[1].shown")
    page.locator("#earlier").click()
    expect(page.locator("#since")).to_contain_text(TEXTS[1])


SINKS = (title, lists, short, tooltips, legend, dossiers, search, weights, compare, setting_file,
         link, moments)  # fmt: skip


@pytest.mark.parametrize("sink", SINKS, ids=lambda sink: sink.__name__)
def test_hostile_text_is_text(
    page: Page, atlas: Atlas, sink: Callable[[Page, Atlas], None]
) -> None:
    sink(page, atlas)


def test_hostile_text_never_widens_the_page(page: Page) -> None:
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate("siting.pick(siting.ranking()[0].site_id)")
        page.evaluate(OPEN_ALL)
        assert page.evaluate(WIDE) == []
        assert page.evaluate("document.documentElement.scrollWidth") == width
    page.pdf()


def test_a_card_of_the_plan_reads_as_it_was_given(chromium: Browser, tmp_path: Path) -> None:
    """Without places to rank the list is the plan's: costs, customers and laws of hostile name."""
    atlas = dataclasses.replace(hostile_turning(), live=None)
    path = tmp_path / "still.html"
    path.write_text(draw(atlas), encoding="utf-8")
    with opened(chromium, path, trusting=True) as watched:
        page = watched.page
        for at in range(0, len(atlas.sites), 5):
            page.evaluate("at => siting.pick(siting.ranking()[at].site_id)", at)
            page.evaluate(OPEN_ALL)
            own = atlas.sites["site_id"].iloc[at]
            card = {
                name: frame[frame["site_id"] == own]
                for name, frame in (
                    ("costs", atlas.costs), ("laws", atlas.policies), ("next", atlas.runners_up),
                    ("customers", atlas.customers),
                )
            }  # fmt: skip
            assert [t.replace("_", " ") for t in texts(page, "#dossier .parts .words")] == [
                plain(part).replace("_", " ") for part in card["costs"]["part"]
            ]
            assert texts(page, ".law summary > span:first-child") == [
                plain(name) for name in card["laws"]["instrument"]
            ]
            whole = texts(page, "#dossier")[0]
            shown = [*card["customers"]["name"], *card["next"]["name"], *card["laws"]["summary"]]
            assert [text for text in map(plain, shown) if text not in whole] == []
        assert page.evaluate(FOREIGN) == []
        assert page.evaluate("window.__ran") is None
        watched.assert_quiet()
