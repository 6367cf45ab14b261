"""Text columns whose values recur, as a page holds them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


def packed(values: Iterable[str]) -> dict[str, Any]:
    """Return the words of a column once each, in the order of their first use, and which are where.

    Examples
    --------
    >>> packed(["B", "C", "B"])
    {'words': ['B', 'C'], 'at': [0, 1, 0]}
    """
    column = list(values)
    words = {word: k for k, word in enumerate(dict.fromkeys(column))}
    return {"words": [*words], "at": [words[word] for word in column]}
