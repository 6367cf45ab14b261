"""Contrast, and what is left of the colours for readers who see fewer of them."""

from __future__ import annotations

import re
from itertools import combinations, pairwise

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


@pytest.mark.parametrize("sight", SIGHT)
def test_categories_stay_apart(sight: str) -> None:
    assert apart(list(palette.PILLARS.values()), sight) > 12
    assert apart([colour for _, colour in palette.HOMES.values()], sight) > 11
    assert apart([fill for _, fill in palette.STATUS.values() if fill], sight) > 12
    assert apart([fill for _, fill in palette.CARS.values()], sight) > 8


@pytest.mark.parametrize("sight", SIGHT)
def test_what_comes_on_top_of_the_cost_stays_apart_from_it(sight: str) -> None:
    stack = list(palette.COSTS.values())
    ramp, (freight, duty) = stack[:5], stack[5:]
    assert apart([freight, duty], sight) > 20
    assert min(apart([part, duty], sight) for part in ramp) > 11
    # the ramp carries its order by lightness; neighbours also part by a white line
    lightness = [float(oklab(colour, sight)[0]) for colour in ramp]
    assert min(b - a for a, b in pairwise(lightness)) > 0.08


@pytest.mark.parametrize("colour", [*palette.SCORE, *palette.COSTS.values()])
def test_numbers_can_be_read_on_every_bar_and_badge(colour: str) -> None:
    ink = palette.ink_on(colour)
    other = ({"#FFFFFF", palette.COLOURS["ink"]} - {ink}).pop()
    assert contrast(ink, colour) > contrast(other, colour)
    assert contrast(ink, colour) > 4.5


@pytest.mark.parametrize(
    "ramp",
    [palette.SURFACE, palette.POLICY, palette.SCORE, palette.LAND, palette.FIGURE],
)
@pytest.mark.parametrize("sight", SIGHT)
def test_ramps_darken_evenly(ramp: tuple[str, ...], sight: str) -> None:
    lightness = [float(oklab(colour, sight)[0]) for colour in ramp]
    steps = [a - b for a, b in pairwise(lightness)]
    assert min(steps) > 0.035
    assert max(steps) < 1.6 * min(steps)


def test_text_can_be_read_on_everything_it_stands_on() -> None:
    c = palette.COLOURS
    paper = (c["panel"], c["page"], c["chosen"])
    for ink in ("ink", "ink2", "ink3", "navy", "link"):
        assert min(contrast(c[ink], sheet) for sheet in paper) > 4.5, ink
    ground = (*palette.SURFACE, *palette.POLICY, c["land"], c["unscored"])
    assert min(contrast(c["countryname"], g) for g in ground) > 4.5
    assert contrast(c["seaname"], c["sea"]) > 4.5
    assert contrast(c["paritytext"], c["panel"]) > 4.5
    for mark in (c["navy"], c["ink"], c["barred"], c["cluster"], c["parity"]):  # WCAG 1.4.11
        assert contrast(mark, "#FFFFFF") > 3


def test_a_pillar_keeps_its_colour_whatever_the_study() -> None:
    assert palette.pillar_colours(["policy", "market"]) == ["#A8443A", "#124F86"]
    strange = palette.pillar_colours(["market", "a", "b", "c", "surroundings"])
    assert len(set(strange)) == 5
    assert strange[0] == palette.PILLARS["market"]


def test_style_and_script_read_the_same_colours() -> None:
    style = palette.style_variables()
    assert dict(re.findall(r"--(\w+):(#\w{6});", style)).items() >= palette.COLOURS.items()
    assert palette.for_script(["cost"])["pillars"] == [palette.PILLARS["cost"]]
    assert len(palette.POLICY_BREAKS) == len(palette.POLICY)
    assert len(palette.LAND_SHARES) == len(palette.LAND)
