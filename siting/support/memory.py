"""How much memory is free, as the system and the container report it."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

SHARE_OF_FREE = 0.5  # that one piece of work may ask for
_SYSTEM = Path("/proc/meminfo")
_CONTAINER = Path("/sys/fs/cgroup")
_LIMITS = (  # of control groups, second version and first: what may be taken, what is
    ("memory.max", "memory.current"),
    ("memory/memory.limit_in_bytes", "memory/memory.usage_in_bytes"),
)


def free_bytes(system: Path = _SYSTEM, container: Path = _CONTAINER) -> int | None:
    """Return the memory that a process may still take, None where nothing reports it.

    Parameters
    ----------
    system : Path
        As Linux writes it.
    container : Path
        Folder of the control group, whose limit may be lower.
    """
    known = []
    with suppress(OSError):
        available = re.search(r"^MemAvailable:\s+(\d+) kB$", system.read_text(), re.MULTILINE)
        known += [1024 * int(available[1])] if available else []
    for limit in _LIMITS:
        with suppress(OSError, ValueError):  # "max" is no limit
            most, used = (int((container / name).read_text()) for name in limit)
            known.append(max(most - used, 0))
    return min(known, default=None)
