"""Where the figures of the dossiers are from, and how a page holds it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from maps.escape import plain
from maps.packing import packed

COLUMNS = ("what", "value", "as_of", "period", "confidence", "source")


@dataclass(frozen=True, eq=False)
class Sources:
    """Rows that figures are read from, once, and which rows each figure of a place names.

    Attributes
    ----------
    rows : DataFrame (k)
        what, value (with its unit), as_of, period, confidence (A to C), source; all text.
    figures : dict
        Figure -> for each dossier the numbers of the rows that carry most of it, largest first.
    uses : dict
        What is shown ("criterion:NAME", "cost:PART", "cost", "price", "margin", "estate") -> the
        figures that it is made of.
    laws, plants : dict
        Instrument or cell plant (by its id) -> number of its row.
    """

    rows: pd.DataFrame
    figures: Mapping[str, list[tuple[int, ...]]]
    uses: Mapping[str, tuple[str, ...]]
    laws: Mapping[str, int]
    plants: Mapping[str, int]


def payload(sources: Sources) -> dict[str, Any]:
    """Return what the page's script reads; lists that many places share are in it once."""
    figures = {}
    for name, lists in sources.figures.items():
        known = {one: k for k, one in enumerate(dict.fromkeys(lists))}
        figures[plain(name)] = {"lists": [list(one) for one in known],
                                "at": [known[one] for one in lists]}  # fmt: skip
    return {
        "rows": {name: packed([plain(text) for text in sources.rows[name]]) for name in COLUMNS},
        "figures": figures,
        "uses": {
            plain(key): [plain(name) for name in names] for key, names in sources.uses.items()
        },
    }
