"""The score by Python and by the page's script, on settings and places of every kind.

`make differential` runs a million cases, a place under a setting each; the suite runs a few.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable

import numpy as np
import pytest
from browser import with_module
from playwright.sync_api import Browser, Page
from sample_differential import (
    FORM,
    IN_PAGE,
    PLACES,
    VALUES,
    WEIGHINGS,
    Cases,
    Scored,
    drawn,
    received,
    scored,
)

from siting.model.scoring import DECIMALS

pytestmark = pytest.mark.browser
CASES = int(os.environ.get("SITING_CASES", "22000"))
SETTINGS = 220  # at once
ByPage = Callable[[Cases], Scored]


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Page:
    """Give a blank page with the engine."""
    page = with_module(chromium, "engine.js")
    page.set_content("<input type=file>")
    return page


@pytest.fixture(scope="module")
def by_page(page: Page, tmp_path_factory: pytest.TempPathFactory) -> ByPage:
    """Give what scores cases by the engine: one page for all, the numbers in a file."""
    file = tmp_path_factory.mktemp("cases") / "cases"

    def score(cases: Cases) -> Scored:
        cases.save(file)
        page.set_input_files("input", file)
        return received(page.evaluate(IN_PAGE, FORM))

    return score


def test_python_and_page_score_alike(by_page: ByPage) -> None:
    """Weights, scores and ranks to the last bit, chances to 1e-12, and the same is refused."""
    seen, refused, ties, apart = 0, 0, 0, 0.0
    met: Counter[str] = Counter()
    for seed in range(-(-CASES // (SETTINGS * PLACES))):
        cases = drawn(SETTINGS, seed)
        own, page = scored(cases), by_page(cases)
        differ = {
            "weights": ~_same(own.leaves, page.leaves),
            "refused": own.refused != page.refused,
            "scores": ~_same(own.scores, page.scores),
            "order": ~_same(own.order, page.order),
            "chances": ~np.isclose(own.chances, page.chances, rtol=0, atol=1e-12,
                                   equal_nan=True).all(axis=1),
        }  # fmt: skip
        for what, rows in differ.items():
            met.update(f"{what}: {cases.kinds[row]} ({seed})" for row in np.flatnonzero(rows))
        free = ~own.refused
        seen += len(cases.kinds) * PLACES
        refused += int(own.refused.sum()) * PLACES
        ranked = np.take_along_axis(own.scores[free], own.order[free].astype(int), axis=1)
        ties += int((np.diff(ranked.round(DECIMALS), axis=1) == 0).sum())
        apart = max(apart, float(np.abs(own.chances - page.chances)[free].max(initial=0)))
    print(  # noqa: T201 - what a long run is for
        f"\n{seen:,} cases, {refused:,} of them refused, {ties:,} ties, chances within {apart:.1e}"
    )
    assert not met
    assert seen >= CASES
    assert 0 < refused < seen / 2
    assert ties > seen / 20


def _same(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Whether rows are equal number by number; 0 and -0 are."""
    return np.asarray(((one == other) | (np.isnan(one) & np.isnan(other))).all(axis=1))


def test_every_pair_of_kinds_comes_up() -> None:
    pairs = set(drawn(SETTINGS, 0).kinds)
    assert pairs == {(own, value) for own in WEIGHINGS for value in VALUES}


def test_halves_are_rounded_to_the_even_neighbour_on_both_sides_of_zero(page: Page) -> None:
    halves = np.arange(-4999, 5000, 2) / 2**13  # half way between two numbers of twelve decimals
    scores = np.concatenate([halves, np.nextafter(halves, -9), np.nextafter(halves, 9)])
    rounded = page.evaluate("scores => scores.map(rounded12)", scores.tolist())
    assert rounded == scores.round(DECIMALS).tolist()
    assert len(set(rounded)) > len(halves)
