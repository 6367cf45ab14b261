"""What differs between two texts of a study: in words, and line by line."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from typing import Any

from geodata.errors import SitingError, shorten
from geodata.language import tr
from siting.study.plainyaml import keys_and_lines

ARROW = "\N{RIGHTWARDS ARROW}"
_ABSENT = object()
_MOST = 60  # characters of a value in a sentence


def in_words(before: str, after: str) -> list[str]:
    """Return a sentence for each key that differs, as ``price_usd_per_t: 2980 → 4500``.

    A text that cannot be read has no keys: then one sentence says so.
    """
    try:
        old, new = (dict(_flat(keys_and_lines(text, "study")[0])) for text in (before, after))
    except SitingError:
        return [tr("a text that cannot be read as a study")] if before != after else []
    keys = list(dict.fromkeys([*old, *new]))
    differ = [key for key in keys if old.get(key, _ABSENT) != new.get(key, _ABSENT)]
    sentences = [_sentence(key, old.get(key, _ABSENT), new.get(key, _ABSENT)) for key in differ]
    return sentences or ([tr("comments or layout alone")] if before != after else [])


def by_line(before: str, after: str) -> list[dict[str, str]]:
    """Return the lines of both texts, " " in both, "-" in the first, "+" in the second."""
    lines = difflib.ndiff(before.splitlines(), after.splitlines())
    return [{"kind": line[0], "text": line[2:]} for line in lines if line[0] != "?"]


def _flat(value: Any, above: str = "") -> Iterator[tuple[str, object]]:
    """Yield every value with the path of its keys, dots between."""
    steps: list[tuple[Any, Any]] = list(value.items()) if isinstance(value, Mapping) else []
    if isinstance(value, list) and any(isinstance(item, (Mapping, list)) for item in value):
        steps = list(enumerate(value))
    if not steps:
        yield above, value
    for key, inner in steps:
        yield from _flat(inner, f"{above}.{key}" if above else str(key))


def _sentence(key: str, old: object, new: object) -> str:
    if new is _ABSENT:
        return tr("{key}: {value} taken out", key=key, value=_shown(old))
    if old is _ABSENT:
        return tr("{key}: {value} added", key=key, value=_shown(new))
    return f"{key}: {_shown(old)} {ARROW} {_shown(new)}"


def _shown(value: object) -> str:
    if value is None or value == {}:
        return tr("nothing")
    if isinstance(value, list):
        return shorten(", ".join(map(str, value)), _MOST)
    return shorten(value, _MOST)
