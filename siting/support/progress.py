"""Progress of the stages: a bar each on the terminal, and their timings for the manifest."""

from __future__ import annotations

import json
import logging
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.progress import Progress as ProgressBars

from siting.support.console import say_aside
from siting.support.interrupt import stop_if_asked

_log = logging.getLogger(__name__)
Progress = Callable[[int, int], None]
Say = Callable[[str], None]
NOTES = "SITING_PROGRESS"  # a file that a program reads: a line of JSON a step of a stage
_EVERY_S = 0.2  # between two notes of one stage


class Note(Protocol):
    """What hears how far a stage is; with its seconds once it has ended."""

    def __call__(self, name: str, done: int, total: int, seconds: float | None = None) -> None:
        """Hear that `done` of `total` of a stage are done."""


class Stages:
    """Shows which stage runs; call it with the name of a stage as a context manager.

    Attributes
    ----------
    timings : dict of float
        Seconds of each stage that has ended.
    """

    def __init__(
        self, bars: ProgressBars | None = None, say: Say | None = None, note: Note | None = None
    ) -> None:
        self.timings: dict[str, float] = {}
        self._bars = bars
        self._note = note or _no_note
        self._tasks: dict[str, TaskID] = {}
        self._say = say

    def say(self, sentence: str) -> None:
        """Print a sentence to the user before the work goes on; nothing where it is blank."""
        if self._say and sentence:
            self._say(sentence)

    @contextmanager
    def __call__(self, name: str) -> Iterator[Progress]:
        """Time the block as the stage `name`; yields what to call with (done, total).

        Blocks of one name are one stage: they share a bar, and their times are added up.
        """
        begun = time.perf_counter()
        if self._bars and name not in self._tasks:
            self._tasks[name] = self._bars.add_task(name, total=1)
        task = self._tasks.get(name)
        self._note(name, 0, 1)

        def advance(done: int, total: int) -> None:
            self._note(name, done, total)
            if self._bars and task is not None:
                self._bars.update(task, completed=done, total=total)

        yield advance
        stop_if_asked()
        seconds = time.perf_counter() - begun
        _log.info("%s: %.2f s", name, seconds)
        self.timings[name] = round(self.timings.get(name, 0.0) + seconds, 3)
        self._note(name, 1, 1, self.timings[name])
        if self._bars and task is not None:
            self._bars.update(task, completed=1, total=1)


def silent() -> Stages:
    """Return stages that only keep time."""
    return Stages()


@contextmanager
def shown(console: Console, *, quiet: bool = False) -> Iterator[Stages]:
    """Show a bar for each stage on the terminal while the block runs."""
    note = noting()
    if quiet:
        yield Stages(note=note)
        return
    columns = (
        TextColumn("{task.description:<12}", markup=False),
        BarColumn(bar_width=32),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeElapsedColumn(),
    )
    with ProgressBars(*columns, console=console, disable=not console.is_terminal) as bars:
        yield Stages(bars, say_aside, note)


def noting() -> Note | None:
    """Return what writes the steps of stages to the file named in `NOTES`; None without one."""
    path = os.environ.get(NOTES)
    if not path:
        return None
    written: dict[str, float] = {}

    def note(name: str, done: int, total: int, seconds: float | None = None) -> None:
        now = time.monotonic()
        if seconds is None and now - written.get(name, -_EVERY_S) < _EVERY_S:
            return
        written[name] = now
        line = json.dumps({"name": name, "done": done, "total": total, "seconds": seconds})
        with suppress(OSError), open(path, "a", encoding="utf-8") as file:  # noqa: PTH123 - ours
            file.write(line + "\n")

    return note


def _no_note(name: str, done: int, total: int, seconds: float | None = None) -> None:
    """Hear nothing."""
