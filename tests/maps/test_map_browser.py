"""The real page in headless Chromium."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from browser import Watched, afresh, eventually, opened, still, until
from playwright.sync_api import Browser, Page, expect
from sample_atlas import PILLARS, empty, sample

from maps.atlas import draw

pytestmark = pytest.mark.browser
LAYERS = ("sites", "freight", "zones", "barred", "gigafactories", "clusters", "cars", "rivals",
          "names")  # fmt: skip
SIZES = ((390, 844), (820, 1180), (1024, 768), (1440, 900))
# Inked pixels of the canvas of names, in all and under the legend.
UNDER_LEGEND = """() => {
  const canvas = document.querySelector('.leaflet-names-pane canvas'), wide = canvas.width;
  const at = canvas.getBoundingClientRect(), scale = wide / at.width;
  const box = document.getElementById('legend').getBoundingClientRect();
  const [left, top, right, bottom] = [box.left - at.left, box.top - at.top, box.right - at.left,
    box.bottom - at.top].map(n => n * scale);
  const bits = canvas.getContext('2d').getImageData(0, 0, wide, canvas.height).data;
  let names = 0, hidden = 0;
  for (let k = 0; k < bits.length / 4; k += 1) {
    if (!bits[4 * k + 3]) continue;
    const x = k % wide, y = Math.floor(k / wide);
    names += 1;
    if (x > left && x < right && y > top && y < bottom) hidden += 1;
  }
  return {names, hidden};
}"""
# Points and areas of one layer, as the browser knows them: name to expect, and where to aim.
AIM = """key => {
  const wanted = Object.keys(siting.layers());
  siting.layers(Object.fromEntries(wanted.map(k => [k, k === key || k === 'plain'])));
  if (key === 'policy') siting.layers({policy: true});
  let found = null;
  const aims = l => l.getTooltip && l.getTooltip() && !(l.getLayers && !l.getLayers().length);
  map_atlas.eachLayer(l => { if (!found && aims(l)) found = l; });
  if (found.getLayers) found = found.getLayers()[0];
  const place = found.getLatLng ? found.getLatLng() : found.getCenter();
  map_atlas.setView(place, 6, {animate: false});
  const p = map_atlas.latLngToContainerPoint(place);
  const box = map_atlas.getContainer().getBoundingClientRect();
  return [box.left + p.x, box.top + p.y];
}"""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    known = sample()
    nothing = dict.fromkeys(("duty", "parity", "margin"), np.nan)
    unpriced = dataclasses.replace(
        known, costs=known.costs.iloc[:0], customers=known.customers.assign(**nothing)
    )
    atlases = {"sample": known, "many": sample(60), "empty": empty(),
               "unpriced": unpriced}  # fmt: skip
    for name, atlas in atlases.items():
        (folder / f"{name}.html").write_text(draw(atlas), encoding="utf-8")
    return {name: folder / f"{name}.html" for name in atlases}


@pytest.fixture(scope="module")
def shared(chromium: Browser, files: dict[str, Path]) -> Iterator[Watched]:
    with opened(chromium, files["sample"]) as page:
        yield page


@pytest.fixture
def watched(shared: Watched) -> Iterator[Watched]:
    """The page as it opened, quiet when a test leaves it."""
    yield afresh(shared)
    shared.assert_quiet()


def first_id(page: Page) -> str:
    return str(page.evaluate("siting.ranking()[0].site_id"))


def open_first(page: Page) -> None:
    """Open the dossier of rank 1; what is below its head is filled after the next frame."""
    page.locator(".row").first.click()
    until(page, "document.querySelector('#dossier .pillar') !== null")


def map_picture(page: Page) -> bytes:
    """Return the map without what lies over it."""
    page.mouse.move(5, 5)
    page.evaluate("document.activeElement.blur()")
    veil = page.add_style_tag(content=".over { visibility: hidden }")
    page.wait_for_timeout(60)
    picture = page.locator("#map_atlas").screenshot(type="jpeg", quality=95)
    veil.evaluate("node => node.remove()")
    return picture


# ---- what a reader does ----


def test_every_layer_appears_and_disappears(watched: Watched) -> None:
    page = watched.page
    page.evaluate("id => siting.pick(id)", first_id(page))  # so that there is freight to draw
    page.evaluate("() => { map_atlas.setView([54, 15], 4, {animate: false}) }")
    page.locator("#legendtoggle").click()
    was = still(page, lambda: map_picture(page))
    for key in LAYERS:
        box = page.locator(f"#layer-{key}")
        start = box.is_checked()
        box.click()
        assert box.is_checked() is not start
        assert page.evaluate("siting.layers()")[key] is not start
        eventually(page, lambda: [f"{key} draws nothing"] if map_picture(page) == was else [])  # noqa: B023
        box.click()
        eventually(page, lambda: [f"{key} is left"] if map_picture(page) != was else [])  # noqa: B023


def test_one_colour_of_the_land_at_a_time(watched: Watched) -> None:
    page, seen = watched.page, []
    for key in ("policy", "plain", "demand"):
        page.locator(f"#layer-{key}").check()
        on = page.evaluate("siting.layers()")
        assert [k for k in ("demand", "policy", "plain") if on[k]] == [key]
        seen.append(map_picture(page))
    assert len(set(seen)) == 3


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("gigafactories", "Gigafactory in"), ("cars", "Car plant in"),
        ("rivals", "Rival anode plant"), ("barred", "Excluded: The site is full"),
        ("clusters", "Demand cluster: 79 kt"), ("zones", "Zone "),
        ("policy", "Policy for this investor"), ("sites", "chance of the next plant"),
    ],
)  # fmt: skip
def test_pointing_at_a_mark_says_what_it_is(watched: Watched, key: str, words: str) -> None:
    page = watched.page
    page.locator("#legendtoggle").click()
    x, y = page.evaluate(AIM, key)
    page.mouse.move(x + 1, y + 1)
    page.mouse.move(x, y)
    expect(page.locator(".leaflet-tooltip")).to_contain_text(words)


def test_row_opens_the_dossier_and_marks_the_badge(watched: Watched) -> None:
    page = watched.page
    name = page.locator(".row .name").nth(2).inner_text()
    page.locator(".row").nth(2).click()
    expect(page.locator("#dossiertitle")).to_contain_text(name)
    expect(page.locator(".row").nth(2)).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".badge.chosen .label")).to_have_text(name)
    assert "#site=" in page.url
    headings = page.locator("#dossier h3").all_inner_texts()
    assert [h.split("\n")[0] for h in headings] == [
        "What makes its odds", "Estates to visit", "A tonne at the gate", "Customers",
        "Policy that applies", "How complete the facts are",
    ]  # fmt: skip


def test_the_second_line_of_the_dossier_says_place_kind_and_archetype(watched: Watched) -> None:
    page, sites = watched.page, sample().sites
    for at in (0, 1):
        page.locator(".row").nth(at).click()
        row = sites.iloc[at]
        said = page.locator("#dossier header p").inner_text()
        assert said.endswith(
            f"{row['country_name']} \u00b7 industrial site \u00b7 {row['archetype']}"
        )


def test_badge_marks_the_row(watched: Watched) -> None:
    page = watched.page
    page.locator("#legendtoggle").click()
    badge = page.locator(".badge .disc:visible").nth(2)
    rank = badge.locator("b").inner_text()
    badge.click(force=True)
    expect(page.locator(".row[aria-pressed=true] .rank")).to_have_text(rank)
    expect(page.locator("#dossier .pill")).to_have_text(rank)


def odds_of(text: str) -> float:
    """Return odds as the page writes them: \u00d72.1 or /3.0."""
    size = float(text.lstrip("\u00d7/").replace(",", ""))
    return 1 / size if text.startswith("/") else size


def test_odds_of_the_pillars_multiply_to_those_of_the_site(watched: Watched) -> None:
    page = watched.page
    open_first(page)
    parts = [odds_of(text) for text in page.locator(".pillar summary .n").all_inner_texts()]
    assert len(parts) == 6
    whole = odds_of(page.locator(".sum.total .n").inner_text())
    assert np.prod(parts) == pytest.approx(whole, rel=0.1)
    assert whole == pytest.approx(np.exp(sample().sites["odds"][0]), rel=0.03)


def test_bars_lean_to_the_side_that_helps(watched: Watched) -> None:
    page, own = watched.page, sample().contributions.iloc[0]
    open_first(page)
    bars = page.locator(".pillar summary .lean i").evaluate_all(
        "nodes => nodes.map(n => [parseFloat(n.style.left), parseFloat(n.style.width)])"
    )
    for key, (left, wide) in zip([p.key for p in PILLARS], bars, strict=True):
        assert (left if own[key] > 0 else left + wide) == pytest.approx(50, abs=0.1)
        assert wide == pytest.approx(abs(own[key]) * bars[0][1] / abs(own["ties"]), rel=0.02)


def test_the_estates_of_a_zone_say_that_their_order_means_nothing(watched: Watched) -> None:
    page = watched.page
    open_first(page)
    part = page.locator("#dossier section", has_text="Estates to visit")
    expect(part).to_contain_text("their order means nothing")
    expect(part).to_contain_text("Next field")
    expect(part).to_contain_text("408 ha available")


def test_zones_without_an_estate_stand_after_the_list(watched: Watched) -> None:
    page = watched.page
    expect(page.locator("#unscoutedsum")).to_have_text(
        "2 further zones without a known estate, chance of the next plant 6.0\u202f%"
    )
    page.locator("#unscouted summary").click()
    expect(page.locator("#unscoutedlist button").first).to_contain_text("New Town")
    page.locator("#unscoutedlist button").first.click()
    centre = page.evaluate("[map_atlas.getCenter().lat, map_atlas.getCenter().lng]")
    assert centre == pytest.approx([61.0, 16.0], abs=0.2)


def amounts(page: Page, selector: str) -> list[float]:
    shown = page.locator(selector).all_inner_texts()
    return [float(re.sub("[,+]", "", text).replace("\u2212", "-")) for text in shown]


def test_the_cost_of_a_tonne_adds_up_and_its_solid_bar_ends_there(watched: Watched) -> None:
    page = watched.page
    open_first(page)
    made, way = (amounts(page, f"#dossier .parts{k} .n") for k in (":not(.way)", ".way"))
    assert (len(made), made[-2:], way) == (7, [-131, -62], [53, 9])
    *costs, margin = amounts(page, "#dossier .money.total .n")
    assert costs == [sum(made), sum(made + way)] == [3051, 3113]
    paid = page.locator("#dossier .money", has_text="Its customers pay").locator(".n")
    assert paid.inner_text() == f"{3113 + margin:,.0f}"
    text = page.locator("#dossier section", has_text="A tonne").inner_text()
    assert "2,900\u20133,800" in text
    box = "n => { const b = n.getBoundingClientRect(); return [b.left, b.right]; }"
    left, right = page.locator("#dossier .stack.costs").evaluate(box)
    scale = (right - left) / 3800  # the high end is the widest thing to show
    taken = page.locator("#dossier .stack .aid").evaluate(box)
    solid = page.locator("#dossier .stack.costs i").last.evaluate(box)
    assert taken == pytest.approx([left + 3051 * scale, left + 3244 * scale], abs=6)
    assert solid[1] == pytest.approx(taken[1], abs=6)


def test_customers_show_a_signed_margin_and_what_it_is_made_of(watched: Watched) -> None:
    page = watched.page
    open_first(page)
    cells = page.locator("#dossier .customers b").all_inner_texts()
    assert cells == ["+528", "+464", "unknown", "\u221263"]
    row = page.locator("#dossier .customers tbody tr").nth(1)
    expect(row).to_contain_text("duty 12, landed Chinese tonne 3,580")
    expect(row).to_contain_text("880 km: road 210 km")
    expect(page.locator("#dossier .customers tbody tr").nth(2)).not_to_contain_text("duty")


def test_without_costs_and_margins_the_dossier_says_no_money(
    chromium: Browser, files: dict[str, Path]
) -> None:
    with opened(chromium, files["unpriced"]) as watched:
        open_first(watched.page)
        heads = watched.page.locator("#dossier .customers th").all_inner_texts()
        assert heads == ["Gigafactory", "kt/yr", "freight", "km"]
        assert watched.page.locator("#dossier .money").count() == 0
        watched.assert_quiet()


def test_criteria_open_with_raw_values_and_say_what_is_unknown(watched: Watched) -> None:
    page = watched.page
    open_first(page)
    for pillar in page.locator(".pillar").all():
        pillar.locator("summary").click()
    text = page.locator("#dossier").inner_text()
    assert "36.4 kt/y" in text
    assert "3,421 USD/t" in text
    assert "unknown" in text
    assert "2050" in text
    assert "taken from a wider place (country)" in text


def test_search_finds_without_accents_and_picks(watched: Watched) -> None:
    page = watched.page
    page.locator("#query").fill("debrec")
    expect(page.locator("#hits li").first).to_contain_text("Debrec")
    name = page.evaluate("siting.ranking()[3].name")
    page.locator("#query").fill(name)
    page.keyboard.press("ArrowDown")
    expect(page.locator("#hits li[aria-selected=true]")).to_contain_text(name)
    page.keyboard.press("Enter")
    expect(page.locator("#dossiertitle")).to_contain_text(name)
    page.locator("#query").fill("zzzz")
    expect(page.locator("#hits")).to_contain_text("Nothing found")
    page.keyboard.press("Escape")
    expect(page.locator("#hits")).to_be_hidden()
    expect(page.locator("#dossier")).to_be_visible()  # one Escape closes one thing


def test_keyboard_alone(watched: Watched) -> None:
    page = watched.page
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Home")
    expect(page.locator(".row").first).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#dossier")).to_be_focused()
    expect(page.locator("#dossier .pill")).to_have_text("3")
    page.keyboard.press("Escape")
    expect(page.locator("#dossier")).to_be_hidden()
    expect(page.locator(".row").nth(2)).to_be_focused()


def test_the_list_is_one_stop_of_the_tab_key(watched: Watched) -> None:
    page = watched.page
    stops = page.locator("#list .row[tabindex='0']")
    expect(stops).to_have_count(1)
    page.locator(".row").nth(2).focus()
    expect(stops).to_have_count(1)
    expect(page.locator(".row").nth(2)).to_have_attribute("tabindex", "0")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#list')") is None


def test_every_control_has_a_name(watched: Watched) -> None:
    page = watched.page
    open_first(page)
    nameless = page.evaluate("""() => [...document.querySelectorAll('button, input, summary')]
      .filter(n => !(n.textContent || n.getAttribute('aria-label')
        || (n.labels && n.labels.length))).length""")
    assert nameless == 0


def test_excluded_estates_are_listed_by_rule_and_shown(watched: Watched) -> None:
    page = watched.page
    page.locator("#apart summary").click()
    assert page.locator("#apart h3").all_inner_texts() == ["The site is full (1)", "Land law (1)"]
    page.get_by_role("button", name="Lone Star").click()
    assert page.evaluate("siting.layers().barred") is True
    centre = page.evaluate("[map_atlas.getCenter().lat, map_atlas.getCenter().lng]")
    assert centre == pytest.approx([31.0, -97.0], abs=0.2)


def test_the_chosen_site_survives_a_reload(watched: Watched) -> None:
    page = watched.page
    page.locator(".row").nth(1).click()
    page.reload()
    expect(page.locator("#dossier .pill")).to_have_text("2")
    watched.requests.pop()


def test_scripting_surface(watched: Watched) -> None:
    page = watched.page
    ranking = page.evaluate("siting.ranking()")
    assert [row["rank"] for row in ranking] == list(range(1, 26))
    assert set(ranking[0]) == {
        "rank",
        "site_id",
        "name",
        "country",
        "share",
        "scouted",
        "lat",
        "lon",
        "pays_from",
        "margin",
        "pays",
    }
    assert page.evaluate("siting.pick('no such site')") is None
    assert page.evaluate("id => siting.pick(id)", ranking[4]["site_id"]) == ranking[4]["site_id"]
    assert page.evaluate("siting.pick(null)") is None
    assert page.evaluate("siting.layers({cars: true})")["cars"] is True


def test_a_part_of_the_world_without_a_site_says_so(watched: Watched) -> None:
    page = watched.page
    page.get_by_role("button", name="North America").click()
    expect(page.locator("#outside")).to_have_text(
        "No place that was compared lies in North America"
    )
    page.get_by_role("button", name="All").click()
    expect(page.locator("#outside")).to_be_hidden()


def test_more_than_25_sites_are_dots_and_a_longer_list(
    chromium: Browser, files: dict[str, Path]
) -> None:
    with opened(chromium, files["many"]) as watched:
        page = watched.page
        assert page.locator(".badge").count() == 25
        assert page.locator(".row:visible").count() == 25
        page.locator("#more").click()
        assert page.locator(".row:visible").count() == 60
        page.locator(".row").nth(59).click()
        expect(page.locator("#dossier .pill")).to_have_text("60")
        watched.assert_quiet()


# ---- sizes and paper ----


def test_nothing_scrolls_sideways(watched: Watched) -> None:
    page = watched.page
    wide = "[...document.querySelectorAll('body, .side, #scroll, #dossier, .top, #short')]"
    wide += ".filter(n => n.scrollWidth > n.clientWidth + 1).map(n => n.id || n.className)"
    try:
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            assert page.evaluate(wide) == []
            open_first(page)
            page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
            assert page.evaluate(wide) == []
            assert page.evaluate("document.documentElement.scrollWidth") == width
            page.evaluate("siting.pick(null)")
    finally:
        page.set_viewport_size({"width": 1440, "height": 900})


@pytest.mark.parametrize("size", SIZES[:2])
def test_phone_and_tablet_have_a_sheet_with_list_legend_and_dossier(
    chromium: Browser, files: dict[str, Path], size: tuple[int, int]
) -> None:
    with opened(chromium, files["sample"], *size) as watched:
        page = watched.page
        expect(page.locator("#legendbody")).to_be_hidden()
        expect(page.locator("#scroll #short")).to_be_visible()
        page.get_by_role("tab", name="Legend").click()
        expect(page.locator("#layer-cars")).to_be_visible()
        expect(page.locator("#list")).to_be_hidden()
        page.get_by_role("tab", name="Sites").click()
        open_first(page)
        expect(page.locator("#dossier")).to_be_visible()
        small = page.evaluate("""() => [...document.querySelectorAll('button, summary, input')]
          .map(n => n.getBoundingClientRect()).filter(b => b.width && b.height < 24).length""")
        assert small == 0
        watched.assert_quiet()


def test_found_names_lie_over_all_else_and_the_count_over_no_button(watched: Watched) -> None:
    """What a reader points at is what is there, with legend and count of sites outside shown."""
    page = watched.page
    on_top = """node => {
      const b = node.getBoundingClientRect(), x = b.left + b.width / 2;
      return node.contains(document.elementFromPoint(x, b.top + b.height / 2));
    }"""
    try:
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            page.locator("#query").fill("norw")
            assert page.locator("#hits li").first.evaluate(on_top)
            page.locator("#query").fill("")
            page.evaluate("() => { map_atlas.setView([0, -150], 4, {animate: false}) }")
            expect(page.locator("#outside")).to_be_visible()
            for node in page.locator("#regions button:visible").all():
                assert node.evaluate(on_top)
    finally:
        page.set_viewport_size({"width": 1440, "height": 900})


def test_no_name_is_read_in_half_beside_the_legend(watched: Watched) -> None:
    page = watched.page
    page.evaluate("() => { map_atlas.setView([54, 20], 4, {animate: false}) }")
    picture = page.evaluate(UNDER_LEGEND)
    assert picture["names"] > 300  # there are names beside it
    assert picture["hidden"] == 0


@pytest.mark.parametrize("dossier", [False, True])
def test_prints_on_one_a3_page_and_a_dossier_on_another(
    chromium: Browser, files: dict[str, Path], *, dossier: bool
) -> None:
    with opened(chromium, files["sample"]) as watched:
        if dossier:
            open_first(watched.page)
        paper = watched.page.pdf(prefer_css_page_size=True, print_background=True)
        assert len(re.findall(rb"/Type\s*/Page\b(?!s)", paper)) == 1 + dossier
        box = re.search(rb"/MediaBox\s*\[([^\]]*)\]", paper)
        assert box is not None
        _, _, width, height = map(float, box[1].split())
        assert (width, height) == pytest.approx((1190.6, 841.9), abs=1.5)  # A3 in points
        watched.assert_quiet()


# ---- the page's own policy; hostile text has a file of its own ----


def test_the_policy_alone_stops_what_escaping_would_miss(
    chromium: Browser, files: dict[str, Path]
) -> None:
    attack = """() => {
      document.body.insertAdjacentHTML('beforeend', '<img src="data:," onerror="window.__ran=1">');
      const s = document.createElement('script');
      s.textContent = 'window.__ran=2';
      document.body.append(s);
      fetch('http://127.0.0.1:9/').catch(() => {});
    }"""
    for trusting, ran in ((False, None), (True, 2)):  # the second shows that the attack is one
        with opened(chromium, files["sample"], trusting=trusting) as watched:
            watched.page.evaluate(attack)
            watched.page.wait_for_timeout(100)
            assert watched.page.evaluate("window.__ran") in ((ran,) if ran is None else (1, 2))


def test_an_empty_atlas_still_draws(chromium: Browser, files: dict[str, Path]) -> None:
    with opened(chromium, files["empty"]) as watched:
        expect(watched.page.locator("#listtitle")).to_have_text("No site may be built")
        watched.page.get_by_role("button", name="All").click()
        watched.assert_quiet()
