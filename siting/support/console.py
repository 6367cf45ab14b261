"""The one terminal that the command line prints to, and how it fails."""

from __future__ import annotations

import codecs
import functools
import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from typing import Any, NoReturn, ParamSpec, TypeVar

from rich.console import Console, ConsoleDimensions, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.text import Text

from geodata.controls import CONTROLS, cleaned
from geodata.errors import SitingError, shorten
from siting.support.text import in_ascii

EXIT_FAULT = 2
SCHEMA_VERSION = 1  # of --json: one more when a key goes or comes to mean something else
ENDLESS = 100_000  # characters of a line that no terminal breaks

P = ParamSpec("P")
R = TypeVar("R")


class Printer(Console):
    """A terminal that foreign text cannot steer, and that cuts nothing where there is none."""

    def __init__(self, **how: Any) -> None:
        super().__init__(highlight=False, markup=False, emoji=False, **how)

    @property
    def whole(self) -> bool:
        """Whether lines may be as long as they like: into a pipe or file, unless COLUMNS is set."""
        return not (self.is_terminal or self._width or "COLUMNS" in os.environ)

    @property  # type: ignore[misc]  # nobody sets it
    def size(self) -> ConsoleDimensions:
        """Characters of a line, and lines."""
        size = super().size
        return ConsoleDimensions(ENDLESS, size.height) if self.whole else size

    def fitted(self, text: object, limit: int) -> str:
        """Return text on one line, cut to `limit` characters where lines end."""
        return shorten(text, ENDLESS if self.whole else limit)

    def render(
        self, renderable: RenderableType, options: ConsoleOptions | None = None
    ) -> Iterable[Segment]:
        """Yield the pieces of what is printed, without what would steer the terminal."""
        for piece in super().render(renderable, options):
            if piece.control or piece.text.isprintable():
                yield piece
            else:
                yield Segment(cleaned(piece.text, "", lines=True), piece.style)

    def on_broken_pipe(self) -> None:
        """Leave it to `main`, which ends without a word."""
        raise  # noqa: PLE0704 - the BrokenPipeError that is being handled


console = Printer()
aside = Printer(stderr=True, soft_wrap=True)


def make_readable() -> None:
    """Let every terminal show every text: what its encoding has not, in the nearest letters."""
    codecs.register_error("nearest", _nearest)
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError):  # closed, or of another kind
            stream.reconfigure(errors="nearest")  # type: ignore[union-attr] # suppressed


def _nearest(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(in_ascii, error.object[error.start : error.end])), error.end


def answer(content: Mapping[str, object], default: Callable[[object], object] | None = None) -> str:
    """Return the JSON of what a command answers, with the version of its keys as the first one."""
    versioned = {"schema_version": SCHEMA_VERSION, **content}
    return json.dumps(versioned, ensure_ascii=False, indent=2, default=default)


def print_json(text: str) -> None:
    """Print JSON for programs; what steers a terminal, or is not in its encoding, as an escape.

    Outside of strings JSON holds none of either, so it says the same.
    """
    encoding = codecs.lookup(getattr(sys.stdout, "encoding", None) or "utf-8").name
    foreign = CONTROLS if encoding == "utf-8" else _NOT_ASCII
    _write(foreign.sub(lambda c: c[0] if c[0] == "\n" else json.dumps(c[0])[1:-1], text) + "\n")


def print_csv(text: str) -> None:
    """Print CSV for programs, without what steers a terminal."""
    _write(cleaned(text, lines=True))


def _write(text: str) -> None:
    if sys.stdout is not None:  # closed
        sys.stdout.write(text)


_NOT_ASCII = re.compile(rf"[^\x00-\x7f]|{CONTROLS.pattern}")


def say_aside(sentence: str) -> None:
    """Print a sentence to standard error, so that it is in no table or JSON."""
    aside.print(Text(sentence))


def print_faults(error: SitingError) -> None:
    """Print every fault to standard error, one a line."""
    for fault in error.faults:
        aside.print(Text.assemble(("error: ", "bold red"), str(fault)))


def fail(error: SitingError) -> NoReturn:
    """Print every fault to standard error, one a line, and leave with exit code 2.

    It leaves by `SystemExit`, which ends a command inside Typer and outside of it alike.
    """
    print_faults(error)
    raise SystemExit(EXIT_FAULT) from None


def failing_well(command: Callable[P, R]) -> Callable[P, R]:
    """Wrap a command so that what a user can correct is printed without a traceback."""

    @functools.wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except SitingError as error:
            fail(error)

    return wrapped
