"""What the map shows, as frames, and the page that shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from geodata.language import Language, page_words, speaking
from maps import escape, layers
from maps.changes import changes
from maps.dossiers import Dossiers
from maps.land import Land
from maps.live import Live
from maps.raster import Picture


@dataclass(frozen=True)
class CriterionInfo:
    """A criterion as a reader meets it: its name and the unit of its raw value."""

    key: str
    name: str
    unit: str


@dataclass(frozen=True)
class Pillar:
    """A group of criteria with a colour of its own; six at most."""

    key: str
    name: str
    criteria: tuple[CriterionInfo, ...]


@dataclass(frozen=True)
class Atlas:
    """One study, ready to be drawn. Text may be anything; only the map decides how it shows.

    Coordinates are EPSG:4326, countries ISO2. A share is a chance from 0 to 1; odds are logarithms,
    against the median place. Columns that a table must hold are listed in `maps.layers.TABLES`.

    Attributes
    ----------
    title, subtitle, answer : str
        The question in words, for whom and when, and the answer in one sentence.
    study, as_of : str
        Name of the study; its date (ISO).
    pillars : tuple of Pillar
        Six at most, in the order of their colours.
    sites : DataFrame
        What stands for each siting zone: the first 25 are badges, the others dots. `share` is that
        of the zone, `share_low` to `share_high` 90 % of the draws, `country_share` the country's;
        `percentile` the share of the places that rank below; `scouted` whether an estate is known;
        `pays` the chance that a tonne earns its cost at the price of the day, `pays_from` the price
        from which it does, `margin` what is left of the price (USD/t). Columns `low` and
        `high` (USD/t), if there are any, are the range of the cost at the gate.
    contributions : DataFrame
        site_id, then a column a pillar: the odds that it gives; rows sum to `sites.odds`.
    criteria, policies : DataFrame
        What a dossier shows, by site_id.
    runners_up : DataFrame
        By site_id: the estates of its zone, in an order that means nothing, with facts as text.
    unscouted : DataFrame
        Zones without a known estate that are not among the sites, largest share first.
    countries : DataFrame
        country, country_name, share of the chances; largest first.
    costs : DataFrame
        site_id, part (in words), group (of `maps.palette.COSTS`), usd_per_t: what a tonne costs, in
        the order of drawing; negative is what is taken away.
    customers : DataFrame
        By site_id; usd_per_t is freight, margin = price - (cost + freight + duty), and parity is
        the landed Chinese tonne there; NaN is unknown.
    barred : DataFrame
        Places that a rule excludes, with that rule.
    gigafactories, automakers, rivals, clusters, zones : DataFrame
        What else is drawn; a zone's hull is a list of (lat, lon).
    policy_countries : DataFrame
        The choropleth: score_hint in 0..1 or NaN, the chance of entry or NaN, and the instruments
        as lines of text.
    unranked : DataFrame
        Countries of which no place is ranked, and why, in words.
    surface, surface_breaks : DataFrame, tuple of float
        h3 (resolution 3) and kt a year within freight reach; lower ends of its classes.
    scored_countries : frozenset of str
        Countries that have candidates; others are paler.
    attributions, notes : tuple of str
        What the sources ask for; what a reader must know of the numbers.
    laws : str
        What the absence of a law would change, in a sentence.
    certainty : tuple of (float, str)
        The words for a probability, each with the least one that it stands for, largest first.
    moment : str
        When it is looked at, as offered beside other moments.
    what_if : str
        What else is asked there, in words; "" where only the moment is another.
    owner : str
        The investor's home, as an adjective.
    switch : str
        "owner" or "law" where nothing but that is another, so that the page offers a switch.
    cells : tuple of Picture
        The screened land, from the picture for afar to that for near.
    live : Live or None
        What the page needs to rank by itself under other weights; without it nothing can be turned.
    dossiers : Dossiers or None
        Of places that are not among the sites, and where the figures of all dossiers are from.
    land : Land or None
        All places, to colour the land by what they score and cost; only beside `live`.
    language : str
        What the page opens in, unless the reader chose another.
    spoken : dict of dict
        What the fields of `SPOKEN` are in each other language.
    """

    title: str
    subtitle: str
    answer: str
    study: str
    as_of: str
    pillars: tuple[Pillar, ...]
    sites: pd.DataFrame
    contributions: pd.DataFrame
    criteria: pd.DataFrame
    costs: pd.DataFrame
    customers: pd.DataFrame
    policies: pd.DataFrame
    runners_up: pd.DataFrame
    unscouted: pd.DataFrame
    countries: pd.DataFrame
    barred: pd.DataFrame
    gigafactories: pd.DataFrame
    automakers: pd.DataFrame
    rivals: pd.DataFrame
    policy_countries: pd.DataFrame
    unranked: pd.DataFrame
    clusters: pd.DataFrame
    zones: pd.DataFrame
    surface: pd.DataFrame
    surface_breaks: tuple[float, ...]
    scored_countries: frozenset[str]
    attributions: tuple[str, ...]
    notes: tuple[str, ...]
    laws: str = ""
    certainty: tuple[tuple[float, str], ...] = ()
    live: Live | None = None
    dossiers: Dossiers | None = None
    moment: str = ""
    what_if: str = ""
    owner: str = ""
    switch: str = ""
    cells: tuple[Picture, ...] = ()
    land: Land | None = None
    language: Language = "en"
    spoken: Mapping[Language, Mapping[str, Any]] = field(default_factory=dict)


# Sentences of an atlas: all else is data, whose terms the page's script translates by itself.
SPOKEN = ("title", "subtitle", "answer", "pillars", "notes", "laws", "moment", "what_if", "owner")


def draw(atlas: Atlas, *others: Atlas) -> str:
    """Return the map as one HTML page that asks the network for nothing.

    Same atlases, same bytes.

    Parameters
    ----------
    atlas : Atlas
        What the page opens with.
    *others : Atlas
        The same question at other moments, to choose from in the page; each has a `moment`.

    Raises
    ------
    SitingError
        With every column, coordinate or site that is missing.
    """
    from maps import offline  # noqa: PLC0415 - folium is slow to load, and only a page needs it

    first = layers.payload(atlas)
    moments = [_moment(one) for one in (atlas, *others)] if others else []
    rest = [changes(layers.payload(other), first) for other in others]
    return offline.page(
        escape.embed({**first, "moments": moments}),
        *map(escape.embed, rest),
        languages={language: escape.embed(_said((atlas, *others), language))
                   for language in atlas.spoken},
        language=atlas.language,
    )  # fmt: skip


def _said(atlases: Sequence[Atlas], language: Language) -> dict[str, Any]:
    """Return what a page says in a language: the script's words, and the sentences of each moment.

    A moment that has no sentences in the language keeps its own.
    """
    with speaking(language):
        said = [replace(one, **one.spoken.get(language, {})) for one in atlases]
        return {
            "words": page_words(language),
            "sentences": [layers.sentences(one) for one in said],
            "moments": [_moment(one) for one in said] if len(said) > 1 else [],
        }


def _moment(one: Atlas) -> dict[str, str]:
    """Return what a reader chooses a moment by: when, what else is asked, and who leads there."""
    leads: dict[str, str] = dict.fromkeys(("country", "country_name", "first"), "")
    if len(one.countries) and len(one.sites):
        leads = {
            "country": str(one.countries.iloc[0]["country"]),
            "country_name": str(one.countries.iloc[0]["country_name"]),
            "first": str(one.sites.sort_values("rank").iloc[0]["name"]),
        }
    return {
        "label": escape.plain(one.moment),
        "what_if": escape.plain(one.what_if),
        "owner": escape.plain(one.owner),
        "switch": one.switch,
        **{key: escape.plain(words) for key, words in leads.items()},
    }
