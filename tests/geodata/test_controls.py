"""Nothing that is printed steers a terminal or the eye, and every encoding can show it."""

from __future__ import annotations

import io
import json
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.table import Table
from rich.text import Text

from geodata.controls import cleaned
from geodata.errors import Fault
from siting.support import console as terminal
from siting.support.console import Printer, make_readable, print_csv, print_json
from siting.support.progress import shown

BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
ORDERS = ["\x1b[31m", "\x1b]0;owned\x07", "\x1b]8;;http://x\x1b\\", "\x9b2J", "\x1bc", "\r", "\b"]
KEPT = "100\u202f% \u00a0 Skellefteå 👩\u200d🔧 مصنع 石墨 [bold]x[/]"
HOSTILE = st.text() | st.lists(st.sampled_from([*ORDERS, *BIDI, "a", "\x00", "\ud800"])).map(
    "".join
)


def steers(text: str) -> list[str]:
    """Return what of a text steers, by the Unicode database and not by our own list."""
    return [
        c
        for c in text
        if unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"}
        or unicodedata.bidirectional(c) in {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI",
                                            "PDI"}
        or c in "\u061c\u200e\u200f"
    ]  # fmt: skip


@given(HOSTILE)
def test_cleaned_text_steers_nothing_and_stays_so(text: str) -> None:
    assert not steers(cleaned(text))
    assert cleaned(cleaned(text)) == cleaned(text)
    assert not steers(cleaned(text, "", lines=True).replace("\n", ""))
    assert cleaned(text, lines=True).count("\n") == text.count("\n") or "\x1b" in text


def test_an_order_goes_as_a_whole_and_letters_stay() -> None:
    for order in ORDERS:
        assert cleaned(f"a{order}b") == "a\N{REPLACEMENT CHARACTER}b"
    assert cleaned(KEPT) == KEPT


@given(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE)
def test_a_fault_is_one_line_that_steers_nothing(
    where: str, what: str, hint: str, column: str, value: str
) -> None:
    fault = Fault(where, what, hint, 3, column, value)
    assert not steers(str(fault))
    assert not steers(fault.where + fault.what + fault.hint + str(fault.column) + str(fault.value))


@given(HOSTILE)
def test_nothing_on_a_terminal_steers_it(text: str) -> None:
    printer = Printer(file=io.StringIO(), width=40)
    table = Table(text, title=Text(text))
    table.add_row(Text(text))
    table.add_row(text)
    for what in (text, Text(text), table):
        printer.print(what)
    assert not steers(printer.file.getvalue().replace("\n", ""))


def test_the_name_of_a_stage_is_data() -> None:
    printer = Printer(file=io.StringIO(), force_terminal=True, width=120, color_system=None)
    with shown(printer) as stages, stages("[red]\u202ex\x1b[2J[/nope]"):
        pass
    assert "[red]x[/nope]" in printer.file.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "cp936", "cp1252", "ascii"])
def test_any_text_can_be_printed_in_any_encoding(
    encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding, errors="strict"))
    make_readable()
    every = "".join(map(chr, range(0x20, 0x30000, 7))) + "\ud800\udcff"
    print(every)  # noqa: T201 - what is tested - any library's print
    print("5 \u2013 7 \xd7 ł → ß… ≥ 1\u202f%")  # noqa: T201 - what is tested
    said = {"name": "Skellefteå\x9b31m\u202e\ud800", "n": 1}
    print_json(json.dumps(said, ensure_ascii=False, indent=2))
    print_csv('a,"x\x1b[31my"\r\nb,c\n')
    sys.stdout.flush()
    shown_text = raw.getvalue().decode(encoding)
    if encoding == "ascii":
        assert "5 - 7 x l -> ss. >= 1 %" in shown_text
    structure = shown_text[shown_text.index("{\n") : shown_text.rindex("}") + 1]
    assert json.loads(structure) == said
    assert not steers(structure.replace("\n", ""))
    mark = {"utf-8": "\N{REPLACEMENT CHARACTER}"}.get(encoding, "?")
    assert shown_text.endswith(f'a,"x{mark}y"{mark}\nb,c\n')


def test_lines_into_a_pipe_are_whole_unless_a_width_is_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    printer = Printer(file=io.StringIO())
    printer.print(Text("word " * 60))
    assert len(printer.file.getvalue().splitlines()) == 1
    assert printer.fitted("x" * 90, 12) == "x" * 90
    monkeypatch.setenv("COLUMNS", "80")
    for narrow in (Printer(file=io.StringIO()), Printer(file=io.StringIO(), width=80)):
        narrow.print(Text("word " * 60))
        assert max(map(len, narrow.file.getvalue().splitlines())) <= 80
        assert len(narrow.fitted("x" * 90, 12)) == 12
    assert terminal.ENDLESS > 10_000
