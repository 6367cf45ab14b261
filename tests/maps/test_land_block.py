"""The land coloured by its places: what goes into the block comes out of it, and scores alike."""

from __future__ import annotations

import base64
import dataclasses
import json
import zlib
from collections.abc import Iterator
from typing import Any

import h3
import numpy as np
import pandas as pd
import pytest
from browser import launched, with_module
from playwright.sync_api import Browser, Page
from sample_live import land as sample_land
from sample_live import live as sample_live
from sample_live import settings, tree_of, turning, utility

from geodata.errors import SitingError
from maps import land as block
from maps import layers
from maps.escape import embed
from maps.land import Land
from siting.model.plan import Plan
from siting.model.zones import SCOUTED_KM
from siting.results.page.land import FIGURES, land, thinned
from siting.screening.zones import parent_of
from siting.study.criteria import CRITERIA
from siting.study.weights import leaf_weights
from siting.study.weights import tree_of as own_tree

KINDS = {"u1": "<u1", "u2": "<u2", "f4": "<f4"}
OPEN = """payload => openLand(payload).then(land => { window.land = land; return land.count; })"""
SCORES = "leaves => Array.from(landScores(land, leaves))"


@pytest.fixture(scope="module")
def nordland(nordic: Plan) -> Land:
    return land(nordic, nordic.places["site_id"].tolist())


def read(of: Land) -> dict[str, Any]:
    """Return what a script would read."""
    made: dict[str, Any] = json.loads(embed(block.payload(of)))
    return made


def opened(payload: dict[str, Any]) -> tuple[dict[str, np.ndarray], pd.DataFrame]:
    """Return the parts of a block and its columns, one number a place: an own reading of it."""
    content, parts, at = zlib.decompress(base64.b64decode(payload["block"])), {}, 0
    for name, kind, count in payload["parts"]:
        wide = int(kind[1])
        some = content[at : at + wide * count]
        at += wide * count
        if kind == "f4":
            parts[name] = np.frombuffer(some, KINDS[kind])
            continue
        planes = np.frombuffer(some, np.uint8).reshape(wide, count).astype(np.int64)
        apart = sum(planes[k] << (8 * k) for k in range(wide))
        parts[name] = np.cumsum(apart) % 2 ** (8 * wide)
    assert at == len(content)
    once = parts["once"].reshape(len(payload["once"]), -1)
    columns = dict(zip(payload["once"], once[:, parts["area"]], strict=True))
    for key, (low, step) in payload["fine"].items():
        codes = parts[f"fine:{key}"]
        columns[key] = np.where(codes == block.UNKNOWN, np.nan, low + step * codes)
    return parts, pd.DataFrame(columns)


def bound(payload: dict[str, Any], weights: pd.Series) -> float:
    """Return by how much a score out of the block may be off: half a step of each criterion."""
    fine = payload["fine"]
    return 1e-5 + sum(w * fine[key][1] / 2 for key, w in weights.items() if key in fine)


def test_every_place_of_the_plan_is_in_with_its_values(nordic: Plan, nordland: Land) -> None:
    payload = read(nordland)
    parts, columns = opened(payload)
    assert payload["count"] == len(nordic.places)
    row = parts["listed"] - 1
    assert sorted(row) == list(range(len(nordic.places)))
    for key in CRITERIA:
        step = payload["fine"].get(key, (0, 0))[1]
        off = np.abs(columns[key].to_numpy()[row] - nordic.values[key].to_numpy())
        assert off.max() <= step / 2 + 1e-6, key
        assert step <= np.ptp(nordic.values[key]) / 254 + 1e-12, key
    country = np.array(payload["countries"])[parts["country"][parts["area"]]]
    assert country[row].tolist() == nordic.places["country"].tolist()


def test_a_place_lies_where_it_does(nordic: Plan, nordland: Land) -> None:
    parts, _ = opened(read(nordland))
    row = parts["listed"] - 1
    x, y = ((parts[axis][row] + 0.5) / 2**14 for axis in ("x", "y"))
    lat = np.degrees(np.arctan(np.sinh((0.5 - y) * 2 * np.pi)))
    assert np.abs(360 * (x - 0.5) - nordic.places["lon"]).max() < 0.012
    assert np.abs(lat - nordic.places["lat"]).max() < 0.012


def test_the_best_place_of_a_hexagon_scores_what_it_does_in_the_plan(
    nordic: Plan, nordland: Land
) -> None:
    payload = read(nordland)
    parts, columns = opened(payload)
    weights = leaf_weights(own_tree(nordic.study))
    score = sum(columns[key] * w for key, w in weights.items()).to_numpy()[parts["listed"] - 1]
    points = nordic.places[["lat", "lon"]].to_numpy(dtype=float)
    cells = pd.Series([h3.latlng_to_cell(lat, lon, 4) for lat, lon in points])
    best, own = (pd.Series(one).groupby(cells).max() for one in (score, nordic.utility))
    assert len(best) > 100
    assert np.abs(best - own).max() <= bound(payload, weights)


def test_figures_are_what_was_measured(nordic: Plan, nordland: Land) -> None:
    payload = read(nordland)
    parts, columns = opened(payload)
    raw = nordic.measures.raw.assign(pays_from=nordic.measures.pays_from)
    for figure in payload["figures"]:
        key, line = figure["key"], figure["line"]
        made = line[0] + line[1] * columns[key] if line else columns[f"raw:{key}"]
        step = payload["fine"].get(key if line else f"raw:{key}", (0, 0))[1]
        off = np.abs(made.to_numpy()[parts["listed"] - 1] - raw[key].to_numpy(float))
        assert off.max() <= abs((line or [0, 1])[1]) * step / 2 + 1e-3, key
        low, high = figure["ends"]
        assert low < high
        assert figure["breaks"] == sorted(set(figure["breaks"]))
    assert [f["key"] for f in payload["figures"]] == list(FIGURES)


def test_an_estate_is_near_where_one_of_its_country_is(nordic: Plan, nordland: Land) -> None:
    estate = nordic.places["kind"].eq("industrial site").to_numpy()
    near = nordland.places["near"].to_numpy()[nordland.listed]
    assert near[estate].all()
    assert 0.05 < near.mean() < 0.95
    regime = nordland.places["regime"].to_numpy()[nordland.listed]
    assert not (regime & ~near).any()
    assert 0 < regime.sum() < near.sum()
    assert SCOUTED_KM == 50  # the filter says so


def test_who_is_excluded_is_in_without_a_score(nordic: Plan, nordland: Land) -> None:
    parts, _ = opened(read(nordland))
    assert len(parts["barredX"]) == len(nordic.barred)
    assert nordland.closed == frozenset(nordic.facts.closed)


def test_the_block_is_small_and_the_same_twice(nordic: Plan, nordland: Land) -> None:
    text = embed(block.payload(nordland))
    assert text == embed(block.payload(land(nordic, nordic.places["site_id"].tolist())))
    assert len(text) < 30 * len(nordic.places) + 20_000


def test_cells_of_a_screening_are_in_as_the_hexagons_they_are(screened: Plan) -> None:
    assert screened.screen is not None
    made = land(screened, screened.places["site_id"].tolist())
    free = screened.screen.rank > 0
    assert len(made.places) == free.sum()
    assert (made.listed >= 0).all()
    weights = leaf_weights(own_tree(screened.study))
    score = sum(made.values[key] * w for key, w in weights.items())
    assert np.sort(score) == pytest.approx(np.sort(screened.screen.utility[free]), abs=1e-9)
    edge = h3.average_hexagon_edge_length(4, "km")
    assert made.places["edge_km"].between(0.7 * edge, 1.3 * edge).all()
    assert made.places["turn"].between(0, 60).all()


def test_what_is_too_many_is_thinned_to_the_best_of_wider_cells(screened: Plan) -> None:
    assert screened.screen is not None
    free = np.flatnonzero(screened.screen.rank > 0)
    cell, score = screened.screen.land.cell[free], screened.screen.utility[free]
    assert thinned(cell, score, len(cell)).tolist() == list(range(len(cell)))
    kept = thinned(cell, score, len(cell) // 3)
    assert 0 < len(kept) <= len(cell) // 3
    wide = next(r for r in range(3, -1, -1) if len(set(parent_of(cell, r))) <= len(cell) // 3)
    best = pd.Series(score).groupby(parent_of(cell, wide)).max()
    assert sorted(score[kept]) == sorted(best)


def test_what_the_page_ranks_is_in_for_certain(nordic: Plan) -> None:
    ranked = nordic.places["site_id"].iloc[::40].tolist()
    few = land(nordic, ranked, 100)
    assert (few.listed >= 0).all()
    assert 20 < len(few.places) <= 100 + len(ranked)
    best = nordic.places.iloc[int(nordic.order[0])]
    assert ((few.places["lat"] == best["lat"]) & (few.places["lon"] == best["lon"])).any()


def test_what_is_unknown_stays_unknown() -> None:
    made = sample_land(sample_live(200))
    payload = read(made)
    _, columns = opened(payload)
    gone = made.measured["delivered_cost"].isna().to_numpy()
    assert gone.any()
    assert np.array_equal(np.isnan(columns["raw:delivered_cost"]), gone)


def test_a_number_that_is_none_is_a_fault() -> None:
    atlas = turning(30)
    assert atlas.land is not None
    values = atlas.land.values.copy()
    values.iloc[4, 2] = np.nan
    broken = dataclasses.replace(atlas, land=dataclasses.replace(atlas.land, values=values))
    with pytest.raises(SitingError, match=r"atlas\.land\.values, row 6: not a number"):
        layers.payload(broken)


# ---- the page's own reading ----


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with launched() as browser:
        yield browser


@pytest.fixture(scope="module")
def script(chromium: Browser) -> Iterator[Page]:
    page = with_module(chromium, "block.js")
    yield page
    page.close()


@pytest.mark.browser
def test_the_page_scores_as_python_under_any_weights(script: Page) -> None:
    made = sample_live(1500)
    payload = read(sample_land(made))
    assert script.evaluate(OPEN, payload) == 1500
    for setting in settings(12):
        weights = leaf_weights(tree_of(setting))
        scores = np.array(script.evaluate(SCORES, weights.to_dict()))
        own, off = utility(made.values, tree_of(setting)), bound(payload, weights)
        assert np.abs(scores - own).max() <= off
        ordered = own[np.argsort(-scores, kind="stable")]
        assert (np.maximum.accumulate(ordered[::-1])[::-1] <= ordered + 2 * off).all()


@pytest.mark.browser
def test_classes_begin_where_the_shares_say(script: Page) -> None:
    numbers = np.random.default_rng(3).normal(size=5000)
    shares = [0.5, 0.75, 0.9, 0.95, 0.99]
    found = script.evaluate(
        "([n, s]) => quantiles(Float32Array.from(n), s)", [numbers.tolist(), shares]
    )
    assert found == pytest.approx(np.quantile(numbers, shares), abs=np.ptp(numbers) / 1000)
    assert script.evaluate("quantiles(Float32Array.of(2, 2, 2), [0.5])") == [
        pytest.approx(2, abs=1)
    ]
