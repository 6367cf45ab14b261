"""Answers kept between runs: given again while nothing differs, and made anew otherwise."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from siting.commands import answers as answers_module
from siting.commands.answers import answering
from siting.support import kept
from siting.support.cachefolder import ENV
from siting.support.console import Printer

STUDY = "candidates: {file: sites.csv}\n"
SITES = "name,lat,lon\nVaasa,63.1,21.6\n"


class Asked:
    """A command that says how often it was made to work."""

    def __init__(self) -> None:
        self.times = 0

    def command(self):
        def explain(**given):
            self.times += 1
            site = given["site"]
            sys.stdout.write(f"{site} ä {self.times}\n")
            if site == "change":
                Path("sites.csv").write_text(SITES + "Sines,37.9,-8.8\n", "utf-8")
            if site == "nowhere":
                raise ValueError(site)

        return answering(explain)


@pytest.fixture
def ask(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv(ENV, str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.yaml").write_text(STUDY, "utf-8")
    (tmp_path / "sites.csv").write_text(SITES, "utf-8")
    asked = Asked()
    command = asked.command()

    def once(**given):
        command(**{"site": "Vaasa", "study": "mine.yaml", **given})
        return capsys.readouterr().out, asked.times

    return once


def answers(tmp_path):
    return sorted((tmp_path / "cache" / kept.FOLDER).glob("*.json"))


def test_the_same_question_is_answered_with_the_same_bytes_and_no_work(ask):
    assert ask() == ("Vaasa ä 1\n", 1)
    assert ask() == ("Vaasa ä 1\n", 1)
    assert ask(site="Sines") == ("Sines ä 2\n", 2)
    assert ask(as_json=True)[1] == 3
    assert ask()[0] == "Vaasa ä 1\n"


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: (folder / "mine.yaml").write_text(STUDY + "investor: KR\n", "utf-8"),
        lambda folder: (folder / "sites.csv").write_text(SITES + "Sines,37.9,-8.8\n", "utf-8"),
        lambda folder: (folder / "sites.prj").write_text("beside it", "utf-8"),
        lambda folder: answers(folder)[0].write_text("{", "utf-8"),
        lambda folder: answers(folder)[0].write_text(
            json.dumps({**json.loads(answers(folder)[0].read_text("utf-8")), "printed": "lies"}),
            "utf-8",
        ),
        lambda folder: answers(folder)[0].unlink(),
    ],
    ids=["study", "own file", "a file beside it", "cut short", "altered", "gone"],
)
def test_whatever_differs_is_asked_anew(ask, tmp_path, change):
    ask()
    change(tmp_path)
    assert ask()[1] == 2
    assert ask()[1] == 2


def test_another_version_of_the_planner_asks_anew(ask, monkeypatch):
    ask()
    monkeypatch.setattr(kept, "_planner", lambda: ("another",))
    assert ask()[1] == 2


def test_the_width_of_the_terminal_counts(ask, monkeypatch):
    for width in (80, 120):
        monkeypatch.setattr(answers_module, "console", Printer(width=width))
        asked = ask()[1]
    assert asked == 2


def test_no_answer_is_kept_of_a_fault_a_file_or_what_changed_meanwhile(ask, tmp_path):
    with pytest.raises(ValueError, match="nowhere"):
        ask(site="nowhere")
    ask(out="table.csv")
    ask(site="change")
    assert answers(tmp_path) == []


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="no owners of files here")
def test_an_answer_of_another_user_is_not_printed(ask, monkeypatch):
    ask()
    monkeypatch.setattr(os, "getuid", lambda: 12345)
    assert ask()[1] == 2


def test_without_a_folder_to_write_to_it_is_only_slower(ask, tmp_path):
    (tmp_path / "cache").write_text("a file", "utf-8")
    assert ask() == ("Vaasa ä 1\n", 1)
    assert ask() == ("Vaasa ä 2\n", 2)


def test_files_too_large_for_any_input_are_not_read(ask, tmp_path):
    """A film that bears the name of a list, or a list of gigabytes, keeps no command waiting."""
    with (tmp_path / "sites.mkv").open("wb") as file:
        file.truncate(kept.MOST_READ)  # sparse: it takes no room
    with pytest.raises(OSError, match="too large"):
        kept.hashes([tmp_path / "sites.csv"])
    assert ask() == ("Vaasa \u00e4 1\n", 1)
    assert ask() == ("Vaasa \u00e4 2\n", 2)
    assert answers(tmp_path) == []
