"""What a list of so many places takes: printed before the work; refused where memory is short."""

from __future__ import annotations

from geodata.errors import Fault
from siting.support.memory import SHARE_OF_FREE, free_bytes

# At the peak of a plan with all its files, its two processes together (docs/speed.md).
BYTES, BYTES_A_PLACE = 1e9, 2_500
SECONDS, SECONDS_A_PLACE = 30.0, 2.5e-4  # of a core
SAID_FROM = 20_000  # places: fewer take little beside the catalogue's own
_TIMES = ((90.0, "about a minute"), (600.0, "some minutes"), (1800.0, "a quarter of an hour"))
_LONGEST = "half an hour or more"


def sentence(count: int) -> str:
    """Say what a plan of so many places takes; "" where it is little."""
    if count < SAID_FROM:
        return ""
    seconds = SECONDS + SECONDS_A_PLACE * count
    time = next((words for most, words in _TIMES if seconds <= most), _LONGEST)
    return f"{count:,} places: about {_needed(count) / 1e9:.1f} GB of memory and {time} of a core."


def too_many(count: int, name: str) -> list[Fault]:
    """Return a fault when a plan of so many places would take too much of the free memory."""
    needed, free = _needed(count), free_bytes()
    if count < SAID_FROM or free is None or needed <= SHARE_OF_FREE * free:
        return []
    what = (f"{count:,} places need about {needed / 1e9:.1f} GB of memory, "
            f"more than half of the {free / 1e9:.1f} GB that are free")  # fmt: skip
    hint = "split or thin the list, or screen whole regions with candidates.hex"
    return [Fault(name, what, hint)]


def _needed(count: int) -> float:
    return BYTES + BYTES_A_PLACE * count
