"""Rank acceptability: counted by hand, held to its laws, and equal to pymcdm on the same draws."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from pymcdm.methods import WSM

from siting.confidence import acceptability
from siting.confidence.acceptability import CHUNK, accept, dirichlet, weighted_sums

unit = st.floats(0, 1, allow_subnormal=False).map(lambda x: round(x, 6))
matrices = hnp.arrays(float, st.tuples(st.integers(2, 8), st.integers(2, 5)), elements=unit)


def found(values, weights, **options):
    options = {"ranks": len(values), "every": True, **options}
    return accept(weighted_sums(values, weights), len(values), len(weights), **options)


def drawn(criteria, draws, seed=0):
    return dirichlet(np.random.default_rng(seed), np.full(criteria, 1.0), 6.0, draws)


@given(matrices)
def test_shares_sum_to_one_over_ranks_and_over_sites(values):
    share = found(values, drawn(values.shape[1], 150)).share
    assert share.sum(axis=0) == pytest.approx(1)
    assert share.sum(axis=1) == pytest.approx(1)


@given(matrices)
def test_a_dominated_site_is_never_first(values):
    better = np.minimum(values[0] + 0.01, 1.0) + 0.001
    all_of_them = np.vstack([values, better])  # the last dominates the first in every criterion
    assert found(all_of_them, drawn(values.shape[1], 130)).first[0] == 0


@given(matrices)
def test_only_the_top_or_every_rank_gives_the_same_counts(values):
    weights = drawn(values.shape[1], 210)
    same(values, weights, ranks=min(2, len(values)))


def same(values, weights, ranks=10):
    """Hold the first ranks to a full stable sort: equal to the last count, ties and all."""
    whole = found(values, weights)
    top = found(values, weights, ranks=ranks, every=False)
    assert (top.share == whole.share[:, : top.share.shape[1]]).all()
    assert (top.first_in == whole.first_in).all()
    assert top.rank is None


@pytest.mark.parametrize("pilots", [1, 12, 400, 5000])
@pytest.mark.parametrize("kind", ["independent", "correlated", "rounded", "few values", "equal"])
def test_the_first_ranks_are_those_of_a_stable_sort(kind, pilots, monkeypatch):
    monkeypatch.setattr(acceptability, "PILOTS", pilots)
    rng = np.random.default_rng(5)
    values = rng.random((2000, 6))
    if kind != "independent":
        values = 0.8 * rng.random((2000, 1)) + 0.2 * values
    digits = {"rounded": 2, "few values": 0}.get(kind)
    values = values if digits is None else np.round(values, digits)
    same(np.ones_like(values) if kind == "equal" else values, drawn(6, 250, seed=2))


def test_a_bound_set_by_the_first_draws_holds_when_later_ones_favour_others():
    rng = np.random.default_rng(6)
    values = rng.random((1500, 4)) ** 6
    turned = np.repeat(np.eye(4), CHUNK, axis=0)  # a chunk for each criterion alone
    same(values, turned)


def test_the_first_of_more_ranks_than_pilots_are_exact(monkeypatch):
    monkeypatch.setattr(acceptability, "PILOTS", 5)
    same(np.random.default_rng(7).random((900, 3)), drawn(3, 120), ranks=300)


def test_ranks_are_those_of_pymcdm():
    rng = np.random.default_rng(3)
    values, weights = rng.random((60, 6)), drawn(6, 40)
    ranks = found(values, weights).rank
    for k, w in enumerate(weights):
        # a plain sum: pymcdm without its normalisation
        score = WSM(normalization_function=lambda x, cost=False: x)(values, w, np.ones(6))
        assert ranks[:, k].tolist() == (np.argsort(np.argsort(-score)) + 1).tolist()


def test_counted_by_hand():
    values = np.array([[1.0, 0.0], [0.0, 1.0], [0.4, 0.4]])
    weights = np.array([[0.9, 0.1], [0.2, 0.8], [0.3, 0.7], [0.5, 0.5]])
    result = found(values, weights)
    # the last draw ties the first two; the order of the sites decides
    assert result.first_in.tolist() == [0, 1, 1, 0]
    assert result.first.tolist() == [0.5, 0.5, 0.0]
    assert result.within(2).tolist() == [0.5, 0.75, 0.75]
    assert result.rank[:, 0].tolist() == [1, 3, 2]
    assert result.first_in.dtype == np.intp  # positions
    assert result.rank.dtype == np.int32  # n x d of them: half the room of the default


@pytest.mark.parametrize("draws", [1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_the_first_draws_do_not_depend_on_how_many_follow(draws):
    rng = np.random.default_rng(1)
    values, weights = rng.random((300, 5)), drawn(5, 3 * CHUNK)
    long, short = found(values, weights), found(values, weights[:draws])
    assert short.rank.tobytes() == long.rank[:, :draws].tobytes()


def test_progress_is_given():
    steps = []
    found(np.eye(2), drawn(2, 250), progress=lambda done, total: steps.append((done, total)))
    assert steps == [(100, 250), (200, 250), (250, 250)]


def test_dirichlet_has_the_mean_and_spread_it_says():
    mean = np.array([0.3, 0.0, 0.7])
    weights = dirichlet(np.random.default_rng(0), mean, 40.0, 20_000)
    assert weights.sum(axis=1) == pytest.approx(1)
    assert (weights[:, 1] == 0).all()
    assert weights.mean(axis=0) == pytest.approx(mean, abs=0.003)
    assert weights[:, 0].std() == pytest.approx(np.sqrt(0.3 * 0.7 / 41), rel=0.03)
    # the concentration is that of the whole, in whatever unit the weights are
    scaled = dirichlet(np.random.default_rng(0), 10 * mean, 40.0, 20_000)
    assert np.allclose(scaled, weights, rtol=1e-9, atol=0.0)
