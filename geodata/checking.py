"""Tables checked by Pandera, which takes a third of a second to load: only where one is."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaError, SchemaErrorReason, SchemaErrors

from geodata.columns import Check, Column, TableSpec


class Breach(NamedTuple):
    """Rows of one column that break one check."""

    column: str
    what: str
    hint: str
    rows: list[int]


def schema_of(spec: TableSpec) -> pa.DataFrameSchema:
    """Return the schema of a table; unknown columns are faults."""
    return pa.DataFrameSchema(
        {name: column_of(column) for name, column in spec.columns.items()},
        checks=[_check(rule) for rule in spec.rules],
        strict=True,
        unique=list(spec.key),
    )


def column_of(column: Column) -> pa.Column:
    """Return a kind of column for Pandera."""
    checks = [_check(check) for check in column.checks]
    blank = column.blank and column.kind is float  # blank text is ""
    return pa.Column(column.kind, checks, nullable=blank, description=column.description)


def breaches(spec: TableSpec, typed: pd.DataFrame, *, unread: bool) -> list[Breach]:
    """Return what breaks the checks of a table.

    Parameters
    ----------
    spec : TableSpec
    typed : DataFrame
    unread : bool
        Whether cells are known to be at fault: a rule of a row may break down on these.
    """
    schema = spec.schema
    try:
        schema.validate(typed, lazy=True)
    except SchemaErrors as errors:
        broken = [e for e in errors.schema_errors if e.reason_code != SchemaErrorReason.CHECK_ERROR]
        if not broken and not unread:
            raise
        return [
            Breach(*_words(e, spec), list(dict.fromkeys(map(int, e.failure_cases["index"]))))
            for e in broken
        ]
    return []


def _check(check: Check) -> pa.Check:
    name = check.column or None
    return pa.Check(check.holds, name=name, error=check.what, description=check.hint)


def _words(error: SchemaError, spec: TableSpec) -> tuple[str, str, str]:
    """Return column, fault and hint of one breach of the schema."""
    if error.reason_code == SchemaErrorReason.DUPLICATES:
        return spec.key[0], f"the same {' and '.join(spec.key)} twice", "keep one of the rows"
    if error.reason_code == SchemaErrorReason.SERIES_CONTAINS_NULLS:
        return error.schema.name, "must not be blank", "fill it in"
    check = error.check
    return error.schema.name or check.name, check.error, check.description
