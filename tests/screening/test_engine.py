import operator
import os
import signal
import sys

import numpy as np
import pytest
from threadpoolctl import threadpool_info

from geodata.errors import Fault, SitingError
from siting.screening.engine import Engine, alone, check, run


def threads(_shared, _block):
    return max(pool["num_threads"] for pool in threadpool_info())


def process(_shared, _block):
    return os.getpid()


def failing(_shared, block):
    if block == 2:
        raise SitingError(Fault("block", "is no good", value=str(block)))
    return block


@pytest.mark.parametrize("workers", [1, 2])
def test_results_come_in_the_order_of_the_blocks(workers):
    steps = []
    found = run(
        Engine(workers=workers), float, [2], operator.mul, list(range(7)),
        lambda done, of: steps.append((done, of)),
    )  # fmt: skip
    assert list(found) == [0.0, 2.0, 4.0, 6.0, 8.0, 10.0, 12.0]
    assert steps == [(done, 7) for done in range(1, 8)]


def test_two_workers_are_two_processes_and_arrays_reach_them_whole():
    given = np.arange(300_000.0)  # large enough to be mapped
    pids = set(run(Engine(workers=2), np.array, [given], process, [1] * 6))
    assert os.getpid() not in pids
    sums = run(Engine(workers=2), np.array, [given], np.multiply, [2.0, 3.0])
    assert [float(s.sum()) for s in sums] == [2 * given.sum(), 3 * given.sum()]


def test_a_block_is_worked_with_one_thread_of_linear_algebra():
    assert alone(threads, None, 0) == 1


@pytest.mark.parametrize("workers", [1, 2])
def test_what_goes_wrong_in_a_block_is_raised(workers):
    with pytest.raises(SitingError, match="is no good"):
        list(run(Engine(workers=workers), float, [1], failing, [0, 1, 2, 3]))


def dying(_shared, _block):
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_worker_that_is_killed_is_a_fault():
    with pytest.raises(SitingError, match="was killed"):
        list(run(Engine(workers=2), float, [1], dying, [0, 1]))


def test_an_engine_that_cannot_work_is_refused(monkeypatch):
    check(Engine())
    with pytest.raises(SitingError, match="only Dask has a scheduler"):
        check(Engine(scheduler="tcp://localhost:1"))
    with pytest.raises(SitingError, match="--insecure: only Dask has a scheduler"):
        check(Engine(insecure=True))
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(SitingError, match=r"siting-planner\[dask\]"):
        check(Engine("dask"))
