"""CSV files as people save them."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata import csvtext
from geodata.errors import SitingError


def faults(path: Path) -> list:
    with pytest.raises(SitingError) as caught:
        csvtext.read(path)
    return list(caught.value.faults)


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    def made(content: str | bytes) -> Path:
        path = tmp_path / "t.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return made


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_separator_mark_and_line_end_do_not_matter(
    write: Callable[..., Path], separator: str, mark: str, end: str
) -> None:
    lines = [separator.join(cells) for cells in (("a", "b"), ("NA", " x "), ("", "null"))]
    rows = csvtext.read(write(mark + end.join(lines)))
    assert rows.to_dict("list") == {"a": ["NA", ""], "b": ["x", "null"]}
    assert list(rows.index) == [2, 3]


def test_rows_are_counted_as_a_spreadsheet_counts_them(write: Callable[..., Path]) -> None:
    rows = csvtext.read(write('a,b,\n1,"two\nlines",\n\n,,\n5,6,,,\n'))
    assert rows["a"].to_dict() == {2: "1", 5: "5"}
    assert rows.loc[2, "b"] == "two\nlines"


def test_ragged_rows_are_all_named(write: Callable[..., Path]) -> None:
    found = faults(write("a,b\n1\n1,2\n1,2,3\n"))
    assert [(f.row, f.what) for f in found] == [
        (2, "1 cells under 2 headings"),
        (4, "3 cells under 2 headings"),
    ]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "empty"),
        (b"\n1,2\n", "no headings"),
        (b"a,b\n", "no rows"),
        (b"a,b\n,\n", "no rows"),
        (b"a,a\n1,2\n", "2 columns have this heading"),
        (b"a,,c\n1,2,3\n", "without a heading"),
        (b"a,b\n\xff\xfe,1\n", "not UTF-8"),
        ("a,b\n1,2\n".encode("utf-16"), "UTF-16"),
        (b"PK\x03\x04" + bytes(100), "no CSV"),
        (b"\x00" * 100, "no headings"),
        (b'a,b\n"1,2\n', "not readable as CSV"),
        (b"a\n" + b"x" * 5_000_000 + b"\n", "not readable as CSV"),
    ],
)
def test_what_is_no_table(write: Callable[..., Path], content: bytes, what: str) -> None:
    assert what in faults(write(content))[0].what


def test_missing_file_and_folder(tmp_path: Path) -> None:
    assert "no such file" in faults(tmp_path / "none.csv")[0].what
    assert "not a file" in faults(tmp_path)[0].what


def test_what_is_no_plain_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")  # reading it would wait for ever
    assert "not a file" in faults(tmp_path / "pipe.csv")[0].what
    assert "cannot be opened" in faults(tmp_path / ("x" * 5000 + ".csv"))[0].what
    assert "cannot be opened" in faults(tmp_path / "a\0.csv")[0].what


def test_a_file_of_nonsense_keeps_few_faults(write: Callable[..., Path]) -> None:
    found = faults(write("a,b\n" + "1\n" * 20_000))
    assert len(found) == 51
    assert "and 19,950 faults more" in found[-1].what


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge.csv"
    with path.open("wb") as file:
        file.truncate(2_000_000_000)  # sparse: takes no room on disk
    assert "too large (2,000 MB)" in faults(path)[0].what


def test_too_many_rows(write: Callable[..., Path]) -> None:
    with pytest.raises(SitingError, match="more than 3 rows"):
        csvtext.read(write("a\n" + "1\n" * 4), max_rows=3)
    assert len(csvtext.read(write("a\n" + "1\n" * 3), max_rows=3)) == 3


@given(
    st.lists(
        st.lists(
            st.text(st.characters(exclude_categories=["Cs"]), max_size=9), min_size=2, max_size=2
        ),
        min_size=1,
        max_size=9,
    )
)
def test_reads_what_a_csv_writer_writes(
    tmp_path_factory: pytest.TempPathFactory, records: list[list[str]]
) -> None:
    path = tmp_path_factory.mktemp("csv") / "t.csv"
    text = io.StringIO()
    csv.writer(text).writerows([["one", "two"], *records])
    path.write_text(text.getvalue(), encoding="utf-8", newline="")
    wanted = [[cell.strip() for cell in record] for record in records]
    wanted = [record for record in wanted if any(record)]
    if not wanted:
        assert "no rows" in faults(path)[0].what
    else:
        expected = pd.DataFrame(wanted, columns=["one", "two"], dtype=str)
        pd.testing.assert_frame_equal(csvtext.read(path).reset_index(drop=True), expected)
