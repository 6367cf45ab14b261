import datetime as dt
import pickle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.errors import SitingError
from siting.market.owner import check_owner
from siting.study.criteria import PILLARS
from siting.study.study import PillarWeights, Study
from siting.study.studyfile import PRESETS, changed, check, parse, preset, read
from siting.world import facts
from siting.world.candidates import gather, industrial_sites


def faults_of(text):
    with pytest.raises(SitingError) as caught:
        parse(text, "s.yaml", Path())
    return caught.value.faults


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_is_sound_and_explains_itself(name):
    study = preset(name)
    assert study.question
    text = (Path(__file__).parents[2] / "siting" / "study" / "presets" / f"{name}.yaml").read_text(
        "utf-8"
    )
    assert text.startswith("# ")
    assert len(text.splitlines()) > 6


def test_the_article_stands_on_its_own_day():
    study = preset("article_2023")
    assert (study.as_of, study.investor) == (dt.date(2023, 11, 28), "CN")


def test_an_empty_study_is_the_default_one():
    assert parse("", "s.yaml", Path()) == Study()


def test_an_unknown_preset_names_the_nearest():
    with pytest.raises(SitingError, match="balanced"):
        preset("balancd")


def test_all_faults_at_once_with_line_and_hint():
    faults = faults_of(
        "name: x\ninvestr: CN\ncapacity_ktpa: -5\nlens: low_cost\nreach: {customer_usd_per_t: 3}\n"
    )
    given_at = {(f.row, f.column) for f in faults}
    assert given_at == {
        (2, "investr"),
        (3, "capacity_ktpa"),
        (4, "lens"),
        (5, "reach.customer_usd_per_t"),
    }
    hints = {f.column: f.hint for f in faults}
    assert "investor" in hints["investr"]
    assert "customers_usd_per_t" in hints["reach.customer_usd_per_t"]


@pytest.mark.parametrize(
    ("text", "column", "hint"),
    [
        ("strategy: onshoring", "strategy", "name a lens instead, as in `lens: premium_local`"),
        ("prior: {onshoring: 1}", "prior", "leave it out and name it under `lens`"),
        ("sharpness: 12", "sharpness", "leave it out"),
        ("stakeholders: {Ann: {prior: {onshoring: 1}}}", "stakeholders.Ann.prior", "`lens`"),
    ],
)
def test_keys_of_the_former_model_name_the_new_one(text, column, hint):
    (fault,) = faults_of(text)
    assert (fault.what, fault.column, fault.row) == ("a key of the former model", column, 1)
    assert hint in fault.hint


@pytest.mark.parametrize("inner", ["{cost: {weight: 1}}", "{weight: 1}", "{}", "2"])
@pytest.mark.parametrize("above", ["", "stakeholders: {Ann: "])
def test_weights_by_strategy_name_the_lens(inner, above):
    text = f"{above}{{weights: {{low_cost_export: {inner}}}}}{'}' if above else ''}"
    (fault,) = faults_of(text)
    assert fault.what == "weights stand by pillar, not by strategy"
    assert "name a lens" in fault.hint
    assert fault.column == ("stakeholders.Ann.weights" if above else "weights")


def test_unknown_weight_names_suggest_the_right_ones():
    text = "weights:\n  policy:\n    criteria: {home_afinity: 2}\n  plicy: {weight: 1}\n"
    faults = {f.value: f for f in faults_of(text)}
    assert "home_affinity" in faults["home_afinity"].hint
    assert faults["home_afinity"].row == 3
    assert "policy" in faults["plicy"].hint
    (fault,) = faults_of("weights: {ground: 2}")  # a pillar that is no more
    assert "surroundings" in fault.hint


@pytest.mark.parametrize("weight", ["-1", ".nan", ".inf", "x"])
@pytest.mark.parametrize("form", ["{}", "{{weight: {}}}"])
def test_weights_must_be_numbers_of_at_least_zero(weight, form):
    fault = faults_of(f"weights: {{policy: {form.format(weight)}}}")[0]
    assert fault.column.startswith("weights.policy.weight")


def test_weights_that_are_all_zero_are_a_fault():
    pillars = ", ".join(f"{pillar}: 0" for pillar in PILLARS)
    fault = faults_of(f"lens: onshoring\nweights: {{{pillars}}}")[0]
    assert "all weights are zero" in str(fault)
    assert fault.row == 2


TWICE = "{cost: {criteria: {margin: 1}}}"


def test_money_is_never_counted_twice():
    assert "counted twice" in str(faults_of(f"weights: {TWICE}")[0])
    carbon = "carbon_price_usd_per_t: 50\nweights: {energy: {criteria: {grid_carbon: 1}}}"
    assert "grid_carbon would be counted twice" in str(faults_of(carbon)[0])


@pytest.mark.parametrize(
    ("anchor", "hint"),
    [
        ("power_price: {worst: 3, best: 3}", "differ"),
        ("delivered_cost: {worst: 3, best: 3}", "differ"),
        ("accessible_demand: {worst: 0, best: 0}", "worth one half"),
        ("compatriots: {worst: 0, best: -5}", "worth one half"),
        ("openness: {worst: 0, best: 1}", "worst above 0"),
        ("openness: {worst: 1, best: 0.5}", "best above worst"),
    ],
)
def test_anchors_must_fit_the_form_of_the_criterion(anchor, hint):
    (fault,) = faults_of(f"anchors:\n  {anchor}")
    assert hint in fault.hint
    assert (fault.row, fault.column) == (2, f"anchors.{anchor.split(':')[0]}")


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("name: [", "YAML"),
        ("- a\n- b", "mapping"),
        ("a: &x [1]\nb: *x", "alias"),
        ("name: '../../etc'", "no name of a folder"),
        ("candidates: {sets: []}", "no candidates"),
        ("\x00", "NUL"),
        ("as_of: 2023-02-30", "as_of"),
        ("anchors: {power_prce: {worst: 3, best: 2}}", "did you mean power_price"),
    ],
)
def test_nonsense_is_refused_plainly(text, word):
    assert any(word in str(fault) for fault in faults_of(text))


def test_files_are_rooted_in_the_folder_of_the_study(tmp_path):
    (tmp_path / "s.yaml").write_text(
        "candidates: {file: mine.csv}\nexclude: [{file: parks.gpkg}]\n"
    )
    study = read(tmp_path / "s.yaml")
    assert study.candidates.file == tmp_path / "mine.csv"
    assert study.exclude[0].file == tmp_path / "parks.gpkg"
    assert study.candidates.chosen == ()


def test_a_missing_or_binary_study_is_refused(tmp_path):
    with pytest.raises(SitingError, match="no such study"):
        read(tmp_path / "none.yaml")
    (tmp_path / "b.yaml").write_bytes(b"\xff\xfe\x00\x80")
    with pytest.raises(SitingError):
        read(tmp_path / "b.yaml")


@given(st.text(max_size=80))
def test_any_text_is_a_study_or_a_fault(text):
    try:
        parse(text, "s.yaml", Path())
    except SitingError as error:
        assert error.faults


def test_a_study_made_in_python_is_checked_too():
    wrong = Study(weights={"policy": PillarWeights(criteria={"nope": 1})})
    assert check(wrong)
    assert not check(Study())


def test_norway_is_a_country():
    assert parse("investor: NO\ncandidates: {countries: [NO, SE]}", "s", Path()).investor == "NO"


def test_weights_of_stakeholders_are_checked_like_those_of_the_study():
    text = (
        "stakeholders:\n  Ann:\n    weights: {plicy: {weight: 1}}\n"
        "  Bo:\n    weights:\n      energy: {criteria: {power: 1}}\n"
    )
    given_at = {(f.row, f.column, f.value) for f in faults_of(text)}
    assert given_at == {
        (3, "stakeholders.Ann.weights", "plicy"),
        (6, "stakeholders.Bo.weights.energy.criteria", "power"),
    }
    (fault,) = faults_of("stakeholders: {Ann: {lens: onshorng}}")
    assert fault.column == "stakeholders.Ann.lens"


def test_what_the_study_weighs_twice_is_not_repeated_for_each_stakeholder():
    (fault,) = faults_of(f"weights: {TWICE}\nstakeholders: {{Ann: {{}}, Bo: {{}}}}")
    assert fault.column == "weights"
    (fault,) = faults_of(f"stakeholders: {{Ann: {{weights: {TWICE}}}, Bo: {{}}}}")
    assert fault.column == "stakeholders.Ann.weights"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("stakeholders: {Ann: {share: 1}, Bo: {}}", "some have none"),
        ("stakeholders: {Ann: {share: 0}, Bo: {share: 0}}", "zero"),
        ("stakeholders: {Ann: {share: -1}}", "give 0 or more"),
        ("stakeholders: {Ann: {wieghts: {}}}", "did you mean weights"),
        ('stakeholders: {"a\\nb": {}}', "plain text"),
    ],
)
def test_stakeholders_at_fault(text, word):
    (fault,) = faults_of(text)
    assert word in str(fault)
    assert "\n" not in str(fault)


AT_LINES = """\
# a comment
investor: DE
owner: Nobody Ltd
as_of: 2026-01-31
candidates:
  countries:
    - LU
  sets: [industrial_sites]
"""


def test_what_shows_later_names_file_line_key_and_value(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(AT_LINES, encoding="utf-8")
    study = read(path)
    known = facts.load(study)
    with pytest.raises(SitingError) as caught:
        check_owner(study, known)
    (fault,) = caught.value.faults
    assert (fault.where, fault.row, fault.column, fault.value) == (
        "mine.yaml", 3, "owner", "Nobody Ltd",
    )  # fmt: skip
    with pytest.raises(SitingError) as caught:
        gather(study, industrial_sites(study), known.closed)
    (fault,) = caught.value.faults
    assert (fault.where, fault.row, fault.column) == ("mine.yaml", 6, "candidates.countries")


def test_a_key_set_anew_has_no_line_and_others_keep_theirs(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(AT_LINES, encoding="utf-8")
    study = changed(read(path), {"owner": "Nobody Else"})
    rows = {key: study.origin.row(key) for key in ("owner", "candidates.countries.0", "as_of")}
    assert rows == {"owner": None, "candidates.countries.0": 7, "as_of": 4}


def test_where_a_study_was_written_is_no_part_of_it(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("investor: DE\n", encoding="utf-8")
    assert read(path) == Study(investor="DE")
    sent = pickle.dumps(read(path))  # as to a worker
    assert pickle.loads(sent).origin.name == "mine.yaml"  # noqa: S301 - our own
    assert read(path).model_copy(update={"as_of": None}).origin.row("investor") == 1
