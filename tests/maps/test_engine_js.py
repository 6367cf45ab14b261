"""The page's own engine against Python's and the golden vectors."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from browser import Watched, launched, opened, script_of, with_module
from playwright.sync_api import Browser, Page
from sample_live import Setting, live, own_setting, ranked, settings, tree_of, turning

from geodata.sphere import EARTH_KM
from maps.atlas import draw
from siting.confidence.acceptability import dirichlet
from siting.model import scoring
from siting.results.shapes import OUTLINE_KM, outlines
from siting.study.weights import TOTAL, leaf_weights

pytestmark = pytest.mark.browser
GOLDEN = Path(__file__).parents[1].joinpath("golden") / "scoring.json"  # by golden/make_scoring.py
WEAR = """([setting, all]) => {
  siting.wear({lens: setting.lens, weights: setting.weights});
  return JSON.stringify(all ? siting.ranking('places') : siting.ranking());
}"""  # as text, which crosses to Python a hundred times faster


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with launched() as browser:
        yield browser


@pytest.fixture(scope="module")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("engine") / "map.html"
    path.write_text(draw(turning()), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def watched(chromium: Browser, page_file: Path) -> Iterator[Watched]:
    with opened(chromium, page_file) as page:
        yield page
        page.assert_quiet()


def worn(page: Page, setting: Setting, *, every: bool) -> list[dict[str, Any]]:
    """Return the page's ranking under a setting."""
    rows: list[dict[str, Any]] = json.loads(page.evaluate(WEAR, [setting, every]))
    return rows


def in_engine(chromium: Browser, call: str, argument: object) -> Any:
    """Return what the engine's own script gives for a call, in a blank page."""
    page = with_module(chromium, "engine.js")
    try:
        return page.evaluate(call, argument)
    finally:
        page.close()


@pytest.mark.parametrize(
    "case", json.loads(GOLDEN.read_text(encoding="utf-8"))["cases"], ids=lambda case: case["name"]
)
def test_the_engine_gives_the_golden_scores_and_chances(
    chromium: Browser, case: dict[str, Any]
) -> None:
    call = """({values, weights, odds}) => {
      const score = utility(values, weights, Object.values(values)[0].length);
      return [Array.from(score), Array.from(chance(score, odds))];
    }"""
    score, chance = in_engine(chromium, call, case)
    assert np.allclose(score, case["utility"], rtol=1e-12, atol=1e-12)
    assert np.allclose(chance, case["chance"], rtol=0, atol=1e-12)


def test_the_engine_scales_a_tree_as_python_does(chromium: Browser) -> None:
    for setting in settings(10, seed=7):
        own = leaf_weights(tree_of(setting)).to_dict()
        leaves = in_engine(
            chromium, "([tree, total]) => leafWeights(tree, total)", [setting["weights"], TOTAL]
        )
        assert leaves == pytest.approx(own, rel=1e-12)
        assert sum(leaves.values()) == pytest.approx(7.0)


def test_the_page_ranks_all_its_places_as_python_does(watched: Watched) -> None:
    places = live()
    at = {site: k for k, site in enumerate(places.places["site_id"])}
    ties = 0
    for number, setting in enumerate(settings(40)):
        shown = worn(watched.page, setting, every=True)
        order, scores, zones = ranked(places, setting)
        assert [row["site_id"] for row in shown] == order, f"setting {number}"
        rows = [at[site] for site in order]
        assert [row["zone"] for row in shown] == zones.zone[rows].tolist(), f"setting {number}"
        assert np.allclose([row["utility"] for row in shown], scores[rows], rtol=0, atol=1e-12)
        own = scoring.chance(scores)[rows]
        assert np.allclose([row["chance"] for row in shown], own, rtol=0, atol=1e-12)
        ties += int((np.diff(scores[rows].round(12)) == 0).sum())
    assert ties > 100  # so that the order of equals was put to the test


def test_the_list_is_that_of_the_zones(watched: Watched) -> None:
    places = live()
    for setting in settings(6, seed=3):
        listed = worn(watched.page, setting, every=False)
        zones = ranked(places, setting)[2]
        ids = places.places["site_id"].iloc[zones.head[: len(listed)]].tolist()
        assert [row["site_id"] for row in listed] == ids
        assert [row["rank"] for row in listed] == list(range(1, len(ids) + 1))
        assert [row["scouted"] for row in listed] == zones.scouted[: len(ids)].tolist()
        assert np.allclose([row["share"] for row in listed], zones.share[: len(ids)], atol=1e-12)


def test_chances_are_those_of_dirichlet_weights_and_never_flicker(watched: Watched) -> None:
    """Against Python's own draws, 300 of theirs and 20,000 of ours: within sampling error."""
    setting = own_setting()
    setting["weights"]["energy"]["weight"] = 2.5
    read = """() => [...document.querySelectorAll('.row .band')]
      .map(n => parseFloat(n.style.getPropertyValue('--p')) / 100)"""
    seen = []
    for _ in range(2):
        worn(watched.page, own_setting(), every=False)
        worn(watched.page, setting, every=False)
        seen.append(watched.page.evaluate(read))
    assert seen[0] == seen[1]
    places = live()
    _, scores, zones = ranked(places, setting)
    leaves = leaf_weights(tree_of(setting))
    chosen = leaves.to_numpy() / TOTAL
    drawn = TOTAL * dirichlet(np.random.default_rng(4), chosen, 40.0, 20_000)
    ahead = np.log(zones.share) / scoring.ODDS - scores[zones.head]
    moved = places.values[list(leaves.index)].to_numpy()[zones.head] @ drawn.T + ahead[:, None]
    moved[zones.scouted] += 1e6  # as listed: zones with an estate first
    among = (np.argsort(np.argsort(-moved, axis=0, kind="stable"), axis=0) < 10).mean(axis=1)
    error = np.abs(np.array(seen[0]) - among[:25])
    assert np.ptp(among[:25]) > 0.3  # not all sure, not all hopeless
    assert error.max() < 4 * 0.5 / np.sqrt(300)


def test_a_place_that_stands_for_several_counts_as_often(chromium: Browser) -> None:
    """Two places alike, or one that stands for both: the same chances for all others."""
    score = [2.0, 1.0, 1.0, 0.5]
    call = "([score, weight]) => Array.from(chance(score, 3.6, weight))"
    every = in_engine(chromium, call, [score, None])
    few = in_engine(chromium, call, [[2.0, 1.0, 0.5], [1, 2, 1]])
    assert few == pytest.approx([every[0], every[1] + every[2], every[3]])


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
def test_the_engine_asks_for_no_document() -> None:
    script = script_of("engine.js")
    done = subprocess.run(
        ["node", "--input-type=module", "-e", f"{script}\nconsole.log(typeof evaluate)"],
        capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    assert done.stdout.strip() == "function"


def test_a_list_of_ones_own_is_ranked_place_by_place(chromium: Browser) -> None:
    places = live(50)
    call = """([score, zones]) => {
      const even = score.map(() => 1);
      const bench = {count: score.length, extent_km: 0, zones, estate: even, lat: even, lon: even,
                     earth_km: 6371, known: score.map((_, i) => [i])};
      return sitingZones(bench, score, chance(score, 3.6)).heads;
    }"""
    scores = ranked(places, own_setting())[1]
    order = np.argsort(-np.round(scores, 12), kind="stable")[:20]
    assert in_engine(chromium, call, [scores.tolist(), 20]) == order.tolist()


def test_the_outline_of_a_zone_turned_is_that_of_the_plan(chromium: Browser) -> None:
    zones = {
        "one place": [(0.0, 20.0)],
        "far north": [(69.6, 18.9), (69.7, 19.4), (69.5, 19.1), (69.6, 19.2)],
        "across 180 degrees": [(-16.8, 179.9), (-16.9, -179.8)],
    }
    page = with_module(chromium, "hull.js")
    try:
        drawn = page.evaluate(
            "([zones, margin]) => zones.map((zone) => outlineOf(zone, margin))",
            [list(zones.values()), OUTLINE_KM / EARTH_KM],
        )
    finally:
        page.close()
    for name, (places, shape) in zip(zones, zip(zones.values(), drawn, strict=True), strict=True):
        lat, lon = np.array(places).T
        (ours,) = outlines(lat, lon, np.zeros(len(lat), dtype=int))
        its = shapely.Polygon([(x, y) for y, x in shape])
        assert its.symmetric_difference(ours).area < 0.02 * ours.area, name
