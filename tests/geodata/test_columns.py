"""Kinds of column, dates and rules of a row."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pandera.pandas as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.checking import column_of
from geodata.columns import (
    Column,
    country,
    date,
    day,
    identifier,
    number,
    periods_in_order,
    rising,
    text,
)

WORDS = {"red": "as blood", "blue": "as the sky"}


def accepts(column: Column, *values: object) -> bool:
    try:
        pa.DataFrameSchema({"c": column_of(column)}).validate(
            pd.DataFrame({"c": list(values)}), lazy=True
        )
    except pa.errors.SchemaErrors:
        return False
    return True


@given(st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31)),
       st.sampled_from(["%Y", "%Y-%m", "%Y-%m-%d"]))  # fmt: skip
def test_day_gives_the_ends_of_the_period(when: dt.date, form: str) -> None:
    written = when.strftime(form)
    period = pd.Period(written)  # pandas' own calendar of periods
    cells = pd.Series([written], index=[7])
    assert day(cells, "start").loc[7] == period.start_time
    assert day(cells, "end").loc[7] == period.end_time.normalize()


def test_day_of_blank_is_unknown_and_keeps_the_index() -> None:
    found = day(pd.Series(["", "2024-02"], index=[5, 3]), "end")
    assert list(found.index) == [5, 3]
    assert pd.isna(found.loc[5])
    assert found.loc[3] == pd.Timestamp("2024-02-29")


def test_day_of_nothing_known() -> None:
    assert day(pd.Series(["", ""]), "start").isna().all()
    assert day(pd.Series([], dtype=str), "end").empty


@pytest.mark.parametrize("wrong", ["2023-02-29", "24", "2024-13", "2024/01/01", "soon"])
def test_day_refuses_what_is_no_date(wrong: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the words are pandas' own
        day(pd.Series([wrong]), "start")
    assert not accepts(date("x"), wrong)


def test_date_column() -> None:
    assert accepts(date("x"), "2024", "2024-02", "2024-02-29")
    assert not accepts(date("x"), "")
    assert accepts(date("x", blank=True), "")


def test_text_column() -> None:
    assert accepts(text("x"), "anything")
    assert not accepts(text("x"), "")
    assert accepts(text("x", blank=True), "")
    assert accepts(text("x", among=WORDS), "red", "blue")
    assert not accepts(text("x", among=WORDS), "Red")
    assert not accepts(text("x", pattern="a+", form="a"), "aab")


def test_codes() -> None:
    assert accepts(country("x"), "NA", "SE")
    assert not accepts(country("x"), "Sweden")
    assert not accepts(country("x"), "se")
    assert accepts(identifier("x"), "posco-pohang-2")
    for wrong in ("Posco", "a b", "a--b", "-a", "<b>"):
        assert not accepts(identifier("x"), wrong)


def test_number_column() -> None:
    assert accepts(number("x", "t", 0, 1), 0.0, 1.0)
    assert not accepts(number("x", "t", 0, 1), 1.01)
    assert not accepts(number("x", "t", 0, 1), float("nan"))
    assert accepts(number("x", "t", 0, 1, blank=True), float("nan"))
    assert not accepts(number("x", "t", 0, 10, whole=True), 1.5)
    assert accepts(number("x", "t", 0, 10, whole=True, blank=True), 2.0, float("nan"))


@given(st.lists(st.one_of(st.none(), st.floats(0, 100)), min_size=3, max_size=3))
def test_rising_looks_past_unknown_cells(values: list[float | None]) -> None:
    rows = pd.DataFrame([values], columns=["a", "b", "c"], dtype=float)
    known = [v for v in values if v is not None]
    assert rising("a", "b", "c")(rows).item() == (known == sorted(known))


def test_periods_in_order_needs_both_and_allows_overlap() -> None:
    rows = pd.DataFrame(
        {"a": ["2024-05", "2024-05", "2024-05", "", "2024-05"],
         "b": ["2024", "2024-04", "2024-05-03", "2020", ""]}
    )  # fmt: skip
    assert periods_in_order("a", "b")(rows).tolist() == [True, False, True, True, True]
