"""The campaign: `python -m tests.fuzz --inputs 10000 --cli 500 --seed 1`."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import warnings
from functools import partial
from pathlib import Path

# Before anything is loaded: copies of a process with threads are in doubt, colours are no text.
os.environ |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "NO_COLOR": "1", "TERM": "dumb",
               "ARROW_DEFAULT_MEMORY_POOL": "system"}  # fmt: skip
BUILD = Path("build/fuzz")


def main() -> int:
    """Run what is asked for; 1 where something failed."""
    asked = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    asked.add_argument("--inputs", type=int, default=300, help="read by the doors")
    asked.add_argument("--cli", type=int, default=0, help="given to the command line")
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--record", type=Path, default=BUILD / "campaign.json")
    asked.add_argument("--only", metavar="KIND:NUMBER", help="one input again, and what was said")
    asked.add_argument("--page", action="store_true", help="make docs/reliability.md of it")
    given = asked.parse_args()

    warnings.simplefilter("ignore")  # of the libraries that write hostile files
    from . import campaign, corpus, oracle, page, warm  # noqa: PLC0415 - after the environment

    warm.up()
    if given.only:
        return _one(given.only, given.seed)
    oracle.read_foreign_files_in_copies()
    failed = corpus.failures()
    for line in failed:
        print(f"FAILED corpus: {line}")
    run = campaign.Campaign(given.seed, given.record)
    signal.signal(signal.SIGINT, signal.default_int_handler)  # also where a shell has it ignored
    campaign.until_stopped([partial(run.read, given.inputs), partial(run.command, given.cli)])
    run.write()
    if given.page:
        page.keep(given.record)
    for one in run.failures:
        print(f"FAILED {one['kind']} {one['number']} {one['harms']}: {one['said']}")
    return 1 if failed or run.failures else 0


def _one(name: str, seed: int) -> int:
    """Read one input by the process that users have, and print how it ended."""
    from . import oracle  # noqa: PLC0415
    from .inputs import make  # noqa: PLC0415

    kind, _, number = name.rpartition(":")
    given = make(kind, seed, int(number))
    outcome = oracle.judged(given)
    print(
        given.door,
        list(given.files),
        given.harms,
        f"sound={given.sound} never={given.never} count={given.count}",
    )
    print(outcome.ended, *outcome.said, sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
