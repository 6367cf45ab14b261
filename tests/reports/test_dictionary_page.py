"""The data dictionary is whole; that it is current is tested with the other pages."""

from __future__ import annotations

from geodata.factor_vocabulary import FACTORS
from geodata.tables import TABLES
from geodata.vocabulary import THEME
from siting.reports.dictionary_page import reference


def test_it_tells_every_column_word_and_factor() -> None:
    text = reference()
    for name, spec in TABLES.items():
        section = text.split(f"\n## {name}\n")[1].split("\n## ")[0]
        assert spec.title in section
        for column in spec.columns:
            assert f"| `{column}` |" in section
    for word, meaning in THEME.items():
        assert f"- `{word}`: {meaning}" in text
    for factor in FACTORS:
        assert f"| `{factor}` |" in text


def test_every_row_of_a_table_has_as_many_cells_as_its_header() -> None:
    width = 0
    for line in reference().splitlines():
        if not line.startswith("|"):
            width = 0
            continue
        cells = line.replace("\\|", "").count("|")
        width = width or cells
        assert cells == width, line
