"""Foreign text as data: no control characters, no tricks of direction, no endless cells."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pandas as pd

from geodata.controls import BREAKS, CONTROLS

MAX_CHARACTERS = 300


def plain(value: Any) -> str:
    """Return a cell as text: "" for nothing, whole numbers without decimals, nested data as JSON.

    Letters of every script, emoji, markup and formulas stay as they are; whoever writes the text
    somewhere escapes it for that place.
    """
    if isinstance(value, str):
        text = value
    elif isinstance(value, (dict, list, tuple)):
        text = json.dumps(value, ensure_ascii=False, default=str)
    elif isinstance(value, np.ndarray):
        return plain(value.tolist())
    elif pd.isna(value):  # None, NaN, NaT
        return ""
    elif isinstance(value, float) and value.is_integer():
        text = str(int(value))
    else:
        text = str(value)
    if not text.isprintable():
        text = CONTROLS.sub("", BREAKS.sub(" ", text))
    return text.strip()[:MAX_CHARACTERS]


def plain_columns(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the frame with clean headings; columns that are not numbers or times become text."""
    columns: dict[str, pd.Series] = {}
    for position, heading in enumerate(map(plain, rows.columns)):
        cells = rows.iloc[:, position]
        if not pd.api.types.is_any_real_numeric_dtype(cells) and not (
            pd.api.types.is_datetime64_any_dtype(cells)
        ):
            cells = pd.Series(
                [plain(value) for value in cells.to_numpy(object)], index=rows.index, dtype=str
            )
        columns.setdefault(heading or f"column_{position + 1}", cells)
    return pd.DataFrame(columns, index=rows.index)
