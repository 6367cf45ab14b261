"""The command line, as a user runs it or in this process, for tests that look from outside."""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path
from unittest import mock

from siting.commands.cli import app
from siting.commands.endings import ended

SITING = Path(sys.executable).with_name("siting")
WIDTH = 200


def environment(width: int = WIDTH) -> dict[str, str]:
    """Return the environment of a run: plain output in lines of `width` characters."""
    return {**os.environ, "COLUMNS": str(width), "NO_COLOR": "1", "TERM": "dumb"}


def run(
    folder: Path, *words: object, code: int = 0, width: int = WIDTH
) -> subprocess.CompletedProcess[str]:
    """Run `siting` with `words` in a folder; it must end with `code` and without a traceback."""
    done = subprocess.run(
        [SITING, *map(str, words)],
        cwd=folder,
        env=environment(width),
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    return _as_expected(done, code)


def called(
    folder: Path, *words: object, code: int = 0, width: int = WIDTH
) -> subprocess.CompletedProcess[str]:
    """Do as `run` in this process: the same door, without the seconds that a new one takes."""
    line = ["siting", *map(str, words)]
    command = partial(app, line[1:], prog_name=line[0], standalone_mode=False)
    with (
        contextlib.chdir(folder),
        mock.patch.dict(os.environ, environment(width)),
        contextlib.redirect_stdout(io.StringIO()) as out,
        contextlib.redirect_stderr(io.StringIO()) as err,
    ):
        left = ended(command)
    done = subprocess.CompletedProcess(line, left, out.getvalue(), err.getvalue())
    return _as_expected(done, code)


def _as_expected(
    done: subprocess.CompletedProcess[str], code: int
) -> subprocess.CompletedProcess[str]:
    said = done.stdout + done.stderr
    assert "Traceback" not in said, said
    assert done.returncode == code, said
    return done


def hear_ctrl_c() -> None:
    """Let a new process hear Ctrl-C: a runner in the background hands its deafness down."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def contents(folder: Path) -> dict[str, str]:
    """Return the digest of every file below a folder, by its path."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
