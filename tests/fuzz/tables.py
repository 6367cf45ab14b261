"""A list of places or a layer as a table, and what may happen to it in any format."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

import shapely

from . import words


@dataclass
class Sheet:
    """A table before it is written.

    Attributes
    ----------
    heads : list of str
    rows : list of lists
    shapes : list
        A geometry, WKT, or None for each row.
    named : bool
        Whether name, lat, lon and parcel stand under headings that say so, once.
    harms : list of str
        What has been done to it; empty for a table that must be read whole.
    """

    heads: list[str]
    rows: list[list[Any]]
    shapes: list[Any]
    named: bool = True
    harms: list[str] = field(default_factory=list)

    def column(self, head: str) -> int:
        return self.heads.index(head)


def places(rng: Random) -> Sheet:
    """Return a sound list of towns."""
    towns = rng.sample(words.PLACES, rng.choice((1, 2, 3, 5, 8, 20)))
    heads = ["name", "lat", "lon", "parcel", "note"]
    rows: list[list[Any]] = [
        [name, lat, lon, rng.choice((7, 2**53 + 1, 2**62, rng.randrange(10**6))), f"n{i}"]
        for i, (name, lat, lon, _) in enumerate(towns)
    ]
    if rng.random() < 0.4:
        heads.append("country")
        rows = [[*row, town[3]] for row, town in zip(rows, towns, strict=True)]
    return Sheet(heads, rows, [shapely.Point(row[2], row[1]) for row in rows])


def layer(rng: Random) -> Sheet:
    """Return a sound layer: areas around towns, some with a hole."""
    sheet = places(rng)
    for i, row in enumerate(sheet.rows):
        area = shapely.Point(row[2], row[1]).buffer(
            rng.uniform(0.01, 3), quad_segs=rng.choice((1, 4))
        )
        with_hole = i > 0 and rng.random() < 0.2  # the first town is always inside
        sheet.shapes[i] = area.difference(area.buffer(-0.3)) if with_hole else area
    return sheet


def harm(sheet: Sheet, rng: Random) -> None:
    """Do one thing to a table that its reader must either stand or refuse."""
    done = rng.choice(HARMS)
    if sheet.rows and sheet.heads:
        done(sheet, rng)
        sheet.harms.append(done.__name__.replace("_", " "))


def another_number(sheet: Sheet, rng: Random) -> None:
    at = [i for i, head in enumerate(sheet.heads) if head in ("lat", "lon")]
    if at:
        rng.choice(sheet.rows)[rng.choice(at)] = rng.choice(words.NUMBERS)


def another_text(sheet: Sheet, rng: Random) -> None:
    rng.choice(sheet.rows)[rng.randrange(len(sheet.heads))] = rng.choice(words.TEXTS)


def another_text_in_a_column(sheet: Sheet, rng: Random) -> None:
    at = rng.randrange(len(sheet.heads))
    for row in sheet.rows:
        row[at] = rng.choice(words.TEXTS)


def another_heading(sheet: Sheet, rng: Random) -> None:
    sheet.heads[rng.randrange(len(sheet.heads))] = rng.choice(words.HEADINGS)
    sheet.named = False


def heading_in_other_letters(sheet: Sheet, rng: Random) -> None:
    at = rng.randrange(len(sheet.heads))
    how: Callable[[str], str] = rng.choice((str.upper, str.title, " {} ".format, "{} (x)".format))
    sheet.heads[at] = how(sheet.heads[at])
    sheet.named = False


def one_more_column(sheet: Sheet, rng: Random) -> None:
    at = rng.randrange(len(sheet.heads) + 1)
    sheet.heads.insert(at, rng.choice(words.HEADINGS))
    cells = rng.choice((words.TEXTS, words.NUMBERS, words.SHAPES))
    for row in sheet.rows:
        row.insert(at, rng.choice(cells))
    sheet.named = False


def a_column_twice(sheet: Sheet, rng: Random) -> None:
    at = rng.randrange(len(sheet.heads))
    sheet.heads.append(sheet.heads[at])
    for row in sheet.rows:
        row.append(row[at])
    sheet.named = False


def a_column_less(sheet: Sheet, rng: Random) -> None:
    at = rng.randrange(len(sheet.heads))
    del sheet.heads[at]
    for row in sheet.rows:
        del row[at]
    sheet.named = False


def too_many_columns(sheet: Sheet, rng: Random) -> None:
    more = rng.choice((50, 996, 1_200))
    sheet.heads += [f"c{i}" for i in range(more)]
    for row in sheet.rows:
        row.extend([rng.choice(("", "x", "1"))] * more)
    sheet.rows, sheet.shapes = sheet.rows[:3], sheet.shapes[:3]


def ids_of_their_own(sheet: Sheet, rng: Random) -> None:
    ids = rng.choice((
        ["a"] * len(sheet.rows), [""] * len(sheet.rows), rng.choices(words.TEXTS, k=len(sheet.rows)),
        [2**63 - 1 - i for i in range(len(sheet.rows))], [i + 0.5 for i in range(len(sheet.rows))],
    ))  # fmt: skip
    sheet.heads.append("site_id")
    for row, one in zip(sheet.rows, ids, strict=True):
        row.append(one)


def exchanged(sheet: Sheet, rng: Random) -> None:
    lat, lon = (i for i, head in enumerate(sheet.heads) if head in ("lat", "lon"))
    some = sheet.rows if rng.random() < 0.5 else [rng.choice(sheet.rows)]
    for i, row in enumerate(sheet.rows):
        if row in some:
            row[lat], row[lon] = row[lon], row[lat]
            sheet.shapes[i] = shapely.transform(sheet.shapes[i], lambda at: at[:, ::-1]) if (
                isinstance(sheet.shapes[i], shapely.Geometry)) else sheet.shapes[i]  # fmt: skip


def without_sign_or_place(sheet: Sheet, rng: Random) -> None:
    lon = sheet.column("lon")
    factor = rng.choice((-1, 0, 1e5))
    for i, row in enumerate(sheet.rows):
        if isinstance(row[lon], float):
            row[lon] *= factor
        if isinstance(sheet.shapes[i], shapely.Geometry):
            sheet.shapes[i] = shapely.transform(sheet.shapes[i], lambda at: at * [factor, 1])


def another_shape(sheet: Sheet, rng: Random) -> None:
    sheet.shapes[rng.randrange(len(sheet.shapes))] = rng.choice(words.SHAPES)


def other_shapes(sheet: Sheet, rng: Random) -> None:
    sheet.shapes = rng.choices(words.SHAPES, k=len(sheet.shapes))


def no_shape(sheet: Sheet, rng: Random) -> None:
    sheet.shapes[rng.randrange(len(sheet.shapes))] = None


def a_row_twice(sheet: Sheet, rng: Random) -> None:
    at = rng.randrange(len(sheet.rows))
    sheet.rows.append(list(sheet.rows[at]))
    sheet.shapes.append(sheet.shapes[at])


def a_blank_row(sheet: Sheet, rng: Random) -> None:
    at = rng.randrange(len(sheet.rows))
    sheet.rows.insert(at, [""] * len(sheet.heads))
    sheet.shapes.insert(at, None)


def no_rows(sheet: Sheet, _rng: Random) -> None:
    sheet.rows, sheet.shapes = [], []


def many_rows(sheet: Sheet, rng: Random) -> None:
    times = rng.choice((40, 300))
    sheet.rows = [list(row) for row in sheet.rows[:4] * times]
    sheet.shapes = sheet.shapes[:4] * times


def other_order(sheet: Sheet, rng: Random) -> None:
    order = rng.sample(range(len(sheet.heads)), len(sheet.heads))
    sheet.heads = [sheet.heads[i] for i in order]
    sheet.rows = [[row[i] for i in order] for row in sheet.rows]


def two_harms_on_paper(sheet: Sheet, rng: Random) -> None:
    another_text(sheet, rng)
    another_number(sheet, rng)


HARMS: tuple[Callable[[Sheet, Random], None], ...] = (
    another_number, another_number, another_number, another_text, another_text,
    another_text_in_a_column, another_heading, another_heading, heading_in_other_letters,
    one_more_column, one_more_column, a_column_twice, a_column_less, too_many_columns,
    ids_of_their_own, exchanged, without_sign_or_place, another_shape, another_shape, other_shapes,
    no_shape, a_row_twice, a_blank_row, no_rows, many_rows, other_order, two_harms_on_paper,
)  # fmt: skip
HARMLESS = {"a row twice", "many rows", "other order"}
