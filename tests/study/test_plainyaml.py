import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.errors import SitingError
from siting.study.plainyaml import keys_and_lines


def value(text):
    return keys_and_lines(f"a: {text}\n", "s.yaml")[0]["a"]


def faults(text):
    with pytest.raises(SitingError) as caught:
        keys_and_lines(text, "s.yaml")
    return [(f.row, f.column, f.what, f.hint) for f in caught.value.faults]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("5", 5), ("+5", 5), ("-5", -5), ("0", 0), ("1e3", 1000.0), ("1.5E-2", 0.015), (".5", 0.5),
        ("5.", 5.0), ("true", True), ("False", False), ("~", None), ("", None), ("null", None),
        (".inf", math.inf), ("-.INF", -math.inf), ("9" * 5000, math.inf), ("1e999", math.inf),
    ],
)  # fmt: skip
def test_numbers_booleans_and_nothing(text, meant):
    assert value(text) == meant
    assert type(value(text)) is type(meant)


@pytest.mark.parametrize(
    "text",
    ["050", "0o17", "0x1F", "0b1", "1_000", "1:30", "1:30:00", "no", "NO", "yes", "on", "off", "y",
     "2025-11-30", "2025-11-30T10:00:00Z", "=", "<<x", "1,5", ".", "e3", "1e", "+-1", "tRue"],
)  # fmt: skip
def test_what_is_a_number_a_day_or_a_yes_in_yaml_1_1_only_is_text(text):
    assert value(text) == text


@given(st.integers(-(10**30), 10**30) | st.floats(allow_nan=False, allow_infinity=False))
def test_every_number_comes_back(number):
    assert value(repr(number)) == number


def test_a_key_stands_once_and_both_lines_are_named():
    assert faults("a: 1\nb: {x: 1, x: 2}\na: 3\nb: 4\n") == [
        (2, "b.x", "given twice, on row 2 too", "keep one of the two"),
        (3, "a", "given twice, on row 1 too", "keep one of the two"),
        (4, "b", "given twice, on row 2 too", "keep one of the two"),
    ]
    assert faults("1: a\n'1': b\n")[0][1] == "1"


def test_every_tag_and_alias_is_named():
    text = "a: !!timestamp x\nb: !!python/object/apply:os.system [ls]\nc: &x !foo {}\nd: *x\ne: ! 5"
    assert [row for row, *_ in faults(text)] == [1, 2, 3, 4, 5]


def test_every_line_is_known():
    _, lines = keys_and_lines("a:\n  b: [1,\n   {c: 2}]\n\nd: 3\n", "s.yaml")
    assert lines["a", "b", "0"] == 2
    assert lines["a", "b", "1", "c"] == 3
    assert lines["d",] == 5


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("a:\n\tb: 1", "blanks, not tabs"), ('a: "C:\\data"', "single quotes"),
        ("a: @x", "in quotes"), ("a: 1\n---\nb: 2", "keep one document"), ("a: 'x", "close the"),
        ("investor:KR", "a blank after the colon"), ("? [a]\n: 1", "a word before the colon"),
        ("a: \x07", "delete it"), ('"\\Uffffffff": 1', "the character itself"),
        ('"\\ud800": 1', "the character itself"), ("[" * 999, "close the brackets"),
        ("%YAML " + "9" * 5000 + ".1\n---\na: 1", "the character itself"),
    ],
)  # fmt: skip
def test_what_is_no_yaml_is_told_with_its_hint(text, hint):
    assert any(hint in told for *_, told in faults(text))


@pytest.mark.parametrize("text", ["[" * 500_000, "a: {" * 200_000, "? " * 400_000, "a: b: " * 99])
def test_depth_without_end_is_refused_at_once(text):
    assert len(faults(text)) == 1
