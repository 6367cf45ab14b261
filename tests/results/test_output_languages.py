"""Brief, atlas and terminal of a plan in every language: no English but of names and tables."""

import html
import re
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest

from geodata.geometry import ATTRIBUTIONS, layer
from geodata.language import LANGUAGES, TAGS, speaking
from maps.brief import render
from maps.printed_atlas import render as render_sheets
from siting.commands import terminal
from siting.results.page.brief import brief_of
from siting.results.page.printed_atlas import printed_atlas
from siting.results.tables import tables_of
from siting.support import console

OTHERS = tuple(language for language in LANGUAGES if language != "en")
RUN = re.compile(r"[A-Za-z]{2,}(?: [A-Za-z]{2,})+")  # words beside each other
OURS = {"siting explain", "siting plan", "explain STUDY", "plan STUDY", "from setting"}


@pytest.fixture(scope="module")
def said(nordic):
    """What each output says, by language."""
    tables, made = tables_of(nordic), {}
    for language in LANGUAGES:
        with speaking(language), console.console.capture() as printed:
            brief = brief_of(nordic, tables)
            made[language, "brief"] = render(brief)
            made[language, "atlas"] = render_sheets(printed_atlas(nordic, tables, brief))
            terminal.print_plan(nordic, tables, Path("out"), 1.0)
        made[language, "terminal"] = printed.get()
    return made


@pytest.fixture(scope="module")
def data(nordic):
    """All that tables, layers and places say, in one text."""
    layers = [layer(name) for name in ("towns", "ports")]
    frames = [*nordic.facts.tables.values(), *layers, nordic.places, nordic.demand.plants]
    texts = [
        str(cell)
        for frame in frames
        for column in frame.columns[frame.dtypes.map(pd.api.types.is_string_dtype)]
        for cell in frame[column].dropna().unique()
    ]
    return "\n".join([*texts, *ATTRIBUTIONS.values()]).lower()


def texts(page):
    """Return what stands between the tags of a page, style and script apart."""
    bare = re.sub(r"<(style|script)\b.*?</\1>", " ", page, flags=re.DOTALL)
    return [html.unescape(part) for part in re.split(r"<[^>]+>", bare) if part.strip()]


def pairs(text):
    """Return each two English words beside each other."""
    for run in RUN.findall(text):
        words = run.split()
        yield from (" ".join(two) for two in pairwise(words))


@pytest.mark.parametrize("output", ["brief", "atlas", "terminal"])
@pytest.mark.parametrize("language", OTHERS)
def test_no_english_is_left_but_of_names_and_tables(said, data, language, output):
    left = {two for text in texts(said[language, output]) for two in pairs(text)
            if two.lower() not in data and two not in OURS}  # fmt: skip
    assert left == set()


def test_an_english_sentence_would_be_seen(said, data):
    english = {two for text in texts(said["en", "brief"]) for two in pairs(text)}
    assert len({two for two in english if two.lower() not in data}) > 100


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_says_its_language_and_holds_the_same_numbers(said, language):
    page = said[language, "brief"]
    assert f'<html lang="{TAGS[language]}"' in page
    money = re.compile(r"(?<!\d)\d,\d{3}(?!\d)")
    assert set(money.findall(page)) == set(money.findall(said["en", "brief"]))
