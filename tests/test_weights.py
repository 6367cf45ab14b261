import pytest
from hypothesis import given
from hypothesis import strategies as st

from siting.study.criteria import CRITERIA
from siting.study.strategies import STRATEGIES
from siting.study.study import PillarWeights, Study
from siting.study.weights import leaf_weights, tree_of, turn, weighs_something

TREE = {"a": (3.0, {"x": 1.0, "y": 3.0}), "b": (1.0, {"z": 5.0}), "c": (2.0, {"w": 0.0})}


def test_leaves_are_shares_of_shares():
    leaves = leaf_weights(TREE)
    # pillar c weighs nothing inside, so a and b share the whole 3 : 1
    assert leaves.to_dict() == pytest.approx({"x": 0.1875, "y": 0.5625, "z": 0.25})


def test_a_change_leaves_the_rest_as_it_was():
    turned = turn(TREE, {"a": PillarWeights(criteria={"x": 0.0}), "b": PillarWeights(weight=6)})
    assert turned["a"] == (3.0, {"x": 0.0, "y": 3.0})
    assert turned["b"] == (6.0, {"z": 5.0})
    assert TREE["a"][1]["x"] == 1.0


def test_a_pillar_can_be_added():
    turned = turn(TREE, {"d": PillarWeights(weight=2, criteria={"v": 1})})
    assert turned["d"] == (2.0, {"v": 1.0})


def test_nothing_weighs_nothing():
    assert not weighs_something({"a": (0.0, {"x": 1.0}), "b": (1.0, {"z": 0.0})})
    assert weighs_something(TREE)


@given(st.floats(1e-3, 1e3))
def test_only_ratios_matter(scale):
    scaled = {
        p: (w * scale, {c: own * scale for c, own in crit.items()}) for p, (w, crit) in TREE.items()
    }
    assert leaf_weights(scaled).to_dict() == pytest.approx(leaf_weights(TREE).to_dict())


@pytest.mark.parametrize("name", STRATEGIES)
def test_built_in_trees_are_whole(name):
    leaves = leaf_weights(tree_of(Study(), name))
    assert leaves.sum() == pytest.approx(1)
    for pillar, (_, criteria) in STRATEGIES[name].tree.items():
        assert all(CRITERIA[c].pillar == pillar for c in criteria)


def test_energy_weighs_less_for_what_uses_less_unless_the_study_says_so():
    shares = {
        product: leaf_weights(tree_of(Study(product=product), "premium_local"))["power_price"]
        for product in ("synthetic", "natural", "silicon_blended")
    }
    assert shares["natural"] < shares["synthetic"] == shares["silicon_blended"]
    hot = leaf_weights(tree_of(Study(furnace="acheson"), "premium_local"))["power_price"]
    assert hot > shares["synthetic"]
    own = {"premium_local": {"energy": PillarWeights(weight=0.4)}}
    said = [tree_of(Study(product=p, weights=own), "premium_local") for p in shares]
    assert said[0] == said[1]
