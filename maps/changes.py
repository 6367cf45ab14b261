"""A further payload of a page as what it changes of the first, so that the file says nothing twice.

Most of what another investor or law says is what the study says: the same places, most of their
values, the same words. A change is a path of keys, a value and how it is to be read; the page puts
them together again (`panel/scripts/changes.js`).
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from maps.live import PLACES, WIDTHS

Path = tuple[str, ...]
Change = tuple[list[str], Any, str]
# How a value is to be read:
WHOLE = "whole"  # as it is
WORDS = "words"  # a list of text; a number is that of a text of the first list
SAME = "same"  # a column of the ranked places; null is what the first has there
BYTES = "bytes"  # numbers of the ranked places as base64, without what the first has there (xor)
COLUMNS = {("live", "places", name) for name in PLACES}
NEW = -1  # row of a place that the first does not rank


def changes(further: dict[str, Any], first: dict[str, Any]) -> dict[str, Any]:
    """Return what a payload changes of the first.

    Returns
    -------
    dict
        rows: of the places that the page ranks, that of each in the first, `NEW` for none;
        widths: bytes of a number, by path; changes: path, value and way of reading of each.
    """
    rows = _rows(further, first)
    made = list(_changes(further, first, (), rows))
    widths = {"/".join(path): wide for path, wide in WIDTHS.items()}
    return {"rows": rows.tolist(), "widths": widths, "changes": made}


def _rows(further: dict[str, Any], first: dict[str, Any]) -> NDArray[np.intp]:
    there, here = ((one["live"] or {"places": {"site_id": []}})["places"]["site_id"]
                   for one in (first, further))  # fmt: skip
    row = {site: at for at, site in enumerate(there)}
    return np.array([row.get(site, NEW) for site in here], dtype=np.intp)


def _changes(value: Any, base: Any, path: Path, rows: NDArray[np.intp]) -> Iterator[Change]:
    if value == base:
        return
    if isinstance(value, dict) and isinstance(base, dict) and value.keys() == base.keys():
        for key, one in value.items():
            yield from _changes(one, base[key], (*path, key), rows)
    elif path in COLUMNS:
        there = [base[row] if row != NEW else None for row in rows]
        yield [*path], [None if a == b else a for a, b in zip(value, there, strict=True)], SAME
    elif path in WIDTHS:
        yield [*path], _against(value, base, rows, WIDTHS[path]), BYTES
    elif _texts(value) and _texts(base):
        number = {text: k for k, text in enumerate(base)}
        yield [*path], [number.get(text, text) for text in value], WORDS
    else:
        yield [*path], value, WHOLE


def _texts(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, str) for one in value)


def _against(value: str, base: str, rows: NDArray[np.intp], wide: int) -> str:
    """Return columns of numbers without what the first has of the same places."""
    own = _numbers(value).reshape(-1, len(rows), wide)
    there = _numbers(base).reshape(len(own), -1, wide)
    kept = np.where((rows != NEW)[:, None], there[:, rows], 0)
    return base64.b64encode((own ^ kept.astype(np.uint8)).tobytes()).decode("ascii")


def _numbers(text: str) -> NDArray[np.uint8]:
    return np.frombuffer(base64.b64decode(text), dtype=np.uint8)
