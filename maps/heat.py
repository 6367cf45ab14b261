"""Sites by scenarios: how robust each is, and a heat table of their ranks; one offline page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd
from markupsafe import Markup
from numpy.typing import NDArray

from geodata.language import tr
from maps.brief import environment, own
from maps.palette import CELLS, COLOURS, ink_on, style_variables

# Last rank of a step -> (its class, its colour, its words); what is beyond the list is left white.
STEPS: tuple[tuple[float, str, str, str], ...] = (
    (1, "r1", CELLS[0], "rank 1"),
    (10, "r2", CELLS[1], "2 to 10"),
    (25, "r3", CELLS[2], "11 to 25"),
    (np.inf, "r4", CELLS[3], "further in the list"),
)
BEYOND, ABSENT = "\N{MIDDLE DOT}", "\N{MULTIPLICATION SIGN}"
ROWS_LISTED = 15  # of the table of numbers; the heat table shows all


@dataclass(frozen=True)
class Heat:
    """What the page shows. Text may be anything; only the page decides how it shows.

    Attributes
    ----------
    title, kicker, subtitle : str
    answer : tuple of str
        Sentences.
    sites : DataFrame (n)
        Most robust first: robust_rank, name, country_name, rank_median, rank_worst (NaN beyond
        the list), times_top10, regret_expected, regret_max, regret_max_in.
    ranks : ndarray (n, c)
        0 beyond the list.
    absent : ndarray of bool (n, c)
    scenarios : DataFrame (c)
        number, name, share (probability), first (name), country_name, score, price.
    of_scenarios : int
        How many there are, drawn or not.
    notes : tuple of str
    """

    title: str
    kicker: str
    subtitle: str
    answer: tuple[str, ...]
    sites: pd.DataFrame
    ranks: NDArray[np.intp]
    absent: NDArray[np.bool_]
    scenarios: pd.DataFrame
    of_scenarios: int
    notes: tuple[str, ...]


class _Cell(NamedTuple):
    """A field of the heat table: its class and its content."""

    step: str
    text: str


def render(heat: Heat) -> str:
    """Return the page as HTML; same heat, same bytes."""
    return environment().get_template("heat.html.j2").render(
        heat=heat,
        style=Markup(style_variables() + _steps() + own("heat.css")),  # noqa: S704 - our own
        sites=heat.sites.to_dict("records"),
        rows=[list(_cells(*row)) for row in zip(heat.ranks, heat.absent, strict=True)],
        scenarios=heat.scenarios.to_dict("records"),
        steps=[(name, tr(words)) for _, name, _, words in STEPS],
        beyond=BEYOND,
        absent=ABSENT,
        listed=ROWS_LISTED,
    )  # fmt: skip


def step_of(rank: int) -> str:
    """Return the class of a rank, "r0" beyond the list."""
    return next((name for last, name, _, _ in STEPS if rank <= last), "r0") if rank > 0 else "r0"


def _cells(ranks: NDArray[np.intp], absent: NDArray[np.bool_]) -> Iterator[_Cell]:
    for rank, gone in zip(ranks.tolist(), absent.tolist(), strict=True):
        if gone:
            yield _Cell("ra", ABSENT)
        else:
            yield _Cell(step_of(rank), str(rank) if rank > 0 else BEYOND)


def _steps() -> str:
    """Return the colours of the steps as rules, each with an ink that can be read on it."""
    rules = (f".{name}{{background:{fill};color:{ink_on(fill)}}}" for _, name, fill, _ in STEPS)
    return "".join(rules) + f".r0{{color:{COLOURS['ink3']}}}.ra{{color:{COLOURS['paritytext']}}}"
