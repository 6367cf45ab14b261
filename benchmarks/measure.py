"""One benchmark in a process of its own: the peak of memory is its own, and nothing is warm."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict

from benchmarks.comparison import Comparison, Result


def measured(name: str) -> Result:
    """Run a benchmark of this folder in a new process.

    Raises
    ------
    subprocess.CalledProcessError
        When it fails; what it says stands on the terminal.
    """
    command = [sys.executable, "-m", "benchmarks.measure", name]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    found = json.loads(done.stdout.splitlines()[-1])
    return Result(tuple(Comparison(**one) for one in found["compared"]), found["figures"])


def main(name: str) -> None:
    """Run one benchmark here and print its result as a line of JSON."""
    found = importlib.import_module(f"benchmarks.{name}").run()
    result = Result(figures=found) if isinstance(found, Mapping) else found
    print(json.dumps(asdict(result)))


if __name__ == "__main__":
    main(sys.argv[1])
