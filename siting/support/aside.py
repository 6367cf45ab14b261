"""Two pieces of work at once: one here, one in a copy of this process that holds what this holds.

Pages are made of Python objects, which threads cannot share out over cores; and a plan is too much
to send. A forked process has it at hand and sends back only what it made.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from siting.support.orphans import end_with_parent, killed

A = TypeVar("A")
B = TypeVar("B")
CAN_FORK = sys.platform == "linux"  # elsewhere libraries of the system do not stand being copied


def side_by_side(here: Callable[[], A], there: Callable[[], B]) -> tuple[A, B]:
    """Run two functions at once and return what both return.

    Parameters
    ----------
    here : callable
        Runs in this process.
    there : callable
        Runs in a copy of it: what it changes is lost, what it returns or raises is pickled. With
        one core, or where a process cannot be copied, it runs here, after the other.

    Raises
    ------
    Exception
        What either raises.
    SitingError
        When the copy was killed.
    """
    if not CAN_FORK or len(os.sched_getaffinity(0)) == 1:
        return here(), there()
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    gc.freeze()  # the collector would touch, and so copy, every page of the memory both share
    copy = context.Process(target=_tell, args=(there, sender), daemon=True)
    copy.start()
    gc.unfreeze()
    sender.close()
    try:
        mine = here()
        theirs, error = _heard(receiver)
    finally:
        copy.terminate()
        copy.join()
    if error is not None:
        raise error
    return mine, theirs


def _tell(work: Callable[[], Any], sender: Connection) -> None:
    """Send what the work returns and None, or None and what it raises."""
    told: tuple[Any, BaseException | None]
    end_with_parent()
    try:
        told = work(), None
    except BaseException as error:  # noqa: BLE001 - whatever it is, it is raised over there
        error.add_note("".join(traceback.format_exception(error)))  # a traceback stays behind
        told = None, error
    with suppress(BrokenPipeError):  # killed over there: nobody is left to be told
        sender.send(told)


def _heard(receiver: Connection) -> tuple[Any, BaseException | None]:
    try:
        found: tuple[Any, BaseException | None] = receiver.recv()
    except EOFError:
        found = None, killed()
    return found
