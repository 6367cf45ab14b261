from siting.results.columns import UNIT_SUFFIX
from siting.study.criteria import CRITERIA, PILLARS
from siting.study.lenses import LENSES


def test_every_pillar_has_criteria_and_six_are_enough():
    assert len(PILLARS) == 6
    assert {c.pillar for c in CRITERIA.values()} == set(PILLARS)


def test_every_unit_has_a_column_suffix():
    assert {c.unit for c in CRITERIA.values()} <= set(UNIT_SUFFIX)


def test_what_the_delivered_cost_holds_is_marked():
    for name in ("wage", "targeted_aid", "margin", "served_demand", "duty_free_reach"):
        assert CRITERIA[name].in_delivered_cost
    # firm and abundant power is more than its money
    assert not CRITERIA["power_price"].in_delivered_cost
    assert not CRITERIA["grid_carbon"].in_delivered_cost


# Measured and ready to be weighed; docs/method.md says why no lens weighs them.
UNWEIGHED = {
    "margin", "served_demand", "duty_free_reach", "logistics", "rail_km",
    "workforce", "grid_strength", "carbon_works", "wage",
}  # fmt: skip


def test_every_other_criterion_is_weighed_by_some_lens():
    weighed = {name for lens in LENSES.values() for name in lens.weights}
    assert set(CRITERIA) - weighed == UNWEIGHED
