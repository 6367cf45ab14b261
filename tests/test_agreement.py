import dataclasses

import numpy as np
import pandas as pd
import pytest
from scipy.stats import kendalltau

from geodata.errors import SitingError
from siting.confidence import agreement, crosschecks
from siting.confidence.agreement import MIXTURE


@pytest.fixture(scope="module")
def found(nordic):
    return agreement.crosscheck(nordic, 15)


def of(found, key):
    return next(check for check in found.checks if check.key == key)


def test_the_shortlist_is_the_first_zones_in_their_order(found, nordic):
    heads = nordic.zones.head[:15]
    assert found.sites["site_id"].tolist() == nordic.places["site_id"].iloc[heads].tolist()
    assert found.sites["rank"].tolist() == list(range(1, len(heads) + 1))


def test_there_is_a_check_for_the_mixture_and_one_a_strategy(found, nordic):
    assert [check.key for check in found.checks] == [MIXTURE, *nordic.strategies]


def test_every_method_ranks_every_site_once(found):
    for check in found.checks:
        assert list(check.ranks) == ["model", *crosschecks.METHODS]
        for column in check.ranks:
            assert sorted(check.ranks[column]) == list(range(1, len(found.sites) + 1))


def test_the_weighted_sum_is_the_model_under_a_single_strategy(found, nordic):
    for name in nordic.strategies:
        row = of(found, name).agreement.loc["sum"]
        assert row["kendall"] == pytest.approx(1)
        assert row["first_5"] == 5
        score = nordic.strategies[name].score[nordic.zones.head[:15]]
        assert score[of(found, name).ranks["model"].to_numpy().argmin()] == score.max()


def test_the_mixture_is_set_against_the_list(found):
    assert of(found, MIXTURE).ranks["model"].tolist() == found.sites["rank"].tolist()


def test_correlations_and_overlaps_are_those_of_the_ranks(found):
    for check in found.checks:
        model = check.ranks["model"]
        for method, row in check.agreement.iterrows():
            own = check.ranks[method]
            assert row["kendall"] == pytest.approx(kendalltau(model, own).statistic)
            gap = ((model - own) ** 2).sum()
            n = len(own)
            assert row["spearman"] == pytest.approx(1 - 6 * gap / (n * (n**2 - 1)))
            ahead = set(model.index[model <= 5]) & set(own.index[own <= 5])
            assert row["first_5"] == len(ahead)


def test_what_every_method_agrees_on_is_in_each_first_ten(found):
    for check in found.checks:
        ten = [set(check.ranks.index[check.ranks[c] <= 10]) for c in check.ranks]
        assert set(check.agreed) == set.intersection(*ten)


def test_chosen_weights_are_the_leaves_and_each_column_sums_to_one(found, nordic):
    for check in found.checks:
        sums = check.weights.sum()
        assert sums.to_numpy() == pytest.approx(np.ones(3))
    for name, leaves in nordic.weights.items():
        chosen = of(found, name).weights["chosen"]
        assert chosen.to_dict() == pytest.approx(leaves.to_dict())


def test_pooled_weights_lie_between_those_of_the_strategies(found, nordic):
    pooled = of(found, MIXTURE).weights["chosen"]
    each = pd.DataFrame(nordic.weights).fillna(0.0).reindex(pooled.index)
    assert (pooled <= each.max(axis=1) + 1e-12).all()
    assert (pooled >= each.min(axis=1) - 1e-12).all()


def test_a_gate_that_is_shut_puts_a_site_last_whatever_its_values():
    ids = pd.Series(["z", "b", "c"])  # equal scores go by the name, and the worst may be 0
    values = pd.DataFrame({"x": [1.0, 0.5, 0.2], "y": [1.0, 0.4, 0.3]})
    gate, weights = np.array([0.0, 1.0, 1.0]), pd.Series({"x": 0.5, "y": 0.5})
    check = agreement.check("any", values, weights, gate, np.array([0.0, 0.45, 0.25]), ids)
    for method in ("sum", "product", "topsis"):
        assert check.ranks[method].tolist() == [3, 1, 2]


def test_a_study_of_one_strategy_has_no_mixture(nordic):
    one = nordic.shares.assign(premium_local=1.0, low_cost_export=0.0, onshoring=0.0)
    found = agreement.crosscheck(dataclasses.replace(nordic, shares=one), 12)
    assert [check.key for check in found.checks] == ["premium_local"]


def test_two_sites_are_too_few(nordic):
    with pytest.raises(SitingError, match="needs 3 sites"):
        agreement.crosscheck(nordic, 2)
