"""The view in which the map opens: every ranked site in it, and none under a panel."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from browser import opened
from playwright.sync_api import Browser
from sample_live import turning

from maps.atlas import Atlas, draw

pytestmark = pytest.mark.browser
SIZES = ((1440, 900), (1024, 768), (844, 390), (390, 844))
# Names of ranked sites that are not seen: beyond the edge, or under what lies over the map.
UNSEEN = """() => {
  const map = document.querySelector('.folium-map').getBoundingClientRect();
  const over = [...document.querySelectorAll(
    '.over:not(.tools), .tools > *, .leaflet-bar, .leaflet-control-attribution')]
    .map(node => node.getBoundingClientRect()).filter(box => box.width);
  return siting.ranking().slice(0, 25).filter(({lat, lon}) => {
    const at = map_atlas.latLngToContainerPoint([lat, lon]);
    const [x, y] = [at.x + map.left, at.y + map.top];
    const inside = at.x >= 0 && at.y >= 0 && at.x <= map.width && at.y <= map.height;
    return !inside || over.some(box => x >= box.left && x <= box.right && y >= box.top
      && y <= box.bottom);
  }).map(({name}) => name);
}"""


def moved(atlas: Atlas, lat: tuple[float, float], lon: tuple[float, float]) -> Atlas:
    """Return an atlas whose places fill another part of the world."""
    assert atlas.live is not None

    def spread(frame: pd.DataFrame) -> pd.DataFrame:
        ends = {"lat": lat, "lon": lon}
        old = {k: (places[k].min(), places[k].max()) for k in ends}
        return frame.assign(**{k: np.interp(frame[k], old[k], new) for k, new in ends.items()})

    places = atlas.live.places
    live = dataclasses.replace(atlas.live, places=spread(places))
    return dataclasses.replace(atlas, live=live)


@pytest.mark.parametrize(
    ("lat", "lon"),
    [((-50, 68), (-120, 150)), ((28, 42), (-10, 2)), ((34, 36), (-8, 30)), ((-35, 60), (8, 12)),
     ((36, 36.4), (-6, -5.5))],
    ids=["the world", "two countries", "a strip", "a column", "one town"],
)  # fmt: skip
def test_a_page_opens_on_all_ranked_sites_and_no_panel_lies_over_one(
    chromium: Browser, tmp_path: Path, lat: tuple[float, float], lon: tuple[float, float]
) -> None:
    path = tmp_path / "map.html"
    path.write_text(draw(moved(turning(400), lat, lon)), encoding="utf-8")
    for width, height in SIZES:
        with opened(chromium, path, width, height, folded=True) as watched:
            watched.page.evaluate("() => { siting.setLens('onshoring'); siting.reset(); }")
            assert watched.page.evaluate("siting.ranking().length") >= 25
            assert watched.page.evaluate(UNSEEN) == [], (width, height)
            watched.assert_quiet()


def test_the_answer_leaves_the_list_its_room(chromium: Browser, tmp_path: Path) -> None:
    path = tmp_path / "map.html"
    path.write_text(draw(turning(400)), encoding="utf-8")
    for (width, height), rows in (((1440, 900), 6), ((1024, 768), 2)):
        with opened(chromium, path, width, height, folded=True) as watched:
            feet = watched.page.locator("#list .row").evaluate_all(
                "rows => rows.map(row => row.getBoundingClientRect().bottom)"
            )
            assert sum(foot <= height for foot in feet) >= rows, (width, height)
