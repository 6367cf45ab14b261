import re
from typing import get_args

import pytest

from geodata.load import table
from siting.study.criteria import CRITERIA, PILLARS
from siting.study.lenses import DEFAULT, LENSES
from siting.study.study import LensName, Study
from siting.study.weights import TOTAL, leaf_weights, tree_of


def test_the_study_knows_every_lens_and_starts_from_the_evidence():
    assert get_args(LensName) == tuple(LENSES)
    assert Study().lens == DEFAULT == "evidence"


@pytest.mark.parametrize("name", LENSES)
def test_a_lens_weighs_known_criteria_and_its_tree_holds_all(name):
    lens = LENSES[name]
    assert lens.name
    assert len(lens.reasoning) > 40
    assert set(lens.weights) <= set(CRITERIA)
    assert all(weight > 0 for weight in lens.weights.values())
    assert list(lens.tree) == list(PILLARS)
    for pillar, (weight, criteria) in lens.tree.items():
        assert weight == 1
        assert list(criteria) == [k for k, c in CRITERIA.items() if c.pillar == pillar]
        assert all(own == lens.weights.get(key, 0.0) for key, own in criteria.items())


@pytest.mark.parametrize("name", LENSES)
def test_no_money_is_weighed_twice(name):
    weights = LENSES[name].weights
    if "delivered_cost" in weights:
        assert not any(CRITERIA[c].in_delivered_cost for c in weights)


@pytest.mark.parametrize("name", LENSES)
def test_a_lens_can_be_laid_under_a_study(name):
    leaves = leaf_weights(tree_of(Study(lens=name)))
    assert leaves.sum() == pytest.approx(TOTAL)
    assert set(leaves.index) == set(LENSES[name].weights)


def test_the_evidence_is_seven_things_of_weight_one():
    weights = dict(LENSES["evidence"].weights)
    weights["market"] = weights.pop("unserved_demand") + weights.pop("automaker_pull")
    assert list(weights.values()) == [1.0] * 7
    assert leaf_weights(tree_of(Study()))["governance"] == pytest.approx(1)


def test_what_a_lens_cites_stands_in_the_catalogue():
    known = {
        *table("anode_economics")["param_id"],
        *table("policy_zones")["instrument_id"],
        *table("project_costs")["project_id"],
    }
    for lens in LENSES.values():
        cited = re.findall(r"\b[A-Z0-9]{2,}-[A-Z0-9-]+\b", lens.reasoning)
        assert set(cited) <= known, lens.name
