"""Whose a folder of results is: ours by the proof of its manifest, file by file, or not ours.

The manifest carries a mark, the hash of every file that was written beside it and one of its own,
so that a file of the user's, or one that was changed since, is known before anything is replaced.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

MARK = "siting-planner"
MANIFEST, SWEEP = "manifest.json", "sweep.json"  # of a plan, of a sweep
TIMINGS = "timings_s"
# What every manifest says since the first version, also before it carried a mark.
_EVER = {"planner", "libraries", "study", "study_sha256", "inputs_sha256", TIMINGS}
# What a file browser leaves in a folder that somebody looked at.
LITTER = (".DS_Store", "Thumbs.db", "desktop.ini")
# Left by a reader of the GeoPackage; what changed it has bytes in the log.
IDLE = ("-wal", "-shm")
_SQLITE = b"SQLite format 3\x00"
# Journal mode and change counters: a reader alters them and no content.
_COUNTERS = (slice(18, 20), slice(24, 28), slice(92, 100))
_BLOCK = 1 << 20


def write_manifest(folder: Path, name: str, content: dict[str, Any]) -> None:
    """Write the manifest of a folder whose other files are all written.

    Parameters
    ----------
    folder : Path
    name : str
        `MANIFEST` or `SWEEP`.
    content : dict
        What else it says; anything that JSON does not know is written as its text.
    """
    record = {"written_by": MARK, **content, "files_sha256": _hashes(folder)}
    plain = json.loads(json.dumps(record, default=str))
    text = _text({**plain, "manifest_sha256": _own(plain)})
    (folder / name).write_text(text, encoding="utf-8", newline="\n")


def manifest_in(folder: Path) -> dict[str, Any] | None:
    """Return the manifest of a folder as it was written; None where there is none of ours."""
    for name, content in _records(folder):
        own = content.pop("manifest_sha256", None)
        if content.get("written_by") == MARK and own == _own(content):
            return {**content, "manifest": name}
    return None


def unmarked_in(folder: Path) -> bool:
    """Return whether a manifest looks like one of a version whose manifests carried no mark.

    It lists no files, so that nothing beside it can be proven ours.
    """
    return any("written_by" not in content and content.keys() >= _EVER
               for _, content in _records(folder))  # fmt: skip


def _records(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what may be a manifest, by the name of its file."""
    for name in (MANIFEST, SWEEP):
        path = folder / name
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            continue
        if isinstance(content, dict) and not path.is_symlink():
            yield name, content


def foreign(folder: Path) -> list[str]:
    """Return what in a folder the planner did not write, or what was changed since.

    Returns
    -------
    list of str
        Relative paths in order, each with why; empty for an empty folder and for results that
        are as they were written. What was deleted is no fault.
    """
    record = manifest_in(folder)
    known = record["files_sha256"] | {record["manifest"]: None} if record else {}
    above = {str(parent) for name in known for parent in Path(name).parents}
    reasons = []
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_dir() and not path.is_symlink():
            why = "" if name in above else "a folder that is not of the results"
        elif name not in known:
            why = "" if _litter(path) else "not written by the planner"
        elif path.is_symlink() or (known[name] and _sha256(path) != known[name]):
            why = "changed since it was written"
        else:
            why = ""
        if why:
            reasons.append(f"{name} ({why})")
    return reasons


def _litter(path: Path) -> bool:
    if path.is_symlink() or not path.is_file():
        return False
    if path.name.endswith(IDLE):
        log = path.with_name(path.name[:-4] + IDLE[0])
        return path.with_name(path.name[:-4]).suffix == ".gpkg" and not (
            log.exists() and log.stat().st_size
        )
    return path.name in LITTER


def _hashes(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): _sha256(path) for path in sorted(files)}


def _sha256(path: Path) -> str:
    """Return the hash of a file; of an SQLite file without the counters that reading it moves."""
    state = hashlib.sha256()
    with path.open("rb") as file:
        head = bytearray(file.read(100))
        if head.startswith(_SQLITE):
            for counter in _COUNTERS:
                head[counter] = bytes(len(head[counter]))
        state.update(head)
        while block := file.read(_BLOCK):
            state.update(block)
    return state.hexdigest()


def _own(content: dict[str, Any]) -> str:
    """Return the hash of a manifest but for its timings, in which two equal runs differ."""
    same = {key: value for key, value in content.items() if key != TIMINGS}
    return hashlib.sha256(_text(same).encode()).hexdigest()


def _text(content: dict[str, Any]) -> str:
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"
