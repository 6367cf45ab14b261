"""The folder of the results: written aside, then renamed into place as a whole."""

from __future__ import annotations

import ctypes
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from geodata.errors import Fault, SitingError
from siting.support.leftovers import prefix, remove, sweep

MANIFEST = "manifest.json"
SWEEP = "sweep.json"  # the manifest of a sweep
CELLS = "cells"
OF_A_PLAN = (
    MANIFEST, CELLS, "map.html", "brief.html", "brief.pdf", "barred_sites.csv",
    *(f"ranked_sites.{kind}" for kind in ("csv", "xlsx", "parquet", "gpkg", "geojson")),
)  # fmt: skip
OUTPUTS = (*OF_A_PLAN, SWEEP, "sweep.csv", "scenarios.csv", "sweep.html")
# What a file browser or an open GeoPackage leaves beside them.
LITTER = (".DS_Store", "Thumbs.db", "ranked_sites.gpkg-wal", "ranked_sites.gpkg-shm")


@contextmanager
def whole_folder(target: Path) -> Iterator[Path]:
    """Yield a temporary folder that takes the place of `target` when the block succeeds.

    An existing folder is replaced as a whole; when the block fails it is left as it was.

    Raises
    ------
    SitingError
        As `check_target`.
    """
    target = target.resolve()
    check_target(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    name = f".{target.name}-"
    sweep(target.parent, name)
    fresh = Path(tempfile.mkdtemp(prefix=prefix(name), dir=target.parent))
    try:
        yield fresh
        fresh.chmod(0o755)
        _swap(fresh, target)
    finally:
        remove(fresh)


def check_target(target: Path) -> None:
    """Refuse a folder for the results that cannot be made, or that holds anything else.

    Raises
    ------
    SitingError
        Unless `target` is new, empty or an earlier plan: nothing of the user's is ever deleted.
    """
    mend = "choose another folder with -o"
    if not target.exists():
        above = next(folder for folder in target.absolute().parents if folder.exists())
        if not (above.is_dir() and os.access(above, os.W_OK | os.X_OK)):
            raise SitingError(Fault(str(target), f"cannot be made in {above}", mend))
        return
    foreign = _not_ours(target)
    if foreign:
        what = "exists and is not the folder of a plan"
        raise SitingError(Fault(str(target), what, mend, value=", ".join(foreign[:5])))


def _not_ours(target: Path) -> list[str]:
    """Return what stands at `target` and was not written by the planner."""
    if not target.is_dir():
        return ["a file"]
    held = sorted(path.name for path in target.iterdir())
    foreign = [name for name in held if name not in (*OUTPUTS, *LITTER)]
    return foreign if MANIFEST in held or SWEEP in held else held


def _swap(fresh: Path, target: Path) -> None:
    """Put `fresh` in the place of `target`; where the system can, in one step.

    Whatever stops the process, the old results or the new ones stand whole.
    """
    if not target.exists():
        fresh.rename(target)
    elif not _exchange(fresh, target):
        old = Path(tempfile.mkdtemp(prefix=prefix(f".{target.name}-"), dir=target.parent))
        old.rmdir()
        target.rename(old)
        fresh.rename(target)
        remove(old)


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change names in one step; False where the system has no such call."""
    change = getattr(ctypes.CDLL(None), "renameat2", None) if sys.platform == "linux" else None
    if change is None:
        return False
    here, exchange = -100, 2  # AT_FDCWD, RENAME_EXCHANGE of renameat2(2)
    return bool(change(here, os.fsencode(one), here, os.fsencode(other), exchange) == 0)
