"""What may go wrong with a portfolio: failures, scenarios, a period of waiting; simple rules."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from sample_problem import every_portfolio, problem, sold

from siting.portfolios import stress
from siting.portfolios.alternatives import near, without
from siting.portfolios.baselines import baselines
from siting.portfolios.conflicts import conflicts
from siting.portfolios.exchange import replacements
from siting.portfolios.problem import NEVER, Limits
from siting.portfolios.search import search

TIGHT = 1e-6


def test_a_plant_that_fails_is_paid_for_and_sells_nothing():
    asked = problem(2, sites=5)
    best = search(asked, gap=TIGHT).portfolio
    failed = stress.failures(asked, best, ["north", "north", "south", "south", "south"])
    alone = {one.site: one for one in failed if not one.lane}
    assert set(alone) == set(best.built)
    for site, one in alone.items():
        dead = replace(asked, gain=asked.gain * (np.arange(5) != site)[:, None, None])
        assert one.lost == pytest.approx(best.value - sold(dead, best.decided), rel=1e-5)
        lanes = [lane.lost for lane in failed if lane.site == site and lane.lane]
        assert all(-1e-6 <= lost <= one.lost + 1e-6 for lost in lanes)
    assert [one.lost for one in failed] == sorted((one.lost for one in failed), reverse=True)


def test_in_its_own_scenario_a_portfolio_is_worth_what_it_is_and_elsewhere_what_it_can():
    asked = problem(4, sites=5)
    cheap = replace(asked, gain=asked.gain * 0.8)
    best = search(asked, gap=TIGHT).portfolio
    worth = stress.values([asked, cheap], [best])[0]
    assert worth[0] == pytest.approx(best.value, rel=1e-6)
    assert worth[1] == pytest.approx(sold(cheap, best.decided), rel=1e-6)


def test_a_plant_that_a_scenario_bars_is_not_built_there():
    asked = problem(4, sites=5)
    best = search(asked, gap=TIGHT).portfolio
    out = best.built[0]
    barred = without(asked, int(out))
    decided = best.decided.copy()
    decided[out] = NEVER
    worth = stress.values([barred], [best])[0, 0]
    assert worth == pytest.approx(sold(barred, decided), rel=1e-6)


def test_a_period_later_is_the_same_plants_a_period_later():
    asked = problem(6, sites=4)
    best = search(asked, gap=TIGHT).portfolio
    later = stress.postponed(asked, best)
    kept = best.decided + 1
    kept[(best.decided == NEVER) | (kept >= 2)] = NEVER
    assert (later.decided == kept).all()
    assert later.value == pytest.approx(sold(asked, kept), rel=1e-6)


@pytest.mark.parametrize("seed", [4, 6])
def test_what_waiting_is_worth_is_the_best_of_all_that_is_decided_later(seed):
    asked = problem(seed, sites=4, customers=4, limits=Limits(plants=2))
    best = search(asked, gap=TIGHT).portfolio
    allowed = asked.allowed.copy()
    allowed[:, 0] = False
    right, _ = every_portfolio(replace(asked, allowed=allowed))
    later = stress.waited(asked, best, TIGHT)
    assert (later.decided != 0).all()
    assert later.value == pytest.approx(right, rel=1e-5)
    assert later.value >= stress.postponed(asked, best).value - 1e-6


@pytest.mark.parametrize("seed", [3, 8])
def test_what_is_said_to_be_needed_or_useless_is(seed):
    asked = problem(seed, sites=6, customers=4)
    found = search(asked, gap=TIGHT)
    listed = near(asked, found, most=4, loss=0.2, differ=1, time_s=60.0)
    least = 0.8 * found.portfolio.value
    for site in np.flatnonzero(listed.proved):
        standing = str(listed.standing[site])
        if standing == "must-build":
            assert every_portfolio(without(asked, int(site)))[0] < least
        else:
            assert standing == "never"
            forced = replace(asked, must=np.arange(6) == site)
            assert every_portfolio(forced)[0] < least + 1e-6


@pytest.mark.parametrize("seed", [1, 3])
def test_all_near_portfolios_are_listed_where_the_list_is_said_to_be_complete(seed):
    asked = problem(seed, sites=5, customers=4, periods=2, sizes=(40.0,))
    found = search(asked, gap=TIGHT)
    listed = near(asked, found, most=30, loss=0.15, differ=1, time_s=60.0)
    assert listed.complete
    assert len(listed.portfolios) > 1
    built = {frozenset(one.built.tolist()) for one in listed.portfolios}
    for pair in [{a, b} for a in range(5) for b in range(5)]:
        must = np.isin(np.arange(5), list(pair))
        only = replace(asked, must=must, allowed=asked.allowed & must[:, None])
        value = every_portfolio(only)[0]
        if value >= 0.85 * found.portfolio.value + 1e-6:
            assert frozenset(pair) in built


def test_what_would_replace_a_plant_is_no_better():
    asked = problem(10, sites=6)
    best = search(asked, gap=TIGHT).portfolio
    for one in replacements(asked, best, ()):
        assert one.lost >= -1e-6
        assert one.by not in best.built
        right = every_portfolio(without(asked, one.site))[0]
        assert best.value - one.lost <= right + 1e-6


def test_simple_rules_pick_what_they_say_and_are_no_better():
    asked = problem(9, sites=8, limits=Limits(plants=2))
    best = search(asked, gap=TIGHT).portfolio
    first, country, one_by_one = baselines(asked, 2, TIGHT)
    assert set(first.portfolio.built) <= {0, 1}
    heads = [int(np.flatnonzero(asked.country == c)[0]) for c in np.unique(asked.country)]
    assert set(country.portfolio.built) <= set(sorted(heads)[:2])
    for rule in (first, country, one_by_one):
        assert rule.portfolio.value <= best.value + 1e-6


@pytest.mark.parametrize(
    ("limits", "name", "lacking"),
    [
        (Limits(plants=2), "plants", 2.0),
        (Limits(plants=9, plants_by_country=1), "country", None),
        (Limits(plants=9, budget=np.array([1.0, 0.0])), "budget", None),
        (Limits(plants=9, all_built=0.999), "chance", None),
    ],
)
def test_limits_that_conflict_with_what_must_be_built_are_named(limits, name, lacking):
    asked = replace(problem(5, sites=4, limits=limits), must=np.ones(4, dtype=bool))
    found = conflicts(asked)
    assert {one.limit for one in found} == {name}
    if lacking is not None:
        assert found[0].lacking == pytest.approx(lacking)
    if name == "budget":
        cheapest = asked.spend[:, 0].sum(axis=2).min(axis=1).sum()
        assert sum(one.lacking for one in found) == pytest.approx(cheapest - 1.0, rel=0.05)
