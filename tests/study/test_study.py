import pytest
from pydantic import ValidationError

from siting.study.study import Candidates, PillarWeights, Study


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
        {"lens": "mixture"},
        {"weights": {"energy": -1}},
        {"weights": {"energy": [2]}},
        {"name": "../up"},
        {"colour": "red"},
        {"price_usd_per_t": float("nan")},
    ],
)
def test_what_cannot_be_is_refused(wrong):
    with pytest.raises(ValidationError):
        Study(**wrong)


def test_a_bare_number_is_the_weight_of_a_pillar():
    bare = Study(weights={"energy": 2, "cost": {"criteria": {"margin": 1}}})
    assert bare.weights["energy"] == PillarWeights(weight=2)
    assert Study.model_validate(bare.model_dump()) == bare


def test_a_stakeholder_lays_changes_over_those_of_the_study():
    study = Study(
        weights={"energy": {"weight": 2, "criteria": {"power_price": 3}}},
        stakeholders={
            "Ann": {"weights": {"energy": {"criteria": {"grid_carbon": 1}}, "market": 0}},
            "Bo": {"lens": "premium_local"},
        },
    )
    ann, bo = study.seen_by("Ann"), study.seen_by("Bo")
    energy = ann.weights["energy"]
    assert (energy.weight, energy.criteria) == (2, {"power_price": 3, "grid_carbon": 1})
    assert ann.weights["market"].weight == 0
    assert (ann.lens, bo.lens) == ("evidence", "premium_local")
    assert bo.weights == {}  # whoever names a lens starts from it alone
    assert study.weights["energy"].criteria == {"power_price": 3}


@pytest.mark.parametrize("name", ["", " a", "a\n", "x" * 65, "a\u202eb", "\ud800"])
def test_a_stakeholder_has_a_plain_name(name):
    with pytest.raises(ValidationError):
        Study(stakeholders={name: {}})
    assert Study(stakeholders={"财务 🏭 <b>{{x}}": {}}).stakeholders
