"""How sure one candidate's rank is, what would turn it, and what would bring it among the first."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from siting.confidence.assessment import assess_at
from siting.confidence.what_if import Passing, passing, tornado
from siting.confidence.why_not import TOP, needs, target
from siting.model.plan import Plan


@dataclass(frozen=True)
class Standing:
    """What is known of the rank of one candidate.

    Attributes
    ----------
    ranked : Series or None
        Among the sites that stand for the zones, as a row of `Confidence.table`; None without
        draws.
    ahead, behind : int
        Positions of the two sites whose order is closest to this one's: the next zone's site behind
        this one, or this one behind the first of its zone (or of all). Equal where it stands alone.
    pair : tuple of str
        Their `site_id`.
    passings : tuple of Passing
        How little weight must move for the one behind to pass, by strategy, then the mixture.
    tornado : DataFrame
        As `what_if.tornado`.
    target : float
        Score of 100 that brings a place among the first `TOP` zones.
    needs : DataFrame
        As `why_not.needs`; empty for one of the first.
    """

    ranked: pd.Series | None
    ahead: int
    behind: int
    pair: tuple[str, str]
    passings: tuple[Passing, ...]
    tornado: pd.DataFrame
    target: float
    needs: pd.DataFrame

    @property
    def whole(self) -> Passing | None:
        """What passes the site ahead in the score of the plan: the mixture, or the one strategy."""
        return self.passings[-1] if self.passings else None


def standing(plan: Plan, position: int) -> Standing:
    """Return where the candidate at `position` stands."""
    ahead, behind = _pair(plan, position)
    ids = plan.places["site_id"].to_numpy()
    return Standing(
        ranked=assess_at(plan, position),
        ahead=ahead,
        behind=behind,
        pair=(str(ids[ahead]), str(ids[behind])),
        passings=tuple(passing(plan, ahead, behind)) if ahead != behind else (),
        tornado=tornado(plan, position),
        target=100 * target(plan, TOP),
        needs=needs(plan, position, TOP),
    )


def _pair(plan: Plan, position: int) -> tuple[int, int]:
    """Return the site ahead and the one behind it, this one among them."""
    heads = plan.zones.head
    zone = int(plan.zones.zone[position])
    if zone and heads[zone - 1] == position:
        return (position, int(heads[zone])) if zone < len(heads) else (int(heads[0]), position)
    first = int(heads[zone - 1] if zone else heads[0])
    return (first, position) if plan.score[first] >= plan.score[position] else (position, first)
