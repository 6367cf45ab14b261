"""How sure a cell's place is: drawn against the sites that stand for the siting zones.

In every draw a cell is ranked among the heads of the other zones, as `siting explain` ranks any
candidate: it is among the first r when it scores no less than the r-th best of them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from siting.confidence.acceptability import CHUNK
from siting.confidence.draws import Draws, draw, single
from siting.confidence.uncertainty import Model
from siting.study.study import Study

Floats = NDArray[np.float64]

ROWS = 2048  # cells scored at once: with a chunk of draws they fit a core's own cache


@dataclass(frozen=True)
class Bars:
    """What a cell must reach, in single precision.

    Attributes
    ----------
    draws : Draws
    heads : ndarray (zones, draws)
        Score of the head of each zone.
    ranked : ndarray (zones, draws)
        The same from the best to the worst in each draw.
    ranks : tuple of int
        The first so many, for each chance asked for.
    number : int
        Draws that count; the rest fill the last chunk.
    """

    draws: Draws
    heads: Floats
    ranked: Floats
    ranks: tuple[int, ...]
    number: int


def bars(study: Study, heads: Model, ranks: tuple[int, ...]) -> Bars:
    """Draw what is not known and score the heads of the zones in every draw."""
    asked = study.confidence
    drawn = draw(heads, asked.draws, asked.seed, asked.concentration).light()
    light = heads.light()
    chunks = [slice(at, at + CHUNK) for at in range(0, len(drawn.price), CHUNK)]
    scored = np.concatenate([light.scores(drawn, chunk) for chunk in chunks], axis=1)
    return Bars(drawn, scored, -np.sort(-scored, axis=0), ranks, asked.draws)


def chances(model: Model, zone: NDArray[np.intp], of: Bars) -> Floats:
    """Share of the draws in which each cell is among the first so many (n, ranks).

    Parameters
    ----------
    model : Model (n)
        Of the cells, in single precision.
    zone : ndarray (n,)
        Siting zone of each cell, 0 for none: it is not ranked against the head of its own.
    of : Bars
    """
    count = np.zeros((len(zone), len(of.ranks)))
    for first in range(0, len(zone), ROWS):
        rows = slice(first, first + ROWS)
        few, own = model.take(rows), zone[rows]
        for start in range(0, of.number, CHUNK):
            chunk = slice(start, start + CHUNK)
            keep = min(CHUNK, of.number - start)
            score = few.scores(of.draws, chunk)[:, :keep]
            count[rows] += _reached(score, own, of, slice(start, start + keep))
    return count / of.number


def _reached(score: Floats, zone: NDArray[np.intp], of: Bars, draws: slice) -> Floats:
    """Count the draws in which cells reach each rank (n, ranks)."""
    found = np.empty((len(zone), len(of.ranks)))
    for number in np.unique(zone):
        rows = np.flatnonzero(zone == number)
        for k, rank in enumerate(of.ranks):
            found[rows, k] = (score[rows] >= _least(of, rank, int(number), draws)).sum(axis=1)
    return found


def _least(of: Bars, rank: int, zone: int, draws: slice) -> Floats:
    """Score of the `rank`-th best head in each draw, the head of `zone` left out."""
    nothing = np.full(of.ranked.shape[1], -np.inf)[draws]
    at = of.ranked[rank - 1, draws] if rank <= len(of.ranked) else single(nothing)
    if zone == 0:
        return at
    after = of.ranked[rank, draws] if rank < len(of.ranked) else single(nothing)
    return np.where(of.heads[zone - 1, draws] >= at, after, at)
