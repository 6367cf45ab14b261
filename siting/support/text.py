"""Text helpers of the planner."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from geodata.controls import BREAKS, CONTROLS

# XML cannot bear non-characters either; tabs and line ends become blanks before.
_UNWANTED = re.compile(rf"{CONTROLS.pattern}|[\ufdd0-\ufdef\ufffe\uffff]")


def plain(text: object) -> str:
    """Return text without accents, case and surrounding blanks, for matching names."""
    if isinstance(text, str) and text.isascii():
        return text.casefold().strip()
    flat = unicodedata.normalize("NFKD", str(text))
    return "".join(c for c in flat if not unicodedata.combining(c)).casefold().strip()


def one_line(text: object) -> str:
    """Return text on one line, of characters that an XML document can hold."""
    line = str(text)
    return line if line.isprintable() else _UNWANTED.sub("", BREAKS.sub(" ", line))


def distinct(names: Iterable[str], taken: Iterable[str]) -> list[str]:
    """Return names with "own_" before each that is taken, or stood before, in any case."""
    used = {name.lower() for name in taken}
    result = []
    for wanted in names:
        name = wanted
        while name.lower() in used:
            name = f"own_{name}"
        used.add(name.lower())
        result.append(name)
    return result


def in_ascii(character: str) -> str:
    """Return a character as a terminal without it can show it: "e" for "é", "?" for what has none.

    A cut stays one character wide, so that tables keep their columns.
    """
    near = _NEAR.get(character) or unicodedata.normalize("NFKD", character)
    return "".join(c for c in near if c.isascii() and c.isprintable()) or "?"


_NEAR = {
    "\N{HORIZONTAL ELLIPSIS}": ".",
    "\N{EN DASH}": "-",
    "\N{EM DASH}": "-",
    "\N{MINUS SIGN}": "-",
    "\N{MULTIPLICATION SIGN}": "x",
    "\N{RIGHTWARDS ARROW}": "->",
    "\N{MIDDLE DOT}": ".",
    "\N{BULLET}": "*",
    "\N{FULL BLOCK}": "#",
    "\N{LESS-THAN OR EQUAL TO}": "<=",
    "\N{GREATER-THAN OR EQUAL TO}": ">=",
    "\N{LEFT SINGLE QUOTATION MARK}": "'",
    "\N{RIGHT SINGLE QUOTATION MARK}": "'",
    "\N{LEFT DOUBLE QUOTATION MARK}": '"',
    "\N{RIGHT DOUBLE QUOTATION MARK}": '"',
    "\N{EURO SIGN}": "EUR",
    "\N{LATIN SMALL LETTER SHARP S}": "ss",
    "\N{LATIN SMALL LETTER AE}": "ae",
    "\N{LATIN CAPITAL LETTER AE}": "AE",
    "\N{LATIN SMALL LETTER O WITH STROKE}": "o",
    "\N{LATIN CAPITAL LETTER O WITH STROKE}": "O",
    "\N{LATIN SMALL LETTER L WITH STROKE}": "l",
    "\N{LATIN CAPITAL LETTER L WITH STROKE}": "L",
    "\N{LATIN SMALL LETTER D WITH STROKE}": "d",
    "\N{LATIN CAPITAL LETTER D WITH STROKE}": "D",
    "\N{LATIN SMALL LETTER DOTLESS I}": "i",
}
