"""A study as a YAML file: read with every fault at once, written with comments."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from importlib import resources
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from geodata.errors import Fault, SitingError, raise_if
from geodata.load import catalogue_date, nearest
from geodata.tables import TABLES
from siting.study.criteria import CRITERIA, PILLARS, value_function
from siting.study.findings import fault_of
from siting.study.known import figure_faults, price_faults, switch_faults
from siting.study.lenses import Tree
from siting.study.origin import Origin
from siting.study.parameters import own_faults, recipe_faults
from siting.study.plainyaml import MAX_BYTES, keys_and_lines
from siting.study.product import TABLE, faults_of, known_products
from siting.study.study import Changes, Snapshot, Study
from siting.study.values import BOUNDS
from siting.study.weights import tree_of, weighs_something

PRESETS = ("balanced", "premium_local", "low_cost_export", "onshoring", "article_2023")


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


# What a snapshot asks otherwise of a study: set anew, those that were written for it say nothing.
ASKED = ("as_of", "demand_year", "investor", "policies", "events")


def changed(study: Study, changes: Mapping[str, object], where: str = "command line") -> Study:
    """Return the study with some keys set anew; None leaves a key as it is.

    `where` is what faults name as their place. Snapshots are of the question as written, so they
    go where it is asked at another moment, of another investor or under other laws.

    Raises
    ------
    SitingError
        When a value does not fit its key.
    """
    new = {key: value for key, value in changes.items() if value is not None}
    if not new.keys().isdisjoint(ASKED):
        new = {"snapshots": (), **new}
    try:
        made = Study.model_validate({**study.model_dump(), **new})
    except ValidationError as error:
        faults = [fault_of(e, where, {}, Study) for e in error.errors()]
        raise SitingError(faults) from None
    made = made.written(study.origin.without(new))
    faults = check(made)
    raise_if([replace(one, where=where) if _set_by(one, new) else one for one in faults])
    return made


def _set_by(fault: Fault, keys: Mapping[str, object]) -> bool:
    """Whether a fault lies in a key that was set anew."""
    return (fault.column or "").split(".")[0] in keys


def parse(text: str, name: str, folder: Path) -> Study:
    """Check the text of a study; see `read`."""
    keys, lines = keys_and_lines(text, name)
    try:
        study = Study.model_validate(rooted(keys, folder))
    except ValidationError as error:
        faults = [fault_of(e, name, lines, Study) for e in error.errors()]
        raise SitingError(sorted(faults, key=lambda fault: fault.row or 0)) from None
    study = study.written(Origin(name, lines))
    raise_if([*check(study), *_moments(study)])
    return study


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


def check(study: Study, where: str = "") -> list[Fault]:
    """Return what is wrong with the names and weights of a study.

    `where` is what made it of another one, such as a file of judgements.
    """
    origin = Origin(where) if where else study.origin
    faults: list[Fault] = []

    def unknown(
        path: tuple[str, ...], keys: Iterable[str], known: Iterable[str], what: str
    ) -> None:
        known = list(known)
        faults.extend(
            replace(
                origin.fault(f"unknown {what}", nearest(key, known), ".".join((*path, key)), key),
                column=".".join(path),
            )
            for key in keys
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
                what, hint = "anchors that make no value", BOUNDS[function.shape]
                faults.append(origin.fault(what, hint, f"anchors.{key}"))
    unknown(("tables",), study.tables, TABLES, "table")
    of_table, wrong = _of_product(study)
    faults += of_table
    wrong += [*switch_faults(study), *figure_faults(study.factors)]
    faults += [
        replace(fault, where=origin.name, row=origin.row(fault.column or "")) for fault in wrong
    ]
    faults += _dates(study, origin)
    names_of((), study.weights)
    for person, view in study.stakeholders.items():
        names_of(("stakeholders", person), view.weights)
    if not faults:
        faults = _weights(study, origin)
        own = {(f.what, f.column) for f in faults}  # of the study itself, not of everybody again
        for person in study.stakeholders:
            path = ("stakeholders", person)
            start = ".".join(path) + "."
            faults += [
                fault
                for fault in _weights(study.seen_by(person), origin, path)
                if (fault.what, (fault.column or "").removeprefix(start)) not in own
            ]
    return faults + _shares(study, origin)


def _of_product(study: Study) -> tuple[list[Fault], list[Fault]]:
    """Return what is wrong with a table of products, and with what the study says of its own."""
    try:
        known = known_products(study.tables)
    except SitingError:
        return [], []  # reported with all other tables, once they are read
    of_table = recipe_faults(known, study.tables.get(TABLE))
    wrong = faults_of(known, study.product)
    if not wrong and not of_table:
        product = known[study.product]
        wrong = own_faults(study.parameters, product, study.furnace)
        wrong += price_faults(study, product)
    return of_table, wrong


def _dates(study: Study, origin: Origin) -> list[Fault]:
    """Return the dates of which nothing is known yet; tables of one's own may reach further."""
    last = catalogue_date()
    days: dict[str, dt.date | None] = {"as_of": study.as_of}
    days |= {f"snapshots.{i}.as_of": s.as_of for i, s in enumerate(study.snapshots)}
    hint = f"give {last} or earlier, leave it out, or bring newer tables under `tables`"
    return [
        origin.fault(
            f"the catalogue was closed on {last}: nothing later is known", hint, column, str(day)
        )
        for column, day in days.items()
        if day is not None and day > last and not study.tables
    ]


def _moments(study: Study) -> list[Fault]:
    """Return the snapshots that show the moment of the study, or of another one, again."""
    faults: list[Fault] = []
    seen = {_asked(study, Snapshot()): "the study"}
    for i, one in enumerate(study.snapshots):
        moment = _asked(study, one)
        if moment in seen:
            what = f"the same moment as {seen[moment]}"
            hint = "change its as_of, demand_year, investor, policies or events"
            faults.append(study.origin.fault(what, hint, f"snapshots.{i}"))
        seen.setdefault(moment, f"snapshots.{i}")
    return faults


def _asked(study: Study, one: Snapshot) -> tuple[object, ...]:
    """Return all that a snapshot may change, as it is there."""
    switches = (study.policies.beside(one.policies), study.events.beside(one.events))
    return (
        one.as_of or study.as_of or catalogue_date(),
        one.demand_year or study.demand_year,
        one.investor or study.investor,
        *(frozenset(way) for each in switches for way in (each.off, each.on)),
    )


def _shares(study: Study, origin: Origin) -> list[Fault]:
    """Return shares of stakeholders that say too little."""
    faults: list[Fault] = []
    shares = [own.share for own in study.stakeholders.values()]
    stated = [share for share in shares if share is not None]
    if stated and len(stated) < len(shares):
        what, hint = "some have a share and some have none", "give all of them one, or nobody"
        faults.append(origin.fault(what, hint, "stakeholders"))
    elif stated and not sum(stated) > 0:
        hint = "give one stakeholder a share above zero"
        faults.append(origin.fault("all shares are zero", hint, "stakeholders"))
    return faults


def _weights(study: Study, origin: Origin, above: tuple[str, ...] = ()) -> list[Fault]:
    """Return what is wrong with weights as a whole: nothing weighs, or money weighs twice."""
    tree, column = tree_of(study), ".".join((*above, "weights"))
    faults = []
    if not weighs_something(tree):
        hint = "give at least one pillar and one of its criteria a weight above zero"
        faults.append(origin.fault("all weights are zero", hint, column))
    twice = _counted_twice(study, tree)
    if twice:
        what = f"{', '.join(twice)} would be counted twice: delivered_cost holds it already"
        faults.append(origin.fault(what, "weigh one of the two with zero", column))
    return faults


def _counted_twice(study: Study, tree: Tree) -> list[str]:
    """Return the criteria whose money the tree's delivered cost already holds."""
    weights = {key: w * own for w, criteria in tree.values() for key, own in criteria.items()}
    if not weights.get("delivered_cost"):
        return []
    counted = {key for key, criterion in CRITERIA.items() if criterion.in_delivered_cost}
    counted |= {"grid_carbon"} if study.carbon_price_usd_per_t else set()
    return [key for key, weight in weights.items() if weight and key in counted]
