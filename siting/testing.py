"""A small plan for tests of your own: real data, few places, made once a process."""

from __future__ import annotations

from functools import cache

from siting import api

COUNTRIES = ("FI", "NO", "SE")


@cache
def sample_plan() -> api.Plan:
    """Return a plan of the known industrial estates of Finland, Norway and Sweden.

    Examples
    --------
    >>> sorted(set(sample_plan().places["country"]))
    ['FI', 'NO', 'SE']
    """
    estates = {"sets": ["industrial_sites"], "countries": list(COUNTRIES)}
    return api.plan({"name": "sample", "candidates": estates}, confidence={"draws": 0})
