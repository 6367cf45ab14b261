"""Marks and names without collisions: pushed apart, or moved to the nearest free place."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from geodata.arrays import Floats

ROUNDS, PULLED = 220, 150  # of pushing; in so many of them marks are drawn home as well
PULL = 0.02
# right, left, above, below, then the slanting ways
TURNS = np.radians((0, 180, 90, 270, 25, 155, 205, 335, 50, 130, 230, 310))
STEPS = (0.03, 0.1, 0.2, 0.32, 0.46, 0.62, 0.8, 1.0, 1.25, 1.5)  # inches from the mark
FAR, OVER = 1.0, 0.06  # what an inch of distance and a small mark under the name weigh


def settle(home: Floats, radius: Floats, size: tuple[float, float]) -> Floats:
    """Push overlapping discs apart, each staying as near to its home as it can.

    Parameters
    ----------
    home : ndarray (n, 2)
    radius : ndarray (n,)
    size : tuple of float
        Width and height of the sheet, which no disc leaves.

    Returns
    -------
    ndarray (n, 2)
        Same unit as `home`; a disc that touches no other stays at home.
    """
    count = len(home)
    if count == 1:
        return home
    turn = np.arange(count) * np.pi * (3 - np.sqrt(5))  # the golden angle: no two start alike
    spots = home + 1e-4 * np.column_stack([np.cos(turn), np.sin(turn)])
    need = radius[:, None] + radius[None, :]
    np.fill_diagonal(need, 0.0)
    touched = np.zeros(count, dtype=bool)
    for step in range(ROUNDS):
        away = spots[:, None] - spots[None, :]
        gap = np.maximum(np.hypot(away[..., 0], away[..., 1]), 1e-9)
        short = np.clip(need - gap, 0.0, None)
        touched |= short.any(axis=1)
        spots = spots + 0.5 * (away / gap[..., None] * short[..., None] / 2).sum(axis=1)
        if step < PULLED:
            spots += PULL * (home - spots)
        spots = np.clip(spots, radius[:, None], np.asarray(size) - radius[:, None])
    return np.where(touched[:, None], spots, home)


def boxes(centre: Floats, size: Floats) -> Floats:
    """Return boxes (n, 4): left, bottom, right, top."""
    return np.hstack([centre - size / 2, centre + size / 2])


def overlaps(some: Floats, others: Floats) -> NDArray[np.bool_]:
    """Return which of the boxes (n, 4) and (m, 4) share ground (n, m)."""
    a, b = some[:, None], others[None, :]
    apart = (a[..., 2] <= b[..., 0]) | (b[..., 2] <= a[..., 0])
    return ~(apart | (a[..., 3] <= b[..., 1]) | (b[..., 3] <= a[..., 1]))


def names(
    marks: Floats, radius: Floats, sizes: Floats, taken: Floats, specks: Floats, room: Floats
) -> list[Floats | None]:
    """Return the centre of each name: free of what is taken, near its mark, over few specks.

    Parameters
    ----------
    marks, radius : ndarray (n, 2), (n,)
        What is named, in order of importance.
    sizes : ndarray (n, 2)
        Width and height of each name.
    taken, specks : ndarray (m, 4), (k, 4)
        Boxes that no name may touch, and those that it should rather not.
    room : ndarray (4,)
        The sheet.
    """
    placed: list[Floats | None] = []
    for mark, reach, size in zip(marks, radius, sizes, strict=True):
        step = np.repeat(STEPS, len(TURNS))
        turns = np.tile(np.column_stack([np.cos(TURNS), np.sin(TURNS)]), (len(STEPS), 1))
        spots = mark + turns * ((reach + step)[:, None] + size / 2)
        tried = boxes(spots, size)
        barred = overlaps(tried, taken).any(axis=1)
        barred |= (tried[:, :2] < room[:2]).any(axis=1) | (tried[:, 2:] > room[2:]).any(axis=1)
        cost = FAR * step + OVER * overlaps(tried, specks).sum(axis=1)
        cost = np.where(barred, np.inf, cost + 1e-6 * np.arange(len(cost)))
        best = int(np.argmin(cost))
        free = bool(np.isfinite(cost[best]))
        placed.append(spots[best] if free else None)
        taken = np.vstack([taken, tried[best]]) if free else taken
    return placed
