"""What is made: an anode material as a record of the table `products`, and nowhere else.

A product is added as rows of data: its record, the rows of `anode_economics` that its recipe
names, and its prices. No module asks for one by its key.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pandas as pd

from geodata.errors import Fault, raise_if
from geodata.language import tr
from geodata.load import nearest, one_of, table
from siting.support import cache as kept

DEFAULT = "synthetic"  # what a study asks about that names none
TABLE = "products"
YIELD = "_yield"  # a field that ends so is tonnes made of a tonne of feedstock
OF_FURNACE = "furnace"


@dataclass(frozen=True)
class Feed:
    """A feedstock, and the field of the recipe that says how much a tonne takes.

    Attributes
    ----------
    kind : str
        As `feedstock_sources` calls it.
    by : str
        Tonnes a tonne, or the yield.
    whole : str
        Field that this is a part of, and cannot be more than; "" if it stands for itself.
    """

    kind: str
    by: str
    whole: str = ""


@dataclass(frozen=True)
class Product:
    """One anode material; the columns are those of the table `products`.

    Attributes
    ----------
    key, name : str
    works : tuple of str
        What `anode_plants` call works that make it.
    goods, goods_class : str
        Words by which law names it alone, and it with its kin.
    named, others : frozenset of str
        Words that bring it under a law, and words that leave it out where none of the former
        stands.
    recipe : dict of str
        Field -> row of `anode_economics`, or `OF_FURNACE`.
    feeds : tuple of Feed
    intensity : dict of str
        Chemistry -> row of `anode_economics`.
    qualification, land : str
        Rows of `anode_economics`; land may be "".
    chinese_price, outside_price : str
        Series of `anode_prices`; "" where none is known.
    not_known : str
        Sentence for a reader.
    row : int
        Of the table, as a spreadsheet numbers it.
    """

    key: str
    name: str
    works: tuple[str, ...]
    goods: str
    goods_class: str
    named: frozenset[str]
    others: frozenset[str]
    recipe: Mapping[str, str]
    feeds: tuple[Feed, ...]
    intensity: Mapping[str, str]
    qualification: str
    land: str
    chinese_price: str
    outside_price: str
    not_known: str
    row: int = field(compare=False)

    def covered(self, text: str) -> bool:
        """Whether a law on goods of these words covers it; one that names only others does not."""
        words = text.lower()
        return any(one in words for one in self.named) or not any(
            one in words for one in self.others
        )


Products = Mapping[str, Product]


def records(rows: pd.DataFrame) -> dict[str, Product]:
    """Return the products of the table, by key.

    Parameters
    ----------
    rows : DataFrame
        The table `products`, as its schema has passed it.
    """
    words = {str(word).lower() for name in ("goods", "goods_class") for word in rows[name]}
    each = enumerate(rows.to_dict("records"), start=2)
    return {str(row["product"]): _record(row, words, line) for line, row in each}


def _record(row: Mapping[Hashable, object], words: set[str], line: int) -> Product:
    cells = {str(name): str(value) for name, value in row.items()}
    own = {cells["goods"].lower(), cells["goods_class"].lower()}
    also = {word.strip().lower() for word in cells["also_named"].split(";") if word.strip()}
    return Product(
        key=cells["product"],
        name=cells["name"],
        works=tuple(word for word in cells["works"].split(";") if word),
        goods=cells["goods"].lower(),
        goods_class=cells["goods_class"].lower(),
        named=frozenset({cells["goods"].lower()} | also),
        others=frozenset(words - own),
        recipe=_pairs(cells["recipe"]),
        feeds=tuple(_feed(*pair) for pair in _pairs(cells["feedstock"]).items()),
        intensity=_pairs(cells["intensity"]),
        qualification=cells["qualification"],
        land=cells["land"],
        chinese_price=cells["chinese_price"],
        outside_price=cells["outside_price"],
        not_known=cells["not_known"],
        row=line,
    )


def _pairs(cell: str) -> dict[str, str]:
    """Return "a:B;c:D" as a mapping."""
    halves = (pair.partition(":") for pair in cell.split(";") if pair)
    return {left: right for left, _, right in halves}


def _feed(kind: str, amount: str) -> Feed:
    by, _, whole = amount.partition(" of ")
    return Feed(kind, by, whole)


@cache
def catalogue() -> Products:
    """Return the products that the catalogue knows, by key."""
    return records(table(TABLE, once=kept.once))


def known_products(tables: Mapping[str, Path]) -> Products:
    """Return the products that a study may name: of its own table, else of the catalogue.

    Raises
    ------
    SitingError
        With the faults of the study's own table.
    """
    own = tables.get(TABLE)
    return records(table(TABLE, own)) if own else catalogue()


def product_of(known: Products, key: str) -> Product:
    """Return a product by its key.

    Raises
    ------
    SitingError
        When there is none, with those that are known.
    """
    raise_if(faults_of(known, key))
    return known[key]


def lacking(
    product: Product, tables: Mapping[str, pd.DataFrame], file: Path | None = None
) -> list[Fault]:
    """Return the rows of other tables that a product names and that are not there.

    Rows of its recipe are looked for where they are read (`siting.study.parameters.ranges`).
    """
    economics = tables["anode_economics"].set_index("param_id")["low"].to_dict()
    sold = set(tables["feedstock_sources"]["feedstock"])
    named = [("intensity", row) for row in product.intensity.values()]
    named += [("qualification", product.qualification), ("land", product.land)]
    missing = [
        (column, f"no such row of anode_economics: {row}", nearest(row, map(str, economics)))
        for column, row in named
        if row and row not in economics
    ]
    for feed in product.feeds:
        row = product.recipe.get(feed.by, "")
        if feed.kind not in sold:
            hint = "add a source, or leave the feedstock blank and give it a price at the gate"
            missing.append(("feedstock", f"no source sells {feed.kind}", hint))
        if feed.by.endswith(YIELD) and economics.get(row, 1.0) <= 0:
            missing.append(
                ("recipe", f"a yield that may be zero: {row}", "give it a low end above 0")
            )
    where = file.name if file else f"{TABLE}.csv"
    return [
        Fault(where, what, hint, product.row, column, product.key) for column, what, hint in missing
    ]


def faults_of(known: Products, key: str) -> list[Fault]:
    """Return the fault of a key that is no product: the nearest one, and those that are known."""
    if key in known:
        return []
    close, every = nearest(key, known), ", ".join(known)
    hint = close
    if close != one_of(known):
        hint = tr("{hint} Known: {names}", hint=close, names=every)
    return [Fault("study", tr("no such product"), hint, None, "product", key)]
