"""Figures by year as small charts of SVG: bars, a stepped line, and a band for the year chosen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from maps.numerals import number
from maps.palette import COLOURS
from maps.print import inline

WIDE, HIGH = 350, 150
LEFT, RIGHT, TOP, FOOT = 46, 6, 8, 22
MOST_TICKS = 4
ROUND = (1, 2, 2.5, 5, 10)
LABELLED = 5  # years between two that are written
GAP = 0.22  # of a bar's room


class Chart(NamedTuple):
    """One chart: its words, what its bars are, and a stepped line or none."""

    title: str
    bars: tuple[float, ...]
    line: tuple[float, ...] = ()


def drawn(chart: Chart, years: Sequence[int]) -> str:
    """Return a chart as SVG; its bars stand over `years`."""
    values = np.array([*chart.bars, *chart.line, 0.0])
    ticks = _ticks(float(values.min()), float(values.max()))
    low, high = ticks[0], ticks[-1]
    step = (WIDE - LEFT - RIGHT) / len(years)

    def y(value: float) -> float:
        return TOP + (HIGH - TOP - FOOT) * (high - value) / (high - low)

    def marks() -> Iterator[str]:
        yield (f'<rect class="now" data-left="{LEFT}" data-step="{step:.3f}" x="{LEFT}" y="{TOP}" '
               f'width="{step:.1f}" height="{HIGH - TOP - FOOT}" fill="{COLOURS["chosen"]}" '
               'display="none"/>')  # fmt: skip
        for tick in ticks:
            ink = COLOURS["ink3" if tick == 0 else "line"]
            yield (f'<path d="M{LEFT} {y(tick):.1f}H{WIDE - RIGHT}" stroke="{ink}" '
                   'stroke-width=".8"/>')  # fmt: skip
            yield _text(number(tick), LEFT - 5, y(tick) + 3.6, "end")
        for k, value in enumerate(chart.bars):
            ends = sorted((y(0.0), y(value)))
            fill = COLOURS["navy" if value >= 0 else "parity"]
            if ends[1] - ends[0] >= 0.1:  # noqa: PLR2004 - of a user unit: nothing to be seen
                yield (f'<rect x="{LEFT + step * (k + GAP / 2):.1f}" y="{ends[0]:.1f}" '
                       f'width="{step * (1 - GAP):.1f}" height="{ends[1] - ends[0]:.1f}" '
                       f'fill="{fill}"/>')  # fmt: skip
        if chart.line:
            way = "".join(
                f"{'M' if k == 0 else 'V'}{f'{LEFT:g} ' if k == 0 else ''}{y(value):.1f}"
                f"H{LEFT + step * (k + 1):.1f}"
                for k, value in enumerate(chart.line)
            )
            yield (f'<path d="{way}" fill="none" stroke="{COLOURS["cluster"]}" '
                   'stroke-width="1.8"/>')  # fmt: skip
        for k, year in enumerate(years):
            if k % LABELLED == 0:
                yield _text(str(year), LEFT + step * (k + 0.5), HIGH - 7, "middle")

    return inline.sheet((WIDE, HIGH), _in_words(chart, years), marks(), "chart")


def _in_words(chart: Chart, years: Sequence[int]) -> str:
    ends = f"{years[0]}: {number(chart.bars[0])}, {years[-1]}: {number(chart.bars[-1])}"
    top = int(np.argmax(chart.bars))
    return f"{chart.title}. {ends}, most {number(chart.bars[top])} in {years[top]}"


def _ticks(low: float, high: float) -> list[float]:
    """Return round values from below the lowest to above the highest, 0 among them."""
    rough = max(high - low, 1e-9) / MOST_TICKS
    ten = 10.0 ** np.floor(np.log10(rough))
    step = next(float(k * ten) for k in ROUND if k * ten >= rough * (1 - 1e-9))
    first, last = np.floor(low / step + 1e-9), np.ceil(high / step - 1e-9)
    return [step * k for k in range(int(first), max(int(last), int(first) + 1) + 1)]


def _text(text: str, x: float, y: float, anchor: str) -> str:
    return (f'<text x="{x:.1f}" y="{y:.1f}" font-size="11" text-anchor="{anchor}" '
            f'fill="{COLOURS["ink2"]}">{text}</text>')  # fmt: skip
