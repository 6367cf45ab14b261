"""The page docs/data_dictionary.md: every table, column, word and rule, from schemas and rows."""

from __future__ import annotations

import pandera.pandas as pa

from geodata.columns import TableSpec
from geodata.factor_vocabulary import FACTORS
from geodata.load import table
from geodata.tables import TABLES
from geodata.vocabulary import CONFIDENCE, Words
from siting.reports.page import filled


def reference() -> str:
    """Return the page."""
    return filled(
        "data_dictionary.md",
        tables=[_table(spec) for spec in TABLES.values()],
        factors=[
            (f"`{name}`", f.meaning, f.unit, f"{f.low:g} to {f.high:,.10g}")
            for name, f in FACTORS.items()
        ],
        confidence=CONFIDENCE,
    )


def _table(spec: TableSpec) -> dict[str, object]:
    columns = spec.schema.columns
    words = {name: _words(name, column) for name, column in columns.items()}
    return {
        "spec": spec,
        "evidence": _evidence(spec),
        "columns": [_column(name, column) for name, column in columns.items()],
        "words": {name: listed for name, listed in words.items() if listed},
    }


def _evidence(spec: TableSpec) -> str:
    """Say how many rows a table has, how sure they are and how new the newest is."""
    rows = table(spec.name)
    grades = rows["confidence"].value_counts()
    counts = ", ".join(f"{grade} {grades.get(grade, 0):,}" for grade in CONFIDENCE)
    return f"{len(rows):,} rows, by confidence {counts}; newest evidence {rows['as_of'].max()}."


def _column(name: str, column: pa.Column) -> tuple[str, ...]:
    meta = column.metadata
    values = "one of the words below" if meta["words"] else meta["range"] or "text"
    if meta["words"] == CONFIDENCE:
        values = "A, B or C"
    elif name == "factor":
        values = "see [Factors](#factors)"
    blank = "may be" if meta["blank"] else "no"
    return f"`{name}`", column.description, meta["unit"], values, blank


def _words(name: str, column: pa.Column) -> Words | None:
    """Return the words of a column; confidence and factors are written once for all tables."""
    words: Words | None = column.metadata["words"]
    return None if words == CONFIDENCE or name == "factor" else words
