from __future__ import annotations

import warnings
from pathlib import Path

import matplotlib as mpl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_atlas import PAYLOADS

from geodata.errors import SitingError
from maps.escape import plain
from maps.print import figures

TEXTS = st.text(max_size=60)


@given(TEXTS, st.floats(0.2, 3.0))
@settings(max_examples=60, deadline=None)
def test_shortened_text_fits_and_begins_like_the_text(text: str, room: float) -> None:
    with figures.style():
        short = figures.shortened(text, room, 9)
        assert figures.width_in(short, 9) <= room
    if short != plain(text):
        assert short.endswith(figures.ELLIPSIS) or not short
        assert plain(text).startswith(short.removesuffix(figures.ELLIPSIS))


@given(st.lists(st.text("abcdefgh", min_size=1, max_size=9), max_size=30))
@settings(max_examples=40, deadline=None)
def test_wrapped_text_keeps_every_word_in_its_order(words: list[str]) -> None:
    lines = figures.wrapped(" ".join(words), 1.5, 9)
    assert " ".join(lines).split() == words
    assert all(figures.width_in(line, 9) <= 1.5 for line in lines)


def test_a_letter_that_no_font_has_makes_no_noise_and_no_setting_stays() -> None:
    before = dict(mpl.rcParams)
    with warnings.catch_warnings(record=True) as heard, figures.style():
        warnings.simplefilter("error")
        warnings.filterwarnings("ignore", message="Glyph .* missing", category=UserWarning)
        assert all(figures.width_in(text, 9) > 0 for text in PAYLOADS)
    assert heard == []
    assert dict(mpl.rcParams) == before


def test_dollars_are_no_mathematics() -> None:
    with figures.style():
        page = figures.canvas(figures.blank(2, 1), (0, 0, 2, 1))
        text = figures.write(page, 0, 0, "$\\frac{1$ and $x^2$")
        assert text.get_parse_math() is False
        assert figures.width_in("$x$", 9) > figures.width_in("x", 9) * 1.5


def test_a_path_is_refused_before_anything_is_drawn(tmp_path: Path) -> None:
    with pytest.raises(SitingError, match=r"end the name in \.png or \.svg"):
        figures.checked_path(tmp_path / "a.jpg")
    with pytest.raises(SitingError, match="the folder is missing"):
        figures.checked_path(tmp_path / "no" / "a.png")
    assert figures.checked_path(str(tmp_path / "a.SVG")) == tmp_path / "a.SVG"


def test_there_is_always_a_font() -> None:
    assert figures.families()
    assert "DejaVu Sans" in figures.families()  # matplotlib brings it
