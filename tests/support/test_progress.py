import io
import time

import pytest
from rich.console import Console

from siting.support.progress import shown, silent


def test_every_stage_is_timed():
    stages = silent()
    with stages("first") as tell:
        tell(1, 2)
    with stages("second"):
        pass
    assert list(stages.timings) == ["first", "second"]
    assert all(seconds >= 0 for seconds in stages.timings.values())


def test_bars_show_the_stages():
    console = Console(file=io.StringIO(), force_terminal=True, width=80)
    with shown(console) as stages, stages("freight") as tell:
        tell(3, 4)
    assert "freight" in console.file.getvalue()


def test_quiet_prints_nothing():
    console = Console(file=io.StringIO(), force_terminal=True)
    with shown(console, quiet=True) as stages, stages("freight"):
        pass
    assert console.file.getvalue() == ""


def test_a_failed_stage_is_not_timed():
    stages = silent()
    with pytest.raises(RuntimeError), stages("broken"):
        raise RuntimeError
    assert stages.timings == {}


def test_blocks_of_one_name_are_one_stage_with_one_bar():
    console = Console(file=io.StringIO(), force_terminal=True, width=80)
    with shown(console) as stages:
        for _ in range(2):
            with stages("criteria"):
                time.sleep(0.02)
    assert list(stages.timings) == ["criteria"]
    assert stages.timings["criteria"] >= 0.04
    assert console.file.getvalue().rsplit("\r", 1)[-1].count("criteria") <= 1
