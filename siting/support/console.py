"""The one terminal that the command line prints to, and how it fails."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import NoReturn, ParamSpec, TypeVar

from rich.console import Console
from rich.text import Text

from geodata.errors import SitingError

EXIT_FAULT = 2

console = Console(highlight=False)
_errors = Console(stderr=True, highlight=False, soft_wrap=True)

P = ParamSpec("P")
R = TypeVar("R")


def fail(error: SitingError) -> NoReturn:
    """Print every fault to standard error, one a line, and leave with exit code 2.

    It leaves by `SystemExit`, which ends a command inside Typer and outside of it alike.
    """
    for fault in error.faults:
        _errors.print(Text.assemble(("error: ", "bold red"), str(fault)))
    raise SystemExit(EXIT_FAULT) from None


def failing_well(command: Callable[P, R]) -> Callable[P, R]:
    """Wrap a command so that what a user can mend is printed without a traceback."""

    @functools.wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except SitingError as error:
            fail(error)

    return wrapped
