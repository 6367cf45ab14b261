"""The grid of a sweep: which keys of a study take which values, read with every fault at once."""

from __future__ import annotations

import itertools
import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from geodata.errors import Fault, SitingError, raise_if, shorten
from geodata.load import nearest
from geodata.plaintext import plain
from siting.pipeline import NO_SCORE
from siting.study.fields import PersonName, Weight
from siting.study.findings import GONE, fault_of, former_words
from siting.study.lenses import LENSES
from siting.study.plainyaml import MAX_BYTES, column_of, keys_and_lines
from siting.study.study import Study
from siting.study.studyfile import changed, rooted
from siting.study.terms import NATIONALITIES

MOST = 10_000
ROUNDING = 1e-9

Lines = Mapping[tuple[str, ...], int]


@dataclass(frozen=True)
class Scenario:
    """One study of a sweep.

    Attributes
    ----------
    name : str
        Of the file, or the values that it has.
    values : dict
        Dotted key -> value as the file has it; None where the study's own stays.
    probability : float
        Those of a sweep sum to 1.
    study : Study
    """

    name: str
    values: dict[str, Any]
    probability: float
    study: Study


WORDS = {  # key of a study -> what a scenario that sets it is called
    "lens": "weights of \N{LEFT DOUBLE QUOTATION MARK}{}\N{RIGHT DOUBLE QUOTATION MARK}",
    "investor": "{} investor",
    "as_of": "as known on {}",
    "price_usd_per_t": "price of {} USD/t",
    "chinese_price_usd_per_t": "Chinese price of {} USD/t",
    "capacity_ktpa": "{} kt a year",
}


class _Case(BaseModel):
    """A scenario by name: a few keys set anew."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: PersonName
    changes: dict[str, Any] = Field(default_factory=dict, alias="set")
    probability: Weight | None = None


class _Grid(BaseModel):
    """The file as it stands."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    vary: dict[str, Annotated[list[Any], Field(min_length=1)]] = Field(default_factory=dict)
    scenarios: tuple[_Case, ...] = ()


@dataclass(frozen=True)
class _Setting:
    """A value that the file gives a key, and where it stands."""

    path: str
    value: Any
    row: int | None


def read(path: Path, base: Study) -> tuple[Scenario, ...]:
    """Read a grid, and make a study of each of its scenarios.

    Every named scenario is combined with every combination of the values under `vary`.

    Parameters
    ----------
    path : Path
        YAML; names of files in it are relative to its own folder.
    base : Study

    Raises
    ------
    SitingError
        With every fault: file, line, key, value and hint.
    """
    raise_if(unfit(base))
    keys, lines = keys_and_lines(_text(path), path.name)
    grid = _checked(keys, path.name, lines)
    raise_if([*_size(grid, path.name, lines), *_names(grid, path.name, lines)])
    settings = {
        key: [_Setting(key, value, lines.get(("vary", key, str(i))))
              for i, value in enumerate(values)]
        for key, values in grid.vary.items()
    }  # fmt: skip
    cases = [
        [_Setting(key, value, lines.get(("scenarios", str(k), "set", key)))
         for key, value in case.changes.items()]
        for k, case in enumerate(grid.scenarios)
    ]  # fmt: skip
    faults: list[Fault] = []
    for one in itertools.chain(*settings.values(), *cases):  # alone first: named with its line
        faults += _attempt(base, [one], path)[1]
    raise_if(list(dict.fromkeys(faults)))
    made, faults = _combined(base, grid, settings, cases, path)
    raise_if(faults)
    return made


def unfit(study: Study) -> list[Fault]:
    """Return why a study can be no scenario.

    Hexagons are chosen by the scores themselves; a database may change from scenario to scenario.
    """
    faults = []
    if study.candidates.hex:
        what = "a sweep compares places that are listed, not hexagons"
        hint = "plan once, and name its ranked_sites.csv as candidates.file"
        faults.append(study.origin.fault(what, hint, "candidates.hex"))
    of = ["candidates"] if study.candidates.database else []
    of += [f"exclude.{k}" for k, one in enumerate(study.exclude) if one.database]
    what = "a sweep reads its rows many times, and a database may change meanwhile"
    hint = "save the rows as a file, and name it under file"
    return faults + [study.origin.fault(what, hint, f"{key}.database") for key in of]


def shown(value: object) -> str:
    """Return a value as a reader meets it."""
    if value is None:
        return "as in the study"
    if isinstance(value, str):
        return shorten(plain(value))
    if isinstance(value, bool) or not isinstance(value, int | float):
        return shorten(plain(json.dumps(value, ensure_ascii=False, default=str)))
    return f"{value:g}" if float(f"{value:g}") == value else repr(value)


def in_words(path: str, value: object) -> str:
    """Say what a scenario sets: the commonest keys in words, any other by its path."""
    if path in WORDS and value is not None:
        return WORDS[path].format(_named(path, value))
    return f"{path} {shown(value)}"


def _named(path: str, value: object) -> str:
    """Return the name that pages have for a value, or the value."""
    if path == "lens" and value in LENSES:
        name = LENSES[str(value)].name
        return name[:1].lower() + name[1:]
    if path == "investor":
        return NATIONALITIES.get(str(value), shown(value))
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return f"{value:,}" if number else shown(value)


def _text(path: Path) -> str:
    if not path.is_file():
        raise SitingError(Fault(str(path), "no such grid", "docs/sweep.md has one to start from"))
    if path.stat().st_size > MAX_BYTES:
        raise SitingError(Fault(str(path), "too large for a grid", "is it the right file?"))
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        hint = "save it as UTF-8"
        raise SitingError(Fault(str(path), "not a text file in UTF-8", hint)) from None


def _checked(keys: dict[str, Any], name: str, lines: Lines) -> _Grid:
    try:
        return _Grid.model_validate(keys)
    except ValidationError as error:
        raise SitingError([fault_of(e, name, lines, _Grid) for e in error.errors()]) from None


def _size(grid: _Grid, name: str, lines: Lines) -> list[Fault]:
    if not grid.vary and not grid.scenarios:
        return [Fault(name, "varies nothing", "give `vary` or `scenarios`", 1)]
    count = math.prod(map(len, grid.vary.values())) * max(len(grid.scenarios), 1)
    if count > MOST:
        what = f"{count:,} scenarios are more than {MOST:,}"
        return [
            Fault(name, what, "vary fewer keys, or give them fewer values", lines.get(("vary",)))
        ]
    stated = [case.probability for case in grid.scenarios if case.probability is not None]
    row = lines.get(("scenarios",))
    if stated and len(stated) < len(grid.scenarios):
        what, hint = "some have a probability and some have none", "give all of them one, or nobody"
        return [Fault(name, what, hint, row, "scenarios")]
    if stated and not sum(stated) > 0:
        hint = "give one scenario a probability above zero"
        return [Fault(name, "all probabilities are zero", hint, row, "scenarios")]
    return []


def _names(grid: _Grid, name: str, lines: Lines) -> list[Fault]:
    """Return the keys that no study has or that move nothing, and duplicates."""
    faults: list[Fault] = []
    spots: list[tuple[tuple[str, ...], str]] = [(("vary", key), key) for key in grid.vary]
    spots += [
        (("scenarios", str(k), "set", key), key)
        for k, case in enumerate(grid.scenarios)
        for key in case.changes
    ]
    for spot, key in spots:
        first, row, column = key.split(".")[0], lines.get(spot), column_of(spot)
        if first in GONE:
            faults.append(Fault(name, *former_words(first), row, column))
        elif first not in Study.model_fields:
            hint = nearest(first, list(Study.model_fields))
            faults.append(Fault(name, "unknown key of a study", hint, row, column))
        elif first in NO_SCORE:
            faults.append(Fault(name, "moves no score", "leave it out", row, column))
    varied = [(("vary", key), key) for key in grid.vary]
    for k in range(max(len(grid.scenarios), 1)):  # what one scenario sets, with what varies
        own = [(spot, key) for spot, key in spots if spot[:2] == ("scenarios", str(k))]
        faults += [
            Fault(name, f"{above} sets it too", "set it in one place", lines.get(spot),
                  column_of(spot))
            for (_, above), (spot, below) in itertools.permutations([*varied, *own], 2)
            if f"{below}.".startswith(f"{above}.") and (above != below or spot[0] != "vary")
        ]  # fmt: skip
    for key, values in grid.vary.items():
        faults += [
            Fault(name, "given twice", "leave one out", lines.get(("vary", key, str(i))),
                  f"vary.{key}", shown(value))
            for i, value in enumerate(values)
            if value in values[:i]
        ]  # fmt: skip
    called = [case.name for case in grid.scenarios]
    faults += [
        Fault(name, "two scenarios have this name", "rename one",
              lines.get(("scenarios", str(k), "name")), f"scenarios.{k}.name", case)
        for k, case in enumerate(called)
        if case in called[:k]
    ]  # fmt: skip
    return list(dict.fromkeys(faults))


def _combined(
    base: Study,
    grid: _Grid,
    settings: Mapping[str, list[_Setting]],
    cases: list[list[_Setting]],
    path: Path,
) -> tuple[tuple[Scenario, ...], list[Fault]]:
    """Return all scenarios, and what is wrong with values that are right alone."""
    made: list[Scenario] = []
    faults: dict[tuple[str, str | None], Fault] = {}
    every = list(itertools.product(*settings.values()))
    for case, probability, chosen in _product(grid, cases, every):
        name = ", ".join(in_words(s.path, s.value) for s in chosen)
        if case is not None:
            name = f"{grid.scenarios[case].name}: {name}" if name else grid.scenarios[case].name
        own = [*(cases[case] if case is not None else ()), *chosen]
        study, wrong = _attempt(base, own, path)
        if study is None:
            for fault in wrong:  # the same fault in a thousand scenarios is named once
                first = replace(fault, what=f"{fault.what} in the scenario {shorten(name, 120)}")
                faults.setdefault((fault.what, fault.column), first)
            continue
        made.append(Scenario(name, {s.path: s.value for s in own}, probability, study))
    return tuple(made), list(faults.values())


def _product(
    grid: _Grid, cases: list[list[_Setting]], every: list[tuple[_Setting, ...]]
) -> Iterator[tuple[int | None, float, tuple[_Setting, ...]]]:
    """Yield each scenario: which named one, its probability, the values that vary."""
    shares = [1.0 if c.probability is None else c.probability for c in grid.scenarios] or [1.0]
    total = sum(shares) * len(every)
    numbers: list[int | None] = list(range(len(cases))) or [None]
    for (number, share), chosen in itertools.product(zip(numbers, shares, strict=True), every):
        yield number, share / total, chosen


def _attempt(base: Study, own: list[_Setting], path: Path) -> tuple[Study | None, list[Fault]]:
    """Return the study with some keys set anew, or what is wrong with it."""
    row = own[0].row if len(own) == 1 else None
    try:
        keys: dict[str, Any] = {}
        for one in own:
            if one.value is not None:
                _lay(keys, base, one, path)
        study = changed(base, keys)
        raise_if(unfit(study))
    except SitingError as error:
        return None, [replace(fault, where=path.name, row=row) for fault in error.faults]
    return study, []


def _lay(keys: dict[str, Any], base: Study, one: _Setting, path: Path) -> None:
    """Lay a value over the keys of a study that change, under its dotted key.

    Raises
    ------
    SitingError
        When the key runs through something that holds no keys.
    """
    first, *steps = one.path.split(".")
    if not steps:
        keys[first] = _in_folder(first, one.value, path)
        return
    if first not in keys:
        keys[first] = base.model_dump(include={first})[first]
    value = one.value
    for step in reversed(steps):
        value = {step: value}
    value = _in_folder(first, value, path)
    node = keys[first]
    for step in steps[:-1]:
        value, below = value[step], _mapping(node, one.path).setdefault(step, {})
        if below is None:
            below = node[step] = {}
        node = below
    _mapping(node, one.path)[steps[-1]] = value[steps[-1]]


def _mapping(node: Any, path: str) -> dict[str, Any]:
    if not isinstance(node, dict):
        what = "this key runs through one that holds no keys"
        raise SitingError(Fault("grid", what, "set that one whole", column=path))
    return node


def _in_folder(first: str, value: Any, path: Path) -> Any:
    """Return a value of the file with its file names rooted in the folder of the file."""
    return rooted({first: value}, path.parent)[first]
