"""Thousands of inputs one after another, counted by kind and by how they ended."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import platform
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from . import commands, oracle
from .inputs import KINDS, Input, make
from .oracle import FAILED, Outcome

# Of each hundred inputs; what is read in seconds by everybody is tried most.
SHARES = {
    "CSV list": 14, "WKT in CSV, list": 8, "WKT in CSV, layer": 7, "GeoJSON list": 9, "GeoJSON layer": 8,
    "GeoPackage list": 4, "GeoPackage layer": 3, "Shapefile list": 4, "Shapefile layer": 3,
    "Parquet list": 4, "GeoParquet list": 3, "GeoParquet layer": 2, "table of one's own": 6,
    "study": 16, "grid of a sweep": 3, "judgements of weights": 4, "setting of the map": 2,
}  # fmt: skip
BATCH = 50  # inputs that one copy of the process reads
FRESH = 25  # command lines; one of so many runs in a process started anew
TOLD = 50  # inputs between two words on how it goes
SHOWN = 200  # failures that are kept


@dataclass
class Campaign:
    """What was tried and how it ended.

    Attributes
    ----------
    seed : int
    path : Path
        Where the record goes, every so often and at the end; failed inputs lie beside it.
    inputs, commands : dict of Counter
        Kind -> outcome -> count.
    failures : list of dict
    """

    seed: int
    path: Path
    inputs: dict[str, Counter[str]] = field(default_factory=dict)
    commands: dict[str, Counter[str]] = field(default_factory=dict)
    failures: list[dict[str, object]] = field(default_factory=list)
    begun: float = field(default_factory=time.monotonic)

    def read(self, count: int) -> None:
        """Read so many inputs by the doors."""
        nth = 0
        for part in _batches(_spread(count)):
            many = [make(kind, self.seed, number) for kind, number in part]
            outcomes = oracle.all_judged(many)
            for (kind, number), given, outcome in zip(part, many, outcomes, strict=True):
                self._note(self.inputs, kind, number, outcome, given)
                nth += 1
                self._tell(nth, count, kind)

    def command(self, count: int) -> None:
        """Give so many inputs to the command line; some to a process started anew."""
        for number in range(count):
            kind, given, outcome = commands.tried(self.seed, number, fresh=not number % FRESH)
            self._note(self.commands, kind, number, outcome, given)
            self._tell(number + 1, count, kind)

    def _note(
        self, table: dict[str, Counter[str]], kind: str, number: int, outcome: Outcome,
        given: Input | None,
    ) -> None:  # fmt: skip
        table.setdefault(kind, Counter())[outcome.ended] += 1
        if outcome.ended != FAILED:
            return
        said = [text[:600] for text in outcome.said]
        harms = list(given.harms) if given else []
        if len(self.failures) < SHOWN:
            self.failures.append({"kind": kind, "number": number, "harms": harms, "said": said})
        print(f"\nFAILED {kind} {number} {harms}: {said}", file=sys.stderr)
        if given:
            kept = self.path.parent / "failed" / f"{kind} {number}"
            kept.mkdir(parents=True, exist_ok=True)
            for name, content in given.files.items():
                (kept / name).write_bytes(content)

    def _tell(self, nth: int, count: int, kind: str) -> None:
        if nth % TOLD == 0 or nth == count:
            took = time.monotonic() - self.begun
            line = f"{nth:,} of {count:,} in {took:,.0f} s, {len(self.failures)} failed ({kind})"
            print(line, file=sys.stderr, flush=True)
            self.write()

    def write(self) -> None:
        """Write the record of what has been tried so far."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps(self.record(), indent=1, ensure_ascii=False)
        self.path.write_text(text + "\n", encoding="utf-8")

    def record(self) -> dict[str, object]:
        """Return what the page shows."""
        return {
            "seed": self.seed, "commit": commit(), "date": dt.datetime.now(dt.UTC).date().isoformat(),
            "python": platform.python_version(), "minutes": round((time.monotonic() - self.begun) / 60),
            "inputs": {kind: dict(self.inputs[kind]) for kind in KINDS if kind in self.inputs},
            "commands": {kind: dict(self.commands[kind]) for kind in sorted(self.commands)},
            "fresh_every": FRESH, "failures": self.failures,
        }  # fmt: skip


def _spread(count: int) -> Iterator[tuple[str, int]]:
    """Yield kind and number of so many inputs, the kinds in turn by their shares."""
    done: Counter[str] = Counter()
    for nth in range(1, count + 1):
        kind = max(KINDS, key=lambda one: SHARES[one] * nth / sum(SHARES.values()) - done[one])
        yield kind, done[kind]
        done[kind] += 1


def _batches(tasks: Iterator[tuple[str, int]]) -> Iterator[list[tuple[str, int]]]:
    while part := list(itertools.islice(tasks, BATCH)):
        yield part


def commit() -> str:
    """Return the commit that was tried."""
    asked = ["git", "describe", "--always", "--dirty", "--exclude=*"]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    return done.stdout.strip() or "unknown"


def until_stopped(steps: list[Callable[[], None]]) -> bool:
    """Run steps; False where Ctrl-C ended them early."""
    try:
        for step in steps:
            step()
    except KeyboardInterrupt:
        print("stopped: what there is, is written", file=sys.stderr)
        return False
    return True
