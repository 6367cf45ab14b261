"""Room on the disk: of files that can be made again, those not used for longest give way."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

DAY_S = 86_400.0


def used(path: Path) -> None:
    """Note that a file is in use; once a day is often enough."""
    with suppress(OSError):  # another's file, or a disk that is read only
        if time.time() - path.stat().st_mtime > DAY_S:
            os.utime(path)


def make_room(
    folder: Path, ours: Callable[[Path], bool], most: int, *, unused_s: float | None = None
) -> None:
    """Remove files of a folder, the longest unused first, until they hold at most so many bytes.

    Parameters
    ----------
    folder : Path
    ours : callable
        Whether a file may be removed; others neither count nor go.
    most : int
    unused_s : float, optional
        What was used within so many seconds, a day without it, stays even beyond `most`.
    """
    files, still_s = [], DAY_S if unused_s is None else unused_s
    for path in folder.iterdir():
        with suppress(OSError):  # another process was quicker
            if ours(path):
                files.append((path.stat().st_mtime, path.stat().st_size, path))
    size, kept_from = sum(bytes_ for _, bytes_, _ in files), time.time() - still_s
    for touched, bytes_, path in sorted(files):
        if size <= most or touched > kept_from:
            return
        with suppress(OSError):  # open elsewhere, where that forbids it
            path.unlink()
            size -= bytes_
