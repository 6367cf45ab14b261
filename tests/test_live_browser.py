"""The weights in the real page: what a reader turns, keeps, sends and compares."""

from __future__ import annotations

import dataclasses
import importlib.util
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from browser import Watched, afresh, opened, until
from playwright.sync_api import Browser, Page, expect
from sample_live import live, own_setting, ranked, turning

from maps.atlas import Atlas, draw
from siting.results import mapping
from siting.study import setting
from siting.study.strategies import STRATEGIES
from siting.study.study import Study
from siting.study.weights import tree_of

pytestmark = pytest.mark.browser
COUNTRIES = {"SE": "Sweden", "MY": "Malaysia", "OM": "Oman", "US": "United States"}
SIZES = ((390, 844), (1024, 768), (1440, 900))
SHARES = """() => Object.fromEntries([...document.querySelectorAll('#shares .line')].map(line =>
  [line.querySelector('input').id.slice(2), line.querySelector('output').textContent]))"""
WIDE = """() => [...document.querySelectorAll('body, .side, #scroll, #weights, #compare, #dossier')]
  .filter(n => n.scrollWidth > n.clientWidth + 1).map(n => n.id || n.className)"""


def named() -> Atlas:
    """The atlas with its places in countries that the map names."""
    atlas = turning()
    assert atlas.live is not None
    places = atlas.live.places.assign(country_name=atlas.live.places["country"].map(COUNTRIES))
    return dataclasses.replace(atlas, live=dataclasses.replace(atlas.live, places=places))


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("live")
    (folder / "turning.html").write_text(draw(named()), encoding="utf-8")
    return {"turning": folder / "turning.html"}


@pytest.fixture(scope="module")
def shared(chromium: Browser, files: dict[str, Path]) -> Iterator[Watched]:
    with opened(chromium, files["turning"]) as page:
        yield page


@pytest.fixture
def page(shared: Watched) -> Iterator[Page]:
    """The page as it opened, quiet when a test leaves it."""
    yield afresh(shared).page
    shared.assert_quiet()


def slider(page: Page, path: str) -> Any:
    return page.locator(f'[id="w-{path}"]')


def lock(page: Page, path: str) -> Any:
    return page.locator(".line", has=slider(page, path)).locator(".lock")


def listed(page: Page) -> list[str]:
    return [row["site_id"] for row in page.evaluate("siting.ranking()")]


# ---- a real plan: the page begins where the plan ends ----


def test_the_page_of_a_plan_begins_with_the_list_of_the_plan(
    chromium: Browser, tmp_path: Path, nordic: Any
) -> None:
    atlas = mapping.atlas(nordic)
    path = tmp_path / "map.html"
    path.write_text(draw(atlas), encoding="utf-8")
    assert path.stat().st_size < 4_000_000
    with opened(chromium, path) as watched:
        page = watched.page
        rows = page.evaluate("siting.ranking()")
        assert [row["site_id"] for row in rows] == atlas.sites["site_id"].tolist()
        assert np.allclose([row["score"] for row in rows], atlas.sites["score"], atol=1e-9)
        every = page.evaluate("siting.ranking('places')")
        assert [row["site_id"] for row in every] == nordic.places["site_id"].iloc[
            nordic.order
        ].tolist()
        sure = f"top ten {atlas.sites['p_top10'].iloc[0]:.0%}".replace("%", "\u00a0%")
        expect(page.locator(".row .sure").first).to_have_text(sure)
        page.locator(".row").first.click()
        points = [number(t) for t in page.locator(".pillar summary .n").all_inner_texts()]
        own = atlas.contributions.iloc[0]
        assert points == pytest.approx([own[p.key] for p in atlas.pillars if own[p.key]], abs=0.06)
        page.evaluate("siting.setStrategy('low_cost_export')")
        until(page, "document.body.classList.contains('drawn')")
        expect(page.locator(".row .sure").first).to_contain_text("weights:")
        page.evaluate("siting.reset()")
        expect(page.locator(".row .sure").first).to_have_text(sure)
        watched.assert_quiet()


def number(text: str) -> float:
    return float(text.replace("\u2212", "-").replace("\u202f", ""))


# ---- turning ----


def test_a_slider_moves_the_list_and_the_address_by_keyboard_alone(page: Page) -> None:
    before = listed(page)
    page.get_by_role("button", name="Export", exact=True).press("Enter")
    slider(page, "low_cost_export.ground").focus()
    for _ in range(60):
        page.keyboard.press("ArrowRight")
    expect(slider(page, "low_cost_export.ground")).to_have_attribute("aria-valuetext", "60\u00a0%")
    until(page, "document.querySelector('#happened').textContent.includes('first')")
    held = page.evaluate("siting.setting()")
    shares = {p: part["weight"] for p, part in held["weights"]["low_cost_export"].items()}
    assert shares == pytest.approx({"market": 0.4 / 7, "cost": 2.4 / 7, "ground": 0.6}, abs=2e-4)
    order, _, zone = ranked(live(), held)
    assert [s for s, z in zip(order, zone, strict=True) if z == 1].count(listed(page)[0]) == 1
    assert listed(page) != before
    until(page, "location.hash.includes('low_cost_export.ground=0.6')")
    moved = page.locator(".row .shift").all_inner_texts()
    assert any(text.startswith(("\u25b2", "\u25bc", "new")) for text in moved)


def test_a_locked_share_stays_and_the_others_give_way(page: Page) -> None:
    page.get_by_role("button", name="Premium", exact=True).click()
    lock(page, "premium_local.energy").click()
    expect(lock(page, "premium_local.energy")).to_have_attribute("aria-pressed", "true")
    expect(slider(page, "premium_local.energy")).to_be_disabled()
    slider(page, "premium_local.market").fill("50")
    until(page, "siting.setting().weights.premium_local.market.weight === 0.5")
    tree = page.evaluate("siting.setting().weights.premium_local")
    assert tree["energy"]["weight"] == 0.4
    assert (tree["policy"]["weight"], tree["ground"]["weight"]) == (0.04, 0.06)
    slider(page, "premium_local.market").fill("90")  # more than the lock leaves
    until(page, "siting.setting().weights.premium_local.market.weight === 0.6")
    slider(page, "premium_local.market").fill("30")  # the study's own ratio comes back from zero
    until(page, "siting.setting().weights.premium_local.market.weight === 0.3")
    tree = page.evaluate("siting.setting().weights.premium_local")
    assert tree["policy"]["weight"] / tree["ground"]["weight"] == pytest.approx(10 / 15, rel=1e-3)


def test_the_mixture_opens_to_pillars_and_criteria(page: Page) -> None:
    page.get_by_role("button", name="What Export is made of").click()
    page.get_by_role("button", name="What Ground is made of").click()
    shown = page.evaluate(SHARES)
    assert shown["prior.premium_local"] == "50\u00a0%"
    assert shown["low_cost_export.ground.governance"] == "42\u00a0%"
    before = page.evaluate("siting.ranking('places').map(r => r.score)")
    slider(page, "low_cost_export.ground.port_km").fill("100")
    until(page, "siting.setting().weights.low_cost_export.ground.criteria.governance === 0")
    assert page.evaluate("siting.ranking('places').map(r => r.score)") != before


def test_presets_stakeholders_and_reset(page: Page) -> None:
    own = listed(page)
    menu = page.get_by_label("Whose weights")
    menu.select_option(label="Finance")
    assert page.evaluate("siting.setting().prior.low_cost_export") == 0.8
    menu.select_option(label="Export alone")
    expect(page.locator("#ways [aria-pressed=true]")).to_have_text("Export")
    slider(page, "low_cost_export.cost").fill("10")
    expect(menu).to_have_value("turned")
    page.locator("#reset").click()
    expect(menu).to_have_value("0")
    expect(page.locator("#reset")).to_be_disabled()
    assert listed(page) == own
    assert page.evaluate("siting.settings()") == ["sample", "Export alone", "Finance"]


def test_the_nearest_flip_is_one(page: Page) -> None:
    until(page, "document.querySelector('#happened').textContent.includes('Closest call')")
    said = page.locator("#happened").inner_text()
    expect(page.locator("#change")).to_have_text(said)
    found = re.search(r"if (\w+) counts ([\d.]+)\s%.*, (.*) comes first", said)
    assert found, said
    key = {s.short.capitalize(): name for name, s in STRATEGIES.items()}[found[1]]
    first = page.evaluate("siting.ranking()[0].name")
    share = float(found[2])
    way = 1 if share > 100 * own_setting()["prior"][key] else -1
    for beyond, name in ((0.6, found[3]), (-0.6, first)):
        slider(page, f"prior.{key}").evaluate("n => { n.step = 'any' }")
        slider(page, f"prior.{key}").fill(str(min(100, max(0, share + way * beyond))))
        wanted = json.dumps(name)
        until(page, f"siting.ranking()[0].name === {wanted}")
        page.evaluate("siting.reset()")


# ---- the answer in short, and what would make a place first ----


def test_the_page_says_how_sure_why_and_what_would_change_it(page: Page) -> None:
    rows = page.evaluate("siting.ranking()")
    expect(page.locator("#sure")).to_contain_text(f"{rows[0]['name']} is first in")
    expect(page.locator("#why")).to_contain_text(f"It beats {rows[1]['name']} on ")
    expect(page.locator("#change")).to_contain_text("Closest call")
    page.evaluate("siting.setStrategy('onshoring')")
    first = page.evaluate("siting.ranking()[0].name")
    expect(page.locator("#sure")).to_contain_text(f"{first} is first in")
    expect(page.locator("#change")).to_contain_text("first")
    page.locator("#shorten").click()
    expect(page.locator("#short")).to_be_hidden()
    expect(page.locator("#shorten")).to_have_attribute("aria-expanded", "false")


def test_a_country_is_found_and_its_best_place_says_what_would_make_it_first(page: Page) -> None:
    page.locator("#ask").click()
    expect(page.locator("#query")).to_be_focused()
    page.keyboard.type("oman")
    best = next(r for r in page.evaluate("siting.ranking('places')") if r["country"] == "OM")
    expect(page.locator("#hits li").first).to_contain_text(f"Country: {best['name']} is its best")
    page.keyboard.press("Enter")
    expect(page.locator("#dossiertitle")).to_contain_text(best["name"])
    expect(page.locator("#dossier")).to_contain_text("What would make it first")
    expect(page.locator("#dossier")).to_contain_text("Other places in Oman")


CRITERION = re.compile(r"^(.*) at ([\d.\u202f\u2212-]+)[^\d]*.* instead of ")


def test_what_would_make_a_place_first_does_and_a_little_less_does_not(page: Page) -> None:
    """Python ranks the places with the change that the page names, and with a little less."""
    of, ids = live(), listed(page)
    checked = 0
    for site in ids[2:12]:
        page.evaluate("id => siting.pick(id)", site)
        at = int(np.flatnonzero(of.places["site_id"] == site)[0])
        for line in page.locator(".case li").all_inner_texts():
            found = CRITERION.match(line)
            key = next((c.key for c in of.criteria if found and c.name == found[1]), None)
            if found is None or key is None or "place" in line.split(":")[-1]:
                continue
            value, step = number(found[2]) / 100, 0.02  # raws of these places are 100 x value
            for wanted, share in ((True, value + step), (False, value - step)):
                values = of.values.copy()
                values.loc[at, key] = min(1.0, share)
                changed = dataclasses.replace(of, values=values)
                order, _, zone = ranked(changed, own_setting())
                head = next(s for s, z in zip(order, zone, strict=True) if z == 1)
                own = [s for s, z in zip(order, zone, strict=True) if z == 1]
                assert (site in (head, *own)) is wanted, (site, line, share)
            checked += 1
    assert checked >= 3


# ---- keeping and sending ----


def laid(given: str) -> Study:
    return setting.laid_on(Study(prior=own_setting()["prior"]), setting.read(given))


def assert_same_weights(study: Study, held: dict[str, Any]) -> None:
    assert study.strategy == held["strategy"]
    assert study.prior == held["prior"]
    for name, tree in held["weights"].items():
        made = {p: {"weight": w, "criteria": c} for p, (w, c) in tree_of(study, name).items()}
        assert made == tree


def test_a_study_reads_what_the_page_saves_and_links(page: Page, tmp_path: Path) -> None:
    page.evaluate("siting.setPrior({onshoring: 0.123})")
    page.get_by_role("button", name="Onshoring", exact=True).click()
    slider(page, "onshoring.policy").fill("33")
    page.get_by_role("button", name="What Policy is made of").click()
    slider(page, "onshoring.policy.targeted_aid").fill("71.5")
    until(page, "siting.link().includes('targeted_aid=0.715')")
    held = page.evaluate("siting.setting()")
    assert_same_weights(laid(f"file:///map.html{page.evaluate('siting.link()')}"), held)
    with page.expect_download() as caught:
        page.get_by_role("button", name="Save setting").click()
    assert caught.value.suggested_filename == "sample-setting.json"
    caught.value.save_as(tmp_path / "setting.json")
    assert_same_weights(laid(str(tmp_path / "setting.json")), held)


def test_a_link_brings_weights_and_site_back(chromium: Browser, files: dict[str, Path]) -> None:
    with opened(chromium, files["turning"]) as watched:
        page = watched.page
        page.evaluate("siting.setWeights({premium_local: {energy: 0.9}})")
        page.locator(".row").nth(2).click()
        name, order = page.locator("#dossiertitle").inner_text(), listed(page)
        until(page, "location.hash.includes('energy=0.9')")
        page.reload()
        expect(page.locator("#dossiertitle")).to_have_text(name)
        assert listed(page) == order
        expect(page.locator("#reset")).to_be_enabled()
        watched.requests.pop()
        watched.assert_quiet()


def test_a_bad_link_is_told_and_changes_nothing(chromium: Browser, files: dict[str, Path]) -> None:
    marks = (
        "__proto__.x.y=1&constructor.prototype=2&prior.x=1&low_cost_export.cost=-1",
        "strategy=<img src=x onerror=alert(1)>&%ff%00=&=&.=1&premium_local.energy=lots",
    )
    with opened(chromium, files["turning"]) as watched:
        page = watched.page
        for mark in marks:
            page.goto("about:blank")
            page.goto(f"{files['turning'].as_uri()}#{mark}")
            expect(page.locator("#said")).to_contain_text("cannot be read")
            assert page.evaluate("siting.setting()") == own_setting()
            assert page.evaluate("({}).x === undefined && ({}).y === undefined")
        assert watched.complaints == []


# ---- side by side ----


def test_strategies_and_settings_side_by_side(page: Page) -> None:
    page.get_by_role("button", name="Side by side").click()
    expect(page.locator("#compare")).to_be_focused()
    for column, strategy in zip(
        page.locator(".leaders").all(), ("mixture", *STRATEGIES), strict=True
    ):
        names = column.locator(".wide").all_inner_texts()
        page.evaluate("s => { siting.setStrategy(s) }", strategy)
        assert names == [row["name"] for row in page.evaluate("siting.ranking()")[:5]]
        page.evaluate("siting.reset(); undefined")
    page.locator("#compare-b").select_option(label="Export alone")
    shown = [
        [cell.strip() for cell in row.locator("td").all_inner_texts()]
        for row in page.locator(".movers tbody tr").all()
    ]
    said = page.evaluate("siting.compare('sample', 'Export alone')")
    assert len(shown) == len(said) >= 10
    for row, mover in zip(shown, said, strict=True):
        assert mover["name"] in row[0]
        assert row[1:3] == [str(mover[k] or "\u2013") for k in ("rank_a", "rank_b")]
        change = mover["change"]
        assert (change is None) == (None in (mover["rank_a"], mover["rank_b"]))
        if change:
            assert row[3] == ("\u25b2" if change > 0 else "\u25bc") + str(abs(change))
    page.get_by_role("button", name="Keep this one").click()
    expect(page.locator("#compare-a")).to_have_value("kept")
    page.keyboard.press("Escape")
    expect(page.locator("#compare")).to_be_hidden()
    expect(page.locator("#comparing")).to_be_focused()


# ---- places that the plan did not list ----


def test_a_place_that_is_in_no_list_has_a_card_too(page: Page) -> None:
    last = page.evaluate("siting.ranking('places').at(-1)")
    assert page.evaluate("id => siting.pick(id)", last["site_id"]) == last["site_id"]
    card = page.locator("#dossier")
    expect(card.locator(".pill")).to_have_text("\u2013")
    expect(card).to_contain_text("of 2\u202f000 places ranked here")
    expect(card).to_contain_text("--from-setting")
    expect(page.locator(".badge.chosen .label")).to_have_text(last["name"])
    page.locator("#dossier .pillar summary").first.click()
    score = number(card.locator(".sum.total .n").inner_text())
    assert score == pytest.approx(last["score"], abs=0.06)
    page.evaluate("siting.setPrior({onshoring: 1})")  # what was open stays open
    expect(page.locator("#dossier .pillar").first).to_have_attribute("open", "")
    parts = [number(t) for t in card.locator(".pillar summary .n").all_inner_texts()]
    parts += [number(t) for t in card.locator(".sum:not(.total) .n").all_inner_texts()]
    total = number(card.locator(".sum.total .n").inner_text())
    assert sum(parts) == pytest.approx(total, abs=0.4)


def test_scripting_gathers_faults_and_changes_nothing(page: Page) -> None:
    before = page.evaluate("siting.setting()")
    said = page.evaluate("""() => { try {
      siting.setWeights({premium_local: {energy: NaN, moon: 1}, export: {}});
    } catch (error) { return `${error.name}: ${error.message}`; } }""")
    assert said.startswith("RangeError")
    assert [word in said for word in ("premium_local.energy", "premium_local.moon", "export")]
    zero = "siting.setPrior({premium_local: 0, low_cost_export: 0, onshoring: 0})"
    with pytest.raises(Exception, match="all shares are zero"):
        page.evaluate(zero)
    assert page.evaluate("siting.setting()") == before


# ---- sizes, paper, everyone ----


@pytest.mark.parametrize("size", SIZES)
def test_it_fits_and_axe_finds_nothing_serious(
    chromium: Browser, files: dict[str, Path], size: tuple[int, int]
) -> None:
    axe = axe_source() if size != SIZES[1] else None  # the middle one has the same parts
    with opened(chromium, files["turning"], *size) as watched:
        page = watched.page
        page.evaluate("siting.setStrategy('premium_local')")
        if size[0] < 760:
            page.get_by_role("tab", name="Weights").click()
        for opener in page.locator("#shares .opener").all():
            opener.click()
        assert_fits_and_open_to_all(page, size[0], axe)
        page.get_by_role("button", name="Side by side").click()
        assert_fits_and_open_to_all(page, size[0], axe)
        page.keyboard.press("Escape")
        page.evaluate("siting.pick(siting.ranking()[3].site_id)")
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
        assert_fits_and_open_to_all(page, size[0], axe)
        small = page.evaluate("""() => [...document.querySelectorAll('button, summary, input')]
          .filter(n => n.offsetParent && n.getBoundingClientRect().height < 24)
          .map(n => n.outerHTML)""")
        assert small == []
        watched.assert_quiet()


def assert_fits_and_open_to_all(page: Page, width: int, axe: str | None) -> None:
    assert page.evaluate(WIDE) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    if axe is None:
        return
    page.evaluate(axe)
    found = page.evaluate("axe.run(document).then(r => r.violations)")
    bad = [f for f in found if f["impact"] in ("serious", "critical")]
    assert [(f["id"], f["nodes"][0]["html"]) for f in bad] == []


def axe_source() -> str | None:
    """Return axe-core, which the package axe-playwright-python carries; None without it."""
    found = importlib.util.find_spec("axe_playwright_python")
    if found is None or found.origin is None:
        assert os.environ.get("CI") != "true", "axe-playwright-python is not installed"
        return None
    return Path(found.origin).with_name("axe.min.js").read_text(encoding="utf-8")


def test_paper_says_whose_weights(chromium: Browser, files: dict[str, Path]) -> None:
    with opened(chromium, files["turning"]) as watched:
        page = watched.page
        page.evaluate("siting.setStrategy('onshoring')")
        paper = page.pdf(prefer_css_page_size=True, print_background=True)
        assert len(re.findall(rb"/Type\s*/Page\b(?!s)", paper)) == 1
        page.emulate_media(media="print")
        expect(page.locator("#printed")).to_contain_text("Onshoring (Market 15\u00a0%, Policy 65")
        expect(page.locator("#shares")).to_be_hidden()
        watched.assert_quiet()


def test_without_places_nothing_can_be_turned(chromium: Browser, tmp_path: Path) -> None:
    path = tmp_path / "still.html"
    path.write_text(draw(dataclasses.replace(turning(), live=None)), encoding="utf-8")
    with opened(chromium, path) as watched:
        expect(watched.page.locator("#weights")).to_be_hidden()
        assert watched.page.evaluate("siting.setWeights === undefined")
        assert watched.page.evaluate("siting.ranking().length") == 25
        watched.assert_quiet()
