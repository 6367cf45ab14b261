"""What a user writes behind the comma of a name: a country or a region."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from geodata.codes import foreign_names
from geodata.geometry import attributes
from geodata.places import country_names
from siting.world.spelling import key

Mask = NDArray[np.bool_]
Texts = NDArray[np.object_]


def in_country(countries: Texts, words: str) -> Mask:
    """Return which ISO2 codes are that of a country named by its code or name.

    The first words of a name suffice where no other country begins with them.
    """
    wanted, known = key(words), _countries()
    begun = {code for name, code in known.items() if name.startswith(f"{wanted} ")}
    code = known.get(wanted, min(begun) if len(begun) == 1 else "")
    return np.asarray(countries == code) & bool(code and wanted)


def in_region(countries: Texts, regions: Texts, words: str) -> Mask:
    """Return which rows lie in a region named by its ISO 3166-2 code, the end of it or its name.

    Parameters
    ----------
    countries, regions : ndarray of str, shape (n,)
        ISO2 codes; of regions the codes or names.
    words : str
    """
    meant = _regions().get(key(words), frozenset())
    rows = np.flatnonzero(np.isin(countries, sorted({country for country, _ in meant})))
    here = np.zeros(len(countries), dtype=bool)
    here[rows] = [(countries[i], key(regions[i])) in meant for i in rows]
    return here


@lru_cache
def _countries() -> dict[str, str]:
    """Return codes by what they are called; a code goes before a name, a foreign name last."""
    names = country_names()
    foreign = {key(name): code for name, code in foreign_names().items()}
    ours = {key(name): code for code, name in names.items()}
    return foreign | ours | {key(code): code for code in names}


@lru_cache
def _regions() -> dict[str, frozenset[tuple[str, str]]]:
    """Return what regions are called: country, and the code or name of each, as they are compared.

    Of a code its end is enough, as TX for US-TX.
    """
    known: dict[str, set[tuple[str, str]]] = {}
    columns = (attributes("regions")[name].astype(str) for name in ("country", "region", "name"))
    for country, code, name in zip(*columns, strict=True):
        if code:
            for word in {key(code), key(code.partition("-")[2]), key(name)} - {""}:
                known.setdefault(word, set()).update(((country, key(code)), (country, key(name))))
    return {word: frozenset(meant) for word, meant in known.items()}
