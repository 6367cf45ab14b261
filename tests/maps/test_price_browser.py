"""A price turned on the page against the planner at that price, and what a reader sees of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from browser import IMPORT, SCRIPTS, Watched, afresh, opened, until
from playwright.sync_api import Browser, Page
from sample_live import turning
from scipy.special import ndtr

from maps.atlas import draw
from siting.model.plan import Plan
from siting.pipeline import Run
from siting.results.page import atlas as page_atlas
from siting.study.study import PillarWeights, Study

pytestmark = pytest.mark.browser
PRICES = (2600, 3000, 3800, 4500, 6000)
AT = """price => { siting.setPrice(price); return JSON.stringify(siting.ranking('places')); }"""
TEXT = "id => document.getElementById(id).textContent"


@pytest.fixture(scope="module")
def run() -> Run:
    return Run()


@pytest.fixture(scope="module")
def planned(
    chromium: Browser, nordic: Plan, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Page]:
    path = tmp_path_factory.mktemp("price") / "map.html"
    path.write_text(draw(page_atlas.atlas(nordic)), encoding="utf-8")
    with opened(chromium, path) as page:
        yield page.page
        page.assert_quiet()


@pytest.fixture(scope="module")
def shared(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    path = tmp_path_factory.mktemp("priced") / "map.html"
    path.write_text(draw(turning()), encoding="utf-8")
    with opened(chromium, path) as page:
        yield page


@pytest.fixture
def page(shared: Watched) -> Iterator[Page]:
    afresh(shared)
    yield shared.page
    shared.assert_quiet()


def at_price(page: Page, price: float) -> dict[str, dict[str, Any]]:
    """Return the places of the page at a price, by site_id."""
    return {row["site_id"]: row for row in json.loads(page.evaluate(AT, price))}


@pytest.mark.parametrize("price", PRICES)
def test_margins_and_chances_are_those_of_a_plan_at_that_price(
    planned: Page, run: Run, nordic_study: Study, price: float
) -> None:
    plan = run.plan(nordic_study.model_copy(update={"price_usd_per_t": float(price)}))
    shown = at_price(planned, price)
    ids = plan.places["site_id"].tolist()
    margin = plan.measures.outcome["margin"].to_numpy(dtype=float)
    rows = [k for k, site in enumerate(ids) if site in shown]
    assert len(rows) == len(shown) > 100
    assert np.allclose([shown[ids[k]]["margin"] for k in rows], margin[rows], atol=0.01)
    assert np.allclose([shown[ids[k]]["pays"] for k in rows], plan.measures.pays[rows], atol=1e-5)
    order = planned.evaluate("() => siting.ranking().map(row => row.site_id)")
    assert order == [ids[head] for head in plan.zones.head[: len(order)]]  # it moves no share


def test_a_margin_that_weighs_moves_the_order_as_in_a_plan(
    planned: Page, run: Run, nordic_study: Study
) -> None:
    weights = {"cost": PillarWeights(criteria={"delivered_cost": 0.0, "margin": 3.0})}
    wanted = nordic_study.model_copy(update={"price_usd_per_t": 5200.0, "weights": weights})
    plan = run.plan(wanted)
    planned.evaluate("() => siting.setWeights({cost: {criteria: {delivered_cost: 0, margin: 3}}})")
    shown = at_price(planned, 5200)
    planned.evaluate("() => siting.reset()")
    own = dict(zip(plan.places["site_id"], plan.utility, strict=True))
    assert np.allclose([row["utility"] for row in shown.values()], [own[k] for k in shown],
                       atol=1e-5)  # fmt: skip


def test_the_normal_distribution_is_that_of_scipy(chromium: Browser) -> None:
    text = (SCRIPTS / "normal.js").read_text(encoding="utf-8")
    blank = chromium.new_page()
    blank.evaluate(IMPORT, text)
    z = [*np.linspace(-9, 9, 181), -40.0, 40.0]
    assert np.allclose(blank.evaluate("z => z.map(normal)", z), ndtr(z), rtol=1e-9, atol=1e-15)
    blank.close()


def test_the_slider_moves_head_list_and_link_together(page: Page) -> None:
    assert page.evaluate(TEXT, "payshead") == "In 10 of 100 zones at 3,000 USD a tonne"
    slider = page.locator("#price")
    slider.focus()
    slider.evaluate("n => { n.value = 6500; n.dispatchEvent(new Event('input')); }")
    until(page, "document.getElementById('priceout').textContent === '6,500 USD/t'")
    assert page.evaluate(TEXT, "payshead").startswith("Yes at 6,500 USD a tonne")
    assert page.locator("#list .from.gain").count() == page.locator("#list .from").count()
    assert "price=6500" in page.evaluate("() => siting.link()")
    page.locator("#today").click()
    until(page, "document.getElementById('priceout').textContent === '3,000 USD/t'")
    assert "price" not in page.evaluate("() => siting.link()")
    assert page.locator("#today").is_hidden()


def test_arrow_keys_move_the_price(page: Page) -> None:
    page.locator("#price").focus()
    page.keyboard.press("ArrowRight")
    until(page, "document.getElementById('priceout').textContent === '3,010 USD/t'")
    assert page.locator("#price").get_attribute("aria-valuetext") == "3,010 USD a tonne"


def test_a_link_brings_the_price_back_and_nonsense_does_nothing(
    chromium: Browser, tmp_path: Path
) -> None:
    path = tmp_path / "map.html"
    path.write_text(draw(turning()), encoding="utf-8")
    with opened(chromium, path) as watched:
        for text, shown in (("4200", 4200), ("dear", 3000), ("-1", 3000), ("1e9", 7000)):
            watched.page.goto(f"{path.as_uri()}#price={text}")
            watched.page.reload()
            until(watched.page, "window.siting !== undefined")
            assert watched.page.evaluate("() => siting.price()") == shown


def test_words_of_the_answer_are_free_of_formulas(page: Page) -> None:
    """What an executive reads first holds a number in each headline and no jargon."""
    heads = [
        page.evaluate(TEXT, f"{key}head") for key in ("where", "pays", "sure", "why", "change")
    ]
    assert all(heads)
    text = page.locator("#short").inner_text().lower()
    for word in ("draw", "pillar", "utility", "logit", "lens", "score"):
        assert word not in text
