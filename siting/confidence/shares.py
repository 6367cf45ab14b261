"""The share of siting zones as a function of what is drawn.

In a draw a zone moves as the site that stands for it: its places share power, law, ties and most of
the freight. So a zone's weight is exp(k U) of its site, times what the whole zone weighs against
that site in the plan. The places in no zone are stood for by a sample of equal probability, so
that shares of the zones need no score of thirty thousand places.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import logsumexp

from geodata.arrays import Floats
from geodata.sphere import great_circle_km
from siting.confidence.draws import Draws
from siting.confidence.uncertainty import Model, model_of
from siting.model import scoring
from siting.model.plan import Plan
from siting.model.zones import ESTATES, extent_of

Rows = NDArray[np.intp]

SAMPLE = 400  # places that stand for all outside the zones
LEAST = 1e-300  # of a share; the logarithm of nothing has no number


@dataclass(frozen=True)
class Contest:
    """Zones, and what stands for the rest, as a function of the draws.

    Attributes
    ----------
    model : Model (zones + sample)
    ahead : ndarray (zones + sample,)
        Head start of each in units of U: ln of what it weighs in the plan, over k, less its site's
        U; so that exp(k (U + ahead)) is its weight.
    zones : int
    scouted : ndarray (zones,)
        Whether an estate is known there: those zones rank before the others.
    """

    model: Model
    ahead: Floats
    zones: int
    scouted: NDArray[np.bool_]

    def log_weights(self, draws: Draws, chunk: slice) -> Floats:
        """Return ln of the weight of each zone and sample in a chunk of draws."""
        return scoring.ODDS * (self.model.utility(draws, chunk) + self.ahead[:, None])

    def shares(self, draws: Draws, chunk: slice) -> Floats:
        """Return P of each zone in a chunk of draws (zones, draws)."""
        weights = self.log_weights(draws, chunk)
        return np.asarray(np.exp(weights[: self.zones] - logsumexp(weights, axis=0)))


def contest(plan: Plan, also: int | None = None) -> Contest:
    """Return the zones of a plan as a function of the draws.

    Parameters
    ----------
    plan : Plan
    also : int, optional
        Position of a candidate that joins them at the end: for its own zone, or for what lies
        around it where it is in none.
    """
    sites, share, scouted = plan.zones.head, plan.zones.share, plan.zones.scouted
    taken = plan.zones.zone > 0
    if also is not None:
        own = int(plan.zones.zone[also])
        around = taken & (plan.zones.zone == own) if own else _around(plan, also)
        if own:
            sites, share = np.delete(sites, own - 1), np.delete(share, own - 1)
        known = scouted[own - 1] if own else plan.places["kind"].iloc[also] in ESTATES
        scouted = np.append(np.delete(scouted, own - 1) if own else scouted, known)
        sites = np.append(sites, also)
        share = np.append(share, plan.chance[around].sum())
        taken = taken | around
    rest = _sample(np.where(taken, 0.0, plan.chance))
    weight = np.concatenate([share, _equal(np.where(taken, 0.0, plan.chance).sum(), len(rest))])
    rows = np.concatenate([sites, rest])
    ahead = start_of(weight, plan.utility[rows])
    return Contest(model_of(plan.study, plan.facts, plan, rows), ahead, len(sites), scouted)


def head_start(plan: Plan) -> Floats:
    """Return the head start of each zone over its site, in units of U (zones,)."""
    return start_of(plan.zones.share, plan.utility[plan.zones.head])


def start_of(share: Floats | float, utility: Floats | float) -> Floats:
    """Return what makes exp(k (U + start)) as large as a share, for sites of score U."""
    return np.asarray(np.log(np.maximum(share, LEAST)) / scoring.ODDS - utility)


def share_at(plan: Plan, position: int) -> float:
    """Return P of the zone of a candidate, or of what lies around one in no zone."""
    zone = int(plan.zones.zone[position])
    return float(plan.zones.share[zone - 1] if zone else plan.chance[_around(plan, position)].sum())


def _around(plan: Plan, position: int) -> NDArray[np.bool_]:
    """Whether a place is in no zone, in the country of a candidate and near it (n,)."""
    places = plan.places
    lat, lon = places["lat"].to_numpy(dtype=float), places["lon"].to_numpy(dtype=float)
    own = places["country"].eq(places["country"].iloc[position]).to_numpy()
    near = great_circle_km(lat[position], lon[position], lat, lon) <= extent_of(plan.study) / 2
    alone = np.arange(len(places)) == position
    return np.asarray((own & near & (plan.zones.zone == 0)) | alone)


def _sample(chance: Floats, size: int = SAMPLE) -> Rows:
    """Return places at equal steps of cumulated probability; one may stand for several steps."""
    whole = chance.sum()
    if whole <= 0:
        return np.empty(0, dtype=np.intp)
    steps = (np.arange(size) + 0.5) / size * whole
    places = np.searchsorted(np.cumsum(chance), steps)
    return np.asarray(np.minimum(places, len(chance) - 1), dtype=np.intp)


def _equal(whole: float, size: int) -> Floats:
    return np.full(size, whole / max(size, 1))
