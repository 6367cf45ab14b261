"""How names are compared, whatever their accents, punctuation and special letters."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from siting.support import cache
from siting.support import text as text_module
from siting.support.text import plain

# Letters that no accent was put on, and apostrophes of many alphabets.
_LETTERS = str.maketrans(
    dict(zip("łøđðþæœıħ", ("l", "o", "d", "d", "th", "ae", "oe", "i", "h"), strict=True))
    | dict.fromkeys("'`’ʻʼʿʾ")  # noqa: RUF001 - meant
)
MANY = 5000  # texts whose keys take longer to make than to read
_LONG = 5  # letters of a name that is known with one left out


def key(text: str) -> str:
    """Return a name as it is compared: without case, accents, apostrophes and punctuation."""
    flat = plain(text)
    return flat if flat.isascii() and flat.isalnum() else _words(flat)


def keys(texts: Iterable[str]) -> NDArray[np.object_]:
    """Return the `key` of each text; those of many texts are filed in the cache."""
    names = list(texts)
    if len(names) < MANY:
        return np.array([key(text) for text in names], dtype=object)
    lengths = np.array([len(name) for name in names])
    filed = cache.digest("names as compared", _spelling(), lengths, "".join(names))
    made = cache.array(filed, lambda: np.array([key(text).encode() for text in names]), mmap=False)
    return np.array([text.decode() for text in made.tolist()], dtype=object)


@lru_cache
def _spelling() -> bytes:
    """Return the code that makes a key: another version files its own."""
    return b"".join(Path(module).read_bytes() for module in (__file__, text_module.__file__))


def lacks_one(written: str, name: str) -> bool:
    """Return whether a word was written but for one of its letters, as Tanger for Tangier."""
    if len(name) != len(written) + 1 or len(written) < _LONG:
        return False
    gap = next((i for i, pair in enumerate(zip(written, name, strict=False)) if pair[0] != pair[1]),
              len(written))  # fmt: skip
    return written[gap:] == name[gap + 1 :]


def _words(flat: str) -> str:
    return " ".join(re.findall(r"\w+", flat.translate(_LETTERS)))
