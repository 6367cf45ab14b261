"""`siting data` as a user types it."""

from __future__ import annotations

import io
import json

import pandas as pd
import pytest
from typer.testing import CliRunner, Result

import geodata.check
import geodata.load
from geodata.errors import Fault
from geodata.load import table
from geodata.tables import TABLES
from siting.commands.data_cli import SHOWN, app
from siting.support import console


def run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


@pytest.fixture(autouse=True)
def _wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(console.console, "_width", 200)


def test_list() -> None:
    shown = run("list")
    assert shown.exit_code == 0
    for name in TABLES:
        assert name in shown.stdout
    assert str(len(table("gigafactories"))) in shown.stdout


def test_show_tells_how_much_it_leaves_out() -> None:
    shown = run("show", "automaker_plants")
    assert shown.exit_code == 0
    assert f"{SHOWN} of {len(table('automaker_plants'))} rows" in shown.stdout
    assert "more columns: " in shown.stdout


def test_json_and_csv_hold_every_row_and_cell() -> None:
    rows = table("gigafactories").query("country == 'DE' and status == 'operating'")
    question = ("show", "gigafactories", "-w", "country=DE", "--where", "status=operating")
    found = json.loads(run(*question, "--json").stdout)["rows"]
    assert [row["id"] for row in found] == rows["id"].tolist()
    assert {type(row["capacity_gwh_now"]) for row in found} <= {float, type(None)}
    back = pd.read_csv(
        io.StringIO(run(*question, "--csv").stdout), keep_default_na=False, dtype=str
    )
    assert back["source"].tolist() == rows["source"].tolist()
    short = run(*question, "--csv", "--limit", "1", "-c", "id,lat").stdout
    assert short == f"id,lat\n{rows['id'].iloc[0]},{rows['lat'].iloc[0]}\n"


def test_namibia_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = table("country_groups").head(1).assign(country="NA")
    monkeypatch.setattr(geodata.load, "table", lambda _name: rows)
    assert json.loads(run("show", "country_groups", "--json").stdout)["rows"][0]["country"] == "NA"


def test_cells_are_data(monkeypatch: pytest.MonkeyPatch) -> None:
    nasty = "[red]x[/red] [/] [link=http://x]y[/link] \x1b[31mz"
    rows = table("anode_plants").head(1).assign(name=nasty)
    monkeypatch.setattr(geodata.load, "table", lambda _name: rows)
    shown = run("show", "anode_plants", "-c", "name").stdout
    assert "[red]x[/red] [/] [link=http://x]y[/link]  z" in shown
    assert "\x1b" not in shown


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("show", "gigafactory"), "did you mean gigafactories?"),
        (("show", "gigafactories", "-w", "contry=SE"), "did you mean country?"),
        (("show", "gigafactories", "-c", "captial"), "no such column"),
        (("show", "gigafactories", "-w", "lat>north"), "lat holds numbers"),
        (("show", "gigafactories", "-w", "nonsense"), "not a condition"),
    ],
)
def test_mistakes_are_told_without_a_traceback(words: tuple[str, ...], said: str) -> None:
    shown = run(*words)
    assert shown.exit_code == 2
    assert said in shown.output
    assert "Traceback" not in shown.output


def test_check(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(geodata.check, "check_catalogue", list)
    shown = run("check")
    assert (shown.exit_code, "no fault" in shown.stdout) == (0, True)
    fault = Fault("a.csv", "[b]bad[/b]", "correct it", 3)
    monkeypatch.setattr(geodata.check, "check_catalogue", lambda: [fault])
    shown = run("check")
    assert shown.exit_code == 2
    assert "a.csv, row 3: [b]bad[/b] - correct it" in shown.stdout
