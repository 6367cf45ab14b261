import pytest

from geodata.load import table
from siting.study.criteria import CRITERIA, PILLARS
from siting.study.parameters import ranges
from siting.study.strategies import POWER_OVER_BOX, STRATEGIES, even_prior


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


def test_nothing_known_of_an_investor_is_an_even_prior():
    assert sum(even_prior().values()) == pytest.approx(1)
    assert len(set(even_prior().values())) == 1
    assert list(even_prior()) == list(STRATEGIES)


@pytest.mark.parametrize("process", POWER_OVER_BOX)
def test_the_weight_of_energy_goes_with_the_electricity_of_the_table(process):
    economics = table("anode_economics")

    def used(product, furnace):
        return ranges(economics, product, furnace).central.power_mwh_per_t

    own = used("natural", "box") if process == "natural" else used("synthetic", process)
    assert own / used("synthetic", "box") == pytest.approx(POWER_OVER_BOX[process])
