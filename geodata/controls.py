"""Characters that steer a terminal or the eye of a reader instead of being read.

They come with foreign text. What is printed, written and drawn is cleaned of the same ones.
"""

from __future__ import annotations

import re

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
# Control characters, marks and overrides of writing direction, halves of surrogate pairs. Joiners
# stay: Persian and emoji need them.
_KINDS = r"\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff"
CONTROLS = re.compile(f"[{_KINDS}]")
BREAKS = re.compile(r"[\t\n\v\f\r\x85\u2028\u2029]+")
# Orders to a terminal: colours and moves (CSI); titles, links and the clipboard (OSC and its kin).
_ORDERS = (
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"
    r"|(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c\n]*(?:\x07|\x1b\\|\x9c)"
    r"|\x1b[ -/]*[0-~]"
)
_STEERING = re.compile(rf"{_ORDERS}|[{_KINDS}]")


def cleaned(text: object, instead: str = REPLACEMENT, *, lines: bool = False) -> str:
    """Return text with one `instead` for every control character and every order to a terminal.

    Parameters
    ----------
    text : object
        Anything that has a text.
    instead : str
        What stands for each.
    lines : bool
        Keep the ends of lines.
    """
    words = str(text)
    if words.isprintable():
        return words
    if lines:
        return "\n".join(_STEERING.sub(instead, line) for line in words.split("\n"))
    return _STEERING.sub(instead, words)
