"""`make package`: wheel and sdist as a stranger has them, away from the repository.

Both are built with the locked setuptools, the wheel from the unpacked sdist. The wheel is installed
in a new environment with the locked packages; from an empty folder it must plan, explain and run
the notebook of `examples/`, and start within the limits. A few tests run from the unpacked sdist.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tarfile
import time
import venv
from pathlib import Path
from typing import TextIO

ROOT = Path(__file__).parents[1]
WORK = ROOT / "build" / "package"
DIST, EMPTY, ENVIRONMENT = WORK / "dist", WORK / "empty", WORK / "venv"
TESTS = ("tests/geodata/test_tables.py", "tests/model/test_scoring.py", "tests/study/test_study.py")
RUNS = 5


def main() -> int:
    """Build, install and try; 1 when a start takes longer than it may."""
    shutil.rmtree(WORK, ignore_errors=True)
    for folder in (DIST, EMPTY):
        folder.mkdir(parents=True)
    sdist = build("sdist", ROOT)
    with tarfile.open(sdist) as packed:
        packed.extractall(WORK, filter="data")
    unpacked = WORK / sdist.name.removesuffix(".tar.gz")
    wheel = build("wheel", unpacked)
    venv.create(ENVIRONMENT, with_pip=True)
    python, siting = (ENVIRONMENT / "bin" / name for name in ("python", "siting"))
    pip = [python, "-m", "pip", "install", "--quiet"]
    run(*pip, "--require-hashes", "-r", ROOT / "requirements.lock")
    run(*pip, "--no-deps", wheel)
    for words in (("plan", "balanced"), ("explain", "Kokkola Industrial Park"), ("--version",)):
        run(siting, *words)
    run(python, "-c", notebook(unpacked / "examples" / "own_sites.ipynb"))
    run(
        sys.executable, "-m", "pytest", "-q", "-n0", *TESTS,
        folder=unpacked, PYTHONPATH=str(unpacked),
    )  # fmt: skip
    print(f"\n{sdist.name} {megabytes(sdist)}, {wheel.name} {megabytes(wheel)}")
    starts = (
        ("import siting", 0.3, (python, "-c", "import siting")),
        ("siting --help", 0.5, (siting, "--help")),
    )
    return max(start(*each) for each in starts)


def build(kind: str, source: Path) -> Path:
    """Build the sdist or the wheel of a source folder into `DIST`."""
    print(f"building the {kind}", flush=True)
    hook = f"import sys, setuptools.build_meta as b; b.build_{kind}(sys.argv[1])"
    with (WORK / f"{kind}.log").open("w") as log:
        run(sys.executable, "-c", hook, DIST, folder=source, log=log)
    return next(DIST.glob({"sdist": "*.tar.gz", "wheel": "*.whl"}[kind]))


def run(*words: object, folder: Path = EMPTY, log: TextIO | None = None, **variables: str) -> None:
    """Run a command, without a PYTHONPATH of the caller; raise if it fails."""
    print("$", *(str(word).split("\n", 1)[0] for word in words), flush=True)
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    subprocess.run(
        [str(word) for word in words],
        cwd=folder, env=environment | variables, check=True, stdout=log, stderr=log,
    )  # fmt: skip


def notebook(path: Path) -> str:
    """Return the code of a notebook as one script."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")


def start(name: str, limit_s: float, words: tuple[object, ...]) -> int:
    """Print the shortest of a few starts; return 1 when it is over the limit."""
    seconds = []
    for _ in range(RUNS):
        began = time.perf_counter()
        subprocess.run(
            [str(word) for word in words], cwd=EMPTY, check=True, stdout=subprocess.DEVNULL
        )
        seconds.append(time.perf_counter() - began)
    over = min(seconds) > limit_s
    print(f"{name}: {min(seconds):.2f} s, may take {limit_s} s{' - too long' if over else ''}")
    return int(over)


def megabytes(path: Path) -> str:
    """Return the size of a file."""
    return f"{path.stat().st_size / 1e6:.1f} MB"


if __name__ == "__main__":
    sys.exit(main())
