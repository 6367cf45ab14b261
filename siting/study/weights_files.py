"""Judgements of importance in CSV files, read with every fault at once, as weights of a study.

A row judges pillars against each other (`pillar` left blank), or criteria of one pillar. What is
judged together, a group, must be judged whole: every pillar or criterion that weighs something in
the study; further ones may join.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
import pandas as pd
from pydantic import ValidationError

from geodata import csvtext
from geodata.arrays import Floats
from geodata.border import at_border
from geodata.errors import Fault, SitingError, raise_if
from geodata.fault_list import Faults
from geodata.headings import known_headings
from geodata.language import tr
from geodata.load import nearest, numbers, point_hint
from siting.study.criteria import CRITERIA, PILLARS
from siting.study.elicitation import (
    MOST_POINTS,
    Comparison,
    ahp,
    group_ahp,
    rank_order_centroid,
    swing,
)
from siting.study.lenses import Tree
from siting.study.study import PillarWeights, Stakeholder, Study, laid_over
from siting.study.studyfile import changed, check
from siting.study.weights import TOTAL, tree_of, turn

Method = Literal["ahp", "swing", "rank"]

MAX_ROWS = 10_000
MOST_RATIO = 9.0  # of Saaty's scale, both ways
_ROUNDING = 0.05  # by which two judgements of one pair may differ: 0.14 and 7 are one
_NEEDED: dict[Method, tuple[str, ...]] = {
    "ahp": ("left", "right", "ratio"),
    "swing": ("item", "points"),
    "rank": ("item", "rank"),
}
_OPTIONAL: dict[Method, tuple[str, ...]] = {
    "ahp": ("pillar", "judge", "note"),
    "swing": ("pillar", "note"),
    "rank": ("pillar", "note"),
}
_NO_COLUMNS = ("strategy", "lens")  # the weights that are judged are those of the study's lens
_DECIMAL_COMMA = r"(?<=[0-9]),(?=[0-9])"
_RATIO = r"([0-9]+(?:\.[0-9]+)?)(?:\s*/\s*([0-9]+(?:\.[0-9]+)?))?"


@dataclass(frozen=True)
class Elicited:
    """Weights of pillars, or of the criteria of one pillar, as somebody judged them.

    Attributes
    ----------
    pillar : str
        "" where pillars were judged.
    weights : Series
        By pillar or criterion, summing to 1.
    comparison : Comparison or None
        Consistency of pairwise judgements, of the group where several judged.
    judges : dict of Comparison
        By name, where a file names them.
    """

    pillar: str
    weights: pd.Series
    comparison: Comparison | None
    judges: dict[str, Comparison]


def read(path: Path, method: Method, tree: Tree) -> tuple[Elicited, ...]:
    """Read judgements.

    Parameters
    ----------
    path : Path
        CSV with pillar and: left, right, ratio (ahp; also judge); item, points (swing); or item,
        rank (rank). A column note is for the reader.
    method : "ahp", "swing" or "rank"
    tree : dict
        In force: what must be judged.

    Raises
    ------
    SitingError
        With every fault of the file: row, column, value and hint.
    """
    with at_border(path.name):
        return _read(path, method, tree)


def _read(path: Path, method: Method, tree: Tree) -> tuple[Elicited, ...]:
    faults = Faults(path.name)
    cells = csvtext.read(path, MAX_ROWS)
    rows = _columns(cells, method, faults)
    sides = ["left", "right"] if method == "ahp" else ["item"]
    _check_names(rows, sides, faults)
    named = not len(faults)
    number = _NEEDED[method][-1]
    rows["number"] = _numbers(
        rows[number], method, faults, decimal_comma=cells.attrs["decimal_comma"]
    )
    if named:  # what is missing can be named only where every name can be read
        for pillar, group in rows.groupby("pillar", sort=False):
            _check_group(str(pillar), group, method, tree, faults)
    faults.raise_if_any()
    return tuple(
        _elicit(str(pillar), group, method) for pillar, group in rows.groupby("pillar", sort=False)
    )


def _columns(rows: pd.DataFrame, method: Method, faults: Faults) -> pd.DataFrame:
    """Return the columns of a method, blank where an optional one is missing."""
    known = (*_NEEDED[method], *_OPTIONAL[method])
    rows = known_headings(rows, (*known, *_NO_COLUMNS), faults)
    for name in rows.columns:
        if name in _NO_COLUMNS:
            hint = "leave it out: the study names its lens, and its weights are what is judged"
            faults.add("judgements have no such column", hint, 1, name)
        elif name not in known:
            faults.add("unknown column", nearest(name, known), 1, name)
    for name in _NEEDED[method]:
        if name not in rows:
            faults.add("this column is missing", "add it", 1, name)
    faults.raise_if_any()
    return rows.reindex(columns=list(known), fill_value="")


def _check_names(rows: pd.DataFrame, sides: list[str], faults: Faults) -> None:
    """Add a fault for each pillar and item that is not known."""
    _check_known(rows["pillar"][rows["pillar"].ne("")], PILLARS, "unknown pillar", faults)
    for pillar in rows["pillar"].unique():
        group, known = rows[rows["pillar"].eq(pillar)], _items(pillar)
        what = f"not a criterion of {pillar}" if pillar else "not a pillar"
        for side in sides if known else ():
            _check_known(group[side], known, what, faults)
    if sides == ["left", "right"]:
        same = rows["left"].eq(rows["right"]) & rows["left"].ne("")
        cells = rows.loc[same, "right"]
        faults.add_cells("compared with itself", "name another one", "right", cells)


def _check_known(cells: pd.Series, known: Iterable[str], what: str, faults: Faults) -> None:
    names = list(known)

    def hint(word: str) -> str:
        return nearest(word, names)

    faults.add_cells(what, hint, str(cells.name), cells[~cells.isin(names)])


def _items(pillar: str) -> list[str]:
    """Return what may be in a group: the pillars, or the criteria of one."""
    return [k for k, c in CRITERIA.items() if c.pillar == pillar] if pillar else list(PILLARS)


def _numbers(cells: pd.Series, method: Method, faults: Faults, *, decimal_comma: bool) -> pd.Series:
    """Return the ratios, points or ranks; NaN where a cell is at fault."""
    column = str(cells.name)
    faults.add_cells("blank", "fill it in", column, cells[cells.eq("")])
    if method == "ahp":
        pointed = cells.str.replace(_DECIMAL_COMMA, ".", regex=True) if decimal_comma else cells
        parts = pointed.str.extract(f"^{_RATIO}$").astype(float)
        values = (parts[0] / parts[1].fillna(1.0)).where(parts[1].ne(0))
        wrong = cells.ne("") & values.isna()
        faults.add_cells(
            "not a ratio",
            _ratio_hint,
            column,
            cells[wrong],
        )
        low, high, wanted = (1 - _ROUNDING) / MOST_RATIO, MOST_RATIO, "1/9 to 9"
    else:
        values = numbers(column, cells, faults, decimal_comma=decimal_comma)
        low, high, wanted = (
            (0.0, MOST_POINTS, f"0 to {MOST_POINTS:g}")
            if method == "swing"
            else (1.0, np.inf, "1 for the most important, 2 for the next")
        )
    outside = values.notna() & ~values.between(low, high)
    faults.add_cells("out of range", f"give {wanted}", column, cells[outside])
    return values.mask(outside)


def _ratio_hint(value: str) -> str:
    if "," in value:
        return point_hint(value)
    return "write 3 or 1/3; a spreadsheet may have made a date of it"


def _check_group(
    pillar: str, group: pd.DataFrame, method: Method, tree: Tree, faults: Faults
) -> None:
    """Add what was judged twice, and what was left out."""
    wanted, what = _in_force(tree, pillar), pillar or "pillars"
    if method != "ahp":
        again = group["item"].duplicated()
        faults.add_cells("judged twice", "keep one row", "item", group.loc[again, "item"])
        for item in wanted:
            if item not in set(group["item"]):
                hint = f"add a row for {item}" + ("; 0 leaves it out" if method == "swing" else "")
                faults.add(f"{item} is not judged", hint, None, what)
        if method == "swing" and group["number"].eq(0).all():
            faults.add("all points are zero", "give the most important swing 100", None, what)
        return
    items = _named(group, wanted)
    for judge in group["judge"].unique():
        own = group[group["judge"].eq(judge)]
        judged: dict[frozenset[str], tuple[str, float]] = {}
        for row, left, right, ratio in own[["left", "right", "number"]].itertuples():
            first, before = judged.setdefault(frozenset((left, right)), (left, ratio))
            again = ratio if first == left else 1.0 / ratio
            if abs(again - before) > _ROUNDING * before:
                pair = f"{left} : {right}"
                faults.add("contradicts a row before", "keep one of the two", row, "ratio", pair)
        by = f", judge {judge}" if judge else ""
        for left, right in itertools.combinations(items, 2):
            if frozenset((left, right)) not in judged:
                hint = f"add a row with left {left}, right {right}"
                faults.add(f"{left} : {right} is not judged", hint, None, what + by)


def _in_force(tree: Tree, pillar: str) -> list[str]:
    """Return the pillars, or criteria of one, that weigh something."""
    if pillar:
        return [key for key, own in tree.get(pillar, (0.0, {}))[1].items() if own > 0]
    return [key for key, (weight, own) in tree.items() if weight > 0 and sum(own.values()) > 0]


def _named(group: pd.DataFrame, wanted: Iterable[str] = ()) -> list[str]:
    """Return what pairs compare, and what they ought to, in the order of the registry."""
    named = {*wanted, *group["left"], *group["right"]}
    return [item for item in (*PILLARS, *CRITERIA) if item in named]


def _elicit(pillar: str, group: pd.DataFrame, method: Method) -> Elicited:
    if method != "ahp":
        stated = {str(i): float(n) for i, n in zip(group["item"], group["number"], strict=True)}
        weights = swing(stated) if method == "swing" else rank_order_centroid(stated)
        return Elicited(pillar, weights, None, {})
    items = _named(group)
    matrices = {str(j): _matrix(own, items) for j, own in group.groupby("judge", sort=False)}
    whole = group_ahp(list(matrices.values()), items)
    judges = {name: ahp(matrix, items) for name, matrix in matrices.items() if name}
    return Elicited(pillar, whole.weights, whole, judges)


def _matrix(pairs: pd.DataFrame, items: list[str]) -> Floats:
    """Return the reciprocal matrix of pairs that are all there."""
    matrix = np.ones((len(items), len(items)))
    i, j = (pd.Index(items).get_indexer(pd.Index(pairs[side])) for side in ("left", "right"))
    ratio = pairs["number"].to_numpy(dtype=float)
    low, high = np.minimum(i, j), np.maximum(i, j)  # a pair may be judged from both sides
    matrix[low, high] = np.where(i < j, ratio, 1.0 / ratio)
    matrix[high, low] = 1.0 / matrix[low, high]
    return matrix


def weigh(study: Study, elicited: Iterable[Elicited], where: str, stakeholder: str = "") -> Study:
    """Return the study with the weights that were judged; those of nobody's judgement stay.

    A pillar weighs its own weight times the sum of its criteria. So that pillars have the judged
    shares of the tree, each gets its share over that sum; so that criteria have the judged shares
    of their pillar, they share the sum that they had.

    Parameters
    ----------
    study : Study
    elicited : iterable of Elicited
    where : str
        File of the judgements, for faults.
    stakeholder : str, optional
        Whose weights they are; one who is not in the study joins it. By default the study's own.

    Raises
    ------
    SitingError
        When the weights make no sound study, such as money that is counted twice.
    """
    if stakeholder and stakeholder not in study.stakeholders:
        changed(Study(), {"stakeholders": {stakeholder: {}}})  # the name as a study would take it
    judged = tuple(elicited)
    tree = tree_in_force(study, stakeholder)
    try:
        changes = _changes(judged, tree)
    except ValidationError:
        what = tr("the weights of the study are too far apart to be judged")
        hint = tr("bring them within 1,000,000 to 1: only ratios count")
        raise SitingError(Fault(where, what, hint, None, "weights")) from None
    if stakeholder:
        own = study.stakeholders.get(stakeholder, Stakeholder(share=None, lens=None))
        own = own.model_copy(update={"weights": laid_over(own.weights, changes)})
        update: dict[str, object] = {"stakeholders": {**study.stakeholders, stakeholder: own}}
    else:
        update = {"weights": laid_over(study.weights, changes)}
    made = study.model_copy(update=update)
    raise_if([*check(made, where), *_idle(judged, tree, turn(tree, changes), where)])
    return made


def _changes(judged: Iterable[Elicited], tree: Tree) -> dict[str, PillarWeights]:
    """Return what the judgements change of a tree."""
    judged = tuple(judged)
    changes: dict[str, PillarWeights] = {}
    for one in (one for one in judged if one.pillar):
        sum_of_all = sum(tree[one.pillar][1].values()) or 1.0
        criteria = {str(k): _rounded(sum_of_all * w) for k, w in one.weights.items()}
        changes[one.pillar] = PillarWeights(weight=None, criteria=criteria)
    sums = {pillar: sum(own.values()) for pillar, (_, own) in turn(tree, changes).items()}
    for one in (one for one in judged if not one.pillar):
        for pillar, share in one.weights.items():
            weight = _rounded(TOTAL * share / (sums[str(pillar)] or 1.0))
            changes = laid_over(changes, {str(pillar): PillarWeights(weight=weight)})
    return changes


def _rounded(weight: float) -> float:
    return float(f"{weight:.6g}")


def _idle(judged: Sequence[Elicited], before: Tree, after: Tree, where: str) -> list[Fault]:
    """Return the judgements that move nothing, because the other half was never judged."""
    faults = []
    pillars = {str(p) for one in judged if not one.pillar for p in one.weights.index}
    weighs = {pillar: weight * sum(own.values()) > 0 for pillar, (weight, own) in before.items()}
    for one in judged:
        if one.pillar and not weighs[one.pillar] and one.pillar not in pillars:
            what = tr("{pillar} weighs nothing", pillar=one.pillar)
            hint = tr("judge {pillar} among the pillars too", pillar=one.pillar)
            faults.append(Fault(where, what, hint, None, one.pillar))
        for pillar in () if one.pillar else one.weights.index[one.weights > 0]:
            if not sum(after[str(pillar)][1].values()) > 0:
                hint = tr("judge its criteria too")
                what = tr("no criterion of {pillar} weighs", pillar=pillar)
                faults.append(Fault(where, what, hint, None, "pillars"))
    return faults


def tree_in_force(study: Study, stakeholder: str = "") -> Tree:
    """Return the tree in force: the study's, or that of one of its stakeholders."""
    return tree_of(study.seen_by(stakeholder) if stakeholder in study.stakeholders else study)
