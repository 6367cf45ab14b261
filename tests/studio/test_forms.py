"""A field of the form writes one key of the text, and nothing else."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from geodata.errors import SitingError
from siting.studio import differences, forms
from siting.study.plainyaml import keys_and_lines
from siting.study.study import Study
from siting.study.studyfile import PRESETS, preset
from siting.study.template import commented
from tests.studio_server import SMALL

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.floats(-1e6, 1e6)
    | st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.text("abcdefg", min_size=1, max_size=5), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip


def keys(text):
    return keys_and_lines(text, "small.yaml")[0]


def test_a_key_is_set_where_it_stands_and_comments_stay():
    made = forms.with_value(SMALL, "small.yaml", ["investor"], "US")
    assert made == SMALL.replace("KR", "US")


def test_a_new_key_comes_last_and_a_nested_one_into_its_mapping():
    made = forms.with_value(SMALL, "small.yaml", ["price_usd_per_t"], 4500)
    assert made == SMALL + "price_usd_per_t: 4500\n"
    deep = forms.with_value(made, "small.yaml", ["weights", "energy", "weight"], 2.5)
    assert keys(deep) == {**keys(made), "weights": {"energy": {"weight": 2.5}}}


def test_nothing_takes_a_key_out_and_what_is_then_empty():
    deep = forms.with_value(SMALL, "small.yaml", ["weights", "energy", "weight"], 2)
    assert forms.with_value(deep, "small.yaml", ["weights", "energy", "weight"], None) == SMALL
    assert forms.with_value("investor: KR\n", "a.yaml", ["investor"], None) == ""


def test_a_list_is_set_added_to_and_cut():
    text = forms.with_value(SMALL, "a.yaml", ["snapshots", 0, "investor"], "US")
    text = forms.with_value(text, "a.yaml", ["snapshots", 1], {"as_of": "2023-11-22"})
    assert keys(text)["snapshots"] == [{"investor": "US"}, {"as_of": "2023-11-22"}]
    text = forms.with_value(text, "a.yaml", ["snapshots", 0], None)
    assert keys(text)["snapshots"] == [{"as_of": "2023-11-22"}]


@given(VALUES.filter(lambda value: value is not None), st.sampled_from(list(Study.model_fields)))
def test_what_was_set_is_read_again_and_nothing_else_moved(value, key):
    made = keys(forms.with_value(SMALL, "small.yaml", [key], value))
    rest = {name: own for name, own in keys(SMALL).items() if name != key}
    assert {name: own for name, own in made.items() if name != key} == rest
    assert made[key] == value


@pytest.mark.parametrize("name", PRESETS)
def test_every_key_of_a_commented_preset_can_be_set_and_taken_out_again(name):
    text = commented(preset(name), name)
    for key in Study.model_fields:
        made = forms.with_value(text, f"{name}.yaml", [key], "a value")
        assert keys(made)[key] == "a value"
        assert made.count("#") >= text.count("#") - 3  # a value may have had a comment
        if key not in keys(text):
            assert keys(forms.with_value(made, f"{name}.yaml", [key], None)) == keys(text)


@pytest.mark.parametrize(("text", "path"), [
    ("a: [", ["investor"]), ("- 1\n- 2\n", ["investor"]), (SMALL, ["investor", "x"]),
    (SMALL, ["snapshots", 3]), (SMALL, ["investor", 0]), ("&a name: *a\n", ["investor"]),
    ("just text\n", ["investor"]), (SMALL, [0]),
])  # fmt: skip
def test_a_text_or_path_that_is_none_is_a_fault(text, path):
    with pytest.raises(SitingError):
        forms.with_value(text, "small.yaml", path, 1)


def test_words_that_look_like_something_else_stay_words():
    for word in ("yes", "no", "on", "null", "~", "1e3", "0x1", "2026-11-22", "12:30", "- a", "a: b",
                 "#", "'", '"', "{}", "*a", "&a", "!x", "|", "", " x ", "\u202e"):  # fmt: skip
        made = forms.with_value(SMALL, "small.yaml", ["question"], word)
        assert keys(made)["question"] == word


def test_every_key_has_its_place_in_the_form():
    placed = [key for group in forms.groups() for key in group["keys"]]
    assert sorted(placed) == sorted(Study.model_fields)
    assert len(placed) == len(set(placed))
    assert [group["title"] for group in forms.groups()] == list(forms.GROUPS)  # none in "More"


def test_differences_of_lists_texts_and_comments():
    assert differences.in_words(SMALL, SMALL) == []
    assert differences.in_words(SMALL, SMALL + "# more\n") == ["comments or layout alone"]
    assert differences.in_words(SMALL, "a: [") == ["a text that cannot be read as a study"]
    other = SMALL + yaml.safe_dump({"snapshots": [{"investor": "US"}]})
    assert differences.in_words(SMALL, other) == ["snapshots.0.investor: US added"]
    assert differences.in_words(other, SMALL) == ["snapshots.0.investor: US taken out"]
    lines = differences.by_line("a\nb\n", "a\nc\n")
    assert lines == [{"kind": " ", "text": "a"}, {"kind": "-", "text": "b"},
                     {"kind": "+", "text": "c"}]  # fmt: skip
