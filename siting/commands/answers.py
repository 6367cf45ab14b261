"""Commands that only answer: asked the same again, they print what was kept."""

from __future__ import annotations

import functools
import logging
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from geodata.errors import SitingError
from siting.support import kept
from siting.support.console import console

_log = logging.getLogger(__name__)
STUDIES = ("study", "before", "after")
WRITES = ("out", "picture")  # a command with one of these writes a file


class _Copied:
    """Standard output that also remembers what went through it."""

    def __init__(self, stream: Any) -> None:
        self._stream, self.printed = stream, ""

    def write(self, text: str) -> int:
        self.printed += text
        return int(self._stream.write(text))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def answering(command: Callable[..., None]) -> Callable[..., None]:
    """Wrap a command so that its answer is kept, and printed again while nothing differs.

    What counts: the options, the study and the user's files it reads, code and data of the planner,
    libraries, and the width, colours and letters of the terminal.
    """

    @functools.wraps(command)
    def wrapped(**arguments: Any) -> None:
        if sys.stdout is None or any(arguments.get(name) for name in WRITES):
            command(**arguments)
            return
        key = _key(command, arguments)
        if (printed := kept.read(key)) is not None:
            _log.info("asked before: what was printed is printed again")
            sys.stdout.write(printed)
            return
        _ask(command, arguments, key)

    return wrapped


def _ask(command: Callable[..., None], arguments: dict[str, Any], key: str) -> None:
    """Run a command, and keep what it prints unless a file was changed meanwhile."""
    before, stream = _read_by(arguments), sys.stdout
    copied = _Copied(stream)
    sys.stdout = copied
    try:
        command(**arguments)
    finally:
        sys.stdout = stream
    if before is not None and (before, key) == (_read_by(arguments), _key(command, arguments)):
        kept.keep(key, copied.printed, *before)


def _key(command: Callable[..., None], arguments: dict[str, Any]) -> str:
    """Return the key of all that an answer depends on but for what the studies name."""
    shown = (console.width, console.whole, console.is_terminal, console.color_system,
             getattr(sys.stdout, "encoding", ""))  # fmt: skip
    question = {
        "command": command.__name__,
        "arguments": {name: str(value) for name, value in arguments.items()},
        "studies": [_text_of(arguments[name]) for name in STUDIES if name in arguments],
        "folder": str(Path.cwd()),
        "shown": [str(part) for part in shown],
    }
    return kept.key_of(question)


def _text_of(study: str) -> str:
    """Return what a study's file holds; "" of a preset, which is part of the code."""
    path = Path(study)
    try:
        return path.read_bytes().hex() if path.is_file() else ""
    except (OSError, ValueError):  # the command reports it
        return ""


def _read_by(arguments: dict[str, Any]) -> tuple[list[str], dict[str, str]] | None:
    """Return the user's files that the studies name, and hashes.

    None where one is at fault, and where a study reads a database: nobody knows what it holds.
    """
    from siting.results.inputs import own_files, reads_a_database
    from siting.study.studyfile import named

    try:
        studies = [named(arguments[name]) for name in STUDIES if name in arguments]
        if any(reads_a_database(one) for one in studies):
            return None
        files = {str(path.absolute()) for one in studies for path in own_files(one).values()}
        return sorted(files), kept.hashes(map(Path, files))
    except (SitingError, OSError, ValueError):
        return None
