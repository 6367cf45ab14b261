import pytest

from siting.results.reasons import BORNE_OUT_POINTS, REASONS, reasons_at
from siting.study.criteria import CRITERIA


def test_every_reason_is_carried_by_known_criteria():
    for reason in REASONS:
        assert reason.criteria
        assert set(reason.criteria) <= set(CRITERIA)


def test_the_verdict_follows_from_the_points(nordic):
    for position in (0, len(nordic.places) // 2):
        table = reasons_at(nordic, position)
        ahead = table["points"] - table["median_points"] >= BORNE_OUT_POINTS
        assert (table["verdict"].eq("borne out") == ahead).all()


def test_points_are_those_of_the_score(nordic):
    table = reasons_at(nordic, 3).set_index("criteria")
    expected = 100 * nordic.parts["net_zero_year"].iloc[3]
    assert table["points"]["net_zero_year"] == pytest.approx(expected)
