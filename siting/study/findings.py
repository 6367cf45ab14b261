"""What pydantic finds in a study or a grid, as faults: file, line, key, value and a hint."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from pydantic import BaseModel

from geodata.errors import Fault
from geodata.load import nearest
from siting.study.fields import number_hint
from siting.study.lenses import LENSES
from siting.study.plainyaml import column_of

# Keys of studies written for the former model, and what says the same now.
FORMER = "a key of the former model"
GONE = {
    "strategy": f"name a lens instead, as in `lens: premium_local` ({', '.join(LENSES)})",
    "prior": "one lens ranks: leave it out and name it under `lens`",
    "sharpness": "leave it out: the scale of the odds is fitted (docs/method.md)",
}
_ABSENT = "fill it in, or leave the key out"
# What is wrong, by pydantic's type of error, and the hint made of its context and the value.
_Mend = Callable[[Mapping[str, Any], Any], str]
_WORDS: dict[str, tuple[str, _Mend]] = {
    "greater_than_equal": ("too small", lambda of, _: f"give {_shown(of['ge'])} or more"),
    "less_than_equal": ("too large", lambda of, _: f"give {_shown(of['le'])} or less"),
    "int_from_float": ("not a whole number", lambda _, value: f"write {value:.0f}"),
    "finite_number": ("not a number", lambda _of, _value: "give a plain number"),
    "string_too_long": (
        "too long", lambda of, _: f"give at most {of['max_length']} characters"
    ),
    "too_short": ("an empty list", lambda of, _: f"give at least {of['min_length']}"),
    "too_long": ("too many", lambda of, _: f"give at most {of['max_length']}"),
    "missing": ("this key is missing", lambda _of, _value: "add it"),
    "string_pattern_mismatch": (
        "no name of a folder",
        lambda _of, _value: "use letters, digits, blanks, dots, dashes and underscores, "
        "64 at most, a letter or digit first",
    ),
}  # fmt: skip
_ONE, _SOME, _KEYS = "write one value", "write a list: [a, b]", "write `key: value` below it"
# Where a value is of another kind: what is wrong, the hint of a single value and that of others.
_KINDS: dict[str, tuple[str, Callable[[Any], str], str]] = {
    "float_type": ("not a number", lambda value: number_hint(str(value)), _ONE),
    "int_type": ("not a number", lambda value: number_hint(str(value)), _ONE),
    "int_parsing_size": ("too large", lambda _: "give fewer digits", _ONE),
    "string_type": (
        "not text", lambda value: f'write it in quotes: "{_as_written(value)}"', _ONE
    ),
    "tuple_type": ("not a list", lambda value: f"write it as a list: [{value}]", _SOME),
    "list_type": ("not a list", lambda value: f"write it as a list: [{value}]", _SOME),
    "dict_type": ("not a mapping of keys", lambda _: _KEYS, _KEYS),
    "model_type": ("not a mapping of keys", lambda _: _KEYS, _KEYS),
}  # fmt: skip


def fault_of(
    error: Any, name: str, lines: Mapping[tuple[str, ...], int], model: type[BaseModel]
) -> Fault:
    """Turn one finding of pydantic into a fault.

    Parameters
    ----------
    error : dict
        Of `ValidationError.errors()`.
    name : str
        File.
    lines : mapping
        Path of keys -> line.
    model : type
        What was validated.
    """
    path = tuple(str(step) for step in error["loc"] if step != "[key]")
    row = next((lines[path[:i]] for i in range(len(path), -1, -1) if path[:i] in lines), None)
    column = column_of(path)
    if error["type"] == "extra_forbidden" and former(path):
        return Fault(name, FORMER, GONE[path[-1]], row, column)
    if error["type"] == "extra_forbidden":
        return Fault(name, "unknown key", _key_hint(path, model), row, column)
    what, hint, value = _words(error)
    return Fault(name, what, hint, row, column, _as_written(value))


def _words(error: Any) -> tuple[str, str, Any]:
    """Return what is wrong, the hint and the value at fault."""
    kind, value, of = error["type"], error["input"], error.get("ctx", {})
    if kind == "siting":
        return of["what"], of["hint"], value if of["value"] is None else of["value"]
    if kind == "literal_error":
        names = re.findall(r"'([^']*)'", of["expected"])
        return "none of the words that may stand here", nearest(str(value), names), value
    if kind in _WORDS:
        what, hint = _WORDS[kind]
        return "not a number" if value != value else what, hint(of, value), value  # noqa: PLR0124 - NaN
    if value is None:
        return "nothing is given", _ABSENT, None
    if kind in _KINDS:
        what, hint_of, other = _KINDS[kind]
        return what, other if isinstance(value, dict | list | tuple) else hint_of(value), value
    what = error["msg"].removeprefix("Value error, ")
    return what[:1].lower() + what[1:], "see docs/study.md", value


def _as_written(value: Any) -> str | None:
    """Return a single value as the file has it; None for none and for lists and mappings."""
    if value is None or isinstance(value, dict | list | tuple):
        return None
    return str(value).lower() if isinstance(value, bool) else str(value)


def _shown(bound: float) -> str:
    return f"{bound:.0f}" if bound == round(bound) else f"{bound:g}"


def former(path: Sequence[str]) -> bool:
    """Whether a key is one that the former model had, of a study or of a stakeholder."""
    return path[-1] in GONE and (len(path) == 1 or path[0] == "stakeholders")


def _key_hint(path: tuple[str, ...], model: type[BaseModel]) -> str:
    word, colon, rest = path[-1].partition(":")
    if colon and rest:  # {a:1} is one key of YAML
        return f"put a blank after the colon: {word}: {rest}"
    return nearest(path[-1], _siblings(path, model))


def _siblings(path: Iterable[str], model: Any) -> list[str]:
    """Return the keys that a model knows beside the last step of `path`."""
    for step in tuple(path)[:-1]:
        field = _fields(model).get(step)
        model = _model_in(field.annotation) if field else model
    return list(_fields(model))


def _fields(model: Any) -> dict[str, Any]:
    """Return the fields of a model by the key that a file has."""
    known = getattr(model, "model_fields", {})
    return {field.alias or name: field for name, field in known.items()}


def _model_in(annotation: Any) -> Any:
    """Return the section model inside an annotation such as ``tuple[Exclusion, ...]``."""
    if hasattr(annotation, "model_fields"):
        return annotation
    inner = [_model_in(a) for a in getattr(annotation, "__args__", ())]
    return next((model for model in inner if model is not None), None)
