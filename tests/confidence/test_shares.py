from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from siting.confidence import shares
from siting.confidence.draws import as_chosen, draw
from siting.confidence.shares import _sample, contest, head_start, share_at, start_of
from siting.model import scoring
from siting.model.zones import Zones
from siting.study.study import Study

ALL = slice(None)


def chosen_shares(among):
    return among.shares(as_chosen(among.model, 1), ALL)[:, 0]


def outside(plan):
    """Position of the likeliest place that is in no zone."""
    free = np.flatnonzero(plan.zones.zone == 0)
    return int(free[np.argmax(plan.utility[free])])


def test_as_chosen_the_shares_are_those_of_the_plan(nordic):
    assert chosen_shares(contest(nordic)) == pytest.approx(nordic.zones.share, rel=1e-9)


def test_a_member_stands_for_its_zone_in_place_of_the_head(nordic):
    zone = int(np.argmax(np.bincount(nordic.zones.zone)[1:])) + 1
    inside = np.flatnonzero(nordic.zones.zone == zone)
    member = int(inside[inside != nordic.zones.head[zone - 1]][0])
    among = contest(nordic, member)
    assert among.zones == len(nordic.zones.head)
    share = chosen_shares(among)
    assert share[-1] == pytest.approx(nordic.zones.share[zone - 1], rel=1e-9)
    assert share[-1] == pytest.approx(share_at(nordic, member), rel=1e-9)
    assert share[:-1] == pytest.approx(np.delete(nordic.zones.share, zone - 1), rel=1e-9)


def test_a_place_in_no_zone_joins_with_what_lies_around_it(nordic):
    place = outside(nordic)
    among = contest(nordic, place)
    assert among.zones == len(nordic.zones.head) + 1
    share = chosen_shares(among)
    assert share[:-1] == pytest.approx(nordic.zones.share, rel=1e-9)
    assert share[-1] == pytest.approx(share_at(nordic, place), rel=1e-9)
    assert share_at(nordic, place) >= nordic.chance[place]


def test_a_zone_moves_as_its_site_does(nordic):
    among = contest(nordic)
    drawn = draw(among.model, 100, seed=3, concentration=40.0)
    weights = among.log_weights(drawn, ALL)
    score = among.model.utility(drawn, ALL)
    assert np.diff(weights - scoring.ODDS * score, axis=1) == pytest.approx(0.0, abs=1e-9)
    assert (among.shares(drawn, ALL).sum(axis=0) < 1.0 + 1e-9).all()


def test_a_head_start_makes_up_for_the_score(nordic):
    start, score = head_start(nordic), nordic.utility[nordic.zones.head]
    assert np.exp(scoring.ODDS * (score + start)) == pytest.approx(nordic.zones.share)
    assert np.isfinite(start_of(0.0, 1.0))


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40))
def test_a_sample_stands_for_equal_parts_of_the_probability(chances):
    chance = np.array(chances)
    rows = _sample(chance, 200)
    if chance.sum() <= 0:
        assert not len(rows)
        return
    parts = np.bincount(rows, minlength=len(chance)) / 200
    assert np.abs(parts - chance / chance.sum()).max() <= 1 / 200 + 1e-9


# By hand: two zones, the second of one town; a town in none with one near it, one over the border
# and one 111 km away; an estate in none.
TOWN, ESTATE = "town", "industrial site"
PLACES = pd.DataFrame(
    [
        (50.0, 10.0, "DE", ESTATE), (50.1, 10.0, "DE", TOWN), (55.0, 15.0, "SE", TOWN),
        (60.0, 20.0, "FI", TOWN), (60.5, 20.0, "FI", TOWN), (60.1, 20.0, "SE", TOWN),
        (61.5, 20.0, "FI", TOWN), (45.0, 5.0, "FR", ESTATE),
    ],
    columns=["lat", "lon", "country", "kind"],
)  # fmt: skip
ZONE = np.array([1, 1, 2, 0, 0, 0, 0, 0])


@dataclass
class AsItIs:
    """In place of a model: each place keeps its score in every draw."""

    score: np.ndarray

    def utility(self, draws, chunk):
        return np.repeat(self.score[:, None], len(draws[chunk]), axis=1)


@pytest.fixture
def plan(monkeypatch):
    utility = np.array([0.3, 0.1, 0.2, 0.15, 0.05, 0.25, -0.1, 0.0])
    chance = scoring.chance(utility)
    share = np.array([chance[:2].sum(), chance[2]])
    zones = Zones(ZONE, np.array([1, 2]), np.array([0, 2]), share, np.array([True, False]))
    by_hand = SimpleNamespace(
        zones=zones, places=PLACES, chance=chance, utility=utility, study=Study(), facts=object()
    )

    def model_of(study, facts, plan, rows):
        assert (study, facts, plan) == (by_hand.study, by_hand.facts, by_hand)
        return AsItIs(utility[rows])

    monkeypatch.setattr(shares, "model_of", model_of)
    return by_hand


def weighed(among, draws=(0, 1)):
    """What each zone and all that is outside weigh, in the second of two draws."""
    weights = np.exp(among.log_weights(list(draws), ALL))[:, 1]
    assert among.shares(list(draws), ALL)[:, 1] == pytest.approx(weights[: among.zones])
    return [*weights[: among.zones], weights[among.zones :].sum()]


def test_zones_and_what_is_outside_weigh_what_they_do_in_the_plan(plan):
    among, chance = contest(plan), plan.chance
    assert weighed(among) == pytest.approx([chance[:2].sum(), chance[2], chance[3:].sum()])
    assert among.scouted.tolist() == [True, False]
    assert among.shares([0, 1], ALL).shape == (2, 2)


def test_a_member_takes_the_place_of_its_zone_at_the_end(plan):
    among, chance = contest(plan, 1), plan.chance
    assert weighed(among) == pytest.approx([chance[2], chance[:2].sum(), chance[3:].sum()])
    assert among.scouted.tolist() == [False, True]
    assert among.model.score[:2].tolist() == [0.2, 0.1]
    among = contest(plan, 2)
    assert weighed(among) == pytest.approx([chance[:2].sum(), chance[2], chance[3:].sum()])
    assert among.scouted.tolist() == [True, False]


@pytest.mark.parametrize(
    ("place", "around", "scouted"),
    [(3, [3, 4], False), (5, [5], False), (6, [6], False), (7, [7], True)],
)
def test_a_place_in_no_zone_stands_for_what_is_near_in_its_country(plan, place, around, scouted):
    among, chance = contest(plan, place), plan.chance
    near = chance[around].sum()
    assert share_at(plan, place) == pytest.approx(near)
    assert weighed(among) == pytest.approx(
        [chance[:2].sum(), chance[2], near, chance[3:].sum() - near]
    )
    assert among.scouted.tolist() == [True, False, scouted]


def test_the_share_at_a_place_of_a_zone_is_that_of_the_zone(plan):
    assert [share_at(plan, at) for at in (0, 1, 2)] == pytest.approx(plan.zones.share[[0, 0, 1]])
    start = head_start(plan)
    assert np.exp(scoring.ODDS * (plan.utility[[0, 2]] + start)) == pytest.approx(plan.zones.share)


def test_where_every_place_is_in_a_zone_nothing_is_sampled(plan):
    inside = np.where(ZONE, plan.chance, 0.0)
    plan.chance = inside / inside.sum()
    among = contest(plan)
    assert len(among.model.score) == among.zones == 2


def test_a_sample_steps_through_the_middles_of_equal_parts():
    # of four steps over 0.5 and 0.5: 1/8 and 3/8 in the first, 5/8 and 7/8 in the last
    assert _sample(np.array([0.5, 0.0, 0.5]), 4).tolist() == [0, 0, 2, 2]
    assert _sample(np.array([0.1, 0.3]), 2).tolist() == [0, 1]
    assert len(_sample(np.array([1e-9, 0.0]))) == shares.SAMPLE
