"""What holds of every plan, looked at before one is shown: scores that part places, shares of 1."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from geodata.arrays import Floats
from geodata.errors import Fault, raise_if
from geodata.sphere import great_circle_km
from siting.model.plan import Plan
from siting.model.scoring import DECIMALS

ONE_PLACE_KM = 25.0  # candidates that lie nearer together than this may well score the same
_ROUNDING = 1e-6
_OURS = "report it to the makers of the planner, with the study and its files"


def check_plan(plan: Plan) -> None:
    """Raise where a plan says nothing, or contradicts itself.

    Raises
    ------
    SitingError
        When every place scores the same though places lie apart; when a score is not finite, or
        shares do not sum to 1.
    """
    raise_if([*_level(plan), *_broken(plan)])


def _level(plan: Plan) -> Iterator[Fault]:
    """Yield a fault where all places score the same, unless they are all but one place."""
    scores = np.round(plan.utility, DECIMALS)
    if len(scores) < 2 or np.ptp(scores) > 0 or _extent_km(plan.places) <= ONE_PLACE_KM:  # noqa: PLR2004 - a pair
        return
    names = ", ".join(map(str, plan.weights.index))
    what = f"all {len(scores):,} places score the same: they do not differ in {names}"
    hint = "give a criterion that parts them a weight, name the owner, or bring more places"
    yield plan.study.origin.fault(what, hint, "weights")


def _extent_km(places: pd.DataFrame) -> float:
    """Return how far the farthest place lies from the first."""
    lat, lon = (places[name].to_numpy(dtype=float) for name in ("lat", "lon"))
    return float(great_circle_km(lat[0], lon[0], lat, lon).max())


def _broken(plan: Plan) -> Iterator[Fault]:
    """Yield what no study may bring about: numbers of a plan that contradict each other."""
    shares, confidence = plan.zones.share, plan.confidence
    holds = {
        "scores are finite": np.isfinite(plan.utility).all(),
        "parts sum to the score": _same(plan.parts.sum(axis=1).to_numpy(float), plan.utility),
        "shares of zones are within 0 and 1": (shares >= 0).all() and shares.sum() <= 1 + _ROUNDING,
    }
    if confidence is not None:
        ranks = confidence.acceptability
        holds |= {
            "chances of each rank sum to 1": _same(ranks.sum(axis=0), 1.0),
            "chances of each zone sum to 1": _same(ranks.sum(axis=1), 1.0),
        }
    for what, so in holds.items():
        if not so:
            yield Fault("plan", f"it does not hold that {what}", _OURS)


def _same(numbers: Floats | float, wanted: Floats | float) -> bool:
    """Whether numbers agree but for rounding."""
    return bool(np.allclose(numbers, wanted, rtol=_ROUNDING, atol=_ROUNDING))
