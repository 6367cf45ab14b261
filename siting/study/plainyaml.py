"""YAML as people mean it: the core schema of 1.2, stricter with numbers, every fault at once.

PyYAML reads 1.1, where 050 is 40, 1:30 is 90, NO is false, a date is no text and the last of two
equal keys wins in silence. Here a number is decimal digits, only `true` and `false` are no text,
and a key is there once. Whatever else a scalar says is text, which the study then checks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from geodata.errors import Fault, SitingError, raise_if, shorten
from geodata.language import tr

MAX_PATH = 160  # characters of a key with all its parents
MAX_BYTES = 1_000_000  # of a study
_DEEPEST = 20  # mappings and lists in each other; a study needs six
_MOST = 100_000  # keys and values; five hundred stakeholders with every weight have 40,000
_HALF = re.compile("[\ud800-\udfff]")
_DIGITS = 300  # of a whole number; a longer one is no number for a computer
_INTEGER = r"[-+]?(?:0|[1-9][0-9]*)"
_DECIMAL = r"[-+]?(?:(?:0|[1-9][0-9]*)(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?"
_NUMBER_SIGNS = list("-+.0123456789")
# Tag, what a plain scalar of it looks like, and the characters that it starts with.
_CORE = (
    ("tag:yaml.org,2002:null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("tag:yaml.org,2002:bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("tag:yaml.org,2002:int", _INTEGER, _NUMBER_SIGNS),
    ("tag:yaml.org,2002:float", _DECIMAL, _NUMBER_SIGNS),
    ("tag:yaml.org,2002:float", r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)", list("-+.")),
)
NUMBER = re.compile(_DECIMAL)
Lines = dict[tuple[str, ...], int]


class _Loader(yaml.SafeLoader):
    """Composes nodes; aliases, tags and endless depth are faults that it keeps."""

    def __init__(self, text: str, name: str) -> None:
        super().__init__(text)
        self.where = name
        self.faults: list[Fault] = []
        self._depth = self._count = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """Compose a node, and note what a study never holds."""
        event = self.peek_event()  # type: ignore[no-untyped-call] # untyped
        row = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent):
            self.get_event()  # type: ignore[no-untyped-call] # untyped
            what, value = tr("YAML aliases are not read"), f"*{event.anchor}"
            self.faults.append(Fault(self.where, what, tr("write the value out"), row, None, value))
            return yaml.ScalarNode("tag:yaml.org,2002:null", "", event.start_mark)  # type: ignore[arg-type] # stubs want text
        if event.tag is not None:
            what, value = (
                tr("YAML tags are not read"),
                event.tag.replace("tag:yaml.org,2002:", "!!"),
            )
            self.faults.append(
                Fault(self.where, what, tr("write the value alone"), row, None, value)
            )
            event.tag = None
        if isinstance(event, yaml.ScalarEvent) and _HALF.search(event.value):
            what = tr("holds half of a character")
            hint = tr("write the character itself, not its escape")
            self.faults.append(Fault(self.where, what, hint, row, None, event.value))
        self._count += 1
        if self._count > _MOST:
            what = tr("more than {n} values: too large for a study", n=f"{_MOST:,}")
            raise SitingError(Fault(self.where, what, tr("is it the right file?"), row))
        if self._depth == _DEEPEST:
            what = tr("more than {n} lists or keys in each other", n=_DEEPEST)
            hint = tr("close the brackets, or indent less")
            raise SitingError(Fault(self.where, what, hint, row))
        self._depth += 1
        node: yaml.Node | None = super().compose_node(parent, index)
        self._depth -= 1
        return node


_Loader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in _CORE:
    _Loader.add_implicit_resolver(_tag, re.compile(f"^(?:{_pattern})$"), _first)


def keys_and_lines(text: str, name: str) -> tuple[dict[str, Any], Lines]:
    """Return the mapping of a YAML text and the line of each key and each item of a list.

    Parameters
    ----------
    text : str
    name : str
        Of the file, for faults.

    Returns
    -------
    keys : dict
        Text, numbers, booleans, None, lists and dicts; every key is text.
    lines : dict
        Path of keys and positions -> line, from 1.

    Raises
    ------
    SitingError
        With every fault: no YAML, a key written twice, an alias, a tag.
    """
    if "\x00" in text:
        what, hint = tr("holds NUL bytes: not a study"), tr("is it the right file?")
        raise SitingError(Fault(name, what, hint))
    node, faults = _composed(text, name)
    lines: Lines = {}
    keys = {} if node is None else _value(node, (), lines, name, faults)
    raise_if(faults)
    if keys is None:
        keys = {}
    if not isinstance(keys, dict):
        hint = tr("write `key: value`, with a blank after the colon; see `siting init`")
        raise SitingError(Fault(name, tr("a study is a mapping of keys"), hint, 1))
    return keys, lines


def _hints() -> tuple[tuple[str, str], ...]:
    """Return what corrects a text that is no YAML, by a part of PyYAML's own words."""
    one_document = tr("keep one document: delete the lines from the second --- on")
    return (
        ("'\\t'", tr("indent with blanks, not tabs")),
        ("cannot start any token", tr("put the value in quotes")),
        ("unknown escape", tr("put the value in single quotes, or write / in place of \\")),
        ("expected a single document", one_document),
        ("found unexpected end of stream", tr("close the quotes or brackets")),
        ("mapping values are not allowed", tr("put the value in quotes, or start a new line")),
    )


def _composed(text: str, name: str) -> tuple[yaml.Node | None, list[Fault]]:
    """Return the tree of a text, and what it holds that is not read."""
    try:
        loader = _Loader(text, name)
        return loader.get_single_node(), loader.faults
    except SitingError:
        raise
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        what, code = tr("not YAML: a control character"), f"U+{ord(text[error.position]):04X}"
        raise SitingError(Fault(name, what, tr("delete it"), line, None, code)) from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        row = mark.line + 1 if mark else None
        problem = error.problem or error.context or tr("cannot be read")
        what = tr("not YAML: {problem}", problem=problem)
        near = f"{error.context} {problem}"
        hint = next(
            (hint for part, hint in _hints() if part in near), tr("check indents and colons")
        )
        raise SitingError(Fault(name, what, hint, row)) from None
    except (ValueError, OverflowError):  # of an escape such as \\Uffffffff, or a directive
        what = tr("not YAML: an escape or directive that is none")
        raise SitingError(Fault(name, what, tr("write the character itself"))) from None


def _value(
    node: yaml.Node, path: tuple[str, ...], lines: Lines, name: str, faults: list[Fault]
) -> Any:
    """Return what a node says; its lines and faults are added to `lines` and `faults`."""
    lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.SequenceNode):
        items = enumerate(node.value)
        return [_value(item, (*path, str(i)), lines, name, faults) for i, item in items]
    if isinstance(node, yaml.MappingNode):
        mapping: dict[str, Any] = {}
        for key, value, row in _pairs(node, path, name, faults):
            own = (*path, key)
            if key in mapping:
                what, column = tr("given twice, on row {row} too", row=lines[own]), column_of(own)
                faults.append(Fault(name, what, tr("keep one of the two"), row, column))
                continue
            lines[own] = row
            mapping[key] = _value(value, own, lines, name, faults)
        return mapping
    return _scalar(node)


def _pairs(
    node: yaml.MappingNode, path: tuple[str, ...], name: str, faults: list[Fault]
) -> Iterator[tuple[str, yaml.Node, int]]:
    """Yield key, value and line; a key that is no word is a fault."""
    for key, value in node.value:
        row = key.start_mark.line + 1
        if isinstance(key, yaml.ScalarNode):
            yield str(key.value), value, row
        else:
            what = tr("a list or mapping where a key is wanted")
            hint = tr("write a word before the colon")
            faults.append(Fault(name, what, hint, row, column_of(path)))


def _scalar(node: yaml.Node) -> Any:
    """Return the text, number, boolean or None of a scalar."""
    text, kind = str(node.value), node.tag.removeprefix("tag:yaml.org,2002:")
    if kind == "null":
        return None
    if kind == "bool":
        return text.lower() == "true"
    if kind == "int" and len(text) <= _DIGITS:
        return int(text)
    if kind in {"int", "float"}:
        return float(text.lower().replace(".inf", "inf").replace(".nan", "nan"))
    return text


def column_of(path: tuple[str, ...]) -> str:
    """Return a path of keys as a fault names it."""
    return shorten(".".join(path), MAX_PATH)
