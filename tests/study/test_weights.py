import pytest
from hypothesis import given
from hypothesis import strategies as st

from siting.study.criteria import CRITERIA
from siting.study.study import PillarWeights, Study
from siting.study.weights import TOTAL, leaf_weights, tree_of, turn, weighs_something

TREE = {
    "ties": (3.0, {"tie": 1.0, "compatriots": 3.0}),
    "cost": (1.0, {"delivered_cost": 4.0}),
    "energy": (2.0, {"power_price": 0.0}),
}


def test_a_leaf_weighs_its_own_times_its_pillar_s():
    leaves = leaf_weights(TREE)
    expected = {"tie": 3, "compatriots": 9, "delivered_cost": 4}
    assert leaves.to_dict() == pytest.approx({k: TOTAL * w / 16 for k, w in expected.items()})
    assert list(leaves.index) == [key for key in CRITERIA if key in expected]


def test_a_change_leaves_the_rest_as_it_was():
    changes = {
        "ties": PillarWeights(criteria={"tie": 0.0}),
        "cost": PillarWeights(weight=6),
    }
    turned = turn(TREE, changes)
    assert turned["ties"] == (3.0, {"tie": 0.0, "compatriots": 3.0})
    assert turned["cost"] == (6.0, {"delivered_cost": 4.0})
    assert TREE["ties"][1]["tie"] == 1.0


def test_nothing_weighs_nothing():
    assert not weighs_something({"ties": (0.0, {"tie": 1.0}), "energy": (1.0, {"power_price": 0})})
    assert weighs_something(TREE)


@given(st.floats(1e-3, 1e3))
def test_only_ratios_matter(scale):
    scaled = {
        p: (w * scale, {c: own * scale for c, own in crit.items()}) for p, (w, crit) in TREE.items()
    }
    assert leaf_weights(scaled).to_dict() == pytest.approx(leaf_weights(TREE).to_dict())


def test_a_pillar_s_weight_multiplies_what_is_in_it_whatever_the_product():
    studies = [
        Study(product=product, weights={"energy": PillarWeights(weight=2)})
        for product in ("synthetic", "natural", "silicon_blended")
    ]
    for study in studies:
        leaves = leaf_weights(tree_of(study))
        assert leaves["power_price"] == pytest.approx(2 * leaves["governance"])
        assert leaves.sum() == pytest.approx(TOTAL)
