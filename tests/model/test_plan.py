import numpy as np


def test_ranks_turn_the_order_round(nordic):
    rank = nordic.rank
    assert sorted(rank.tolist()) == list(range(1, len(rank) + 1))
    assert rank[nordic.order[0]] == 1
    assert (np.diff(nordic.utility[nordic.order]) <= 1e-12).all()


def test_parts_of_the_weighed_criteria_alone(nordic):
    assert list(nordic.parts) == list(nordic.weights.index)
    assert nordic.weights.sum() == 7.0
