"""The language that outputs speak: the code holds English, `languages/` the others by gettext.

A sentence is a whole message with named places, `tr("{site} has a {share} chance", ...)`: word
order and plural forms belong to the language. `python -m siting.reports.languages` takes new
messages into the catalogues.
"""

from __future__ import annotations

import gettext
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

Language = Literal["en", "zh", "ko", "ja"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
OWN_NAMES: dict[Language, str] = {
    "en": "English",
    "zh": "\u7b80\u4f53\u4e2d\u6587",
    "ko": "\ud55c\uad6d\uc5b4",
    "ja": "\u65e5\u672c\u8a9e",
}
TAGS: dict[Language, str] = {"en": "en", "zh": "zh-Hans", "ko": "ko", "ja": "ja"}  # BCP 47
FOLDER = "languages"

_spoken: ContextVar[Language] = ContextVar("language", default="en")


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Let every message made inside be of a language."""
    token = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(token)


def spoken() -> Language:
    """Return the language of now."""
    return _spoken.get()


def accepted(header: str) -> Language:
    """Return the first language of an Accept-Language header that there is, else English."""
    for one in header.lower().split(","):
        name = one.partition(";")[0].strip().partition("-")[0]
        for language in LANGUAGES:
            if name == language:
                return language
    return "en"


def tr(message: str, /, **places: object) -> str:
    """Return a message in the language of now, its named places filled."""
    return _filled(_catalogue(spoken()).gettext(message), places)


def pgettext(context: str, message: str, /, **places: object) -> str:
    """Return a message that means different things: the context says which."""
    return _filled(_catalogue(spoken()).pgettext(context, message), places)


def ngettext(one: str, many: str, n: int, /, **places: object) -> str:
    """Return the plural form of a message that `n` asks for."""
    return _filled(_catalogue(spoken()).ngettext(one, many, n), places)


def joined(parts: Sequence[str]) -> str:
    """Return "a, b and c"."""
    if len(parts) < 2:  # noqa: PLR2004 - nothing to join
        return "".join(parts)
    return tr("{first} and {last}", first=tr(", ").join(parts[:-1]), last=parts[-1])


def sentences(parts: Iterable[str]) -> str:
    """Return sentences one after the other, those without words left out."""
    return gap().join(part for part in parts if part)


def gap() -> str:
    """Return what stands between two sentences: some languages have no space there."""
    return pgettext("between sentences", "{one} {other}", one="", other="")


def page_words(language: Language) -> dict[str, str | list[str]]:
    """Return what the scripts of the pages say in a language: message -> its words."""
    text = (files("geodata") / FOLDER / f"page.{language}.json").read_text(encoding="utf-8")
    words: dict[str, str | list[str]] = json.loads(text)
    return words


def _filled(text: str, places: dict[str, object]) -> str:
    return text.format_map(places) if places else text


@cache
def _catalogue(language: Language) -> gettext.NullTranslations:
    """Return the compiled catalogue of a language; English needs none."""
    if language == "en":
        return gettext.NullTranslations()
    with (files("geodata") / FOLDER / f"{language}.mo").open("rb") as stream:
        return gettext.GNUTranslations(stream)
