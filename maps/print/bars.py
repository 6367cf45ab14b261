"""What a delivered tonne costs, as a picture: one bar a place or a customer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.patheffects import withStroke

from geodata.errors import Fault, raise_if
from maps.numerals import number
from maps.palette import COLOURS, COSTS, ink_on
from maps.print import figures
from maps.print.figures import shortened, width_in, write

MOST_BARS = 40
TITLE = "What a delivered tonne costs"
CAPTION = "USD a tonne in constant 2025 money."
OF_AID = " The solid bar ends at the net cost; hatched is what aid takes away."
WIDTH, MARGIN, ROW, BAR = 10.0, 0.3, 0.46, 0.23
LABEL_ROOM, LEGEND_ROW, LINE = 2.5, 0.21, 0.17
TEXT, SMALL, TINY = 9.0, 8.0, 7.2
TAKEN: dict[str, Any] = {"facecolor": "none", "edgecolor": COLOURS["grey"], "linewidth": 0.6,
                         "hatch": "//////", "hatch_linewidth": 0.4}  # fmt: skip


class Part(NamedTuple):
    """One part of a cost: its name, USD a tonne (negative: taken away), a key of `COSTS`."""

    name: str
    usd_per_t: float
    group: str


@dataclass(frozen=True)
class CostBar:
    """The cost of a tonne at one place or customer, in USD a tonne.

    Attributes
    ----------
    label : str
        Whose cost it is; any text.
    parts : tuple of Part
        In the order of drawing; the group of a negative part does not matter.
    low, high : float or None
        Range of the net cost.
    parity, price : float or None
        The landed Chinese tonne; what the customer pays.
    """

    label: str
    parts: tuple[Part | tuple[str, float, str], ...]
    low: float | None = None
    high: float | None = None
    parity: float | None = None
    price: float | None = None

    @property
    def net(self) -> float:
        """What is left to pay: the sum of the parts."""
        return float(sum(usd for _, usd, _ in self.parts))

    @property
    def gross(self) -> float:
        """The sum of the parts that add."""
        return float(sum(usd for _, usd, _ in self.parts if usd > 0))

    @property
    def marks(self) -> tuple[float, ...]:
        """Every value that the axis has to reach."""
        others = (self.low, self.high, self.parity, self.price)
        return (self.net, self.gross, *(value for value in others if value is not None))


class _Column(NamedTuple):
    """A column of numbers right of the bars."""

    head: str
    cells: list[str]
    weight: str

    @property
    def wide(self) -> float:
        texts = [(self.head, "normal"), *((cell, self.weight) for cell in self.cells)]
        return max(width_in(text, SMALL, weight) for text, weight in texts) + 0.22


class _Key(NamedTuple):
    """An entry of the legend: words, a colour, and how it is drawn."""

    words: str
    colour: str
    mark: str  # "fill", "hatch", "line", "dashes", "whisker"


def draw_costs(
    stacks: Sequence[CostBar],
    path: Path | str,
    *,
    title: str = TITLE,
    caption: str | None = None,
) -> Path:
    """Draw the bars one under the other and write them as PNG or SVG, by the suffix of `path`.

    Costs add to the right; what is taken away is hatched from the right end, so that the solid
    bar ends at the net cost. Same bars, same fonts, same bytes.

    Parameters
    ----------
    stacks : sequence of CostBar
        One to forty.
    path : Path or str
        Where to; its folder exists.
    title, caption : str
        Over and under the bars; any text. Without a caption, money and hatching are explained.

    Raises
    ------
    SitingError
        With every value that is no number and every group without a colour.
    """
    target = figures.checked_path(path)
    raise_if(_faults(stacks))
    with figures.style():
        keys = list(_legend(stacks, WIDTH - 2 * MARGIN))
        if caption is None:
            caption = CAPTION + OF_AID * any(usd < 0 for bar in stacks for _, usd, _ in bar.parts)
        lines = figures.wrapped(caption, WIDTH - 2 * MARGIN, SMALL)
        shared = sorted(_shared(stacks), key=lambda line: line.value)
        head = 0.72 + (LINE + 0.03) * bool(shared)
        foot = 0.34 + LEGEND_ROW * (keys[-1][0] + 1) + 0.06 + LINE * len(lines) + 0.16
        height = head + ROW * len(stacks) + foot
        sheet = figures.blank(WIDTH, height)
        page = figures.canvas(sheet, (0, 0, WIDTH, height))
        room = WIDTH - 2 * MARGIN
        write(page, MARGIN, height - 0.34, shortened(title, room, 13, "bold"), fontsize=13,
              fontweight="bold", color=COLOURS["ink"])  # fmt: skip
        columns = _columns(stacks)
        left = (
            MARGIN
            + 0.12
            + max(width_in(shortened(bar.label, LABEL_ROOM, TEXT), TEXT) for bar in stacks)
        )
        right = WIDTH - MARGIN - sum(column.wide for column in columns)
        scale = _Scale(stacks, left, right - 0.08)
        top = height - head
        _ground(page, scale, top, top - ROW * len(stacks))
        for row, bar in enumerate(stacks):
            _bar(page, scale, bar, top - ROW * (row + 0.5))
            _ticks(page, scale, bar, top - ROW * (row + 0.5), {line.name for line in shared})
        for line, side in zip(shared, SIDES[len(shared)], strict=True):
            x, y = scale(line.value), top + 0.1 + LINE
            page.plot([x, x], [top - ROW * len(stacks), y - 0.04], color=line.colour,
                      linewidth=1.3, linestyle=line.dashes, zorder=5)  # fmt: skip
            label = f"{line.words} {number(line.value)}"
            write(page, _inside(x, width_in(label, SMALL, "bold"), side), y, label, fontsize=SMALL,
                  fontweight="bold", color=line.ink, ha=side)  # fmt: skip
        _table(page, columns, right, top)
        _draw_legend(page, keys, foot - 0.34 - 0.12)
        for row, text in enumerate(reversed(lines)):
            write(page, MARGIN, 0.16 + LINE * row, text, fontsize=SMALL, color=COLOURS["ink3"])
        return figures.save(sheet, target)


class _Scale:
    """USD a tonne to inches."""

    def __init__(self, bars: Sequence[CostBar], left: float, right: float) -> None:
        marks = [mark for bar in bars for mark in bar.marks]
        low, high = min(0.0, *marks), max(1.0, *marks)
        self.low, self.high = low - 0.02 * (high - low) * (low < 0), high + 0.02 * (high - low)
        self.left, self.right = left, right

    def __call__(self, usd: float) -> float:
        share = (usd - self.low) / (self.high - self.low)
        return self.left + share * (self.right - self.left)

    def ticks(self) -> list[float]:
        """Return round values, about five."""
        rough = (self.high - self.low) / 5
        size = 10.0 ** np.floor(np.log10(rough))
        step = size * min((s for s in (1, 2, 5, 10) if s * size >= rough), default=10)
        return [float(step * k) for k in range(int(self.low // step), int(self.high // step) + 1)
                if step * k >= self.low]  # fmt: skip


def _faults(bars: Sequence[CostBar]) -> list[Fault]:
    faults = []
    if not 1 <= len(bars) <= MOST_BARS:
        what = f"a picture holds 1 to {MOST_BARS} bars"
        faults.append(Fault("cost bars", what, value=str(len(bars))))
    for nth, bar in enumerate(bars, start=1):
        where = f"cost bar {nth}"
        for name, usd, group in bar.parts:
            if not np.isfinite(usd):
                faults.append(Fault(where, "not a number", column=str(name), value=str(usd)))
            if usd > 0 and group not in COSTS:
                hint = f"use one of {', '.join(COSTS)}"
                faults.append(Fault(where, "no such group", hint, column=str(name), value=group))
        for name in ("low", "high", "parity", "price"):
            value = getattr(bar, name)
            if value is not None and not np.isfinite(value):
                hint = "None where it is unknown"
                faults.append(Fault(where, "not a number", hint, column=name, value=str(value)))
    return faults


class _Line(NamedTuple):
    """A value that all bars have in common, drawn once through all of them."""

    name: str
    words: str
    value: float
    colour: str
    ink: str
    dashes: str


_LINES = (
    ("parity", "landed Chinese tonne", COLOURS["parity"], COLOURS["paritytext"], "-"),
    ("price", "price paid", COLOURS["ink2"], COLOURS["ink2"], "--"),
)
SIDES = {0: (), 1: ("center",), 2: ("right", "left")}  # so that no line crosses a label


def _shared(bars: Sequence[CostBar]) -> Iterator[_Line]:
    for name, words, colour, ink, dashes in _LINES:
        values = {getattr(bar, name) for bar in bars}
        if len(values) == 1 and (value := values.pop()) is not None:
            yield _Line(name, words, float(value), colour, ink, dashes)


def _inside(x: float, wide: float, side: str) -> float:
    """Return x, moved so that text of that width stays on the sheet."""
    before = {"left": 0.0, "center": wide / 2, "right": wide}[side]
    anchor = x + {"left": -0.04, "center": 0.0, "right": 0.04}[side]
    return min(max(anchor, MARGIN + before), WIDTH - MARGIN - wide + before)


def _ground(page: Axes, scale: _Scale, top: float, bottom: float) -> None:
    for tick in scale.ticks():
        x = scale(tick)
        page.plot([x, x], [bottom, top], color=COLOURS["line2" if tick else "edge"], linewidth=0.8,
                  zorder=0)  # fmt: skip
        write(page, x, bottom - 0.17, number(tick), fontsize=TINY, color=COLOURS["ink3"],
              ha="center")  # fmt: skip


def _bar(page: Axes, scale: _Scale, bar: CostBar, y: float) -> None:
    label = shortened(bar.label, LABEL_ROOM, TEXT)
    write(page, scale.left - 0.12, y - 0.04, label, fontsize=TEXT, color=COLOURS["ink"],
          ha="right")  # fmt: skip
    sides = [[part for part in bar.parts if (part[1] > 0) is kept] for kept in (True, False)]
    for named, start in zip(sides, (0.0, bar.gross), strict=True):
        ends = np.cumsum([start, *(usd for _, usd, _ in named)]).tolist()
        for span, (_, usd, group) in zip(pairwise(ends), named, strict=True):
            _segment(page, y, sorted(map(scale, span)), COSTS[group] if usd > 0 else None)
            if usd <= 0 or span[1] <= bar.net:
                _amount(page, y, sorted(map(scale, span)), usd, group)
    net = scale(bar.net)
    page.plot([net, net], [y - BAR / 2 - 0.05, y + BAR / 2 + 0.05], color=COLOURS["ink"],
              linewidth=1.8, solid_capstyle="butt", zorder=6)  # fmt: skip
    if bar.low is not None and bar.high is not None:
        low, high, under = scale(bar.low), scale(bar.high), y - BAR / 2 - 0.065
        page.plot([low, high], [under, under], color=COLOURS["ink2"], linewidth=1.0, zorder=6)
        for end in (low, high):
            page.plot([end, end], [under - 0.03, under + 0.03], color=COLOURS["ink2"],
                      linewidth=1.0, zorder=6)  # fmt: skip


def _ticks(page: Axes, scale: _Scale, bar: CostBar, y: float, shared: set[str]) -> None:
    """Draw the landed Chinese tonne and the price where they are this bar's own."""
    for name, _, colour, _, dashes in _LINES:
        value = getattr(bar, name)
        if value is not None and name not in shared:
            page.plot([scale(value)] * 2, [y - ROW / 2 + 0.03, y + ROW / 2 - 0.03], color=colour,
                      linewidth=1.6, linestyle=dashes, zorder=5)  # fmt: skip


def _segment(page: Axes, y: float, span: Sequence[float], fill: str | None) -> None:
    """Draw one part; without `fill` it is taken away: what lies under it fades."""
    left, right = span
    corner = (left, y - BAR / 2)
    if fill is None:
        page.add_patch(Rectangle(corner, right - left, BAR, zorder=3, facecolor="#FFFFFFB8"))
        page.add_patch(Rectangle(corner, right - left, BAR, zorder=3, **TAKEN))
    else:
        page.add_patch(Rectangle(corner, right - left, BAR, zorder=2, facecolor=fill,
                                 edgecolor="white", linewidth=0.6))  # fmt: skip


def _amount(page: Axes, y: float, span: Sequence[float], usd: float, group: str) -> None:
    """Write the number into its part, if the part is wide enough."""
    text = number(usd)
    if width_in(text, TINY) + 0.06 > span[1] - span[0]:
        return
    fill = COSTS[group] if usd > 0 else "#FFFFFF"
    halo = [withStroke(linewidth=2.4, foreground=fill)]  # over hatching and crossing lines
    write(page, sum(span) / 2, y - 0.035, text, fontsize=TINY, ha="center", zorder=7,
          color=ink_on(fill), path_effects=halo)  # fmt: skip


def _columns(bars: Sequence[CostBar]) -> list[_Column]:
    def figure(value: float | None, *, sign: bool = False) -> str:
        return "" if value is None else number(value, sign=sign)

    def range_of(bar: CostBar) -> str:
        known = bar.low is not None and bar.high is not None
        return f"{figure(bar.low)}\N{EN DASH}{figure(bar.high)}" if known else ""

    margins = [None if bar.price is None else bar.price - bar.net for bar in bars]
    one_line = len({bar.parity for bar in bars}) == 1  # which says the number
    parity = ["" if one_line else figure(bar.parity) for bar in bars]
    columns = [
        _Column("net cost", [number(bar.net) for bar in bars], "bold"),
        _Column("low\N{EN DASH}high", [range_of(bar) for bar in bars], "normal"),
        _Column("Chinese tonne", parity, "normal"),
        _Column("margin", [figure(margin, sign=True) for margin in margins], "bold"),
    ]
    return [column for column in columns if any(column.cells)]


def _table(page: Axes, columns: Sequence[_Column], left: float, top: float) -> None:
    for column in columns:
        left += column.wide
        write(page, left, top + 0.07, column.head, fontsize=SMALL, color=COLOURS["ink3"],
              ha="right")  # fmt: skip
        for row, cell in enumerate(column.cells):
            write(page, left, top - ROW * (row + 0.5) - 0.04, cell, fontsize=SMALL, ha="right",
                  fontweight=column.weight, color=COLOURS["ink"])  # fmt: skip


def _legend(bars: Sequence[CostBar], room: float) -> Iterator[tuple[int, float, _Key]]:
    """Yield each entry with its row and its place in it."""
    parts = [part for bar in bars for part in bar.parts]
    keys = [_Key(name, COSTS[group], "fill") for name, usd, group in parts if usd > 0]
    keys += [_Key(name, COLOURS["grey"], "hatch") for name, usd, _ in parts if usd < 0]
    keys.append(_Key("net cost", COLOURS["ink"], "line"))
    if any(bar.low is not None and bar.high is not None for bar in bars):
        keys.append(_Key("low to high", COLOURS["ink2"], "whisker"))
    keys += [_Key(words, colour, "line" if dashes == "-" else "dashes")
             for name, words, colour, _, dashes in _LINES
             if len({getattr(bar, name) for bar in bars}) > 1]  # fmt: skip
    row, x = 0, 0.0
    for key in dict.fromkeys(keys):
        shown = key._replace(words=shortened(key.words, 2.6, SMALL))
        wide = 0.22 + width_in(shown.words, SMALL) + 0.2
        if x and x + wide > room:
            row, x = row + 1, 0.0
        yield row, x, shown
        x += wide


def _draw_legend(page: Axes, keys: Sequence[tuple[int, float, _Key]], top: float) -> None:
    for row, left, key in keys:
        x, y = MARGIN + left, top - LEGEND_ROW * row
        middle = y + 0.045
        ink: dict[str, Any] = {"color": key.colour, "linewidth": 1.4}
        if key.mark in ("fill", "hatch"):
            looks = TAKEN if key.mark == "hatch" else {"facecolor": key.colour}
            page.add_patch(Rectangle((x, middle - 0.055), 0.13, 0.11, **looks))
        elif key.mark == "whisker":
            page.plot([x, x + 0.14], [middle, middle], **ink)
            page.plot([x] * 2, [middle - 0.03, middle + 0.03], **ink)
            page.plot([x + 0.14] * 2, [middle - 0.03, middle + 0.03], **ink)
        else:
            page.plot([x + 0.07] * 2, [middle - 0.08, middle + 0.08],
                      linestyle="-" if key.mark == "line" else "--", **ink)  # fmt: skip
        write(page, x + 0.2, y, key.words, fontsize=SMALL, color=COLOURS["ink2"])
