"""Two-level weight trees: what a study says of them, and the weights of the leaves."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from siting.study.parameters import GRAPHITE_OF
from siting.study.strategies import POWER_OVER_BOX, STRATEGIES, Tree
from siting.study.study import PillarWeights, Study


def tree_of(study: Study, strategy: str) -> Tree:
    """Return the strategy's tree with the study's changes; a criterion left out keeps its weight.

    The weight of energy goes with the electricity of the product, unless the study sets it.

    Parameters
    ----------
    study : Study
    strategy : str
        Key of `siting.study.strategies.STRATEGIES`.

    Returns
    -------
    dict
        Pillar -> (weight, criterion -> weight), not yet normalised.
    """
    tree = dict(STRATEGIES[strategy].tree)
    if "energy" in tree:
        weight, criteria = tree["energy"]
        tree["energy"] = (weight * POWER_OVER_BOX[_process(study)], criteria)
    return turn(tree, study.weights.get(strategy, {}))


def _process(study: Study) -> str:
    natural = GRAPHITE_OF[study.product] == "natural"
    return "natural" if natural else study.furnace


def turn(tree: Tree, changes: Mapping[str, PillarWeights]) -> Tree:
    """Return `tree` with `changes` laid over it; neither is altered."""
    pillars = list(tree) + [pillar for pillar in changes if pillar not in tree]
    turned: Tree = {}
    for pillar in pillars:
        weight, criteria = tree.get(pillar, (0.0, {}))
        change = changes.get(pillar, PillarWeights(weight=None))
        turned[pillar] = (
            weight if change.weight is None else change.weight,
            {**criteria, **change.criteria},
        )
    return turned


def leaf_weights(tree: Tree) -> pd.Series:
    """Return the weight of each criterion over the whole tree; they sum to 1.

    Each pillar's share is its weight over that of all pillars, each criterion's its weight over
    that of its siblings. A pillar whose criteria all weigh nothing takes no share.

    Returns
    -------
    Series of float
        Index: criterion key.
    """
    alive = {p: (w, c) for p, (w, c) in tree.items() if w > 0 and sum(c.values()) > 0}
    total = sum(weight for weight, _ in alive.values())
    return pd.Series(
        {
            criterion: weight / total * own / sum(criteria.values())
            for weight, criteria in alive.values()
            for criterion, own in criteria.items()
            if own > 0
        },
        dtype=float,
    )


def weighs_something(tree: Tree) -> bool:
    """Whether at least one criterion of the tree has a weight above zero."""
    return any(w > 0 and sum(c.values()) > 0 for w, c in tree.values())
