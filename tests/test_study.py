import pytest
from pydantic import ValidationError

from siting.study import Anchor, Candidates, Study


def test_a_file_alone_is_compared_alone():
    assert Candidates(file="mine.csv").chosen == ()
    assert Candidates(file="mine.csv", sets=("towns",)).chosen == ("towns",)
    assert Candidates().chosen == ("industrial_sites", "seaports", "towns")


def test_a_study_never_changes():
    study = Study()
    with pytest.raises(ValidationError):
        study.investor = "KR"


@pytest.mark.parametrize(
    "wrong",
    [
        {"investor": "cn"},
        {"capacity_ktpa": 0},
        {"demand_year": 1999},
        {"prior": {"onshoring": 1.5}},
        {"name": "../up"},
        {"colour": "red"},
        {"price_usd_per_t": float("nan")},
    ],
)
def test_what_cannot_be_is_refused(wrong):
    with pytest.raises(ValidationError):
        Study(**wrong)


def test_anchors_must_differ():
    with pytest.raises(ValidationError, match="differ"):
        Anchor(worst=1, best=1)


def test_one_strategy_or_the_three():
    assert Study(strategy="onshoring").strategies() == ("onshoring",)
    assert len(Study().strategies()) == 3
