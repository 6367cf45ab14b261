"""What a benchmark hands back, and the clock that all of them use."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

Made = TypeVar("Made")


@dataclass(frozen=True)
class Comparison:
    """Our time against a peer's for the same work, in one process.

    Attributes
    ----------
    what : str
        The work, with its size.
    ours_s : float
        Seconds of the whole of it.
    peer : str
        Package and call.
    peer_s : float
        Seconds of the whole of it; reckoned from a part where `reckoned` says so.
    peak_mb : float
        Memory of the process when ours was done: libraries, inputs and results together.
    difference : float
        Largest difference between the two results.
    reckoned : str
        The part that the peer was given, "" when it did everything.
    relative : bool
        Whether the difference is a share of the result.
    """

    what: str
    ours_s: float
    peer: str
    peer_s: float
    peak_mb: float
    difference: float
    reckoned: str = ""
    relative: bool = True

    @property
    def ratio(self) -> float:
        """How many times as long the peer takes."""
        return self.peer_s / self.ours_s


@dataclass(frozen=True)
class Result:
    """What one benchmark found: comparisons, and figures that have no peer."""

    compared: tuple[Comparison, ...] = ()
    figures: Mapping[str, float] = field(default_factory=dict)


def timed(work: Callable[[], Made], times: int = 1) -> tuple[Made, float]:
    """Return what `work` makes and the seconds of its quickest run."""
    seconds = []
    for _ in range(times):
        begun = time.perf_counter()
        made = work()
        seconds.append(time.perf_counter() - begun)
    return made, min(seconds)


def peak_mb() -> float:
    """Return the most memory that this process has held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
