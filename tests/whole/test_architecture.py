"""The pages of docs/ for who changes the planner name what is there."""

from __future__ import annotations

import dataclasses
import importlib
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NAME = re.compile(r"`(siting(?:\.\w+)+)`")
# Folders below which a page may name a file.
FOLDERS = (
    "", "geodata", "geodata/catalogue", "maps", "maps/print", "siting", "siting/commands",
    "siting/results", "siting/results/gis", "siting/results/workbook", "siting/screening",
    "siting/study", "siting/world",
)  # fmt: skip
TRIED = {"scenarios/portfolio.py", "commands/portfolio_cli.py"}  # and not kept


def page(name: str) -> str:
    return (ROOT / "docs" / name).read_text("utf-8")


@pytest.mark.parametrize("name", sorted(set(NAME.findall(page("nomenclature.md")))))
def test_each_quantity_is_there_by_its_name(name: str) -> None:
    words = name.split(".")
    for cut in range(len(words), 1, -1):
        try:
            at: object = importlib.import_module(".".join(words[:cut]))
        except ModuleNotFoundError:
            continue
        break
    for word in words[cut:]:
        fields = {f.name for f in dataclasses.fields(at)} if dataclasses.is_dataclass(at) else set()
        keys = getattr(at, "model_fields", {})
        assert word in fields or word in keys or hasattr(at, word), name
        at = getattr(at, word, None)


def test_each_quantity_has_a_unit() -> None:
    rows = [line for line in page("nomenclature.md").splitlines() if line.startswith("| ")]
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]
    assert {len(row) for row in cells} == {4}
    assert all(row[1] and row[2] and row[3] for row in cells)


@pytest.mark.parametrize("name", ["architecture.md", "decisions.md"])
def test_each_file_named_is_there(name: str) -> None:
    rows = [row for row in page(name).splitlines() if "| dropped |" not in row]
    named = re.findall(r"`([\w/.]+\.(?:py|js|csv|toml))`", "\n".join(rows))
    assert len(named) > 10
    missing = {n for n in named if not any((ROOT / f / n).is_file() for f in FOLDERS)}
    assert missing <= TRIED


def test_the_picture_has_the_floors_in_the_order_of_the_contract() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    [floors] = [c["layers"] for c in contracts["contracts"] if c.get("containers") == ["siting"]]
    wanted = [floor.split(" | ") for floor in floors if floor != "__main__"]
    picture = page("architecture.md").split("```")[1]
    drawn = [
        sorted(re.findall(r"siting/(\w+)", line))
        for line in picture.splitlines()
        if "siting/" in line
    ]
    assert drawn == [sorted(floor) for floor in wanted]
