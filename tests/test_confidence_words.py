import re

import numpy as np
import pytest

from siting.confidence.standing import standing
from siting.model.plan import Plan
from siting.results.confidence_words import confidence_said, held_back_said


@pytest.fixture(scope="module")
def first(nordic):
    return standing(nordic, int(nordic.zones.head[0]))


@pytest.fixture(scope="module")
def last(nordic):
    return standing(nordic, int(nordic.order[-1]))


def test_the_share_of_draws_is_that_of_the_table(nordic, first):
    row, told = nordic.confidence.table.iloc[0], confidence_said(nordic, first)
    assert f"first in {row['p_first']:.0%}" in told[0]
    assert f"among the first ten in {row['p_top10']:.0%}" in told[0]
    assert f"Of {nordic.confidence.draws:,} draws" in told[0]


def test_who_passes_whom_and_by_how_much(nordic, first):
    names = nordic.places["name"].to_numpy()[nordic.zones.head]
    told = confidence_said(nordic, first)[1]
    assert told.startswith((f"{names[1]} passes {names[0]}", "No weights at all"))
    assert re.search(r"\d+\.\d% of the weight moves|No weights at all", told)


def test_three_inputs_with_their_ends(nordic, first):
    told = confidence_said(nordic, first)[-1]
    assert told.startswith("Its score hangs most on")
    assert len(re.findall(r"\(\d+ to \d+\)", told)) == 3


def test_a_place_that_stands_for_no_zone_is_ranked_among_the_sites_that_do(nordic, last):
    told = confidence_said(nordic, last)
    assert f"among the first ten in {last.ranked['p_top10']:.0%}" in told[0]
    assert nordic.places["name"].to_numpy()[nordic.zones.head[0]] in told[1]
    assert len(told) == 3


def test_without_draws_the_rest_is_told(nordic):
    study = nordic.study.model_copy(
        update={"confidence": nordic.study.confidence.model_copy(update={"draws": 0})}
    )
    bare = Plan(**{**nordic.__dict__, "confidence": None, "study": study})
    assert len(confidence_said(bare, standing(bare, int(nordic.zones.head[0])))) == 2


def test_the_score_that_is_needed_and_what_would_do(nordic, first, last):
    (told,) = held_back_said(nordic, last)
    assert f"a score of {last.target:.1f}" in told
    assert ("Alone would do" in told) == np.isfinite(last.needs["needed"]).any()
    assert held_back_said(nordic, first) == []
