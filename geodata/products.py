"""The words that the products of the catalogue bring into the vocabularies of other tables.

Read before any schema stands, hence plainly; `siting data check` holds the file to its schema.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from functools import cache

from geodata import CATALOGUE

Words = Mapping[str, str]


def names() -> dict[str, str]:
    """Return the key of each product -> its name."""
    return {row["product"]: row["name"] for row in _rows()}


def works() -> dict[str, str]:
    """Return what `anode_plants` may call works -> the name of the product."""
    return {word: row["name"] for row in _rows() for word in _split(row["works"]) if word}


def series() -> dict[str, str]:
    """Return the series of `anode_prices` -> what it is a price of."""
    return {
        row[column]: f"{row['name']}, {where}"
        for row in _rows()
        for column, where in (
            ("chinese_price", "at a Chinese port, without VAT and sea freight"),
            ("outside_price", "at the import gate of customers outside China, before duty"),
        )
        if row[column]
    }


def feedstocks() -> dict[str, str]:
    """Return the kinds of `feedstock_sources` -> the product that takes it."""
    return {kind: f"{kind.replace('_', ' ')} ({name})" for kind, name in _feeds()}


def _feeds() -> Iterator[tuple[str, str]]:
    for row in _rows():
        for pair in _split(row["feedstock"]):
            if pair:
                yield pair.partition(":")[0], row["name"]


def _split(cell: str) -> list[str]:
    return cell.split(";")


@cache
def _rows() -> tuple[dict[str, str], ...]:
    with (CATALOGUE / "products.csv").open(encoding="utf-8", newline="") as file:
        read = csv.DictReader(file)
        return tuple({name or "": cell or "" for name, cell in row.items()} for row in read)
