"""What pydantic finds in a study or a grid, as faults: file, line, key, value and a hint."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from pydantic import BaseModel

from geodata.errors import Fault
from geodata.language import ngettext, tr
from geodata.load import nearest
from siting.study.fields import number_hint
from siting.study.lenses import LENSES
from siting.study.plainyaml import column_of

# Keys of studies written for the former model, and what says the same now.
GONE: dict[str, Callable[[], str]] = {
    "strategy": lambda: tr(
        "name a lens instead, as in `lens: premium_local` ({names})", names=", ".join(LENSES)
    ),
    "prior": lambda: tr("one lens ranks: leave it out and name it under `lens`"),
    "sharpness": lambda: tr("leave it out: the scale of the odds is fitted (docs/method.md)"),
}
# What is wrong, and what corrects it, by pydantic's type of error, its context and the value.
_Words = Callable[[Mapping[str, Any], Any], tuple[str, str]]
_WORDS: dict[str, _Words] = {
    "greater_than_equal": lambda of, _: (
        tr("too small"), tr("give {least} or more", least=_shown(of["ge"]))
    ),
    "less_than_equal": lambda of, _: (
        tr("too large"), tr("give {most} or less", most=_shown(of["le"]))
    ),
    "int_from_float": lambda _, value: (
        tr("not a whole number"), tr("write {value}", value=f"{value:.0f}")
    ),
    "finite_number": lambda _of, _value: (tr("not a number"), tr("give a plain number")),
    "string_too_long": lambda of, _: (tr("too long"), _at_most_characters(of["max_length"])),
    "too_short": lambda of, _: (tr("an empty list"), tr("give at least {n}", n=of["min_length"])),
    "too_long": lambda of, _: (tr("too many"), tr("give at most {n}", n=of["max_length"])),
    "missing": lambda _of, _value: (tr("this key is missing"), tr("add it")),
    "string_pattern_mismatch": lambda _of, _value: (
        tr("no name of a folder"),
        tr("use letters, digits, blanks, dots, dashes and underscores, "
           "64 at most, a letter or digit first"),
    ),
}  # fmt: skip
# Where a value is of another kind: what is wrong, and the hint of a single value.
_KINDS: dict[str, Callable[[Any], tuple[str, str]]] = {
    "float_type": lambda value: (tr("not a number"), number_hint(str(value))),
    "int_type": lambda value: (tr("not a number"), number_hint(str(value))),
    "int_parsing_size": lambda _: (tr("too large"), tr("give fewer digits")),
    "string_type": lambda value: (
        tr("not text"), tr('write it in quotes: "{value}"', value=_as_written(value))
    ),
    "tuple_type": lambda value: (tr("not a list"), _listed(value)),
    "list_type": lambda value: (tr("not a list"), _listed(value)),
    "dict_type": lambda _: (tr("not a mapping of keys"), _keys_below()),
    "model_type": lambda _: (tr("not a mapping of keys"), _keys_below()),
}  # fmt: skip


def former_words(key: str) -> tuple[str, str]:
    """Return what is wrong with a key of the former model, and what says the same now."""
    return tr("a key of the former model"), GONE[key]()


def _at_most_characters(n: int) -> str:
    return ngettext("give at most {n} character", "give at most {n} characters", n, n=n)


def _listed(value: Any) -> str:
    return tr("write it as a list: [{value}]", value=value)


def _keys_below() -> str:
    return tr("write `key: value` below it")


def _of_one(kind: str) -> str:
    """Return the hint where a list or a mapping stands and something else is wanted."""
    if kind in ("tuple_type", "list_type"):
        return tr("write a list: [a, b]")
    return _keys_below() if kind in ("dict_type", "model_type") else tr("write one value")


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
        return Fault(name, *former_words(path[-1]), row, column)
    if error["type"] == "extra_forbidden":
        return Fault(name, tr("unknown key"), _key_hint(path, model), row, column)
    what, hint, value = _words(error)
    return Fault(name, what, hint, row, column, _as_written(value))


def _words(error: Any) -> tuple[str, str, Any]:
    """Return what is wrong, the hint and the value at fault."""
    kind, value, of = error["type"], error["input"], error.get("ctx", {})
    if kind == "siting":
        return of["what"], of["hint"], value if of["value"] is None else of["value"]
    if kind == "literal_error":
        names = re.findall(r"'([^']*)'", of["expected"])
        return tr("none of the words that may stand here"), nearest(str(value), names), value
    if kind in _WORDS:
        what, hint = _WORDS[kind](of, value)
        return tr("not a number") if value != value else what, hint, value  # noqa: PLR0124 - NaN
    if value is None:
        return tr("nothing is given"), tr("fill it in, or leave the key out"), None
    if kind in _KINDS:
        what, hint = _KINDS[kind](value)
        return what, _of_one(kind) if isinstance(value, dict | list | tuple) else hint, value
    what = error["msg"].removeprefix("Value error, ")
    return what[:1].lower() + what[1:], tr("see docs/study.md"), value


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
        return tr("put a blank after the colon: {pair}", pair=f"{word}: {rest}")
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
