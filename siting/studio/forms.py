"""A field of the form as a line of the study: the text stays the source, comments and order too."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError

from geodata.errors import Fault, SitingError
from geodata.language import tr
from siting.study.plainyaml import keys_and_lines
from siting.study.schema import study_schema
from siting.study.study import Study

# The keys of a study as a form shows them; `groups` puts a key that is in none at the end.
GROUPS: dict[str, tuple[str, ...]] = {
    "Question": ("name", "question", "language", "product", "furnace", "capacity_ktpa", "as_of",
                 "demand_year"),
    "Investor": ("investor", "owner", "finance"),
    "Sites": ("candidates", "exclude", "listing"),
    "Price": ("price_usd_per_t", "chinese_price_usd_per_t", "carbon_price_usd_per_t"),
    "Weights": ("lens", "weights", "stakeholders", "anchors", "reach"),
    "Laws and events": ("policies", "events", "snapshots"),
    "Own figures": ("parameters", "factors", "tables"),
    "Certainty": ("confidence",),
    "Portfolio": ("portfolio",),
}  # fmt: skip
_WIDE = 100  # characters of a line before a value is folded
_EXACT = 1e15  # below it a whole number has all its digits


def groups() -> list[dict[str, Any]]:
    """Return the groups of the form, each with its title and keys; every key is in one."""
    placed = {key for keys in GROUPS.values() for key in keys}
    rest = [key for key in Study.model_fields if key not in placed]
    more = {**GROUPS, "More": tuple(rest)} if rest else GROUPS
    return [{"title": title, "keys": list(keys)} for title, keys in more.items()]


def schema() -> dict[str, Any]:
    """Return the JSON Schema of a study with the groups of the form as `x-groups`."""
    return {**_described(study_schema()), "x-groups": groups()}


def _described(part: Any) -> Any:
    """Return a schema with its descriptions in the language spoken."""
    if isinstance(part, list):
        return [_described(value) for value in part]
    if not isinstance(part, dict):
        return part
    return {
        key: tr(value) if key == "description" and isinstance(value, str) else _described(value)
        for key, value in part.items()
    }


def with_value(text: str, name: str, path: Sequence[str | int], value: Any) -> str:
    """Return the text of a study with one key set, its comments and order kept.

    Parameters
    ----------
    text : str
        YAML.
    name : str
        File, for faults.
    path : sequence of str or int
        Keys from the outermost one, numbers in lists; a number one past the end adds to the list.
    value
        As JSON has it; None takes the key out, and every key above that is then empty.

    Raises
    ------
    SitingError
        When the text is no YAML of a study, or the path leads nowhere.
    """
    keys_and_lines(text, name)  # refuses aliases, tags and endless depth before anything is built
    yaml = _yaml()
    try:
        tree = yaml.load(text)
    except YAMLError:
        raise _nowhere(name, path) from None
    tree = CommentedMap() if tree is None else tree
    _set(tree, list(path), value, name)
    written = io.StringIO()
    yaml.dump(tree, written)
    made = written.getvalue()
    return "" if made.strip() == "{}" else made


def _yaml() -> YAML:
    yaml = YAML(typ="rt")
    yaml.preserve_quotes = True
    yaml.width = _WIDE
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def _set(tree: Any, path: list[str | int], value: Any, name: str) -> None:
    """Set a value in a tree, with every mapping above it that is not there yet."""
    above, spots = tree, []
    for step, following in zip(path, [*path[1:], None], strict=True):
        if not _fits(above, step):
            raise _nowhere(name, path)
        spots.append((above, step))
        if following is None:
            break
        inner = above[step] if _has(above, step) else None
        if inner is None:
            inner = CommentedSeq() if isinstance(following, int) else CommentedMap()
            _put(above, step, inner)
        above = inner
    if not spots:
        raise _nowhere(name, path)
    owner, last = spots.pop()
    if value is not None:
        _put(owner, last, _plain(value))
    elif _has(owner, last):
        del owner[last]
        while spots and not owner:
            owner, last = spots.pop()
            del owner[last]


def _fits(above: Any, step: str | int) -> bool:
    if isinstance(step, int):
        return isinstance(above, list) and 0 <= step <= len(above)
    return isinstance(above, dict)


def _has(above: Any, step: str | int) -> bool:
    return step < len(above) if isinstance(step, int) else step in above


def _put(above: Any, step: str | int, value: Any) -> None:
    if isinstance(step, int) and step == len(above):
        above.append(value)
    else:
        above[step] = value


def _plain(value: Any) -> Any:
    """Return a value of JSON as YAML writes it: a whole number without a decimal point."""
    if isinstance(value, dict):
        return CommentedMap((str(key), _plain(inner)) for key, inner in value.items())
    if isinstance(value, list):
        return CommentedSeq(_plain(inner) for inner in value)
    if isinstance(value, float) and value.is_integer() and abs(value) < _EXACT:
        return int(value)
    return value


def _nowhere(name: str, path: Sequence[str | int]) -> SitingError:
    spot = ".".join(map(str, path))
    hint = tr("correct the text first: the form writes into it")
    return SitingError(Fault(name, tr("this key cannot be set in the text"), hint, None, spot))
