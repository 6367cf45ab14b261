"""Value functions: a raw criterion becomes a value between 0 and 1 by fixed anchors.

The anchors are constants with a source (`siting.study.criteria`), never the extremes of the list at
hand, so that a candidate's value does not depend on which others are compared (Belton and
Stewart 2002, ch. 5, "global scaling").
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Shape = Literal["linear", "saturating"]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class ValueFunction:
    """Anchors of one criterion.

    Attributes
    ----------
    worst, best : float
        Raw values worth 0 and 1 (``linear``). For ``saturating``, ``worst`` is worth 0 and
        ``best`` is the distance from it that is worth one half.
    shape : {"linear", "saturating"}
    """

    worst: float
    best: float
    shape: Shape = "linear"

    def __call__(self, raw: Floats) -> Floats:
        """Return values in [0, 1] of the same shape as `raw`; NaN stays NaN."""
        if self.shape == "saturating":
            gain = np.maximum(raw - self.worst, 0.0)
            return np.asarray(gain / (gain + self.best))
        share = (raw - self.worst) / (self.best - self.worst)
        return np.asarray(np.clip(share, 0.0, 1.0))

    @property
    def more_is_better(self) -> bool:
        """Whether a larger raw value is worth more."""
        return self.shape == "saturating" or self.best > self.worst
