"""Contrast, and what is left of the colours for readers who see fewer of them."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from itertools import combinations, pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from maps import palette

Floats = npt.NDArray[np.float64]
# Machado, Oliveira and Fernandes 2009, severity 1, on linear RGB
SIGHT: dict[str, Floats] = {
    "all colours": np.eye(3),
    "protanopia": np.array([[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
                            [-0.003882, -0.048116, 1.051998]]),
    "deuteranopia": np.array([[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
                              [-0.011820, 0.042940, 0.968881]]),
    "tritanopia": np.array([[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
                            [0.004733, 0.691367, 0.303900]]),
}  # fmt: skip
# Ottosson 2020
TO_LMS = np.array([[0.4122214708, 0.5363325363, 0.0514459929],
                   [0.2119034982, 0.6806995451, 0.1073969566],
                   [0.0883024619, 0.2817188376, 0.6299787005]])  # fmt: skip
TO_LAB = np.array([[0.2104542553, 0.7936177850, -0.0040720468],
                   [1.9779984951, -2.4285922050, 0.4505937099],
                   [0.0259040371, 0.7827717662, -0.8086757660]])  # fmt: skip


def linear(colour: str) -> Floats:
    part = np.array([int(colour[k : k + 2], 16) for k in (1, 3, 5)]) / 255
    return np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)


def oklab(colour: str, sight: str = "all colours") -> Floats:
    seen = np.clip(SIGHT[sight] @ linear(colour), 0, 1)
    lab: Floats = TO_LAB @ np.cbrt(TO_LMS @ seen)
    return lab


def contrast(one: str, other: str) -> float:
    bright = sorted(float(linear(c) @ (0.2126, 0.7152, 0.0722)) for c in (one, other))
    return (bright[1] + 0.05) / (bright[0] + 0.05)


def apart(colours: list[str], sight: str) -> float:
    return min(
        100 * float(np.linalg.norm(oklab(a, sight) - oklab(b, sight)))
        for a, b in combinations(colours, 2)
    )


def test_the_measures_measure() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert oklab("#FFFFFF") == pytest.approx([1, 0, 0], abs=1e-4)
    assert apart(["#FF0000", "#8A7A00"], "protanopia") < apart(
        ["#FF0000", "#8A7A00"], "all colours"
    )


EACH_THEME = pytest.mark.parametrize("theme", palette.THEMES.values(), ids=palette.THEMES)
WORST, BEST = 0, -1


@EACH_THEME
@pytest.mark.parametrize("sight", SIGHT)
def test_categories_stay_apart(sight: str, theme: palette.Theme) -> None:
    assert apart(list(theme.pillars.values()), sight) > 12
    assert apart(list(theme.homes.values()), sight) > 11
    assert apart([fill for fill in theme.status.values() if fill], sight) > 12
    assert apart(list(theme.cars.values()), sight) > 8


@EACH_THEME
@pytest.mark.parametrize("sight", SIGHT)
def test_what_comes_on_top_of_the_cost_stays_apart_from_it(
    sight: str, theme: palette.Theme
) -> None:
    stack = list(theme.costs.values())
    ramp, (freight, duty) = stack[:5], stack[5:]
    assert apart([freight, duty], sight) > 20
    assert min(apart([part, duty], sight) for part in ramp) > 11
    # the ramp carries its order by lightness; neighbours also part by a line of the ground
    assert min(towards_the_ground(ramp, theme, sight)) > 0.08


def towards_the_ground(colours: Sequence[str], theme: palette.Theme, sight: str) -> list[float]:
    """Return how much nearer to the ground's lightness each colour is than the one before."""
    lightness = [float(oklab(colour, sight)[0]) for colour in colours]
    dark = contrast(theme.colours["panel"], "#000000") < contrast(theme.colours["panel"], "#FFFFFF")
    return [(a - b) if dark else (b - a) for a, b in pairwise(lightness)]


@EACH_THEME
def test_bars_of_every_part_can_be_seen(theme: palette.Theme) -> None:
    """By day two pillars and the end of the ramp of the cost are pale; words say how long."""
    panel = theme.colours["panel"]
    least = [contrast(c, panel) for c in (*theme.pillars.values(), *theme.costs.values())]
    assert min(least) > (3 if theme is palette.DARK else 1.5)


def test_no_pillar_of_the_dark_theme_shines_as_its_text_does() -> None:
    text = float(oklab(palette.DARK.colours["ink"])[0])
    assert max(float(oklab(one)[0]) for one in palette.DARK.pillars.values()) < text - 0.08


@pytest.mark.parametrize("colour", [*palette.SCORE, *palette.COSTS.values()])
def test_numbers_can_be_read_on_every_bar_and_badge(colour: str) -> None:
    ink = palette.ink_on(colour)
    other = ({"#FFFFFF", palette.COLOURS["ink"]} - {ink}).pop()
    assert contrast(ink, colour) > contrast(other, colour)
    assert contrast(ink, colour) > 4.5


@EACH_THEME
@pytest.mark.parametrize("name", ["surface", "policy", "land", "figure"])
@pytest.mark.parametrize("sight", SIGHT)
def test_ramps_leave_the_ground_evenly(name: str, sight: str, theme: palette.Theme) -> None:
    assert_even([-step for step in towards_the_ground(getattr(theme, name), theme, sight)])


@pytest.mark.parametrize("sight", SIGHT)
def test_scores_darken_evenly(sight: str) -> None:
    assert_even([-step for step in towards_the_ground(palette.SCORE, palette.LIGHT, sight)])


def assert_even(steps: list[float]) -> None:
    assert min(steps) > 0.035
    assert max(steps) < 1.6 * min(steps)


@EACH_THEME
def test_text_can_be_read_on_everything_it_stands_on(theme: palette.Theme) -> None:
    c = theme.colours
    paper = (c["panel"], c["page"], c["chosen"])
    for ink in ("ink", "ink2", "ink3", "navy", "link"):
        assert min(contrast(c[ink], sheet) for sheet in paper) > 4.5, ink
    ground = (*theme.surface, *theme.policy, c["land"], c["unscored"])
    assert min(contrast(c["countryname"], g) for g in ground) > 4.5
    assert contrast(c["seaname"], c["sea"]) > 4.5
    assert min(contrast(c[ink], c["panel"]) for ink in ("paritytext", "down", "barred")) > 4.5
    assert contrast(c["on"], c["navy"]) > 4.5
    assert contrast(c["navy"], c["tag"]) > 4.5
    marks = (c["navy"], c["ink"], c["barred"], c["cluster"], c["parity"], c["grey"])
    for mark in marks:  # WCAG 1.4.11
        assert min(contrast(mark, sheet) for sheet in (c["panel"], c["halo"])) > 3


@EACH_THEME
def test_marks_can_be_told_from_what_surrounds_them(theme: palette.Theme) -> None:
    """A mark is on any land; its casing parts it from that."""
    halo = theme.colours["halo"]
    outlines = [*theme.homes.values(), theme.cars["ev"], theme.colours["ink"]]
    assert min(contrast(colour, halo) for colour in outlines) > 3


@EACH_THEME
def test_land_that_is_scored_can_be_told_from_land_that_is_not(theme: palette.Theme) -> None:
    c = theme.colours
    assert 100 * np.linalg.norm(oklab(theme.land[WORST]) - oklab(c["unscored"])) > 3
    assert contrast(theme.land[BEST], c["land"]) > 4.5
    assert contrast(theme.figure[BEST], c["land"]) > 4.5


def test_a_picture_of_cells_is_by_night_what_its_key_says() -> None:
    """The filter turns each channel over, then the hue by half a turn (CSS Filter Effects 1)."""
    kept = float(re.findall(r"invert\((.*?)\)", palette.DARK.flip)[0])
    turned = np.array([[-0.574, 1.43, 0.144], [0.426, 0.43, 0.144], [0.426, 1.43, -0.856]])
    for light, dark in zip(palette.LIGHT.cells, palette.DARK.cells, strict=True):
        channels = np.array([int(light[k : k + 2], 16) for k in (1, 3, 5)]) / 255
        seen = turned @ (kept - (2 * kept - 1) * channels)
        assert dark == "#" + "".join(f"{round(255 * part):02X}" for part in seen)


def test_a_pillar_keeps_its_colour_whatever_the_study() -> None:
    assert palette.pillar_colours(["policy", "market"]) == ["#A8443A", "#124F86"]
    strange = palette.pillar_colours(["market", "a", "b", "c", "surroundings"])
    assert len(set(strange)) == 5
    assert strange[0] == palette.PILLARS["market"]


def test_style_and_script_read_the_same_colours() -> None:
    light = dict(re.findall(r"--([\w-]+):(#\w{6});", palette.style_variables()))
    assert light == palette.COLOURS
    by_day, by_night, chosen = palette.theme_styles().split("\n")
    tokens = {name: theme.tokens() for name, theme in palette.THEMES.items()}
    assert dict(re.findall(r"--([\w-]+):(#\w{6});", by_day)) == tokens["light"]
    for style in (by_night, chosen):
        assert style.startswith("@media screen")  # paper is light
        assert dict(re.findall(r"--([\w-]+):(#\w{6});", style)) == tokens["dark"]
    given = palette.for_script(["cost"])
    assert given["pillars"] == ["var(--pillar-cost)"]
    assert given["themes"] == tokens
    assert len(palette.POLICY_BREAKS) == len(palette.POLICY)
    assert len(palette.LAND_SHARES) == len(palette.LAND)


def test_every_colour_has_a_value_in_either_theme_and_none_is_named_beside_them() -> None:
    light, dark = (theme.tokens() for theme in palette.THEMES.values())
    assert list(light) == list(dark)
    given = json.dumps(palette.for_script(list(palette.PILLARS)))
    assert set(re.findall(r"var\(--([\w-]+)\)", given)) == set(light)


def test_no_style_or_script_of_the_page_has_a_colour_of_its_own() -> None:
    tokens = {*palette.LIGHT.tokens(), "flip"}
    own = {
        "f",
        "c",
        "v",
        "p",
        "zero",
        "n",
        "w",
        "by",
    }  # a font, and what a script sets on an element
    panel = Path(palette.__file__).with_name("panel")
    for path in (*panel.glob("*.css"), *panel.glob("scripts/*.js")):
        text = re.sub(r"/\*.*?\*/|(^|\s)// .*", "", path.read_text(encoding="utf-8"))
        assert re.findall(r"[\"'`:,( ]#[0-9a-fA-F]{3}(?:[0-9a-fA-F]{3})?\b|rgba?\(", text) == [], (
            path
        )
        named = set(re.findall(r"var\(--([\w-]+)", text))
        assert named <= tokens | own, path
