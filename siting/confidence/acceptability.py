"""Rank acceptability: how often each site takes each rank when the inputs are drawn (SMAA).

Stochastic multicriteria acceptability analysis (Lahdelma, Hokkanen and Salminen 1998; SMAA-2,
Lahdelma and Salminen 2001). Draws are worked through in chunks of a fixed size, so that memory is
bounded and no result depends on how many chunks are open at once. Where only the first ranks are
asked for, most sites are dismissed by a bound that some promising ones set, and nothing is lost.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geodata.arrays import Floats
from siting.support.progress import Progress

Sites = NDArray[np.intp]
Scores = Callable[[slice], Floats]

CHUNK = 100  # draws scored at once; fixed, because the last bits of a product depend on its shape
PILOTS = 400  # sites that set the bound; fewer bound less well, more take longer


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
    scores: Scores,
    sites: int,
    draws: int,
    *,
    ranks: int,
    every: bool,
    progress: Progress | None = None,
) -> Acceptability:
    """Rank the sites in every draw and count.

    Parameters
    ----------
    scores : callable
        Slice of draws -> scores (n, draws of the slice), the larger the better. It is asked for
        whole chunks, the last one perhaps beyond `draws`, and may use its array again.
    sites, draws : int
    ranks : int
        How many of the first ranks are counted.
    every : bool
        Whether every rank is kept (n x d integers), for expected ranks and intervals.
    progress : callable, optional
        Receives (done, total) draws.

    Notes
    -----
    Equal scores are ranked in the order of the sites.
    """
    ranks = min(ranks, sites)
    counts = np.zeros((sites, ranks))
    first = np.empty(draws, dtype=np.intp)
    kept = np.empty((sites, draws), dtype=np.int32) if every else None
    pilots = np.arange(sites)
    for start in range(0, draws, CHUNK):
        stop = min(start + CHUNK, draws)
        block = scores(slice(start, start + CHUNK))[:, : stop - start]
        if kept is not None:
            top = np.argsort(-block, axis=0, kind="stable")
            numbers = np.arange(1, sites + 1, dtype=np.int32)[:, None]
            np.put_along_axis(kept[:, start:stop], top, numbers, axis=0)
        else:
            pilots = pilots if start else _pilots(block, max(PILOTS, 4 * ranks))
            top = _first_in_order(block, ranks, pilots)
        for place in range(ranks):
            np.add.at(counts[:, place], top[place], 1.0)
        first[start:stop] = top[0]
        if progress:
            progress(stop, draws)
    return Acceptability(counts / draws, first, kept)


def _pilots(block: Floats, most: int) -> Sites:
    """Return the sites that come nearest to the best one in some draw of a block."""
    if most >= len(block):
        return np.arange(len(block))
    behind = (block.max(axis=0) - block).min(axis=1)
    return np.argpartition(behind, most)[:most]


def _first_in_order(block: Floats, ranks: int, pilots: Sites) -> Sites:
    """Return the first sites of each draw in order (ranks, draws), without sorting the rest.

    The `ranks`-th best pilot of a draw cannot be above the `ranks`-th best site, so a site below
    it is not among the first. What is left is ordered as a stable sort would.
    """
    # a draw a row, so that its scores lie together
    some = np.ascontiguousarray(block[pilots].T)
    some.partition(len(pilots) - ranks, axis=1)
    site, draw = np.divmod(np.flatnonzero(block >= some[:, -ranks]), block.shape[1])
    order = np.lexsort((-block[site, draw], draw))  # stable: equal scores stay in order of site
    number = np.bincount(draw, minlength=block.shape[1])
    start = np.cumsum(number) - number
    return np.asarray(site[order[start + np.arange(ranks)[:, None]]])


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
    """Return the scores of a plain weighted sum: values (n, k), weights (draws, k).

    One array takes the scores of every chunk: room that is asked for anew costs as much as the sum.
    """
    room = np.empty((len(values), CHUNK))

    def scores(chunk: slice) -> Floats:
        drawn = weights[chunk]
        if len(drawn) < CHUNK:  # always the same shape, see CHUNK
            drawn = np.vstack([drawn, np.repeat(drawn[-1:], CHUNK - len(drawn), axis=0)])
        return np.matmul(values, drawn.T, out=room)

    return scores
