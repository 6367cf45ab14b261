"""Answers kept between runs: what a command printed, filed under all that it came from.

A file is whole, ours and as it was written, or it is ignored and the answer made again. It also
names the user's files that were read, with their hashes, for a study says which they are.
"""

from __future__ import annotations

import errno
import hashlib
import importlib.metadata
import importlib.util
import json
import os
import re
import stat
import sys
from collections.abc import Iterable, Mapping
from functools import cache
from glob import escape
from pathlib import Path

from siting.support import disk_space, drafts
from siting.support.cachefolder import directory

FOLDER = "answers"
MOST_BYTES = 64 << 20  # an answer takes 4 to 200 kB
MOST_READ = 1 << 30  # bytes of the user's files; an input has 200 MB at most
_MARK = "siting-answer-1"
_OURS = re.compile(r"[0-9a-f]{64}\.json")
_SOURCES = ("siting", "maps", "geodata")  # code and data


def key_of(question: Mapping[str, object]) -> str:
    """Return a key that depends on a question, on the planner's code and data, and on libraries."""
    text = json.dumps([question, _planner()], sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


@cache
def _planner() -> tuple[str, ...]:
    """Return what an answer rests on beside the question: Python, libraries, code, data."""
    required = importlib.metadata.requires("siting-planner") or []
    names = sorted({re.split(r"[^\w.-]", line)[0] for line in required if "extra ==" not in line})
    libraries = [f"{name} {importlib.metadata.version(name)}" for name in names]
    state = hashlib.sha256()
    for name in _SOURCES:
        spec = importlib.util.find_spec(name)
        if spec is None or spec.origin is None:
            raise ModuleNotFoundError(name)
        folder = Path(spec.origin).parent
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.parent.name != "__pycache__":
                own = hashlib.sha256(path.read_bytes()).hexdigest()
                state.update(f"{name}/{path.relative_to(folder).as_posix()} {own}\n".encode())
    return (sys.version, sys.platform, *libraries, state.hexdigest())


def hashes(files: Iterable[Path]) -> dict[str, str]:
    """Return the hash of some files, and of whatever of their names lies beside or below them.

    Raises
    ------
    OSError
        When one cannot be read, or together they are larger than any input may be.
    """
    beside = {
        path for file in files for path in (file, *file.parent.glob(f"{escape(file.stem)}.*"))
    }
    every = {path for own in beside for path in (own.rglob("*") if own.is_dir() else (own,))}
    there = sorted(path for path in every if path.is_file())
    if sum(path.stat().st_size for path in there) > MOST_READ:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
    return {str(path): _hash(path) for path in there}


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read(key: str) -> str | None:
    """Return what was printed; None where it is not kept, or a file that it rests on is another."""
    path = directory() / FOLDER / f"{key}.json"
    try:
        if not is_ours(path):
            return None
        record = json.loads(path.read_text(encoding="utf-8"))
        printed, files = str(record["printed"]), record["files"]
        whole = record["seal"] == _seal(key, printed, files, record["hashes"])
        if not whole or hashes(map(Path, files)) != record["hashes"]:
            return None
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    disk_space.used(path)
    return printed


def keep(key: str, printed: str, files: list[str], hashed: dict[str, str]) -> None:
    """Keep what was printed; a full or read-only disk slows the next run, it stops nothing."""
    folder = directory() / FOLDER
    record = {"printed": printed, "files": files, "hashes": hashed,
              "seal": _seal(key, printed, files, hashed)}  # fmt: skip
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with drafts.draft(folder) as draft:
            fresh = draft.content / f"{key}.json"
            fresh.touch(mode=0o600)
            fresh.write_text(json.dumps(record), encoding="utf-8")
            fresh.replace(folder / fresh.name)
        disk_space.make_room(folder, is_ours, MOST_BYTES)
    except OSError:
        return


def is_ours(path: Path) -> bool:
    """Whether a file is an answer of this user: what others write may steer the terminal."""
    seen = path.lstat()
    mine = not hasattr(os, "getuid") or seen.st_uid == os.getuid()
    return bool(_OURS.fullmatch(path.name)) and mine and stat.S_ISREG(seen.st_mode)


def _seal(key: str, printed: str, files: list[str], hashed: dict[str, str]) -> str:
    text = json.dumps([_MARK, key, printed, files, hashed], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
