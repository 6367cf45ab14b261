"""The live map of the default study: what it costs to make and to turn, against folium's markers.

Also how true it is: of random settings, how many of a plan's first sites the page finds among
the places that it holds.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from html import escape
from pathlib import Path

import folium
import numpy as np
import pandas as pd
from numpy.typing import NDArray
from playwright.sync_api import sync_playwright

from benchmarks.comparison import Comparison, Result, peak_mb, timed
from maps.atlas import draw
from siting.model import clusters, scoring
from siting.model.appraisal import score
from siting.model.plan import Plan
from siting.planner import make_plan
from siting.results import mapping
from siting.results.live import live
from siting.study.strategies import STRATEGIES
from siting.study.studyfile import preset
from siting.study.weights import leaf_weights, tree_of

SETTINGS, FIRST = 60, 25
CONCENTRATIONS = (0.5, 1.0, 3.0)  # of the random weights: from a few that count to all alike
TURNS = """async count => {
  const took = [];
  for (let k = 0; k < count; k += 1) {
    const market = 0.1 + 0.08 * ((7 * k) % 10), start = performance.now();
    const premium_local = {market, energy: 1 - market}, low_cost_export = {cost: market};
    siting.setWeights({premium_local, low_cost_export});
    document.body.getBoundingClientRect();
    took.push(performance.now() - start);
    await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
  }
  return took.sort((a, b) => a - b)[count >> 1];
}"""


def run() -> Result:
    """Compare page and markers on the same places; figures of a turn and of the sites found."""
    plan = make_plan(preset("balanced"))
    held, chosen = timed(lambda: live(plan))
    text, drawn = timed(lambda: draw(mapping.atlas(plan)))
    peak = peak_mb()
    naive, marked = timed(lambda: _markers(held.places))
    at = np.flatnonzero(plan.places["site_id"].isin(held.places["site_id"]))
    return Result(
        (
            Comparison(
                f"page of {len(held.places):,} places, all layers and the panel",
                drawn,
                "folium, a Marker with a Popup for each place and nothing else",
                marked,
                peak,
                float("nan"),
            ),
        ),
        {
            "places on the live map": float(len(held.places)),
            "choosing them (s)": chosen,
            "our page (MB)": len(text.encode()) / 1e6,
            "folium's page of markers (MB)": len(naive.encode()) / 1e6,
            "turn of a weight, ranked and drawn again (ms)": _turn(text),
            **_found(plan, at),
        },
    )


def _markers(places: pd.DataFrame) -> str:
    """Return what a first attempt with folium gives: a marker object a place."""
    page = folium.Map(location=(50, 10), zoom_start=4, tiles=None)
    for name, country, lat, lon in places[["name", "country", "lat", "lon"]].to_numpy(object):
        popup = folium.Popup(f"<b>{escape(name)}</b><br>{country}", max_width=300)
        folium.Marker((lat, lon), popup=popup, tooltip=escape(name)).add_to(page)
    return str(page.get_root().render())


def _turn(text: str) -> float:
    """Return the median milliseconds of a turn in headless Chromium; NaN without one."""
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
    if path is None:
        return float("nan")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        page_file = Path(folder, "map.html")
        page_file.write_text(text, encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(page_file.as_uri())
        page.evaluate(TURNS, 10)
        median = float(page.evaluate(TURNS, 30))
        browser.close()
    return median


def _found(plan: Plan, at: NDArray[np.intp]) -> dict[str, float]:
    """Return the shares of first sites that the places `at` hold, over random settings."""
    ten = every = first = 0.0
    for total in _totals(plan):
        wanted = _heads(plan, np.arange(len(total)), total)
        found = _heads(plan, at, total)
        first += found[0] == wanted[0]
        ten += len(set(found[:10]) & set(wanted[:10])) / len(wanted[:10])
        every += len(set(found) & set(wanted)) / len(wanted)
    return {
        "settings whose first site is on the page (share)": first / SETTINGS,
        "of the first 10, on the page (share)": ten / SETTINGS,
        f"of the first {FIRST}, on the page (share)": every / SETTINGS,
    }


def _totals(plan: Plan) -> Iterator[NDArray[np.float64]]:
    """Yield the scores of all places under random settings, mixtures and strategies in turn."""
    rng = np.random.default_rng(3)
    for number in range(SETTINGS):
        spread = CONCENTRATIONS[number % 3]
        weights = {}
        for name in STRATEGIES:
            tree = tree_of(plan.study, name)
            pillars = rng.dirichlet(np.full(len(tree), spread))
            drawn = {
                pillar: (w, dict(zip(own, rng.dirichlet(np.full(len(own), spread)), strict=True)))
                for w, (pillar, (_, own)) in zip(pillars, tree.items(), strict=True)
            }
            weights[name] = leaf_weights(drawn)
        scores = {k: s.score for k, s in score(plan.values, weights, plan.measures).items()}
        prior = dict(zip(STRATEGIES, rng.dirichlet(np.full(3, spread)), strict=True))
        if number % 2:
            yield scoring.mix(scores, prior, plan.study.sharpness)[0]
        else:
            yield list(scores.values())[number // 2 % 3]


def _heads(plan: Plan, at: NDArray[np.intp], total: NDArray[np.float64]) -> list[str]:
    """Return the site_id of the first zones when only the places `at` are ranked."""
    order = np.argsort(-np.round(total[at], 12), kind="stable")
    found = clusters.siting_zones(
        plan.places.iloc[at], order, zones=FIRST, extent_km=plan.study.listing.zone_km
    )
    return [str(site) for site in plan.places["site_id"].to_numpy()[at][found.head]]
