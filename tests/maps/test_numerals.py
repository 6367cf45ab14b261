from __future__ import annotations

import pytest

from maps import numerals


@pytest.mark.parametrize(
    ("value", "decimals", "sign", "text"),
    [
        (1234567.0, 0, False, "1\u202f234\u202f567"),
        (-131.4, 0, False, "\u2212131"),
        (349.0, 0, True, "+349"),
        (-0.2, 0, True, "0"),
        (0.25, 2, False, "0.25"),
    ],
)
def test_numbers(value: float, decimals: int, sign: bool, text: str) -> None:
    assert numerals.number(value, decimals, sign=sign) == text
