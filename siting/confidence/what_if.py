"""What would change the order of a plan: by weights, and one input at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from siting.confidence import flips
from siting.confidence.draws import Draws, as_chosen
from siting.confidence.uncertainty import Model, model_of
from siting.model import scoring
from siting.model.plan import Plan
from siting.study.criteria import CRITERIA
from siting.study.parameters import NAMES
from siting.study.strategies import STRATEGIES

Floats = NDArray[np.float64]

Turn = Callable[[Draws, int, bool], None]  # sets one column of draws: low end or high

ENDS = 1.645  # standard deviations: a 90 % interval of a normal figure


@dataclass(frozen=True)
class Passing:
    """How little weight must change hands for B to pass A.

    Attributes
    ----------
    strategy : str
        Key of a strategy, or "mixture".
    moved : float
        Share of the weight that is moved; NaN where no weights bring B past A.
    to, taken : tuple of str
        Criteria that gain and that give, largest first (keys).
    exact : bool
        Closed form; a mixture is searched.
    """

    strategy: str
    moved: float
    to: tuple[str, ...]
    taken: tuple[str, ...]
    exact: bool


def passing(plan: Plan, a: int, b: int) -> list[Passing]:
    """Return, for each strategy and the mixture, the smallest change of weights for B to pass A.

    Parameters
    ----------
    plan : Plan
    a, b : int
        Positions of candidates.
    """
    found = []
    # looked up once: the search below asks for the lead some hundred times
    gated = {name: (_gated(plan, name, a), _gated(plan, name, b)) for name in plan.weights}
    for name, leaves in plan.weights.items():
        own, other = gated[name]
        weights = leaves.to_numpy(dtype=float)
        change = flips.flip(weights, own, other)
        gave = np.argsort(change.weights - weights, kind="stable")
        taken = [leaves.index[i] for i in gave if change.weights[i] < weights[i]]
        to = (str(leaves.index[change.to]),) if change.to >= 0 and change.exists else ()
        found.append(Passing(name, change.moved, to, tuple(map(str, taken)), exact=True))
    if len(plan.weights) > 1:
        moved = flips.search(lambda share: _mixture_lead(plan, gated, share))
        found.append(Passing("mixture", moved, (), (), exact=False))
    return found


def _gated(plan: Plan, strategy: str, position: int) -> Floats:
    """Return value times gates of a candidate on the criteria of a strategy (k,)."""
    scored = plan.strategies[strategy]
    gate = float(scored.price_gate[position] * scored.entry_gate[position])
    values = plan.values[list(plan.weights[strategy].index)].iloc[position].to_numpy(dtype=float)
    return values * gate


def _mixture_lead(plan: Plan, gated: dict[str, tuple[Floats, Floats]], share: float) -> float:
    """Lead of A over B when that share of the weight is moved in every strategy to help B."""
    scores: dict[str, Floats] = {}
    for name, leaves in plan.weights.items():
        own, other = gated[name]
        turned = flips.moved_by(leaves.to_numpy(dtype=float), own, other, share)
        scores[name] = np.array([turned @ own, turned @ other])
    both, _ = scoring.mix(scores, plan.prior, plan.study.sharpness)
    return float(both[0] - both[1])


def keeps_first(plan: Plan, strategy: str) -> pd.DataFrame:
    """Return between which weights of each criterion the strategy's best zone stays first.

    Closed form; the other weights keep their ratios.

    Returns
    -------
    DataFrame
        criterion, weight, low, high.
    """
    heads = plan.zones.head
    leaves = plan.weights[strategy]
    scores = np.array([_gated(plan, strategy, int(i)) for i in heads])
    weights = leaves.to_numpy(dtype=float)
    first = int(np.argmax(scores @ weights))
    rows = [
        {"criterion": str(name), "weight": float(weights[k]), "low": ends[0], "high": ends[1]}
        for k, name in enumerate(leaves.index)
        for ends in (flips.interval(weights, scores, first, k),)
    ]
    return pd.DataFrame(rows)


def tornado(plan: Plan, position: int) -> pd.DataFrame:
    """Score of a candidate with one input at a time at its ends, the rest as chosen.

    Returns
    -------
    DataFrame
        input, low, high (points of 100 at either end), swing; largest first.
    """
    model = model_of(plan.study, plan.facts, plan, np.array([position]))
    turns = _turns(model)
    settings = as_chosen(model, 2 * len(turns))
    for at, turn in enumerate(turns.values()):
        turn(settings, 2 * at, False)
        turn(settings, 2 * at + 1, True)
    scores = 100.0 * model.scores(settings, slice(None))[0].reshape(-1, 2)
    table = pd.DataFrame({"input": list(turns), "low": scores[:, 0], "high": scores[:, 1]})
    table["swing"] = (table["high"] - table["low"]).abs()
    return table.sort_values("swing", ascending=False, kind="stable").reset_index(drop=True)


def _turns(model: Model) -> dict[str, Turn]:
    """Return for each input what sets it to its low or high end in one column of the draws."""
    turns: dict[str, Turn] = {
        "Price of the day": _price,
        "Power price of the country": partial(_figure, "power"),
        "Wage of the country": partial(_figure, "wage"),
        "Cell plants that are not running yet": partial(_plants, model.chance),
    }
    turns |= {NAMES[name]: partial(_parameter, name) for name in model.low}
    for name, leaves in model.leaves.items():
        for k, criterion in enumerate(leaves):
            label = f"Weight of {CRITERIA[criterion].name.lower()} ({STRATEGIES[name].short})"
            turns[label] = partial(_weight, name, model.weights[name], k)
    return turns


def _price(draws: Draws, at: int, high: bool) -> None:
    draws.price[at] = 1.0 if high else -1.0


def _figure(name: str, draws: Draws, at: int, high: bool) -> None:
    getattr(draws, name)[:, at] = ENDS if high else -ENDS


def _parameter(name: str, draws: Draws, at: int, high: bool) -> None:
    draws.parameters[name][at] = 1.0 if high else -1.0


def _plants(chance: Floats, draws: Draws, at: int, high: bool) -> None:
    """None of the plants that are not certain, or all of them."""
    draws.built[:, at] = chance > 0 if high else chance >= 1.0


def _weight(strategy: str, weights: Floats, k: int, draws: Draws, at: int, high: bool) -> None:
    """Half and double the weight, the others in their ratios."""
    turned = weights.copy()
    turned[k] *= 2.0 if high else 0.5
    draws.weights[strategy][at] = turned / turned.sum()
