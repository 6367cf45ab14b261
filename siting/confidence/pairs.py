"""In how many draws one place is ahead of another."""

from __future__ import annotations

import numpy as np

from geodata.arrays import Floats, Positions
from siting.confidence.draws import draw
from siting.confidence.shares import Contest, share_at, start_of
from siting.confidence.uncertainty import model_of
from siting.model.plan import Plan


def ahead_in(plan: Plan, positions: Positions) -> Floats | None:
    """Return the share of the draws in which one candidate is ahead of another.

    Each moves with what it stands for: its zone, or what lies around one in no zone. Weights,
    plants, costs, power and wages vary together, as for the ranks of the zones.

    Returns
    -------
    ndarray (n, n) or None
        Row ahead of column, a tie counted half; NaN on the diagonal. None without draws.
    """
    asked = plan.study.confidence
    if not asked.draws:
        return None
    share = np.array([share_at(plan, int(i)) for i in positions])
    start = np.asarray(start_of(share, plan.utility[positions]))
    among = Contest(model_of(plan.study, plan.facts, plan, positions), start, len(positions),
                    np.ones(len(positions), dtype=bool))  # fmt: skip
    drawn = draw(among.model, asked.draws, asked.seed, asked.concentration)
    weight = among.log_weights(drawn, slice(0, asked.draws))
    gap = weight[:, None] - weight[None, :]
    won = (gap > 0).mean(axis=2) + 0.5 * (gap == 0).mean(axis=2)
    np.fill_diagonal(won, np.nan)
    return np.asarray(won)
