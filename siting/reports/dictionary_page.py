"""The page docs/data_dictionary.md: every table, column, word and rule, from schemas and rows."""

from __future__ import annotations

from geodata.columns import Column, TableSpec
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
    columns = spec.columns
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


def _column(name: str, column: Column) -> tuple[str, ...]:
    values = "one of the words below" if column.words else column.range or "text"
    if column.words == CONFIDENCE:
        values = "A, B or C"
    elif name == "factor":
        values = "see [Factors](#factors)"
    blank = "may be" if column.blank else "no"
    return f"`{name}`", column.description, column.unit, values, blank


def _words(name: str, column: Column) -> Words | None:
    """Return the words of a column; confidence and factors are written once for all tables."""
    return None if column.words == CONFIDENCE or name == "factor" else column.words
