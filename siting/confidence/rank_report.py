"""How sure one candidate's rank is, what would turn it, and what would bring it among the first."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from siting.confidence.assessment import assess_at
from siting.confidence.shares import share_at
from siting.confidence.what_if import Passing, passing, tornado
from siting.confidence.why_not import TOP, gap, needs
from siting.model.plan import Plan
from siting.model.scoring import odds


@dataclass(frozen=True)
class RankReport:
    """What is known of the rank of one candidate, or of its zone where it lies in one.

    Attributes
    ----------
    site : int
        Position of the site that stands for its zone; the candidate itself where it is in none.
    ranked : Series or None
        Among the sites that stand for the zones, as a row of `Confidence.table`; None without
        draws.
    ahead, behind : int
        Positions of this site and of its rival, the larger share first: the site of the next zone,
        of the first for the last zone or a place in none. Equal where there is no other.
    pair : tuple of str
        Their `site_id`.
    passing : Passing or None
        How little weight must move for the one behind to pass; None where it is the only one.
    tornado : DataFrame
        As `what_if.tornado`.
    share : float
        P of what the candidate stands for.
    lacking : float
        By what its odds would have to grow to be among the first `TOP` zones; 1 or less: they are.
    needs : DataFrame
        As `why_not.needs`; empty for one of the first.
    """

    site: int
    ranked: pd.Series | None
    ahead: int
    behind: int
    pair: tuple[str, str]
    passing: Passing | None
    tornado: pd.DataFrame
    share: float
    lacking: float
    needs: pd.DataFrame

    @property
    def rival(self) -> int:
        """Position of the site that this one is set against; its own where it is the only one."""
        return self.behind if self.ahead == self.site else self.ahead


def rank_report(plan: Plan, position: int) -> RankReport:
    """Return where the candidate at `position` stands."""
    zone = int(plan.zones.zone[position])
    site = int(plan.zones.head[zone - 1]) if zone else position
    ahead, behind = _pair(plan, site)
    ids = plan.places["site_id"].to_numpy()
    return RankReport(
        site=site,
        ranked=assess_at(plan, site),
        ahead=ahead,
        behind=behind,
        pair=(str(ids[ahead]), str(ids[behind])),
        passing=passing(plan, ahead, behind) if ahead != behind else None,
        tornado=tornado(plan, site),
        share=share_at(plan, site),
        lacking=float(odds(np.array(gap(plan, site, TOP)))),
        needs=needs(plan, site, TOP),
    )


def _pair(plan: Plan, site: int) -> tuple[int, int]:
    """Return the site ahead and the one behind it, this one among them."""
    heads = plan.zones.head
    rival = int(heads[int(plan.zones.zone[site]) % len(heads)])
    ahead = share_at(plan, site) >= share_at(plan, rival)
    return (site, rival) if ahead else (rival, site)
