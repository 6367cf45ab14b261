"""The live map of the default study: what it costs to make and to turn, against folium's markers.

Also how true it is: how near its shares come to those of all places under random settings.
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
from maps.live import Live
from siting.model import scoring
from siting.model.appraisal import utility_of
from siting.model.plan import Plan
from siting.pipeline import make_plan
from siting.results.page import atlas
from siting.results.page.live import live
from siting.study.studyfile import preset
from siting.study.weights import leaf_weights, tree_of

SETTINGS = 60
CONCENTRATIONS = (0.5, 1.0, 3.0)  # of the random weights: from a few that count to all alike
COLOURS = {
    "plain": "plain",
    "demand": "coloured by demand",
    "score": "coloured by the score of all places",
}
ROUNDS, TURNS_A_ROUND, WARM = 4, 13, 3
SETTLED_MS = 2000
TURNS = """async count => {
  const took = [];
  for (let k = 0; k < count; k += 1) {
    const market = 0.1 + 0.3 * ((7 * k) % 10), start = performance.now();
    siting.setWeights({market, energy: 1.1 - market / 4});
    await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
    took.push(performance.now() - start); // the frame is painted by then
  }
  return took;
}"""


def run() -> Result:
    """Compare page and markers on the same places; figures of a turn and of its shares."""
    plan = make_plan(preset("balanced"))
    held, chosen = timed(lambda: live(plan))
    text, drawn = timed(lambda: draw(atlas.atlas(plan)))
    peak = peak_mb()
    naive, marked = timed(lambda: _markers(held.places))
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
            **_turns(text),
            **_found(plan, held),
        },
    )


def _markers(places: pd.DataFrame) -> str:
    """Return what a first attempt with folium gives: a marker object a place."""
    page = folium.Map(location=(50, 10), zoom_start=4, tiles=None)
    for name, country, lat, lon in places[["name", "country", "lat", "lon"]].to_numpy(object):
        popup = folium.Popup(f"<b>{escape(name)}</b><br>{country}", max_width=300)
        folium.Marker((lat, lon), popup=popup, tooltip=escape(name)).add_to(page)
    return str(page.get_root().render())


def _turns(text: str) -> dict[str, float]:
    """Return median milliseconds from a slider to its frame in headless Chromium, by colour."""
    label = "from a slider to its frame, the land {} (ms)"
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
    if path is None:
        return dict.fromkeys(map(label.format, COLOURS.values()), float("nan"))
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        page_file = Path(folder, "map.html")
        page_file.write_text(text, encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(page_file.as_uri())
        page.wait_for_timeout(SETTLED_MS)
        took: dict[str, list[float]] = {key: [] for key in COLOURS}
        for _ in range(ROUNDS):  # by turns, so that a busy moment strikes all alike
            for key in COLOURS:
                page.evaluate("key => siting.layers({[key]: true})", key)
                took[key] += page.evaluate(TURNS, TURNS_A_ROUND)[WARM:]
        browser.close()
    return {label.format(words): float(np.median(took[key])) for key, words in COLOURS.items()}


def _found(plan: Plan, held: Live) -> dict[str, float]:
    """Return how near the page's shares come to those of all places, over random settings."""
    at = np.flatnonzero(plan.places["site_id"].isin(held.places["site_id"]))
    weight = held.places["weight"].to_numpy()
    country = plan.places["country"].to_numpy()
    first, whole, gaps = 0, [], []
    for utility in _settings(plan):
        every = pd.Series(scoring.chance(utility)).groupby(country).sum()
        carried = weight * np.exp(scoring.ODDS * (utility[at] - utility.max()))
        known = np.exp(scoring.ODDS * (utility - utility.max())).sum()
        guess = pd.Series(carried / carried.sum()).groupby(country[at]).sum()
        first += guess.idxmax() == every.idxmax()
        whole.append(abs(carried.sum() / known - 1))
        gaps.append(float((guess.reindex(every.index, fill_value=0.0) - every).abs().max()))
    return {
        "settings whose first country is the page's (share)": first / SETTINGS,
        "error of the whole (median, share)": float(np.median(whole)),
        "largest error of a country's share (median)": float(np.median(gaps)),
    }


def _settings(plan: Plan) -> Iterator[NDArray[np.float64]]:
    """Yield U of all places under random weights of pillars and criteria."""
    rng = np.random.default_rng(3)
    for number in range(SETTINGS):
        spread = CONCENTRATIONS[number % 3]
        tree = tree_of(plan.study)
        pillars = rng.dirichlet(np.full(len(tree), spread))
        drawn = {
            pillar: (w, dict(zip(own, rng.dirichlet(np.full(len(own), spread)), strict=True)))
            for w, (pillar, (_, own)) in zip(pillars, tree.items(), strict=True)
        }
        yield utility_of(plan.values, leaf_weights(drawn))
