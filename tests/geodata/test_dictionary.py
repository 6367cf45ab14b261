"""The data dictionary is current and whole."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from geodata.dictionary import dictionary
from geodata.factor_vocabulary import FACTORS
from geodata.tables import TABLES
from geodata.vocabulary import THEME

PAGE = Path(__file__).parents[2] / "docs" / "data_dictionary.md"


def test_the_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == dictionary(), "run python -m geodata.dictionary"


def test_it_tells_every_column_word_and_factor() -> None:
    text = dictionary()
    for name, spec in TABLES.items():
        section = text.split(f"\n## {name}\n")[1].split("\n## ")[0]
        assert spec.title in section
        for column in spec.schema.columns:
            assert f"| `{column}` |" in section
    for word, meaning in THEME.items():
        assert f"- `{word}`: {meaning}" in text
    for factor in FACTORS:
        assert f"| `{factor}` |" in text


def test_every_row_of_a_table_has_as_many_cells_as_its_header() -> None:
    width = 0
    for line in dictionary().splitlines():
        if not line.startswith("|"):
            width = 0
            continue
        cells = line.replace("\\|", "").count("|")
        width = width or cells
        assert cells == width, line


def test_the_command_writes_it() -> None:
    made = subprocess.run(
        [sys.executable, "-m", "geodata.dictionary"], capture_output=True, check=True,
        cwd=PAGE.parents[1],
    )  # fmt: skip
    assert made.stdout.decode() == dictionary()
