import numpy as np
import pytest

from siting.confidence.standing import standing
from siting.confidence.what_if import passing
from siting.confidence.why_not import needs
from siting.model.plan import Plan


def places(plan: Plan, where: str) -> int:
    """A site that stands for a zone, one within a zone, one in none."""
    zone, heads = plan.zones.zone, plan.zones.head
    others = np.setdiff1d(np.arange(len(zone)), heads)
    return {
        "first": int(heads[0]),
        "middle": int(heads[5]),
        "last": int(heads[-1]),
        "within": int(others[zone[others] > 0][0]),
        "in none": int(others[zone[others] == 0][0]),
    }[where]


@pytest.mark.parametrize("where", ["first", "middle", "last", "within", "in none"])
def test_one_of_the_pair_is_the_place_and_the_first_stands_higher(nordic, where):
    position = places(nordic, where)
    found = standing(nordic, position)
    assert position in (found.ahead, found.behind)
    assert nordic.score[found.ahead] >= nordic.score[found.behind]
    assert found.pair == tuple(nordic.places["site_id"].iloc[[found.ahead, found.behind]])
    np.testing.assert_equal(
        [p.moved for p in found.passings],
        [p.moved for p in passing(nordic, found.ahead, found.behind)],
    )
    assert found.whole.strategy == "mixture"
    assert found.needs.equals(needs(nordic, position))


def test_the_pair_of_a_zone_is_the_next_zone(nordic):
    heads = nordic.zones.head
    assert (standing(nordic, int(heads[5])).ahead, standing(nordic, int(heads[5])).behind) == (
        heads[5], heads[6],
    )  # fmt: skip
    last = standing(nordic, int(heads[-1]))
    assert (last.ahead, last.behind) == (heads[0], heads[-1])


def test_a_place_within_a_zone_is_held_against_the_site_that_stands_for_it(nordic):
    position = places(nordic, "within")
    found = standing(nordic, position)
    head = nordic.zones.head[nordic.zones.zone[position] - 1]
    assert {found.ahead, found.behind} == {position, head}
