import re

import numpy as np
import pytest

from siting.model.plan import Plan
from siting.results.confidence_words import confidence_said


@pytest.fixture(scope="module")
def told(nordic):
    return confidence_said(nordic, int(nordic.zones.head[0]))


def test_the_share_of_draws_is_that_of_the_table(nordic, told):
    row = nordic.confidence.table.iloc[0]
    assert f"first in {row['p_first']:.0%}" in told[0]
    assert f"among the first ten in {row['p_top10']:.0%}" in told[0]
    assert f"Of {nordic.confidence.draws:,} draws" in told[0]


def test_who_passes_whom_and_by_how_much(nordic, told):
    names = nordic.places["name"].to_numpy()[nordic.zones.head]
    assert names[1] in told[1]
    assert names[0] in told[1]
    assert re.search(r"\d+\.\d% of the weight moves|No weights at all", told[1])


def test_three_inputs_with_their_ends(told):
    assert told[-1].startswith("Its score hangs most on")
    assert len(re.findall(r"\(\d+ to \d+\)", told[-1])) == 3


def test_a_place_that_stands_for_no_zone_is_told_what_it_hangs_on(nordic):
    others = np.setdiff1d(np.arange(len(nordic.places)), nordic.zones.head)
    assert len(confidence_said(nordic, int(others[0]))) == 1


def test_without_draws_the_rest_is_told(nordic):
    bare = Plan(**{**nordic.__dict__, "confidence": None})
    assert len(confidence_said(bare, int(nordic.zones.head[0]))) == 2
