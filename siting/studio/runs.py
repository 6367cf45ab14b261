"""Commands at work: each in a process of its own, recorded on disk, so that it outlives the studio.

A run is a folder with `run.json` (what was asked), `stages` (a line of JSON a step), `stdout`,
`stderr` and, once the command has ended, its exit `code`. Whoever opens the studio again reads the
same.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from geodata.errors import Fault, SitingError
from geodata.language import ngettext, tr
from siting.studio.folder import Folder, write_whole
from siting.support.drafts import remove
from siting.support.progress import NOTES

COMMANDS = ("plan", "compare", "sweep", "portfolio")
MOST_AT_ONCE = 2
_MOST_KEPT = 50  # runs
_GRACE_S = 0.6  # from Ctrl-C to the end of the process
_MOST_TEXT = 20_000_000  # characters of an answer in JSON
# The shell writes the exit code once the command has ended, also where nobody waits for it.
_WRAPPED = ("/bin/sh", "-c", '"$@"; echo $? > "$0.new"; mv "$0.new" "$0"')


@dataclass(frozen=True)
class Asked:
    """What a run was asked for.

    Attributes
    ----------
    command : str
        One of `COMMANDS`.
    study, other, grid : str
        Files of the folder; "" for none.
    options : tuple of str
        Further options of the command.
    folder : str
        Where the results go, below the studio's folder; "" for none.
    """

    command: str
    study: str
    other: str = ""
    grid: str = ""
    options: tuple[str, ...] = ()
    folder: str = ""

    @property
    def arguments(self) -> list[str]:
        """The command line after `siting`."""
        named = [name for name in (self.study, self.other) if name]
        grid = ["--grid", self.grid] if self.grid else []
        out = ["-o", self.folder] if self.folder else []
        return [self.command, *named, *grid, *out, *self.options, "--json"]


@dataclass(frozen=True)
class Run:
    """A run as it stands.

    Attributes
    ----------
    id : str
        Sorts by time.
    asked : Asked
    started : str
        Time (ISO 8601, UTC).
    state : str
        running, done, failed, cancelled, or lost (its process was killed).
    seconds : float
        Since it started, until it ended.
    stages : list of dict
        name, done, total, seconds (None while it runs), in order.
    faults : list of str
        What the command printed as it failed.
    summary : dict or None
        What it printed as JSON.
    """

    id: str
    asked: Asked
    started: str
    state: str
    seconds: float
    stages: list[dict[str, Any]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    summary: dict[str, Any] | None = None


def start(folder: Folder, asked: Asked) -> Run:
    """Start a command in the folder, and return its run.

    Raises
    ------
    SitingError
        When the folder is read-only, or as many run as may.
    """
    folder.check_writable()
    known = every(folder)
    _forget_oldest(folder, known)
    busy = [run for run in known if run.state == "running"]
    if len(busy) >= MOST_AT_ONCE:
        n = len(busy)
        what = ngettext("{n} run is at work already", "{n} runs are at work already", n, n=n)
        raise SitingError(Fault("studio", what, tr("wait for one, or cancel it")))
    if any(run.asked.folder and run.asked.folder == asked.folder for run in busy):
        what = tr("a run is at work that writes to {folder}", folder=asked.folder)
        raise SitingError(Fault("studio", what, tr("wait for it, or cancel it")))
    now = dt.datetime.now(dt.UTC)
    place = _runs(folder) / f"{now:%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"
    place.mkdir(parents=True)
    command = [*_WRAPPED, str(place / "code"), sys.executable, "-m", "siting", *asked.arguments]
    with (place / "stdout").open("wb") as out, (place / "stderr").open("wb") as aside:
        process = subprocess.Popen(  # noqa: S603 - our own command; names of files are no options
            command,
            cwd=folder.root,
            env={**os.environ, NOTES: str(place / "stages"), "COLUMNS": "200", "NO_COLOR": "1"},
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=aside,
            start_new_session=True,
        )
    record = {
        "asked": asdict(asked),
        "started": now.isoformat(timespec="seconds"),
        "process": process.pid,
        "born": _born(process.pid),
    }
    write_whole(place / "run.json", json.dumps(record).encode())
    _reap(process)
    return read(folder, place.name)


def read(folder: Folder, wanted: str, *, whole: bool = True) -> Run:
    """Return a run as it stands; unless `whole`, without what it printed as JSON.

    Raises
    ------
    SitingError
        When there is none of that id.
    """
    place = _runs(folder) / Path(wanted).name
    try:
        record = json.loads((place / "run.json").read_text(encoding="utf-8"))
        asked = Asked(**{**record["asked"], "options": tuple(record["asked"]["options"])})
        started = dt.datetime.fromisoformat(record["started"])
    except (OSError, ValueError, KeyError, TypeError):
        what, hint = tr("there is no such run"), tr("reload the page")
        raise SitingError(Fault("studio", what, hint, value=wanted)) from None
    state, ended = _state(place, record)
    until = ended or dt.datetime.now(dt.UTC).timestamp()
    return Run(
        id=place.name,
        asked=asked,
        started=record["started"],
        state=state,
        seconds=round(max(0.0, until - started.timestamp()), 1),
        stages=_stages(place),
        faults=_faults(place) if state in ("failed", "lost") else [],
        summary=_summary(place) if whole and state == "done" else None,
    )


def every(folder: Folder) -> list[Run]:
    """Return the runs of the folder, the newest first, without what they printed as JSON."""
    kept = sorted(_runs(folder).glob("*/run.json"), reverse=True)
    return [read(folder, path.parent.name, whole=False) for path in kept]


def _forget_oldest(folder: Folder, runs: list[Run]) -> None:
    """Remove all but the newest runs; what they wrote as results stays."""
    for run in runs[_MOST_KEPT:]:
        if run.state != "running":
            remove(_runs(folder) / run.id)


def cancel(folder: Folder, wanted: str) -> Run:
    """End a run: as Ctrl-C would, and by force where it takes more than a moment.

    Results of an earlier run stay as they were.
    """
    folder.check_writable()
    place = _runs(folder) / Path(wanted).name
    if read(folder, wanted).state == "running":
        (place / "cancelled").touch()
        group = json.loads((place / "run.json").read_text(encoding="utf-8"))["process"]
        with suppress(ProcessLookupError):
            os.killpg(group, signal.SIGINT)
            _until_gone(group, time.monotonic() + _GRACE_S)
            os.killpg(group, signal.SIGKILL)
    return read(folder, wanted)


def _until_gone(group: int, latest: float) -> None:
    """Wait for a group of processes; ProcessLookupError once it is gone."""
    while time.monotonic() < latest:
        os.killpg(group, 0)
        time.sleep(0.02)


def _state(place: Path, record: dict[str, Any]) -> tuple[str, float | None]:
    """Return the state of a run and when it ended (s since 1970)."""
    code = place / "code"
    if (place / "cancelled").exists():
        return "cancelled", (place / "cancelled").stat().st_mtime
    if code.is_file():
        done = code.read_text(encoding="ascii").strip() == "0"
        return ("done" if done else "failed"), code.stat().st_mtime
    if _born(record["process"]) == record["born"]:
        return "running", None
    return "lost", max(path.stat().st_mtime for path in place.iterdir())


def _born(process: int) -> str:
    """Return when a process started, as the kernel counts; "" where it is gone or a zombie."""
    try:
        words = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    except OSError:
        return ""
    return "" if words[0] == "Z" else words[19]


def _stages(place: Path) -> list[dict[str, Any]]:
    """Return how far each stage is, in the order in which they began."""
    stages: dict[str, dict[str, Any]] = {}
    for line in _lines(place / "stages"):
        with suppress(ValueError, KeyError, TypeError):
            step = json.loads(line)
            stages[step["name"]] = step
    return list(stages.values())


def _faults(place: Path) -> list[str]:
    return [line for line in _lines(place / "stderr") if line.strip()][-50:]


def _summary(place: Path) -> dict[str, Any] | None:
    text = (place / "stdout").read_text(encoding="utf-8", errors="replace")[:_MOST_TEXT]
    try:
        answer = json.loads(text)
    except ValueError:
        return None
    return answer if isinstance(answer, dict) else None


def _lines(path: Path) -> Iterator[str]:
    with suppress(OSError):
        yield from path.read_text(encoding="utf-8", errors="replace").splitlines()


def _runs(folder: Folder) -> Path:
    return folder.own / "runs"


def _reap(process: subprocess.Popen[bytes]) -> None:
    """Let a process that ends leave no zombie behind."""
    import threading

    threading.Thread(target=process.wait, daemon=True).start()
