import io

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
