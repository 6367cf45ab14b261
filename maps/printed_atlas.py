"""The atlas on paper: the scenes of the story, then a page a site, as one file of HTML.

Every page is a sheet of A4 across; on A3 the same sheets are drawn larger. What does not fit is
left out by number and never by the edge of the paper: the lists of a `Sheet` say what they lack.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Any, NamedTuple, TypeVar

import numpy as np
import pandas as pd
from markupsafe import Markup

from geodata.language import ngettext, tr
from maps import brief as board
from maps.brief import Brief, Cost, Line
from maps.escape import letters, shortened
from maps.numerals import number, share
from maps.palette import pillar_colours
from maps.print import surroundings

NAME_LONG, LINE_LONG, WORDS_LONG = 60, 96, 900  # letters of a name, of a line, of a sentence
FACT_LONG, CASE_LONG, CUSTOMER_LONG = 150, 280, 44  # of a fact, of a change, of a plant
# letters of a line of a column, of a fact, of one of two facts beside each other; the most of such
COLUMN, FACT_COLUMN, PAIR_COLUMN, PAIRED = 56, 48, 15, 24
FACT_LINES, LAW_LINES, CASE_LINES = 8, 9, 11  # of the page of a site


Text = TypeVar("Text", str, Line)


class Gain(NamedTuple):
    """A criterion at a site: key of its pillar, what was measured, ln of its part of the odds."""

    pillar: str
    name: str
    raw: str
    ln: float

    @property
    def factor(self) -> float:
        """What it multiplies the odds by."""
        return float(np.exp(self.ln))


class Served(NamedTuple):
    """A customer of a site: kt a year it needs, share of the site's output, USD a tonne."""

    name: str
    country: str
    kt: float
    sold: float
    freight: float
    margin: float


@dataclass(frozen=True)
class Sheet:
    """What the page of a site shows; of lists that are too long for it, the first that fit.

    Attributes
    ----------
    rank : int
        Of the siting zone that it stands for; 0 where it stands for none.
    site_id, name, where, code : str
        `where` is its country and zone; `code` the country's.
    lat, lon : float
    share, sure, rank_low, rank_high : float
        NaN where nothing was drawn.
    cost : Cost
    facts : tuple of Line
    gains : tuple of Gain
    odds : float
        Against the median place.
    customers : tuple of Served
    customers_left, output_left : int, float
        How many more take of its output, and what share of it.
    laws : tuple of Line
        Instrument, what it does.
    case : tuple of str
        What would make it first; the first sentence leads.
    """

    rank: int
    site_id: str
    name: str
    where: str
    code: str
    lat: float
    lon: float
    share: float
    sure: float
    rank_low: float
    rank_high: float
    cost: Cost
    facts: tuple[Line, ...]
    gains: tuple[Gain, ...]
    odds: float
    customers: tuple[Served, ...]
    customers_left: int
    output_left: float
    laws: tuple[Line, ...]
    case: tuple[str, ...]


@dataclass(frozen=True)
class PrintedAtlas:
    """The brief, whose scenes are told, and a sheet a site in the order of the pages.

    `things` is what lies near any of them, as `maps.print.surroundings.neighbourhood` takes it.
    """

    brief: Brief
    sheets: tuple[Sheet, ...]
    things: Mapping[str, pd.DataFrame]


class _Bar(NamedTuple):
    """A bar of the odds, in per cent of its track."""

    left: float
    wide: float
    colour: str


def render(atlas: PrintedAtlas) -> str:
    """Return the atlas as one page of HTML; same atlas, same bytes."""
    brief = _short(atlas.brief)
    sheets = atlas.sheets
    keys = [key for key, _ in brief.pillars]
    colours = dict(zip(keys, pillar_colours(keys), strict=True))
    ends = [gain.ln for sheet in sheets for gain in sheet.gains]
    below, above = max([0.0, *(-ln for ln in ends)]), max([1e-9, *ends])
    top = board.axis_of([sheet.cost for sheet in sheets])
    context = board.context(brief)
    countries = surroundings.Countries(brief.ground)
    return board.environment().get_template("atlas.html.j2").render(
        **context,
        pictures=atlas.brief.pictures,
        style=board.style("parts.css", "atlas.css"),
        pages=[
            {
                **_shown(sheet),
                "bars": [_bar(gain, below, above, colours) for gain in sheet.gains],
                "cost": (sheet.cost, list(board.parts_of(sheet.cost, top)), 100 / top),
                "country": Markup(countries.picture(_row(sheet), sheet.code)),  # noqa: S704 - drawn here, text escaped
                "near": Markup(_near(sheet, atlas.things)),  # noqa: S704 - the same
            }
            for sheet in sheets
        ],
        middle=100 * below / (below + above),
        kinds_of_marks=[(words, Markup(mark)) for words, mark in surroundings.key()],  # noqa: S704
        spans=list(_spans(brief)),
        cut=shortened,
        name_long=NAME_LONG,
        line_long=LINE_LONG,
        letters=letters,
        paired=PAIRED,
        words_long=WORDS_LONG,
    )  # fmt: skip


def _short(brief: Brief) -> Brief:
    """Return a brief whose names fit into the cells of a sheet."""
    names = {column: brief.sites[column].map(_name) for column in ("name", "zone", "country_name")}
    return replace(
        brief,
        title=shortened(brief.title, 2 * LINE_LONG),
        subtitle=shortened(brief.subtitle, 2 * LINE_LONG),
        answer=tuple(_line(line, WORDS_LONG) for line in brief.answer),
        countries=brief.countries.assign(country_name=brief.countries["country_name"].map(_name)),
        sites=brief.sites.assign(**names),
        costs=tuple(replace(cost, name=_name(cost.name), country=_name(cost.country))
                    for cost in brief.costs),
        changes=tuple(_line(line, WORDS_LONG) for line in brief.changes),
        unknown=tuple(_line(line, WORDS_LONG) for line in brief.unknown),
    )  # fmt: skip


def _name(text: object) -> str:
    return shortened(text, NAME_LONG)


def _line(line: Line, most: int) -> Line:
    return Line(shortened(line.head, 2 * NAME_LONG), shortened(line.text, most))


def _shown(sheet: Sheet) -> dict[str, Any]:
    """Return a sheet with texts that fit, and for each list what it has no room for, in words."""
    facts = [_line(fact, FACT_LONG) for fact in sheet.facts]
    laws = [Line(shortened(law.head, LINE_LONG), _name(law.text)) for law in sheet.laws]
    case = [shortened(text, CASE_LONG) for text in sheet.case]
    short = replace(
        sheet,
        name=_name(sheet.name),
        where=shortened(sheet.where, LINE_LONG),
        customers=tuple(one._replace(name=shortened(one.name, CUSTOMER_LONG))
                        for one in sheet.customers),
        facts=_fitting(facts, lambda fact: _fact_lines(fact.text), FACT_LINES),
        laws=_fitting(laws, lambda law: _lines(f"{law.head} {law.text}"), LAW_LINES),
        case=_fitting(case, _lines, CASE_LINES),
    )  # fmt: skip
    return {
        "sheet": short,
        "left": {key: say(more) if more else "" for key, say in LEFT.items()
                 for more in (len(getattr(sheet, key)) - len(getattr(short, key)),)},
        "customers_left": _customers_left(sheet),
    }  # fmt: skip


def _fitting(
    texts: Sequence[Text], lines: Callable[[Text], float], room: float
) -> tuple[Text, ...]:
    """Return the first texts that take no more lines than there is room for."""
    taken = list(accumulate(lines(text) for text in texts))
    return tuple(texts[: bisect_right(taken, room)])


def _lines(text: str) -> float:
    return float(-(-letters(text) // COLUMN))


def _fact_lines(text: str) -> float:
    """Return the lines of a fact: two short ones stand beside each other."""
    wide = letters(text)
    return 0.5 * -(-wide // PAIR_COLUMN) if wide <= PAIRED else -(-wide // FACT_COLUMN)


def _facts_left(many: int) -> str:
    return ngettext(
        "and {number} more fact, in the dossier of the map",
        "and {number} more facts, in the dossier of the map", many, number=number(many),
    )  # fmt: skip


def _laws_left(many: int) -> str:
    return ngettext(
        "and {number} more law, in the dossier of the map",
        "and {number} more laws, in the dossier of the map", many, number=number(many),
    )  # fmt: skip


def _changes_left(many: int) -> str:
    return ngettext(
        "and {number} more change, in the dossier of the map",
        "and {number} more changes, in the dossier of the map", many, number=number(many),
    )  # fmt: skip


# list of a sheet -> what says how much of it there is no room for
LEFT: dict[str, Callable[[int], str]] = {
    "facts": _facts_left, "laws": _laws_left, "case": _changes_left,
}  # fmt: skip


def _customers_left(sheet: Sheet) -> str:
    if sheet.customers_left <= 0:
        none = tr("no further customer takes of its output")
        return none if sheet.customers else tr("none in reach")
    return ngettext(
        "and {number} more customer takes {share} of its output",
        "and {number} more customers take {share} of its output",
        sheet.customers_left, number=number(sheet.customers_left), share=share(sheet.output_left),
    )  # fmt: skip


def _bar(gain: Gain, below: float, above: float, colours: dict[str, str]) -> _Bar:
    unit = 100 / (below + above)
    return _Bar(unit * (below + min(gain.ln, 0.0)), unit * abs(gain.ln), colours[gain.pillar])


def _spans(brief: Brief) -> Iterator[dict[str, Any]]:
    """Yield where the ranks of each site lie, in per cent of the axis of all zones."""
    last = max(brief.of_zones - 1, 1)
    for site in brief.sites.to_dict("records"):
        low, high = float(site["rank_low"]), float(site["rank_high"])
        if np.isfinite(low):
            left = 100 * (low - 1) / last
            wide = max(100 * (high - low) / last, 0.8)
            yield {"site": site, "left": min(left, 99.2), "wide": min(wide, 100 - left + 0.8)}


def _row(sheet: Sheet) -> pd.DataFrame:
    return pd.DataFrame(
        [{"rank": sheet.rank, "name": sheet.name, "country_name": sheet.cost.country,
          "lat": sheet.lat, "lon": sheet.lon, "sure": sheet.sure}]
    )  # fmt: skip


def _near(sheet: Sheet, things: Mapping[str, pd.DataFrame]) -> str:
    return surroundings.neighbourhood(sheet.lat, sheet.lon, sheet.name, things)
