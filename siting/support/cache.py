"""Results kept between runs, filed under the hash of everything they came from.

A file is whole and ours, or it is ignored and made again: it is written beside its place and
renamed, so two processes that want the same array at once both end with a good one. After the
array stands a seal (our mark, the key, a checksum), which numpy does not look at. Beyond
`MOST_BYTES` the files not used for longest are removed.
"""

from __future__ import annotations

import dataclasses
import hashlib
import os
import re
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from pathlib import Path, PurePath
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from siting.support import disk_space, drafts
from siting.support.cachefolder import directory

_MARK = b"siting-cache-1"
_OURS = re.compile(r"([0-9a-f]{40}-)?[0-9a-f]{40}\.npy")  # with a dash: a freight field
MOST_BYTES = 4 << 30  # a freight field takes 0.2 GB, and every change of the plants makes one
_CHECKED_BYTES = 1 << 24  # read so much at a time when a file is checked


def digest(*parts: object) -> str:
    """Return a hex key that depends on type, order and content of `parts`, and on nothing else.

    Parameters
    ----------
    *parts : object
        Arrays, frames, series, dataclasses, mappings, sequences, sets, text, bytes, paths, numbers,
        truth values, dates and None, as deeply nested as you like.

    Raises
    ------
    TypeError
        For a part whose identity does not determine its content.
    """
    state = hashlib.blake2b(digest_size=20)
    for piece in _pieces(tuple(parts)):
        state.update(len(piece).to_bytes(8, "little"))
        state.update(piece)
    return state.hexdigest()


def array(
    key: str,
    compute: Callable[[], NDArray[Any]],
    cache_dir: Path | None = None,
    *,
    mmap: bool = True,
) -> NDArray[Any]:
    """Return the array filed under `key`, computed and filed first when it is not there.

    Parameters
    ----------
    key : str
        Name of the file, from `digest`.
    compute : callable
        Makes the array; called only when there is no good file.
    cache_dir : Path, optional
        Folder of the cache; see `directory`.
    mmap : bool
        Map the file read-only instead of reading it.

    Returns
    -------
    ndarray
        Read-only. Where the folder cannot be written it is the computed array itself.
    """
    path = directory(cache_dir) / f"{key}.npy"
    stored = _read(path, key, mmap=mmap)
    if stored is None:
        made = np.ascontiguousarray(compute())
        made.setflags(write=False)
        try:
            _write(path, key, made)
        except OSError:  # a full or read-only disk slows the next run, it does not stop this one
            return made
        stored = _read(path, key, mmap=mmap)
        return made if stored is None else stored
    return stored


def once(key: str, check: Callable[[], object]) -> None:
    """Run a check that has not passed before on this machine; a breach is raised each time."""

    def passed() -> NDArray[np.bool_]:
        check()
        return np.ones(1, dtype=bool)

    array(digest("passed", key), passed)


def _read(path: Path, key: str, *, mmap: bool) -> NDArray[Any] | None:
    """Return the array in `path`, or None when it is missing, cut short, altered or foreign."""
    try:
        with path.open("rb") as file:
            length = file.seek(0, os.SEEK_END) - len(_seal(key, 0))
            file.seek(0)
            checksum, left = 0, length
            while left > 0:
                block = file.read(min(left, _CHECKED_BYTES))
                if not block:
                    return None
                checksum, left = zlib.crc32(block, checksum), left - len(block)
            if file.read() != _seal(key, checksum):
                return None
        content: NDArray[Any] = np.load(path, mmap_mode="r" if mmap else None, allow_pickle=False)
    except (OSError, ValueError, EOFError):
        return None
    content.setflags(write=False)
    disk_space.used(path)
    return content


def _write(path: Path, key: str, values: NDArray[Any]) -> None:
    """Write `values` and the seal beside `path`, then rename."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with drafts.draft(path.parent) as draft:
        fresh = draft.content / path.name
        with fresh.open("w+b") as file:
            np.save(file, values, allow_pickle=False)
            file.seek(0)
            checksum = 0
            while block := file.read(_CHECKED_BYTES):
                checksum = zlib.crc32(block, checksum)
            file.write(_seal(key, checksum))
        fresh.replace(path)
    disk_space.make_room(path.parent, is_ours, MOST_BYTES)


def is_ours(path: Path) -> bool:
    """Whether a file ends with the seal of its name, so that nothing else is ever removed."""
    if not _OURS.fullmatch(path.name) or not path.is_file():
        return False
    seal = _seal(path.stem, 0)
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - len(seal)))
        return file.read().startswith(seal[: -len(b"00000000\n")])


def _seal(key: str, checksum: int) -> bytes:
    return b"%s %s %08x\n" % (_MARK, key.encode(), checksum)


def _pieces(part: object) -> Iterator[bytes]:
    """Yield `part` as bytes: its type, its length where it has one, its content."""
    for kinds, pieces in _KINDS:
        if isinstance(part, kinds):
            yield from pieces(part)
            return
    if not dataclasses.is_dataclass(part) or isinstance(part, type):
        raise TypeError(f"no content hash for {type(part).__name__}")
    yield f"dataclass:{type(part).__qualname__}".encode()
    for field in dataclasses.fields(part):
        yield from _pieces((field.name, getattr(part, field.name)))


def _plain_pieces(part: object) -> Iterator[bytes]:
    """Yield what repr says, which is exact for numbers, dates, text and paths."""
    yield f"{type(part).__name__}:{part!r}".encode()


def _bytes_pieces(part: bytes) -> Iterator[bytes]:
    yield from (b"bytes", part)


def _frame_pieces(part: pd.DataFrame) -> Iterator[bytes]:
    yield f"frame:{len(part.columns)}".encode()
    yield from _pieces(part.index)
    for name, column in part.items():
        yield from _pieces((name, column.array))


def _series_pieces(part: pd.Series) -> Iterator[bytes]:
    yield b"series"
    yield from _pieces((part.name, part.index, part.array))


def _index_pieces(part: pd.Index) -> Iterator[bytes]:
    yield b"index"
    yield from _pieces((part.name, part.array))


def _extension_pieces(part: pd.api.extensions.ExtensionArray) -> Iterator[bytes]:
    yield f"extension:{part.dtype}".encode()
    yield from _pieces(np.asarray(part))


def _mapping_pieces(part: Mapping[Any, Any]) -> Iterator[bytes]:
    yield f"mapping:{len(part)}".encode()
    for item in sorted(part.items(), key=lambda item: repr(item[0])):
        yield from _pieces(item)


def _set_pieces(part: AbstractSet[Any]) -> Iterator[bytes]:
    yield f"set:{len(part)}".encode()
    for element in sorted(part, key=repr):
        yield from _pieces(element)


def _sequence_pieces(part: Sequence[Any]) -> Iterator[bytes]:
    yield f"{'tuple' if isinstance(part, tuple) else 'list'}:{len(part)}".encode()
    for element in part:
        yield from _pieces(element)


def _array_pieces(values: NDArray[Any]) -> Iterator[bytes]:
    """Yield dtype, shape and elements of an array; the memory order does not count."""
    yield f"array:{values.dtype.str}:{values.shape}".encode()
    if values.dtype.hasobject:
        for element in values.ravel():
            # the several "missing" marks of pandas mean the same
            missing = element is None or element is pd.NA or element is pd.NaT
            yield from _pieces(None if missing else element)
    elif values.size:
        yield np.ascontiguousarray(values).tobytes()


# The first that fits is taken: text and bytes are sequences too.
_KINDS: tuple[tuple[Any, Callable[[Any], Iterator[bytes]]], ...] = (
    ((type(None), bool, int, float, str, date, PurePath, np.generic), _plain_pieces),
    (bytes, _bytes_pieces),
    (np.ndarray, _array_pieces),
    (pd.DataFrame, _frame_pieces),
    (pd.Series, _series_pieces),
    (pd.Index, _index_pieces),
    (pd.api.extensions.ExtensionArray, _extension_pieces),
    (Mapping, _mapping_pieces),
    (AbstractSet, _set_pieces),
    (Sequence, _sequence_pieces),
)
