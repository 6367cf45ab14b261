"""Several stakeholders over one plan, against plans of their own and scipy."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import friedmanchisquare, kendalltau, rankdata

from geodata.errors import SitingError
from siting.model import scoring
from siting.pipeline import make_plan
from siting.scenarios.stakeholders import consensus, kendall_w, shares_of
from siting.study.criteria import PILLARS
from siting.study.study import Draws, PillarWeights, Stakeholder, Study
from siting.study.weights import TOTAL

ODD = "[red]=1+1 <b>"
PEOPLE = {
    "Finance": Stakeholder(share=3.0, lens="low_cost_export"),
    ODD: Stakeholder(share=1.0, weights={"energy": PillarWeights(weight=5.0)}),
    "Board": Stakeholder(share=1.0),
}


def seen(plan, people):
    return replace(plan, study=plan.study.model_copy(update={"stakeholders": people}))


@pytest.fixture(scope="module")
def views(nordic):
    return consensus(seen(nordic, PEOPLE))


def test_the_consensus_is_the_mean_by_share(views):
    assert views.shares.to_dict() == pytest.approx({"Finance": 0.6, ODD: 0.2, "Board": 0.2})
    mean = 0.6 * views.scores["Finance"] + 0.2 * views.scores[ODD] + 0.2 * views.scores["Board"]
    assert views.sites["score"].to_numpy() == pytest.approx(mean.to_numpy())
    assert views.sites["score"].is_monotonic_decreasing
    assert views.sites["rank"].tolist() == list(range(1, len(mean) + 1))


def test_one_who_changes_nothing_ranks_as_the_plan(nordic, views):
    head = nordic.zones.head
    utility = nordic.utility[head[views.sites["zone"].to_numpy() - 1]]
    expected = np.exp(scoring.ODDS * (utility - nordic.utility.max()))
    assert views.scores["Board"].to_numpy() == pytest.approx(expected)
    order = scoring.rank_order(utility, views.sites["site_id"])
    assert views.ranks["Board"].to_numpy()[order].tolist() == list(range(1, len(order) + 1))
    assert views.favourites.at["Board", "site_id"] == nordic.places["site_id"].iloc[nordic.order[0]]


def test_a_stakeholder_scores_as_a_plan_of_its_own_would(nordic, views):
    """The oracle is the whole pipeline, measuring again."""
    own = nordic.study.model_copy(
        update={"weights": PEOPLE[ODD].weights, "confidence": Draws(draws=0)}
    )  # fmt: skip
    whole = make_plan(own)
    odds = np.exp(scoring.ODDS * (whole.utility - whole.utility.max()))
    score = dict(zip(whole.places["site_id"], odds, strict=True))
    expected = [score[site] for site in views.sites["site_id"]]
    assert views.scores[ODD].to_numpy() == pytest.approx(expected)
    assert views.favourites.at[ODD, "site_id"] == whole.places["site_id"].iloc[whole.order[0]]


def test_borda_counts_the_sites_that_are_beaten(views):
    scores = np.round(views.scores.to_numpy(), 9)
    beaten = (scores[:, None, :] > scores[None, :, :]).sum(axis=1)
    level = (scores[:, None, :] == scores[None, :, :]).sum(axis=1) - 1
    expected = (beaten + level / 2) @ views.shares.to_numpy()
    assert views.sites["borda"].to_numpy() == pytest.approx(expected)
    order = scoring.rank_order(expected, views.sites["site_id"])
    assert views.sites["borda_rank"].to_numpy()[order].tolist() == list(range(1, len(order) + 1))


def test_spread_and_what_divides(views):
    ranks = views.ranks.to_numpy()
    spread = ranks.max(axis=1) - ranks.min(axis=1)
    assert views.sites["spread"].tolist() == spread.tolist()
    assert spread[views.divides_most] == spread.max()
    assert spread[: views.divides_most].max(initial=-1) < spread.max()


def test_weights_are_shares_of_the_whole(nordic, views):
    assert views.weights.sum().to_numpy() == pytest.approx(1)
    board = (nordic.weights / TOTAL).reindex(views.weights.index).fillna(0)
    assert views.weights["Board"].to_dict() == pytest.approx(board.to_dict())
    assert views.weights.at["power_price", ODD] == pytest.approx(5 / 11)
    assert views.weights.at["power_price", "Finance"] == 0
    assert views.differs_most == "power_price"


def test_the_scale_of_weights_moves_nothing(nordic):
    heavy = {"a": Stakeholder(weights={p: PillarWeights(weight=9.0) for p in PILLARS})}
    plain = {"a": Stakeholder()}
    one, other = (consensus(seen(nordic, people)) for people in (heavy, plain))
    assert one.scores["a"].to_numpy() == pytest.approx(other.scores["a"].to_numpy())


def test_tau_is_that_of_scipy(views):
    tau = kendalltau(views.scores["Finance"], views.scores[ODD]).statistic
    assert views.tau.at["Finance", ODD] == pytest.approx(tau)
    assert np.diag(views.tau) == pytest.approx(1)
    assert views.tau.to_numpy() == pytest.approx(views.tau.to_numpy().T)


def test_those_of_one_mind_agree(nordic):
    views = consensus(seen(nordic, {"a": Stakeholder(share=None), "b": Stakeholder(share=None)}))
    assert views.concordance == pytest.approx(1)
    assert views.sites["spread"].eq(0).all()
    assert views.sites["borda_rank"].tolist() == views.sites["rank"].tolist()
    assert views.differs_most is None


def test_a_single_one_is_the_consensus(nordic):
    views = consensus(seen(nordic, {"a": Stakeholder(share=0.2)}))
    heads = nordic.zones.head[views.sites["zone"] - 1]
    assert (np.diff(nordic.utility[heads]) <= 1e-12).all()


@given(st.integers(3, 8), st.integers(3, 5), st.integers(2, 9), st.integers(0, 10_000))
def test_concordance_is_friedmans(n, m, levels, seed):
    """W = chi2 / (m (n - 1)), with scipy's own correction for ties."""
    scores = np.random.default_rng(seed).integers(0, levels, (n, m)).astype(float)
    ranks = rankdata(-scores, axis=0)
    views = kendall_w(ranks)
    if math.isnan(views):
        assert (np.ptp(scores, axis=0) == 0).all()
        return
    statistic = friedmanchisquare(*ranks).statistic
    assert views == pytest.approx(statistic / (m * (n - 1)))
    assert 0 <= views <= 1 + 1e-12


def test_concordance_of_opposites_is_zero_and_of_nobody_nothing():
    ranks = np.column_stack([np.arange(1.0, 6.0), np.arange(5.0, 0.0, -1)])
    assert kendall_w(ranks) == pytest.approx(0)
    assert math.isnan(kendall_w(np.ones((1, 3))))


def test_no_stakeholders_is_a_fault():
    with pytest.raises(SitingError, match="no stakeholders"):
        shares_of(Study())
    assert shares_of(Study(stakeholders={"a": {}, "b": {}})).tolist() == [0.5, 0.5]
