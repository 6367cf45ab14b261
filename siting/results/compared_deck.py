"""Slides of places side by side: in words, money, what makes their odds, customers and laws."""

from __future__ import annotations

import numpy as np

from maps.brief import AID, COST_NAMES, Line
from maps.numerals import UNKNOWN, number, share, times
from maps.palette import COLOURS, COSTS
from siting.results.compared import Compared, price_text, sentences
from siting.results.slide_parts import (
    EDGE,
    HIGH,
    TOP,
    WIDE,
    Box,
    cut,
    describe,
    draw_stacks,
    draw_table,
    new_show,
    new_slide,
    packed,
    write_lines,
)  # fmt: skip
from siting.results.text.confidence import upper
from siting.study.terms import BEFORE_TAX, CHANCE

NAME, NARROW, LAWS = 34, 22, 8  # letters of a place in a table; laws that are listed
WORDS = Box(EDGE, TOP, 4.6, HIGH - TOP - 0.45)
BESIDE = Box(EDGE + 4.9, TOP, WIDE - 2 * EDGE - 4.9, HIGH - TOP - 0.45)
UPPER = Box(EDGE, TOP, WIDE - 2 * EDGE, 3.0)
LOWER = Box(EDGE, 4.5, WIDE - 2 * EDGE, HIGH - 5.0)
DRAWN = (
    "What-if runs: weights, plants, costs, power and wages vary together within what is not known."
)


def deck(of: Compared) -> bytes:
    """Return the slides of places side by side as a .pptx."""
    show = new_show()
    heads = [cut(name, NAME) for name in of.names]
    first = new_slide(show, of.title)
    write_lines(first, WORDS, [*(Line("", text) for text in sentences(of)), Line("", of.subject)])
    narrow = [cut(name, NARROW) for name in of.names]
    draw_table(first, BESIDE, ("", *narrow), _figures(of), _widths(len(heads), 7.2, 2.0))
    costs = new_slide(show, "What a delivered tonne costs")
    groups = [
        key for key in (*COST_NAMES, "aid") if any(round(c.parts.get(key, 0.0)) for c in of.costs)
    ]
    colours = {**COSTS, "aid": COLOURS["grey"]}
    labels = {**COST_NAMES, "aid": AID}
    series = [(labels[key], colours[key], [round(c.parts.get(key, 0.0)) for c in of.costs])
              for key in groups]  # fmt: skip
    draw_stacks(costs, UPPER, "USD a tonne, one axis from zero; aid lies left of it", heads, series)
    rows = [(label, *(number(usd) for usd in values)) for label, _, values in series]
    rows += [("Delivered cost, duty paid", *(number(c.delivered) for c in of.costs))]
    draw_table(costs, LOWER, ("USD a tonne", *heads), rows, _widths(len(heads), 12.0, 3.0),
               strong=("Delivered cost, duty paid",))  # fmt: skip
    odds = new_slide(show, "What makes their odds, and which is ahead")
    rows = [(str(row["name"]), *(times(float(np.exp(row[k]))) for k in range(len(heads))))
            for row in of.pillars.to_dict("records")]  # fmt: skip
    draw_table(odds, UPPER, ("Times the odds of the median place", *heads), rows,
               _widths(len(heads), 12.0, 3.4))  # fmt: skip
    if of.ahead is not None:
        rows = [(name, *(share(float(p)) if np.isfinite(p) else UNKNOWN for p in line))
                for name, line in zip(heads, of.ahead, strict=True)]  # fmt: skip
        draw_table(odds, LOWER, ("Row ahead of column, of the runs", *heads), rows,
                   _widths(len(heads), 12.0, 3.4))  # fmt: skip
        foot = Box(EDGE, HIGH - 0.7, WIDE - 2 * EDGE, 0.4)
        write_lines(odds, foot, [Line("", f"{number(of.draws)} runs. {DRAWN}")], size=12)
    who = new_slide(show, "Customers and laws")
    served = zip(of.names, of.customers, strict=True)
    known = [Line(name, "; ".join(own) or "no customer known in reach") for name, own in served]
    write_lines(who, WORDS, known)
    _laws(who, of, narrow)
    describe(show, of.title, of.subject)
    return packed(show)


def _widths(places: int, whole: float, first: float) -> tuple[float, ...]:
    return (first, *((whole - first) / places for _ in range(places)))


def _figures(of: Compared) -> list[tuple[str, ...]]:
    known = [number(c.irr_pct, 1) if np.isfinite(c.irr_pct) else "never back" for c in of.costs]
    return [
        ("Zone", *(str(c.rank) if c.rank else "none" for c in of.costs)),
        (upper(CHANCE), *(share(part) for part in of.shares)),
        ("Chance that it pays", *(share(c.pays) for c in of.costs)),
        (f"Pays from, USD/t {BEFORE_TAX}", *(price_text(c.pays_from) for c in of.costs)),
        ("Margin, USD/t", *(number(c.margin, sign=True) for c in of.costs)),
        ("Delivered cost, USD/t", *(number(c.delivered) for c in of.costs)),
        ("Worth over 15 years after tax, million USD",
         *(number(c.npv_musd, sign=True) for c in of.costs)),
        ("Return, % a year", *known),
    ]  # fmt: skip


def _laws(slide: object, of: Compared, heads: list[str]) -> None:
    """Draw which laws differ, and say how many do not."""
    shown = of.laws.head(LAWS).to_dict("records")
    rows = [(cut(row["name"], 46), *("yes" if row[k] else UNKNOWN for k in range(len(heads))))
            for row in shown]  # fmt: skip
    more = len(of.laws) - len(shown)
    common = f"{of.common or 'No'} law{'s' * (of.common != 1)} in force at all of them."
    left = f" {more} further laws differ; the map's dossiers have them." if more else ""
    if rows:
        draw_table(slide, BESIDE, ("Laws that differ", *heads), rows, _widths(len(heads), 7.2, 3.0))
    foot = Box(BESIDE.left, HIGH - 0.9, BESIDE.wide, 0.6)
    write_lines(slide, foot, [Line("", common + left)], size=12)
