"""Run a function in a copy of this process: what it crashes, fills or holds up is a copy.

A copy begins with every module loaded, so that an input costs milliseconds, not seconds.
"""

from __future__ import annotations

import os
import resource
import selectors
import signal
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import NoReturn

SECONDS = 60.0
MOST_BYTES = 4 << 30


@dataclass(frozen=True)
class Ended:
    """How a copy ended: exit code (minus the signal), what it printed, time and memory."""

    code: int
    out: bytes
    err: bytes
    seconds: float
    peak_bytes: int
    late: bool


def run(function: Callable[[], object], stdin: bytes = b"", seconds: float = SECONDS) -> Ended:
    """Run a function in a copy of this process, in a group of its own that is killed when late.

    It is late when nothing is heard of it for so many seconds.
    """
    begun = time.monotonic()
    sys.stdout.flush()
    sys.stderr.flush()
    (r0, w0), (r1, w1), (r2, w2) = os.pipe(), os.pipe(), os.pipe()
    child = os.fork()
    if child == 0:
        os.setsid()
        for end, at in ((r0, 0), (w1, 1), (w2, 2)):
            os.dup2(end, at)
        for end in (r0, w0, r1, w1, r2, w2):
            os.close(end)
        _behave(function)
    for end in (r0, w1, w2):
        os.close(end)
    late = True
    try:
        with suppress(BrokenPipeError), os.fdopen(w0, "wb") as told:
            told.write(stdin)
        out, err, late = _heard(r1, r2, seconds)
    finally:  # late, or Ctrl-C, which a group of its own does not hear
        if late:
            with suppress(ProcessLookupError):
                os.killpg(child, signal.SIGKILL)
        _, status, used = os.wait4(child, 0)
    code = os.waitstatus_to_exitcode(status)
    return Ended(code, out, err, time.monotonic() - begun, used.ru_maxrss * 1024, late)


def _behave(function: Callable[[], object]) -> NoReturn:
    """Run a function as a program of its own, and end without what this one does at its end."""
    code: object = 1
    try:
        most = 2 * MOST_BYTES
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)
        sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
        sys.stderr = os.fdopen(2, "w", encoding="utf-8", closefd=False)
        code = function()
    except SystemExit as error:
        code = error.code
    except BaseException:  # noqa: BLE001 - told as the traceback that it is
        traceback.print_exc()
    with suppress(BaseException):
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code if isinstance(code, int) else 0)


def _heard(out: int, err: int, seconds: float) -> tuple[bytes, bytes, bool]:
    """Return what comes from two pipes until both are closed, and whether that took too long."""
    until = time.monotonic() + seconds
    heard = {out: bytearray(), err: bytearray()}
    with selectors.DefaultSelector() as both:
        for end in heard:
            both.register(end, selectors.EVENT_READ)
        while both.get_map():
            left = until - time.monotonic()
            ready = both.select(left) if left > 0 else []
            if not ready:
                break
            for key, _ in ready:
                piece = os.read(key.fd, 1 << 16)
                heard[key.fd] += piece
                until = time.monotonic() + seconds
                if not piece:
                    both.unregister(key.fd)
        late = bool(both.get_map())
    for end in heard:
        os.close(end)
    return bytes(heard[out]), bytes(heard[err]), late
