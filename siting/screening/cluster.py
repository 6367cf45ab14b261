"""Blocks on a Dask cluster: workers may die, the scheduler may start again, the result is one.

The cluster receives the blocks and what all of them share, no more, and results are taken off it
as they come; so whatever it loses is simply asked for again.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent import futures
from contextlib import ExitStack, contextmanager
from typing import Any, TypeVar

import joblib
from distributed import Client, KilledWorker, Nanny, SpecCluster
from distributed.comm.core import CommClosedError
from distributed.security import Security
from distributed.system import MEMORY_LIMIT

from geodata.errors import Fault, SitingError
from siting.screening.certificates import OwnScheduler, OwnWorker, security_of
from siting.screening.engine import Engine, alone
from siting.screening.samecode import check_code, everything
from siting.support.drafts import scratch

Block = TypeVar("Block")
Result = TypeVar("Result")
Shared = TypeVar("Shared")

AHEAD = 3  # blocks under way for each worker
PATIENCE_S = 120.0  # how long a cluster may stay away
CONNECT_S, PAUSE_S = 10.0, 2.0
# What is raised when a cluster loses what it was doing.
GONE = (CommClosedError, asyncio.CancelledError, futures.CancelledError, TimeoutError)
UNREADABLE = "Error during deserialization"  # as Dask says it of another environment
RETRIES = 3  # of a block whose worker dies under it


def run_on_cluster(
    engine: Engine,
    prepare: Callable[..., Shared],
    inputs: Sequence[Any],
    work: Callable[[Shared, Block], Result],
    blocks: Sequence[Block],
) -> Iterator[Result]:
    """Yield the results of all blocks in their order.

    Raises
    ------
    SitingError
        When the cluster cannot be reached, stays away or runs other code, or a block kills its
        workers.
    """
    done = 0
    with ExitStack() as open_until:
        if engine.scheduler:
            address, security = engine.scheduler, security_of(engine)
        else:
            address, security = open_until.enter_context(_own_cluster(engine.workers))
        while done < len(blocks):
            try:
                with (
                    _client(address, security, PATIENCE_S if done else CONNECT_S) as client,
                    _same_code(client, engine),
                ):
                    for result in _from(client, prepare, inputs, work, blocks[done:]):
                        yield result
                        done += 1
            except GONE:
                time.sleep(PAUSE_S)  # the next client waits for a scheduler to come back
            except KilledWorker as error:
                what = f"block {done + 1} of {len(blocks)} killed {RETRIES} workers"
                raise SitingError(Fault("--engine", what, "give workers more memory")) from error


@contextmanager
def _same_code(client: Client, engine: Engine) -> Iterator[None]:
    """Refuse a cluster that runs other code: before the work, and where its results fail.

    Workers may join in between, and a scheduler says of another environment that it cannot read.
    """
    address = engine.scheduler
    if not address:  # processes of our own
        yield
        return
    check_code(client, address)
    try:
        yield
    except (*GONE, KilledWorker, SitingError):
        raise
    except Exception as error:
        check_code(client, address)
        if not str(error).startswith(UNREADABLE):
            raise
        what, hint = "its scheduler runs other code", everything()
        raise SitingError(Fault("--scheduler", what, hint, value=address)) from error


def check_scheduler(engine: Engine) -> None:
    """Refuse an address where no scheduler answers, or that may not be trusted.

    Raises
    ------
    SitingError
    """
    _client(str(engine.scheduler), security_of(engine), CONNECT_S).close()


@contextmanager
def _own_cluster(workers: int) -> Iterator[tuple[str, Security]]:
    """Start processes of this machine as a cluster; give its address and what opens it."""
    count = workers or joblib.cpu_count()
    security = Security.temporary()
    here: dict[str, Any] = {"host": "127.0.0.1", "protocol": "tls://", "security": security}
    with scratch() as folder:
        process = here | {
            "worker_class": OwnWorker,
            "nthreads": 1,
            "memory_limit": MEMORY_LIMIT // count,
            "local_directory": str(folder),
            "silence_logs": logging.CRITICAL,
        }
        with SpecCluster(
            scheduler={"cls": OwnScheduler, "options": here | {"dashboard": False, "port": 0}},
            workers={i: {"cls": Nanny, "options": process} for i in range(count)},
            security=security,
            silence_logs=logging.CRITICAL,
        ) as cluster:
            yield cluster.scheduler_address, security


def _client(address: str, security: Security, patience_s: float) -> Client:
    """Connect to a scheduler, waiting for it as long as that.

    Raises
    ------
    SitingError
        When none answers.
    """
    try:
        return Client(address, security=security, timeout=patience_s, set_as_default=False)
    except (OSError, ValueError, RuntimeError) as error:  # the last where Dask has to encrypt
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        hint = f"start one with `dask scheduler`, or correct the address ({reason})"
        fault = Fault("--scheduler", "no Dask scheduler answers", hint, value=address)
        raise SitingError(fault) from error


def _from(
    client: Client,
    prepare: Callable[..., Shared],
    inputs: Sequence[Any],
    work: Callable[[Shared, Block], Result],
    blocks: Sequence[Block],
) -> Iterator[Result]:
    """Keep every worker busy with a few blocks ahead; yield results in the order of the blocks."""
    shared = client.submit(prepare, *inputs, pure=False, retries=RETRIES)
    waiting = iter(blocks)
    under_way: deque[Any] = deque()
    done = 0
    while done < len(blocks):
        room = AHEAD * max(1, len(client.nthreads())) - len(under_way)
        for block in itertools.islice(waiting, max(0, room)):
            task = client.submit(alone, work, shared, block, pure=False, retries=RETRIES)
            under_way.append(task)
        yield under_way.popleft().result()
        done += 1
