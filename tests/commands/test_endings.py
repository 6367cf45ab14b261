"""Exit codes, one line each, and the file of a fault of ours."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from commandline import SITING, environment, run

from geodata.errors import Fault, SitingError
from siting.commands.endings import ended
from siting.support import crash

REPLACED = "\N{REPLACEMENT CHARACTER}"


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let crash files lie in a folder of the test."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state"


def raising(error: BaseException):
    def command() -> None:
        raise error

    return command


def endless() -> None:
    endless()


def test_a_command_that_ends_well_or_says_how_gives_its_code() -> None:
    assert ended(lambda: None) == 0
    assert ended(lambda: 2) == 2
    assert ended(raising(SystemExit(2))) == 2
    assert ended(raising(SystemExit())) == 0


@pytest.mark.parametrize(
    ("error", "code", "line"),
    [
        (SitingError(Fault("a.csv", "bad", "hint")), 2, "error: a.csv: bad - hint"),
        (PermissionError(errno.EACCES, "Permission denied", "/x\x1b[31m"), 2,
         f"error: /x{REPLACED}: permission denied - check the path"),
        (MemoryError(), 2, "error: siting: there is not enough memory - ask for fewer"),
        (MemoryError("Unable to allocate 9 EiB"), 2, "memory (Unable to allocate 9 EiB) - ask"),
        (KeyError("zone\n\x1b[31m"), 70, "error: siting: a fault of the planner, not of yours:"),
        (AssertionError(), 70, "AssertionError"),
        (UnicodeEncodeError("ascii", "ä", 0, 1, "no"), 70, "UnicodeEncodeError"),
        (UnicodeEncodeError("utf-8", "/out\udcff", 4, 5, "no"), 2, f"UTF-8 (/out{REPLACED}) - "),
        (ExceptionGroup("two", [ValueError("a"), ValueError("b")]), 70, "two (2 sub-exceptions)"),
    ],
)  # fmt: skip
def test_whatever_is_raised_is_one_line(
    error: BaseException, code: int, line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ended(raising(error)) == code
    out, err = capsys.readouterr()
    assert out == ""
    assert line in err
    assert err.count("\n") == 1
    assert "Traceback" not in err
    assert "\x1b" not in err


def test_what_is_too_deep_is_one_fault(capsys: pytest.CaptureFixture[str]) -> None:
    assert ended(endless) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "nested too deeply" in line


def test_a_fault_of_ours_is_kept_for_its_user_only(
    state: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(crash.KEPT + 3):
        assert ended(raising(KeyError(f"\udcff{number}"))) == 70
    named = Path(capsys.readouterr().err.splitlines()[-1].split("report it with ")[1])
    assert named.parent == state / "siting-planner" / "crashes"
    assert stat.S_IMODE(named.stat().st_mode) == 0o600
    assert stat.S_IMODE(named.parent.stat().st_mode) == 0o700
    text = named.read_text("utf-8")
    assert "Traceback" in text
    assert f"{number}" in text
    assert "pandas " in text
    assert f"Python {sys.version.split()[0]}" in text
    assert len(list(named.parent.iterdir())) == crash.KEPT


def test_where_no_state_can_be_kept_it_lies_in_the_temporary_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert ended(raising(KeyError("x"))) == 70
    (kept,) = tmp_path.glob("crash-*.txt")
    assert str(kept) in capsys.readouterr().err
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "none"))
    assert ended(raising(KeyError("x"))) == 70
    assert "no file could be written" in capsys.readouterr().err


def piped(folder: Path, *words: str, reader: str) -> tuple[int, str]:
    """Run `siting` into a reader that stops, or a disk that is full; its code and complaints."""
    script = f'"$0" "$@" {reader}; echo "${{PIPESTATUS[0]}}" >&2'
    done = subprocess.run(
        ["bash", "-c", script, str(SITING), *words],
        cwd=folder, env=environment() | {"PYTHONIOENCODING": "ascii"}, capture_output=True,
        text=True, timeout=60, check=False,
    )  # fmt: skip
    *said, code = done.stderr.splitlines()
    return int(code), "\n".join(said)


def test_a_reader_that_stops_ends_it_without_a_word(tmp_path: Path) -> None:
    assert piped(tmp_path, "data", "show", "automaker_plants", "--csv", reader="| true") == (0, "")
    assert piped(tmp_path, "data", "show", "automaker_plants", reader="| true") == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full disk here")
def test_a_full_disk_under_the_output_is_one_fault(tmp_path: Path) -> None:
    code, said = piped(tmp_path, "data", "list", reader="> /dev/full")
    assert code == 2
    assert said == (
        "error: file: no space left on device - check the path, its rights and the room on the disk"
    )


def test_names_of_bytes_and_wrong_options_are_told_on_one_line(tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9\x1b[31m.yaml")
    for words, said in (
        (("plan", name), f"error: caf{REPLACED}{REPLACED}.yaml: "),
        (("plan", "a", name), ".yaml) - see siting plan --help"),
        (("init", "a.yaml", "--nope"), "error: siting init: no such option"),
    ):  # fmt: skip
        (line,) = run(tmp_path, *words, code=2).stderr.splitlines()
        assert said in line
    assert "Wrote caf" in run(tmp_path, "init", name).stdout
