"""Dask: order, a worker killed half-way, a scheduler that starts again, an address of nobody."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from geodata.errors import SitingError
from siting.screening import cluster
from siting.screening.engine import Engine, check, run

PORT = "18786"
ADDRESS = f"tcp://127.0.0.1:{PORT}"


def _first(flag):
    """Whether nobody was here before; a file is seen across processes."""
    try:
        flag.touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


def slowly(given, block):
    time.sleep(0.05)
    return given["factor"] * block


def killing(given, block):
    if block == 5 and _first(given["flag"]):
        os.kill(os.getpid(), signal.SIGKILL)
    return slowly(given, block)


def always_killing(_shared, _block):
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.fixture(scope="module")
def of_four():
    with cluster._own_cluster(4) as address:
        yield Engine("dask", scheduler=address)


def test_results_come_in_the_order_of_the_blocks_though_a_worker_dies(of_four, tmp_path):
    given = {"factor": 3, "flag": tmp_path / "killed"}
    found = list(run(of_four, dict, [given], killing, list(range(12))))
    assert found == [3 * block for block in range(12)]
    assert given["flag"].exists()


def test_a_block_that_kills_every_worker_is_reported(of_four, monkeypatch):
    monkeypatch.setattr(cluster, "RETRIES", 0)
    with pytest.raises(SitingError, match="more memory"):
        list(run(of_four, dict, [{}], always_killing, [1]))


def test_an_address_of_nobody_is_refused(monkeypatch):
    monkeypatch.setattr(cluster, "CONNECT_S", 0.5)
    for address in ("tcp://127.0.0.1:9", "nonsense://host"):
        with pytest.raises(SitingError, match="no Dask scheduler answers"):
            check(Engine("dask", scheduler=address))


def _started(*words):
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    path = {**os.environ, "PYTHONPATH": str(Path(__file__).parent)}
    return subprocess.Popen([sys.executable, "-m", "dask", *words], env=path, **quiet)


def _scheduler():
    return _started("scheduler", "--host", "127.0.0.1", "--port", PORT, "--no-dashboard")


def _worker():
    return _started("worker", ADDRESS, "--nthreads", "1", "--no-dashboard", "--no-nanny")


def test_a_scheduler_that_starts_again_loses_nothing():
    running = [_scheduler(), _worker()]
    try:
        found = []
        for result in run(Engine("dask", scheduler=ADDRESS), dict, [{"factor": 2}], slowly,
                          list(range(30))):  # fmt: skip
            found.append(result)
            if len(found) == 4:
                for one in running:
                    one.kill()
                    one.wait()
                running = [_scheduler(), _worker()]
        assert found == [2 * block for block in range(30)]
    finally:
        for one in running:
            one.kill()
            one.wait()
