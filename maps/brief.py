"""The executive brief: a few pages of HTML that ask the network for nothing."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from geodata.language import TAGS, gap, ngettext, pgettext, sentences, spoken, tr
from maps.escape import plain
from maps.numerals import UNKNOWN, number, share, times
from maps.palette import COLOURS, COSTS, STATUS, SURFACE, pillar_colours, style_variables
from maps.print import locator

# group of `palette.COSTS` -> how a board calls it, in the order of the bar
COST_NAMES = {
    "materials": "Feedstock, delivered", "energy": "Power and gas", "labour": "Labour",
    "capital": "Capital", "other": "Consumables, upkeep", "freight": "Freight to customers",
    "duty": "Duty",
}  # fmt: skip
AID = "Aid and credits"
FIRST = "first"  # `Brief.sure_of`, where the zones are few
AIR = 1.02  # the axis goes a little farther than the longest bar


class Line(NamedTuple):
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
    pays: float


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
    pays : float
        Chance that a tonne earns its cost at the price of the day.
    pays_from, pays_after_tax_from : float
        The price from which it does; the same after tax and ramp-up.
    npv_musd, irr_pct : float
        Worth of the plant (million USD) and its return (% a year; NaN: money is never back).
    carbon_t_per_t : float
        CO2e of the power of a tonne.
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
    pays: float
    pays_from: float
    pays_after_tax_from: float
    npv_musd: float
    irr_pct: float
    carbon_t_per_t: float

    @property
    def gross(self) -> float:
        """The sum of the parts that add."""
        return float(sum(usd for usd in self.parts.values() if usd > 0))

    @property
    def margin(self) -> float:
        """Price less delivered cost."""
        return self.price - self.delivered


@dataclass(frozen=True)
class Brief:
    """What the brief says. Text may be anything; only the page decides how it shows.

    Attributes
    ----------
    title, kicker, subtitle : str
        The question; which study; for whom and when.
    answer : tuple of Line
        Five lines at most.
    countries : DataFrame
        country_name, share (of all chances), zones (listed in it); largest first.
    sites : DataFrame
        Ten at most, best first: rank, name, zone, country_name, lat, lon, share, odds (against the
        median place), a column for each pillar (ln of what it multiplies them by), estates (named
        sites of the zone), sure (share of the what-if runs), rank_low, rank_high (NaN without
        draws), delivered, pays_from (the price from which it pays; USD/t), pays (chance).
    sure_of : str
        What `sure` is the share of: "among the first ten", or "first" of few zones.
    pillars : tuple of (key, name)
    of_zones, draws : int
        How many zones the list has; how many draws (0: none).
    ground : Ground
        What the map shows under the sites.
    kinds, of_kinds : tuple of Kind, int
        The first of them; how many there are.
    lenses : DataFrame
        name, own (whether the study looks through it), firsts (the first sites, in words), zone (in
        which the first site of the study then lies; 0 for none).
    changes : tuple of Line
    laws, laws_seen : DataFrame, int
        instrument, factor (of the odds), site, first, new, fallen_to; how many were looked at.
    costs : tuple of Cost
        Five at most.
    unknown : tuple of Line
    scale : str
        The words of certainty.
    method, facts : tuple of str, tuple of Line
    attributions : tuple of str
    """

    title: str
    kicker: str
    subtitle: str
    answer: tuple[Line, ...]
    countries: pd.DataFrame
    sites: pd.DataFrame
    sure_of: str
    pillars: tuple[tuple[str, str], ...]
    of_zones: int
    draws: int
    ground: locator.Ground
    kinds: tuple[Kind, ...]
    of_kinds: int
    lenses: pd.DataFrame
    changes: tuple[Line, ...]
    laws: pd.DataFrame
    laws_seen: int
    costs: tuple[Cost, ...]
    unknown: tuple[Line, ...]
    scale: str
    method: tuple[str, ...]
    facts: tuple[Line, ...]
    attributions: tuple[str, ...]

    @cached_property
    def pictures(self) -> tuple[locator.Picture, ...]:
        """Where the sites lie: the world and the regions, drawn once for brief and atlas."""
        return locator.pictures(self.sites, self.ground)


class _Segment(NamedTuple):
    """A piece of a bar, in per cent of its track; its amount in USD a tonne, or in times."""

    left: float
    wide: float
    colour: str
    name: str
    amount: float


class _Axis(NamedTuple):
    """Of the odds, in ln: how far it reaches below one, and how long it is."""

    below: float
    long: float


def render(brief: Brief) -> str:
    """Return the brief as one HTML page; same brief, same bytes."""
    return (
        environment()
        .get_template("brief.html.j2")
        .render(
            **context(brief),
            pictures=brief.pictures,
            style=style("parts.css", "brief.css"),
        )
    )


def axis_of(costs: Sequence[Cost]) -> float:
    """Return how far an axis goes that holds the bars of all costs, in USD a tonne."""
    return AIR * max(
        (mark for cost in costs for mark in (cost.gross, cost.price, cost.parity, cost.high)),
        default=1.0,
    )


def context(brief: Brief) -> dict[str, Any]:
    """Return what the templates of brief and printed atlas show of a brief, but for pictures."""
    colours = pillar_colours([key for key, _ in brief.pillars])
    sites = brief.sites.to_dict("records")
    keys = [key for key, _ in brief.pillars]
    whole = brief.sites[keys]
    below = float(-whole.clip(upper=0.0).sum(axis=1).min()) if len(whole) else 0.0
    above = float(whole.clip(lower=0.0).sum(axis=1).max()) if len(whole) else 0.0
    axis = _Axis(below, max(below + above, 1e-9))
    top = axis_of(brief.costs)
    return {
        "brief": brief,
        "sites": [
            site | {"bar": list(_odds(site, brief.pillars, colours, axis))} for site in sites
        ],
        "pillars": list(zip(brief.pillars, colours, strict=True)),
        "costs": [(cost, list(parts_of(cost, top)), 100 / top) for cost in brief.costs],
        "groups": [(key, tr(COST_NAMES.get(key, AID)), COSTS.get(key))
                   for key in (*COST_NAMES, "aid")
                   if any(round(cost.parts.get(key, 0.0)) for cost in brief.costs)],
        "zero": 100 * axis.below / axis.long,
        "ring": _ring(brief),
        "nine_in_ten": share(0.9),
        "countries": brief.countries.to_dict("records"),
        "widest": float(brief.countries["share"].max()) if len(brief.countries) else 1.0,
        "lenses": brief.lenses.to_dict("records"),
        "laws": brief.laws.to_dict("records"),
        "status": [(tr(words.lower()), fill) for words, fill in STATUS.values() if fill],
        "surface": SURFACE,
        "breaks": brief.ground.breaks,
        "colours": COLOURS,
    }  # fmt: skip


def _ring(brief: Brief) -> str:
    """Say what the maps show, and what the ring round a number is."""
    many = len(brief.sites)
    where = (
        tr("Where the site lies")
        if many == 1
        else tr("Where the {number} likeliest sites lie", number=many)
    )
    if not brief.draws:
        return tr("{sentence}.", sentence=where)
    if brief.sure_of == FIRST:
        return tr("{where}; the ring round a number is the share of what-if runs in which it is "
                  "first.", where=where)  # fmt: skip
    return tr("{where}; the ring round a number is the share of what-if runs in which it is among "
              "the first ten.", where=where)  # fmt: skip


def _odds(
    site: Mapping[Hashable, float],
    pillars: tuple[tuple[str, str], ...],
    colours: list[str],
    axis: _Axis,
) -> Iterator[_Segment]:
    """Yield what each pillar adds to ln of the odds: right of the middle, or left of it."""
    right = left = axis.below
    for (key, label), colour in zip(pillars, colours, strict=True):
        ln = float(site[key])
        start, right, left = (right, right + ln, left) if ln >= 0 else (left + ln, right, left + ln)
        wide = 100 * abs(ln) / axis.long
        yield _Segment(100 * start / axis.long, wide, colour, label, float(np.exp(ln)))


def parts_of(cost: Cost, top: float) -> Iterator[_Segment]:
    """Yield the parts that add, then what is taken from their end."""
    left = 0.0
    for key, label in COST_NAMES.items():
        usd = cost.parts.get(key, 0.0)
        if usd > 0:
            yield _Segment(100 * left / top, 100 * usd / top, COSTS[key], tr(label), usd)
            left += usd
    aid = -cost.parts.get("aid", 0.0)
    if aid > 0:
        yield _Segment(100 * (left - aid) / top, 100 * aid / top, "", tr(AID), -aid)


def style(*names: str) -> Markup:
    """Return the style of a page: colours, our own files, and the letters of the language."""
    letters = () if spoken() == "en" else ("cjk.css",)
    return Markup(style_variables() + "".join(own(name) for name in (*names, *letters)))  # noqa: S704 - our own


def own(name: str) -> str:
    """Return the text of a template."""
    return (files("maps") / "templates" / name).read_text(encoding="utf-8")


@lru_cache
def environment() -> Environment:
    """Return what reads the templates: every text is escaped, whatever it holds."""
    environment = Environment(
        loader=FunctionLoader(own), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, finalize=_clean,
    )  # fmt: skip
    environment.filters |= {
        "number": _number, "signed": _signed, "share": share, "times": times, "filled": _filled,
    }  # fmt: skip
    environment.globals |= {  # messages are looked up at each call: no language is frozen
        "tr": tr, "ngettext": ngettext, "pgettext": pgettext, "sentences": sentences,
        "tag": lambda: TAGS[spoken()], "gap": gap,
    }  # fmt: skip
    return environment


def _clean(value: object) -> object:
    """Return text without control and direction characters; markup of our own stays."""
    return plain(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _filled(message: str, **places: object) -> Markup:
    """Return a message with markup of its own, its places filled with text of anybody."""
    return Markup(message).format_map({key: _clean(value) for key, value in places.items()})  # noqa: S704 - our own


def _number(value: float, decimals: int = 0) -> str:
    return number(value, decimals) if np.isfinite(value) else UNKNOWN


def _signed(value: float, decimals: int = 0) -> str:
    return number(value, decimals, sign=True) if np.isfinite(value) else UNKNOWN
