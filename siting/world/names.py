"""Names as a user writes them: exact before beginning before inside, several are asked back."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.errors import Fault, SitingError, shorten
from siting.support.text import plain
from siting.world.qualifiers import in_country, in_region
from siting.world.spelling import key, keys, lacks_one

Hits = NDArray[np.intp]

TOWN = "town"  # kind of a place that others are named after
OWN = "own"  # kind of a place of the user's own list, which goes before others of its name
SHOWN = 12  # names that are asked back, where others only hold what was written
NEAR = 3
_CLOSE = 0.8  # share of letters in common, from which a name is suggested
_QUALIFIERS = 3


@dataclass(frozen=True)
class Names:
    """Rows that a user may name.

    Attributes
    ----------
    rows : DataFrame
        id and name; where known also short (the name without its kind, as Rotterdam of Port of
        Rotterdam), kind, country (ISO2), region (ISO 3166-2 or name) and city. The order is
        that in which several are listed.
    also : callable
        Returns the ids that bear each further name, by the name as it is compared.
    """

    rows: pd.DataFrame
    also: Callable[[], Mapping[str, tuple[str, ...]]] = dict
    _text: dict[str, NDArray[np.object_]] = field(default_factory=dict, repr=False, compare=False)

    def text(self, column: str) -> NDArray[np.object_]:
        """Return a column as text, blank where there is none."""
        if column not in self._text:
            blank = pd.Series("", self.rows.index)
            cells = self.rows[column].fillna("").astype(str) if column in self.rows else blank
            self._text[column] = cells.to_numpy(dtype=object)
        return self._text[column]

    @cached_property
    def ids(self) -> NDArray[np.object_]:
        """Ids without case."""
        return np.array([i.casefold() for i in self.text("id")], dtype=object)

    @cached_property
    def plains(self) -> NDArray[np.object_]:
        """Names without case and accents."""
        return np.array([plain(name) for name in self.text("name")], dtype=object)

    @cached_property
    def keys(self) -> NDArray[np.object_]:
        """Names as they are compared."""
        return keys(self.plains)

    @cached_property
    def shorts(self) -> NDArray[np.object_]:
        """Names without their kind, as they are compared."""
        return keys(self.text("short"))

    @cached_property
    def _further(self) -> dict[str, list[int]]:
        """Rows by each further name that one of them bears."""
        row_of = {str(name): row for row, name in enumerate(self.text("id"))}
        further = ((name, [row_of[own] for own in ids if own in row_of])
                   for name, ids in self.also().items())  # fmt: skip
        return {name: rows for name, rows in further if rows}

    def also_called(self, written: str) -> NDArray[np.bool_]:
        """Return which rows have a further name, in its compared form."""
        here = np.zeros(len(self.rows), dtype=bool)
        here[self._further.get(written, [])] = True
        return here

    @cached_property
    def cities(self) -> NDArray[np.object_]:
        """Towns of the rows, as they are compared."""
        return keys(self.text("city"))


# From the best match to the last: whether a row is what was written, its key beside it.
_EXACT: tuple[Callable[[Names, str, str], NDArray[np.bool_]], ...] = (
    lambda names, text, _: names.text("id") == text.strip(),
    lambda names, text, _: names.ids == text.strip().casefold(),
    lambda names, text, _: names.plains == plain(text),
    lambda names, _, written: names.keys == written,
    lambda names, _, written: names.also_called(written),
    lambda names, _, written: names.shorts == written,
)
_UNBENT = 3  # of them: ids and names with their punctuation
# The same of a part of a name.
_PARTS: tuple[Callable[[str, str], bool], ...] = (
    lambda name, written: name.startswith(f"{written} "),
    lambda name, written: name.startswith(written),
    lambda name, written: f" {written} " in f" {name} ",
    lambda name, written: written in name,
)
_WORD = 2  # of them: holds it as a word


def matches(names: Names, text: str) -> Hits:
    """Return the rows that a user's words name, all of the best rank.

    The words after a comma count as country, region or town, unless the whole is a name. Words
    with which several names begin are asked back beside names that hold them or are them but for
    a letter left out.
    """
    for name, inside in _readings(names, text):
        hits = _equal(names, name, inside)
        if len(hits):
            return _with_namesakes(names, name, inside, hits)
    readings = [_partly(names, name, inside) for name, inside in _readings(names, text)]
    best = min((reading for reading in readings if len(reading[1])), key=lambda reading: reading[0],
               default=(0, np.array([], dtype=np.intp)))  # fmt: skip
    return best[1]


def exactly(names: Names, text: str) -> Hits:
    """Return the rows whose id or name is just what a user wrote."""
    hits = (_equal(names, name, inside) for name, inside in _readings(names, text))
    return next((rows for rows in hits if len(rows)), np.array([], dtype=np.intp))


def is_name(names: Names, text: str) -> bool:
    """Return whether a text, which may be all digits, is the id or name of a row."""
    return any(bool(match(names, text, "").any()) for match in _EXACT[:_UNBENT])


def choose(names: Names, text: str, where: str, unknown: str, otherwise: str) -> int:
    """Return the row that a user's words name.

    Parameters
    ----------
    names : Names
    text : str
    where, unknown, otherwise : str
        What a fault names, what it says of an unknown name, and its hint where no other
        name comes near.

    Raises
    ------
    SitingError
        When nothing is called that, with the nearest names; when several are, with the words that
        pick each.
    """
    hits = matches(names, text)
    if len(hits) == 1:
        return int(hits[0])
    if len(hits):
        raise SitingError(several(names, hits, where, text))
    near = nearest(names, text)
    hint = f"{near} {otherwise}" if near.endswith("?") else near or otherwise
    raise SitingError(Fault(where, unknown, hint, value=text))


def several(names: Names, hits: Hits, where: str, text: str) -> Fault:
    """Return the fault of words that name several rows: its hint says what picks each."""
    shown = hits if len(exactly(names, text)) else hits[:SHOWN]
    listed = "; ".join(_picks(names, int(row)) for row in shown)
    rest = len(hits) - len(shown)
    more = f"; and {rest:,} more: write more of the name" if rest else ""
    return Fault(where, "several are meant", f"write one of: {listed}{more}", value=text)


def nearest(names: Names, text: str) -> str:
    """Return a hint with the names nearest to a user's words; "" where none comes near."""
    name, comma, qualifier = (part.strip() for part in text.partition(","))
    hits = exactly(names, name)
    if comma and len(hits):
        lies = list(dict.fromkeys(code for code in names.text("country")[hits] if code))
        name, qualifier = shorten(name), shorten(qualifier)
        other = f"{name} lies in {', '.join(lies)}: write {quoted(f'{name}, {lies[0]}')}"
        return f"{qualifier} holds none of that name; {other}" if lies else ""
    known = dict(zip(names.keys[::-1], names.text("name")[::-1], strict=True))
    close = difflib.get_close_matches(key(name), list(known), n=NEAR, cutoff=_CLOSE)
    return f"did you mean {' or '.join(quoted(known[near]) for near in close)}?" if close else ""


def quoted(text: str) -> str:
    """Return text as it is typed after a command."""
    return f'"{text}"'


def _readings(names: Names, text: str) -> Iterator[tuple[str, Hits]]:
    """Yield what a text can mean: a name, and the rows that lie where the rest says.

    First the whole is a name; a qualifier is a country before it is a region or a town.
    """
    yield text, np.arange(len(names.rows))
    parts = text.split(",")
    for count in range(1, min(len(parts), _QUALIFIERS + 1)):
        for lies in product((_country, _region_or_town), repeat=count):
            where = zip(lies, parts[-count:], strict=True)
            inside = np.logical_and.reduce([lie(names, part) for lie, part in where])
            yield ",".join(parts[:-count]), np.flatnonzero(inside)


def _country(names: Names, words: str) -> NDArray[np.bool_]:
    return in_country(names.text("country"), words)


def _region_or_town(names: Names, words: str) -> NDArray[np.bool_]:
    inside = in_region(names.text("country"), names.text("region"), words)
    return inside | (names.cities == key(words)) if key(words) else inside


def _equal(names: Names, text: str, inside: Hits) -> Hits:
    if not len(inside):
        return inside
    written = key(text)
    for match in _EXACT if written else _EXACT[:_UNBENT] if text.strip() else ():
        hits = inside[match(names, text, written)[inside]]
        if len(hits):
            own = hits[names.text("kind")[hits] == OWN]
            return own if len(own) else hits
    return np.array([], dtype=np.intp)


def _with_namesakes(names: Names, text: str, inside: Hits, hits: Hits) -> Hits:
    """Return rows that are called so; with those whose name begins so, where it is a further one.

    Tanger is Tangier, and there is Tanger Tech.
    """
    written = key(text)
    if not written or not names.also_called(written)[hits].all():
        return hits
    rank, begun = _partly(names, text, inside)
    begun = begun[names.text("kind")[begun] != TOWN] if rank == 0 else begun[:0]
    return np.array(list(dict.fromkeys([*hits, *begun])), dtype=np.intp)


def _partly(names: Names, text: str, inside: Hits) -> tuple[int, Hits]:
    """Return how well the best rows match in part, and those rows."""
    written = key(text)
    if not written or not len(inside):
        return 0, np.array([], dtype=np.intp)
    both = list(zip(names.keys[inside], names.shorts[inside], strict=True))
    ranks = [
        inside[[part(name, written) or part(short, written) for name, short in both]]
        for part in _PARTS
    ]
    ranks.append(inside[names.cities[inside] == written])
    rank = next((rank for rank, hits in enumerate(ranks) if len(hits)), 0)
    hits = ranks[rank]
    near = inside[[lacks_one(written, name) for name, _ in both]]
    if rank == 0 and len(hits) + len(near) > 1:  # as a question comes anyway, it is a full one
        hits = np.array(list(dict.fromkeys([*near, *hits, *ranks[_WORD]])), dtype=np.intp)
    return rank, hits


def _picks(names: Names, row: int) -> str:
    """Return words that pick one row, and what it is."""
    name, kind, country, region, site = (
        str(names.text(column)[row]) for column in ("name", "kind", "country", "region", "id")
    )
    spelled = [name, *(f"{name}, {where}" for where in (country, region) if where)]
    words = next((w for w in spelled if exactly(names, w).tolist() == [row]), site)
    about = [kind, "" if words in spelled[1:] else country]
    if words == site:
        position = names.rows.iloc[row].reindex(["lat", "lon"])
        about = [name, *about, *(f"{degrees:.2f}" for degrees in position if pd.notna(degrees))]
    described = ", ".join(part for part in about if part)
    return f"{quoted(words)} ({described})" if described else quoted(words)
