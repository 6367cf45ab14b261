"""Settings and places of every kind for the score, to be scored here and by the page's script."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from maps.live import Tree
from siting.model import scoring
from siting.model.appraisal import utility_of
from siting.study.criteria import CRITERIA
from siting.study.fields import MOST_WEIGHT
from siting.study.lenses import LENSES
from siting.study.weights import TOTAL, leaf_weights

Floats = NDArray[np.float64]
Random = np.random.Generator

KEYS = list(CRITERIA)
SHAPE = {pillar: list(criteria) for pillar, (_, criteria) in LENSES["evidence"].tree.items()}
WEIGHTS = len(SHAPE) + len(KEYS)  # of the pillars, then of the criteria, as a tree has them
PLACES = 100  # of a setting, so that a hundred settings are ten thousand cases
LEAST = 5e-324
SIZES = np.array([0.0, -0.0, LEAST, 2.2e-308, 1e-300, 1e-16, 0.5, 1.0, 1e9])


# ---- weights: each kind gives those of the pillars and of the criteria ---------------------------


def _lens(random: Random) -> Floats:
    tree = LENSES[str(random.choice(list(LENSES)))].tree.values()
    own = [weight for _, criteria in tree for weight in criteria.values()]
    return np.array([*(weight for weight, _ in tree), *own])


def _uneven(random: Random) -> Floats:
    scale, spread = random.choice([1.0, 7.5, 1e-3]), random.choice([0.1, 0.5, 3.0])
    return scale * random.gamma(spread, 1, WEIGHTS)


def _dragged(random: Random) -> Floats:
    """As a slider of the page leaves them: six decimals, some at nothing."""
    return random.random(WEIGHTS).round(6) * (random.random(WEIGHTS) < 0.7)


def _single(random: Random) -> Floats:
    one = np.concatenate([np.ones(len(SHAPE)), np.zeros(len(KEYS))])
    one[random.integers(len(SHAPE), WEIGHTS)] = random.choice([LEAST, 0.1, 1.0, MOST_WEIGHT])
    return one


def _none(random: Random) -> Floats:
    """All criteria switched off: by their own weights, or by those of their pillars."""
    weights = random.random(WEIGHTS)
    weights[slice(len(SHAPE)) if random.random() < 0.5 else slice(len(SHAPE), None)] = 0.0
    return weights


WEIGHINGS: dict[str, Callable[[Random], Floats]] = {
    "lens": _lens,
    "uneven": _uneven,
    "dragged": _dragged,
    "single": _single,
    "none": _none,
    "equal": lambda random: np.full(WEIGHTS, random.choice([1.0, 0.1, 1 / 3])),
    "per cent": lambda random: random.integers(0, 101, WEIGHTS).astype(float),
    "strange": lambda random: random.choice(np.minimum(SIZES, MOST_WEIGHT), WEIGHTS),
    "denormal": lambda random: LEAST * random.integers(0, 9, WEIGHTS),
    "far apart": lambda random: np.minimum(10.0 ** random.uniform(-12, 9, WEIGHTS), MOST_WEIGHT),
}


# ---- values: each kind gives (criteria, places) --------------------------------------------------


def _worth(random: Random) -> Floats:
    """As criteria are: most from 0 to 1, cost beyond both, the chance of entry a logarithm."""
    values = random.beta(0.8, 1.2, (len(KEYS), PLACES))
    values[KEYS.index("delivered_cost")] = random.normal(0.4, 0.6, PLACES)
    values[KEYS.index("openness")] = np.log(random.choice([0.02, 0.3, 1.0], PLACES))
    return values


def _twins(random: Random) -> Floats:
    return _worth(random)[:, random.integers(0, PLACES // 4, PLACES)]


def _near(random: Random) -> Floats:
    """Scores within a few units of the last decimal that counts, of either sign.

    A multiple of 2^-13 lies half way between two of them, so that rounding must choose.
    """
    half, step = random.integers(-9999, 9999, (len(KEYS), 1)) / 2**13, 2.0**-43
    return np.asarray(half + step * random.integers(-9, 10, (1, PLACES)))


def _blank(random: Random) -> Floats:
    """Unknown or endless in a criterion or two: refused where it weighs, else of no matter."""
    values = _worth(random)
    rows, columns = random.integers(0, len(KEYS), 2), random.integers(0, PLACES, 2)
    values[rows, columns] = random.choice([np.nan, np.inf, -np.inf], 2)
    return values


VALUES: dict[str, Callable[[Random], Floats]] = {
    "worth": _worth,
    "one decimal": lambda random: _worth(random).round(1),
    "twins": _twins,
    "all alike": lambda random: np.broadcast_to(_worth(random)[:, :1], (len(KEYS), PLACES)),
    "near": _near,
    "none": lambda _: np.zeros((len(KEYS), PLACES)),
    "denormal": lambda random: LEAST * random.integers(-4, 5, (len(KEYS), PLACES)),
    "strange": lambda random: random.choice([*SIZES, *-SIZES], (len(KEYS), PLACES)),
    "large": lambda random: random.normal(0, 10.0 ** random.uniform(1, 15), (len(KEYS), PLACES)),
    "too large": lambda random: random.choice([-1.7e308, 0.0, 1.7e308], (len(KEYS), PLACES)),
    "blank": _blank,
}  # fmt: skip


@dataclass(frozen=True)
class Cases:
    """So many settings, each with places of its own.

    Attributes
    ----------
    kinds : list of (str, str)
        Of the weights and of the values of each setting.
    weights : ndarray (settings, pillars and criteria)
    values : ndarray (settings, criteria, places)
    """

    kinds: list[tuple[str, str]]
    weights: Floats
    values: Floats

    def save(self, path: Path) -> None:
        """Write the numbers for the page's script, bit by bit: weights, then values."""
        path.write_bytes(self.weights.astype("<f8").tobytes() + self.values.astype("<f8").tobytes())


@dataclass(frozen=True)
class Scored:
    """What one side makes of settings; a row that it refuses is NaN, its order -1.

    Attributes
    ----------
    leaves : ndarray (settings, criteria)
        Weights of the criteria, 0 where one weighs nothing.
    scores, chances, order : ndarray (settings, places)
    """

    leaves: Floats
    scores: Floats
    chances: Floats
    order: Floats

    @property
    def refused(self) -> NDArray[np.bool_]:
        """Which settings are refused."""
        return self.order[:, 0] < 0


def drawn(settings: int, seed: int) -> Cases:
    """Draw settings; every pair of kinds comes up, for their numbers have no common divisor."""
    random = np.random.default_rng(seed)
    weighing, value = list(WEIGHINGS), list(VALUES)
    start = seed * settings
    kinds = [(weighing[n % len(weighing)], value[n % len(value)])
             for n in range(start, start + settings)]  # fmt: skip
    weights = np.array([WEIGHINGS[own](random) for own, _ in kinds])
    values = np.array([VALUES[own](random) for _, own in kinds])
    return Cases(kinds, weights, values)


def tree_of(weights: Floats) -> Tree:
    """Return a row of weights as a tree."""
    own = iter(weights[len(SHAPE) :].tolist())
    return {
        pillar: (weight, {key: next(own) for key in keys})
        for (pillar, keys), weight in zip(SHAPE.items(), weights.tolist(), strict=False)
    }


def scored(cases: Cases) -> Scored:
    """Score settings as the planner does."""
    count = len(cases.kinds)
    leaves = np.zeros((count, len(KEYS)))
    scores, chances = (np.full((count, PLACES), np.nan) for _ in range(2))
    order = np.full((count, PLACES), -1.0)
    site_id = pd.Series([f"p{at:05d}" for at in range(PLACES)])
    with np.errstate(all="ignore"):
        for row, (weights, values) in enumerate(zip(cases.weights, cases.values, strict=True)):
            own = leaf_weights(tree_of(weights))
            leaves[row, [KEYS.index(key) for key in own.index]] = own.to_numpy()
            try:
                scores[row] = utility_of(pd.DataFrame(values.T, columns=KEYS), own)
            except ValueError:
                continue
            chances[row] = scoring.chance(scores[row])
            order[row] = scoring.rank_order(scores[row], site_id)
    return Scored(leaves, scores, chances, order)


# What the page's script is told beside the file.
FORM = {"shape": SHAPE, "keys": KEYS, "places": PLACES, "total": TOTAL, "odds": scoring.ODDS}
# The same by the page's engine, whose script stands before it.
IN_PAGE = """async ({shape, keys, places, total, odds}) => {
  const file = await document.querySelector('input').files[0].arrayBuffer();
  const pillars = Object.keys(shape), wide = pillars.length + keys.length;
  const count = file.byteLength / 8 / (wide + keys.length * places);
  const own = new Float64Array(file, 0, count * wide);
  const worth = new Float64Array(file, own.byteLength);
  const out = new Float64Array(count * (keys.length + 3 * places)).fill(NaN);
  for (let n = 0, at = 0; n < count; n += 1) {
    let next = n * wide + pillars.length;
    const tree = Object.fromEntries(pillars.map((pillar, k) => {
      const criteria = Object.fromEntries(shape[pillar].map((key) => [key, own[next++]]));
      return [pillar, { weight: own[n * wide + k], criteria }];
    }));
    const leaves = leafWeights(tree, total), columns = Object.fromEntries(keys.map((key, k) =>
      [key, worth.subarray((n * keys.length + k) * places, (n * keys.length + k + 1) * places)]));
    out.set(keys.map((key) => leaves[key] || 0), at);
    at += keys.length;
    try {
      const score = utility(columns, leaves, places);
      out.set(score, at);
      out.set(chance(score, odds), at + places);
      out.set(rankOrder(score), at + 2 * places);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      out.fill(-1, at + 2 * places, at + 3 * places);
    }
    at += 3 * places;
  }
  const bytes = new Uint8Array(out.buffer), parts = [];
  for (let k = 0; k < bytes.length; k += 32768) {
    parts.push(String.fromCharCode(...bytes.subarray(k, k + 32768)));
  }
  return btoa(parts.join(''));
}"""


def received(text: str) -> Scored:
    """Return what the page's script gave."""
    rows = np.frombuffer(base64.b64decode(text), dtype="<f8").reshape(-1, len(KEYS) + 3 * PLACES)
    leaves, *rest = np.split(rows, len(KEYS) + PLACES * np.arange(3), axis=1)
    return Scored(leaves, *rest)
