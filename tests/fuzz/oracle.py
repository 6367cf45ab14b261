"""How an input ended: read, refused with clear faults, or what must never be."""

from __future__ import annotations

import json
import os
import re
import resource
import subprocess
import tempfile
import traceback
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

from geodata import foreign, foreign_child
from geodata.controls import CONTROLS
from geodata.csvtext import refuse
from geodata.errors import Fault, SitingError

from . import doors, forked
from .inputs import Input

ACCEPTED, REFUSED, QUOTED, FAILED = "accepted", "refused", "in a parser's words", "failed"
_WHO = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
_UNFORESEEN = re.compile(r"not readable as \w+( \(|: )")  # the nets at the borders
_QUOTED = "damaged, or cut short: "
LONGEST = 1_500  # characters of a fault that a person reads


@dataclass(frozen=True)
class Outcome:
    """How an input ended, and what was said; the faults of the planner where it failed."""

    ended: str
    said: tuple[str, ...] = ()


def judged(given: Input) -> Outcome:
    """Read an input in a copy of this process, and judge how that ended."""
    return all_judged([given])[0]


def all_judged(many: Sequence[Input]) -> list[Outcome]:
    """Read inputs one after another in a copy of this process; in another after a breakdown."""
    outcomes: list[Outcome] = []
    while len(outcomes) < len(many):
        done = forked.run(partial(_read_each, many[len(outcomes) :]))
        told = [json.loads(line) for line in done.out.splitlines()]
        outcomes += [Outcome(one["ended"], tuple(one["said"])) for one in told]
        if len(outcomes) < len(many):
            said = lost(done) or f"ended early with code {done.code}"
            outcomes.append(Outcome(FAILED, (said, done.err.decode(errors="replace")[-600:])))
    return outcomes


def _read_each(many: Sequence[Input]) -> None:
    """Read inputs and print one line of JSON for each; what is cached goes with them."""
    with tempfile.TemporaryDirectory() as cache:
        os.environ["SITING_CACHE"] = cache
        for given in many:
            print(json.dumps(asdict(_read_one(given))), flush=True)


def _read_one(given: Input) -> Outcome:
    with tempfile.TemporaryDirectory() as folder:
        for name, content in given.files.items():
            Path(folder, name).write_bytes(content)
        try:
            outcome = _read(given, Path(folder, next(iter(given.files))))
        except Exception:  # noqa: BLE001 - what no reader may let through
            outcome = Outcome(FAILED, ("traceback", traceback.format_exc()[-900:]))
        left = sorted(one.name for one in Path(folder).iterdir())
    peak = max(resource.getrusage(who).ru_maxrss for who in _WHO) * 1024
    if peak > forked.MOST_BYTES:
        return Outcome(FAILED, (f"memory: {peak / 1e9:.1f} GB",))
    if left != sorted(given.files):
        return Outcome(FAILED, (f"other files are left: {left}",))
    return outcome


def lost(done: forked.Ended) -> str:
    """Return what no process may do: hang, fill the memory, die of a signal."""
    if done.late:
        return "hang"
    if done.peak_bytes > forked.MOST_BYTES:
        return f"memory: {done.peak_bytes / 1e9:.1f} GB"
    if done.code < 0:
        return f"signal {-done.code}"
    if b"Traceback (most recent call last)" in done.err:
        return "traceback"
    return ""


def _read(given: Input, path: Path) -> Outcome:
    try:
        wrong = doors.read(given, path)
    except SitingError as error:
        return _refused(given, error)
    return Outcome(FAILED, tuple(wrong)) if wrong else Outcome(ACCEPTED)


def _refused(given: Input, error: SitingError) -> Outcome:
    said = tuple(str(fault) for fault in error.faults[:3])
    if given.sound:
        return Outcome(FAILED, ("refused though nothing is wrong", *said))
    bad = unclear(error.faults)
    if bad:
        return Outcome(FAILED, (f"unclear fault: {bad}", *said))
    quoted = any(fault.what.startswith(_QUOTED) for fault in error.faults)
    return Outcome(QUOTED if quoted else REFUSED, said)


def unclear(faults: Sequence[Fault]) -> str:
    """Return why a person could do nothing with some faults, "" where each can be corrected."""
    for fault in faults:
        text = str(fault)
        if _UNFORESEEN.match(fault.what):
            return "a reader did not foresee it"
        if not fault.what.strip() or not fault.hint.strip():
            return "no cause or no hint"
        if CONTROLS.search(text):
            return "it steers the terminal"
        if len(text) > LONGEST:
            return f"{len(text):,} characters"
    return "" if faults else "no fault named"


def read_foreign_files_in_copies() -> None:
    """Let foreign files be parsed by the code of their process in a copy of this one.

    A process started anew takes half a second to load its libraries.
    """
    anew = foreign._run

    def copy(name: str, request: bytes) -> subprocess.CompletedProcess[bytes]:
        done = forked.run(foreign_child.main, request, foreign.SECONDS)
        if done.late:
            refuse(name, f"takes more than {foreign.SECONDS} s to read", "split or thin it")
        return subprocess.CompletedProcess([], done.code, done.out, done.err)

    foreign._run = copy
    assert anew is not copy
