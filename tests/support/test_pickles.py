"""Objects kept as pickles: read as they were, or not at all."""

from __future__ import annotations

import datetime as dt
import os
import pickle
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from siting.model.zones import Zones
from siting.money.cost import swings
from siting.support import cache, pickles
from siting.support.cachefolder import ENV

KEY, OTHER = "a" * 64, "b" * 64


@pytest.fixture
def folder(monkeypatch, tmp_path) -> Path:
    monkeypatch.setenv(ENV, str(tmp_path))
    return tmp_path / pickles.FOLDER


def made() -> dict[str, object]:
    rng = np.random.default_rng(7)
    frame = pd.DataFrame({"name": ["Luleå", ""], "kt": [1.5, np.nan], "yes": [True, False]})
    return {
        "frame": frame,
        "blocks": pd.DataFrame(np.asfortranarray(rng.random((50, 7)))),
        "zones": Zones(*(rng.integers(0, 9, 9) for _ in range(5))),
        "day": dt.date(2026, 11, 30),
        "matrix": np.asfortranarray(rng.random((300, 40)).astype(np.float32)),
    }


def test_what_is_kept_is_read_as_it_was_and_may_be_changed_in_memory(folder):
    first = made()
    pickles.keep(KEY, first)
    for _ in range(2):
        again = pickles.read(KEY)
        pd.testing.assert_frame_equal(again["frame"], first["frame"])
        assert again["matrix"].flags.f_contiguous
        np.testing.assert_array_equal(again["matrix"], first["matrix"])
        layout = [frame["blocks"].to_numpy().strides for frame in (first, again)]
        assert layout[0] == layout[1]  # sums are taken in the order of memory
        assert again["day"] == first["day"]
        np.testing.assert_array_equal(again["zones"].head, first["zones"].head)
        again["matrix"][:] = 0.0  # the file stays as it is
    assert (folder / f"{KEY}.plan").stat().st_mode & 0o077 == 0


def test_an_array_of_the_cache_is_named_not_written_again(folder):
    field = cache.array("0" * 40, lambda: np.arange(100_000.0))
    pickles.keep(KEY, {"whole": field, "part": field[10:20]})
    assert (folder / f"{KEY}.plan").stat().st_size < 10_000
    again = pickles.read(KEY)
    np.testing.assert_array_equal(again["whole"], field)
    np.testing.assert_array_equal(again["part"], field[10:20])
    (folder.parent / f"{'0' * 40}.npy").unlink()
    assert pickles.read(KEY) is None


def test_a_file_that_is_damaged_anywhere_is_not_read(folder):
    pickles.keep(KEY, made())
    path = folder / f"{KEY}.plan"
    whole = path.read_bytes()

    @given(st.integers(0, len(whole) - 1), st.integers(1, 255))
    def turned(place: int, by: int) -> None:
        damaged = bytearray(whole)
        damaged[place] ^= by
        path.write_bytes(damaged)
        assert pickles.read(KEY) is None

    @given(st.integers(0, len(whole) - 1))
    def cut(length: int) -> None:
        path.write_bytes(whole[:length])
        assert pickles.read(KEY) is None

    turned()
    cut()
    path.write_bytes(whole)
    assert pickles.read(KEY) is not None


def test_a_file_under_another_name_is_not_read(folder):
    pickles.keep(KEY, made())
    (folder / f"{KEY}.plan").rename(folder / f"{OTHER}.plan")
    assert pickles.read(OTHER) is None
    assert not pickles.is_ours(folder / f"{OTHER}.plan")


class Hostile:
    """Runs a command where it is unpickled."""

    def __init__(self, call) -> None:
        self.call = call

    def __reduce__(self):
        return self.call


@pytest.mark.parametrize(
    "call",
    [
        lambda mark: (os.system, (f"touch {mark}",)),
        lambda mark: (eval, (f"__import__('os').mkdir({str(mark)!r})",)),
        lambda mark: (Path.touch, (mark,)),
        lambda mark: (np.memmap, (str(mark), "u1", "w+", 0, (9,))),
        lambda mark: (partial, (os.system, f"touch {mark}")),
        lambda mark: (pickle.loads, (b"N.",)),
        lambda mark: (cache.once, ("0" * 40, partial(mark.touch))),
    ],
    ids=["system", "eval", "method", "memmap", "partial", "loads", "function of ours"],
)
def test_no_pickle_runs_code(folder, tmp_path, call):
    mark = tmp_path / "mark"
    folder.mkdir()
    for key, written in ((OTHER, "harmless"), (KEY, Hostile(call(mark)))):
        path = folder / f"{key}.plan"
        path.touch(mode=0o600)  # and sealed as if it were ours
        pickles._write(path, key, [memoryview(pickle.dumps(written, protocol=5))])
    assert pickles.read(OTHER) == "harmless"
    assert pickles.read(KEY) is None
    assert not mark.exists()


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="no owners of files here")
@pytest.mark.parametrize(
    "change",
    [
        lambda path, patch: path.chmod(0o620),
        lambda path, patch: path.chmod(0o602),
        lambda path, patch: patch.setattr(os, "getuid", lambda: 12345),
        lambda path, patch: (path.rename(path.with_suffix(".x")),
                             path.symlink_to(path.with_suffix(".x"))),
    ],
    ids=["a group writes", "all write", "another's", "a link"],
)  # fmt: skip
def test_what_others_could_have_written_is_not_read(folder, monkeypatch, change):
    pickles.keep(KEY, made())
    assert pickles.read(KEY) is not None
    change(folder / f"{KEY}.plan", monkeypatch)
    assert pickles.read(KEY) is None
    assert not pickles.is_ours(folder / f"{KEY}.plan")


@pytest.mark.usefixtures("folder")
def test_what_cannot_be_pickled_is_not_kept():
    pickles.keep(KEY, lambda: 0)
    assert pickles.read(KEY) is None
    pickles.keep(KEY, partial(swings, 1))
    assert pickles.read(KEY).func is swings


def test_those_asked_for_longest_ago_give_way(folder, monkeypatch):
    monkeypatch.setattr(pickles, "MOST_BYTES", 250_000)
    keys = [letter * 64 for letter in "abc"]
    for age, key in enumerate(keys[:2]):
        pickles.keep(key, np.zeros(100_000, np.uint8))
        os.utime(folder / f"{key}.plan", (age, age))
    pickles.read(keys[0])
    pickles.keep(keys[2], np.zeros(100_000, np.uint8))
    assert [pickles.read(key) is not None for key in keys] == [True, False, True]
    pickles.keep(keys[1], np.zeros(300_000, np.uint8))  # more than all may take
    assert pickles.read(keys[1]) is None


def test_without_a_folder_to_write_to_nothing_is_kept(folder):
    folder.write_text("a file", "utf-8")
    pickles.keep(KEY, made())
    assert pickles.read(KEY) is None
