"""What went wrong in the planner itself, kept in a file that its user can send."""

from __future__ import annotations

import datetime as dt
import os
import platform
import shlex
import sys
import tempfile
import traceback
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import platformdirs

KEPT = 20  # files, the newest
PACKAGE = "siting-planner"


def keep(error: BaseException) -> Path | None:
    """Write traceback, command and versions where only this user reads; None where nothing can be.

    The file lies in the user's folder for states, ``siting-planner/crashes``, or else in the
    system's temporary folder; never among the results.
    """
    text = "\n".join(_report(error))
    for folder in (_folder, lambda: Path(tempfile.gettempdir())):
        try:
            return _written(text, folder())
        except OSError:
            continue
    return None


def _folder() -> Path:
    """Return the folder of these files, made when it is missing, with room for one more."""
    folder = platformdirs.user_state_path(PACKAGE) / "crashes"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for old in sorted(folder.glob("crash-*.txt"))[: 1 - KEPT]:
        old.unlink(missing_ok=True)
    return folder


def _written(text: str, folder: Path) -> Path:
    now = dt.datetime.now(dt.UTC)
    handle, name = tempfile.mkstemp(".txt", f"crash-{now:%Y%m%dT%H%M%SZ}-", folder)  # mode 0600
    with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as file:
        file.write(text)
    return Path(name)


def _report(error: BaseException) -> Iterator[str]:
    yield f"command: {shlex.join(sys.argv)}"
    yield f"Python {platform.python_version()} on {platform.platform()}"
    for name in (PACKAGE, *_required()):
        try:
            yield f"{name} {metadata.version(name)}"
        except metadata.PackageNotFoundError:
            yield f"{name} is not installed"
    yield ""
    yield "".join(traceback.format_exception(error))


def _required() -> list[str]:
    """Return the names of the packages that the planner needs."""
    try:
        needs = metadata.requires(PACKAGE) or []
    except metadata.PackageNotFoundError:  # run from its source
        return []
    plain = (need for need in needs if "extra ==" not in need)
    return sorted({need.split("[")[0].split(">")[0].split("=")[0].strip() for need in plain})
