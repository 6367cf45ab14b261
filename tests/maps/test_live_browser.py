"""The weights in the real page: what a reader turns, keeps, sends and compares."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from browser import Watched, afresh, assert_open_to_all, axe_source, opened, until
from page_types import misfits
from playwright.sync_api import Browser, Page, expect
from sample_live import Setting, as_setting, live, own_setting, ranked, turning

from maps import layers
from maps.atlas import Atlas, draw
from maps.escape import embed
from siting.model.scoring import ODDS
from siting.results.page import atlas as page_atlas
from siting.results.text.confidence import lower
from siting.study import setting
from siting.study.lenses import LENSES
from siting.study.study import Study
from siting.study.weights import tree_of

pytestmark = pytest.mark.browser
COUNTRIES = {"SE": "Sweden", "MY": "Malaysia", "OM": "Oman", "US": "United States"}
SIZES = ((390, 844), (1024, 768), (1440, 900))
SHARES = """() => Object.fromEntries([...document.querySelectorAll('#shares .line')].map(line =>
  [line.querySelector('input').id.slice(2), line.querySelector('output').textContent]))"""
TWO_FRAMES = "() => new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)))"
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
    atlas = page_atlas.atlas(nordic)
    path = tmp_path / "map.html"
    path.write_text(draw(atlas), encoding="utf-8")
    assert path.stat().st_size < 4_000_000
    assert list(misfits(json.loads(embed(layers.payload(atlas))), "Payload")) == []
    with opened(chromium, path) as watched:
        page = watched.page
        rows = page.evaluate("siting.ranking()")
        assert [row["site_id"] for row in rows] == atlas.sites["site_id"].tolist()
        assert np.allclose([row["share"] for row in rows], atlas.sites["share"], atol=1e-6)
        every = page.evaluate("siting.ranking('places')")
        ids = nordic.places["site_id"].iloc[nordic.order].tolist()
        assert [row["site_id"] for row in every] == ids
        assert np.allclose([r["chance"] for r in every], nordic.chance[nordic.order], atol=1e-12)
        sure = f"first ten {atlas.sites['p_top10'].iloc[0]:.0%}".replace("%", "\u202f%")
        expect(page.locator(".row .sure").first).to_have_text(sure)
        page.locator(".row").first.click()
        shown = [factor(t) for t in page.locator(".pillar summary .n").all_inner_texts()]
        own = atlas.contributions.iloc[0]
        weighed = [p.key for p in atlas.pillars if p.criteria]
        assert shown == pytest.approx(np.exp([own[key] for key in weighed]), rel=0.05, abs=0.06)
        page.evaluate("siting.setLens('low_cost_export')")
        until(page, "document.body.classList.contains('drawn')")
        expect(page.locator(".row .sure").first).to_contain_text("weights only")
        page.evaluate("siting.reset()")
        expect(page.locator(".row .sure").first).to_have_text(sure)
        watched.assert_quiet()


def number(text: str) -> float:
    return float(text.replace("\u2212", "-").replace(",", ""))


def factor(text: str) -> float:
    """Return odds as the page writes them: \u00d72.1 or /3.0."""
    size = number(text.lstrip("\u00d7/"))
    return 1 / size if text.startswith("/") else size


# ---- turning ----


def test_a_slider_moves_the_list_and_the_address_by_keyboard_alone(page: Page) -> None:
    before = listed(page)
    slider(page, "surroundings").focus()
    for _ in range(60):
        page.keyboard.press("ArrowRight")
    expect(slider(page, "surroundings")).to_have_attribute("aria-valuetext", "30\u202f%")
    until(page, "document.querySelector('#happened').textContent.includes('rank 1')")
    held = page.evaluate("siting.setting()")
    part = held["weights"]["surroundings"]
    assert set(part["criteria"].values()) == {1}  # all of a pillar where none weighed anything
    assert shares(held)["surroundings"] == pytest.approx(0.3, abs=1e-5)
    assert shares(held)["energy"] == pytest.approx(0.1, abs=1e-5)
    head = ranked(live(), held)[2].head[0]
    assert listed(page)[0] == live().places["site_id"][head]
    assert listed(page) != before
    until(page, "location.hash.includes('surroundings=')")
    moved = page.locator(".row .shift").all_inner_texts()
    assert any(text.startswith(("\u25b2", "\u25bc", "new")) for text in moved)


def shares(held: Setting) -> dict[str, float]:
    """Return what each pillar has of the whole."""
    made = {p: x["weight"] * sum(x["criteria"].values()) for p, x in held["weights"].items()}
    return {pillar: weight / sum(made.values()) for pillar, weight in made.items()}


def test_a_locked_share_stays_and_the_others_give_way(page: Page) -> None:
    lock(page, "energy").click()
    expect(lock(page, "energy")).to_have_attribute("aria-pressed", "true")
    expect(slider(page, "energy")).to_be_disabled()
    for wanted, market in (("50", 0.5), ("95", 6 / 7), ("30", 0.3)):  # the lock leaves six sevenths
        slider(page, "market").fill(wanted)
        value = "parseFloat(document.getElementById('w-market').value)"
        until(page, f"Math.abs({value} - {100 * market}) < 0.3")
        now = shares(page.evaluate("siting.setting()"))
        assert now["market"] == pytest.approx(market, abs=1e-5)
        assert now["energy"] == pytest.approx(1 / 7, abs=1e-5)
    assert now["policy"] / now["cost"] == pytest.approx(2.0, rel=1e-3)  # back from zero


def test_a_pillar_opens_to_its_criteria_those_at_zero_too(page: Page) -> None:
    page.get_by_role("button", name="What Market is made of").click()
    shown = page.evaluate(SHARES)
    assert shown["market"] == "14.3\u202f%"
    assert shown["market.unserved_demand"] == "75\u202f%"
    assert shown["market.accessible_demand"] == "0\u202f%"
    before = page.evaluate("siting.ranking('places').map(r => r.utility)")
    slider(page, "market.accessible_demand").fill("100")
    until(page, "siting.setting().weights.market.criteria.unserved_demand === 0")
    page.evaluate(TWO_FRAMES)
    assert page.evaluate("siting.ranking('places').map(r => r.utility)") != before
    assert shares(page.evaluate("siting.setting()"))["market"] == pytest.approx(1 / 7)
    page.get_by_role("button", name="What Surroundings is made of").click()
    slider(page, "surroundings.rail_km").fill("40")  # wakes a pillar of none
    until(page, "siting.setting().weights.surroundings.criteria.rail_km === 0.4")
    output = page.locator('output[for="w-surroundings.rail_km"]')
    expect(output).to_have_text("100\u202f%")


def test_lenses_stakeholders_and_reset(page: Page) -> None:
    own = listed(page)
    menu = page.get_by_label("Whose weights", exact=True)
    menu.select_option(label="Weights: Finance")
    assert page.evaluate("siting.setting().weights.cost.weight") == 4
    menu.select_option(label="Weights: Low-cost export")
    assert page.evaluate("siting.setting().lens") == "low_cost_export"
    expect(page.locator("#reasoning")).to_contain_text("The cheapest tonne")
    expect(page.locator("#reasoning")).to_contain_text("weights alone: date, price")
    texts = menu.locator("option").all_inner_texts()
    assert all(text == "As turned here" or "eights" in text for text in texts)
    slider(page, "cost").fill("10")
    expect(menu).to_have_value("turned")
    page.locator("#reset").click()
    expect(menu).to_have_value("0")
    expect(page.locator("#reset")).to_be_disabled()
    assert listed(page) == own
    names = [lens.name for lens in LENSES.values()]
    assert page.evaluate("siting.settings()") == ["sample", *names, "Finance"]


def seen_otherwise() -> Atlas:
    """Return an atlas whose second lens was cut of more places than the page holds."""
    atlas = turning()
    of = atlas.live
    assert of is not None
    cut = ranked(of, {"lens": "low_cost_export", "weights": weights_of("low_cost_export")})[2]
    swapped = [1, 0, *range(2, 25)]
    zone = np.where(cut.zone == 1, 2, np.where(cut.zone == 2, 1, cut.zone))
    views = tuple(
        dataclasses.replace(
            view,
            zones=pd.DataFrame(
                {"head": cut.head[swapped], "share": np.linspace(0.3, 0.01, 25), "scouted": True}
            ),
            zone=np.where(zone > 25, 0, zone),
            countries={"MY": 0.6, "SE": 0.3, "OM": 0.1},
        )
        if view.lens == "low_cost_export"
        else view
        for view in of.views
    )
    return dataclasses.replace(atlas, live=dataclasses.replace(of, views=views))


def weights_of(lens: str) -> dict[str, Any]:
    return {p: {"weight": w, "criteria": c} for p, (w, c) in LENSES[lens].tree.items()}


def test_the_first_zones_under_a_lens_are_those_of_all_places(
    chromium: Browser, tmp_path: Path
) -> None:
    atlas = seen_otherwise()
    of = atlas.live
    assert of is not None
    view = next(view for view in of.views if view.zones is not None)
    assert view.zones is not None
    ids = of.places["site_id"]
    (tmp_path / "seen.html").write_text(draw(atlas), encoding="utf-8")
    with opened(chromium, tmp_path / "seen.html") as watched:
        page = watched.page
        page.evaluate("siting.setLens('low_cost_export'); undefined")
        shown = page.evaluate("siting.ranking()")
        assert [row["site_id"] for row in shown[:25]] == ids[view.zones["head"]].tolist()
        assert [row["share"] for row in shown[:25]] == view.zones["share"].tolist()
        assert [row["rank"] for row in shown] == list(range(1, len(shown) + 1))
        assert len(shown) == len({row["site_id"] for row in shown})
        page.get_by_role("button", name="Side by side").click()
        column = page.locator(".leaders").nth(list(LENSES).index("low_cost_export"))
        assert column.locator(".wide").all_inner_texts() == [row["name"] for row in shown[:5]]
        page.keyboard.press("Escape")
        slider(page, "cost").fill("10")  # any other weights are ranked of the page's own places
        until(page, "siting.setting().weights.cost.weight !== 1")
        turned = ranked(of, page.evaluate("siting.setting()"))[2]
        first = page.evaluate("siting.ranking()")[0]["site_id"]
        assert first == ids[int(turned.head[0])]


FLIP = re.compile(
    r"if (.+) counts ([\d.]+)\s% of the weight instead of ([\d.]+)\s%, (.*) takes rank 1"
)


def test_the_nearest_flip_is_where_two_zones_draw_level(page: Page) -> None:
    """Closed form, checked on Python's own values: shares of both sites as the zone moves."""
    until(page, "document.querySelector('#happened').textContent.includes('Closest call')")
    words = page.locator("#happened").inner_text()
    expect(page.locator("#change")).to_contain_text(words)
    found = FLIP.search(words)
    assert found, words
    of, setting_ = live(), own_setting()
    _, scores, zones = ranked(of, setting_)
    key = next(pillar.key for pillar in turning().pillars if lower(pillar.name) == found[1])
    other = zones.head[int(np.flatnonzero(of.places["name"].iloc[zones.head] == found[4])[0])]
    pair = np.array([zones.head[0], other])
    start = np.log([zones.share[list(zones.head).index(i)] for i in pair]) / ODDS - scores[pair]
    for share, ahead in ((float(found[2]), 0.0), (float(found[3]), 1.0)):
        part = setting_["weights"][key]
        rest = 7 - sum(part["criteria"].values())
        weight = share / (100 - share) * rest / sum(part["criteria"].values())
        turned = {**setting_["weights"], key: {**part, "weight": weight}}
        moved = ranked(of, {"lens": "evidence", "weights": turned})[1][pair] + start
        lead = moved[0] - moved[1]
        assert abs(lead) < 0.02 if not ahead else lead > 0


# ---- the answer in short, and what would make a place first ----


def test_the_page_says_how_sure_why_and_what_would_change_it(page: Page) -> None:
    rows = page.evaluate("siting.ranking()")
    # this plan has no what-if runs; the page's own hold less uncertain than a plan's would
    expect(page.locator("#surehead")).to_have_text("Not known for this plan")
    expect(page.locator("#sure")).to_contain_text(f"looks surer than it is: {rows[0]['name']}")
    expect(page.locator("#why")).to_contain_text("Against rank 2: ")
    expect(page.locator("#change")).to_contain_text("Closest call")
    page.evaluate("siting.setLens('onshoring')")
    first = page.evaluate("siting.ranking()[0].name")
    expect(page.locator("#change")).to_contain_text("rank 1")
    # the page's own runs hold less uncertain than a plan's: no number of theirs heads the answer
    expect(page.locator("#surehead")).to_have_text("Not known for these weights")
    drawn = f"the weights only, which looks surer than it is: {first}"
    expect(page.locator("#sure")).to_contain_text(drawn)
    expect(page.locator(".row .sure").first).to_contain_text("weights only")
    page.locator("#reset").click()
    expect(page.locator("#surehead")).to_have_text("Not known for this plan")
    page.locator("#shorten").click()
    expect(page.locator("#short")).to_be_hidden()
    expect(page.locator("#shorten")).to_have_attribute("aria-expanded", "false")


@pytest.mark.parametrize("many", [5, 12])
def test_of_few_zones_a_reader_sees_how_often_each_is_first_and_nothing_of_ten(
    chromium: Browser, tmp_path: Path, many: int
) -> None:
    atlas = turning()
    of = atlas.live
    assert of is not None
    few = dataclasses.replace(
        of,
        zones=of.zones.head(many),
        places=of.places.assign(zone=of.places["zone"].where(of.places["zone"] <= many, 0)),
        constants={**of.constants, "zones": many},
    )
    (tmp_path / "few.html").write_text(draw(dataclasses.replace(atlas, live=few)), encoding="utf-8")
    with opened(chromium, tmp_path / "few.html") as watched:
        page = watched.page
        for lens in ("evidence", "onshoring"):
            page.evaluate("lens => { siting.setLens(lens) }", lens)
            until(page, "document.querySelector('#sure').textContent.includes('is first in')")
            assert len(page.evaluate("siting.ranking()")) == many
            words = page.locator("#short, #list, #pillars").all_inner_texts()
            assert "first ten" not in " ".join(words)
            shown = page.locator(".row .sure:visible")
            assert shown.count() == many
            expect(page.locator("#surewords")).to_have_text("first, weights only")
        watched.assert_quiet()


def test_a_country_is_found_and_its_best_place_says_what_would_make_it_first(page: Page) -> None:
    page.locator("#ask").click()
    expect(page.locator("#query")).to_be_focused()
    page.keyboard.type("oman")
    best = next(r for r in page.evaluate("siting.ranking()") if r["country"] == "OM")
    expect(page.locator("#hits li").first).to_contain_text(f"{best['name']} is its best, rank")
    page.keyboard.press("Enter")
    expect(page.locator("#dossiertitle")).to_contain_text(best["name"])
    expect(page.locator("#dossier h3").nth(0)).to_contain_text("rank 1")
    expect(page.locator("#dossier")).to_contain_text("Other places in Oman")


CRITERION = re.compile(r"^(.*) of ([\d.,\u2212-]+)[^\d]*.* instead of ")


def test_what_would_make_a_place_first_does_and_a_little_less_does_not(page: Page) -> None:
    """The zone of a site moves as the site: with the value named it passes the first zone."""
    of, ids = live(), listed(page)
    _, scores, zones = ranked(of, own_setting())
    checked = 0
    for rank, site in enumerate(ids[1:12], start=1):
        page.evaluate("id => siting.pick(id)", site)
        at = int(zones.head[rank])
        section = page.locator(".case")
        if "No single change" in page.locator("#dossier").inner_text():
            continue
        for line in section.locator("li").all_inner_texts():
            found = CRITERION.match(line)
            key = next((c.key for c in of.criteria if found and c.name == found[1]), None)
            if found is None or key is None:
                continue
            value = number(found[2]) / 100  # raws of these places are 100 x value
            for wanted, changed in ((True, value + 0.02), (False, value - 0.02)):
                values = of.values.copy()
                values.loc[at, key] = changed
                gain = ranked(dataclasses.replace(of, values=values), own_setting())[1][at]
                share = zones.share[rank] * np.exp(ODDS * (gain - scores[at]))
                assert (share > zones.share[0]) is np.bool_(wanted), (site, line)
            checked += 1
    assert checked >= 3


# ---- keeping and sending ----


def laid(given: str) -> Study:
    return setting.laid_on(Study(), setting.read(given))


def assert_same_weights(study: Study, held: Setting) -> None:
    assert as_setting(study.lens, tree_of(study)) == held


@pytest.mark.parametrize("lens", ["evidence", "onshoring"])
def test_a_study_reads_what_the_page_saves_and_links(page: Page, tmp_path: Path, lens: str) -> None:
    page.evaluate("lens => siting.setLens(lens)", lens)
    slider(page, "policy").fill("33")
    page.get_by_role("button", name="What Policy").click()
    slider(page, "policy.fleet_standard").fill("71.5")
    until(page, "siting.link().includes('policy.fleet_standard=')")
    assert page.evaluate("siting.link()").startswith("#lens=") is (lens != "evidence")
    held = page.evaluate("siting.setting()")
    assert_same_weights(laid(f"file:///map.html{page.evaluate('siting.link()')}"), held)
    with page.expect_download() as caught:
        page.get_by_role("button", name="Save setting").click()
    assert caught.value.suggested_filename == "sample-setting.json"
    caught.value.save_as(tmp_path / "setting.json")
    assert_same_weights(laid(str(tmp_path / "setting.json")), held)


def test_what_a_plan_would_count_twice_is_named(page: Page) -> None:
    page.evaluate("siting.setWeights({policy: {criteria: {targeted_aid: 1}}})")
    until(page, "document.querySelector('#happened').textContent.includes('counted twice')")
    expect(page.locator("#happened")).to_contain_text("Aid aimed at the product")
    page.evaluate("siting.setWeights({cost: {criteria: {delivered_cost: 0, margin: 0}}})")
    until(page, "!document.querySelector('#happened').textContent.includes('counted twice')")


def test_a_link_brings_weights_and_site_back(chromium: Browser, files: dict[str, Path]) -> None:
    with opened(chromium, files["turning"]) as watched:
        page = watched.page
        page.evaluate("siting.setLens('premium_local')")
        page.evaluate("siting.setWeights({energy: 0.9})")
        page.locator(".row").nth(2).click()
        name, order = page.locator("#dossiertitle").inner_text(), listed(page)
        until(page, "location.hash.includes('energy=0.9')")
        page.reload()
        expect(page.locator("#dossiertitle")).to_have_text(name)
        assert listed(page) == order
        assert page.evaluate("siting.setting().lens") == "premium_local"
        expect(page.locator("#reset")).to_be_enabled()
        watched.requests.pop()
        watched.assert_quiet()


def test_a_bad_link_is_named_and_changes_nothing(chromium: Browser, files: dict[str, Path]) -> None:
    marks = (
        "__proto__.x=1&constructor.prototype=2&prior.x=1&cost=-1",
        "lens=<img src=x onerror=alert(1)>&%ff%00=&=&.=1&energy=lots",
        "energy=1e300&energy.power_price=1e300",  # a study's weights go to a thousand million
    )
    with opened(chromium, files["turning"]) as watched:
        page = watched.page
        for mark in marks:
            page.goto("about:blank")
            page.goto(f"{files['turning'].as_uri()}#{mark}")
            expect(page.locator("#said")).to_contain_text("cannot be read")
            assert page.evaluate("siting.setting()") == own_setting()
            assert page.evaluate("({}).x === undefined")
        assert watched.complaints == []


# ---- side by side ----


def test_lenses_and_settings_side_by_side(page: Page) -> None:
    page.get_by_role("button", name="Side by side").click()
    expect(page.locator("#compare")).to_be_focused()
    for column, lens in zip(page.locator(".leaders").all(), LENSES, strict=True):
        names = column.locator(".wide").all_inner_texts()
        page.evaluate("s => { siting.setLens(s) }", lens)
        assert names == [row["name"] for row in page.evaluate("siting.ranking()")[:5]]
        page.evaluate("siting.reset(); undefined")
    page.locator("#compare-b").select_option(label="Weights: Low-cost export")
    shown = [
        [cell.strip() for cell in row.locator("td").all_inner_texts()]
        for row in page.locator(".movers tbody tr").all()
    ]
    moves = page.evaluate("siting.compare('sample', 'Low-cost export')")
    assert len(shown) == len(moves) >= 10
    for row, mover in zip(shown, moves, strict=True):
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
    last = page.evaluate("siting.ranking('places').find(r => !r.zone)")
    assert page.evaluate("id => siting.pick(id)", last["site_id"]) == last["site_id"]
    card = page.locator("#dossier")
    expect(card.locator(".pill")).to_have_text("\u2013")
    expect(card).to_contain_text("of the places compared rank lower")
    expect(card).to_contain_text("--from-setting")
    expect(page.locator(".badge.chosen .label")).to_have_text(last["name"])
    page.locator("#dossier .pillar summary").first.click()
    page.evaluate("siting.setWeights({cost: 3})")  # what was open stays open
    expect(page.locator("#dossier .pillar").first).to_have_attribute("open", "")
    parts = [factor(t) for t in card.locator(".pillar summary .n").all_inner_texts()]
    whole = factor(card.locator(".sum.total .n").inner_text())
    assert np.prod(parts) == pytest.approx(whole, rel=0.25)


def test_scripting_gathers_faults_and_changes_nothing(page: Page) -> None:
    before = page.evaluate("siting.setting()")
    words = page.evaluate("""() => { try {
      siting.setWeights({energy: {weight: NaN, criteria: {moon: 1}}, export: {}});
    } catch (error) { return `${error.name}: ${error.message}`; } }""")
    assert words.startswith("RangeError")
    assert all(word in words for word in ("energy:", "energy.moon", "export"))
    zero = "siting.setWeights({ties: 0, market: 0, cost: 0, energy: 0, policy: 0})"
    with pytest.raises(Exception, match="all are zero"):
        page.evaluate(zero)
    with pytest.raises(Exception, match="lens: unknown"):
        page.evaluate("siting.setLens('moon')")
    assert page.evaluate("siting.setting()") == before


# ---- sizes, paper, everyone ----


@pytest.mark.parametrize("size", SIZES)
def test_it_fits_and_axe_finds_nothing_serious(
    chromium: Browser, files: dict[str, Path], size: tuple[int, int]
) -> None:
    axe = axe_source() if size != SIZES[1] else None  # the middle one has the same parts
    with opened(chromium, files["turning"], *size) as watched:
        page = watched.page
        page.evaluate("siting.setLens('premium_local')")
        if size[0] < 760:
            page.get_by_role("tab", name="Weights").click()
        for opener in page.locator("#shares button.opener").all():
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
    assert_open_to_all(page, axe)


def test_paper_says_whose_weights(chromium: Browser, files: dict[str, Path]) -> None:
    with opened(chromium, files["turning"]) as watched:
        page = watched.page
        page.evaluate("siting.setLens('onshoring')")
        paper = page.pdf(prefer_css_page_size=True, print_background=True)
        assert len(re.findall(rb"/Type\s*/Page\b(?!s)", paper)) == 1
        page.emulate_media(media="print")
        weights = "Onshoring (Nearby plants of compatriots 11.1\u202f%, Market 11.1"
        expect(page.locator("#printed")).to_contain_text(weights)
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
