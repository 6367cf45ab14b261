"""`make mutants`: do the tests notice when a kernel is changed? One small change at a time.

mutmut writes the mutants (an operator, a number, an argument, a text) and runs the quick tests of
the kernel on each in a forked process. What survives is compared with `mutants.csv`, which says of
each known survivor why no test kills it; one that does not stand there is listed, and the run
fails. Only what is in functions is mutated, without a decorator: neither constants nor properties.
"""

from __future__ import annotations

import csv
import json
import os
import random
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

from mutmut.__main__ import _run
from mutmut.configuration import config
from mutmut.mutation.data import SourceFileMutationData
from mutmut.mutation.diff_apply import get_diff_for_mutant
from mutmut.mutation.file_mutation import mutate_file_contents
from mutmut.stats import status_by_exit_code
from mutmut.utils.format_utils import get_mutant_name, orig_function_and_class_names_from_key

from benchmarks.kernels import KERNELS, Kernel

SEED = 20261130
# mutants of a kernel that are run: of more, a sample that is the same on every machine
MOST = int(os.environ.get("SITING_MUTANTS", "100"))
LEAST_SCORE = 0.85
EXPLAINED = Path(__file__).with_suffix(".csv")
COPY = Path("mutants")  # where mutmut keeps the mutated copy and its results


@dataclass(frozen=True)
class Change:
    """One mutation: lines of a function before and after."""

    module: str
    function: str
    before: str
    after: str


def main(arguments: Sequence[str]) -> int:
    """Run the kernels named, or all; with --again only what survived last time."""
    again = "--again" in arguments
    names = [name for name in arguments if name in KERNELS] or list(KERNELS)
    if "--one" in arguments:
        return one(names[0], again=again)
    for name in names:
        # a process each: a module once imported stays as its mutants left it
        options = ["--one", name, *(["--again"] if again else [])]
        subprocess.run([sys.executable, "-m", "benchmarks.mutants", *options], check=True)
    return report(names)


def mutants_of(kernel: Kernel) -> dict[str, str]:
    """Return every mutant of a kernel, each with its module."""
    return {
        get_mutant_name(Path(module), name): module
        for module in kernel.modules
        for name in mutate_file_contents(module, Path(module).read_text("utf-8")).mutant_names
    }


def one(kernel: str, *, again: bool) -> int:
    """Run the mutants of one kernel and keep what became of them."""
    of, kept = KERNELS[kernel], COPY / f"{kernel}.json"
    every = mutants_of(of)
    some = sorted(every)
    if len(some) > MOST:
        some = sorted(random.Random(SEED).sample(some, MOST))  # noqa: S311 - no secret
    alive = outcomes(of, some)
    wanted = [name for name in some if not again or alive[name]]
    set_up = config()
    set_up.only_mutate = list(of.modules)
    set_up.pytest_add_cli_args_test_selection = list(of.tests)
    # what the run of another kernel left looks younger than it is
    for module in (name for each in KERNELS.values() for name in each.modules):
        (COPY / module).unlink(missing_ok=True)
    (COPY / "mutmut-stats.json").unlink(missing_ok=True)
    _run(wanted or some[:1], 1)
    alive = outcomes(of, some)
    survivors = [vars(change(every[name], name)) for name in some if alive[name]]
    counts = {"mutants": len(every), "run": len(some), "survivors": survivors}
    kept.write_text(json.dumps(counts, indent=1), "utf-8")
    return 0


def outcomes(kernel: Kernel, names: Sequence[str]) -> dict[str, bool]:
    """Return whether each mutant is alive: not killed by a failure, a crash or a time limit."""
    codes: dict[str, int | None] = {}
    for module in kernel.modules:
        data = SourceFileMutationData(path=module)
        data.load()
        codes |= data.exit_code_by_key
    dead = {"killed", "timeout", "segfault"}
    return {name: status_by_exit_code[codes.get(name)] not in dead for name in names}


def change(module: str, mutant: str) -> Change:
    """Return what a mutant changes."""
    lines = get_diff_for_mutant(mutant, path=module).splitlines()[2:]
    function, owner = orig_function_and_class_names_from_key(mutant)
    before, after = (
        " ".join(line[1:].strip() for line in lines if line[:1] == sign) for sign in "-+"
    )
    return Change(module, f"{owner}.{function}" if owner else function, before, after)


def explained() -> dict[Change, str]:
    """Return the known survivors, each with the reason why no test kills it."""
    if not EXPLAINED.is_file():
        return {}
    with EXPLAINED.open(encoding="utf-8", newline="") as lines:
        return {Change(*row[:4]): row[4] for row in list(csv.reader(lines))[1:]}


def report(names: Sequence[str]) -> int:
    """Print the table and the survivors that nobody has explained; 1 where there are any."""
    known, new, low = explained(), [], False
    print(f"{'kernel':15}{'mutants':>9}{'run':>6}{'killed':>8}{'survived':>10}"
          f"{'explained':>11}{'score':>8}")  # fmt: skip
    for name in names:
        counts = json.loads((COPY / f"{name}.json").read_text("utf-8"))
        alive = [Change(**survivor) for survivor in counts["survivors"]]
        new += [each for each in alive if each not in known]
        killed = counts["run"] - len(alive)
        low |= killed / counts["run"] < LEAST_SCORE
        reasons = sum(each in known for each in alive)
        print(f"{name:15}{counts['mutants']:>9}{counts['run']:>6}{killed:>8}"
              f"{len(alive):>10}{reasons:>11}{killed / counts['run']:>8.1%}")  # fmt: skip
    if new:
        print(f"\nSurvivors without an explanation in {EXPLAINED.name}:")
        csv.writer(sys.stdout, lineterminator="\n").writerows(astuple(each) for each in new)
    return int(bool(new) or low)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
