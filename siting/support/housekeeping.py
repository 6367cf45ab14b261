"""What the cache holds, by kind, and its clearing: only what is proven ours counts."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from siting.support import cache, drafts, frames, kept, pickles
from siting.support.cachefolder import directory


@dataclass(frozen=True)
class Kind:
    """A kind of file in the cache.

    Attributes
    ----------
    name : str
    pattern : str
        Where its files lie below the folder of the cache.
    ours : callable
        Whether a file is one that the planner wrote, as it wrote it.
    """

    name: str
    pattern: str
    ours: Callable[[Path], bool]


KINDS = (
    Kind("freight fields", "*-*.npy", cache.is_ours),
    Kind("results of stages", "[!-]*.npy", cache.is_ours),
    Kind("answers", f"{kept.FOLDER}/*.json", kept.is_ours),
    Kind("plans", f"{pickles.FOLDER}/*.plan", pickles.is_ours),
    Kind("frames of Python", f"{frames.FOLDER}/*/*.parquet", frames.is_ours),
)


@dataclass(frozen=True)
class Usage:
    """The files of a kind: how many, and their size in bytes."""

    kind: str
    files: int
    size: int


def usage() -> list[Usage]:
    """Return what the cache holds, a row a kind."""
    return [Usage(kind, len(files), _size(files)) for kind, files in _files().items()]


def clear() -> list[Usage]:
    """Remove what the planner wrote, and what killed runs left; return what went, a row a kind."""
    gone = []
    for kind, files in _files().items():
        removed = [(size, path) for path in files for size in (_size([path]),) if _removed(path)]
        gone.append(Usage(kind, len(removed), sum(size for size, _ in removed)))
    below = [directory() / name for name in (kept.FOLDER, pickles.FOLDER)]
    for folder in (directory(), *below):
        if folder.is_dir():
            drafts.clear(folder)
    for folder in (*directory().glob(f"{frames.FOLDER}/*"), directory() / frames.FOLDER, *below):
        with suppress(OSError):  # it holds something else, or is not there
            folder.rmdir()
    return gone


def _files() -> dict[str, list[Path]]:
    """Return the files of each kind; a file is of the first kind that it fits."""
    seen: set[Path] = set()
    by_kind: dict[str, list[Path]] = {}
    for kind in KINDS:
        files = [path for path in sorted(directory().glob(kind.pattern))
                 if path not in seen and _proven(kind, path)]  # fmt: skip
        seen.update(files)
        by_kind[kind.name] = files
    return by_kind


def _proven(kind: Kind, path: Path) -> bool:
    try:
        return kind.ours(path)
    except OSError:  # gone meanwhile, or not ours to read
        return False


def _size(files: list[Path]) -> int:
    total = 0
    for path in files:
        with suppress(OSError):
            total += path.stat().st_size
    return total


def _removed(path: Path) -> bool:
    try:
        path.unlink()
    except OSError:  # open elsewhere, where that forbids it, or not ours to remove
        return False
    return True
