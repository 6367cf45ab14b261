"""What `--json` prints: one object, the version of its keys first."""

from __future__ import annotations

import ast
import json
import sys
from pathlib import Path

import pytest

from siting import commands
from siting.commands import cli
from siting.support.console import SCHEMA_VERSION, answer

SOURCES = sorted(Path(commands.__file__).parent.glob("*.py"))


@pytest.mark.parametrize(
    "words",
    [("freight", "Sundsvall", "Salzgitter"), ("weights",), ("data", "show", "country_groups")],
    ids=" ".join,
)
def test_an_answer_begins_with_its_version(monkeypatch, capsys, words):
    monkeypatch.setattr(sys, "argv", ["siting", *words, "--json"])
    with pytest.raises(SystemExit) as left:
        cli.main()
    assert not left.value.code
    said = json.loads(capsys.readouterr().out)
    assert next(iter(said.items())) == ("schema_version", SCHEMA_VERSION)
    assert len(said) > 1


def test_the_version_is_that_of_the_planner_whatever_is_answered():
    assert json.loads(answer({"site": "Vaasa"})) == {"schema_version": 1, "site": "Vaasa"}


def calls(tree: ast.AST, name: str) -> list[ast.Call]:
    return [
        node for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == name
    ]  # fmt: skip


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_every_command_answers_in_one_way(path):
    """What is printed as JSON is made by `answer`; but for the schema, which is no answer."""
    tree = ast.parse(path.read_text("utf-8"))
    for printed in calls(tree, "print_json"):
        made = ast.unparse(printed.args[0])
        assert (
            made.startswith(("answer(", "_answer(")) or "_json(" in made or "study_schema()" in made
        )
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef) and function.name.endswith("_json"):
            returned = [n.value for n in ast.walk(function) if isinstance(n, ast.Return)]
            if ast.unparse(function.returns) == "str":
                assert all(ast.unparse(value).startswith("answer(") for value in returned)
