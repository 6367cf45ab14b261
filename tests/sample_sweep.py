"""A small sweep for the tests that look at its outputs."""

from __future__ import annotations

from functools import cache

from siting.scenarios.sweep import Sweep, sweep
from siting.scenarios.sweep_grid import Scenario
from siting.study.study import Candidates, Draws, Listing, Study

HOSTILE = "<b>dear</b> {{ 7 * 7 }} =1+1"
BASE = Study(
    name="small",
    candidates=Candidates(
        sets=("industrial_sites", "seaports"), countries=("FI", "MA", "SE", "NO", "US", "MY")
    ),
    listing=Listing(zones=25),
    confidence=Draws(draws=0),
)
# (name, what changes, probability); the last bars Texas and Florida to this investor
CASES: tuple[tuple[str, dict[str, object], float], ...] = (
    ("as a Korean sees it", {"investor": "KR"}, 0.4),
    (HOSTILE, {"capacity_ktpa": 120.0}, 0.3),
    ("onshoring", {"investor": "KR", "lens": "onshoring"}, 0.2),
    ("as it stands", {}, 0.1),
)


def scenarios(base: Study = BASE) -> tuple[Scenario, ...]:
    return tuple(
        Scenario(name, dict(values), share, base.model_copy(update=values))
        for name, values, share in CASES
    )


@cache
def small_sweep() -> Sweep:
    """Return the sweep of `scenarios`, made once a run."""
    return sweep(BASE, scenarios(), top=8, workers=1)
