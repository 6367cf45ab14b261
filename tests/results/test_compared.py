from __future__ import annotations

import io
from typing import Any

import numpy as np
import pytest

from geodata.errors import SitingError
from maps.numerals import number, share
from siting.confidence.pairs import ahead_in
from siting.model.plan import Plan
from siting.results.compared import Compared, check_many, compared, sentences
from siting.results.slides import to_compared_slides
from siting.study import setting

pptx = pytest.importorskip("pptx")


@pytest.fixture(scope="module")
def of(nordic: Plan) -> Compared:
    outside = int(nordic.order[nordic.zones.zone[nordic.order] == 0][0])
    return compared(nordic, np.array([*nordic.zones.head[[0, 3]], outside], dtype=np.intp))


def words(made: bytes) -> str:
    texts: list[str] = []
    for slide in pptx.Presentation(io.BytesIO(made)).slides:
        for shape in slide.shapes:
            texts += [shape.text_frame.text] if shape.has_text_frame else []
            rows: Any = shape.table.rows if shape.has_table else []
            texts += [cell.text for row in rows for cell in row.cells]
    return "\n".join(texts)


def test_one_is_ahead_of_another_as_often_as_the_ranks_of_the_draws_say(nordic: Plan) -> None:
    heads = nordic.zones.head[:4]
    won = ahead_in(nordic, heads)
    assert won is not None
    off = ~np.eye(4, dtype=bool)
    assert won[off] + won.T[off] == pytest.approx(1.0)
    assert nordic.confidence is not None
    expected = nordic.confidence.table["expected_rank"].to_numpy()[:4]
    beaten = np.nansum(won, axis=1)
    assert np.corrcoef(beaten, -expected)[0, 1] > 0.9  # drawn otherwise, but of one kind


def test_slides_say_what_the_plan_says(nordic: Plan, of: Compared) -> None:
    made = to_compared_slides(of)
    assert made == to_compared_slides(of)
    said = words(made)
    for cost in of.costs:
        assert number(cost.delivered) in said
    for part in of.shares:
        assert share(part) in said
    assert of.costs[2].rank == 0
    assert of.shares[0] == nordic.zones.share[0]
    for text in sentences(of):
        assert text in said
    assert len(sentences(of)) == 2


def test_laws_are_those_that_differ(of: Compared) -> None:
    marks = of.laws[[0, 1, 2]].to_numpy(dtype=bool)
    assert not marks.all(axis=1).any()
    assert marks.any(axis=1).all()


@pytest.mark.parametrize("sites", [[], ["a"], ["a", "a"], list("abcde")])
def test_too_few_or_too_many_are_refused(sites: list[str]) -> None:
    with pytest.raises(SitingError, match="2 to 4 different places"):
        check_many(sites)


def test_a_link_brings_its_pins() -> None:
    read = setting.read("map.html#pin=one&pin=two&site=one&lens=onshoring")
    assert (read.pins, read.lens) == (("one", "two"), "onshoring")
