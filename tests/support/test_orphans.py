from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from siting.support.orphans import end_with_parent

PARENT = """
import os, time
from joblib import Parallel, delayed
from siting.support.orphans import end_with_parent

def work(seconds):
    end_with_parent()
    print(os.getpid(), flush=True)
    time.sleep(seconds)
    return seconds

if __name__ == "__main__":
    print(Parallel(n_jobs=2)(delayed(work)(s) for s in {seconds}), flush=True)
"""


def started(folder: Path, seconds: tuple[float, float]) -> subprocess.Popen[str]:
    script = folder / "parent.py"
    script.write_text(PARENT.format(seconds=seconds), encoding="utf-8")
    return subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True)


def running(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text(encoding="ascii")
    except OSError:
        return False
    return state.rsplit(")", 1)[1].split()[0] != "Z"


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_workers_end_when_their_parent_is_killed(tmp_path: Path) -> None:
    with started(tmp_path, (90.0, 90.0)) as parent:
        assert parent.stdout is not None
        workers = [int(parent.stdout.readline()) for _ in range(2)]
        time.sleep(2.0)
        assert all(map(running, workers))
        os.kill(parent.pid, signal.SIGKILL)
    until = time.monotonic() + 30
    while any(map(running, workers)) and time.monotonic() < until:
        time.sleep(0.1)
    assert not any(map(running, workers))


def test_work_of_a_living_parent_is_done(tmp_path: Path) -> None:
    told, _ = started(tmp_path, (2.5, 0.0)).communicate(timeout=60)
    assert told.splitlines()[-1] == "[2.5, 0.0]"


def test_a_process_that_is_no_worker_watches_nobody() -> None:
    before = threading.active_count()
    end_with_parent()
    assert threading.active_count() == before
