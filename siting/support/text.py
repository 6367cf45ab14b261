"""Text helpers of the planner."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable


def plain(text: object) -> str:
    """Return text without accents, case and surrounding blanks, for matching names."""
    if isinstance(text, str) and text.isascii():
        return text.casefold().strip()
    flat = unicodedata.normalize("NFKD", str(text))
    return "".join(c for c in flat if not unicodedata.combining(c)).casefold().strip()


def distinct(names: Iterable[str], taken: Iterable[str]) -> list[str]:
    """Return names with "own_" before each that is taken, or stood before, in any case."""
    used = {name.lower() for name in taken}
    given = []
    for wanted in names:
        name = wanted
        while name.lower() in used:
            name = f"own_{name}"
        used.add(name.lower())
        given.append(name)
    return given
