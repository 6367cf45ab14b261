"""Tables as frames, and every fault of a user's own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata import load
from geodata.errors import SitingError
from geodata.fault_list import Faults
from geodata.load import catalogue_date, nearest, numbers, spec_of, table

HEADER = "country,reason,since,until,source,as_of,confidence,note"


@pytest.fixture
def own(tmp_path: Path) -> Callable[..., Path]:
    """Write a user's table of excluded countries."""

    def made(*lines: str, header: str = HEADER) -> Path:
        path = tmp_path / "mine.csv"
        path.write_text("\n".join([header, *lines]), encoding="utf-8")
        return path

    return made


def faults(name: str, path: Path) -> list[tuple]:
    with pytest.raises(SitingError) as caught:
        table(name, path)
    return [(f.row, f.column, f.value) for f in caught.value.faults]


def test_date_of_the_catalogue() -> None:
    assert catalogue_date() == dt.date(2026, 11, 22)


def test_own_file_in_place_of_a_table(own: Callable[..., Path]) -> None:
    rows = table("excluded_countries", own("NA,sanctions,2024,,me,2024,A,"))
    assert rows.to_dict("records") == [
        {"country": "NA", "reason": "sanctions", "since": "2024", "until": "", "source": "me",
         "as_of": "2024", "confidence": "A", "note": ""}
    ]  # fmt: skip


def test_own_file_may_lack_what_may_be_blank_and_order_its_columns_freely(
    own: Callable[..., Path],
) -> None:
    path = own("A;2024;me;NA;sanctions", header="confidence;as_of;source;country;reason")
    assert list(table("excluded_countries", path)) == HEADER.split(",")


def test_headings_of_an_own_file_may_be_written_in_any_case(own: Callable[..., Path]) -> None:
    header = HEADER.replace("country", "Country").replace("as_of", "AS OF")
    rows = table("excluded_countries", own("NA,sanctions,2024,,me,2024,A,", header=header))
    assert rows[["country", "as_of"]].to_numpy().tolist() == [["NA", "2024"]]


def test_all_faults_at_once(own: Callable[..., Path]) -> None:
    path = own(
        "SE,sanctions,2024-13,,me,2024,A,",
        "",
        "Sweden,peace,,,me,2024,A,",
        "FI,sanctions,2024,2023,,2024,D,",
        "NO,sanctions,,,me,2024,A,",
        "NO,sanctions,,,me,2024,A,",
    )
    assert faults("excluded_countries", path) == [
        (2, "since", "2024-13"),
        (4, "country", "Sweden"),
        (4, "reason", "peace"),
        (5, "source", ""),
        (5, "confidence", "D"),
        (5, "until", "2023"),
        (6, "country", "NO"),
        (7, "country", "NO"),
    ]


def test_columns_missing_and_unknown(own: Callable[..., Path]) -> None:
    header = HEADER.replace("country", "contry")
    with pytest.raises(SitingError, match="did you mean country") as caught:
        table("excluded_countries", own("SE,sanctions,,,me,2024,A,", header=header))
    assert {(f.row, f.column) for f in caught.value.faults} == {(1, "contry"), (1, "country")}


def test_wrong_word_is_told_the_nearest(own: Callable[..., Path]) -> None:
    with pytest.raises(SitingError, match="did you mean sanctions"):
        table("excluded_countries", own("SE,sanction,,,me,2024,A,"))


def test_numbers_at_fault_are_named_once(tmp_path: Path) -> None:
    path = tmp_path / "prices.csv"
    path.write_text(
        "series,date,usd_per_t,low,high,basis,source,as_of,confidence\n"
        'outside_china,2024-01,"3,5",1000,2000,x,me,2024,A\n'
        "outside_china,2024-02,,1000,2000,x,me,2024,A\n"
        "outside_china,2024-03,1e9,1000,2000,x,me,2024,A\n"
    )
    with pytest.raises(SitingError) as caught:
        table("anode_prices", path)
    found = [(f.row, f.column, f.what) for f in caught.value.faults]
    assert found == [
        (2, "usd_per_t", "not a number"),
        (3, "usd_per_t", "must not be blank"),
        (4, "usd_per_t", "out of range"),
        (4, "usd_per_t", "not between low and high"),
    ]
    assert caught.value.faults[0].hint == "write a decimal point: 3.5"


def test_unknown_table_is_told_the_nearest() -> None:
    with pytest.raises(SitingError, match="did you mean gigafactories"):
        table("gigafactory")
    with pytest.raises(SitingError, match="no such table"):
        spec_of("")


def test_flags_read_as_numbers() -> None:
    rows = table("place_factors").query("factor == 'needle_coke_producer_flag'")
    assert set(rows["value"]) <= {0.0, 1.0}
    assert len(rows)


def test_a_missing_catalogue_file_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load, "CATALOGUE", tmp_path)
    load._catalogue.cache_clear()
    with pytest.raises(SitingError, match="no such file"):
        table("anode_prices")
    load._catalogue.cache_clear()


@pytest.mark.parametrize(
    "bad", ["12,5", "1 000", "1_000", "0x10", "nan", "inf", "1e999", "٣", "-", "1.2.3", "TRUE"]
)
def test_what_is_no_number(bad: str) -> None:
    faults = Faults("f")
    assert numbers("x", pd.Series([bad, "1"], index=[2, 3], dtype=str), faults).isna().tolist() == [
        True,
        False,
    ]
    assert [(f.row, f.value) for f in faults.shown] == [(2, bad)]


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_numbers_are_read_as_python_writes_them(value: float) -> None:
    faults = Faults("f")
    assert numbers("x", pd.Series([repr(value), ""], dtype=str), faults).iloc[0] == value
    assert len(faults) == 0


def test_nearest() -> None:
    assert nearest("statsu", ["status", "source"]) == "did you mean status?"
    assert nearest("zzz", ["a", "b"]) == "use one of a, b"


def test_a_check_of_the_catalogue_runs_once_for_a_file_and_never_for_a_users_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "anode_prices.csv"
    sound = (load.CATALOGUE / file.name).read_text(encoding="utf-8")
    file.write_text(sound, encoding="utf-8")
    monkeypatch.setattr(load, "CATALOGUE", tmp_path)
    passed: list[str] = []

    def once(key: str, check: Callable[[], object]) -> None:
        if key not in passed:
            check()
            passed.append(key)

    def read(path: Path | None = None) -> int:
        load._catalogue.cache_clear()
        load._unchecked.cache_clear()
        return len(table("anode_prices", path, once))

    try:
        assert read() == read() > 0
        assert len(passed) == 1
        file.write_text(sound.replace("outside_china", "inside_out"), encoding="utf-8")
        for path in (None, file):
            with pytest.raises(SitingError, match="not a word of this column"):
                read(path)
        assert len(passed) == 1
    finally:
        load._catalogue.cache_clear()
        load._unchecked.cache_clear()


def test_a_column_of_a_former_name_is_answered_with_its_name_of_today(tmp_path: Path) -> None:
    laws = table("policy_zones").head(2).rename(columns={"instrument_id": "zone_id"})
    laws.to_csv(tmp_path / "laws.csv", index=False)
    with pytest.raises(SitingError) as raised:
        table("policy_zones", tmp_path / "laws.csv")
    first, *others = raised.value.faults
    assert (first.row, first.column) == (1, "zone_id")
    assert str(first).endswith("it is called instrument_id now")
    assert not others
