from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from remade import remade

from geodata.errors import SitingError
from siting.model.appraisal import check_values
from siting.model.invariants import check_plan


def faults(check, *given):
    with pytest.raises(SitingError) as caught:
        check(*given)
    return [str(fault) for fault in caught.value.faults]


def with_scores(plan, utility):
    """The plan with other scores, all of one criterion."""
    values = plan.values * 0.0
    values[plan.weights.index[0]] = utility / plan.weights.iloc[0]
    return remade(plan, utility=utility, values=values)


def test_a_plan_is_sound(nordic):
    check_plan(nordic)


def test_places_that_all_score_the_same_are_told_with_what_they_share(nordic):
    (told,) = faults(check_plan, with_scores(nordic, np.full(len(nordic.places), 1.25)))
    assert f"all {len(nordic.places):,} places score the same" in told
    assert all(str(name) in told for name in nordic.weights.index)
    assert "give a criterion that parts them a weight" in told


def test_places_that_are_one_may_score_the_same(nordic):
    together = nordic.places.assign(lat=60.0, lon=25.0 + np.linspace(0, 0.1, len(nordic.places)))
    check_plan(remade(with_scores(nordic, np.ones(len(together))), places=together))


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (lambda p: {"utility": np.where(p.rank == 1, np.nan, p.utility)}, "scores are finite"),
        (lambda p: {"utility": p.utility + 1e-3}, "parts sum to the score"),
        (lambda p: {"zones": replace(p.zones, share=p.zones.share + 1)}, "within 0 and 1"),
        (
            lambda p: {
                "confidence": replace(p.confidence, acceptability=p.confidence.acceptability * 0.9)
            },
            "chances of each rank sum to 1",
        ),
    ],
)
def test_a_plan_that_contradicts_itself_is_never_shown(nordic, change, word):
    assert any(word in told for told in faults(check_plan, remade(nordic, **change(nordic))))


def test_a_value_that_is_no_number_names_its_criterion():
    values = pd.DataFrame({"tie": [0.0, 1.0], "delivered_cost": [np.inf, np.nan]})
    weights = pd.Series({"tie": 3.0, "delivered_cost": 4.0})
    (told,) = faults(check_values, values, weights)
    assert "delivered_cost" in told
    assert "at 2 of 2 places" in told
    check_values(values, weights[["tie"]])  # what weighs nothing may be anything
