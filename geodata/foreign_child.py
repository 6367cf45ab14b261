"""The process in which a foreign file is parsed: little memory, little time, no network.

Started by `geodata.foreign`; it reads its request from standard input and answers on standard
output with an Arrow stream (exit code 0) or with the fault as JSON (exit code 2). It imports
neither pandas nor geopandas where it need not: a file should not wait for them.
"""

from __future__ import annotations

import ctypes
import json
import os
import sys
from contextlib import suppress
from typing import Any, NoReturn

REFUSED = 2  # exit code
_NEW_USER, _NEW_NET = 0x10000000, 0x40000000  # of unshare(2)
_DEATH_SIGNAL, _KILL = 1, 9  # of prctl(2)


def main() -> None:
    """Read the file that standard input names."""
    out = os.dup(1)
    os.dup2(2, 1)  # drivers may print; that is no answer
    request: dict[str, Any] = json.load(sys.stdin)
    _confine(request["memory"], request["seconds"])

    import pyarrow as pa  # noqa: PLC0415 - threads start here: nothing may run before

    from geodata import foreign_readers  # noqa: PLC0415 - after the limits are set
    from geodata.foreign_refusal import Refused  # noqa: PLC0415 - likewise

    try:
        table = foreign_readers.read(request)
        with os.fdopen(out, "wb") as answer, pa.ipc.new_stream(answer, table.schema) as stream:
            stream.write_table(table)
    except Refused as error:
        _refuse(out, **error.fault)
    except MemoryError:
        what = f"needs more than {request['memory'] / 1e9:.0f} GB of memory to read"
        _refuse(out, what, "split or thin it")
    except Exception as error:  # noqa: BLE001 - whatever a driver says of a file is a fault of it
        _refuse(out, **foreign_readers.in_plain_words(request["kind"], error).fault)


def _refuse(out: int, what: str, hint: str, **place: Any) -> NoReturn:
    """Answer with the fault, whatever else the process would do on its way out."""
    os.write(out, json.dumps({"what": what[:2000], "hint": hint, **place}).encode())
    os._exit(REFUSED)


def _confine(memory: int, seconds: int) -> None:
    """Take from this process what a reader does not need, as far as the system can."""
    with suppress(ImportError):  # not a POSIX system
        import resource  # noqa: PLC0415 - Windows has none

        for kind, most in (
            (resource.RLIMIT_AS, memory),
            (resource.RLIMIT_CPU, seconds),
            (resource.RLIMIT_CORE, 0),
            (resource.RLIMIT_FSIZE, 0),  # a pipe is no file
        ):
            with suppress(ValueError, OSError):  # a lower limit is set already
                resource.setrlimit(kind, (most, most))
    if sys.platform == "linux":
        system = ctypes.CDLL(None, use_errno=True)
        system.prctl(_DEATH_SIGNAL, _KILL)
        # As root a network of its own is enough; others need a user space of their own for it.
        if system.unshare(_NEW_NET) != 0:
            system.unshare(_NEW_USER | _NEW_NET)


if __name__ == "__main__":
    main()
