"""Two-level weight trees: what a study says of them, and the weights of the leaves."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from operator import add

import pandas as pd

from siting.study.criteria import CRITERIA
from siting.study.lenses import LENSES, Tree
from siting.study.study import PillarWeights, Study

# What all weights sum to: seven things of weight 1, for which the scale of the odds was fitted
# (`siting.model.scoring.ODDS`). Only the ratios of weights count.
TOTAL = 7.0


def tree_of(study: Study) -> Tree:
    """Return the tree of the study's lens with the study's changes; what is left out stays.

    Returns
    -------
    dict
        Pillar -> (weight, criterion -> weight) over all criteria, not yet scaled.
    """
    return turn(LENSES[study.lens].tree, study.weights)


def turn(tree: Tree, changes: Mapping[str, PillarWeights]) -> Tree:
    """Return `tree` with `changes` laid over it; neither is altered."""
    turned = dict(tree)
    for pillar, change in changes.items():
        weight, criteria = tree.get(pillar, (1.0, {}))
        turned[pillar] = (
            weight if change.weight is None else change.weight,
            {**criteria, **change.criteria},
        )
    return turned


def leaf_weights(tree: Tree) -> pd.Series:
    """Return the weight of each criterion that weighs: its own times its pillar's, sum `TOTAL`.

    Returns
    -------
    Series of float
        Index: criterion key, in the order of the registry. Empty where nothing weighs.
    """
    weights = {key: weight * own for weight, criteria in tree.values()
               for key, own in criteria.items()}  # fmt: skip
    # one by one, as the page does: `sum` rounds in another way from Python 3.12 on
    whole = reduce(add, weights.values(), 0.0)
    return pd.Series(
        {key: TOTAL * weights[key] / whole for key in CRITERIA if weights.get(key, 0.0) > 0},
        dtype=float,
    )


def weighs_something(tree: Tree) -> bool:
    """Whether at least one criterion of the tree has a weight above zero."""
    return not leaf_weights(tree).empty
