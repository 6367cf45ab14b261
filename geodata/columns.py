"""The kinds of column and the rules of a row that the table schemas are made of.

Text that is unknown is "", a number that is unknown is NaN; neither is ever zero. All numbers are
float64, all dates are text YYYY[-MM[-DD]] (see `day`).
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from geodata import vocabulary
from geodata.vocabulary import Words

if TYPE_CHECKING:
    import pandera.pandas as pa

_DATE = r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?"
_BLANK = (np.datetime64("NaT", "D"), np.datetime64("NaT", "D"))
_DAY = np.timedelta64(1, "D")
_PERIODS: dict[int, np.timedelta64] = {  # by length of the text
    4: np.timedelta64(1, "Y"),
    7: np.timedelta64(1, "M"),
    10: _DAY,
}
NOT_A_WORD = "not a word of this column"
DATE_FORM = "YYYY, YYYY-MM or YYYY-MM-DD"
_MANY = 1e6  # numbers from here on are written with thousands separated

Test = Callable[[pd.Series], "pd.Series[bool]"]
RowTest = Callable[[pd.DataFrame], "pd.Series[bool]"]


@dataclass(frozen=True)
class Check:
    """What a column or a row must hold.

    Attributes
    ----------
    holds : callable
        Of a column or of whole rows: where it holds.
    what, hint : str
        The fault in words, and what corrects it.
    column : str
        Where a breach by a row is reported; "" of a column's own.
    """

    holds: Test | RowTest
    what: str
    hint: str
    column: str = ""


@dataclass(frozen=True)
class Column:
    """A kind of column.

    Attributes
    ----------
    kind : type
        str or float.
    description, unit, range : str
        In words; `range` says what may stand in it.
    checks : tuple of Check
    blank : bool
        Whether a cell may be blank.
    words : mapping or None
        The words that may stand in it, and what they mean.
    """

    kind: type
    description: str
    checks: tuple[Check, ...]
    unit: str = ""
    blank: bool = False
    words: Words | None = None
    range: str = ""


@dataclass(frozen=True)
class TableSpec:
    """A table of the catalogue.

    Attributes
    ----------
    name, file, title : str
        What code calls it, its file under ``geodata/catalogue``, and what it holds in words.
    key : tuple of str
        Columns that together name a row.
    columns : dict of Column
    rules : tuple of Check
        Of whole rows.
    """

    name: str
    file: str
    title: str
    key: tuple[str, ...]
    columns: dict[str, Column]
    rules: tuple[Check, ...] = ()

    @cached_property
    def schema(self) -> pa.DataFrameSchema:
        """The same for Pandera; unknown columns are faults."""
        from geodata.checking import schema_of  # noqa: PLC0415 - slow to load; not to read

        return schema_of(self)


def spec(
    name: str,
    title: str,
    key: tuple[str, ...],
    columns: dict[str, Column],
    rules: Sequence[Check] = (),
) -> TableSpec:
    """Return a table whose file has its name; `rules` hold for whole rows."""
    return TableSpec(name, f"{name}.csv", title, key, columns, tuple(rules))


def day(text: pd.Series, edge: Literal["start", "end"]) -> pd.Series:
    """Return the first or last day of each period.

    Parameters
    ----------
    text : Series of str
        YYYY, YYYY-MM or YYYY-MM-DD; blank is unknown.
    edge : {"start", "end"}

    Returns
    -------
    Series of datetime64
        Same index; NaT where blank.

    Raises
    ------
    ValueError
        For text that is none of these, or a day that does not exist.
    """
    return _day(text, edge, "raise")


def _day(
    text: pd.Series, edge: Literal["start", "end"], errors: Literal["raise", "coerce"]
) -> pd.Series:
    code, unique = pd.factorize(text)
    # many rows have the same few dates: each is read once, the last is that of a missing cell
    read = [*(_period(str(cell)) for cell in unique), _BLANK]
    if errors == "raise" and None in read:
        wrong = next(cell for cell, period in zip(unique, read, strict=False) if period is None)
        msg = f"not a date: {wrong!r}"
        raise ValueError(msg)
    days = np.array([(period or _BLANK)[edge == "end"] for period in read], dtype="datetime64[us]")
    return pd.Series(days[code], index=text.index, name=text.name)


@lru_cache(maxsize=1 << 12)
def _period(text: str) -> tuple[np.datetime64, np.datetime64] | None:
    """Return the first and last day of YYYY, YYYY-MM or YYYY-MM-DD; None for other text."""
    if not text:
        return _BLANK
    if not re.fullmatch(_DATE, text):
        return None
    try:
        first = np.datetime64(text)
    except ValueError:  # a day that its month does not have
        return None
    return first.astype("M8[D]"), (first + _PERIODS[len(text)]).astype("M8[D]") - _DAY


def text(
    description: str,
    *,
    blank: bool = False,
    among: Words | None = None,
    pattern: str | None = None,
    form: str = "",
) -> Column:
    """Return a column of text, of the words `among` or in a `pattern` that `form` puts in words."""
    checks = []
    if not blank:
        checks.append(Check(lambda s: s.ne(""), "must not be blank", "fill it in"))
    if among is not None:
        known = list(among)
        checks.append(
            Check(
                lambda s: s.eq("") | s.isin(known),
                NOT_A_WORD,
                "write one of " + ", ".join(known),
            )
        )
    if pattern is not None:
        checks.append(
            Check(
                lambda s: s.eq("") | s.str.fullmatch(pattern),
                "not in the form of this column",
                f"write {form}",
            )
        )
    return Column(str, description, tuple(checks), blank=blank, words=among, range=form)


def date(description: str, *, blank: bool = False) -> Column:
    """Return a column of dates, kept as text."""
    column = text(description, blank=blank)
    dated = Check(_is_date, "not a date", f"write {DATE_FORM}")
    return replace(column, checks=(*column.checks, dated), range=DATE_FORM)


def number(
    description: str,
    unit: str,
    low: float,
    high: float,
    *,
    blank: bool = False,
    whole: bool = False,
) -> Column:
    """Return a column of numbers between `low` and `high`, both included."""
    span = " to ".join(f"{x:,.0f}" if abs(x) >= _MANY else f"{x:g}" for x in (low, high))
    if low == -math.inf and high == math.inf:
        span = "any number"
    checks = [
        Check(
            lambda s: s.isna() | s.between(low, high),
            "out of range",
            f"write a value from {span} {unit}".rstrip(),
        )
    ]
    if whole:
        checks.append(
            Check(
                lambda s: s.isna() | s.mod(1).eq(0),
                "not a whole number",
                "write it without decimals",
            )
        )
    return Column(float, description, tuple(checks), unit=unit, blank=blank, range=span)


def country(description: str, *, blank: bool = False) -> Column:
    """Return a column of ISO 3166-1 alpha-2 codes."""
    return text(
        description,
        blank=blank,
        pattern="[A-Z]{2}",
        form="the two-letter code of ISO 3166-1, as SE",
    )


def identifier(description: str) -> Column:
    """Return the column that names a row."""
    return text(
        description,
        pattern="[a-z0-9]+(-[a-z0-9]+)*",
        form="lower-case words joined by hyphens",
    )


def rule(column: str, what: str, hint: str, holds: RowTest) -> Check:
    """Return a law of a whole row; a breach is reported at `column`."""
    return Check(holds, what, hint, column)


def rising(*columns: str) -> RowTest:
    """Return a test that known numbers do not fall from one column to the next known one."""

    def holds(rows: pd.DataFrame) -> pd.Series[bool]:
        values = rows[list(columns)]
        before = values.ffill(axis=1).shift(axis=1)
        return (values.isna() | before.isna() | (values >= before)).all(axis=1)

    return holds


def periods_in_order(first: str, second: str) -> RowTest:
    """Return a test that the period `second` does not lie wholly before the period `first`."""

    def holds(rows: pd.DataFrame) -> pd.Series[bool]:
        begin, end = _day(rows[first], "start", "coerce"), _day(rows[second], "end", "coerce")
        return begin.isna() | end.isna() | begin.le(end)

    return holds


def _is_date(text: pd.Series) -> pd.Series[bool]:
    return text.eq("") | (text.str.fullmatch(_DATE) & _day(text, "start", "coerce").notna())


PLACE = {
    "lat": number("latitude, EPSG:4326", "degrees", -90, 90),
    "lon": number("longitude, EPSG:4326", "degrees", -180, 180),
}
PRECISION = {
    "coord_precision": text("what the coordinate stands for", among=vocabulary.COORD_PRECISION)
}
PROVENANCE = {
    "source": text("where the row was read, with its date"),
    "as_of": date("date of the newest evidence in the row"),
    "confidence": text("how well the row is known", among=vocabulary.CONFIDENCE),
}
NOTE = {"note": text("remarks", blank=True)}
VALID = {
    "since": date("first day it holds; blank: always", blank=True),
    "until": date("last day it holds; blank: open", blank=True),
}
VALID_RULE = rule(
    "until", "ends before it starts", "check both", periods_in_order("since", "until")
)
