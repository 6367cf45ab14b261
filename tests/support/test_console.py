"""How the command line fails."""

from __future__ import annotations

import pytest

from geodata.errors import Fault, SitingError
from siting.support.console import EXIT_FAULT, fail, failing_well

NASTY = "[bold]x[/bold][/]\x1b[31m"


def test_every_fault_is_printed_as_data(capsys: pytest.CaptureFixture[str]) -> None:
    error = SitingError([Fault("a.csv", "bad", "hint", 3, "lat", NASTY), Fault("b.csv", "worse")])
    with pytest.raises(SystemExit) as left:
        fail(error)
    assert left.value.code == EXIT_FAULT == 2
    out, err = capsys.readouterr()
    assert out == ""
    first, second = err.splitlines()
    assert first.startswith("error: a.csv, row 3, lat: bad (found '[bold]x[/bold][/]")
    assert first.endswith("hint")
    assert "\x1b" not in err
    assert second == "error: b.csv: worse"


def test_wrapped_command_fails_well_and_else_returns(capsys: pytest.CaptureFixture[str]) -> None:
    @failing_well
    def command(value: int) -> int:
        """Say it."""
        if value:
            raise SitingError("no")
        return value

    assert command(0) == 0
    assert command.__doc__ == "Say it."
    with pytest.raises(SystemExit):
        command(1)
    assert "no" in capsys.readouterr().err


def test_other_errors_are_not_hidden() -> None:
    @failing_well
    def command() -> None:
        raise KeyError("a fault of ours")

    with pytest.raises(KeyError):
        command()
