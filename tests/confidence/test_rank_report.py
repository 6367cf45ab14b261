import numpy as np
import pytest

from siting.confidence.assessment import assess_at
from siting.confidence.rank_report import rank_report
from siting.confidence.shares import share_at
from siting.confidence.what_if import passing
from siting.confidence.why_not import TOP, gap, needs
from siting.model.plan import Plan
from siting.model.scoring import odds

WHERE = ["first", "middle", "last", "within", "in none"]


def place(plan: Plan, where: str) -> int:
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


@pytest.mark.parametrize("where", WHERE)
def test_the_larger_share_is_ahead_and_the_site_is_one_of_the_two(nordic, where):
    position = place(nordic, where)
    at = rank_report(nordic, position)
    zone = nordic.zones.zone[position]
    assert at.site == (nordic.zones.head[zone - 1] if zone else position)
    assert {at.site, at.rival} == {at.ahead, at.behind}
    assert share_at(nordic, at.ahead) >= share_at(nordic, at.behind)
    assert at.pair == tuple(nordic.places["site_id"].iloc[[at.ahead, at.behind]])
    assert repr(at.passing) == repr(passing(nordic, at.ahead, at.behind))
    assert at.share == share_at(nordic, position)
    assert at.needs.equals(needs(nordic, at.site))
    assert at.lacking == pytest.approx(float(odds(np.array(gap(nordic, at.site, TOP)))))
    assert at.ranked.equals(assess_at(nordic, at.site))


def test_the_rival_is_the_next_zone_and_the_first_for_the_last_and_for_none(nordic):
    heads = nordic.zones.head
    assert rank_report(nordic, int(heads[5])).rival == heads[6]
    assert rank_report(nordic, int(heads[-1])).rival == heads[0]
    assert rank_report(nordic, place(nordic, "in none")).rival == heads[0]


def test_a_place_within_a_zone_stands_as_its_zone_does(nordic):
    position = place(nordic, "within")
    head = int(nordic.zones.head[nordic.zones.zone[position] - 1])
    one, two = rank_report(nordic, position), rank_report(nordic, head)
    assert one.ranked.equals(two.ranked)
    assert one.tornado.equals(two.tornado)
    assert one.share == two.share
