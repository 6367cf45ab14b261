"""The types of the page's payload, as its scripts are checked by, held to a payload."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from browser import SCRIPTS

TEXT = re.sub(r"/\*\*.*?\*/|//[^\n]*", "", (SCRIPTS / "payload.d.ts").read_text(encoding="utf-8"))
FIELD = re.compile(r"(\w+)(\??): ([^;]+(?:\{[^}]*\}[^;]*)?);?")
INTERFACES = {
    name: {key: (kind, bool(maybe)) for key, maybe, kind in FIELD.findall(body)}
    for name, body in re.findall(r"export interface (\w+) \{\n(.*?)\n\}", TEXT, re.DOTALL)
}
ALIASES = dict(re.findall(r"export type (\w+) = (.+);", TEXT))
PLAIN = {"string": str, "boolean": bool, "number": (int, float)}
Misfits = Iterator[str]


def misfits(value: Any, kind: str, at: str = "payload") -> Misfits:
    """Give where a value is not of a type of `payload.d.ts`: a path and the type it should have."""
    kind = ALIASES.get(kind.strip(), kind.strip())
    look, found = next((look, m) for form, look in FORMS if (m := re.fullmatch(form, kind)))
    yield from look(value, found[1], at)


def _maybe(value: Any, kind: str, at: str) -> Misfits:
    if value is not None:
        yield from misfits(value, kind, at)


def _plain(value: Any, kind: str, at: str) -> Misfits:
    if not isinstance(value, PLAIN[kind]) or (kind == "number" and isinstance(value, bool)):
        yield f"{at}: {value!r} is no {kind}"


def _list(value: Any, kind: str, at: str) -> Misfits:
    for place, one in enumerate(value):
        yield from misfits(one, kind, f"{at}[{place}]")


def _tuple(value: Any, kinds: str, at: str) -> Misfits:
    parts = kinds.split(", ")
    if len(parts) != len(value):
        yield f"{at}: {len(value)} parts, not {len(parts)}"
    for place, (one, kind) in enumerate(zip(value, parts, strict=False)):
        yield from misfits(one, kind, f"{at}[{place}]")


def _record(value: Any, kind: str, at: str) -> Misfits:
    for key, one in value.items():
        yield from misfits(one, kind, f"{at}.{key}")


def _table(value: Any, row: str, at: str) -> Misfits:
    columns = {key: (f"({kind})[]", maybe) for key, (kind, maybe) in INTERFACES[row].items()}
    yield from _fields(value, columns, at)


def _object(value: Any, body: str, at: str) -> Misfits:
    fields = {key: (kind, bool(maybe)) for key, maybe, kind in FIELD.findall(body)}
    yield from _fields(value, fields, at)


def _interface(value: Any, name: str, at: str) -> Misfits:
    yield from _fields(value, INTERFACES[name], at)


def _fields(value: dict[str, Any], fields: dict[str, tuple[str, bool]], at: str) -> Misfits:
    """Give what differs of an object: fields that it lacks or has too many, and those within."""
    wanted = {key for key, (_, maybe) in fields.items() if not maybe}
    yield from (f"{at}: no {key}" for key in sorted(wanted - value.keys()))
    yield from (f"{at}: {key} stands in no type" for key in sorted(value.keys() - fields.keys()))
    for key in value.keys() & fields.keys():
        yield from misfits(value[key], fields[key][0], f"{at}.{key}")


# The first form that a type has; what it holds goes to the function.
FORMS: tuple[tuple[str, Callable[[Any, str, str], Misfits]], ...] = (
    (r"(.+) \| null", _maybe),
    (f"({'|'.join(PLAIN)})", _plain),
    (r"(.+)\[\]", _list),
    (r"\[(.+)\]", _tuple),
    (r"\((.+)\)", misfits),
    (r"Record<string, (.+)>", _record),
    (r"Table<(\w+)>", _table),
    (r"\{(.+)\}", _object),
    (r"(\w+)", _interface),
)
