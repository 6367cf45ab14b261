"""A study as a YAML file: read with every fault at once, written with comments."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from geodata.errors import Fault, SitingError, raise_if, shorten
from geodata.load import nearest
from geodata.tables import TABLES
from siting.study.criteria import CRITERIA, PILLARS, value_function
from siting.study.lenses import LENSES, Tree
from siting.study.parameters import rows_of
from siting.study.study import Changes, Study
from siting.study.values import BOUNDS
from siting.study.weights import tree_of, weighs_something

MAX_BYTES = 1_000_000
MAX_PATH = 160  # characters of a key with all that it stands in
_TRAPS = ("tag:yaml.org,2002:bool", "tag:yaml.org,2002:timestamp")
# Keys of studies written for the former model, and what says the same now.
FORMER = "a key of the former model"
GONE = {
    "strategy": f"name a lens instead, as in `lens: premium_local` ({', '.join(LENSES)})",
    "prior": "one lens ranks: leave it out and name it under `lens`",
    "sharpness": "leave it out: the scale of the odds is fitted (docs/method.md)",
}
PRESETS = ("balanced", "premium_local", "low_cost_export", "onshoring", "article_2023")


class _Loader(yaml.SafeLoader):
    """Safe YAML without its traps: NO is Norway and a date is text until the study checks it."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, regexp) for tag, regexp in resolvers if tag not in _TRAPS]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(true|false)$"), list("tf"))


def preset(name: str) -> Study:
    """Return a named study of `PRESETS`.

    Raises
    ------
    SitingError
        When there is no preset of that name.
    """
    if name not in PRESETS:
        raise SitingError(
            Fault("preset", "no such preset or study file", nearest(name, PRESETS), value=name)
        )
    text = (
        resources.files("siting.study").joinpath(f"presets/{name}.yaml").read_text(encoding="utf-8")
    )
    return parse(text, f"{name}.yaml", Path())


def read(path: Path) -> Study:
    """Read and check a study; its file names are relative to its own folder.

    Raises
    ------
    SitingError
        With every fault: file, line, key, value and hint.
    """
    if not path.is_file():
        raise SitingError(Fault(str(path), "no such study", "`siting init STUDY.yaml` writes one"))
    if path.stat().st_size > MAX_BYTES:
        raise SitingError(Fault(str(path), "too large for a study", "is it the right file?"))
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise SitingError(
            Fault(str(path), "not a text file in UTF-8", "save it as UTF-8")
        ) from None
    return parse(text, path.name, path.parent)


def named(name: str) -> Study:
    """Return the study of a file or of a preset.

    Raises
    ------
    SitingError
        See `read`.
    """
    path = Path(name)
    a_file = path.is_file() or path.suffix.lower() in (".yaml", ".yml")
    return read(path) if a_file and name not in PRESETS else preset(name)


def changed(study: Study, changes: Mapping[str, object]) -> Study:
    """Return the study with some keys set anew; None leaves a key as it is.

    Raises
    ------
    SitingError
        When a value does not fit its key.
    """
    new = {key: value for key, value in changes.items() if value is not None}
    try:
        made = Study.model_validate({**study.model_dump(), **new})
    except ValidationError as error:
        raise SitingError([_fault(e, "command line", {}) for e in error.errors()]) from None
    raise_if(check(made))
    return made


def parse(text: str, name: str, folder: Path) -> Study:
    """Check the text of a study; see `read`."""
    keys, lines = keys_and_lines(text, name)
    try:
        study = Study.model_validate(rooted(keys, folder))
    except ValidationError as error:
        raise SitingError([_fault(e, name, lines) for e in error.errors()]) from None
    raise_if(check(study, name, lines))
    return study


def keys_and_lines(text: str, name: str) -> tuple[dict[str, Any], dict[tuple[str, ...], int]]:
    """Return the mapping of a YAML text and the line of each key."""
    if "\x00" in text:
        raise SitingError(Fault(name, "holds NUL bytes: not a study", "is it the right file?"))
    try:
        if any(isinstance(e, yaml.AliasEvent) for e in yaml.parse(text, _Loader)):
            raise SitingError(Fault(name, "YAML aliases are not read", "write the value out"))
        node = yaml.compose(text, _Loader)
        keys = yaml.load(text, _Loader)  # noqa: S506 - a SafeLoader of our own
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or "cannot be read"
        row = mark.line + 1 if mark else None
        raise SitingError(
            Fault(name, f"not YAML: {what}", "check indents and colons", row)
        ) from None
    if keys is None:
        keys = {}
    if not isinstance(keys, dict):
        raise SitingError(Fault(name, "a study is a mapping of keys", "see `siting init`", 1))
    lines: dict[tuple[str, ...], int] = {}
    if node is not None:
        _note_lines(node, (), lines)
    return keys, lines


def _note_lines(node: yaml.Node, path: tuple[str, ...], lines: dict[tuple[str, ...], int]) -> None:
    lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            lines[(*path, str(key.value))] = key.start_mark.line + 1
            _note_lines(value, (*path, str(key.value)), lines)
    elif isinstance(node, yaml.SequenceNode):
        for i, value in enumerate(node.value):
            _note_lines(value, (*path, str(i)), lines)


def rooted(keys: dict[str, Any], folder: Path) -> dict[str, Any]:
    """Return the mapping with the file names of users rooted in the study's folder."""

    def root(value: object) -> object:
        return folder / value if isinstance(value, str) and value else value

    keys = dict(keys)
    if isinstance(keys.get("candidates"), dict) and "file" in keys["candidates"]:
        keys["candidates"] = {**keys["candidates"], "file": root(keys["candidates"]["file"])}
    if isinstance(keys.get("tables"), dict):
        keys["tables"] = {name: root(path) for name, path in keys["tables"].items()}
    if isinstance(keys.get("exclude"), list):
        keys["exclude"] = [
            {**e, "file": root(e.get("file"))} if isinstance(e, dict) and "file" in e else e
            for e in keys["exclude"]
        ]
    return keys


def _fault(error: Any, name: str, lines: Mapping[tuple[str, ...], int]) -> Fault:
    """Turn one finding of pydantic into a fault with its line and, for a key, the nearest one."""
    path = tuple(str(step) for step in error["loc"])
    row = next((lines[path[:i]] for i in range(len(path), -1, -1) if path[:i] in lines), None)
    column = shorten(".".join(path), MAX_PATH)
    if error["type"] == "extra_forbidden" and former(path):
        return Fault(name, FORMER, GONE[path[-1]], row, column)
    if error["type"] == "extra_forbidden":
        return Fault(name, "unknown key", nearest(path[-1], _siblings(path)), row, column)
    value = None if isinstance(error["input"], dict | list | tuple) else str(error["input"])
    what = error["msg"].removeprefix("Value error, ")
    hint = error.get("ctx", {}).get("hint", "")
    return Fault(name, what[:1].lower() + what[1:], hint, row, column, value)


def former(path: Sequence[str]) -> bool:
    """Whether a key is one that the former model had, of a study or of a stakeholder."""
    return path[-1] in GONE and (len(path) == 1 or path[0] == "stakeholders")


def _siblings(path: tuple[str, ...]) -> list[str]:
    """Return the keys that a study knows beside the last step of `path`."""
    model: Any = Study
    for step in path[:-1]:
        field = getattr(model, "model_fields", {}).get(step)
        model = _model_in(field.annotation) if field else model
    return list(getattr(model, "model_fields", {}))


def _model_in(annotation: Any) -> Any:
    """Return the section model inside an annotation such as ``tuple[Exclusion, ...]``."""
    if hasattr(annotation, "model_fields"):
        return annotation
    inner = [_model_in(a) for a in getattr(annotation, "__args__", ())]
    return next((model for model in inner if model is not None), None)


def check(
    study: Study, name: str = "study", lines: Mapping[tuple[str, ...], int] | None = None
) -> list[Fault]:
    """Return what is wrong with the names and weights of a study."""
    spots = lines or {}
    faults: list[Fault] = []

    def unknown(
        path: tuple[str, ...], given: Iterable[str], known: Iterable[str], what: str
    ) -> None:
        known = list(known)
        faults.extend(
            Fault(
                name,
                f"unknown {what}",
                nearest(key, known),
                spots.get((*path, key)),
                ".".join(path),
                key,
            )
            for key in given
            if key not in known
        )

    def names_of(path: tuple[str, ...], changes: Changes) -> None:
        unknown((*path, "weights"), changes, PILLARS, "pillar")
        for pillar, chosen in changes.items():
            own = [key for key, c in CRITERIA.items() if c.pillar == pillar]
            unknown((*path, "weights", pillar, "criteria"), chosen.criteria, own,
                    f"criterion of {pillar}")  # fmt: skip

    unknown(("anchors",), study.anchors, CRITERIA, "criterion")
    for key, anchor in study.anchors.items():
        if key in CRITERIA:
            function = value_function(key, (anchor.worst, anchor.best))
            if not function.sound:
                what, row = "anchors that make no value", spots.get(("anchors", key))
                faults.append(Fault(name, what, BOUNDS[function.shape], row, f"anchors.{key}"))
    unknown(("tables",), study.tables, TABLES, "table")
    rows = rows_of(study.product, study.furnace).values()
    unknown(("parameters",), study.parameters, rows, f"parameter of {study.product} graphite")
    names_of((), study.weights)
    for person, view in study.stakeholders.items():
        names_of(("stakeholders", person), view.weights)
    if not faults:
        faults = _weights(study, name, spots)
        own = {(f.what, f.column) for f in faults}  # of the study itself, not of everybody again
        for person in study.stakeholders:
            path = ("stakeholders", person)
            start = ".".join(path) + "."
            faults += [
                fault
                for fault in _weights(study.seen_by(person), name, spots, path)
                if (fault.what, (fault.column or "").removeprefix(start)) not in own
            ]
    return faults + _shares(study, name, spots)


def _shares(study: Study, name: str, spots: Mapping[tuple[str, ...], int]) -> list[Fault]:
    """Return shares of stakeholders that say too little."""
    faults: list[Fault] = []
    shares = [own.share for own in study.stakeholders.values()]
    given = [share for share in shares if share is not None]
    row = spots.get(("stakeholders",))
    if given and len(given) < len(shares):
        what, hint = "some have a share and some have none", "give all of them one, or nobody"
        faults.append(Fault(name, what, hint, row, "stakeholders"))
    elif given and not sum(given) > 0:
        hint = "give one stakeholder a share above zero"
        faults.append(Fault(name, "all shares are zero", hint, row, "stakeholders"))
    return faults


def _weights(
    study: Study,
    name: str,
    spots: Mapping[tuple[str, ...], int],
    above: tuple[str, ...] = (),
) -> list[Fault]:
    """Return what is wrong with weights as a whole: nothing weighs, or money weighs twice."""
    tree, path = tree_of(study), (*above, "weights")
    row, column = spots.get(path), ".".join(path)
    faults = []
    if not weighs_something(tree):
        hint = "give at least one pillar and one of its criteria a weight above zero"
        faults.append(Fault(name, "all weights are zero", hint, row, column))
    twice = _counted_twice(study, tree)
    if twice:
        what = f"{', '.join(twice)} would be counted twice: delivered_cost holds it already"
        faults.append(Fault(name, what, "weigh one of the two with zero", row, column))
    return faults


def _counted_twice(study: Study, tree: Tree) -> list[str]:
    """Return the criteria whose money the tree's delivered cost already holds."""
    weights = {key: w * own for w, criteria in tree.values() for key, own in criteria.items()}
    if not weights.get("delivered_cost"):
        return []
    held = {key for key, criterion in CRITERIA.items() if criterion.in_delivered_cost}
    held |= {"grid_carbon"} if study.carbon_price_usd_per_t else set()
    return [key for key, weight in weights.items() if weight and key in held]
