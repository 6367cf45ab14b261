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

from geodata.controls import BREAKS, CONTROLS, REPLACEMENT

_SYNTAX = re.compile(r"[<>&\u2028\u2029]|\{(?=[{%#])")


def plain(text: object) -> str:
    """Return text fit for one line of the page; None and missing numbers become "".

    Line breaks become spaces; control and direction characters become a replacement character,
    so that a reader sees that something was there.
    """
    if text is None or text != text:  # noqa: PLR0124 - NaN is the value unequal to itself
        return ""
    return CONTROLS.sub(REPLACEMENT, BREAKS.sub(" ", str(text)))


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
