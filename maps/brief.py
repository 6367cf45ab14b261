"""The executive brief: one to three pages of HTML that ask the network for nothing."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np
import pandas as pd
from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from maps import locator
from maps.escape import plain
from maps.numerals import THIN, number
from maps.palette import COLOURS, COSTS, STATUS, SURFACE, pillar_colours, style_variables

# group of `palette.COSTS` -> how a board calls it, in the order of the bar
COST_NAMES = {
    "materials": "Feedstock, delivered", "energy": "Power and gas", "labour": "Labour",
    "capital": "Capital", "other": "Consumables, upkeep", "freight": "Freight to customers",
    "duty": "Duty",
}  # fmt: skip
AID = "Aid and credits"
LETTERS = "ABCDEF"
UNKNOWN = "\N{EN DASH}"
AIR = 1.02  # the axis goes a little farther than the longest bar


class Said(NamedTuple):
    """A line with its head: "How sure", "it is first in ..."."""

    head: str
    text: str


class Kind(NamedTuple):
    """Sites that are alike: what they share and how they do; money in USD a tonne."""

    name: str
    sentence: str
    sites: int
    best: str
    rank: int
    delivered: float
    earned: float


@dataclass(frozen=True)
class Cost:
    """What a tonne of one site costs and brings, in USD a tonne.

    Attributes
    ----------
    rank, name, country : int, str, str
    parts : dict of float
        By group of `palette.COSTS`; all but "aid" add, which takes away (<= 0).
    delivered : float
        The sum of the parts.
    low, high : float
        Range of the delivered cost.
    price, parity : float
        What its customers pay; the landed Chinese tonne there.
    """

    rank: int
    name: str
    country: str
    parts: dict[str, float]
    delivered: float
    low: float
    high: float
    price: float
    parity: float

    @property
    def gross(self) -> float:
        """The sum of the parts that add."""
        return float(sum(usd for usd in self.parts.values() if usd > 0))

    @property
    def earned(self) -> float:
        """What a tonne brings over its cost."""
        return self.price - self.delivered

    @property
    def margin(self) -> float:
        """The same at the price of the Chinese tonne."""
        return self.parity - self.delivered


@dataclass(frozen=True)
class Brief:
    """What the brief says. Text may be anything; only the page decides how it shows.

    Attributes
    ----------
    title, kicker, subtitle : str
        The question; which study; for whom and when.
    answer : tuple of Said
        Five lines at most.
    sites : DataFrame
        Ten at most, best first: rank, name, country_name, kind, lat, lon, score, a column of
        points for each pillar, taken (<= 0, what gates and mixture take away), p_first, p_top10,
        rank_low, rank_high (NaN without draws), delivered, earned (USD/t), customer,
        customer_usd_per_t (freight), known, total (criteria).
    pillars : tuple of (key, name)
    of_zones, draws : int
        How many zones the list has; how many draws (0: none).
    ground : Ground
        What the map shows under the sites.
    kinds, of_kinds : tuple of Kind, int
        The first of them; how many there are.
    strategies : DataFrame
        name, prior (share), first, country_name, new (of the first ten), fallen_to (rank of the
        first site); empty where one is in play.
    changes : tuple of Said
    laws, laws_seen : DataFrame, int
        instrument, lost (points), site, first, new, fallen_to; how many were looked at.
    costs : tuple of Cost
        Five at most.
    unknown : tuple of Said
    method, facts : tuple of str, tuple of Said
    attributions : tuple of str
    """

    title: str
    kicker: str
    subtitle: str
    answer: tuple[Said, ...]
    sites: pd.DataFrame
    pillars: tuple[tuple[str, str], ...]
    of_zones: int
    draws: int
    ground: locator.Ground
    kinds: tuple[Kind, ...]
    of_kinds: int
    strategies: pd.DataFrame
    changes: tuple[Said, ...]
    laws: pd.DataFrame
    laws_seen: int
    costs: tuple[Cost, ...]
    unknown: tuple[Said, ...]
    method: tuple[str, ...]
    facts: tuple[Said, ...]
    attributions: tuple[str, ...]


class _Segment(NamedTuple):
    """A piece of a bar, in per cent of its track."""

    left: float
    wide: float
    colour: str
    name: str
    usd: float


def render(brief: Brief) -> str:
    """Return the brief as one HTML page; same brief, same bytes."""
    colours = pillar_colours([key for key, _ in brief.pillars])
    sites = brief.sites.to_dict("records")
    top = AIR * max(
        (mark for cost in brief.costs for mark in (cost.gross, cost.price, cost.parity, cost.high)),
        default=1.0,
    )
    return _environment().get_template("brief.html.j2").render(
        brief=brief,
        style=Markup(style_variables() + _own("brief.css")),  # noqa: S704 - our own file
        pictures=locator.pictures(brief.sites, brief.ground),
        sites=[
            site | {"bar": list(_points(site, brief.pillars, colours)),
                    "gross": sum(site[key] for key, _ in brief.pillars)}
            for site in sites
        ],
        pillars=list(zip(brief.pillars, colours, strict=True)),
        costs=[(cost, list(_parts(cost, top)), 100 / top) for cost in brief.costs],
        groups=[(key, COST_NAMES.get(key, AID), COSTS.get(key)) for key in (*COST_NAMES, "aid")
                if any(round(cost.parts.get(key, 0.0)) for cost in brief.costs)],
        letters={kind.name: letter for kind, letter in zip(brief.kinds, LETTERS, strict=False)},
        strategies=brief.strategies.to_dict("records"),
        laws=brief.laws.to_dict("records"),
        status=[(words.lower(), fill) for words, fill in STATUS.values() if fill],
        surface=SURFACE,
        breaks=brief.ground.breaks,
        colours=COLOURS,
    )  # fmt: skip


def _points(
    site: Mapping[Hashable, float], pillars: tuple[tuple[str, str], ...], colours: list[str]
) -> Iterator[_Segment]:
    """Yield the points of each pillar on a track of 100."""
    left = 0.0
    for (key, label), colour in zip(pillars, colours, strict=True):
        wide = float(site[key])
        yield _Segment(left, wide, colour, label, wide)
        left += wide


def _parts(cost: Cost, top: float) -> Iterator[_Segment]:
    """Yield the parts that add, then what is taken from their end."""
    left = 0.0
    for key, label in COST_NAMES.items():
        usd = cost.parts.get(key, 0.0)
        if usd > 0:
            yield _Segment(100 * left / top, 100 * usd / top, COSTS[key], label, usd)
            left += usd
    aid = -cost.parts.get("aid", 0.0)
    if aid > 0:
        yield _Segment(100 * (left - aid) / top, 100 * aid / top, "", AID, -aid)


def _own(name: str) -> str:
    return (files("maps") / "templates" / name).read_text(encoding="utf-8")


@lru_cache
def _environment() -> Environment:
    environment = Environment(
        loader=FunctionLoader(_own), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, finalize=_clean,
    )  # fmt: skip
    environment.filters |= {"number": _number, "signed": _signed, "share": share}
    return environment


def _clean(value: object) -> object:
    """Return text without control and direction characters; markup of our own stays."""
    return plain(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _number(value: float, decimals: int = 0) -> str:
    return number(value, decimals) if np.isfinite(value) else UNKNOWN


def _signed(value: float, decimals: int = 0) -> str:
    return number(value, decimals, sign=True) if np.isfinite(value) else UNKNOWN


def share(value: float) -> str:
    """Return a share in whole per cent; almost all is not all, almost none not none."""
    if not np.isfinite(value):
        return UNKNOWN
    whole = round(100 * value)
    told = ">99" if whole == 100 and value < 1 else "<1" if whole == 0 and value > 0 else whole  # noqa: PLR2004 - per cent
    return f"{told}{THIN}%"
