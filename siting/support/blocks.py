"""Many places worked some at a time, so that what is in memory of all of them stays small.

What a stage makes of a place depends on that place alone, so a block of places gets the same bytes
as the whole list. Matrices of places by customers are the largest things of a plan; beyond `HELD`
places they are not kept, and the few rows that someone asks for are worked out again.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.intp]
Made = TypeVar("Made")

# Worked at once. A multiple of `siting.market.market.BLOCK`, whose products then have the same
# shape whatever is worked at once: last bits depend on it.
PLACES = 65_536
HELD = 2 * PLACES  # places up to which whole matrices are kept


def blocks(count: int, size: int) -> list[slice]:
    """Return the rows of so many places, at most `size` at a time."""
    return [slice(first, min(first + size, count)) for first in range(0, count, size)]


def remembered(make: Callable[[Rows], Made]) -> Callable[[Rows], Made]:
    """Return a function of rows that keeps its last results, of `PLACES` rows in all at most."""
    kept: OrderedDict[bytes, Made] = OrderedDict()
    room = PLACES * np.dtype(np.intp).itemsize

    def some(rows: Rows) -> Made:
        key = np.ascontiguousarray(rows, dtype=np.intp).tobytes()
        if key not in kept:
            while kept and len(key) + sum(map(len, kept)) > room:
                kept.popitem(last=False)  # before another is made, so that two are never in memory
            kept[key] = make(rows)
        kept.move_to_end(key)
        return kept[key]

    return some


class Far:
    """An array that is not in memory: rows are worked out when they are asked for.

    Parameters
    ----------
    shape : tuple of int
        (n, ...)
    make : callable
        Ascending rows (k,) -> array (k, ...); a row does not depend on which others are asked for.
    """

    def __init__(self, shape: tuple[int, ...], make: Callable[[Rows], NDArray[Any]]) -> None:
        self.shape = shape
        self._make = make

    def __len__(self) -> int:
        return self.shape[0]

    def __getitem__(self, index: Any) -> NDArray[Any]:
        """Return what numpy returns for the same index; the first part of it picks rows."""
        rows, *rest = index if isinstance(index, tuple) else (index,)
        wanted = np.arange(len(self))[rows]
        few, which = np.unique(wanted, return_inverse=True)
        values = self._make(few)[(which.reshape(np.shape(wanted)), *rest)]
        return np.asarray(values)


Matrix = NDArray[np.float32] | Far
