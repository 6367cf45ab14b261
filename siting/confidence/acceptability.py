"""Rank acceptability: how often each site takes each rank when the inputs are drawn (SMAA).

Stochastic multicriteria acceptability analysis (Lahdelma, Hokkanen and Salminen 1998; SMAA-2,
Lahdelma and Salminen 2001). Draws are worked through in chunks of a fixed size, so that memory is
bounded and no result depends on how many chunks are held at once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Scores = Callable[[slice], Floats]
Tell = Callable[[int, int], None]

CHUNK = 100  # draws scored at once; fixed, because the last bits of a product depend on its shape


@dataclass(frozen=True)
class Acceptability:
    """What n sites reach in d draws.

    Attributes
    ----------
    share : ndarray (n, ranks)
        Share of the draws in which a site takes each of the first ranks.
    first_in : ndarray (d,)
        Position of the first site of each draw.
    rank : ndarray (n, d) or None
        Every rank, 1 for the best, where all were asked for.
    """

    share: Floats
    first_in: NDArray[np.intp]
    rank: NDArray[np.int32] | None

    @property
    def first(self) -> Floats:
        """Share of draws in which each site is first (n,)."""
        return self.share[:, 0]

    def within(self, ranks: int) -> Floats:
        """Share of draws in which each site is among the first so many (n,)."""
        return np.asarray(self.share[:, :ranks].sum(axis=1))


def accept(
    scores: Scores, sites: int, draws: int, *, ranks: int, every: bool, tell: Tell | None = None
) -> Acceptability:
    """Rank the sites in every draw and count.

    Parameters
    ----------
    scores : callable
        Slice of draws -> scores (n, draws of the slice), the larger the better. It is asked for
        whole chunks, the last one perhaps beyond `draws`.
    sites, draws : int
    ranks : int
        How many of the first ranks are counted.
    every : bool
        Whether every rank is kept (n x d integers), for expected ranks and intervals.
    tell : callable, optional
        Told (done, total) draws.

    Notes
    -----
    Equal scores are ranked in the order of the sites.
    """
    ranks = min(ranks, sites)
    counts = np.zeros((sites, ranks))
    first = np.empty(draws, dtype=np.intp)
    kept = np.empty((sites, draws), dtype=np.int32) if every else None
    for start in range(0, draws, CHUNK):
        stop = min(start + CHUNK, draws)
        block = scores(slice(start, start + CHUNK))[:, : stop - start]
        top = _all_in_order(block) if every else _top_in_order(block, ranks)
        for place in range(ranks):
            np.add.at(counts[:, place], top[place], 1.0)
        first[start:stop] = top[0]
        if kept is not None:
            numbers = np.arange(1, sites + 1, dtype=np.int32)[:, None]
            np.put_along_axis(kept[:, start:stop], top, numbers, axis=0)
        if tell:
            tell(stop, draws)
    return Acceptability(counts / draws, first, kept)


def _all_in_order(block: Floats) -> NDArray[np.intp]:
    """Return the sites of each draw from best to worst (n, draws)."""
    return np.argsort(-block, axis=0, kind="stable")


def _top_in_order(block: Floats, ranks: int) -> NDArray[np.intp]:
    """Return the first sites of each draw in order (ranks, draws), without sorting the rest."""
    if ranks >= len(block):
        return _all_in_order(block)
    found = np.ascontiguousarray(-block.T)  # a draw a row, so that its scores lie together
    top = np.sort(np.argpartition(found, ranks - 1, axis=1)[:, :ranks], axis=1)
    order = np.argsort(np.take_along_axis(found, top, axis=1), axis=1, kind="stable")
    return np.take_along_axis(top, order, axis=1).T


def dirichlet(rng: np.random.Generator, mean: Floats, concentration: float, draws: int) -> Floats:
    """Draw weights around chosen ones: Dirichlet(concentration x mean), shape (draws, k).

    The mean is `mean`; the standard deviation of weight w is sqrt(w (1 - w) / (c + 1)). A weight
    of zero stays zero.
    """
    alive = mean > 0
    weights = np.zeros((draws, len(mean)))
    weights[:, alive] = rng.dirichlet(concentration * mean[alive] / mean.sum(), size=draws)
    return weights


def weighted_sums(values: Floats, weights: Floats) -> Scores:
    """Return the scores of a plain weighted sum: values (n, k), weights (draws, k)."""

    def scores(chunk: slice) -> Floats:
        drawn = weights[chunk]
        if len(drawn) < CHUNK:  # always the same shape, see CHUNK
            drawn = np.vstack([drawn, np.repeat(drawn[-1:], CHUNK - len(drawn), axis=0)])
        return np.asarray(values @ drawn.T)

    return scores
