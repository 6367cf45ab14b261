import numpy as np


def test_ranks_turn_the_order_round(nordic):
    rank = nordic.rank
    assert sorted(rank.tolist()) == list(range(1, len(rank) + 1))
    assert rank[nordic.order[0]] == 1
    assert (np.diff(nordic.score[nordic.order]) <= 1e-12).all()


def test_priors_belong_to_the_strategies_in_play(nordic):
    assert set(nordic.prior) == set(nordic.strategies)
