"""Names of the kinds of arrays that most modules take and give."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Positions: TypeAlias = NDArray[np.intp]  # rows of a frame
Shapes: TypeAlias = NDArray[np.object_]  # shapely geometries
