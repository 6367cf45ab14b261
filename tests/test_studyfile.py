import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.errors import SitingError
from siting.study.study import PillarWeights, Study
from siting.study.studyfile import PRESETS, check, parse, preset, read


def faults_of(text):
    with pytest.raises(SitingError) as caught:
        parse(text, "s.yaml", Path())
    return caught.value.faults


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_is_sound_and_says_why(name):
    study = preset(name)
    assert study.question
    text = (Path(__file__).parents[1] / "siting" / "study" / "presets" / f"{name}.yaml").read_text(
        "utf-8"
    )
    assert "Reasoning:" in text


def test_the_article_stands_on_its_own_day():
    study = preset("article_2023")
    assert (study.as_of, study.investor) == (dt.date(2023, 11, 28), "CN")


def test_an_empty_study_is_the_default_one():
    assert parse("", "s.yaml", Path()) == Study()


def test_an_unknown_preset_names_the_nearest():
    with pytest.raises(SitingError, match="balanced"):
        preset("balancd")


def test_all_faults_at_once_with_line_and_mend():
    faults = faults_of(
        "name: x\ninvestr: CN\ncapacity_ktpa: -5\nstrategy: low_cost\n"
        "reach: {customer_usd_per_t: 3}\n"
    )
    said = {(f.row, f.column) for f in faults}
    assert said == {
        (2, "investr"),
        (3, "capacity_ktpa"),
        (4, "strategy"),
        (5, "reach.customer_usd_per_t"),
    }
    mends = {f.column: f.mend for f in faults}
    assert "investor" in mends["investr"]
    assert "customers_usd_per_t" in mends["reach.customer_usd_per_t"]


def test_unknown_weight_names_suggest_the_right_ones():
    text = (
        "weights:\n  onshoring:\n    policy:\n      criteria: {home_afinity: 2}\n"
        "    plicy: {weight: 1}\n"
    )
    faults = {f.value: f for f in faults_of(text)}
    assert "home_affinity" in faults["home_afinity"].mend
    assert faults["home_afinity"].row == 4
    assert "policy" in faults["plicy"].mend


@pytest.mark.parametrize("weight", ["-1", ".nan", ".inf", "x"])
def test_weights_must_be_numbers_of_at_least_zero(weight):
    fault = faults_of(f"weights: {{onshoring: {{policy: {{weight: {weight}}}}}}}")[0]
    assert fault.column.startswith("weights.onshoring.policy.weight")


def test_weights_that_are_all_zero_are_a_fault():
    zero = "{weight: 0}"
    pillars = ", ".join(f"{p}: {zero}" for p in ("market", "policy", "energy", "ground"))
    fault = faults_of(f"strategy: onshoring\nweights: {{onshoring: {{{pillars}}}}}")[0]
    assert "all weights are zero" in str(fault)
    assert fault.row == 2


def test_money_is_never_counted_twice():
    text = "weights: {low_cost_export: {energy: {weight: 1, criteria: {power_price: 1}}}}"
    assert "counted twice" in str(faults_of(text)[0])


def test_a_prior_of_zeros_is_a_fault():
    assert "zero" in str(faults_of("prior: {onshoring: 0}")[0])


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("name: [", "YAML"),
        ("- a\n- b", "mapping"),
        ("a: &x [1]\nb: *x", "alias"),
        ("name: '../../etc'", "pattern"),
        ("candidates: {sets: []}", "no candidates"),
        ("\x00", "NUL"),
        ("as_of: 2023-02-30", "as_of"),
        ("anchors: {power_price: {worst: 3, best: 3}}", "differ"),
    ],
)
def test_nonsense_is_told_plainly(text, word):
    assert any(word in str(fault) for fault in faults_of(text))


def test_files_are_rooted_in_the_folder_of_the_study(tmp_path):
    (tmp_path / "s.yaml").write_text(
        "candidates: {file: mine.csv}\nexclude: [{file: parks.gpkg}]\n"
    )
    study = read(tmp_path / "s.yaml")
    assert study.candidates.file == tmp_path / "mine.csv"
    assert study.exclude[0].file == tmp_path / "parks.gpkg"
    assert study.candidates.chosen == ()


def test_a_missing_or_binary_study_is_told(tmp_path):
    with pytest.raises(SitingError, match="no such study"):
        read(tmp_path / "none.yaml")
    (tmp_path / "b.yaml").write_bytes(b"\xff\xfe\x00\x80")
    with pytest.raises(SitingError):
        read(tmp_path / "b.yaml")


@given(st.text(max_size=80))
def test_any_text_is_a_study_or_a_told_fault(text):
    try:
        parse(text, "s.yaml", Path())
    except SitingError as error:
        assert error.faults


def test_a_study_made_in_python_is_checked_too():
    wrong = Study(weights={"onshoring": {"policy": PillarWeights(criteria={"nope": 1})}})
    assert check(wrong)
    assert not check(Study())


def test_norway_is_a_country():
    assert parse("investor: NO\ncandidates: {countries: [NO, SE]}", "s", Path()).investor == "NO"


def test_weights_of_stakeholders_are_checked_like_those_of_the_study():
    text = (
        "stakeholders:\n  Ann:\n    weights: {onshoring: {plicy: {weight: 1}}}\n"
        "    prior: {onshorng: 1}\n  Bo:\n    weights:\n      onshoring:\n"
        "        energy: {criteria: {power: 1}}\n"
    )
    said = {(f.row, f.column, f.value) for f in faults_of(text)}
    assert said == {
        (3, "stakeholders.Ann.weights.onshoring", "plicy"),
        (4, "stakeholders.Ann.prior", "onshorng"),
        (8, "stakeholders.Bo.weights.onshoring.energy.criteria", "power"),
    }


def test_what_the_study_weighs_twice_is_not_told_of_each_stakeholder_again():
    twice = "{low_cost_export: {energy: {weight: 1, criteria: {power_price: 1}}}}"
    (fault,) = faults_of(f"weights: {twice}\nstakeholders: {{Ann: {{}}, Bo: {{}}}}")
    assert fault.column == "weights.low_cost_export"
    (fault,) = faults_of(f"stakeholders: {{Ann: {{weights: {twice}}}, Bo: {{}}}}")
    assert fault.column == "stakeholders.Ann.weights.low_cost_export"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("stakeholders: {Ann: {share: 1}, Bo: {}}", "some have none"),
        ("stakeholders: {Ann: {share: 0}, Bo: {share: 0}}", "zero"),
        ("stakeholders: {Ann: {share: -1}}", "greater"),
        ("stakeholders: {Ann: {prior: {onshoring: 0}}}", "zero"),
        ("stakeholders: {Ann: {wieghts: {}}}", "did you mean weights"),
        ('stakeholders: {"a\\nb": {}}', "plain text"),
    ],
)
def test_stakeholders_at_fault(text, word):
    (fault,) = faults_of(text)
    assert word in str(fault)
    assert "\n" not in str(fault)
