"""What a killed run leaves behind: named after its process, and swept by the next run."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def prefix(name: str) -> str:
    """Return how the drafts of `name` begin that this process makes."""
    return f"{name}{os.getpid()}-"


def sweep(folder: Path, name: str) -> None:
    """Remove drafts of `name` in a folder whose process is no more; another's stay."""
    pattern = re.compile(re.escape(name) + r"(\d+)-")
    for path in folder.glob(f"{name}*"):
        found = pattern.match(path.name)
        if found and not _alive(int(found[1])):
            remove(path)


def remove(path: Path) -> None:
    """Remove a file or a whole folder; what is gone already, or not ours to remove, is no fault."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


@contextmanager
def scratch() -> Iterator[Path]:
    """Yield a folder of the system's for what need not last, and remove it afterwards."""
    base = Path(tempfile.gettempdir())
    sweep(base, SCRATCH)
    with tempfile.TemporaryDirectory(prefix=prefix(SCRATCH), dir=base) as folder:
        yield Path(folder)


SCRATCH = "siting-"


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # someone else's
        return True
    return True
