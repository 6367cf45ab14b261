"""The seconds that a command takes, by the clock on the wall."""

from __future__ import annotations

import time

_BEGUN = time.monotonic()  # imported first of all by the command line


def elapsed_s() -> float:
    """Return the seconds since the command line began to load."""
    return time.monotonic() - _BEGUN
