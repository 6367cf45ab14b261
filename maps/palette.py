"""Every colour of map and pictures, once: style sheet, script and drawings read them from here.

Three things speak on a pale ground: navy is ours (sites, choices), amber is customers, teal is
demand in reach. Certainty and rank are never a hue. `tests/maps/test_palette.py` measures
contrast and the distances that remain under full protanopia, deuteranopia and tritanopia.
"""

from __future__ import annotations

from collections.abc import Sequence

COLOURS: dict[str, str] = {
    "ink": "#16212B", "ink2": "#4A5764", "ink3": "#5F6B76",
    "line": "#D9DFE3", "line2": "#EBEFF1", "edge": "#B9C3CA", "page": "#F4F6F7",
    "panel": "#FFFFFF", "navy": "#123B63", "link": "#0B5CAD", "chosen": "#EAF2F9",
    "sea": "#F5F9FB", "land": "#E9EBE8", "unscored": "#F3F3F1",
    "coast": "#A9B5BC", "border": "#A3AFB6", "grey": "#7A858E", "bar": "#5F6B76",
    "countryname": "#2F3B46", "seaname": "#4D6A80",
    "cluster": "#9A5B00", "down": "#8A4B08",
    "barred": "#5B4A57", "parity": "#C0390B", "paritytext": "#9A2C06",
}  # fmt: skip

PILLARS: dict[str, str] = {
    "ties": "#351A45",
    "market": "#124F86",
    "cost": "#E1A730",
    "energy": "#3E9C8F",
    "policy": "#A8443A",
    "surroundings": "#B9C1C8",
}
# Five even steps of lightness (OKLCH .945 to .745), hue 200 and hue 300.
SURFACE = ("#E4EFF0", "#CAE2E3", "#B0D4D6", "#96C7C9", "#7BB9BC")
POLICY = ("#EEEAF7", "#DFD8EF", "#D0C6E7", "#C2B4DE", "#B3A2D5")
POLICY_BREAKS = (0.0, 0.2, 0.4, 0.6, 0.8)
# Badges of a picture by score: four steps to navy, so that a number can be read on each.
SCORE = ("#BDD6F0", "#72A0CE", "#366B9F", "#0E3B63")
# Screened cells by their rank, the best first: the hue of our choice, paler as they fall behind.
CELL_SHARES = (0.01, 0.05, 0.10, 0.25, 1.0)
CELLS = ("#0E3B63", "#366B9F", "#72A0CE", "#BDD6F0", "#E3ECF5")
# The land by its score, the best last: share of the places below each step; even steps of lightness
# (OKLCH .935 to .36), hue 250. Measured figures are green (.93 to .42, hue 150), the best darkest.
LAND_SHARES = (0.0, 0.5, 0.75, 0.9, 0.95, 0.99)
LAND = ("#E1EBF5", "#AFC7E1", "#7CA4CD", "#4C81B6", "#265F95", "#083F6C")
FIGURE = ("#DBEEDE", "#A4CAAA", "#73A57D", "#4D7E58", "#2F5838")
# What a tonne costs: one hue whose lightness follows the order, then the way, then the customs.
COSTS: dict[str, str] = {
    "materials": "#2F4858",
    "energy": "#54707F",
    "labour": "#7C94A0",
    "capital": "#A3B5BE",
    "other": "#C6D2D8",
    "freight": "#123B63",
    "duty": "#A8804A",
}

# status -> (words, fill); a hollow mark is not coming, or not for now
STATUS: dict[str, tuple[str, str | None]] = {
    "operating": ("Operating", "#E08A00"),
    "construction": ("Under construction", "#F4C578"),
    "announced": ("Announced", "#FDF0D9"),
    "paused": ("Paused", None),
    "cancelled": ("Cancelled", None),
}
# home of the owner (ISO2, "" for elsewhere) -> (words, outline)
HOMES: dict[str, tuple[str, str]] = {
    "CN": ("China", "#C0390B"),
    "KR": ("Korea", "#0B66A8"),
    "JP": ("Japan", "#16212B"),
    "": ("elsewhere", "#7A858E"),
}
# what a car plant builds -> (words, fill)
CARS: dict[str, tuple[str, str]] = {
    "ev": ("electric cars only", "#56626C"),
    "mixed": ("electric and other cars", "#8C98A1"),
    "planned": ("electric cars planned", "#D3DADF"),
    "ice": ("no electric cars, or unknown", "#FFFFFF"),
}
KNEE = 0.04045  # of sRGB: below it the scale is straight
EVEN_LUMINANCE = 0.207  # white and ink contrast alike here: (L + .05)^2 = 1.05 (.0132 + .05)


def style_variables() -> str:
    """Return the colours as CSS custom properties."""
    named = "".join(f"--{name}:{value};" for name, value in COLOURS.items())
    return f":root{{{named}}}"


def pillar_colours(keys: Sequence[str]) -> list[str]:
    """Return a colour a pillar: its own, so that studies compare, or one that is left."""
    left = iter([colour for key, colour in PILLARS.items() if key not in keys])
    return [PILLARS.get(key) or next(left) for key in keys]


def ink_on(colour: str) -> str:
    """Return white or ink, whichever can be read on a colour (WCAG 2.2, relative luminance)."""
    part = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= KNEE else ((p + 0.055) / 1.055) ** 2.4 for p in part)
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return "#FFFFFF" if luminance < EVEN_LUMINANCE else COLOURS["ink"]


def for_script(pillars: Sequence[str]) -> dict[str, object]:
    """Return the colours as the page's script reads them."""
    return {
        "colours": COLOURS,
        "pillars": pillar_colours(pillars),
        "surface": SURFACE,
        "cells": CELLS,
        "cellShares": CELL_SHARES,
        "land": LAND,
        "landShares": LAND_SHARES,
        "figure": FIGURE,
        "policy": POLICY,
        "policyBreaks": POLICY_BREAKS,
        "status": STATUS,
        "homes": HOMES,
        "cars": CARS,
        "costs": COSTS,
    }
