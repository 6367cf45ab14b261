"""How the answer must change when the question does: metamorphic relations of the whole planner.

Nobody knows the right score of a place; but a list in another order, a layer cut in pieces or a
plant in two halves must leave it as it was. Each row of `RELATIONS` changes a question, asks it
again through its files, and says what must hold of both answers.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import pandas as pd
import pytest
import shapely
from sample_changes import (
    Change,
    apart,
    by_day,
    cut_at_180,
    doubled,
    each,
    elsewhere,
    in_halves,
    in_metres,
    in_pieces,
    joined,
    listing,
    one_more,
    plants,
    redrawn,
    renamed,
    renamed_ids,
    semicolons,
    shuffled,
    solid,
    turned_rings,
    twice,
    with_columns_of_ours,
)
from sample_question import (
    BALTIC,
    IBERIA,
    PACIFIC,
    PLACES,
    Answer,
    Desk,
    Keys,
    Question,
    layer,
    nearly,
    small_tables,
    written_out,
)

Holds = Callable[[Answer, Answer], bool]

WEIGHTS = written_out("evidence")
WEIGHTS["market"] = {"weight": 1.7, "criteria": {**WEIGHTS["market"]["criteria"],
                                                 "accessible_demand": 0.3}}  # fmt: skip
WEIGHTS["energy"]["weight"] = 0.4
KEYS: Keys = {"capacity_ktpa": 10, "lens": "evidence", "weights": WEIGHTS,
              "confidence": {"draws": 0}}  # fmt: skip
COST_ALONE: Keys = {**KEYS, "weights": {p: {"weight": float(p == "cost")} for p in WEIGHTS}}
SALES_ALONE: Keys = {
    **KEYS,
    "weights": {p: {"weight": float(p == "market"), "criteria": {
        c: float(c == "accessible_demand") for c in part["criteria"]}}
        for p, part in WEIGHTS.items()},
}  # fmt: skip


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return Desk(tmp_path_factory.mktemp("desk"))


@pytest.fixture(scope="module")
def plain(desk: Desk) -> Question:
    """A list of one's own under weights of one's own, few customers."""
    question = Question(KEYS, tables=small_tables())
    answer = desk.ask(question)
    assert 25 < len(answer.scores) == len(PLACES) - len(answer.barred)
    assert answer.order[0] in answer.zones.index
    assert len(answer.values) == len(answer.chances)
    assert answer.scores.round(6).is_unique  # so that an order can be lost
    assert np.ptp(answer.scores) > 1
    return question


@pytest.fixture(scope="module")
def fenced(desk: Desk, plain: Question) -> Question:
    """The same with three areas that exclude."""
    question = replace(plain, layers=((layer(BALTIC, IBERIA, PACIFIC), 0.0),))
    inside = {name for name, at in zip(PLACES["name"], PLACES["site_id"], strict=True)
              if at in desk.ask(question).inside}  # fmt: skip
    # Sundsvall and Vasteras tell the hole, Suva and Apia both sides of 180 degrees
    assert inside >= {"Skelleftea", "Vasteras", "Zaragoza", "Suva", "Apia", "Gisborne"}
    assert inside.isdisjoint({"Sundsvall", "Dunkirk", "Invercargill", "Geelong"})
    return question


@dataclass(frozen=True)
class Relation:
    """What must hold of the answers to a question and to the changed one.

    Attributes
    ----------
    name : str
        A sentence.
    change : callable
    holds : callable
        Given both answers.
    keys : dict
        Of the study, where they are not those of all.
    fenced : bool
        Whether the question has layers, of which alone the answer is then looked at.
    """

    name: str
    change: Change
    holds: Holds
    keys: Keys | None = None
    fenced: bool = False


# ---- what must hold ------------------------------------------------------------------------------


def same(one: Answer, other: Answer, within: float = 1e-9) -> bool:
    """Every place scores, ranks and counts as before."""
    return (
        one.barred == other.barred
        and nearly(one.scores, other.scores, within)
        and one.order == other.order
        and list(one.zones.index) == list(other.zones.index)
        and nearly(one.zones, other.zones, within)
    )


# Freight is held in single precision, so that sums over customers depend on their order.
of_single_precision = partial(same, within=1e-7)


def same_inside(one: Answer, other: Answer) -> bool:
    return one.inside == other.inside


def odds_kept(one: Answer, other: Answer) -> bool:
    """Common places score as before, and their chances keep their ratio."""
    common = one.scores.index.intersection(other.scores.index)
    ratio = other.chances[common] / one.chances[common]
    return (
        0 < len(common) < max(len(one.scores), len(other.scores))
        and nearly(one.scores[common], other.scores[common])
        and bool(np.allclose(ratio, ratio.iloc[0], rtol=1e-9))
        and [s for s in other.order if s in one.order] == [s for s in one.order if s in other.order]
    )


def halved(one: Answer, other: Answer) -> bool:
    """Each place stands twice, with the same score and half the chance."""
    twins = [site for site in other.scores.index if site.startswith("t-")]
    first, second = other.scores[one.scores.index], other.scores[twins]
    return (
        nearly(one.scores, first)
        and nearly(second.set_axis([site[2:] for site in twins]), first)
        and nearly(other.chances[one.scores.index], one.chances / 2)
    )


def gaps_times(factor: float) -> Holds:
    """All differences of scores are so many times what they were."""

    def holds(one: Answer, other: Answer) -> bool:
        gaps, after = (s - s.iloc[0] for s in (one.scores, other.scores))
        return one.order == other.order and nearly(factor * gaps, after)

    return holds


def dominance(criterion: str) -> Holds:
    """Who led another before, and is worth no less in the criterion, leads it still."""

    def holds(one: Answer, other: Answer) -> bool:
        value = one.values[criterion]
        pairs = [(a, b) for a in one.order for b in one.order[one.order.index(a) + 1 :]
                 if value[a] >= value[b]]  # fmt: skip
        return (
            len(pairs) > 100
            and one.order != other.order
            and all(other.scores[a] >= other.scores[b] for a, b in pairs)
        )

    return holds


def dearer_in(country_places: set[str]) -> Holds:
    """Places of a country score less; others a little at most, where a mean fills in a figure."""

    def holds(one: Answer, other: Answer) -> bool:
        there, loss = one.scores.index.isin(country_places), one.scores - other.scores
        return there.sum() == len(country_places) and bool(
            (loss[there] > 1).all() and loss[~there].between(-1e-9, 0.05).all()
        )

    return holds


def grown(one: Answer, other: Answer) -> bool:
    """No place scores less, some more."""
    gain = other.scores - one.scores
    return bool((gain >= -1e-9).all() and (gain > 1e-6).any())


def more_inside(one: Answer, other: Answer) -> bool:
    return one.inside < other.inside


def the_others_inside(one: Answer, other: Answer) -> bool:
    return other.inside == set(PLACES["site_id"]) - one.inside


def at_places(one: Answer, other: Answer) -> bool:
    """Scores are the same place by place, whatever they are called."""
    called = {new: old for old, new in zip(PLACES["site_id"], renamed_ids(), strict=True)}
    after = other.scores.rename(called)
    return nearly(one.scores, after) and [called[s] for s in other.order] == one.order


# ---- changes of weights --------------------------------------------------------------------------


def with_keys(**new: object) -> Change:
    return lambda q: replace(q, keys={**q.keys, **new})


def weighing(change: Callable[[float, dict[str, float]], dict[str, object]]) -> Change:
    """Change every pillar's weight and criteria."""
    return with_keys(weights={p: change(**part) for p, part in WEIGHTS.items()})


def reversed_keys(keys: object) -> object:
    if isinstance(keys, dict):
        return {name: reversed_keys(held) for name, held in reversed(keys.items())}
    return keys


def as_json(keys: Keys) -> str:
    return f"\ufeff# what people write\n---\n{json.dumps(keys, indent=2)}\n...\n"


RELATIONS = (
    # weights
    Relation("weights in per cent are weights in shares",
             weighing(lambda weight, criteria: {"weight": 100 * weight, "criteria": criteria}),
             same),
    Relation("a pillar's weight may stand in its criteria",
             weighing(lambda weight, criteria: {
                 "weight": 1, "criteria": {c: weight * w for c, w in criteria.items()}}),
             same),
    Relation("a lens of which every weight is set anew counts for nothing",
             with_keys(lens="onshoring"), same),
    Relation("keys may stand in any order",
             lambda q: replace(q, text=lambda keys: json.dumps(reversed_keys(keys))), same),
    Relation("a study may be JSON, with a mark, a comment and an end",
             lambda q: replace(q, text=as_json), same),
    Relation("who leads and is worth no less leads under more weight too",
             with_keys(weights={**WEIGHTS, "policy": {"criteria": {"governance": 5}}}),
             dominance("governance")),
    Relation("anchors moved alike move no gap",
             with_keys(anchors={"delivered_cost": {"worst": 5900, "best": 3400}}),
             gaps_times(1), COST_ALONE),
    Relation("anchors twice as far apart halve every gap",
             with_keys(anchors={"delivered_cost": {"worst": 6000, "best": 1000}}),
             gaps_times(1 / 2), COST_ALONE),
    # the list
    Relation("rows in another order", listing(lambda p: p.sample(frac=1, random_state=2)), same),
    Relation("semicolons, decimal commas and a mark",
             lambda q: replace(q, save_places=semicolons), same),
    Relation("points in metres of a GeoPackage",
             lambda q: replace(q, save_places=in_metres), same),
    Relation("further columns, named as ours", listing(with_columns_of_ours), same),
    Relation("other ids and names", listing(renamed), at_places),
    Relation("every place twice halves its chance", listing(twice), halved),
    Relation("half of the list keeps its odds", listing(lambda p: p.iloc[::2]), odds_kept),
    Relation("who joins moves nobody", listing(joined), odds_kept),
    # layers
    Relation("areas cut in pieces", redrawn(in_pieces), same_inside, fenced=True),
    Relation("areas cut at 180 degrees", each(cut_at_180), same_inside, fenced=True),
    Relation("rings begun elsewhere and run backwards", each(turned_rings), same_inside,
             fenced=True),
    Relation("more corners on the same edges",
             each(lambda shape: shapely.segmentize(shape, 0.5)), same_inside, fenced=True),
    Relation("areas in metres of a GeoPackage",
             lambda q: replace(redrawn(lambda f: layer(*map(cut_at_180, f.geometry)))(q),
                               save_layer=in_metres), same_inside, fenced=True),
    Relation("areas as WKT in a table",
             lambda q: replace(q, save_layer=lambda rows, stem: semicolons(
                 pd.DataFrame({"wkt": rows.geometry.to_wkt()}), stem)), same_inside, fenced=True),
    Relation("each area in a file of its own", apart, same_inside, fenced=True),
    Relation("corners with heights, shapes in collections", each(solid), same_inside, fenced=True),
    Relation("a wider buffer bars more and frees nobody",
             lambda q: replace(q, layers=tuple((f, 250.0) for f, _ in q.layers)), more_inside,
             fenced=True),
    Relation("all the rest of the world bars all others", redrawn(elsewhere), the_others_inside,
             fenced=True),
    # customers, and what is dear where
    Relation("customers and their columns in another order", plants(shuffled),
             of_single_precision),
    Relation("customers in two halves", plants(in_halves), of_single_precision),
    Relation("customers under other names, dated by the day", plants(by_day),
             of_single_precision),
    Relation("twice the demand under anchors of twice",
             lambda q: with_keys(anchors={"accessible_demand": {"worst": 0, "best": 40}})(
                 plants(doubled)(q)), same, SALES_ALONE),
    Relation("one customer more takes from no place", plants(one_more), grown, SALES_ALONE),
    Relation("dearer wages and power weigh where they are paid",
             with_keys(factors={"SE": {"industrial_electricity_usd_per_mwh": 190,
                                       "manufacturing_wage_usd_per_h": 79}}),
             dearer_in({"s00", "s01", "s02"})),
)  # fmt: skip


@pytest.mark.parametrize("relation", RELATIONS, ids=lambda relation: relation.name)
def test_a_changed_question_has_the_answer_that_follows(
    relation: Relation, desk: Desk, plain: Question, request: pytest.FixtureRequest
) -> None:
    question = request.getfixturevalue("fenced") if relation.fenced else plain
    if relation.keys:
        question = replace(question, keys=relation.keys)
    changed = relation.change(question)
    assert relation.holds(desk.ask(question), desk.ask(changed))
