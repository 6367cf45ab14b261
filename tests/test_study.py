import pytest
from pydantic import ValidationError

from siting.study.study import Anchor, Candidates, Study


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


def test_a_stakeholder_lays_changes_over_those_of_the_study():
    study = Study(
        weights={"onshoring": {"energy": {"weight": 2, "criteria": {"power_price": 3}}}},
        prior={"onshoring": 1},
        stakeholders={
            "Ann": {"weights": {"onshoring": {"energy": {"criteria": {"grid_carbon": 1}}},
                                "premium_local": {"market": {"weight": 0}}}},
            "Bo": {"prior": {"premium_local": 1}},
        },
    )  # fmt: skip
    ann, bo = study.seen_by("Ann"), study.seen_by("Bo")
    energy = ann.weights["onshoring"]["energy"]
    assert (energy.weight, energy.criteria) == (2, {"power_price": 3, "grid_carbon": 1})
    assert ann.weights["premium_local"]["market"].weight == 0
    assert (ann.prior, bo.prior) == ({"onshoring": 1}, {"premium_local": 1})
    assert bo.weights == study.weights
    assert study.weights["onshoring"]["energy"].criteria == {"power_price": 3}


@pytest.mark.parametrize("name", ["", " a", "a\n", "x" * 65, "a\u202eb", "\ud800"])
def test_a_stakeholder_has_a_plain_name(name):
    with pytest.raises(ValidationError):
        Study(stakeholders={name: {}})
    assert Study(stakeholders={"财务 🏭 <b>{{x}}": {}}).stakeholders
