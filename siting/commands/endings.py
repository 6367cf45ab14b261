"""How a command ends: an exit code, and a line for whoever waits, whatever was raised."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeAlias

import typer

from geodata.errors import Fault, SitingError, shorten
from siting.support.console import EXIT_FAULT, print_faults, say_aside

DONE = 0
BROKEN = 70  # EX_SOFTWARE of sysexits.h: a fault of ours
INTERRUPTED = 130  # 128 + SIGINT, as a shell counts
SHOWN = 20  # characters before and after one that is none
USAGE = typer.BadParameter.mro()[2]  # ClickException, which Typer does not export


def ended(command: Callable[[], object]) -> int:
    """Run a command, say how it ended, and return the exit code.

    Parameters
    ----------
    command : callable
        Returns None or an exit code, or leaves by an exception.

    Returns
    -------
    int
        0 done, and where nobody reads on (``| head``); 2 bad input, a line a fault;
        70 a fault of the planner, its traceback in a file; 130 interrupted.
    """
    try:
        code = _ended(command)
    except OSError:  # not even the terminal can be written to
        code = EXIT_FAULT
    _let_go()
    return code


def _ended(command: Callable[[], object]) -> int:
    try:
        code = command()
        with suppress(AttributeError):  # closed
            sys.stdout.flush()
    except BaseException as error:  # noqa: BLE001 - the last net
        return next(end(error) for kinds, end in _ENDINGS if isinstance(error, kinds))
    return _coded(code)


def _coded(code: object) -> int:
    """Return an exit code; Typer turns Ctrl-C into one without a word."""
    if code == INTERRUPTED:
        return _interrupted()
    return code if isinstance(code, int) else DONE


def _let_go() -> None:
    """Hand over what is still to be printed, or drop it: the interpreter would complain."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except AttributeError:
            continue
        except OSError:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream.fileno())
            os.close(nowhere)


def _left(error: SystemExit) -> int:
    if isinstance(error.__context__, BrokenPipeError):  # Typer's own ending
        return DONE
    return _coded(error.code)


def _read_no_further(_error: BrokenPipeError) -> int:
    return DONE


def _interrupted(_error: BaseException | None = None) -> int:
    say_aside("Interrupted; nothing was changed.")
    return INTERRUPTED


def _at_fault(error: SitingError) -> int:
    print_faults(error)
    return EXIT_FAULT


def _fault(where: str, what: str, hint: str) -> int:
    return _at_fault(SitingError(Fault(where, what, hint)))


def _misused(error: Any) -> int:
    """Report a wrong option or argument as any other fault."""
    if type(error).__name__ == "NoArgsIsHelpError":
        error.show()
        return EXIT_FAULT
    command = error.ctx.command_path if getattr(error, "ctx", None) else "siting"
    what = error.format_message().rstrip(".")
    return _fault(command, what[:1].lower() + what[1:], f"see {command} --help")


def _without_memory(error: MemoryError) -> int:
    traceback.clear_frames(error.__traceback__)  # they hold what filled it
    what = f"there is not enough memory{str(error) and f' ({error})'}"
    hint = "ask for fewer candidates, coarser hexagons or fewer draws, or give it more memory"
    return _fault("siting", what, hint)


def _too_deep(error: RecursionError) -> int:
    hint = f"make it flatter; where it got lost is in {_kept(error)}"
    return _fault("siting", "an input is nested too deeply", hint)


def _no_file(error: OSError) -> int:
    """Report a file that the user named; our own are always there."""
    what = (error.strerror or str(error)).lower()
    hint = "check the path, its rights and the room on the disk"
    return _fault(str(error.filename or "file"), what, hint)


def _no_text(error: UnicodeEncodeError) -> int:
    """Report the name of a file that is no text: bytes of it came in as halves of surrogates."""
    wrong = error.object[error.start]
    if not "\ud800" <= wrong <= "\udfff":
        return _broken(error)
    name = error.object[max(0, error.start - SHOWN) : error.start + SHOWN]
    what = f"a name of a file or folder is not UTF-8 ({shorten(name)})"
    return _fault("siting", what, "give it a name in letters that this system can read")


def _broken(error: BaseException) -> int:
    what = f"a fault of the planner, not of yours: {type(error).__name__}: {shorten(error, 200)}"
    _fault("siting", what, f"please report it with {_kept(error)}")
    return BROKEN


def _kept(error: BaseException) -> str:
    """Keep the traceback and say where."""
    from siting.support.crash import keep

    return str(keep(error) or "the command (no file could be written)")


Kinds: TypeAlias = type[BaseException] | tuple[type[BaseException], ...]
# The first that fits is taken: a broken pipe is an OSError too.
_ENDINGS: tuple[tuple[Kinds, Callable[[Any], int]], ...] = (
    (SitingError, _at_fault),
    (SystemExit, _left),
    ((KeyboardInterrupt, typer.Abort), _interrupted),
    (USAGE, _misused),
    (BrokenPipeError, _read_no_further),
    (OSError, _no_file),
    (UnicodeEncodeError, _no_text),
    (MemoryError, _without_memory),
    (RecursionError, _too_deep),
    (BaseException, _broken),
)
