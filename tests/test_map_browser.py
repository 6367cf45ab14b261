"""The real page in headless Chromium."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from browser import Watched, launched, opened
from playwright.sync_api import Browser, Page, expect
from sample_atlas import PAYLOADS, empty, hostile, sample

from maps.atlas import draw
from maps.escape import plain

pytestmark = pytest.mark.browser
LAYERS = ("sites", "freight", "zones", "barred", "gigafactories", "clusters", "cars", "rivals",
          "names")  # fmt: skip
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
# Opens every tooltip of every layer in turn; returns what any of them holds besides plain boxes.
TOOLTIPS = """() => {
  const odd = []; let count = 0;
  const all = [];
  map_atlas.eachLayer(l => {
    if (!l.getTooltip || !l.getTooltip()) return;
    if (l.getLayers) all.push(...l.getLayers().slice(0, 48)); else all.push(l);
  });
  all.forEach(l => {
    const at = l.getLatLng ? l.getLatLng() : l.getCenter();
    l.fire('mouseover', {latlng: at, originalEvent: {}}, true);
    count += document.querySelectorAll('.leaflet-tooltip').length;
    document.querySelectorAll('.leaflet-tooltip *').forEach(n => {
      const plain = ['DIV', 'B', 'SPAN'].includes(n.tagName) && n.attributes.length < 2;
      if (!plain) odd.push(n.outerHTML);
    });
    l.fire('mouseout', {latlng: at, originalEvent: {}}, true);
  });
  return [count, odd];
}"""
FOREIGN = """() => [...document.querySelectorAll(
  'img, iframe, object, embed, base, link, form, a[href^="javascript"],'
  + '[onload], [onerror], [onmouseover]')]
  .map(n => n.outerHTML)"""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with launched() as browser:
        yield browser


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    known = sample()
    nothing = dict.fromkeys(("duty", "parity", "margin"), np.nan)
    unpriced = dataclasses.replace(
        known, costs=known.costs.iloc[:0], customers=known.customers.assign(**nothing)
    )
    atlases = {"sample": known, "many": sample(60), "hostile": hostile(), "empty": empty(),
               "unpriced": unpriced}  # fmt: skip
    for name, atlas in atlases.items():
        (folder / f"{name}.html").write_text(draw(atlas), encoding="utf-8")
    return {name: folder / f"{name}.html" for name in atlases}


@pytest.fixture
def watched(chromium: Browser, files: dict[str, Path]) -> Iterator[Watched]:
    with opened(chromium, files["sample"]) as page:
        yield page
        page.assert_quiet()


def first_id(page: Page) -> str:
    return str(page.evaluate("siting.ranking()[0].site_id"))


def map_picture(page: Page) -> bytes:
    """Return the map without what lies over it."""
    page.mouse.move(5, 5)
    page.evaluate("document.activeElement.blur()")
    veil = page.add_style_tag(content=".over { visibility: hidden }")
    page.wait_for_timeout(60)
    picture = page.locator("#map_atlas").screenshot()
    veil.evaluate("node => node.remove()")
    return picture


# ---- what a reader does ----


def test_every_layer_appears_and_disappears(watched: Watched) -> None:
    page = watched.page
    page.evaluate("id => siting.pick(id)", first_id(page))  # so that there is freight to draw
    page.evaluate("() => { map_atlas.setView([54, 15], 4, {animate: false}) }")
    page.locator("#legendtoggle").click()
    was = map_picture(page)
    for key in LAYERS:
        box = page.locator(f"#layer-{key}")
        start = box.is_checked()
        box.click()
        assert box.is_checked() is not start
        assert page.evaluate("siting.layers()")[key] is not start
        assert map_picture(page) != was, f"{key} draws nothing"
        box.click()
        assert map_picture(page) == was, f"{key} leaves something behind"


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
        ("rivals", "Rival anode plant"), ("barred", "Stands apart: The site is full"),
        ("clusters", "Demand cluster: 79 kt"), ("zones", "Siting zone 1"),
        ("policy", "Policy for this investor"), ("sites", "score"),
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
        "What makes the score", "Score under each strategy", "A tonne at the gate",
        "Nearest customers", "Policy that applies", "Next best in this zone",
        "How complete the facts are",
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


def test_a_hostile_archetype_is_text_and_none_leaves_no_mark(
    chromium: Browser, tmp_path: Path
) -> None:
    atlas = sample()
    names = [*PAYLOADS, *[""] * len(atlas.sites)][: len(atlas.sites)]
    page_file = tmp_path / "kinds.html"
    made = dataclasses.replace(atlas, sites=atlas.sites.assign(archetype=names))
    page_file.write_text(draw(made), encoding="utf-8")
    with opened(chromium, page_file) as watched:
        page = watched.page
        for at in (*range(0, len(PAYLOADS), 3), len(PAYLOADS)):
            page.evaluate("at => siting.pick(siting.ranking()[at].site_id)", at)
            line = page.locator("#dossier header p")
            said = line.evaluate("n => n.textContent")
            assert said.endswith(plain(names[at]) or "industrial site")
            assert line.evaluate("n => n.childElementCount") == 0
        assert page.evaluate("window.__ran") is None
        watched.assert_quiet()


def test_badge_marks_the_row(watched: Watched) -> None:
    page = watched.page
    page.locator("#legendtoggle").click()
    rank = page.locator(".badge").nth(4).locator(".disc b").inner_text()
    page.locator(".badge").nth(4).locator(".disc").click(force=True)
    expect(page.locator(".row[aria-pressed=true] .rank")).to_have_text(rank)
    expect(page.locator("#dossier .pill")).to_have_text(rank)


def test_points_and_losses_in_the_dossier_add_up(watched: Watched) -> None:
    page = watched.page
    page.locator(".row").first.click()
    shown = [*page.locator(".pillar summary .n").all_inner_texts(),
             *page.locator(".sum:not(.total) .n").all_inner_texts()]  # fmt: skip
    parts = [float(text.replace("\N{MINUS SIGN}", "-")) for text in shown]
    assert len(parts) == 7
    assert sum(parts) == pytest.approx(float(page.locator(".sum.total .n").inner_text()), abs=0.4)


def amounts(page: Page, selector: str) -> list[float]:
    shown = page.locator(selector).all_inner_texts()
    return [float(re.sub("[\u202f+]", "", text).replace("\u2212", "-")) for text in shown]


def test_the_cost_of_a_tonne_adds_up_and_its_solid_bar_ends_there(watched: Watched) -> None:
    page = watched.page
    page.locator(".row").first.click()
    made, way = (amounts(page, f"#dossier .parts{k} .n") for k in (":not(.way)", ".way"))
    assert (len(made), made[-2:], way) == (7, [-131, -62], [53, 9])
    assert amounts(page, "#dossier .money.total .n") == [sum(made), sum(made + way)] == [3051, 3113]
    text = page.locator("#dossier section", has_text="A tonne").inner_text()
    assert "2\u202f900\u20133\u202f800" in text
    box = "n => { const b = n.getBoundingClientRect(); return [b.left, b.right]; }"
    left, right = page.locator("#dossier .stack.costs").evaluate(box)
    scale = (right - left) / 3800  # the high end is the widest thing to show
    taken = page.locator("#dossier .stack .aid").evaluate(box)
    solid = page.locator("#dossier .stack.costs i").last.evaluate(box)
    assert taken == pytest.approx([left + 3051 * scale, left + 3244 * scale], abs=6)
    assert solid[1] == pytest.approx(taken[1], abs=6)


def test_customers_show_a_signed_margin_and_what_it_is_made_of(watched: Watched) -> None:
    page = watched.page
    page.locator(".row").first.click()
    cells = page.locator("#dossier .customers b").all_inner_texts()
    assert cells == ["+528", "+464", "unknown", "\u221263"]
    row = page.locator("#dossier .customers tbody tr").nth(1)
    expect(row).to_contain_text("duty 12, landed Chinese tonne 3\u202f580")
    expect(row).to_contain_text("880 km: road 210 km")
    expect(page.locator("#dossier .customers tbody tr").nth(2)).not_to_contain_text("duty")


def test_without_costs_and_margins_the_dossier_says_no_money(
    chromium: Browser, files: dict[str, Path]
) -> None:
    with opened(chromium, files["unpriced"]) as watched:
        watched.page.locator(".row").first.click()
        heads = watched.page.locator("#dossier .customers th").all_inner_texts()
        assert heads == ["Gigafactory", "kt/yr", "freight", "km"]
        assert watched.page.locator("#dossier .money").count() == 0
        watched.assert_quiet()


def test_criteria_open_with_raw_values_and_say_what_is_unknown(watched: Watched) -> None:
    page = watched.page
    page.locator(".row").first.click()
    for pillar in page.locator(".pillar").all():
        pillar.locator("summary").click()
    text = page.locator("#dossier").inner_text()
    assert "36.4 kt/y" in text
    assert "3\N{NARROW NO-BREAK SPACE}421 USD/t" in text
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
    expect(page.locator(".row").first).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#dossier")).to_be_focused()
    expect(page.locator("#dossier .pill")).to_have_text("3")
    page.keyboard.press("Escape")
    expect(page.locator("#dossier")).to_be_hidden()
    expect(page.locator(".row").nth(2)).to_be_focused()


def test_every_control_has_a_name(watched: Watched) -> None:
    page = watched.page
    page.locator(".row").first.click()
    nameless = page.evaluate("""() => [...document.querySelectorAll('button, input, summary')]
      .filter(n => !(n.textContent || n.getAttribute('aria-label')
        || (n.labels && n.labels.length))).length""")
    assert nameless == 0


def test_places_apart_are_listed_by_rule_and_shown(watched: Watched) -> None:
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
    assert set(ranking[0]) == {"rank", "site_id", "name", "country", "score", "lat", "lon"}
    assert page.evaluate("siting.pick('no such site')") is None
    assert page.evaluate("id => siting.pick(id)", ranking[4]["site_id"]) == ranking[4]["site_id"]
    assert page.evaluate("siting.pick(null)") is None
    assert page.evaluate("siting.layers({cars: true})")["cars"] is True


def test_sites_outside_the_view_are_counted_and_one_press_away(watched: Watched) -> None:
    page = watched.page
    page.get_by_role("button", name="Americas").click()
    expect(page.locator("#outside")).to_have_text("25 of 25 ranked sites lie outside this view")
    page.locator("#outside").click()
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


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1024, 768), (1440, 900)])
def test_nothing_scrolls_sideways(
    chromium: Browser, files: dict[str, Path], width: int, height: int
) -> None:
    for name in ("sample", "hostile"):
        with opened(chromium, files[name], width, height) as watched:
            page = watched.page
            wide = "[...document.querySelectorAll('body, .side, #scroll, #dossier')]"
            wide += ".filter(n => n.scrollWidth > n.clientWidth + 1).map(n => n.id || n.className)"
            assert page.evaluate(wide) == []
            page.locator(".row").first.click()
            page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
            assert page.evaluate(wide) == []
            assert page.evaluate("document.documentElement.scrollWidth") == width


def test_phone_has_a_sheet_with_list_legend_and_dossier(
    chromium: Browser, files: dict[str, Path]
) -> None:
    with opened(chromium, files["sample"], 390, 844) as watched:
        page = watched.page
        expect(page.locator("#legendbody")).to_be_hidden()
        page.get_by_role("tab", name="Legend").click()
        expect(page.locator("#layer-cars")).to_be_visible()
        expect(page.locator("#list")).to_be_hidden()
        page.get_by_role("tab", name="Sites").click()
        page.locator(".row").first.click()
        expect(page.locator("#dossier")).to_be_visible()
        small = page.evaluate("""() => [...document.querySelectorAll('button, summary, input')]
          .map(n => n.getBoundingClientRect()).filter(b => b.width && b.height < 24).length""")
        assert small == 0
        watched.assert_quiet()


@pytest.mark.parametrize("dossier", [False, True])
def test_prints_on_one_a3_page(chromium: Browser, files: dict[str, Path], *, dossier: bool) -> None:
    with opened(chromium, files["sample"]) as watched:
        if dossier:
            watched.page.locator(".row").first.click()
        paper = watched.page.pdf(prefer_css_page_size=True, print_background=True)
        assert len(re.findall(rb"/Type\s*/Page\b(?!s)", paper)) == 1
        box = re.search(rb"/MediaBox\s*\[([^\]]*)\]", paper)
        assert box is not None
        _, _, width, height = map(float, box[1].split())
        assert (width, height) == pytest.approx((1190.6, 841.9), abs=1.5)  # A3 in points
        watched.assert_quiet()


# ---- hostile text: the page's own policy is switched off, so that escaping alone must hold ----


def test_hostile_text_is_text_in_every_sink(chromium: Browser, files: dict[str, Path]) -> None:
    with opened(chromium, files["hostile"], trusting=True) as watched:
        page = watched.page
        every = dict.fromkeys(page.evaluate("siting.layers()"), True)
        for ground in ("policy", "demand", "plain"):
            page.evaluate("wanted => siting.layers(wanted)", every | {"demand": False,
                          "policy": False, "plain": False, ground: True})  # fmt: skip
            count, odd = page.evaluate(TOOLTIPS)
            assert count > 500
            assert odd == []
        ids = page.evaluate("siting.ranking().map(s => s.site_id)")
        for at, site in enumerate(ids):
            assert page.evaluate("id => siting.pick(id)", site) == site
            page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
            if at < len(PAYLOADS):
                page.locator(".badge").nth(at).locator(".disc").dispatch_event("mouseover")
        for text in PAYLOADS:
            page.locator("#query").fill(plain(text))
            page.wait_for_timeout(5)
        expect(page.locator("#hits li").first).to_be_visible()
        page.pdf()
        assert page.evaluate(FOREIGN) == []
        assert page.evaluate("window.__ran") is None
        assert page.evaluate("document.scripts.length") == 4
        watched.assert_quiet()


def test_hostile_text_reads_as_it_was_given(chromium: Browser, files: dict[str, Path]) -> None:
    atlas = hostile()
    with opened(chromium, files["hostile"]) as watched:
        page = watched.page
        assert page.locator("#title").text_content() == plain(atlas.title)
        assert page.locator("#answer").text_content() == plain(atlas.answer)
        assert page.locator(".row .name").all_text_contents() == [
            plain(name) for name in atlas.sites["name"]
        ]
        notes = page.locator("#notes li").all_text_contents()
        assert notes[: len(PAYLOADS)] == [plain(text) for text in PAYLOADS]
        page.locator(".row").first.click()
        shown = page.locator(".law .sub").first.text_content()
        own = atlas.policies[atlas.policies["site_id"] == atlas.sites["site_id"].iloc[0]].iloc[0]
        assert shown is not None
        assert plain(own["summary"]) in shown
        costs = atlas.costs[atlas.costs["site_id"] == atlas.sites["site_id"].iloc[0]]
        assert page.locator("#dossier .parts .words").all_text_contents() == [
            plain(part).replace("_", " ") for part in costs["part"]
        ]
        watched.assert_quiet()


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
