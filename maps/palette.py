"""Every colour of map and pictures, once: style sheet, script and drawings read them from here.

Three things speak on a quiet ground: navy is ours (sites, choices), amber is customers, teal is
demand in reach. Certainty and rank are never a hue. `tests/maps/test_palette.py` measures
contrast and the distances that remain under full protanopia, deuteranopia and tritanopia.

Paper, brief, workbook and GIS are always light. The page of the map also has a dark theme: there a
colour is a custom property, which has a value in either theme.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

COLOURS: dict[str, str] = {
    "ink": "#16212B", "ink2": "#4A5764", "ink3": "#5F6B76",
    "line": "#D9DFE3", "line2": "#EBEFF1", "edge": "#B9C3CA", "page": "#F4F6F7",
    "panel": "#FFFFFF", "navy": "#123B63", "link": "#0B5CAD", "chosen": "#EAF2F9",
    "sea": "#F5F9FB", "land": "#E9EBE8", "unscored": "#F3F3F1",
    "coast": "#A9B5BC", "border": "#A3AFB6", "grey": "#7A858E", "bar": "#5F6B76",
    "countryname": "#2F3B46", "seaname": "#4D6A80",
    "cluster": "#9A5B00", "down": "#8A4B08",
    "barred": "#5B4A57", "parity": "#C0390B", "paritytext": "#9A2C06",
    # text on navy; what surrounds a mark and a name; the edge of what lies over the map
    "on": "#FFFFFF", "halo": "#FFFFFF", "landhalo": "#F0F3F2", "rim": "#C4CDD3", "shade": "#16212B",
    # rails of sliders, of bars, of chances, and the chances themselves; places that do not pass
    "rail": "#DCE2E6", "faint": "#E7EBEE", "unsure": "#D3DADF", "chance": "#8D99A3",
    "pale": "#D6DEE4", "hatch": "#9AA5AE", "tag": "#E4EEF6", "tagedge": "#9DB9D2",
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


@dataclass(frozen=True)
class Theme:
    """The colours of the page as it is by day, or by night."""

    colours: Mapping[str, str]
    pillars: Mapping[str, str]
    surface: Sequence[str]
    policy: Sequence[str]
    cells: Sequence[str]
    land: Sequence[str]
    figure: Sequence[str]
    costs: Mapping[str, str]
    status: Mapping[str, str | None]
    homes: Mapping[str, str]
    cars: Mapping[str, str]
    flip: str  # CSS filter of pictures whose pixels are coloured for light

    def tokens(self) -> dict[str, str]:
        """Return the colours by the name of their custom property, without its dashes."""
        families: dict[str, Mapping[str, str | None]] = {
            "pillar": self.pillars,
            "cost": self.costs,
            "status": self.status,
            "home": {key or ELSEWHERE: colour for key, colour in self.homes.items()},
            "car": self.cars,
            **{
                name: {str(k): colour for k, colour in enumerate(ramp)}
                for name, ramp in (
                    ("surface", self.surface),
                    ("policy", self.policy),
                    ("cell", self.cells),
                    ("land", self.land),
                    ("figure", self.figure),
                )
            },
        }
        named = {
            f"{family}-{key}": colour
            for family, own in families.items()
            for key, colour in own.items()
            if colour
        }
        return {**self.colours, **named}


ELSEWHERE = "else"
LIGHT = Theme(
    COLOURS,
    PILLARS,
    SURFACE,
    POLICY,
    CELLS,
    LAND,
    FIGURE,
    COSTS,
    {key: fill for key, (_, fill) in STATUS.items()},
    {key: outline for key, (_, outline) in HOMES.items()},
    {key: fill for key, (_, fill) in CARS.items()},
    "none",
)
# By night the ramps brighten to the best, as by day they darken to it: land from OKLCH .37 to .90,
# figures to .88, the ground of demand and policy from .30 to .49, so that names can be read on it.
DARK = Theme(
    {
        "ink": "#E8EEF2", "ink2": "#B4C0CA", "ink3": "#98A6B1",
        "line": "#2D3945", "line2": "#232E38", "edge": "#4D5C69", "page": "#0E151B",
        "panel": "#151E26", "navy": "#8CBFF2", "link": "#7DB9F8", "chosen": "#1C2F42",
        "sea": "#0E161D", "land": "#242E36", "unscored": "#1A2229",
        "coast": "#4F5E69", "border": "#5C6A75", "grey": "#8995A0", "bar": "#8796A2",
        "countryname": "#DCE4EA", "seaname": "#86A3B8",
        "cluster": "#E0A04A", "down": "#E3A05C",
        "barred": "#C9AFC3", "parity": "#FF7A5C", "paritytext": "#FF9478",
        "on": "#0B141C", "halo": "#0B1218", "landhalo": "#141C22", "rim": "#3A4854",
        "shade": "#000000",
        "rail": "#35424E", "faint": "#2A3540", "unsure": "#3D4A55", "chance": "#8A98A4",
        "pale": "#36434F", "hatch": "#6F7D89", "tag": "#1F3850", "tagedge": "#4C7397",
    },
    {
        "ties": "#994C96",
        "market": "#618DE9",
        "cost": "#EEBD60",
        "energy": "#7BCEC5",
        "policy": "#E96947",
        "surroundings": "#9C929F",
    },
    ("#223132", "#273F40", "#2B4D4F", "#2E5C5E", "#316B6E"),
    ("#2D2838", "#3D3052", "#4D386E", "#5D408A", "#6F47A7"),
    ("#9CBEDC", "#729BC2", "#4E7194", "#304357", "#282F36"),  # by the filter
    ("#28425C", "#345F8A", "#477FB7", "#639FDC", "#92C0F1", "#C6E1FF"),
    ("#354437", "#4D6B53", "#669570", "#81C08E", "#9CEEAD"),
    {
        "materials": "#DDEAF2",
        "energy": "#BFCCD4",
        "labour": "#A2AFB7",
        "capital": "#86929A",
        "other": "#6B777E",
        "freight": "#6FB1F2",
        "duty": "#E0A030",
    },
    {
        "operating": "#FFAE33",
        "construction": "#B5761F",
        "announced": "#6B4A1A",
        "paused": None,
        "cancelled": None,
    },
    {"CN": "#DD4415", "KR": "#69AFFE", "JP": "#EAEEF2", "": "#717C84"},
    {"ev": "#D5DEE4", "mixed": "#96A3AD", "planned": "#5F6C77", "ice": "#151E26"},
    "invert(.88) hue-rotate(180deg)",
)  # fmt: skip
THEMES = {"light": LIGHT, "dark": DARK}

KNEE = 0.04045  # of sRGB: below it the scale is straight
EVEN_LUMINANCE = 0.207  # white and ink contrast alike here: (L + .05)^2 = 1.05 (.0132 + .05)


def style_variables() -> str:
    """Return the colours as CSS custom properties."""
    named = "".join(f"--{name}:{value};" for name, value in COLOURS.items())
    return f":root{{{named}}}"


def theme_styles() -> str:
    """Return both themes as CSS: the reader's choice, else the system's; paper is light."""
    light, dark = (
        "".join(f"--{name}:{value};" for name, value in theme.tokens().items())
        + f"--flip:{theme.flip};color-scheme:{scheme}"
        for scheme, theme in THEMES.items()
    )
    rules = {
        "": f":root{{{light}}}",
        "@media screen and (prefers-color-scheme:dark)": f":root:not([data-theme=light]){{{dark}}}",
        "@media screen": f":root[data-theme=dark]{{{dark}}}",
    }
    return "\n".join(f"{at}{{{rule}}}" if at else rule for at, rule in rules.items())


def pillar_colours(keys: Sequence[str]) -> list[str]:
    """Return a colour a pillar: its own, so that studies compare, or one that is left."""
    return [PILLARS[key] for key in _pillars_worn(keys)]


def _pillars_worn(keys: Sequence[str]) -> list[str]:
    left = iter([key for key in PILLARS if key not in keys])
    return [key if key in PILLARS else next(left) for key in keys]


def plant_colours(count: int) -> list[str]:
    """Return a colour a plant of a portfolio; what comes after the first five is grey alike."""
    own = [colour for key, colour in PILLARS.items() if key != "surroundings"]
    return [own[k] if k < len(own) else COLOURS["grey"] for k in range(count)]


def ink_on(colour: str) -> str:
    """Return white or ink, whichever can be read on a colour (WCAG 2.2, relative luminance)."""
    part = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= KNEE else ((p + 0.055) / 1.055) ** 2.4 for p in part)
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return "#FFFFFF" if luminance < EVEN_LUMINANCE else COLOURS["ink"]


def for_script(pillars: Sequence[str]) -> dict[str, object]:
    """Return the colours as the page's script reads them: names, and what they are in a theme."""

    def ramp(name: str, colours: Sequence[str]) -> list[str]:
        return [_property(f"{name}-{k}") for k in range(len(colours))]

    def keys(name: str, words: Mapping[str, tuple[str, str | None]]) -> dict[str, object]:
        return {
            key: (said, _property(f"{name}-{key or ELSEWHERE}") if colour else None)
            for key, (said, colour) in words.items()
        }

    return {
        "colours": {name: _property(name) for name in COLOURS},
        "pillars": [_property(f"pillar-{key}") for key in _pillars_worn(pillars)],
        "surface": ramp("surface", SURFACE),
        "cells": ramp("cell", CELLS),
        "cellShares": CELL_SHARES,
        "land": ramp("land", LAND),
        "landShares": LAND_SHARES,
        "figure": ramp("figure", FIGURE),
        "policy": ramp("policy", POLICY),
        "policyBreaks": POLICY_BREAKS,
        "status": keys("status", STATUS),
        "homes": keys("home", HOMES),
        "cars": keys("car", CARS),
        "costs": {group: _property(f"cost-{group}") for group in COSTS},
        "themes": {name: theme.tokens() for name, theme in THEMES.items()},
    }


def _property(name: str) -> str:
    return f"var(--{name})"
