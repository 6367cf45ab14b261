"""Objects kept between runs for the user that made them, their arrays mapped instead of read.

A pickle can run code. So a file counts only where it is this user's own, writable by nobody else
and as it was written, and it may hold nothing but records of ours, frames, arrays and dates.
What differs makes another key; see `kept.key_of`.
"""

from __future__ import annotations

import dataclasses
import functools
import importlib
import io
import mmap
import os
import pickle
import re
import stat
import zlib
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
from pydantic import BaseModel

from siting.support import cache, disk_space, drafts
from siting.support.cachefolder import directory

FOLDER = "plans"
MOST_BYTES = 1 << 30  # a plan of 30,000 places takes 0.2 GB
_MARK = b"siting-plan-1"
_OURS = re.compile(r"[0-9a-f]{64}\.plan")
_HEAD = len(_MARK) + len(" ") + 64 + len(" 00000000 000000000000\n")
_ALIGNED = 64
_PACKAGES = ("geodata", "siting")
_FUNCTIONS = {"siting.money.cost.swings", "siting.world.gazetteer.town_names"}
_LIBRARIES = {
    "builtins": {"slice", "set", "frozenset", "complex"},
    "collections": {"OrderedDict", "Counter"},
    "datetime": {"date", "datetime", "timedelta"},
    "functools": {"partial"},
    "numpy": {"dtype", "ndarray", "_reconstruct", "_frombuffer", "scalar"},
    "pandas": {
        "DataFrame", "Series", "Index", "RangeIndex", "StringDtype", "ArrowStringArray",
        "BlockManager", "SingleBlockManager", "_new_Index", "_unpickle_block",
    },
    "pathlib": {"Path", "PosixPath", "PurePosixPath", "WindowsPath", "PureWindowsPath"},
    "pyarrow": {"_restore_array", "py_buffer", "type_for_alias"},
    "scipy": {"csr_array"},
}  # fmt: skip
_NOT_WRITTEN = (OSError, pickle.PicklingError, AttributeError, TypeError)
_NOT_READ = (OSError, pickle.UnpicklingError, ValueError, EOFError, LookupError, AttributeError,
             ImportError, TypeError)  # fmt: skip


def read(key: str) -> Any:
    """Return the object kept under `key`; None where there is none, or its file is not to trust."""
    path = directory() / FOLDER / f"{key}.plan"
    try:
        parts = _parts(path, key)
        found = _Loader(io.BytesIO(parts[0]), buffers=parts[1:]).load() if parts else None
    except _NOT_READ:
        return None
    with suppress(OSError):  # a disk that is read only
        os.utime(path)  # what was not asked for longest goes first
    return found


def keep(key: str, made: object) -> None:
    """Keep an object; what cannot be pickled, and a full disk, slow the next run, no more."""
    folder = directory() / FOLDER
    try:
        parts = _pickled(made)
        if sum(map(len, parts)) > MOST_BYTES:
            return
        folder.mkdir(parents=True, exist_ok=True)
        with drafts.draft(folder) as draft:
            fresh = draft.content / f"{key}.plan"
            fresh.touch(mode=0o600)
            _write(fresh, key, parts)
            fresh.replace(folder / fresh.name)
        disk_space.make_room(folder, is_ours, MOST_BYTES, unused_s=0.0)
    except _NOT_WRITTEN:
        return


def is_ours(path: Path) -> bool:
    """Whether a file is one that this user's planner wrote."""
    if not _OURS.fullmatch(path.name) or not _own(path.lstat()):
        return False
    with path.open("rb") as file:
        return file.read(_HEAD).startswith(b"%s %s " % (_MARK, path.stem.encode()))


def _own(seen: os.stat_result) -> bool:
    """Whether a file is this user's and no one else may write it."""
    if not hasattr(os, "getuid"):
        return stat.S_ISREG(seen.st_mode)
    shared = seen.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    return stat.S_ISREG(seen.st_mode) and seen.st_uid == os.getuid() and not shared


def _parts(path: Path, key: str) -> list[memoryview]:
    """Return the pickle and its buffers, mapped; none where the file is not as it was written.

    What is changed in a buffer stays in memory.
    """
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags), "rb") as file:
        if not _own(os.fstat(file.fileno())):
            return []
        mapped = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY))
    rest = mapped[_HEAD:]
    sizes = int(bytes(mapped[_HEAD - 13 : _HEAD]))
    if bytes(mapped[:_HEAD]) != _head(key, zlib.crc32(rest), sizes):
        return []
    lengths = np.frombuffer(rest[: 8 * sizes], dtype="<i8")
    ends = _HEAD + _room(8 * sizes) + np.cumsum([_room(length) for length in lengths.tolist()])
    starts = ends - [_room(length) for length in lengths.tolist()]
    return [mapped[a : a + n] for a, n in zip(starts.tolist(), lengths.tolist(), strict=True)]


def _write(path: Path, key: str, parts: list[memoryview]) -> None:
    """Write a pickle and its buffers behind a head with key and checksum."""
    lengths = np.array([len(part) for part in parts], dtype="<i8")
    checksum = 0
    with path.open("wb") as file:
        file.write(_head(key, 0, len(lengths)))
        for part in (memoryview(lengths.tobytes()), *parts):
            for piece in (part, bytes(_room(len(part)) - len(part))):
                file.write(piece)
                checksum = zlib.crc32(piece, checksum)
        file.seek(0)
        file.write(_head(key, checksum, len(lengths)))


def _head(key: str, checksum: int, sizes: int) -> bytes:
    return b"%s %s %08x %012d\n" % (_MARK, key.encode(), checksum, sizes)


def _room(length: int) -> int:
    return -(-length // _ALIGNED) * _ALIGNED


def _pickled(made: object) -> list[memoryview]:
    """Return the pickle of an object, and its buffers."""
    buffers: list[pickle.PickleBuffer] = []
    stream = io.BytesIO()
    _Pickler(stream, protocol=5, buffer_callback=buffers.append).dump(made)
    return [stream.getbuffer(), *(buffer.raw() for buffer in buffers)]


class _Pickler(pickle.Pickler):
    """Names arrays of the cache instead of writing them again."""

    def persistent_id(self, obj: Any) -> str | None:
        whole = isinstance(obj, np.memmap) and isinstance(obj.base, mmap.mmap)
        return Path(str(obj.filename)).stem if whole else None

    def reducer_override(self, obj: Any) -> Any:
        if isinstance(obj, np.memmap):  # a part of one
            return np.asarray(obj).view(np.ndarray).__reduce_ex__(5)
        return NotImplemented


class _Loader(pickle.Unpickler):
    """Makes records of ours, frames, arrays and dates, and nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        return _allowed(module, name)

    def persistent_load(self, pid: Any) -> Any:
        return cache.array(str(pid), _refuse)


@functools.cache
def _allowed(module: str, name: str) -> Any:
    """Return what a pickle may name.

    Raises
    ------
    pickle.UnpicklingError
        For anything else.
    """
    root = module.partition(".")[0]
    if name in _LIBRARIES.get(root, ()):
        return getattr(importlib.import_module(module), name)
    if root in _PACKAGES:
        found = getattr(importlib.import_module(module), name)
        record = isinstance(found, type) and (
            dataclasses.is_dataclass(found) or issubclass(found, BaseModel | tuple)
        )
        if record or f"{module}.{name}" in _FUNCTIONS:
            return found
    raise pickle.UnpicklingError(f"{module}.{name}")


def _refuse() -> NoReturn:
    raise LookupError
