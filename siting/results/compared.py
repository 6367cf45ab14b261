"""Two to four places of a plan side by side, as slides show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from geodata.arrays import Floats, Positions
from geodata.errors import Fault, SitingError
from geodata.places import country_name
from maps.brief import Cost
from maps.numerals import number, share, times
from siting.confidence.pairs import ahead_in
from siting.confidence.shares import share_at
from siting.model.plan import Plan, weighed
from siting.results.customers import served
from siting.results.page.costs import costs_at
from siting.results.sites import pillar_odds
from siting.results.tables import laws_at, tables_of
from siting.results.text.answer import question
from siting.results.text.confidence import short
from siting.study.criteria import CRITERIA, PILLARS, pillar_names

LEAST, MOST = 2, 4
CUSTOMERS = 3
FELT = float(np.log(1.1))  # of ln odds between two places; less is not worth a word
NAMED = 2  # pillars of a sentence


@dataclass(frozen=True)
class Compared:
    """Places side by side; lists and columns are in the order of the places.

    Attributes
    ----------
    title, subject : str
    names : tuple of str
    costs : tuple of Cost
        Each with the rank of the zone that it stands for, 0 for none.
    shares : tuple of float
        Of the chances, of what each stands for.
    pillars : DataFrame
        name, then a column a place: ln of what the pillar multiplies its odds by.
    ahead : ndarray (n, n) or None
        Share of the draws in which the row is ahead of the column; None without draws.
    draws : int
    customers : tuple of tuple of str
    laws : DataFrame
        name, then a column a place: whether it applies there; only laws that differ.
    common : int
        Laws that apply to all.
    """

    title: str
    subject: str
    names: tuple[str, ...]
    costs: tuple[Cost, ...]
    shares: tuple[float, ...]
    pillars: pd.DataFrame
    ahead: Floats | None
    draws: int
    customers: tuple[tuple[str, ...], ...]
    laws: pd.DataFrame
    common: int


def check_many(sites: Sequence[str]) -> None:
    """Refuse fewer or more places than a slide compares.

    Raises
    ------
    SitingError
    """
    many = len(dict.fromkeys(sites))
    if not LEAST <= many <= MOST:
        hint = f"name {LEAST} to {MOST} different places, each with --site, or a link with pins"
        raise SitingError(Fault("--site", "cannot be set side by side", hint, value=str(many)))


def compared(plan: Plan, positions: Positions) -> Compared:
    """Return candidates of a plan side by side."""
    places = plan.places.iloc[positions]
    names = tuple(short(name) for name in places["name"])
    odds = pillar_odds(plan).iloc[positions]
    used = {CRITERIA[key].pillar for key in weighed(plan)}
    pillars = [key for key in PILLARS if key in used]
    table = odds[pillars].T.set_axis(range(len(positions)), axis=1).reset_index(drop=True)
    names_of = pillar_names(plan.study.investor)
    table.insert(0, "name", [names_of[key] for key in pillars])
    laws, common = _laws(plan, positions)
    listed = f"{', '.join(names[:-1])} and {names[-1]}"
    return Compared(
        title=f"Side by side: {listed}",
        subject=f"{question(plan)}, study {plan.study.name}",
        names=names,
        costs=costs_at(plan, tables_of(plan), positions),
        shares=tuple(share_at(plan, int(i)) for i in positions),
        pillars=table,
        ahead=ahead_in(plan, positions),
        draws=plan.study.confidence.draws,
        customers=tuple(_customers(plan, int(i)) for i in positions),
        laws=laws,
        common=common,
    )  # fmt: skip


def _customers(plan: Plan, position: int) -> tuple[str, ...]:
    rows = served(plan, position, CUSTOMERS).to_dict("records")
    return tuple(
        f"{row['name']}, {country_name(row['country'])}: freight {number(row['usd_per_t'])}, "
        f"margin {number(row['margin'], sign=True)} USD/t"
        for row in rows
    )


def _laws(plan: Plan, positions: Positions) -> tuple[pd.DataFrame, int]:
    """Return the laws that differ between places, and how many apply to all."""
    laws = laws_at(plan, positions)
    names = list(dict.fromkeys(laws["instrument"]))
    at = {k: set(laws.loc[laws["nth"].eq(k), "instrument"]) for k in range(len(positions))}
    table = pd.DataFrame({k: [name in own for name in names] for k, own in at.items()})
    everywhere = table.all(axis=1)
    table.insert(0, "name", names)
    return table[~everywhere].reset_index(drop=True), int(everywhere.sum())


def sentences(of: Compared) -> tuple[str, ...]:
    """Say what the first place has before each other."""
    return tuple(_between(of, k) for k in range(1, len(of.names)))


def _between(of: Compared, other: int) -> str:
    first, name = of.names[0], of.names[other]
    gap = of.pillars[0].to_numpy(dtype=float) - of.pillars[other].to_numpy(dtype=float)
    pro, contra = (_strongest(of, sign * gap) for sign in (1, -1))
    lead = f"{first} leads {name} by {pro or 'nothing much'}"
    lag = f", and lags by {contra}" if contra else ""
    runs = ""
    if of.ahead is not None:
        runs = f" It is ahead in {share(float(of.ahead[0, other]))} of the what-if runs."
    a, b = of.costs[0], of.costs[other]
    less = "less" if a.delivered <= b.delivered else "more"
    cost = f"a tonne delivered costs {number(abs(a.delivered - b.delivered))} USD {less}"
    pays = f"it pays from {price_text(a.pays_from)} and not {price_text(b.pays_from)} USD/t"
    return f"{lead}{lag}.{runs} Of the money, {cost}, and {pays}."


def price_text(usd: float) -> str:
    """Say from which price of the day a place pays, USD a tonne."""
    return number(usd) if usd > 0 else "any price"


def _strongest(of: Compared, gap: Floats) -> str:
    order = np.argsort(-gap, kind="stable")[:NAMED]
    return " and ".join(f"{of.pillars['name'].iloc[k]} ({times(float(np.exp(gap[k])))} times)"
                        for k in order if gap[k] > FELT)  # fmt: skip
