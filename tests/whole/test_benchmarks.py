from __future__ import annotations

import math
from importlib.util import find_spec
from pathlib import Path

import pytest

from benchmarks import bench_access, bench_scoring
from benchmarks.__main__ import BENCHMARKS
from benchmarks.comparison import Comparison, Result
from benchmarks.page import figure, lines, machine, page, seconds

FOUND = Result(
    (
        Comparison("sums of 10", 0.002, "a loop", 3.0, 120.4, 2e-10),
        Comparison("pages", 1.0, "markers", 7300.0, 900.0, math.nan, "3 of 9"),
    ),
    {"cache (MB)": 190.77, "share found": 1.0},
)


def test_page_has_a_row_for_each_comparison_and_each_figure() -> None:
    text = page({"sums": FOUND})
    rows = [line for line in text.splitlines() if line.startswith("| ")]
    assert "| sums of 10 | 2 ms | a loop | 3 s | 1,500 x | 120 MB | 2e-10 of the result |" in rows
    assert (
        "| pages | 1 s | markers (from 3 of 9) | 2.03 h | 7,300 x | 900 MB | not the same work |"
        in rows
    )
    assert "| sums | cache (MB) | 191 |" in rows
    assert "| sums | share found | 1 |" in rows
    printed = "\n".join(lines("sums", FOUND))
    assert "2 ms against 3 s of a loop" in printed
    assert "7,300 x" in printed


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.000_012_34, "0.0000123"),
        (0.0456, "0.0456"),
        (9.94, "9.94"),
        (1234.5, "1,230"),
        (379_460.8, "379,000"),
        (0, "0"),
        (math.nan, "not measured"),
    ],
)
def test_figures_have_three_digits_that_count(value: float, text: str) -> None:
    assert figure(value) == text


def test_times_have_the_unit_that_suits_them() -> None:
    assert [seconds(s) for s in (5e-6, 0.25, 61.0, 379_460.0)] == [
        "5 us",
        "250 ms",
        "61 s",
        "105 h",
    ]


def test_machine_is_described_without_a_path() -> None:
    said = machine()
    assert "cores" in said
    assert "numpy 2" in said
    assert str(Path(__file__).parents[2]) not in said
    assert "/" not in said.replace("GNU/Linux", "")


def test_every_benchmark_named_is_there() -> None:
    for name in BENCHMARKS:
        assert find_spec(f"benchmarks.{name}") is not None


def test_results_are_those_of_the_peers() -> None:
    reach = bench_access.run(places=500).compared
    scores = bench_scoring.run(sites=3000).compared
    assert len(reach) == 5
    assert len(scores) == 3
    assert all(one.difference < 2e-6 for one in reach)  # accessibility is kept in single precision
    assert all(one.difference < 1e-9 for one in (*reach[1:], *scores))
    assert all(one.ratio > 0 for one in (*reach, *scores))
