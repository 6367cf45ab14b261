"""Every kind of input: how one is made, and what is known of it beforehand."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from random import Random
from typing import Any

import shapely

from geodata import CATALOGUE
from siting.study.lenses import Tree
from siting.study.study import Study
from siting.study.weights import tree_of

from . import bytewise, formats, questions, tables, words
from .tables import HARMLESS, Sheet

ATTEMPTS = 50
METHODS = ("ahp", "swing", "rank")
PLAIN_NUMBER = re.compile(r"\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?\s*")
DECIMAL_COMMA = re.compile(r"\s*[-+]?\d+,\d+\s*")


@dataclass(frozen=True)
class Input:
    """One hostile input.

    Attributes
    ----------
    kind : str
        Key of `KINDS`.
    door : str
        Key of `doors.DOORS`.
    files : dict of bytes
        By name; the first is the one to read.
    harms : tuple of str
        What was done to it.
    sound : bool
        Nothing is wrong with it: it must be read.
    never : bool
        Nobody can mean it: it must be refused.
    count : int or None
        Places or features in it, None where the harm leaves them in doubt.
    cells : tuple or None
        What each place must come back with: column -> value.
    """

    kind: str
    door: str
    files: dict[str, bytes]
    harms: tuple[str, ...] = ()
    sound: bool = False
    never: bool = False
    count: int | None = None
    cells: tuple[dict[str, Any], ...] | None = None


def make(kind: str, seed: int, number: int) -> Input:
    """Return an input; the same three give the same one.

    What the libraries that write a format refuse to write is drawn again.
    """
    for attempt in range(ATTEMPTS):
        rng = Random(f"{kind} {seed} {number} {attempt}")  # noqa: S311 - no secret
        with suppress(Exception):
            return KINDS[kind](kind, rng)
    raise RuntimeError(f"no {kind} can be made")


def _sheet(make_one: Callable[[Random], Sheet], rng: Random) -> Sheet:
    sheet = make_one(rng)
    for _ in range(rng.choice((0, 1, 1, 1, 2, 3))):
        try:
            tables.harm(sheet, rng)
        except ValueError:  # it needs a column that another harm has taken away
            sheet.harms.append("nothing more")
    return sheet


def _finished(
    kind: str, door: str, sheet: Sheet, files: dict[str, bytes], rng: Random,
    cells: list[dict[str, Any]] | None, count: int, *, sound: bool,
) -> Input:  # fmt: skip
    """Return the input of a written table, its bytes harmed now and then."""
    sound = sound and set(sheet.harms) <= HARMLESS
    if rng.random() < 0.25:
        part = rng.choice(list(files))
        content, harm = bytewise.hurt(files[part], rng)
        return Input(kind, door, {**files, part: content}, (*sheet.harms, harm))
    odd = {
        "another branch",
        "another database",
        "another sidecar",
        "another header",
        "other shapes",
    }
    if odd & set(sheet.harms):
        return Input(kind, door, files, tuple(sheet.harms))
    known = tuple(cells) if cells is not None and sheet.named else None
    return Input(kind, door, files, tuple(sheet.harms), sound, count=count, cells=known)


# ---- lists and layers ----------------------------------------------------------------------------


def _csv_points(kind: str, rng: Random) -> Input:
    sheet = _sheet(tables.places, rng)
    files, separator = formats.text(sheet, rng)
    rows = [row for row in sheet.rows if any(str(cell).strip() for cell in row)]
    cells = [
        {head: _meant(cell, separator) if head in ("lat", "lon") else cell
         for head, cell in zip(sheet.heads, row, strict=True)
         if head in ("lat", "lon", "name", "parcel", "note")} for row in rows
    ]  # fmt: skip
    return _finished(kind, "candidates", sheet, files, rng, cells, len(rows), sound=True)


def _meant(cell: object, separator: str) -> float | None:
    """Return the number that a cell says beyond doubt, None where it says none."""
    text = str(cell)
    if separator != "," and DECIMAL_COMMA.fullmatch(text):
        text = text.replace(",", ".")
    return float(text) if PLAIN_NUMBER.fullmatch(text) else None


def _wkt_points(kind: str, rng: Random) -> Input:
    sheet = _sheet(tables.places, rng)
    files, _ = formats.text(sheet, rng, shapes=True)
    keep = [i for i, head in enumerate(sheet.heads) if head not in ("lat", "lon")]
    at = [i for i, row in enumerate(sheet.rows)
          if str(sheet.shapes[i] or "").strip() or any(str(row[k]).strip() for k in keep)]  # fmt: skip
    cells = [_placed(sheet, i) for i in at]
    return _finished(kind, "candidates", sheet, files, rng, cells, len(at), sound=True)


def _placed(sheet: Sheet, row: int) -> dict[str, Any]:
    """Return what a place with a shape must come back with; nothing of shapes put in by a harm."""
    shape = sheet.shapes[row]
    if isinstance(shape, str):
        return {}
    return {"lat": None if shape is None else shape.y, "lon": None if shape is None else shape.x}


def _spatial_points(write: Callable[[Sheet, Random], dict[str, bytes]]) -> Callable[..., Input]:
    def one(kind: str, rng: Random) -> Input:
        sheet = _sheet(tables.places, rng)
        files = write(sheet, rng)
        cells = [_placed(sheet, i) for i in range(len(sheet.rows))]
        return _finished(kind, "candidates", sheet, files, rng, cells, len(cells), sound=True)

    return one


def _table_points(kind: str, rng: Random) -> Input:
    sheet = _sheet(tables.places, rng)
    files = formats.parquet(sheet, rng)
    cells = None
    if sheet.named and {"lat", "lon"} <= set(sheet.heads):
        cells = [
            {h: _meant(row[sheet.column(h)], ",") for h in ("lat", "lon")} for row in sheet.rows
        ]
    return _finished(kind, "candidates", sheet, files, rng, cells, len(sheet.rows), sound=True)


def _layers(write: Callable[[Sheet, Random], dict[str, bytes]]) -> Callable[..., Input]:
    def one(kind: str, rng: Random) -> Input:
        sheet = _sheet(tables.layer, rng)
        files = write(sheet, rng)
        count = len(sheet.rows)
        if kind.startswith("WKT"):
            keep = [i for i, head in enumerate(sheet.heads) if head not in ("lat", "lon")]
            count = sum(bool(str(shape or "").strip() or any(str(row[k]).strip() for k in keep))
                        for row, shape in zip(sheet.rows, sheet.shapes, strict=True))  # fmt: skip
        return _finished(kind, "layer", sheet, files, rng, None, count, sound=True)

    return one


def _wkt_layer(sheet: Sheet, rng: Random) -> dict[str, bytes]:
    return formats.text(sheet, rng, shapes=True)[0]


def _table(kind: str, rng: Random) -> Input:
    """A table of the catalogue, of a user's own."""
    name = rng.choice(("gigafactories", "industrial_sites", "anode_prices", "events"))
    heads, rows = _catalogue_rows(name)
    some = rng.sample(rows, min(len(rows), 6))
    sheet = Sheet(list(heads), [list(row) for row in some], [None] * len(some))
    for _ in range(rng.choice((0, 1, 1, 2))):
        try:
            tables.harm(sheet, rng)
        except (ValueError, TypeError):
            sheet.harms.append("nothing more")
    files, _ = formats.text(sheet, rng)
    sheet.named = False
    count = sum(any(str(cell).strip() for cell in row) for row in sheet.rows)
    made = _finished(kind, f"table {name}", sheet, files, rng, None, count, sound=True)
    # a row twice is the same site twice, which a table does not hold
    return made if made.sound and made.harms in ((), ("other order",)) else Input(
        kind, made.door, made.files, made.harms, count=made.count)  # fmt: skip


@functools.cache
def _catalogue_rows(name: str) -> tuple[list[str], list[list[str]]]:
    import csv  # noqa: PLC0415

    with (CATALOGUE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        heads, *rows = csv.reader(file)
    return heads, rows


# ---- what is asked -------------------------------------------------------------------------------


def _study(kind: str, rng: Random) -> Input:
    lines = questions.lines_of(rng)
    never = harm = False
    if rng.random() < 0.2:
        text = questions.text_of(lines)
    else:
        text, never = questions.harmed(lines, rng)
        harm = True
    content = text.encode("utf-8", "surrogatepass")
    if rng.random() < 0.15:
        content, how = bytewise.hurt(content, rng)
        return Input(kind, "study", {"a.yaml": content}, ("another piece", how))
    harms = ("another piece",) if harm else ()
    return Input(kind, "study", {"a.yaml": content}, harms, sound=not harm, never=never)


def _grid(kind: str, rng: Random) -> Input:
    text = questions.grid(rng)
    if rng.random() < 0.2:
        return Input(kind, "grid", {"g.yaml": text.encode()}, sound=True)
    harms = ["another piece"]
    content = questions.harmed_link(text, rng).encode("utf-8", "surrogatepass")
    if rng.random() < 0.3:
        content, how = bytewise.hurt(content, rng)
        harms.append(how)
    return Input(kind, "grid", {"g.yaml": content}, tuple(harms))


@functools.cache
def tree() -> Tree:
    """The weights in force in a study that says nothing."""
    return tree_of(Study())


def _weights(kind: str, rng: Random) -> Input:
    method = rng.choice(METHODS)
    items = [
        pillar for pillar, (weight, criteria) in tree().items() if weight and any(criteria.values())
    ]
    sheet = questions.judgements(method, items, rng)
    for _ in range(rng.choice((0, 1, 1, 2))):
        if rng.random() < 0.5 and sheet.rows:
            cells = (
                *words.NUMBERS,
                "1/0",
                "0/1",
                "9",
                "1/9",
                "10",
                "1/10",
                "100",
                "1e1",
                *words.TEXTS,
            )
            rng.choice(sheet.rows)[rng.randrange(len(sheet.heads))] = rng.choice(cells)
            sheet.harms.append("another cell")
        else:
            try:
                tables.harm(sheet, rng)
            except (ValueError, TypeError):
                sheet.harms.append("nothing more")
    sound = not sheet.harms or sheet.harms == ["other order"]
    files, _ = formats.text(sheet, rng)
    made = _finished(kind, f"weights {method}", sheet, files, rng, None, 0, sound=sound)
    return Input(kind, made.door, made.files, made.harms, made.sound and sound)


def _setting(kind: str, rng: Random) -> Input:
    criteria = {pillar: dict(own) for pillar, (_, own) in tree().items()}
    text = questions.link(criteria, rng)
    if rng.random() < 0.2:
        return Input(kind, "setting", {"link": text.encode()}, sound=True)
    text = questions.harmed_link(text, rng)
    return Input(
        kind, "setting", {"link": text.encode("utf-8", "surrogatepass")}, ("another piece",)
    )


# Kind of input: how one is made. In this order they are counted in the page.
KINDS: dict[str, Callable[[str, Random], Input]] = {
    "CSV list": _csv_points,
    "WKT in CSV, list": _wkt_points,
    "WKT in CSV, layer": _layers(_wkt_layer),
    "GeoJSON list": _spatial_points(formats.geojson),
    "GeoJSON layer": _layers(formats.geojson),
    "GeoPackage list": _spatial_points(formats.geopackage),
    "GeoPackage layer": _layers(formats.geopackage),
    "Shapefile list": _spatial_points(formats.shapefile),
    "Shapefile layer": _layers(formats.shapefile),
    "Parquet list": _table_points,
    "GeoParquet list": _spatial_points(formats.geoparquet),
    "GeoParquet layer": _layers(formats.geoparquet),
    "table of one's own": _table,
    "study": _study,
    "grid of a sweep": _grid,
    "judgements of weights": _weights,
    "setting of the map": _setting,
}
__all__ = ["KINDS", "Input", "make", "shapely", "tree"]
