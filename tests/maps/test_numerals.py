from __future__ import annotations

import pytest
from browser import with_module
from playwright.sync_api import Browser

from maps import numerals


@pytest.mark.parametrize(
    ("value", "decimals", "sign", "text"),
    [
        (1234567.0, 0, False, "1,234,567"),
        (-131.4, 0, False, "\u2212131"),
        (349.0, 0, True, "+349"),
        (-0.2, 0, True, "0"),
        (0.25, 2, False, "0.25"),
    ],
)
def test_numbers(value: float, decimals: int, sign: bool, text: str) -> None:
    assert numerals.number(value, decimals, sign=sign) == text


def test_the_page_writes_numbers_as_all_else_does(chromium: Browser) -> None:
    page = with_module(chromium, "words.js")
    shares = [0.0, 4e-5, 1e-4, 0.00123, 0.0123, 0.0995, 0.123, 0.5, 0.9949, 0.996, 1 - 1e-12, 1.0]
    written = page.evaluate("shares => shares.map(one => percent(one))", shares)
    assert written == [numerals.share(one) for one in shares]
    values = [0.0, -0.3, 12.0, -131.4, 1234.4, -1234567.0]
    written = page.evaluate("values => values.map(one => number(one))", values)
    assert written == [numerals.number(one) for one in values]
