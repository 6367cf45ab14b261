"""What a backtest comes to: means over plants, with intervals from resampled towns."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from siting.backtest.plants import PARTS
from siting.backtest.replay import Backtest

Floats = NDArray[np.float64]

PART_NAMES = {
    "explore": "A, to explore",
    "report": "B, to report",
    "fresh": "C, added later, its misses read",
    "newest": "D, added last, read once at the end",
}
RESAMPLES, SEED = 2000, 20261122
LOW, HIGH = 0.05, 0.95


@dataclass(frozen=True)
class Estimate:
    """A figure and its 90 % interval; NaN where no plant has it."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.2f} [{self.low:.2f}, {self.high:.2f}]" if self else "-"

    def __bool__(self) -> bool:
        return bool(np.isfinite(self.value))


@dataclass(frozen=True)
class Figures:
    """One ranking over some plants.

    Attributes
    ----------
    towns, sites : dict of Estimate
        Among the candidates of that set: auc, median_percentile, recall_at_10, within_country.
    near_25 : Estimate
        Share of plants within 100 km of one of the 25 best zones.
    """

    towns: dict[str, Estimate]
    sites: dict[str, Estimate]
    near_25: Estimate


def mean(values: Floats, weights: Floats) -> Floats:
    """Weighted mean of values (p,) under each row of weights (b, p); NaN without weight."""
    whole = weights.sum(axis=1)
    share = np.divide(weights @ values, whole, out=np.full(len(whole), np.nan), where=whole > 0)
    return np.asarray(share)


def median(values: Floats, weights: Floats) -> Floats:
    """Median of values (p,) repeated as often as each row of whole weights (b, p) says."""
    order = np.argsort(values, kind="stable")
    until = np.cumsum(weights[:, order], axis=1)
    if not len(values):
        return np.full(len(weights), np.nan)
    n = until[:, -1:]
    lower, upper = ((until > spot).argmax(axis=1) for spot in ((n - 1) // 2, n // 2))
    middle = (values[order][lower] + values[order][upper]) / 2
    return np.where(n[:, 0] > 0, middle, np.nan)


Statistic = Callable[[Floats, Floats], Floats]
# figure -> (suffix of the column in the ranks, statistic)
_FIGURES: dict[str, tuple[str, Statistic]] = {
    "auc": ("", mean),
    "median_percentile": ("", median),
    "recall_at_10": ("_tenth", mean),
    "within_country": ("_country", mean),
}


def draws(towns: pd.Series, resamples: int = RESAMPLES, seed: int = SEED) -> Floats:
    """Return how often each plant counts in each resample of towns (b, p).

    The bootstrap over clusters (Davison and Hinkley 1997, ch. 3.8): plants of one town come or
    stay away together.
    """
    names, town = np.unique(towns.to_numpy(dtype=str), return_inverse=True)
    rng = np.random.default_rng(seed)
    counts = rng.multinomial(len(names), np.full(len(names), 1 / len(names)), size=resamples)
    return counts[:, town].astype(float)


def figures(ranks: pd.DataFrame, weights: Floats, less: pd.DataFrame | None = None) -> Figures:
    """Return the figures of one ranking, or what it has more than another on the same plants.

    Parameters
    ----------
    ranks : DataFrame (p)
        As in `Backtest.ranks`.
    weights : ndarray (b, p)
        From `draws`.
    less : DataFrame (p), optional
        Ranks of the other ranking: differences are paired, resample by resample.
    """

    def estimate(column: str, how: Statistic) -> Estimate:
        known = ranks[column].notna().to_numpy()
        every = np.vstack([np.ones(len(ranks)), weights])[:, known]
        found = how(ranks[column].to_numpy(dtype=float)[known], every)
        if less is not None:
            found = found - how(less[column].to_numpy(dtype=float)[known], every)
        drawn = found[1:][np.isfinite(found[1:])]
        low, high = np.quantile(drawn, [LOW, HIGH]) if len(drawn) else (np.nan, np.nan)
        return Estimate(float(found[0]), float(low), float(high))

    towns, sites = (
        {name: estimate(f"{kind}{end}", how) for name, (end, how) in _FIGURES.items()}
        for kind in ("towns", "sites")
    )
    return Figures(towns, sites, estimate("near", mean))


def of_plants(found: Backtest, chosen: NDArray[np.bool_]) -> dict[str, tuple[Figures, Figures]]:
    """Return by ranking its figures over the chosen plants, and the model's lead over it."""
    weights = draws(found.chosen.plants.loc[chosen, "town"])
    part = {name: rank[chosen].reset_index(drop=True) for name, rank in found.ranks.items()}
    model = part["model"]
    return {
        name: (figures(rank, weights), figures(model, weights, rank)) for name, rank in part.items()
    }


def groups(found: Backtest, chosen: NDArray[np.bool_], by: str) -> pd.DataFrame:
    """Return the model's figures over the chosen plants, by a column of the plants.

    Returns
    -------
    DataFrame
        group, plants, towns, sites (mean percentile), towns_country (the same within countries),
        near (share).
    """
    columns = ["towns", "sites", "towns_country", "near"]
    keys = found.chosen.plants.loc[chosen, by].to_numpy()
    model = found.ranks["model"].loc[chosen, columns].groupby(keys)
    table = model.mean().assign(plants=model.size())
    return table.rename_axis("group").reset_index()[["group", "plants", *columns]]


def parts_of(found: Backtest) -> Iterator[tuple[str, NDArray[np.bool_]]]:
    """Yield the parts that have plants, with where these stand (p,)."""
    for part in PARTS:
        inside = found.chosen.plants["part"].eq(part).to_numpy()
        if inside.any():
            yield part, inside
