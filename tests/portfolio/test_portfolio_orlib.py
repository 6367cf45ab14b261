"""Published instances with published optima: never beaten, never passed by a bound."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.orlib import read
from siting.portfolios import paths as ways
from siting.portfolios.greedy import greedy
from siting.portfolios.search import search

FOLDER = Path(__file__).parent / "orlib"
# OR-Library, file `capopt`
OPTIMA = {
    "cap61": 932_615.750,
    "cap62": 977_799.400,
    "cap63": 1_014_062.050,
    "cap64": 1_045_650.250,
    "cap124": 946_051.325,
}


@pytest.mark.parametrize("name", OPTIMA)
def test_the_optimum_of_or_library_is_met_and_its_bound_with_it(name):
    problem, income = read(FOLDER / f"{name}.txt")
    found = search(problem, gap=1e-9, time_s=120.0)
    assert income - found.portfolio.value == pytest.approx(OPTIMA[name], rel=1e-8)
    # a search ends where both meet to a millionth of the value, which holds the income
    assert income - found.bound == pytest.approx(OPTIMA[name], abs=1e-6 * income)
    assert income - found.bound <= OPTIMA[name] + 0.01


def test_greedy_addition_never_beats_it():
    for name, optimum in OPTIMA.items():
        problem, income = read(FOLDER / f"{name}.txt")
        assert income - greedy(problem, ways.paths_of(problem)).value >= optimum - 0.01
