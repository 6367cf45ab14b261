"""How every command names its study, and takes options and coordinates."""

from __future__ import annotations

import json
import logging
import re
import sys
from pathlib import Path

import pytest
import typer
from typer.core import TyperGroup

from siting import commands as commands_
from siting.commands import cli
from siting.support.console import aside
from siting.support.progress import shown, silent


@pytest.fixture
def siting(monkeypatch, capsys):
    """Return a function that runs the command line and gives exit code, output and errors."""

    def run(*words):
        monkeypatch.setattr(sys, "argv", ["siting", *words])
        with pytest.raises(SystemExit) as left:
            cli.main()
        said = capsys.readouterr()
        return left.value.code, said.out, said.err

    return run


def commands(group=None, above=()):
    """Yield every command with the words that call it."""
    for name, command in (group or typer.main.get_command(cli.app)).commands.items():
        if isinstance(command, TyperGroup):
            yield from commands(command, (*above, name))
        else:
            yield (*above, name), command


EVERY = dict(commands())
ABOUT_A_STUDY = [words for words, own in EVERY.items() if "study" in {p.name for p in own.params}]


def test_a_study_is_an_argument_of_every_command_that_asks_one():
    assert {("plan",), ("explain",), ("cost",), ("merit",), ("backtest",), ("sweep",), ("init",),
            ("weights",), ("stakeholders",), ("crosscheck",), ("data", "age")} <= {
        *ABOUT_A_STUDY
    }  # fmt: skip
    for words in ABOUT_A_STUDY:
        (study,) = (p for p in EVERY[words].params if p.name == "study")
        assert study.param_type_name == "argument"
        assert (study.default, study.required) == ("balanced", False)


def test_options_of_one_name_are_declared_alike():
    seen = {}
    for command in EVERY.values():
        for option in command.params:
            if option.name in {"as_json", "quiet", "as_csv", "force", "investor", "as_of", "study"}:
                own = (tuple(option.opts), option.help, repr(option.default))
                assert seen.setdefault(option.name, own) == own
    assert {"as_json", "quiet", "force"} <= set(seen)


@pytest.mark.parametrize("words", ABOUT_A_STUDY)
@pytest.mark.parametrize("given", [["--study", "my file.yaml"], ["-s", "my file.yaml"],
                                   ["--preset=my file.yaml"]])  # fmt: skip
def test_a_study_named_by_an_option_is_answered_with_the_command_to_write(siting, words, given):
    code, out, err = siting(*words, *given, "--json")
    assert (code, out) == (2, "")
    now = f"write `siting {' '.join(words)} --json 'my file.yaml'`"
    assert f"a study is named without {given[0].split('=')[0]} (found 'my file.yaml')" in err
    assert now in " ".join(err.split())


@pytest.mark.parametrize("words", [("cost", "-33.9,18.4"), ("freight", "Cambridge, GB", "-1,2"),
                                   ("explain", "Kokkola")])  # fmt: skip
def test_a_wrong_option_is_one_also_beside_coordinates(siting, words):
    code, out, err = siting(*words, "--jsn")
    assert (code, out) == (2, "")
    assert "no such option: --jsn" in err


def test_coordinates_south_of_the_equator_are_no_option(siting):
    code, out, _ = siting("freight", "-33.92,18.42", "-26.2,28.05")
    assert code == 0
    assert "USD/t" in out


@pytest.fixture
def _quiet_again():
    logger = logging.getLogger("siting")
    yield
    logger.handlers, level = [], logging.NOTSET
    logger.setLevel(level)


@pytest.mark.usefixtures("_quiet_again")
@pytest.mark.parametrize("words", [("-v", "weights", "--json"), ("weights", "--json", "--verbose")])
def test_stages_are_logged_to_standard_error(siting, words):
    code, out, err = siting(*words)
    assert code == 0
    assert json.loads(out)["study"] == "balanced"
    assert re.fullmatch(r"\[ *\d+\.\d\d s\] siting weights: \d+\.\d\d s in all\n", err)


@pytest.mark.usefixtures("_quiet_again")
def test_a_stage_says_what_it_took(siting, capsys):
    siting("weights", "-v")
    with silent()("freight"):
        pass
    assert re.fullmatch(r"\[ *[\d.]+ s\] freight: 0\.0\d s\n", capsys.readouterr().err)


def test_nothing_is_logged_unasked(siting):
    assert siting("weights")[2] == ""
    assert all("--verbose" in {o for p in command.params for o in p.opts}
               for command in EVERY.values())  # fmt: skip


def test_bars_stand_on_standard_error(monkeypatch, capsys):
    monkeypatch.setattr(aside, "_force_terminal", True)
    with shown(aside) as stages, stages("freight") as tell:
        tell(1, 2)
    out, err = capsys.readouterr()
    assert out == ""
    assert "freight" in err
    sources = Path(commands_.__file__).parent.glob("*.py")
    bars = [call for path in sources for call in re.findall(r"shown\(\w+", path.read_text("utf-8"))]
    assert set(bars) == {"shown(aside"}
