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
_TOKEN, _LOCK, _BEFORE = "token", "lock", "before"


@dataclass(frozen=True)
class Draft:
    """A private folder while its block runs.

    Attributes
    ----------
    content : Path
        Empty folder for what is being made.
    before : Path
        Where what is replaced may wait. It is put back when the draft ends, or is cleared after
        a kill, and nothing is in its place.
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
        made = Draft(folder / "content", folder / _BEFORE)
        made.content.mkdir()
        yield made
    finally:
        _discard(folder, base / replaces if replaces else None)
        lock.release()


def clear(base: Path) -> None:
    """Remove the drafts in a folder whose process is no more; what cannot be proven ours stays."""
    for folder in base.glob(f"{_PREFIX}*"):
        replaces = _replaces(folder)
        if replaces is None:
            continue
        lock = FileLock(folder / _LOCK)
        with suppress(Timeout, OSError), lock.acquire(blocking=False):
            _discard(folder, base / replaces if replaces else None)


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
    plain = not name or (Path(name).name == name and "/" not in name)
    return name if token.startswith(_MARK) and plain else None


def _discard(folder: Path, place: Path | None) -> None:
    """Remove a draft; what it had moved aside is put back first, or the draft stays."""
    before = folder / _BEFORE
    if place is not None and before.exists() and not place.exists():
        try:
            before.rename(place)
        except OSError:
            return
    remove(folder)


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
