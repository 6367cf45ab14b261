"""The one door through which text from data enters the page.

Names come from users' tables, so they are data and never markup. The page holds them as JSON in
a block that no browser runs, and its script turns them into text nodes; nothing is ever parsed
as HTML. Two readers are between here and the text node, and both are kept from finding syntax:
the HTML parser (`<`, `>`, `&`) and Jinja, through which branca passes the finished page a second
time (`{{`, `{%`, `{#`).
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from itertools import accumulate

from geodata.controls import BREAKS, CONTROLS, REPLACEMENT

WIDE_LETTER = 0x2E80  # from here on letters are as wide as high
ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"
_SYNTAX = re.compile(r"[<>&\u2028\u2029]|\{(?=[{%#])")


def plain(text: object) -> str:
    """Return text fit for one line of the page; None and missing numbers become "".

    Line breaks become spaces; control and direction characters become a replacement character,
    so that a reader sees that something was there.
    """
    if text is None or text != text:  # noqa: PLR0124 - NaN is the value unequal to itself
        return ""
    return CONTROLS.sub(REPLACEMENT, BREAKS.sub(" ", str(text)))


def letters(text: str) -> int:
    """Return how many narrow letters are as wide as a text."""
    return sum(2 if ord(letter) >= WIDE_LETTER else 1 for letter in text)


def shortened(text: object, most: int) -> str:
    """Return a text of one line as wide as so many narrow letters, an ellipsis where it is cut."""
    shown = plain(text)
    if letters(shown) <= most:
        return shown
    wide = list(accumulate(letters(letter) for letter in shown[:most]))
    return shown[: bisect_right(wide, most - 1)].rstrip() + ELLIPSIS


def embed(value: object) -> str:
    r"""Return JSON that is safe inside a ``<script>`` of a page rendered by Jinja.

    In JSON these characters occur in strings only, where ``\uXXXX`` says the same.

    Raises
    ------
    ValueError
        When `value` holds NaN or infinity, which JSON has not.
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return _SYNTAX.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
