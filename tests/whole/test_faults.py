"""Whatever fails while a plan is written, the folder is the old one or the new one whole."""

import errno
import os
import resource
import sys

import pytest

from siting.results.ownership import foreign
from siting.results.write import write_plan
from siting.support.progress import silent

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="faults are set in a forked copy")
FAULTS = int(os.environ.get("SITING_FAULTS", "4"))
# What Python asks of the system when it writes; libraries in C are met by the limit of a file.
WRITES = ("os.rename", "os.mkdir", "os.chmod", "os.truncate")


def tree(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def asks_to_write(event, arguments):
    if event != "open":
        return event in WRITES
    flags = arguments[2] if len(arguments) > 2 else 0
    return isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_RDWR))


def no_room_at(nth):
    """Let the n-th wish to write fail, as on a disk that is full."""
    left = [nth]

    def hook(event, arguments):
        if asks_to_write(event, arguments):
            left[0] -= 1
            if left[0] == 0:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(arguments[0]))

    sys.addaudithook(hook)


def files_below(size):
    """Let no file grow beyond a size, whoever writes it."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def no_memory_at(nth):
    """Let the n-th allocation of the interpreter fail, and all after it."""
    testing = pytest.importorskip("_testcapi", reason="an interpreter without its own test module")
    testing.set_nomemory(nth, nth + 200)


def written_in_a_copy(plan, target, fault, at):
    """Write a plan in a forked copy of this process with a fault set; returns how it ended."""
    child = os.fork()
    if child == 0:
        try:
            fault(at)
            write_plan(plan, target, silent())
        except BaseException:  # noqa: BLE001 - whatever it is, the folder is looked at
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return status


@pytest.fixture(scope="module")
def written(nordic, tmp_path_factory):
    """The folder of a plan."""
    folder = tmp_path_factory.mktemp("faults") / "out"
    write_plan(nordic, folder, silent())
    return folder


@pytest.mark.parametrize(("fault", "at"), [
    *[(no_room_at, nth) for nth in range(2, 2 + 4 * FAULTS, 4)],
    *[(files_below, 5_000 * 8**nth) for nth in range(max(2, FAULTS // 8))],
    *[(no_memory_at, 1_000 * 90**nth) for nth in range(max(2, FAULTS // 16))],
])  # fmt: skip
def test_a_fault_leaves_the_old_plan_or_the_new_one(written, nordic, fault, at):
    folder, old = written, tree(written)
    status = written_in_a_copy(nordic, folder, fault, at)
    assert foreign(folder) == []  # as the manifest lists it, file by file
    now = tree(folder)
    assert {name for name in now | old if now.get(name) != old.get(name)} <= {"manifest.json"}
    if status:
        assert now == old
