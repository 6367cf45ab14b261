from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_backtest import by_hand

from siting.validation.figures import (
    calibration,
    draws,
    figures,
    likelihood,
    mean,
    median,
    untied,
)

COLUMNS = (
    "towns", "sites", "towns_country", "sites_country", "towns_tenth", "sites_tenth", "near",
    "country_first",
)  # fmt: skip


def ranks(values):
    return pd.DataFrame({column: np.asarray(values, dtype=float) for column in COLUMNS})


@given(
    st.lists(
        st.tuples(st.floats(0, 1), st.integers(0, 4)), min_size=1, max_size=12
    ).filter(lambda pairs: sum(n for _, n in pairs) > 0)
)  # fmt: skip
def test_weighted_statistics_are_those_of_the_repeated_values(pairs):
    values = np.array([value for value, _ in pairs])
    times = np.array([n for _, n in pairs])
    repeated = np.repeat(values, times)
    weights = times[None].astype(float)
    assert mean(values, weights)[0] == pytest.approx(np.mean(repeated))
    assert median(values, weights)[0] == pytest.approx(np.median(repeated))


def test_no_weight_gives_no_figure():
    assert np.isnan(mean(np.array([0.5]), np.array([[0.0]]))[0])
    assert np.isnan(median(np.array([0.5]), np.array([[0.0]]))[0])


def test_draws_keep_a_town_together_and_are_the_same_every_time():
    towns = pd.Series(["FI|Vaasa", "MA|Tangier", "FI|Vaasa"])
    first = draws(towns)
    assert first.shape == (2000, 3)
    assert (first[:, 0] == first[:, 2]).all()
    assert (first[:, 0] + first[:, 1] == 2).all()  # two towns drawn from two
    assert np.array_equal(first, draws(towns))
    assert not np.array_equal(first, draws(towns, seed=1))


def test_the_interval_of_two_towns_is_that_of_the_binomial():
    # a mean of 0, 0.5 or 1 with chances 1/4, 1/2, 1/4: the 5 % and 95 % points are its ends
    result = figures(ranks([0.0, 1.0]), draws(pd.Series(["A|a", "B|b"])))
    estimate = result.towns["auc"]
    assert (estimate.value, estimate.low, estimate.high) == (0.5, 0.0, 1.0)


def test_a_constant_lead_has_an_interval_without_width():
    rng = np.random.default_rng(7)
    base = rng.uniform(0, 0.5, 9)
    weights = draws(pd.Series([f"X|{i}" for i in range(9)]))
    lead = figures(ranks(base + 0.25), weights, ranks(base))
    for name in ("auc", "median_percentile", "within_country"):
        estimate = lead.towns[name]
        assert [estimate.value, estimate.low, estimate.high] == pytest.approx([0.25] * 3)


def test_a_plant_without_a_rank_leaves_a_figure_alone():
    known = ranks([0.2, 0.6, np.nan])
    result = figures(known, draws(pd.Series(["A|a", "B|b", "C|c"])))
    assert result.sites["auc"].value == pytest.approx(0.4)
    nobody = figures(ranks([np.nan]), draws(pd.Series(["A|a"])))
    assert not nobody.towns["auc"]
    assert str(nobody.towns["auc"]) == "-"


def test_likelihood_leaves_out_what_the_law_bars():
    result = by_hand()
    chance = likelihood(result, np.ones(3, dtype=bool))
    assert chance.ln_chance.value == pytest.approx(-7.0)
    assert chance.ln_random == pytest.approx(-10.0)
    assert chance.country_rank.value == pytest.approx(4.5)
    assert untied(result).tolist() == [False, True, True]


def test_calibration_sums_chances_and_counts_what_came():
    bands = calibration(by_hand(), np.ones(3, dtype=bool)).set_index("band")
    assert bands["pairs"].tolist() == [1, 1, 0, 1, 1]
    assert bands["expected"].tolist() == pytest.approx([0.004, 0.03, 0.0, 0.2, 0.8])
    assert bands["seen"].tolist() == [0.0, 1.0, 0.0, 1.0, 0.0]


def test_a_lead_counts_only_plants_that_both_rankings_rank():
    lead = figures(ranks([0.9, 0.8]), draws(pd.Series(["A|a", "B|b"])), ranks([0.5, np.nan]))
    assert lead.towns["auc"].value == pytest.approx(0.4)
