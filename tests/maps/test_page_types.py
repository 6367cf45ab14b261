"""The types by which the page's scripts are checked are those of what the page is given."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from typing import Any

import pytest
from page_types import INTERFACES, misfits
from sample_atlas import empty, sample
from sample_live import turning

from maps import layers
from maps.atlas import Atlas
from maps.escape import embed
from maps.raster import Picture


def payload(atlas: Atlas) -> dict[str, Any]:
    """Return what a script would read."""
    read: dict[str, Any] = json.loads(embed(layers.payload(atlas)))
    return read


def seen() -> Atlas:
    """An atlas that has of everything."""
    picture = Picture("data:image/png;base64,", (50.0, 0.0, 60.0, 10.0), 0.0)
    return dataclasses.replace(turning(60), cells=(picture,), certainty=((0.9, "likely"),))


@pytest.mark.parametrize("made", [sample, empty, seen])
def test_a_payload_is_of_its_type(made: Callable[[], Atlas]) -> None:
    assert list(misfits(payload(made()), "Payload")) == []


def test_every_column_that_a_table_may_have_is_in_its_type() -> None:
    for name, columns in layers.TABLES.items():
        of = INTERFACES["Tables"][name][0].removeprefix("Table<").removesuffix(">")
        assert set(columns) | set(layers.MAYBE.get(name, {})) <= set(INTERFACES[of]), name


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"title": 1}, "payload.title: 1 is no string"),
        ({"more": 1}, "payload: more stands in no type"),
        ({"odds": [[None]]}, "payload.odds[0][0]: None is no number"),
        ({"certainty": [[0.5]]}, "payload.certainty[0]: 1 parts, not 2"),
    ],
)
def test_what_is_of_another_type_is_named(change: dict[str, Any], said: str) -> None:
    assert list(misfits(payload(sample()) | change, "Payload")) == [said]


def test_what_is_missing_or_new_in_a_table_is_named() -> None:
    given = payload(sample())
    barred = given["tables"]["barred"]
    barred["why"] = barred.pop("rule")
    assert list(misfits(given, "Payload")) == [
        "payload.tables.barred: no rule",
        "payload.tables.barred: why stands in no type",
    ]
