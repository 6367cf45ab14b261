"""The data dictionary, from schemas and rows: ``python -m geodata.dictionary > FILE``."""

from __future__ import annotations

import sys

import pandera.pandas as pa

from geodata.columns import TableSpec
from geodata.factor_vocabulary import FACTORS
from geodata.load import table
from geodata.tables import TABLES
from geodata.vocabulary import CONFIDENCE, Words

_HEAD = """# Data dictionary

Written from the schemas and the rows by `python -m geodata.dictionary`; do not edit by hand.

The catalogue is `geodata/catalogue/`, one CSV file a table: UTF-8, a comma between cells. A blank
cell means not known, never zero. Numbers use a decimal point, dates are YYYY, YYYY-MM or
YYYY-MM-DD, countries are ISO 3166-1 alpha-2 codes ("NA" is Namibia), coordinates are EPSG:4326.
Your own file can stand in for a table (`tables:` in a study): it is checked by the same rules,
semicolons or tabs between cells and the UTF-8 mark do no harm, and columns that may be blank may
be missing.
"""


def dictionary() -> str:
    """Return the dictionary as Markdown: every table, column, word and rule."""
    parts = [_HEAD, _contents(), *(_table(spec) for spec in TABLES.values()), _factors()]
    return "\n".join(parts)


def _contents() -> str:
    lines = [f"- [{name}](#{name}): {spec.title}" for name, spec in TABLES.items()]
    return "\n".join([*lines, "- [Factors](#factors): what `place_factors` may hold", ""])


def _table(spec: TableSpec) -> str:
    lines = [
        f"## {spec.name}",
        "",
        f"{spec.title}. File `{spec.file}`; a row is named by {_listed(spec.key)}. "
        + _evidence(spec),
        "",
        "| column | meaning | unit | values | blank |",
        "| --- | --- | --- | --- | --- |",
        *(_column(name, column) for name, column in spec.schema.columns.items()),
        "",
        *(_words(name, column.metadata["words"]) for name, column in spec.schema.columns.items()),
    ]
    if spec.schema.checks:
        rules = [
            f"- `{check.name}`: {check.error} - {check.description}" for check in spec.schema.checks
        ]
        lines += ["These are faults of a row:", "", *rules, ""]
    return "\n".join(line for line in lines if line is not None)


def _evidence(spec: TableSpec) -> str:
    """Say how many rows a table has, how sure they are and how new the newest is."""
    rows = table(spec.name)
    grades = rows["confidence"].value_counts()
    counts = ", ".join(f"{grade} {grades.get(grade, 0):,}" for grade in CONFIDENCE)
    return f"{len(rows):,} rows, by confidence {counts}; newest evidence {rows['as_of'].max()}."


def _column(name: str, column: pa.Column) -> str:
    meta = column.metadata
    values = "one of the words below" if meta["words"] else meta["range"] or "text"
    if meta["words"] == CONFIDENCE:
        values = "A, B or C"
    elif name == "factor":
        values = "see [Factors](#factors)"
    blank = "may be" if meta["blank"] else "no"
    return _row(f"`{name}`", column.description, meta["unit"], values, blank)


def _words(name: str, words: Words | None) -> str | None:
    """Return the words of a column; confidence and factors are told once for all tables."""
    if not words or words == CONFIDENCE or name == "factor":
        return None
    lines = [f"- `{word}`: {meaning}" for word, meaning in words.items()]
    return "\n".join([f"Words of `{name}`:", "", *lines, ""])


def _factors() -> str:
    lines = [
        "## Factors",
        "",
        "| factor | meaning | unit | values |",
        "| --- | --- | --- | --- |",
        *(
            _row(f"`{name}`", f.meaning, f.unit, f"{f.low:g} to {f.high:,.10g}")
            for name, f in FACTORS.items()
        ),
        "",
        "## Confidence",
        "",
        *(f"- {grade}: {meaning}" for grade, meaning in CONFIDENCE.items()),
        "",
    ]
    return "\n".join(lines)


def _row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)


if __name__ == "__main__":
    sys.stdout.write(dictionary())
