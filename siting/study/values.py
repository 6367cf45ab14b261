"""Value functions: a raw criterion becomes a value by fixed anchors.

The anchors are constants with a source (`siting.study.criteria`), never the extremes of the list at
hand, so that a candidate's value does not depend on which others are compared (Belton and
Stewart 2002, ch. 5, "global scaling").
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np

from geodata.arrays import Floats

Shape = Literal["linear", "unclipped", "saturating", "nearness", "logarithmic"]


# What anchors must be, by shape.
BOUNDS: dict[Shape, str] = {
    "linear": "give worst and best that differ",
    "unclipped": "give worst and best that differ",
    "saturating": "give best above 0: so far from worst it is worth one half",
    "nearness": "give best above 0: so far from worst it is worth one half",
    "logarithmic": "give worst above 0, and best above worst",
}


@dataclass(frozen=True)
class ValueFunction:
    """Anchors of one criterion.

    Attributes
    ----------
    worst, best : float
        Raw values worth 0 and 1 (``linear``, clipped there; ``unclipped`` goes on beyond them).
        ``saturating``: `worst` is worth 0, and `best` is the distance from it worth one half.
        ``nearness``: `worst` is worth 1, and `best` is the distance from it worth one half.
        ``logarithmic``: ln(raw / best), 0 at `best` and beyond; `worst` is the least that counts.
    shape : str
    """

    worst: float
    best: float
    shape: Shape = "linear"

    def __call__(self, raw: Floats) -> Floats:
        """Return values of the same shape as `raw`; NaN stays NaN."""
        if self.shape == "logarithmic":
            return np.asarray(np.log(np.clip(raw, self.worst, self.best) / self.best))
        if self.shape in ("saturating", "nearness"):
            gain = np.maximum(raw - self.worst, 0.0)
            part = gain if self.shape == "saturating" else self.best
            return np.asarray(part / (gain + self.best))
        share = (raw - self.worst) / (self.best - self.worst)
        return np.asarray(share if self.shape == "unclipped" else np.clip(share, 0.0, 1.0))

    def raw(self, value: float) -> float:
        """Return the raw figure worth a value: the function turned round.

        Values at the open end of a curve, and beyond the anchors of a clipped line, have none:
        infinity and the anchor's line stand for them.
        """
        if self.shape == "logarithmic":
            return float(self.best * np.exp(value))
        if self.shape == "saturating":
            return self.worst + self.best * value / (1.0 - value) if value < 1.0 else float("inf")
        if self.shape == "nearness":
            return self.worst + self.best * (1.0 / value - 1.0) if value > 0.0 else float("inf")
        return self.worst + value * (self.best - self.worst)

    @property
    def sound(self) -> bool:
        """Whether the anchors are as `BOUNDS` asks."""
        if self.shape in ("linear", "unclipped"):
            return not math.isclose(self.worst, self.best, rel_tol=1e-6)
        return 0 < self.worst < self.best if self.shape == "logarithmic" else self.best > 0

    @property
    def most(self) -> float:
        """The largest value that the function can give."""
        return {"unclipped": float("inf"), "logarithmic": 0.0}.get(self.shape, 1.0)

    @property
    def more_is_better(self) -> bool:
        """Whether a larger raw value is worth more."""
        if self.shape in ("linear", "unclipped"):
            return self.best > self.worst
        return self.shape != "nearness"
