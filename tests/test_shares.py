from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from siting.confidence.draws import as_chosen, draw
from siting.confidence.shares import _sample, contest, head_start, share_at, start_of
from siting.model import scoring

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
