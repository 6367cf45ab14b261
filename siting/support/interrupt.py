"""Ctrl-C that no library can swallow.

NumPy and pandas clear whatever is raised while they compare types, KeyboardInterrupt too; so the
wish to stop is also remembered, and heard again at the end of each stage.
"""

from __future__ import annotations

import signal
import threading
from types import FrameType

_asked = threading.Event()


def listen() -> None:
    """Remember Ctrl-C from here on; a process that ignores it by request stays so."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _stop)


def stop_if_asked() -> None:
    """Raise the KeyboardInterrupt that was swallowed, if there was one."""
    if _asked.is_set():
        _asked.clear()
        raise KeyboardInterrupt


def answered() -> None:
    """Take Ctrl-C as answered: whoever heard it ends early, with what there is by then."""
    _asked.clear()


def _stop(_number: int, _frame: FrameType | None) -> None:
    _asked.set()
    raise KeyboardInterrupt
