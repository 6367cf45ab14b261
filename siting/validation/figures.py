"""What a backtest comes to: means over plants, with intervals from resampled towns."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.arrays import Floats
from siting.validation.plants import NEIGHBOUR, PARTS
from siting.validation.replay import Backtest

PART_NAMES = {
    "explore": "A, to choose the structure on",
    "report": "B, read before this model",
    "fresh": "C, added later, read before this model",
    "newest": "D, added last",
    "announced_later": "E, announced after the predictions were frozen",
    "unsized": "F, of unpublished tonnage",
    NEIGHBOUR: "neighbouring industry",
}
NO_TIE = "without a tie"
BANDS = (0.0, 0.01, 0.05, 0.20, 0.50, 1.01)
BAND_NAMES = ("below 1 %", "1 to 5 %", "5 to 20 %", "20 to 50 %", "50 % and more")
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


def hundredths(value: float) -> str:
    """Return a figure as it is shown: two decimals, a dash where it is not known."""
    return f"{value:.2f}" if np.isfinite(value) else "-"


@dataclass(frozen=True)
class Figures:
    """One ranking over some plants.

    Attributes
    ----------
    towns, sites : dict of Estimate
        Among the candidates of that set: auc, median_percentile, recall_at_10, within_country.
    near_25 : Estimate
        Share of plants within 100 km of the centre of one of the 25 zones.
    country_first : Estimate
        Share of plants whose country is among the first three by probability.
    """

    towns: dict[str, Estimate]
    sites: dict[str, Estimate]
    near_25: Estimate
    country_first: Estimate


@dataclass(frozen=True)
class Likelihood:
    """How much probability the model gave to what happened.

    Attributes
    ----------
    ln_chance : Estimate
        Mean over plants of ln P of the plant's place.
    ln_random : float
        The same were a place drawn by lot.
    country_rank : Estimate
        Median rank of the plant's country by probability.
    """

    ln_chance: Estimate
    ln_random: float
    country_rank: Estimate


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
    if towns.empty:
        return np.zeros((resamples, 0))
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
        if less is not None:
            known = known & less[column].notna().to_numpy()
        every = np.vstack([np.ones(len(ranks)), weights])[:, known]
        result = how(ranks[column].to_numpy(dtype=float)[known], every)
        if less is not None:
            result = result - how(less[column].to_numpy(dtype=float)[known], every)
        drawn = result[1:][np.isfinite(result[1:])]
        low, high = np.quantile(drawn, [LOW, HIGH]) if len(drawn) else (np.nan, np.nan)
        return Estimate(float(result[0]), float(low), float(high))

    towns, sites = (
        {name: estimate(f"{kind}{end}", how) for name, (end, how) in _FIGURES.items()}
        for kind in ("towns", "sites")
    )
    return Figures(towns, sites, estimate("near", mean), estimate("country_first", mean))


def likelihood(result: Backtest, chosen: NDArray[np.bool_]) -> Likelihood:
    """Return how much probability the model gave to the chosen plants; barred ones are left out."""
    tested = chosen & ~result.standing["barred"].to_numpy(bool)
    standing = result.standing[tested]
    weights = draws(result.chosen.plants.loc[tested, "town"])

    def estimate(column: str, how: Statistic) -> Estimate:
        values = standing[column].to_numpy(dtype=float)
        if not len(values):
            return Estimate(np.nan, np.nan, np.nan)
        drawn = how(values, np.vstack([np.ones(len(values)), weights]))
        low, high = np.quantile(drawn[1:], [LOW, HIGH])
        return Estimate(float(drawn[0]), float(low), float(high))

    return Likelihood(
        estimate("ln_chance", mean),
        float(standing["ln_random"].mean()),
        estimate("country_rank", median),
    )


def calibration(result: Backtest, chosen: NDArray[np.bool_]) -> pd.DataFrame:
    """Return expected and seen choices of countries by their predicted chance.

    Returns
    -------
    DataFrame
        band (text), pairs (plant and country), expected (sum of the chances), seen.
    """
    ids = result.chosen.plants.loc[chosen, "id"]
    rows = result.calibration[result.calibration["plant"].isin(list(ids))]
    band = pd.cut(rows["chance"], BANDS, right=False, labels=BAND_NAMES)
    table = rows.groupby(band, observed=False).agg(
        pairs=("seen", "size"), expected=("chance", "sum"), seen=("seen", "sum")
    )
    return table.rename_axis("band").reset_index()


def of_plants(result: Backtest, chosen: NDArray[np.bool_]) -> dict[str, tuple[Figures, Figures]]:
    """Return by ranking its figures over the chosen plants, and the model's lead over it."""
    weights = draws(result.chosen.plants.loc[chosen, "town"])
    part = {name: rank[chosen].reset_index(drop=True) for name, rank in result.ranks.items()}
    model = part["model"]
    return {
        name: (figures(rank, weights), figures(model, weights, rank)) for name, rank in part.items()
    }


def untied(result: Backtest) -> NDArray[np.bool_]:
    """Whether each plant went where its owner had no tie (p,)."""
    return np.asarray(~result.standing["tied"].to_numpy(bool))


def parts_of(result: Backtest) -> Iterator[tuple[str, NDArray[np.bool_]]]:
    """Yield the parts that have plants, with where these stand (p,)."""
    for part in (*PARTS, NEIGHBOUR):
        inside = result.chosen.plants["part"].eq(part).to_numpy()
        if inside.any():
            yield part, inside
