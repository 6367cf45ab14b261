"""Marks stand at their places: dots, numbers, pills, ghosts, names, and the answer of a region."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from browser import Watched, afresh, opened, with_module
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page, expect
from sample_atlas import sample
from sample_live import turning

from geodata.geometry import layer
from geodata.places import country_names
from geodata.sphere import great_circle_km
from maps import nearby
from maps.atlas import draw
from maps.escape import embed

pytestmark = pytest.mark.browser
OFF = 20  # pixels that a number may stand off its place
PILL_OFF = 36  # the edge of a pill
VIEWS = (
    (54.0, 15.0, 3.0),
    (30.0, 20.0, 1.75),
    (62.0, 20.0, 4.5),
    (48.0, 8.0, 5.5),
    (60.0, 11.0, 8.0),
)
SIZES = ((1440, 900), (390, 844))
# Each mark that is shown: its words, its box on the map, and where its own place is.
MARKS = """() => {
  const map = document.getElementById('map_atlas').getBoundingClientRect();
  const shown = node => node.getClientRects().length > 0;
  const nodes = [...document.querySelectorAll('.badge > .disc, .stand > .pill-mark')].filter(shown);
  return nodes.map(node => {
    const box = node.getBoundingClientRect(), at = node.parentNode.getBoundingClientRect();
    const [left, top] = [box.left - map.left, box.top - map.top];
    return {words: node.textContent, pill: node.className, ghost: node.closest('.ghost') !== null,
      box: [left, top, left + box.width, top + box.height],
      place: [at.left - map.left, at.top - map.top], size: [map.width, map.height]};
  });
}"""


@pytest.fixture(scope="module")
def europe(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    """Sites of Europe alone."""
    file = tmp_path_factory.mktemp("europe") / "map.html"
    file.write_text(draw(sample()), encoding="utf-8")
    with opened(chromium, file) as page:
        yield page


@pytest.fixture(scope="module")
def world(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    """Sites of the whole world, that the page ranks by itself."""
    file = tmp_path_factory.mktemp("world") / "map.html"
    file.write_text(draw(turning()), encoding="utf-8")
    with opened(chromium, file) as page:
        yield page


def _fresh(watched: Watched) -> Page:
    watched.page.set_viewport_size({"width": 1440, "height": 900})
    return afresh(watched).page


@pytest.fixture
def page(europe: Watched) -> Iterator[Page]:
    yield _fresh(europe)
    europe.assert_quiet()


@pytest.fixture
def turned(world: Watched) -> Iterator[Page]:
    yield _fresh(world)
    world.assert_quiet()


@pytest.fixture(scope="module")
def marks(chromium: Browser) -> Iterator[Page]:
    page = with_module(chromium, "marks.js")
    yield page
    page.close()


def look(page: Page, lat: float, lon: float, zoom: float) -> list[dict[str, Any]]:
    page.evaluate(f"void map_atlas.setView([{lat}, {lon}], {zoom}, {{animate: false}})")
    shown: list[dict[str, Any]] = page.evaluate(MARKS)
    return [mark for mark in shown if _in_view(mark)]


def _in_view(mark: dict[str, Any]) -> bool:
    (x, y), (width, height) = mark["place"], mark["size"]
    return bool(0 <= x <= width and 0 <= y <= height)


def away(mark: dict[str, Any]) -> float:
    """Return the pixels from a place to the edge of its pill, or the middle of its number."""
    (x, y), (left, top, right, bottom) = mark["place"], mark["box"]
    if mark["pill"] == "disc":
        return math.dist((x, y), ((left + right) / 2, (top + bottom) / 2))
    return math.dist((x, y), (min(max(x, left), right), min(max(y, top), bottom)))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("view", VIEWS)
def test_no_mark_stands_far_from_its_place_and_none_over_another(
    page: Page, size: tuple[int, int], view: tuple[float, float, float]
) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.wait_for_timeout(80)
    shown = look(page, *view)
    assert [m["words"] for m in shown if away(m) > (OFF if m["pill"] == "disc" else PILL_OFF)] == []
    for one, other in itertools.combinations(shown, 2):
        a, b = one["box"], other["box"]
        apart = a[0] >= b[2] or b[0] >= a[2] or a[1] >= b[3] or b[1] >= a[3]
        near = math.dist(
            ((a[0] + a[2]) / 2, (a[1] + a[3]) / 2), ((b[0] + b[2]) / 2, (b[1] + b[3]) / 2)
        )
        assert apart or (one["pill"] == other["pill"] == "disc" and near >= 26), (one, other)


def test_from_afar_a_country_is_one_pill_that_comes_closer_when_pressed(page: Page) -> None:
    look(page, 54, 15, 2.5)
    listed = page.evaluate("siting.ranking()")[:25]
    pills = page.locator(".pill-mark:not(.shut):visible").all_inner_texts()
    assert pills
    for text in pills:
        name, many, best = re.fullmatch(
            r"(.+?)[\n ]+(\d+) zones?, best rank (\d+)", text.strip()
        ).groups()  # type: ignore[union-attr]
        code = next(code for code, known in country_names().items() if known == name)
        own = [site["rank"] for site in listed if site["country"] == code]
        assert (int(many), int(best)) == (len(own), min(own))
    before = page.evaluate("map_atlas.getZoom()")
    page.locator(".pill-mark:not(.shut):visible").first.click()
    assert page.evaluate("map_atlas.getZoom()") > before or page.locator("#dossier").is_visible()


def test_a_page_opens_on_all_ranked_sites(page: Page) -> None:
    box = page.evaluate("""() => { const b = map_atlas.getBounds();
      return [b.getSouth(), b.getWest(), b.getNorth(), b.getEast()]; }""")
    for site in page.evaluate("siting.ranking()")[:25]:
        assert box[0] < site["lat"] < box[2]
        assert box[1] < site["lon"] < box[3]
    expect(page.locator("#outside")).to_be_hidden()


def test_a_country_that_the_law_all_but_closes_says_so(page: Page) -> None:
    look(page, 40, -95, 3)
    expect(page.locator(".pill-mark.shut:visible", has_text="United States")).to_contain_text(
        "closed by law"
    )
    page.locator(".pill-mark.shut:visible", has_text="United States").click()
    expect(page.locator("#cardtitle")).to_have_text("United States")
    page.keyboard.press("Escape")


def test_a_region_answers_with_its_best_what_it_pays_from_and_what_it_lacks(turned: Page) -> None:
    page = turned
    page.get_by_role("button", name="Gulf").click()
    line = page.locator("#outside").inner_text()
    assert re.match(r"Best in Gulf: .+, .+, (rank \d+|not in the list), pays .+", line), line
    page.locator("#outside").click()
    name = line.split(": ")[1].split(",")[0]
    expect(page.locator("#dossiertitle")).to_contain_text(name)


def test_where_no_ranked_site_is_the_best_places_are_ghosts(turned: Page) -> None:
    """At the place that lies furthest from every listed site."""
    listed = np.array([[site["lat"], site["lon"]] for site in turned.evaluate("siting.ranking()")])
    made = turning().live
    assert made is not None
    lat, lon = made.places["lat"].to_numpy(), made.places["lon"].to_numpy()
    km = great_circle_km(lat[:, None], lon[:, None], *listed.T)
    far = int(km.min(axis=1).argmax())
    ghosts = [mark for mark in look(turned, lat[far], lon[far], 8) if mark["ghost"]]
    assert 1 <= len(ghosts) <= 3
    assert turned.locator("#outside").inner_text().startswith("Best in this view: ")
    turned.locator(".badge.ghost .disc").first.click(force=True)
    expect(turned.locator("#dossier")).to_be_visible()


def test_dots_of_the_canvas_lie_at_the_true_places(page: Page) -> None:
    look(page, 54, 15, 3)
    inked = page.evaluate("""() => {
      const canvas = document.querySelector('.leaflet-leads-pane canvas');
      const scale = canvas.width / canvas.getBoundingClientRect().width;
      const pen = canvas.getContext('2d');
      const size = map_atlas.getSize();
      const bits = pen.getImageData(0, 0, canvas.width, canvas.height).data;
      return siting.ranking().slice(0, 25)
        .map(site => map_atlas.latLngToContainerPoint([site.lat, site.lon]))
        .filter(({x, y}) => x > 0 && y > 0 && x < size.x && y < size.y)
        .map(({x, y}) => [x, y].map(n => Math.round(n * scale)))
        .map(([x, y]) => bits[4 * (y * canvas.width + x) + 3]);
    }""")
    assert min(inked) > 200


def test_towns_ports_and_stations_near_a_site_are_drawn_from_near(page: Page) -> None:
    site = page.evaluate("siting.ranking()[0]")
    look(page, site["lat"], site["lon"], 5)
    assert page.locator(".leaflet-nearby-pane canvas").count() == 0
    look(page, site["lat"], site["lon"], 8)
    named = _ink(page, "names")
    assert _ink(page, "nearby") > 5000
    page.evaluate("siting.layers({nearby: false})")
    assert _ink(page, "names") < named


def _ink(page: Page, pane: str) -> int:
    """Return how much there is on a canvas, as the size of its picture."""
    canvas = page.locator(f".leaflet-{pane}-pane canvas")
    return int(canvas.evaluate("canvas => canvas.toDataURL().length"))


def test_what_lies_near_sites_is_what_the_layers_hold_there() -> None:
    """Against the distance of every row, for one site."""
    known = sample().sites.iloc[:1]
    made = nearby.payload(known)
    at = float(known["lat"].iloc[0]), float(known["lon"].iloc[0])
    ports = layer("ports")
    km = great_circle_km(*at, ports["lat"].to_numpy(), ports["lon"].to_numpy())
    assert made["ports"]["names"] == ports["name"][km <= nearby.NEAR_KM].tolist()
    towns = layer("towns")
    km = great_circle_km(*at, towns["lat"].to_numpy(), towns["lon"].to_numpy())
    close = towns[km <= nearby.NEAR_KM].nlargest(nearby.TOWNS, "population", keep="first")
    assert made["towns"]["sizes"] == close["population"].tolist()
    assert len(embed(nearby.payload(sample(60).sites)).encode()) < 150_000


# ---- placing, without a page ----

SPOTS = st.lists(
    st.tuples(st.integers(0, 400), st.integers(0, 300), st.sampled_from("ABC")), max_size=12
)


@settings(max_examples=50, deadline=None)
@given(spots=SPOTS)
def test_groups_are_of_one_country_and_chained(
    marks: Page, spots: list[tuple[int, int, str]]
) -> None:
    given_ = [{"x": x, "y": y, "land": land} for x, y, land in spots]
    groups = marks.evaluate("([spots, near]) => gathered(spots, near)", [given_, 40])
    assert sorted(itertools.chain(*groups)) == list(range(len(spots)))
    for one, other in itertools.combinations(range(len(spots)), 2):
        (x, y, land), (u, v, there) = spots[one], spots[other]
        if land == there and math.dist((x, y), (u, v)) < 40:
            assert any(one in group and other in group for group in groups)
    assert all(len({spots[at][2] for at in group}) == 1 for group in groups)


@settings(max_examples=50, deadline=None)
@given(spots=SPOTS, pill=st.booleans())
def test_what_is_laid_overlaps_nothing_and_stays_in_view(
    marks: Page, spots: list[tuple[int, int, str]], *, pill: bool
) -> None:
    forms = [[90, 34], [60, 22]] if pill else [[29, 29]]
    items = [{"x": x, "y": y, "forms": forms, "over": not pill} for x, y, _ in spots]
    stands = marks.evaluate("items => laid(items, {x: 400, y: 300}, [[0, 0, 80, 60]], [])", items)
    boxes = [(0, 0, 80, 60)]
    for item, stand in zip(items, stands, strict=True):
        if stand is None:
            continue
        w, h = item["forms"][stand["form"]]
        x, y = item["x"] + stand["dx"], item["y"] + stand["dy"]
        box = (x - w / 2, y - h / 2, x + w / 2, y + h / 2)
        assert box[0] >= 0 and box[1] >= 0 and box[2] <= 400 and box[3] <= 300  # noqa: PT018
        assert all(
            box[0] >= o[2] or o[0] >= box[2] or box[1] >= o[3] or o[1] >= box[3] for o in boxes
        )
        boxes.append(box)
