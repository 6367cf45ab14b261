"""Text helpers of the planner."""

from __future__ import annotations

import unicodedata


def plain(text: object) -> str:
    """Return text without accents, case and surrounding blanks, for matching names."""
    flat = unicodedata.normalize("NFKD", str(text))
    return "".join(c for c in flat if not unicodedata.combining(c)).casefold().strip()
