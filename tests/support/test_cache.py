from __future__ import annotations

import datetime as dt
import multiprocessing
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from siting.support import cache, cachefolder


@dataclass(frozen=True)
class Pair:
    a: float
    b: str


def ramp(seed: int) -> np.ndarray:
    return np.arange(50_000, dtype=np.float32).reshape(500, 100) + seed


def never() -> np.ndarray:
    raise AssertionError("computed although a good file was there")


DISTINCT = [
    None,
    True,
    1,
    1.0,
    "1",
    b"1",
    (1,),
    [1],
    {1},
    {1: 1},
    ("a", "bc"),
    ("ab", "c"),
    (("a",), "b"),
    ("a", ("b",)),
    np.array([1]),
    np.array([1.0]),
    np.array([1], np.int32),
    np.array([[1]]),
    np.array(["1"], object),
    Pair(1.0, "x"),
    Pair(1.0, "y"),
    pd.DataFrame({"a": [1]}),
    pd.DataFrame({"b": [1]}),
    pd.DataFrame({"a": [1]}, index=[7]),
    pd.DataFrame({"a": ["1"]}),
    pd.Series([1], name="a"),
    dt.date(2026, 11, 22),
    dt.datetime(2026, 11, 22),  # noqa: DTZ001 - a naive time is another thing than a date
    Path("a"),
    np.float64(1),
]


def test_parts_that_differ_have_different_keys() -> None:
    keys = [cache.digest(part) for part in DISTINCT]
    assert len(set(keys)) == len(keys)
    assert cache.digest("a", "b") != cache.digest("b", "a")
    assert cache.digest("a", "b") != cache.digest(("a", "b"))


def test_equal_content_has_one_key_whatever_holds_it() -> None:
    grid = np.arange(12.0).reshape(3, 4)
    assert cache.digest(grid) == cache.digest(np.asfortranarray(grid)) == cache.digest(grid.copy())
    assert cache.digest({"a": 1, "b": 2}) == cache.digest({"b": 2, "a": 1})
    assert cache.digest({"x", "y", "z"}) == cache.digest({"z", "y", "x"})
    frame = pd.DataFrame({"a": [1.5, np.nan], "b": ["NA", None]})
    assert cache.digest(frame) == cache.digest(frame.copy(deep=True))
    assert cache.digest(frame) != cache.digest(frame.fillna({"b": "NA"}))


def test_key_does_not_change_between_processes() -> None:
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        there = pool.apply(cache.digest, ({"x", "y"}, "text", 1.5))
    assert there == cache.digest({"y", "x"}, "text", 1.5)


@given(st.lists(st.text(), max_size=4), st.lists(st.text(), max_size=4))
def test_concatenation_is_not_confused(one: list[str], other: list[str]) -> None:
    assert (cache.digest(*one) == cache.digest(*other)) == (one == other)


def test_identity_is_refused() -> None:
    with pytest.raises(TypeError, match="object"):
        cache.digest(object())


@pytest.mark.parametrize("mmap", [True, False])
def test_second_call_reads_what_the_first_wrote(tmp_path: Path, mmap: bool) -> None:
    first = cache.array("k", lambda: ramp(0), tmp_path, mmap=mmap)
    second = cache.array("k", never, tmp_path, mmap=mmap)
    np.testing.assert_array_equal(second, ramp(0))
    np.testing.assert_array_equal(first, second)
    assert isinstance(second, np.memmap) == mmap
    assert not second.flags.writeable
    assert [path.name for path in tmp_path.iterdir()] == ["k.npy"]


def flip(data: bytes) -> bytes:
    middle = len(data) // 2
    return data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]


@pytest.mark.parametrize(
    "spoil",
    [flip, lambda data: data[:-1], lambda data: data[:1000], lambda _: b"", lambda _: b"\x00" * 64],
    ids=["one bit", "last byte", "cut", "empty", "foreign"],
)
def test_spoiled_file_is_made_again(tmp_path: Path, spoil: Callable[[bytes], bytes]) -> None:
    cache.array("k", lambda: ramp(0), tmp_path)
    file = tmp_path / "k.npy"
    file.write_bytes(spoil(file.read_bytes()))
    np.testing.assert_array_equal(cache.array("k", lambda: ramp(1), tmp_path), ramp(1))
    np.testing.assert_array_equal(cache.array("k", never, tmp_path), ramp(1))


def test_file_under_another_key_and_bare_npy_are_foreign(tmp_path: Path) -> None:
    cache.array("k", lambda: ramp(0), tmp_path)
    (tmp_path / "k.npy").rename(tmp_path / "other.npy")
    np.save(tmp_path / "bare.npy", ramp(0))
    for key in ("other", "bare"):
        np.testing.assert_array_equal(cache.array(key, lambda: ramp(2), tmp_path), ramp(2))


def test_folder_comes_from_argument_then_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(cachefolder.ENV, str(tmp_path / "named"))
    assert cachefolder.directory() == tmp_path / "named"
    assert cachefolder.directory(tmp_path) == tmp_path
    monkeypatch.delenv(cachefolder.ENV)
    assert "siting-planner" in str(cachefolder.directory())


def test_folder_that_cannot_be_written_only_costs_time(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    np.testing.assert_array_equal(cache.array("k", lambda: ramp(0), blocked), ramp(0))


def fill(folder: Path) -> float:
    return float(sum(cache.array(str(i), lambda i=i: ramp(i), folder).sum() for i in range(20)))


def test_two_processes_may_fill_one_folder(tmp_path: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        sums = pool.map(fill, [tmp_path, tmp_path])
    assert sums == [float(sum(ramp(i).sum() for i in range(20)))] * 2
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(f"{i}.npy" for i in range(20))


def test_failed_work_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(AssertionError):
        cache.array("k", never, tmp_path)
    assert not list(tmp_path.iterdir())


def test_the_folder_keeps_its_size_by_dropping_what_was_used_longest_ago(tmp_path, monkeypatch):
    one, two, three = (cache.digest("room", k) for k in range(3))
    for days, key in ((9, one), (5, two)):
        cache.array(key, lambda: ramp(0), tmp_path)
        then = time.time() - days * 86_400
        os.utime(tmp_path / f"{key}.npy", (then, then))
    monkeypatch.setattr(cache, "MOST_BYTES", int(2.5 * ramp(0).nbytes))
    cache.array(one, never, tmp_path)  # read again: now `two` was used longest ago
    cache.array(three, lambda: ramp(1), tmp_path)
    left = {path.stem for path in tmp_path.glob("*.npy")}
    assert left == {one, three}
