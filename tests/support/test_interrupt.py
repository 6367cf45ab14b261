import contextlib
import os
import signal

import pytest

from siting.support import interrupt
from siting.support.progress import silent


@pytest.fixture
def listening():
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    interrupt.listen()
    yield
    signal.signal(signal.SIGINT, before)


def swallowed():
    with contextlib.suppress(KeyboardInterrupt):
        os.kill(os.getpid(), signal.SIGINT)
        for _ in range(1000):
            pass


@pytest.mark.usefixtures("listening")
def test_ctrl_c_that_a_library_swallowed_ends_the_stage():
    stages = silent()
    with pytest.raises(KeyboardInterrupt), stages("tables"):
        swallowed()
    with stages("next"):  # heard once
        pass
    assert list(stages.timings) == ["next"]


def test_a_process_that_is_deaf_to_ctrl_c_stays_so():
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        interrupt.listen()
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)
