"""The page of what the planner was tried with: `python -m tests.fuzz.page` writes it anew."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from siting.reports.page import filled, write

from .corpus import EXPECTED

RECORD = Path(__file__).with_name("campaign.json")
PAGE = Path(__file__).parents[2] / "docs" / "reliability.md"
COLUMNS = ("accepted", "refused", "in a parser's words", "failed")


def page(record: Mapping[str, Any]) -> str:
    """Return the page of a record, see `campaign.Campaign.record`."""
    inputs, lines = record["inputs"], record["commands"]
    tables = (inputs, lines)
    with EXPECTED.open(encoding="utf-8") as file:
        kept = sum(1 for _ in file)
    return filled(
        "reliability.md", Path(__file__).parent,
        seed=record["seed"], commit=record["commit"], date=record["date"], python=record["python"],
        tried=_count(inputs), commands=_count(lines), corpus=kept, fresh=record["fresh_every"],
        failed=sum(counts.get("failed", 0) for table in tables for counts in table.values()) or "none",
        inputs=_rows(inputs, COLUMNS), lines=_rows(lines, (COLUMNS[0], COLUMNS[1], COLUMNS[3])),
        failures=record["failures"],
    )  # fmt: skip


def _count(table: Mapping[str, Mapping[str, int]]) -> int:
    return sum(sum(counts.values()) for counts in table.values())


def _rows(table: Mapping[str, Mapping[str, int]], columns: Iterable[str]) -> list[list[str]]:
    """Return a row for each kind and one for all."""
    names = list(columns)
    whole = {name: sum(counts.get(name, 0) for counts in table.values()) for name in names}
    return [
        [
            kind,
            *(f"{n:,}" for n in (sum(counts.values()), *(counts.get(name, 0) for name in names))),
        ]
        for kind, counts in [*table.items(), ("all", whole)]
    ]


def keep(record: Path = RECORD) -> None:
    """Keep a record and write the page of it."""
    text = record.read_text(encoding="utf-8")
    write(RECORD, text)
    write(PAGE, page(json.loads(text)))


if __name__ == "__main__":
    keep()
