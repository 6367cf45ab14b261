import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from remade import remade
from scipy.stats import kendalltau

from geodata.errors import SitingError
from siting.confidence import agreement, crosschecks
from siting.study.weights import TOTAL


@pytest.fixture(scope="module")
def checked(nordic):
    return agreement.crosscheck(nordic, 15)


def test_the_shortlist_is_the_first_zones_in_their_order(checked, nordic):
    heads = nordic.zones.head[:15]
    assert checked.sites["site_id"].tolist() == nordic.places["site_id"].iloc[heads].tolist()
    assert checked.sites["rank"].tolist() == list(range(1, len(heads) + 1))


def test_every_method_ranks_every_site_once(checked):
    assert list(checked.ranks) == ["model", *crosschecks.METHODS]
    for column in checked.ranks:
        assert sorted(checked.ranks[column]) == list(range(1, len(checked.sites) + 1))


def test_the_model_s_ranks_are_those_of_its_score(checked, nordic):
    utility = nordic.utility[nordic.zones.head[:15]]
    by_rank = utility[np.argsort(checked.ranks["model"].to_numpy())]
    assert (np.diff(by_rank) <= 0).all()


def test_the_weighted_sum_is_the_model_whatever_the_range_of_values(checked):
    row = checked.agreement.loc["sum"]
    assert row["kendall"] == pytest.approx(1)
    assert row["first_5"] == 5


def test_correlations_and_overlaps_are_those_of_the_ranks(checked):
    model = checked.ranks["model"]
    for method, row in checked.agreement.iterrows():
        own = checked.ranks[method]
        assert row["kendall"] == pytest.approx(kendalltau(model, own).statistic)
        gap = ((model - own) ** 2).sum()
        n = len(own)
        assert row["spearman"] == pytest.approx(1 - 6 * gap / (n * (n**2 - 1)))
        ahead = set(model.index[model <= 5]) & set(own.index[own <= 5])
        assert row["first_5"] == len(ahead)


def test_what_every_method_agrees_on_is_in_each_first_ten(checked):
    ten = [set(checked.ranks.index[checked.ranks[c] <= 10]) for c in checked.ranks]
    assert set(checked.agreed) == set.intersection(*ten)


def test_chosen_weights_are_the_study_s_and_each_column_sums_to_one(checked, nordic):
    assert checked.weights.sum().to_numpy() == pytest.approx(np.ones(4))
    chosen = (nordic.weights / TOTAL).to_dict()
    assert checked.weights["chosen"].to_dict() == pytest.approx(chosen)
    spread = np.ptp(nordic.values.iloc[nordic.zones.head[:15]], axis=0)
    swing = nordic.weights * spread[list(nordic.weights.index)]
    assert checked.weights["swing"].to_dict() == pytest.approx((swing / swing.sum()).to_dict())


TABLES = hnp.arrays(float, (6, 3), elements=st.floats(-4, 2).map(lambda v: round(v, 3)))
WEIGHTS = hnp.arrays(float, 3, elements=st.floats(0.1, 3))


@given(TABLES, WEIGHTS)
def test_rescaling_keeps_every_difference_of_the_weighted_sum(values, weights):
    scaled, swing = agreement.rescaled(values, weights)
    assert scaled.min() >= 0
    assert scaled.max() <= 1
    if np.ptp(values, axis=0).any():
        gap = np.diff(values @ weights)
        assert np.diff(scaled @ swing) == pytest.approx(gap, abs=1e-9)


def test_a_criterion_in_which_all_are_alike_is_left_out(nordic):
    values = nordic.values.assign(governance=0.5)
    utility = values[list(nordic.weights.index)].to_numpy() @ nordic.weights.to_numpy()
    alike = remade(nordic, values=values, utility=utility)
    weights = agreement.crosscheck(alike, 12).weights
    assert weights.loc["governance", ["swing", "entropy", "critic"]].tolist() == [0, 0, 0]


def test_two_sites_are_too_few(nordic):
    with pytest.raises(SitingError, match="needs 3 sites"):
        agreement.crosscheck(nordic, 2)
