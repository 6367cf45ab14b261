"""Worker processes that end with the process that started them, however that one ended."""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from joblib.externals.loky.process_executor import TerminatedWorkerError

from geodata.errors import Fault, SitingError

EVERY_S = 1.0


def end_with_parent() -> None:
    """Let a worker process end soon after its parent, which, when killed, cannot end it.

    Called again, or in a process that is no worker, it does nothing.
    """
    if multiprocessing.parent_process() is not None:
        _watched(os.getpid())


def killed() -> SitingError:
    """Return the fault of a killed process that worked for this one."""
    hint = "the system may have run out of memory: give it more, or ask for fewer with --workers"
    return SitingError(Fault("siting", "a process that worked for it was killed", hint))


@contextmanager
def kills_as_faults() -> Iterator[None]:
    """Turn the end of a worker process, killed from outside, into what a user can correct.

    Raises
    ------
    SitingError
    """
    try:
        yield
    except TerminatedWorkerError as error:
        raise killed() from error


@cache  # once a process; a copy of this one has another number
def _watched(_process: int) -> None:
    threading.Thread(target=_watch, args=(os.getppid(),), daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:  # an orphan gets another parent
        time.sleep(EVERY_S)
    os._exit(1)
