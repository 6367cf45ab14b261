import io
import json

import pytest
from remade import remade
from rich.console import Console
from sample_atlas import PAYLOADS

from siting.commands import crosscheck_terminal
from siting.confidence import agreement


@pytest.fixture(scope="module")
def hostile(nordic):
    """The Nordic plan with strange names for its places."""
    names = [PAYLOADS[k % len(PAYLOADS)] + "[bold]x[/]" for k in range(len(nordic.places))]
    return remade(nordic, places=nordic.places.assign(name=names))


def printed(plan, monkeypatch, width=160):
    out = io.StringIO()
    monkeypatch.setattr(
        crosscheck_terminal, "console", Console(file=out, width=width, highlight=False)
    )
    crosscheck_terminal.print_crosscheck(agreement.crosscheck(plan, 12), plan)
    return out.getvalue()


def test_names_are_never_markup(hostile, monkeypatch):
    assert "[bold]x[/]" in printed(hostile, monkeypatch)


def test_a_narrow_terminal_still_shows_every_rank(nordic, monkeypatch):
    lines = printed(nordic, monkeypatch, width=80).splitlines()
    at = next(i for i, line in enumerate(lines) if line.startswith("Ranks"))
    rows = [[int(number) for number in line.split()[-7:]] for line in lines[at + 2 : at + 14]]
    for ranks in zip(*rows, strict=True):
        assert sorted(ranks) == list(range(1, 13))


def test_weights_stand_from_the_largest_down(nordic, monkeypatch):
    lines = printed(nordic, monkeypatch).splitlines()
    at = next(i for i, line in enumerate(lines) if line.startswith("Weights"))
    chosen = []
    for line in lines[at + 2 :]:
        if line.startswith("A cross-check"):
            break
        chosen.append(float(line.split()[-4]))
    assert chosen == sorted(chosen, reverse=True)
    assert sum(chosen) == pytest.approx(100, abs=1.5)


def test_json_is_the_same_on_every_call_and_holds_the_sources(nordic):
    checked = agreement.crosscheck(nordic, 12)
    text = crosscheck_terminal.crosscheck_json(checked, nordic)
    assert text == crosscheck_terminal.crosscheck_json(agreement.crosscheck(nordic, 12), nordic)
    assert "Hwang and Yoon 1981" in text
    assert json.loads(text)["methods"]["topsis"]["set_relative"] is True
