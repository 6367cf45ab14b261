"""Numbers as text for the page: base64 of little-endian values, so that none is rounded."""

from __future__ import annotations

import base64

import numpy as np
from numpy.typing import ArrayLike


def encoded(numbers: ArrayLike, kind: str) -> str:
    """Return numbers in row-major order as base64 of a little-endian dtype."""
    return base64.b64encode(np.ascontiguousarray(numbers, dtype=kind).tobytes()).decode("ascii")
