from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from geodata.errors import Fault, SitingError
from siting.support import aside
from siting.support.aside import side_by_side


def _fails() -> None:
    raise SitingError(Fault("sites.csv", "no such column", "name it", 3, "lat", "north"))


def _dies() -> None:
    os._exit(9)


@pytest.fixture(params=[True, False])
def forked(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    monkeypatch.setattr(aside, "CAN_FORK", aside.CAN_FORK and request.param)
    return aside.CAN_FORK and len(os.sched_getaffinity(0)) > 1


def test_both_results_come_back_and_the_second_is_made_by_a_copy(forked: bool) -> None:
    here, there = side_by_side(os.getpid, lambda: (os.getpid(), "x" * 10_000_000))
    assert here == os.getpid()
    assert (there[0] != here) == forked
    assert len(there[1]) == 10_000_000


@pytest.mark.usefixtures("forked")
def test_an_error_of_either_is_raised_as_it_was() -> None:
    for pair in ((_fails, int), (int, _fails)):
        with pytest.raises(SitingError, match="no such column") as caught:
            side_by_side(*pair)
        assert caught.value.faults[0].row == 3


def test_a_copy_that_is_killed_is_a_fault() -> None:
    if not aside.CAN_FORK or len(os.sched_getaffinity(0)) == 1:
        pytest.skip("nothing is copied here")
    with pytest.raises(SitingError, match="was killed"):
        side_by_side(int, _dies)


def test_no_copy_is_left_behind_when_the_work_here_fails(tmp_path: Path) -> None:
    late = tmp_path / "late"

    def slow() -> None:
        time.sleep(3)
        late.touch()

    with pytest.raises(SitingError):
        side_by_side(_fails, slow)
    assert not late.exists()
