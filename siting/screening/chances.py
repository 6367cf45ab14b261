"""How sure a cell's place is: drawn against the sites that stand for the siting zones.

In every draw a cell is ranked among the heads of the other zones by U: it is among the first r
when it scores no less than the r-th best of them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geodata.arrays import Floats
from siting.confidence.acceptability import CHUNK
from siting.confidence.draws import Draws, draw, single
from siting.confidence.uncertainty import Model
from siting.study.study import Study

ROWS = 2048  # cells scored at once: with a chunk of draws they fit a core's own cache


@dataclass(frozen=True)
class Bars:
    """What a cell must reach, in single precision.

    Attributes
    ----------
    draws : Draws
    ranks : tuple of int
        The first so many, for each chance asked for; ascending.
    least : ndarray (ranks, 1 + zones, draws)
        What a cell of each zone must score, of none first: the rank-th best head, its own zone's
        left out.
    number : int
        Draws that count; the rest fill the last chunk.
    """

    draws: Draws
    ranks: tuple[int, ...]
    least: Floats
    number: int


def bars(study: Study, heads: Model, ranks: tuple[int, ...]) -> Bars:
    """Draw what is not known and score the heads of the zones in every draw."""
    asked = study.confidence
    drawn = draw(heads, asked.draws, asked.seed, asked.concentration).as_float32()
    light = heads.as_float32()
    chunks = [slice(start, start + CHUNK) for start in range(0, len(drawn.weights), CHUNK)]
    scored = np.concatenate([light.utility(drawn, chunk) for chunk in chunks], axis=1)
    ranked = -np.sort(-scored, axis=0)
    nothing = single(np.full((max(ranks) + 1, scored.shape[1]), -np.inf))
    ranked = np.concatenate([ranked, nothing])  # fewer heads than ranks: every cell is among them
    least = [
        np.vstack(
            [ranked[rank - 1], np.where(scored >= ranked[rank - 1], ranked[rank], ranked[rank - 1])]
        )
        for rank in ranks
    ]
    return Bars(drawn, ranks, np.stack(least), asked.draws)


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
    order = np.argsort(zone, kind="stable")  # cells of a zone have the same bars
    for first in range(0, len(zone), ROWS):
        rows = order[first : first + ROWS]
        few, own = model.take(rows), zone[rows]
        starts = np.flatnonzero(np.diff(own, prepend=-1)).tolist()
        pieces = [slice(a, b) for a, b in zip(starts, [*starts[1:], len(own)], strict=True)]
        total = np.zeros((len(rows), len(of.ranks)))
        for start in range(0, of.number, CHUNK):
            draws = slice(start, min(start + CHUNK, of.number))
            score = few.utility(of.draws, slice(start, start + CHUNK))[:, : draws.stop - start]
            for piece in pieces:
                total[piece] += _reached(score[piece], of.least[:, own[piece.start], draws])
        count[rows] = total
    return count / of.number


def _reached(score: Floats, least: Floats) -> Floats:
    """Count the draws in which cells of a zone reach each rank (n, ranks)."""
    count = np.zeros((len(score), len(least)))
    rows = np.arange(len(score))
    for k in reversed(range(len(least))):  # who is never among the first 25 is never among fewer
        # at most CHUNK draws: their number fits a byte, and bytes are summed fastest
        reached = (score[rows] >= least[k]) if len(rows) < len(score) else score >= least[k]
        count[rows, k] = np.add.reduce(reached.view(np.uint8), axis=1, dtype=np.uint8)
        rows = rows[count[rows, k] > 0]
    return count
