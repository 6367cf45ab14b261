"""Foreign text stays data."""

from __future__ import annotations

import unicodedata

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.plaintext import MAX_CHARACTERS, plain, plain_columns

KEPT = [
    "<script>alert(1)</script>",
    '=HYPERLINK("http://x","y")',
    "{{ 7*7 }}",
    "${x}`",
    "🏭👩‍🔧",
    "مصنع الجرافيت",
    "石墨负极工厂",
    "NA",
]


@pytest.mark.parametrize("text", KEPT)
def test_text_of_every_kind_is_kept(text: str) -> None:
    assert plain(text) == text


def test_control_characters_go() -> None:
    assert plain("a\x00b\x1b[31mc\u202ed\ud800e") == "ab[31mcde"
    assert plain(" two\r\n lines\t") == "two  lines"


@given(st.text())
def test_result_is_short_encodable_and_stable(text: str) -> None:
    found = plain(text)
    found.encode("utf-8")
    assert len(found) <= MAX_CHARACTERS
    assert not {unicodedata.category(c) for c in found} & {"Cc", "Cs", "Zl", "Zp"}
    assert plain(found) == found


def test_other_values_become_text() -> None:
    assert [plain(v) for v in (None, np.nan, pd.NaT, 3.0, 2.5, 7, True)] == [
        "", "", "", "3", "2.5", "7", "True",
    ]  # fmt: skip
    assert plain({"a": ["ü"]}) == '{"a": ["ü"]}'


def test_columns_keep_numbers_and_times() -> None:
    rows = pd.DataFrame(
        {
            "n\x00": [1.5, 2.0],
            "t": pd.to_datetime(["2024-01-01", None]),
            "s": ["a\x00", None],
            "flag": [True, None],
        },
        index=[4, 9],
    )
    found = plain_columns(rows)
    assert list(found) == ["n", "t", "s", "flag"]
    assert list(found.index) == [4, 9]
    assert found["n"].tolist() == [1.5, 2.0]
    assert found["t"].dtype.kind == "M"
    assert found["s"].tolist() == ["a", ""]
    assert found["flag"].tolist() == ["True", ""]


def test_headings_of_nothing_get_one() -> None:
    rows = pd.DataFrame([["a", "b"]], columns=["\x00", "x"])
    assert list(plain_columns(rows)) == ["column_1", "x"]
