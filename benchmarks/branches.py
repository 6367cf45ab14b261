"""`make coverage`: every branch of the kernels must be taken by their own tests, of enough lines.

The tests run without whole plans (the profile of `make mutants`); of each kernel counts what its
own ones reach. A branch that none of them takes fails the run, and so do tests with fewer lines of
code than `LEAST_RATIO` times the kernels have; blank lines, comments and docstrings do not count.
"""

from __future__ import annotations

import ast
import io
import json
import re
import sys
import tokenize
from collections.abc import Iterable, Sequence
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import pytest
from coverage import Coverage

from benchmarks.kernels import KERNELS, Kernel

LEAST_RATIO = 1.5
WORK = Path("build")
NO_CODE = {
    tokenize.COMMENT, tokenize.DEDENT, tokenize.ENDMARKER, tokenize.INDENT, tokenize.NEWLINE,
    tokenize.NL,
}  # fmt: skip
Documented = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


def main(names: Sequence[str]) -> int:
    """Measure the kernels named, or all; 1 where a branch is left or tests are too few."""
    chosen = {name: KERNELS[name] for name in names} or KERNELS
    coverage = run(list(chosen.values()))
    left, code, tested = [], 0, 0
    print(f"{'kernel':15}{'lines':>7}{'branches':>10}{'left':>6}{'tests':>7}{'ratio':>7}")
    for name, kernel in chosen.items():
        measured = measure(kernel, coverage)
        own = [
            f"{module}: {each}" for module in kernel.modules for each in missed(measured[module])
        ]
        branches = sum(measured[module]["summary"]["num_branches"] for module in kernel.modules)
        lines, tests = code_lines(kernel.modules), code_lines(kernel.tests)
        print(f"{name:15}{lines:>7}{branches:>10}{len(own):>6}{tests:>7}{tests / lines:>7.2f}")
        left, code, tested = left + own, code + lines, tested + tests
    ratio = tested / code
    print(f"{'all':15}{code:>7}{'':>10}{len(left):>6}{tested:>7}{ratio:>7.2f}")
    print(*left, sep="\n", end="\n" if left else "")
    few = ratio < LEAST_RATIO and chosen is KERNELS
    if few:
        print(f"The tests have fewer lines than {LEAST_RATIO} times those of the kernels.")
    return int(bool(left) or few)


class OfFile:
    """Tells coverage, in a run of pytest, to which file of tests belongs what is reached next."""

    def __init__(self, coverage: Coverage) -> None:
        self.coverage = coverage

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        """Begin a test."""
        self.coverage.switch_context(nodeid.split("::", maxsplit=1)[0])


def run(kernels: Sequence[Kernel]) -> Coverage:
    """Run the tests of kernels; return what each file of them reached."""
    modules = [module for kernel in kernels for module in kernel.modules]
    tests = [test for kernel in kernels for test in kernel.tests]
    coverage = Coverage(data_file=None, branch=True, include=modules, config_file=False)
    coverage.start()
    failed = pytest.main(["-qq", "-n0", "--hypothesis-profile=mutants", *tests], [OfFile(coverage)])
    coverage.stop()
    if failed:
        sys.exit(failed)
    return coverage


def measure(kernel: Kernel, coverage: Coverage) -> dict[str, dict[str, Any]]:
    """Return of each module of a kernel what its own tests, and no others, reached."""
    WORK.mkdir(parents=True, exist_ok=True)
    report = WORK / "coverage.json"
    # of no test is what runs while modules are loaded
    own = ["^$", *(f"^{re.escape(test)}$" for test in kernel.tests)]
    with redirect_stdout(io.StringIO()):
        coverage.json_report(outfile=str(report), include=list(kernel.modules), contexts=own)
    files: dict[str, dict[str, Any]] = json.loads(report.read_text("utf-8"))["files"]
    return files


def missed(module: dict[str, Any]) -> list[str]:
    """Return the lines that no test reaches and the branches that none takes."""
    lines = [f"line {line}" for line in module["missing_lines"]]
    # of a branch that leaves the function the end is a negative number
    ways = [f"branch {a} to {b if b > 0 else 'the end'}" for a, b in module["missing_branches"]]
    return lines + ways


def code_lines(paths: Iterable[str]) -> int:
    """Return the lines of files that hold code."""
    return sum(_code_lines(Path(path).read_text("utf-8")) for path in paths)


def _code_lines(text: str) -> int:
    lines: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type not in NO_CODE:
            lines |= set(range(token.start[0], token.end[0] + 1))
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, Documented) and ast.get_docstring(node, clean=False) is not None:
            lines -= set(range(node.body[0].lineno, (node.body[0].end_lineno or 0) + 1))
    return len(lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
