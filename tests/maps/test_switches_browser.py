"""Weights, price, owner and law turned together on the page, against the planner asked all that."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from browser import opened, until
from playwright.sync_api import Browser, Page
from sample_live import Setting, settings, tree_of

from maps.atlas import draw
from siting.model.appraisal import Appraisal, utility_of
from siting.pipeline import Run
from siting.results.page import atlas as page_atlas
from siting.results.page import snapshots
from siting.study.study import Policies, Snapshot, Study
from siting.study.weights import leaf_weights

pytestmark = pytest.mark.browser
LAW = "MA-CHARTER"
ASKED = (Snapshot(investor="KR"), Snapshot(investor="US"), Snapshot(policies=Policies(off=(LAW,))))
PRICES = (None, 2600, 5200)
SETTINGS = 50
# As text, which crosses to Python a hundred times faster; one call for all settings of a moment.
WORN = """(turns) => JSON.stringify(turns.map(([price, {lens, weights}]) => {
  siting.reset();
  if (price) siting.setPrice(price);
  siting.wear({lens, weights});
  return siting.ranking('places').map(({site_id, utility, zone}) => [site_id, utility, zone]);
}))"""
Turn = tuple[int | None, Setting]
Row = tuple[str, float, int]


@pytest.fixture(scope="module")
def run() -> Run:
    return Run()


@pytest.fixture(scope="module")
def study(nordic_study: Study) -> Study:
    return nordic_study.model_copy(update={"snapshots": ASKED})


@pytest.fixture(scope="module")
def page(
    chromium: Browser, run: Run, study: Study, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Page]:
    path: Path = tmp_path_factory.mktemp("switches") / "map.html"
    plan = run.plan(study)
    page = draw(page_atlas.atlas(plan), *snapshots.atlases(plan, run))
    path.write_text(page, encoding="utf-8")
    with opened(chromium, path) as watched:
        yield watched.page
        assert watched.complaints == []


def shown(page: Page, moment: int, turns: list[Turn]) -> list[list[Row]]:
    """Return all that the page ranks at a moment, under each of some turns."""
    page.goto(f"{page.url.split('#')[0]}#at={moment}")
    page.reload()
    until(page, f"window.siting && siting.moments()[{moment}].shown")
    made: list[list[Row]] = json.loads(page.evaluate(WORN, turns))
    return made


def test_the_page_ranks_as_a_plan_with_weights_price_owner_and_law_turned_together(
    page: Page, run: Run, study: Study
) -> None:
    asked = [study, *snapshots.studies(study)]
    every = settings(SETTINGS, seed=16)
    ranks, orders = 0, set()
    for moment, one in enumerate(asked):
        mine = every[moment :: len(asked)]
        turns = [(PRICES[k % len(PRICES)], setting) for k, setting in enumerate(mine)]
        rankings = shown(page, moment, turns)
        for price in PRICES:
            seen = appraised(run, one, price)
            for (at, setting), rows in zip(turns, rankings, strict=True):
                if at == price:
                    ranks += as_python(seen, setting, rows)
                    orders.add(tuple(site for site, _, _ in rows[:10]))
    assert ranks > SETTINGS * 100
    assert len(orders) > SETTINGS // 2  # so that something was turned
    served = [appraised(run, study, price).values["served_demand"] for price in PRICES]
    assert (served[1] < served[0]).any()  # and that a low price took customers away


def appraised(run: Run, study: Study, price: int | None) -> Appraisal:
    """Return what Python makes of a study at a price."""
    seen: Appraisal = run.of("scores", study.model_copy(update={"price_usd_per_t": price}))
    return seen


def as_python(seen: Appraisal, setting: Setting, rows: list[Row]) -> int:
    """Hold a ranking of the page to Python's, to the last rank; return how many ranks it has.

    Places whose scores differ by less than single precision (the page's shares of output) may
    stand either way; without a margin that weighs none may.
    """
    leaves = leaf_weights(tree_of(setting))
    own = dict(zip(seen.places["site_id"], utility_of(seen.values, leaves), strict=True))
    assert {site for site, _, _ in rows} <= set(own)
    scores = np.array([own[site] for site, _, _ in rows])
    exact = 1e-12 if "margin" not in leaves.index else 2e-5
    assert np.allclose([utility for _, utility, _ in rows], scores, rtol=0, atol=exact)
    assert (np.diff(scores) <= exact).all()
    if exact < 1e-9:
        ids = [site for site, _, _ in rows]
        place = {site: k for k, site in enumerate(seen.places["site_id"])}  # breaks ties
        assert ids == sorted(ids, key=lambda site: (-round(own[site], 12), place[site]))
    return len(rows)
