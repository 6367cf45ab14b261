"""What every picture shares: text as data, a measure of its width, and bytes that do not change."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, fontManager
from matplotlib.text import Text

from geodata.errors import Fault, SitingError
from maps.escape import plain

DPI = 160
POINTS_PER_INCH = 72
SUFFIXES = (".png", ".svg")
LONGEST = 2000  # characters of one text that are ever looked at
ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"
# The first that the system has leads; the rest lend the letters that it has not.
FONTS = ("Segoe UI", "Helvetica Neue", "Roboto", "Noto Sans", "Liberation Sans", "Arial")
FURTHER_FONTS = (
    "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", "Hiragino Sans", "Malgun Gothic",
    "WenQuanYi Zen Hei", "Noto Sans Arabic", "Noto Sans Hebrew", "Noto Sans Thai",
    "Noto Sans Devanagari", "DejaVu Sans",
)  # fmt: skip


@contextmanager
def style() -> Iterator[None]:
    """Draw within this: system fonts, fixed SVG names, no complaint of letters no font has."""
    settings: dict[Any, Any] = {
        "font.family": list(families()),
        "svg.hashsalt": "siting",
        "svg.fonttype": "path",
    }
    with mpl.rc_context(settings), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing", category=UserWarning)
        yield


@lru_cache
def families() -> tuple[str, ...]:
    """Return the fonts that this machine has, the leading one first; never none."""
    have = set(fontManager.get_font_names())
    leading = [name for name in FONTS if name in have][:1]
    return (*leading, *(name for name in FURTHER_FONTS if name in have))


def blank(width_in: float, height_in: float) -> Figure:
    """Return an empty white sheet, in inches, free of any global state."""
    sheet = Figure(figsize=(width_in, height_in), dpi=DPI, facecolor="white")
    FigureCanvasAgg(sheet)
    return sheet


def canvas(sheet: Figure, box_in: Sequence[float]) -> Axes:
    """Return bare axes at (left, bottom, width, height) inches whose unit is an inch."""
    width, height = sheet.get_size_inches()
    left, bottom, wide, high = box_in
    bare = sheet.add_axes((left / width, bottom / height, wide / width, high / height))
    bare.set_axis_off()
    bare.set(xlim=(0, wide), ylim=(0, high))
    return bare


def write(on: Axes, x: float, y: float, text: str, **looks: Any) -> Text:
    """Write one line of text on its baseline, never read as markup or mathematics."""
    looks.setdefault("va", "baseline")
    return on.text(x, y, plain(text)[:LONGEST], parse_math=False, **looks)


def width_in(text: str, fontsize: float, fontweight: str = "normal") -> float:
    """Return the width of one line of text in inches."""
    font = FontProperties(family=list(families()), size=fontsize, weight=fontweight)
    line = plain(text)[:LONGEST]
    width, _, _ = _renderer().get_text_width_height_descent(line, font, False)  # type: ignore[no-untyped-call] # matplotlib has no types here
    return float(width) / DPI


def shortened(text: str, room_in: float, fontsize: float, fontweight: str = "normal") -> str:
    """Return text cut, with an ellipsis, until it fits into `room_in` inches."""
    kept = plain(text)[:LONGEST]
    shown = kept
    while kept and (wide := width_in(shown, fontsize, fontweight)) > room_in:
        kept = kept[: min(len(kept) - 1, int(len(kept) * room_in / wide))]
        shown = kept.rstrip() + ELLIPSIS
    return shown


def wrapped(text: str, room_in: float, fontsize: float) -> list[str]:
    """Break text into lines that fit into `room_in` inches; a longer word is cut."""
    lines: list[str] = []
    for word in plain(text)[:LONGEST].split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_in(longer, fontsize) <= room_in:
            lines[-1] = longer
        else:
            lines.append(shortened(word, room_in, fontsize))
    return lines


def checked_path(path: Path | str) -> Path:
    """Return the path, after its folder and suffix were looked at.

    Raises
    ------
    SitingError
        When the suffix names no kind of picture or the folder is missing.
    """
    path = Path(path)
    if path.suffix.lower() not in SUFFIXES:
        hint = f"end the name in {' or '.join(SUFFIXES)}"
        raise SitingError(Fault("picture", "no such kind of picture", hint, value=path.name))
    if not path.parent.is_dir():
        hint = "make it first"
        raise SitingError(Fault("picture", "the folder is missing", hint, value=str(path.parent)))
    return path


def save(sheet: Figure, path: Path) -> Path:
    """Write a sheet as PNG or SVG without date or version: same sheet, same bytes."""
    kind = path.suffix.lower().lstrip(".")
    nothing = {"png": ("Software",), "svg": ("Date", "Creator", "Format", "Type")}[kind]
    sheet.savefig(path, format=kind, dpi=DPI, metadata=dict.fromkeys(nothing))
    return path


@lru_cache
def _renderer() -> RendererAgg:
    return RendererAgg(8, 8, DPI)  # type: ignore[no-untyped-call] # as above
