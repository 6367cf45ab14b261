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
from siting.model.scoring import rank_order
from siting.planner import make_plan
from siting.scenarios.stakeholders import consensus, kendall_w, shares_of
from siting.study.study import Draws, PillarWeights, Stakeholder, Study

ODD = "[red]=1+1 <b>"
PEOPLE = {
    "Finance": Stakeholder(share=3.0, prior={"low_cost_export": 1.0}),
    ODD: Stakeholder(
        share=1.0,
        weights={"premium_local": {"energy": PillarWeights(weight=5.0)}},
        prior={"premium_local": 1.0},
    ),
    "Board": Stakeholder(share=1.0),
}


def seen(plan, people):
    return replace(plan, study=plan.study.model_copy(update={"stakeholders": people}))


@pytest.fixture(scope="module")
def found(nordic):
    return consensus(seen(nordic, PEOPLE))


def test_the_consensus_is_the_mean_by_share(found):
    assert found.shares.to_dict() == pytest.approx({"Finance": 0.6, ODD: 0.2, "Board": 0.2})
    mean = 0.6 * found.scores["Finance"] + 0.2 * found.scores[ODD] + 0.2 * found.scores["Board"]
    assert found.sites["score"].to_numpy() == pytest.approx(mean.to_numpy())
    assert found.sites["score"].is_monotonic_decreasing
    assert found.sites["rank"].tolist() == list(range(1, len(mean) + 1))


def test_one_who_changes_nothing_ranks_as_the_plan(nordic, found):
    head = nordic.zones.head
    plain = nordic.score[head[found.sites["zone"].to_numpy() - 1]]
    assert found.scores["Board"].to_numpy() == pytest.approx(100 * plain)
    assert found.ranks["Board"].tolist() == found.sites["zone"].tolist()
    assert found.favourites.at["Board", "site_id"] == nordic.places["site_id"].iloc[nordic.order[0]]


def test_a_stakeholder_scores_as_a_plan_of_its_own_would(nordic, found):
    """The oracle is the whole pipeline, measuring again."""
    own = nordic.study.model_copy(
        update={"weights": PEOPLE[ODD].weights, "prior": PEOPLE[ODD].prior,
                "confidence": Draws(draws=0)}
    )  # fmt: skip
    whole = make_plan(own)
    score = dict(zip(whole.places["site_id"], 100 * whole.score, strict=True))
    expected = [score[site] for site in found.sites["site_id"]]
    assert found.scores[ODD].to_numpy() == pytest.approx(expected)
    assert found.favourites.at[ODD, "site_id"] == whole.places["site_id"].iloc[whole.order[0]]


def test_borda_counts_the_sites_that_are_beaten(found):
    scores = np.round(found.scores.to_numpy(), 9)
    beaten = (scores[:, None, :] > scores[None, :, :]).sum(axis=1)
    level = (scores[:, None, :] == scores[None, :, :]).sum(axis=1) - 1
    expected = (beaten + level / 2) @ found.shares.to_numpy()
    assert found.sites["borda"].to_numpy() == pytest.approx(expected)
    order = rank_order(expected, found.sites["site_id"])
    assert found.sites["borda_rank"].to_numpy()[order].tolist() == list(range(1, len(order) + 1))


def test_spread_and_what_divides(found):
    ranks = found.ranks.to_numpy()
    spread = ranks.max(axis=1) - ranks.min(axis=1)
    assert found.sites["spread"].tolist() == spread.tolist()
    assert spread[found.divides_most] == spread.max()
    assert spread[: found.divides_most].max(initial=-1) < spread.max()


def test_weights_are_expected_leaves(nordic, found):
    assert found.weights.sum().to_numpy() == pytest.approx(1)
    assert found.weights["Finance"].to_dict() == pytest.approx(
        nordic.weights["low_cost_export"].reindex(found.weights.index).fillna(0).to_dict()
    )
    thirds = sum(w.reindex(found.weights.index).fillna(0) / 3 for w in nordic.weights.values())
    assert found.weights["Board"].to_dict() == pytest.approx(thirds.to_dict())
    # 5 / (0.35 + 5 + 0.1 + 0.15) x 0.75 for one and nothing for another; delivered cost only 0.6
    assert found.differs_most == "power_price"
    assert found.weights.at["power_price", ODD] == pytest.approx(5 / 5.6 * 0.75)


def test_tau_is_that_of_scipy(found):
    tau = kendalltau(found.scores["Finance"], found.scores[ODD]).statistic
    assert found.tau.at["Finance", ODD] == pytest.approx(tau)
    assert np.diag(found.tau) == pytest.approx(1)
    assert found.tau.to_numpy() == pytest.approx(found.tau.to_numpy().T)


def test_those_of_one_mind_agree(nordic):
    found = consensus(seen(nordic, {"a": Stakeholder(share=None), "b": Stakeholder(share=None)}))
    assert found.concordance == pytest.approx(1)
    assert found.sites["spread"].eq(0).all()
    assert found.sites["borda_rank"].tolist() == found.sites["rank"].tolist()
    assert found.differs_most is None


def test_a_single_one_is_the_consensus(nordic):
    found = consensus(seen(nordic, {"a": Stakeholder(share=0.2)}))
    assert found.sites["zone"].tolist() == found.sites["rank"].tolist()


@given(st.integers(3, 8), st.integers(3, 5), st.integers(2, 9), st.integers(0, 10_000))
def test_concordance_is_friedmans(n, m, levels, seed):
    """W = chi2 / (m (n - 1)), with scipy's own correction for ties."""
    scores = np.random.default_rng(seed).integers(0, levels, (n, m)).astype(float)
    ranks = rankdata(-scores, axis=0)
    found = kendall_w(ranks)
    if math.isnan(found):
        assert (np.ptp(scores, axis=0) == 0).all()
        return
    statistic = friedmanchisquare(*ranks).statistic
    assert found == pytest.approx(statistic / (m * (n - 1)))
    assert 0 <= found <= 1 + 1e-12


def test_concordance_of_opposites_is_zero_and_of_nobody_nothing():
    ranks = np.column_stack([np.arange(1.0, 6.0), np.arange(5.0, 0.0, -1)])
    assert kendall_w(ranks) == pytest.approx(0)
    assert math.isnan(kendall_w(np.ones((1, 3))))


def test_no_stakeholders_is_a_fault():
    with pytest.raises(SitingError, match="no stakeholders"):
        shares_of(Study())
    assert shares_of(Study(stakeholders={"a": {}, "b": {}})).tolist() == [0.5, 0.5]
