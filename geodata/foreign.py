"""Foreign files in binary formats, parsed in a process of their own (`geodata.foreign_child`).

A file may be made to crash, fill or hold up whoever parses it. What comes back is an Arrow table of
plain columns, or one fault.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa

import geodata
from geodata.csvtext import refuse
from geodata.errors import Fault, SitingError, shorten
from geodata.foreign_child import REFUSED

MEMORY = 4 << 30  # bytes of address space
SECONDS = 50  # of work and of waiting
_SIGN = re.compile(r"[^\w./\\: -]")
_ENVIRONMENT = {
    "ARROW_DEFAULT_MEMORY_POOL": "system",  # others reserve more than they need
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "http_proxy": "http://127.0.0.1:9",  # nobody answers there, where the network cannot be cut
    "https_proxy": "http://127.0.0.1:9",
}


def table(path: Path, kind: str, limits: Mapping[str, object]) -> pa.Table:
    """Read a foreign file.

    Parameters
    ----------
    path : Path
    kind : str
        A key of `geodata.foreign_readers.READERS`.
    limits : mapping
        max_rows, max_columns, max_unpacked (bytes), and crs_hint: what to do with an unknown
        coordinate reference system; of a workbook also its sheet.

    Returns
    -------
    pyarrow.Table
        Columns of int64, float64, timestamp or text; where the schema's metadata name a ``shape``,
        that one is WKB in the ``crs`` of the metadata, if there is one.

    Raises
    ------
    SitingError
        With one fault: unreadable, not what its kind says, beyond a limit of rows, size, memory or
        time.
    """
    with _plainly_named(path.resolve()) as file:
        request = {"path": str(file), "kind": kind, "memory": MEMORY, "seconds": SECONDS}
        done = _run(path.name, json.dumps({**request, **limits}).encode())
    if done.returncode == 0:
        return pa.ipc.open_stream(done.stdout).read_all()
    if done.returncode == REFUSED:
        fault = json.loads(done.stdout)
        raise SitingError(Fault(path.name, **{**fault, "what": shorten(fault["what"], 200)}))
    how = f"signal {-done.returncode}" if done.returncode < 0 else f"exit code {done.returncode}"
    what = f"the reader of {kind} broke down on it ({how}): damaged, or made to do so"
    raise SitingError(Fault(path.name, what, "save it again with another program"))


@contextmanager
def _plainly_named(path: Path) -> Iterator[Path]:
    """Give the path of a file in which no driver finds a sign that means something to it."""
    if not _SIGN.search(str(path)):
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="siting-read-") as folder:
        for file in path.parent.iterdir():
            if file.stem == path.stem:
                Path(folder, f"layer{file.suffix}").symlink_to(file)
        yield Path(folder, f"layer{path.suffix}")


def _run(name: str, request: bytes) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(
            [sys.executable, "-P", "-m", "geodata.foreign_child"],
            input=request, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=_environment(),
            timeout=SECONDS, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        refuse(name, f"takes more than {SECONDS} s to read", "split or thin it")


def _environment() -> dict[str, str]:
    root = str(Path(geodata.__file__).parents[1])
    inherited = os.environ.get("PYTHONPATH")
    return {
        **os.environ,
        **_ENVIRONMENT,
        "PYTHONPATH": os.pathsep.join(filter(None, (root, inherited))),
    }
