"""What is not known for sure, drawn: weights, plants, cost parameters, figures of places.

Every random number is drawn before the first score is made, from one generator in a fixed order,
and the same draw holds for all sites: a cell plant that is not built is missing for everyone, dear
power in a country is dear at all of its sites. What is drawn, and how:

- weights: Dirichlet around the chosen ones;
- each gigafactory: built or not, with the chance of its status;
- each cost parameter: triangular over its range; the cost of a project and its people for each
  country apart, because they are spread between projects;
- power price and wage of each country: normal, with a spread by the confidence of the figure,
  so that a badly known figure widens the band and never moves the middle.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geodata.arrays import Floats
from geodata.places import world_regions
from siting.confidence.acceptability import CHUNK, dirichlet
from siting.study.weights import TOTAL

if TYPE_CHECKING:
    from siting.confidence.uncertainty import Model


LOCAL = ("capex_band", "heads_per_kt")  # spread between projects, not known of all at once


@dataclass(frozen=True)
class Draws:
    """Random numbers of d draws (padded to whole chunks).

    Attributes
    ----------
    weights : ndarray (d, k)
    built : ndarray (m, d)
        1 where a gigafactory is built.
    parameters : dict of ndarray (d,) or (countries, d)
        Between -1 (low end) and 1 (high end), by field.
    power, wage : ndarray (countries, d)
        Standard normal.
    """

    weights: Floats
    built: Floats
    parameters: dict[str, Floats]
    power: Floats
    wage: Floats

    def as_float32(self) -> Draws:
        """Return the draws in single precision, for millions of sites."""
        return replace(
            self,
            weights=single(self.weights),
            built=single(self.built),
            parameters={name: single(drawn) for name, drawn in self.parameters.items()},
            power=single(self.power),
            wage=single(self.wage),
        )


@functools.cache
def countries() -> pd.Index:
    """Return every country of the world (ISO2), in the order of its draws."""
    return pd.Index(sorted(world_regions()))


def as_chosen(model: Model, count: int) -> Draws:
    """Return draws in which everything is as chosen."""
    return Draws(
        weights=np.tile(model.weights, (count, 1)),
        built=np.tile(model.chance[:, None], (1, count)),
        parameters={name: np.zeros(count) for name in model.low},
        power=np.zeros((len(countries()), count)),
        wage=np.zeros((len(countries()), count)),
    )


def draw(model: Model, draws: int, seed: int, concentration: float) -> Draws:
    """Draw everything for so many draws; the last chunk is filled up.

    Every country of the world has its draws, in a fixed order: what is drawn for one depends on
    no other that is compared with it.

    Parameters
    ----------
    model : Model
    draws : int
    seed : int
    concentration : float
        Of the weights round the chosen ones; the larger, the nearer.
    """
    rng = np.random.default_rng(seed)
    padded = -(-draws // CHUNK) * CHUNK
    every = len(countries())
    weights = TOTAL * dirichlet(rng, model.weights, concentration, padded)
    built = (rng.random((len(model.chance), padded)) < model.chance[:, None]).astype(float)
    parameters = {
        name: rng.triangular(-1.0, 0.0, 1.0, (every, padded) if name in LOCAL else padded)
        for name in model.low
    }
    power, wage = (rng.standard_normal((every, padded)) for _ in range(2))
    return Draws(weights, built, parameters, power, wage)


def single(numbers: Floats) -> Floats:
    """Return numbers in single precision; the type is that of numbers of either precision."""
    return numbers.astype(np.float32)
