from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import UndefinedError

from siting.reports import page

CELLS = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=8)


def written(folder: Path, text: str) -> Path:
    """Put a template into a folder of its own."""
    (folder / "a.md.j2").write_text(text, encoding="utf-8")
    return folder


def test_a_template_is_filled_with_tables_and_nothing_is_escaped(tmp_path):
    text = "# {{ title }}\n\n{{ table(['a', 'b'], rows, '<>') }}\n\n{{ made | frame }}\n"
    rows, made = [("x|y", 1)], pd.DataFrame({"usd": [1234.4]})
    filled = page.filled("a.md", written(tmp_path, text), title="R&D <b>", rows=rows, made=made)
    assert filled == (
        "# R&D <b>\n\n| a | b |\n| --- | ---: |\n| x\\|y | 1 |\n\n| usd |\n| --- |\n| 1,234 |\n"
    )


def test_a_value_that_is_not_given_is_no_blank(tmp_path):
    with pytest.raises(UndefinedError, match="title"):
        page.filled("a.md", written(tmp_path, "# {{ title }}\n"))


@given(st.lists(st.tuples(CELLS, CELLS), max_size=4))
def test_every_row_of_a_table_has_its_cells(rows):
    lines = page.table(["a", "b"], rows).split("\n")
    assert len(lines) == 2 + len(rows)
    for line, row in zip(lines[2:], rows, strict=True):
        cells = re.split(r"(?<!\\)\|", line)[1:-1]
        assert [cell[1:-1].replace("\\|", "|") for cell in cells] == list(row)


def test_a_page_has_the_same_bytes_on_every_system(tmp_path):
    page.write(tmp_path / "a.md", "ä\n")
    assert (tmp_path / "a.md").read_bytes() == "ä\n".encode()


def test_every_template_is_of_a_page_of_the_docs():
    docs = Path(__file__).parents[2] / "docs"
    assert all((docs / path.stem).is_file() for path in page.TEMPLATES.iterdir())
