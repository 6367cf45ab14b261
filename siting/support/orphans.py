"""Worker processes that end with the process that started them, however that one ended."""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from functools import cache

EVERY_S = 1.0


def end_with_parent() -> None:
    """Let a worker process end soon after its parent, which, when killed, cannot tell it to.

    Called again, or in a process that is no worker, it does nothing.
    """
    if multiprocessing.parent_process() is not None:
        _watched(os.getpid())


@cache  # once a process; a copy of this one has another number
def _watched(_process: int) -> None:
    threading.Thread(target=_watch, args=(os.getppid(),), daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:  # an orphan is given to another process
        time.sleep(EVERY_S)
    os._exit(1)
