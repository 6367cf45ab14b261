"""What is known of an estate, in a line: facts to choose by, where no public data ranks it."""

from __future__ import annotations

import math
from collections.abc import Callable

import pandas as pd

from geodata.language import tr
from maps.numerals import number

SILENT = ("", "unknown", "none")
SEPARATOR = " \N{MIDDLE DOT} "


def in_words(text: str) -> str:
    """Return a word of the catalogue as it is read: "partly_taken" is "partly taken"."""
    return tr(text.replace("_", " ")) if text else ""


def amount(message: str, text: str) -> str:
    """Return a number in a message; what a user's own list holds instead stays as it is."""
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    return message.format(number=number(value) if math.isfinite(value) else text)


# column of the estates -> how its value reads; "" says nothing
FACTS: dict[str, Callable[[str], str]] = {
    "site_type": in_words,
    "status": in_words,
    "area_ha_available": lambda text: amount(tr("{number} ha available"), text),
    "grid_mw_available": lambda text: amount(tr("{number} MW of grid available"), text),
    "port": lambda text: tr("port {name}", name=text),
    "rail": lambda text: tr("rail") if text == "y" else "",
    "gas": lambda text: tr("gas") if text == "y" else "",
    "special_regime": str,
    "notable_tenants": lambda text: tr("tenants: {names}", names=text.replace(";", tr(", "))),
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
