import pytest

from siting.study.criteria import CRITERIA, PILLARS
from siting.study.strategies import STRATEGIES, prior_of


@pytest.mark.parametrize("name", STRATEGIES)
def test_trees_weigh_known_criteria_in_their_own_pillars(name):
    strategy = STRATEGIES[name]
    assert strategy.reasoning
    for pillar, (weight, criteria) in strategy.tree.items():
        assert pillar in PILLARS
        assert weight > 0
        assert all(CRITERIA[c].pillar == pillar and own > 0 for c, own in criteria.items())


@pytest.mark.parametrize("name", STRATEGIES)
def test_no_money_is_weighed_twice(name):
    weighed = {c for _, criteria in STRATEGIES[name].tree.values() for c in criteria}
    if "delivered_cost" in weighed:
        assert not any(CRITERIA[c].in_delivered_cost for c in weighed)


def test_only_investors_who_export_hold_export():
    assert prior_of("CN")["low_cost_export"] > 0
    assert prior_of("US")["low_cost_export"] == prior_of("KR")["low_cost_export"] == 0
