"""What a closed lane moves, in tables: nothing where nothing is switched."""

from __future__ import annotations

import pytest

from siting.model.plan import Plan
from siting.pipeline import make_plan
from siting.reports.events_page import customers, places
from siting.study.study import Draws, Events, Study


@pytest.fixture(scope="module")
def opened(nordic_study: Study) -> Plan:
    """The Nordic plan with the Red Sea open."""
    off = Events(off=("red-sea-2023",))
    return make_plan(nordic_study.model_copy(update={"events": off, "confidence": Draws(draws=0)}))


def test_nothing_moves_where_nothing_is_switched(nordic: Plan) -> None:
    assert places(nordic, nordic).empty
    assert customers(nordic, nordic).empty


def test_an_open_red_sea_makes_the_chinese_tonne_cheaper_in_europe(
    nordic: Plan, opened: Plan
) -> None:
    table = customers(nordic, opened).set_index("country")
    assert (table["open"] < table["closed"]).all()
    assert "DE" in table.index
    assert "KR" not in table.index
