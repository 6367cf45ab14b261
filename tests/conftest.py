"""What several test files look at: plans, made once a run and small; a browser, one a file."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import Phase, settings

from siting.model.plan import Plan
from siting.pipeline import make_plan
from siting.study.sources import Candidates, Hexagons
from siting.study.study import Draws, Listing, Study
from siting.support import kept, pickles

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from postgis import Server

# the same examples on every machine, however slow it is
settings.register_profile("planner", deadline=None, derandomize=True)
# `make mutants`: one failure kills a mutant, so there is no smaller nor another one to look for
settings.register_profile(
    "mutants",
    settings.get_profile("planner"),
    max_examples=50,
    phases=(Phase.explicit, Phase.generate),
    report_multiple_bugs=False,
)
settings.load_profile("planner")

# The files that take longest, longest first: workers that share files finish together. Without
# --no-loadscope-reorder (pyproject.toml) xdist begins with the files that hold most tests.
LONGEST = (
    "test_cli", "test_studio_page_work", "test_studio_runs", "test_workbook", "test_database_cli",
    "test_portfolio_cli", "test_api", "test_studio_page_access", "test_live_browser",
    "test_killed", "test_bad_input", "test_switches_browser", "test_studio_page",
    "test_moments_browser", "test_access_browser", "test_portfolio_killed", "test_screen",
    "test_map_browser", "test_engine_js", "test_price_browser", "test_compare_terminal",
    "test_story_browser", "test_sweep", "test_fuzz", "test_sweep_cli", "test_pipeline_keys",
    "test_page_brief", "test_register", "test_cluster", "test_relations", "test_bars",
    "test_hostile_browser", "test_money_cli", "test_setting",
)  # fmt: skip
PLANS = {"nordic", "screened"}  # fixtures that make a whole plan


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Give `-n auto` one worker more than cores: one waits for a browser, server or process."""
    return len(os.sched_getaffinity(0)) + 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the longest files; a mutant is not worth a whole plan."""
    if settings.get_current_profile_name() == "mutants":
        items[:] = [item for item in items if not PLANS & set(getattr(item, "fixturenames", ()))]
    order = {name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: order.get(item.path.stem, len(order)))


def pytest_collection_finish() -> None:
    """Spare the collector what stays to the end: modules and thousands of tests."""
    gc.freeze()


@pytest.fixture(autouse=True)
def _no_answer_of_a_patched_planner(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Let no command called here be answered by, or leave, what is kept for its user."""
    for module, tests in ((kept, {"test_kept"}), (pickles, {"test_pickles", "test_kept_plans"})):
        if request.path.stem not in tests:
            monkeypatch.setattr(module, "read", lambda _key: None)
            monkeypatch.setattr(module, "keep", lambda *_: None)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Give a headless Chromium."""
    from browser import launched  # noqa: PLC0415 - few files need a browser

    with launched() as browser:
        yield browser


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """Give a PostGIS of its own."""
    from postgis import running  # noqa: PLC0415 - few files need a database

    with running() as one:
        yield one


@pytest.fixture(scope="session")
def nordic_study() -> Study:
    """Three countries and one that bars nobody, as an investor from China sees them."""
    return Study(
        name="nordic",
        candidates=Candidates(countries=("SE", "FI", "NO", "MA"), min_population=15_000),
        listing=Listing(zones=20, top=10),
    )


@pytest.fixture(scope="session")
def nordic(nordic_study: Study) -> Plan:
    """The plan of `nordic_study`."""
    plan = make_plan(nordic_study)
    gc.freeze()
    return plan


@pytest.fixture(scope="session")
def screened() -> Plan:
    """A plan of the cells of three countries, one of them with much land that nobody can use."""
    return make_plan(
        Study(
            name="screened",
            candidates=Candidates(
                hex=Hexagons(resolution=4, regions=("EE", "LV", "MA"), min_people=30_000)
            ),
            listing=Listing(zones=8, top=5),
            confidence=Draws(draws=300),
        )
    )
