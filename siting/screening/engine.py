"""Where the work runs: in processes of this machine, or on a Dask cluster.

Work comes in blocks that know nothing of each other. A block's result depends on the block and on
what all blocks share, and every block is worked by one thread of linear algebra, because the last
bits of a product depend on how many threads share it: so it does not matter which process, machine
or engine did what, or how often it had to be done again.
"""

from __future__ import annotations

import importlib.util
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, TypeVar, overload

import joblib
from threadpoolctl import threadpool_limits

from geodata.errors import Fault, SitingError, raise_if
from siting.support.drafts import scratch
from siting.support.interrupt import stop_if_asked
from siting.support.orphans import end_with_parent, kills_as_faults
from siting.support.progress import Progress

# joblib renews a process that has come to hold more, as mapped files make it; nothing is lost
warnings.filterwarnings("ignore", "A worker stopped while some jobs were given")

NEEDED = ("distributed", "cryptography")  # of the extra dask
Kind = Literal["local", "dask"]
Block = TypeVar("Block")
Result = TypeVar("Result")
Shared = TypeVar("Shared")
Work = Callable[[Shared, Block], Result]


@dataclass(frozen=True)
class Certificates:
    """Files of PEM by which a client and a scheduler know each other.

    Attributes
    ----------
    ca_file : Path, optional
        Authority that signed the certificates of the cluster.
    cert, key : Path, optional
        Certificate and key that are shown to it.
    """

    ca_file: Path | None = None
    cert: Path | None = None
    key: Path | None = None

    def options(self) -> list[tuple[str, Path | None]]:
        """Return the options of the command line, and the value of each."""
        return [("--tls-ca-file", self.ca_file), ("--tls-cert", self.cert), ("--tls-key", self.key)]


@dataclass(frozen=True)
class Engine:
    """Where to work.

    Attributes
    ----------
    kind : {"local", "dask"}
    workers : int
        Processes, 0 for one a core; a cluster that exists already has its own.
    scheduler : str, optional
        Address of a Dask scheduler (tls://host:8786); without one a cluster of processes is
        started on this machine.
    certificates : Certificates
        For a scheduler at tls://.
    insecure : bool
        Whether tcp:// may lead to another machine.
    """

    kind: Kind = "local"
    workers: int = 0
    scheduler: str | None = None
    certificates: Certificates = Certificates()
    insecure: bool = False


HERE = Engine()


class Blocks(Sequence[Block]):
    """Blocks made when they are asked for, so that those of a continent need no room."""

    def __init__(self, rows: Sequence[slice], make: Callable[[slice], Block]) -> None:
        self._rows, self._make = rows, make

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, index: int) -> Block: ...

    @overload
    def __getitem__(self, index: slice) -> Blocks[Block]: ...

    def __getitem__(self, index: int | slice) -> Block | Blocks[Block]:
        if isinstance(index, slice):
            return Blocks(self._rows[index], self._make)
        return self._make(self._rows[index])


def check(engine: Engine) -> None:
    """Refuse an engine that cannot work.

    Raises
    ------
    SitingError
        When Dask is asked for and not installed, no scheduler answers at the address, or it is
        no address that may be trusted.
    """
    to_whom = [*engine.certificates.options(), ("--insecure", engine.insecure)]
    if engine.kind != "dask":
        what, hint = "only Dask has a scheduler", "add --engine dask"
        options = [("--scheduler", engine.scheduler), *to_whom]
        raise_if([Fault(name, what, hint, value=str(value)) for name, value in options if value])
        return
    missing = [name for name in NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        what, hint = f"{' and '.join(missing)} not installed", "install the extra: pip install"
        fault = Fault("--engine", what, f'{hint} "siting-planner[dask]"', value="dask")
        raise SitingError(fault)
    if not engine.scheduler:
        what, hint = "is for a scheduler that runs already", "add --scheduler tls://host:8786"
        raise_if([Fault(name, what, hint, value=str(value)) for name, value in to_whom if value])
    if engine.scheduler:
        from siting.screening import cluster  # noqa: PLC0415 - an extra

        cluster.check_scheduler(engine)


def run(
    engine: Engine,
    prepare: Callable[..., Shared],
    inputs: Sequence[Any],
    work: Work[Shared, Block, Result],
    blocks: Sequence[Block],
    progress: Progress | None = None,
) -> Iterator[Result]:
    """Yield the results of all blocks in their order; only a few are in memory at a time.

    Parameters
    ----------
    engine : Engine
    prepare : callable
        Makes what all blocks share from `inputs`; done once on this machine, or once on the
        cluster and again wherever it was lost.
    inputs : sequence
        Arguments of `prepare`.
    work : callable
        (shared, block) -> result.
    blocks : sequence
    progress : callable, optional
        Receives (done, total).

    Raises
    ------
    SitingError
        When a cluster cannot be reached, or stays away, or a worker is killed.
    """
    of: Callable[..., Iterator[Result]]
    if engine.kind == "dask":
        from siting.screening.cluster import run_on_cluster as of  # noqa: PLC0415 - an extra
    else:
        of = _run_here
    for done, result in enumerate(of(engine, prepare, inputs, work, blocks), start=1):
        if progress:
            progress(done, len(blocks))
        stop_if_asked()
        yield result


def alone(work: Work[Shared, Block, Result], shared: Shared, block: Block) -> Result:
    """Work one block with one thread of linear algebra."""
    with threadpool_limits(1):
        return work(shared, block)


def _run_here(
    engine: Engine,
    prepare: Callable[..., Shared],
    inputs: Sequence[Any],
    work: Work[Shared, Block, Result],
    blocks: Sequence[Block],
) -> Iterator[Result]:
    shared = prepare(*inputs)
    workers = min(engine.workers or joblib.cpu_count(), len(blocks))
    if workers <= 1:
        yield from (alone(work, shared, block) for block in blocks)
        return
    with scratch() as folder:
        file = folder / "shared.joblib"
        joblib.dump(shared, file)  # read by every process, its arrays mapped, not copied
        tasks = (joblib.delayed(_alone_on)(work, file, block) for block in blocks)
        pool = joblib.Parallel(n_jobs=workers, return_as="generator", pre_dispatch="n_jobs + 1")
        with kills_as_faults():
            yield from pool(tasks)


def _alone_on(work: Work[Any, Block, Result], file: Path, block: Block) -> Result:
    return alone(work, _shared(file), block)


@lru_cache(maxsize=1)
def _shared(file: Path) -> Any:
    end_with_parent()
    return joblib.load(file, mmap_mode="r")
