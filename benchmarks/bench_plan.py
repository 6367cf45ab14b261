"""The default study as a whole process: first run with no cache, then warm."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.comparison import Result

WARM_RUNS = 3


def run() -> Result:
    """Return seconds of a cold and of the median warm run, their ratio, and the peak memory."""
    with tempfile.TemporaryDirectory() as folder:
        cold, cold_mb = _plan(Path(folder))
        warm = sorted(_plan(Path(folder)) for _ in range(WARM_RUNS))
        counts = json.loads((Path(folder) / "plan" / "manifest.json").read_text())["counts"]
    seconds = warm[WARM_RUNS // 2][0]
    return Result(
        figures={
            "first run, no cache (s)": cold,
            "median of later runs (s)": seconds,
            "first over later": cold / seconds,
            "peak memory (MB)": max(cold_mb, *(mb for _, mb in warm)),
            "candidates": counts["candidates"],
            "plants": counts["plants"],
        }
    )


def _plan(folder: Path) -> tuple[float, float]:
    """Plan in a process of its own; return its seconds and peak resident memory (MB)."""
    command = [
        sys.executable,
        "-m",
        "siting.commands.cli",
        "plan",
        "balanced",
        "-q",
        "-o",
        folder / "plan",
    ]
    begun = time.perf_counter()
    process = subprocess.Popen(command, env={**os.environ, "SITING_CACHE": str(folder / "cache")})
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        message = "the plan failed"
        raise RuntimeError(message)
    return time.perf_counter() - begun, usage.ru_maxrss / 1024
