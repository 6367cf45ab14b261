"""Pages of Markdown: the templates filled, their tables, the file.

The words of a page are in `templates/NAME.j2`; the code beside it gives the figures.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

import pandas as pd
from jinja2 import Environment, FileSystemLoader, StrictUndefined

TEMPLATES = Path(__file__).with_name("templates")
RULES = {"<": "---", ">": "---:"}


def filled(name: str, folder: Path = TEMPLATES, /, **values: object) -> str:
    """Return a page from its template.

    In a template `table` and the filter `frame` make tables; nothing else is escaped.

    Parameters
    ----------
    name : str
        The page, as "claims.md"; its template has the same name and ".j2".
    folder : path
        Where the template lies.
    **values
        What the template names.

    Raises
    ------
    jinja2.UndefinedError
        When the template names a value that `values` lacks.
    """
    return _environment(folder).get_template(f"{name}.j2").render(values)


def table(
    heads: Iterable[object], rows: Iterable[Iterable[object]], align: Sequence[str] = ""
) -> str:
    """Return a Markdown table; a bar in a cell stays in it, a float is a whole number.

    Parameters
    ----------
    heads : iterable
    rows : iterable of iterable
        Each as long as `heads`.
    align : sequence of {"<", ">"}
        Left or right, by column; left by default.
    """
    names = list(heads)
    rules = (RULES[side] for side in align or "<" * len(names))
    return "\n".join(
        f"| {' | '.join(cells)} |"
        for cells in (map(_cell, names), rules, *(map(_cell, row) for row in rows))
    )


def frame(rows: pd.DataFrame) -> str:
    """Return a frame as a Markdown table."""
    return table(rows.columns, rows.itertuples(index=False))


def write(path: Path, text: str) -> None:
    """Write a page with the same bytes on every system."""
    path.write_text(text, encoding="utf-8", newline="\n")


def _cell(value: object) -> str:
    text = f"{value:,.0f}" if isinstance(value, float) else str(value)
    return text.replace("|", "\\|")


@lru_cache
def _environment(folder: Path) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(folder), autoescape=False,  # noqa: S701 - Markdown, no HTML
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip
    environment.globals["table"] = table
    environment.filters["frame"] = frame
    return environment
