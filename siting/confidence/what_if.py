"""What would change the order of a plan: by weights, and one input at a time."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from siting.confidence import flips
from siting.confidence.acceptability import CHUNK
from siting.confidence.draws import Draws
from siting.confidence.uncertainty import Model, model_of
from siting.model import scoring
from siting.model.plan import Plan
from siting.study.criteria import CRITERIA
from siting.study.parameters import NAMES
from siting.study.strategies import STRATEGIES

Floats = NDArray[np.float64]

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
    still = _still(model)
    rows = [{"input": "Price of the day", **_ends(model, still, "price")}]
    rows += [
        {"input": "Power price of the country", **_ends(model, still, "power")},
        {"input": "Wage of the country", **_ends(model, still, "wage")},
        {"input": "Cell plants that are not running yet", **_plants(model, still)},
    ]
    for name in model.low:
        rows.append({"input": NAMES[name], **_ends(model, still, name)})
    for name, leaves in model.leaves.items():
        for k, criterion in enumerate(leaves):
            label = f"Weight of {CRITERIA[criterion].name.lower()} ({STRATEGIES[name].short})"
            rows.append({"input": label, **_weights(model, still, name, k)})
    table = pd.DataFrame(rows)
    table["swing"] = (table["high"] - table["low"]).abs()
    return table.sort_values("swing", ascending=False, kind="stable").reset_index(drop=True)


def _still(model: Model) -> Draws:
    """Return one chunk of draws in which everything is as chosen."""
    countries = int(model.country.max(initial=0)) + 1
    prior = model.prior.to_numpy(dtype=float)
    return Draws(
        weights={name: np.tile(w, (CHUNK, 1)) for name, w in model.weights.items()},
        prior=np.tile(prior / prior.sum(), (CHUNK, 1)),
        built=np.tile(model.chance[:, None], (1, CHUNK)),
        parameters={name: np.zeros(CHUNK) for name in model.low},
        power=np.zeros((countries, CHUNK)),
        wage=np.zeros((countries, CHUNK)),
        price=np.zeros(CHUNK),
    )


def _score(model: Model, draws: Draws) -> float:
    return float(100.0 * model.scores(draws, slice(0, CHUNK))[0, 0])


def _ends(model: Model, still: Draws, name: str) -> dict[str, float]:
    def at(end: float) -> float:
        if name in ("power", "wage"):
            turned = replace(still, **{name: np.full_like(getattr(still, name), ENDS * end)})
        elif name == "price":
            turned = replace(still, price=np.full_like(still.price, end))
        else:
            turned = replace(still, parameters={**still.parameters, name: np.full(CHUNK, end)})
        return _score(model, turned)

    return {"low": at(-1.0), "high": at(1.0)}


def _plants(model: Model, still: Draws) -> dict[str, float]:
    """None of the plants that are not certain, or all of them."""
    sure = (model.chance >= 1.0).astype(float)
    some = (model.chance > 0).astype(float)
    return {
        end: _score(model, replace(still, built=np.tile(kept[:, None], (1, CHUNK))))
        for end, kept in (("low", sure), ("high", some))
    }


def _weights(model: Model, still: Draws, strategy: str, k: int) -> dict[str, float]:
    """Half and double the weight, the others in their ratios."""
    weights = model.weights[strategy]

    def at(factor: float) -> float:
        turned = weights.copy()
        turned[k] *= factor
        turned /= turned.sum()
        every = {**still.weights, strategy: np.tile(turned, (CHUNK, 1))}
        return _score(model, replace(still, weights=every))

    return {"low": at(0.5), "high": at(2.0)}
