"""Drafts and scratch: private folders that prove whose they are.

A draft carries a token and a lock that the kernel drops when its process ends, however it ends.
What a killed run left behind is cleared by the next one, by that proof and never by a name: a
folder without the token, of another user, or whose lock is taken stays as it is.
"""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

_MARK = "draft of siting-planner, removed by its next run; "
_PREFIX = ".siting-"
_TOKEN, _LOCK = "token", "lock"


@dataclass(frozen=True)
class Draft:
    """A private folder while its block runs.

    Attributes
    ----------
    content : Path
        Empty folder for what is being made.
    before : Path
        Where what is replaced may wait. A killed run's is put back by `clear` when nothing
        stands in its place.
    """

    content: Path
    before: Path


@contextmanager
def draft(base: Path, replaces: str = "") -> Iterator[Draft]:
    """Yield a draft in `base` and remove it afterwards; first clear those of killed runs.

    Parameters
    ----------
    base : Path
        Existing folder.
    replaces : str
        Name in `base` of what the draft will replace.
    """
    clear(base)
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=base))
    lock = FileLock(folder / _LOCK)
    try:
        lock.acquire(blocking=False)
        # After the lock: who reads the token finds the lock taken.
        (folder / _TOKEN).write_bytes((_MARK + replaces).encode("utf-8", "surrogateescape"))
        made = Draft(folder / "content", folder / "before")
        made.content.mkdir()
        yield made
    finally:
        remove(folder)
        lock.release()


def clear(base: Path) -> None:
    """Remove the drafts in a folder whose process is no more; what cannot be proven ours stays."""
    for folder in base.glob(f"{_PREFIX}*"):
        replaces = _replaces(folder)
        if replaces is None:
            continue
        lock = FileLock(folder / _LOCK)
        with suppress(Timeout, OSError), lock.acquire(blocking=False):
            _put_back(folder / "before", base / replaces if replaces else None)
            remove(folder)


def _replaces(folder: Path) -> str | None:
    """Return what a draft of this user replaces; None for a folder that is no draft."""
    try:
        seen = folder.lstat()
        mine = not hasattr(os, "getuid") or seen.st_uid == os.getuid()
        lock = folder / _LOCK
        if not (mine and stat.S_ISDIR(seen.st_mode) and lock.is_file() and not lock.is_symlink()):
            return None
        token = (folder / _TOKEN).read_bytes().decode("utf-8", "surrogateescape")
    except (OSError, UnicodeDecodeError):
        return None
    name = token.removeprefix(_MARK)
    return name if token.startswith(_MARK) and name == os.path.basename(name) else None  # noqa: PTH119


def _put_back(before: Path, place: Path | None) -> None:
    """Put back what a run had moved aside when it was killed."""
    if place is not None and before.exists() and not place.exists():
        before.rename(place)


def remove(path: Path) -> None:
    """Remove a file or a whole folder; what is gone already, or not ours to remove, is no fault."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


@contextmanager
def scratch() -> Iterator[Path]:
    """Yield a folder of the system's for what need not last, and remove it afterwards."""
    with draft(Path(tempfile.gettempdir())) as made:
        yield made.content
