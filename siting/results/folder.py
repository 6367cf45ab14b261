"""The folder of the results: written aside, then put into place as a whole."""

from __future__ import annotations

import ctypes
import hashlib
import itertools
import os
import shlex
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from geodata.errors import Fault, SitingError
from siting.results.ownership import foreign, manifest_in, unmarked_in
from siting.support.drafts import Draft, draft

CELLS = "cells"
OUT = Path("out")
_SHOWN = 5  # foreign files named in a fault


def default_folder(study: str, suffix: str = "") -> Path:
    """Return where the results of a study go unasked: `out/` and the stem of its file.

    Parameters
    ----------
    study : str
        Study file or preset, as named on the command line.
    suffix : str
        What else made the results: a grid, a setting of the map.
    """
    return OUT / "-".join(part for part in (Path(study).stem, suffix) if part)


def suffix_of(setting: str) -> str:
    """Return a suffix for a setting: the stem of its file, or a short hash of its link."""
    try:
        a_file = Path(setting).is_file()
    except (OSError, ValueError):  # a link may be too long for a name
        a_file = False
    return Path(setting).stem if a_file else hashlib.sha256(setting.encode()).hexdigest()[:8]


def origin(*files: str | None) -> str:
    """Return what results are made of, as the manifest has it: files seen from here, presets."""
    named = [name for name in files if name]
    return " ".join(
        Path(os.path.relpath(name)).as_posix() if Path(name).is_file() else name for name in named
    )


@contextmanager
def whole_folder(target: Path) -> Iterator[Path]:
    """Yield an empty folder that takes the place of `target` when the block succeeds.

    Results of an earlier run are replaced as a whole; when the block fails they are left as they
    were.

    Raises
    ------
    SitingError
        As `check_target`, before the block and again before anything is replaced.
    """
    target = target.resolve()
    check_target(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    with draft(target.parent, target.name) as made:
        yield made.content
        _put_in_place(made, target)


def check_target(target: Path, made_of: str | None = None) -> None:
    """Refuse a folder for the results that cannot be made, or that holds anything else.

    Parameters
    ----------
    target : Path
    made_of : str, optional
        `origin` of the results, where nobody asked for this folder: those of another study are
        then not replaced.

    Raises
    ------
    SitingError
        Unless `target` is new, empty or holds results as the planner wrote them.
    """
    if not target.exists():
        _check_can_be_made(target)
    elif not target.is_dir():
        hint = "choose another folder with -o"
        raise SitingError(Fault(str(target), "is a file, not a folder of results", hint))
    else:
        _refuse_foreign(target, target)
        before = (manifest_in(target) or {}).get("made_of", made_of)
        if made_of is not None and before != made_of:
            what, hint = "holds the results of another study", "choose another folder with -o"
            raise SitingError(Fault(str(target), what, hint, value=str(before)))


def _check_can_be_made(target: Path) -> None:
    above = next(folder for folder in target.absolute().parents if folder.exists())
    if not (above.is_dir() and os.access(above, os.W_OK | os.X_OK)):
        what, hint = f"cannot be made in {above}", "choose another folder with -o"
        raise SitingError(Fault(str(target), what, hint))


def _refuse_foreign(folder: Path, target: Path) -> None:
    """Refuse to replace a folder, meant for `target`, that holds anything but our results."""
    reasons = foreign(folder)
    if not reasons:
        return
    if unmarked_in(folder):
        raise SitingError(_older(target))
    named = ", ".join(reasons[:_SHOWN])
    more = f" and {len(reasons) - _SHOWN} more" if len(reasons) > _SHOWN else ""
    what = "holds what would be lost"
    hint = "move it out of the folder (or the whole folder away), or choose another one with -o"
    raise SitingError(Fault(str(target), what, hint, value=f"{named}{more}"))


def _older(target: Path) -> Fault:
    """Return the fault of results of a version whose manifests carried no mark."""
    what = (
        "made by an older version of the planner, whose manifest carries no mark and lists no "
        "files: which of them are yours is unknown, so nothing of it was touched"
    )
    aside, other = (_free(target, word) for word in ("before", "new"))
    move = shlex.join(["mv", str(target), str(aside)])
    hint = f"move it away once (`{move}`), or write elsewhere: {shlex.join(['-o', str(other)])}"
    return Fault(str(target), what, hint)


def _free(target: Path, word: str) -> Path:
    """Return a name beside `target` that no file has."""
    names = itertools.chain([word], (f"{word}-{n}" for n in itertools.count(2)))
    beside = (target.with_name(f"{target.name}-{name}") for name in names)
    return next(path for path in beside if not os.path.lexists(path))


def _put_in_place(made: Draft, target: Path) -> None:
    """Put the content of a draft in the place of `target`; where the system can, in one step.

    Whatever stops the process, the old results or the new ones are there whole. What was put into
    the old ones while the new were made is seen once nobody can reach it any more by its path,
    and refused.
    """
    if not target.exists():
        made.content.rename(target)
    elif _exchange(made.content, target):
        try:
            _refuse_foreign(made.content, target)
        except SitingError:
            _exchange(made.content, target)
            raise
    else:
        target.rename(made.before)  # put back by the draft, should a next step fail
        _refuse_foreign(made.before, target)
        made.content.rename(target)


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change names in one step; False where the system has no such call."""
    change = getattr(ctypes.CDLL(None), "renameat2", None) if sys.platform == "linux" else None
    if change is None:
        return False
    here, exchange = -100, 2  # AT_FDCWD, RENAME_EXCHANGE of renameat2(2)
    return bool(change(here, os.fsencode(one), here, os.fsencode(other), exchange) == 0)
