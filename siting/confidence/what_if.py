"""What would change the order of a plan: by weights, and one input at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd

from geodata.arrays import Floats
from siting.confidence import flips
from siting.confidence.draws import Draws, as_chosen
from siting.confidence.shares import contest, share_at, start_of
from siting.confidence.uncertainty import Model
from siting.model.plan import Plan
from siting.study.criteria import CRITERIA
from siting.study.parameters import NAMES
from siting.study.weights import TOTAL

Turn = Callable[[Draws, int, bool], None]  # sets one column of draws: low end or high

RIVALS = 25  # zones among which the nearest call is looked for
POWER, WAGE = "Power price of every country", "Wage of every country"
PLANTS = "Cell plants that are not running yet"
ENDS = 1.645  # standard deviations: a 90 % interval of a normal figure


@dataclass(frozen=True)
class Passing:
    """How little weight must change hands for B to pass A.

    Attributes
    ----------
    moved : float
        Share of the weight that is moved; NaN where no weights bring B past A.
    to, taken : tuple of str
        Criteria that gain and that give, largest first (keys).
    alone : str
        Criterion whose weight alone does it with the smallest change; "" where none does.
    alone_from, alone_to : float
        Its weight now and then, the others as they are; only the ratio counts.
    """

    moved: float
    to: tuple[str, ...]
    taken: tuple[str, ...]
    alone: str
    alone_from: float
    alone_to: float


def passing(plan: Plan, a: int, b: int) -> Passing:
    """Return the smallest change of weights by which what B stands for passes what A stands for.

    Closed form, see `siting.confidence.flips`.

    Parameters
    ----------
    plan : Plan
    a, b : int
        Positions of candidates of different zones, A the one with the larger share.
    """
    names = sorted(plan.weights.index)  # so that no order of criteria decides between equals
    weights = plan.weights[names].to_numpy(dtype=float) / TOTAL
    values = plan.values[names].iloc[[a, b]].to_numpy(dtype=float)
    ahead = (_start(plan, a) - _start(plan, b)) / TOTAL
    change = flips.flip(weights, values[0], values[1], ahead)
    gave = np.argsort(change.weights - weights, kind="stable")
    criterion, wanted = flips.alone(weights, values[0] - values[1], ahead)
    return Passing(
        moved=change.moved,
        to=(names[change.to],) if change.to >= 0 and change.exists else (),
        taken=tuple(names[i] for i in gave if change.weights[i] < weights[i]),
        alone=names[criterion] if criterion >= 0 else "",
        alone_from=float(TOTAL * weights[criterion]) if criterion >= 0 else float("nan"),
        alone_to=TOTAL * wanted,
    )


@dataclass(frozen=True)
class Nearest:
    """The smallest turn of one pillar's weight that brings another zone to rank 1.

    Attributes
    ----------
    pillar : str
    share, at : float
        Its share of all weight, now and where the other zone draws level.
    site : int
        Position of the site that stands for that zone.
    """

    pillar: str
    share: float
    at: float
    site: int


def nearest(plan: Plan) -> Nearest | None:
    """Return the nearest call at rank 1, as the page's slider of a pillar turns; None for none.

    When one pillar is turned, and the others and the criteria of each keep their ratios, the lead
    of the first over another is a straight line of its share, so that it is zero at one share.
    The zones of the list are tried, where one can be first at all: those with a known estate.
    """
    heads = plan.zones.head[plan.zones.scouted == plan.zones.scouted[0]][:RIVALS]
    weights = plan.weights / plan.weights.sum()
    pillar = weights.index.map(lambda key: CRITERIA[key].pillar)
    share = weights.groupby(pillar, sort=False).sum()
    parts = plan.values[list(weights.index)].iloc[heads] * weights.to_numpy()
    value = parts.T.groupby(pillar.to_numpy(), sort=False).sum().T[list(share.index)] / share
    gain = value.to_numpy()[:1] - value.to_numpy()[1:]
    start = np.array([_start(plan, int(head)) for head in heads]) / TOTAL
    now = share.to_numpy()
    with np.errstate(divide="ignore", invalid="ignore"):
        rest = (gain @ now[:, None] - gain * now) / (1.0 - now)
        level = -(rest + (start[0] - start[1:])[:, None]) / (gain - rest)
    level[~((level >= 0.0) & (level <= 1.0))] = np.nan
    moved = np.abs(level - now)
    if not np.isfinite(moved).any():
        return None
    row, k = divmod(int(np.nanargmin(np.round(moved, 12))), len(now))
    site = int(heads[1:][row])
    return Nearest(str(share.index[k]), float(now[k]), float(level[row, k]), site)


def _start(plan: Plan, position: int) -> float:
    """Return the head start of what a candidate stands for over its own U."""
    return float(start_of(share_at(plan, position), float(plan.utility[position])))


def keeps_first(plan: Plan) -> pd.DataFrame:
    """Return between which weights of each criterion the first zone stays first.

    Closed form; the other weights keep their ratios.

    Returns
    -------
    DataFrame
        criterion, weight, low, high: shares of the whole weight.
    """
    heads, scouted = plan.zones.head, plan.zones.scouted
    heads = heads[scouted] if scouted.any() else heads
    values = plan.values[list(plan.weights.index)].iloc[heads].to_numpy(dtype=float)
    ahead = np.array([_start(plan, int(head)) for head in heads]) / TOTAL
    weights = plan.weights.to_numpy(dtype=float) / TOTAL
    first = int(np.argmax(values @ weights + ahead))
    rows = [
        {"criterion": str(name), "weight": float(weights[k]), "low": ends[0], "high": ends[1]}
        for k, name in enumerate(plan.weights.index)
        for ends in (flips.interval(weights, values, ahead, first, k),)
    ]
    return pd.DataFrame(rows)


def tornado(plan: Plan, position: int) -> pd.DataFrame:
    """Share of what a candidate stands for with one input at a time at its ends.

    Returns
    -------
    DataFrame
        input, low, high (share at either end), swing (of the two and the share as it is); largest
        first.
    """
    among = contest(plan, position)
    turns = _turns(among.model)
    settings = as_chosen(among.model, 2 * len(turns) + 1)
    for pair, turn in enumerate(turns.values()):
        turn(settings, 2 * pair, False)
        turn(settings, 2 * pair + 1, True)
    shares = among.shares(settings, slice(None))[among.zones - 1]
    table = pd.DataFrame({"input": list(turns), "low": shares[:-1:2], "high": shares[1::2]})
    ends = np.column_stack([table["low"], table["high"], np.full(len(table), shares[-1])])
    table["swing"] = np.ptp(ends, axis=1)
    table["swing"] = table["swing"].round(12)
    table = table.sort_values(["swing", "input"], ascending=[False, True])
    return table.reset_index(drop=True)


def _turns(model: Model) -> dict[str, Turn]:
    """Return for each input what sets it to its low or high end in one column of the draws."""
    turns: dict[str, Turn] = {
        POWER: partial(_figure, "power"),
        WAGE: partial(_figure, "wage"),
        PLANTS: partial(_plants, model.chance),
    }
    turns |= {NAMES[name]: partial(_parameter, name) for name in model.low}
    for k, criterion in enumerate(model.criteria):
        turns[weight_of(criterion)] = partial(_weight, model.weights, k)
    return turns


def weight_of(criterion: str) -> str:
    """Return how the weight of a criterion is called among the inputs."""
    return f"Weight of {CRITERIA[criterion].name.lower()}"


def _figure(name: str, draws: Draws, number: int, high: bool) -> None:
    getattr(draws, name)[:, number] = ENDS if high else -ENDS


def _parameter(name: str, draws: Draws, number: int, high: bool) -> None:
    draws.parameters[name][number] = 1.0 if high else -1.0


def _plants(chance: Floats, draws: Draws, number: int, high: bool) -> None:
    """None of the plants that are not certain, or all of them."""
    draws.built[:, number] = chance > 0 if high else chance >= 1.0


def _weight(weights: Floats, k: int, draws: Draws, number: int, high: bool) -> None:
    """Half and double the weight, the others in their ratios."""
    turned = weights.copy()
    turned[k] *= 2.0 if high else 0.5
    draws.weights[number] = TOTAL * turned / turned.sum()
