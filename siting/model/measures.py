"""Raw values of every criterion at every candidate, and the money behind them, as stored."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from geodata.arrays import Floats
from siting.money.cost import chance_it_pays
from siting.money.landed import Landed
from siting.support.blocks import Far, Rows


@dataclass(frozen=True)
class Measures:
    """Raw values and their provenance; frames of shape (n, criteria).

    Attributes
    ----------
    raw : DataFrame of float
        In the units of `siting.study.criteria`.
    level : DataFrame of str
        "computed", or the place the number was read for: zone, region, country, world_region,
        world, site.
    imputed : DataFrame of bool
        Taken from a wider place than the country.
    landed : Landed
        Cost, price and margin at every customer.
    outcome : DataFrame (n)
        Money of each site over the customers that take its output, see `Landed.outcome`.
    """

    raw: pd.DataFrame
    level: pd.DataFrame
    imputed: pd.DataFrame
    landed: Landed
    outcome: pd.DataFrame

    @property
    def openness(self) -> Floats:
        """Chance that this investor may build there (n,)."""
        return self.raw["openness"].to_numpy(dtype=float)

    @cached_property
    def pays(self) -> Floats | Far:
        """Chance that a tonne earns its cost at the price of the day (n,)."""
        margin = self.outcome["margin"].to_numpy(dtype=float)
        return self._each(lambda some, rows: chance_it_pays(margin[rows], some.swings))

    @cached_property
    def pays_from(self) -> Floats | Far:
        """Price of the day outside China from which a tonne earns its cost (USD/t, n)."""
        return self._each(lambda some, _: some.pays_from())

    def _each(self, make: Callable[[Landed, Rows | slice], Floats]) -> Floats | Far:
        """Return what follows from the money of each site, at once or when rows are asked for."""
        if self.landed.again is None:
            return make(self.landed, slice(None))
        return Far((len(self.raw),), lambda rows: make(self.landed.take(rows), rows))

    @property
    def stack(self) -> pd.DataFrame:
        """Parts of the delivered cost (n, parts): the gate's, then freight and duty (USD/t)."""
        return self.landed.stack.assign(freight=self.outcome["freight"], duty=self.outcome["duty"])


def joined(parts: Iterable[Measures], again: Callable[[Rows], Landed]) -> Measures:
    """Return the measures of blocks of places as one, without the matrices of their customers.

    Parameters
    ----------
    parts : iterable of Measures
        In the order of the places; each is let go before the next is made.
    again : callable
        Works out the money of some of all places.
    """
    kept = [
        (part.raw, part.level, part.imputed, part.outcome, part.landed.stack, part.landed.aimed_aid)
        for part in parts
    ]
    *frames, aid = zip(*kept, strict=True)
    raw, level, imputed, outcome, stack = (pd.concat(some, ignore_index=True) for some in frames)
    of_one, every = again(np.zeros(1, dtype=np.intp)), np.arange(len(raw))
    shape = (len(raw), len(of_one.gates))
    landed = replace(
        of_one,
        stack=stack,
        swing=lambda: again(every).swings,
        aimed_aid=np.concatenate(aid),
        freight=Far(shape, lambda rows: again(rows).freight[:]),
        duty=Far(shape, lambda rows: again(rows).duty[:]),
        sold=Far(shape, lambda rows: again(rows).sold[:]),
        again=again,
    )
    return Measures(raw, level, imputed, landed, outcome)
