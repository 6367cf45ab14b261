"""The schema of the table of products: what is made, of what, and by which words it is known."""

from __future__ import annotations

from geodata.columns import NOTE, PROVENANCE, spec, text

_WORD = "[a-z]+(_[a-z0-9]+)*"
_ROW = "[A-Z0-9]+(-[A-Z0-9]+)*"


def _list(item: str) -> str:
    return f"{item}(;{item})*"


PRODUCTS = spec(
    "products",
    "Anode materials that a study may ask about: recipe, feedstock, legal class, prices",
    ("product",),
    {
        "product": text("key of a study", pattern=_WORD, form="lower-case words joined by _"),
        "name": text("as a reader meets it"),
        "works": text(
            "what `anode_plants` call works that a study of it stands for; blank: none",
            blank=True,
            pattern=_list(_WORD),
            form="words of anode_plants.product with a semicolon between",
        ),
        "goods": text("word by which a law tells it from the others"),
        "goods_class": text("wider word by which a law names it and its kin"),
        "also_named": text(
            "words with a semicolon between: a law with one of them covers it too", blank=True
        ),
        "hs_code": text(
            "heading of the Harmonized System under which it is traded; blank: not known",
            blank=True,
            pattern=_list(r"\d{4}(\.\d{2})?"),
            form="digits, as 3801.10",
        ),
        "recipe": text(
            "field of the recipe and its row of anode_economics; `furnace`: the row of the "
            "furnace that the study names",
            pattern=_list(f"{_WORD}:({_ROW}|furnace)"),
            form="field:ROW with a semicolon between",
        ),
        "feedstock": text(
            "what is bought of feedstock_sources, and the field of the recipe that says how much "
            "(t/t, or its yield); `of` a second field: part of that; blank: none stands there, it "
            "is priced at the gate",
            blank=True,
            pattern=_list(f"{_WORD}:{_WORD}( of {_WORD})?"),
            form="feedstock:field with a semicolon between",
        ),
        "intensity": text(
            "chemistry of cells and the row of anode_economics that says how much they take; other "
            "cells take the mean",
            pattern=_list(f"[A-Z]+:{_ROW}"),
            form="CHEMISTRY:ROW with a semicolon between",
        ),
        "qualification": text(
            "row of anode_economics: from samples to orders", pattern=_ROW, form="a param_id"
        ),
        "land": text(
            "row of anode_economics: land of a plant; blank: not known, no place is too small",
            blank=True,
            pattern=_ROW,
            form="a param_id",
        ),
        "chinese_price": text(
            "series of anode_prices: at a Chinese port; blank: none is known",
            blank=True,
            pattern=_WORD,
            form="a series",
        ),
        "outside_price": text(
            "series of anode_prices: paid outside China; blank: none is known",
            blank=True,
            pattern=_WORD,
            form="a series",
        ),
        "not_known": text("what is not known of it, as a reader is told", blank=True),
        **PROVENANCE,
        **NOTE,
    },
)
