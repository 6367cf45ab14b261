from __future__ import annotations

import os
import re
import time
from pathlib import Path

from siting.support.disk_space import DAY_S, make_room, used


def ours(path: Path) -> bool:
    return re.fullmatch(r"[a-z]\.npy", path.name) is not None


def filled(folder: Path, ages_days: dict[str, float], size: int = 100) -> None:
    for name, age in ages_days.items():
        path = folder / name
        path.write_bytes(b"x" * size)
        then = time.time() - age * DAY_S
        os.utime(path, (then, then))


def test_the_longest_unused_give_way_until_the_rest_fits(tmp_path: Path) -> None:
    filled(tmp_path, {"a.npy": 9, "b.npy": 3, "c.npy": 7, "d.npy": 2})
    make_room(tmp_path, ours, 250)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.npy", "d.npy"]


def test_what_fits_stays_and_so_does_what_is_not_ours(tmp_path: Path) -> None:
    filled(tmp_path, {"a.npy": 9, "thesis.npy": 400, "notes.txt": 900})
    make_room(tmp_path, ours, 100)
    assert len(list(tmp_path.iterdir())) == 3
    make_room(tmp_path, ours, 99)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["notes.txt", "thesis.npy"]


def test_what_was_used_today_stays(tmp_path: Path) -> None:
    filled(tmp_path, {"a.npy": 0.1, "b.npy": 5})
    used(tmp_path / "b.npy")
    make_room(tmp_path, ours, 0)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.npy", "b.npy"]


def test_a_file_that_is_gone_is_no_fault(tmp_path: Path) -> None:
    used(tmp_path / "gone.npy")
    make_room(tmp_path, ours, 0)
