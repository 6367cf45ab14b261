"""What is known of an estate, in a line: facts to choose by, where no public data ranks it."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial

import pandas as pd

from maps.numerals import number

SILENT = ("", "unknown", "none")
SEPARATOR = " \N{MIDDLE DOT} "


def in_words(text: str) -> str:
    """Return a word of the catalogue as it is read: "partly_taken" is "partly taken"."""
    return text.replace("_", " ")


def amount(unit: str, text: str) -> str:
    """Return a number with its unit; what a user's own list holds instead stays as it is."""
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    return f"{number(value) if math.isfinite(value) else text} {unit}".rstrip()


# column of the estates -> how its value reads; "" says nothing
FACTS: dict[str, Callable[[str], str]] = {
    "site_type": in_words,
    "status": in_words,
    "area_ha_available": partial(amount, "ha available"),
    "grid_mw_available": partial(amount, "MW of grid available"),
    "port": lambda text: f"port {text}",
    "rail": lambda text: "rail" if text == "y" else "",
    "gas": lambda text: "gas" if text == "y" else "",
    "special_regime": str,
    "notable_tenants": lambda text: f"tenants: {text.replace(';', ', ')}",
}


def facts_in_words(estates: pd.DataFrame) -> list[str]:
    """Return the facts of each estate as one line; "" where nothing is known."""
    known = [column for column in FACTS if column in estates]
    return [
        SEPARATOR.join(filter(None, (FACTS[column](str(value)) for column, value
                                     in zip(known, row, strict=True)
                                     if pd.notna(value) and str(value) not in SILENT)))
        for row in estates[known].itertuples(index=False, name=None)
    ]  # fmt: skip
