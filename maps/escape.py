"""The one door through which text from data enters the page.

Names come from users' tables, so they are data and never markup. The page holds them as JSON in
a block that no browser runs, and its script turns them into text nodes; nothing is ever parsed
as HTML. Two readers stand between here and the text node, and both are kept from finding syntax:
the HTML parser (`<`, `>`, `&`) and Jinja, through which branca passes the finished page a second
time (`{{`, `{%`, `{#`).
"""

from __future__ import annotations

import json
import re

# Bidirectional overrides, embeddings and isolates reorder the text around a name; C0, C1 and lone
# surrogates show nothing or break the file. Joiners stay: Persian and emoji need them.
_UNWANTED = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_SPACES = re.compile("[\t\n\r\u2028\u2029]+")
_SYNTAX = re.compile(r"[<>&\u2028\u2029]|\{(?=[{%#])")


def plain(text: object) -> str:
    """Return text fit for one line of the page; None and missing numbers become "".

    Line breaks become spaces; control and direction characters become a replacement character,
    so that a reader sees that something was there.
    """
    if text is None or text != text:  # noqa: PLR0124 - NaN is the value unequal to itself
        return ""
    one_line = _SPACES.sub(" ", str(text))
    return _UNWANTED.sub("\N{REPLACEMENT CHARACTER}", one_line)


def embed(value: object) -> str:
    r"""Return JSON that can stand inside a ``<script>`` of a page rendered by Jinja.

    In JSON these characters occur in strings only, where ``\uXXXX`` says the same.

    Raises
    ------
    ValueError
        When `value` holds NaN or infinity, which JSON has not.
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return _SYNTAX.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
