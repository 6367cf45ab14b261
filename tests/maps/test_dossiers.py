"""Dossiers beyond the list in the payload of a page: packed, and nothing of it lost."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from page_types import misfits
from sample_dossiers import FURTHER, ROWS, with_dossiers
from sample_live import turning

from geodata.errors import SitingError
from maps import layers
from maps.atlas import Atlas
from maps.escape import embed
from maps.packing import packed


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return with_dossiers(turning(300))


@pytest.fixture(scope="module")
def given_to_page(atlas: Atlas) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(embed(layers.payload(atlas)))
    return read


@settings(max_examples=30)
@given(st.lists(st.text(max_size=4), max_size=12))
def test_a_packed_column_reads_as_it_was(column: list[str]) -> None:
    made = packed(column)
    assert [made["words"][k] for k in made["at"]] == column
    assert len(set(made["words"])) == len(made["words"])


def test_a_payload_with_dossiers_is_of_its_type(given_to_page: dict[str, Any]) -> None:
    assert list(misfits(given_to_page, "Payload")) == []


def test_costs_customers_laws_and_sources_are_those_of_the_frames(
    atlas: Atlas, given_to_page: dict[str, Any]
) -> None:
    made, read = atlas.dossiers, given_to_page["dossiers"]
    assert made is not None
    assert [list(row) for row in zip(*read["costs"], strict=True)] == made.costs.tolist()
    served = [read["plants"]["name"][k] for k in read["customers"]["plant"]]
    assert served == made.customers["name"].tolist()
    assert set(read["customers"]["place"]) == {0}
    bundle = read["bundles"][read["under"][0]]
    assert [read["laws"]["instrument"][k] for k in bundle] == made.laws["instrument"].tolist()
    assert read["bundles"][read["under"][1]] == []
    power = read["sources"]["figures"]["power"]
    assert [power["lists"][k] for k in power["at"]] == [[0]] * (25 + FURTHER - 1) + [[]]
    column = read["sources"]["rows"]["source"]
    assert [column["words"][k] for k in column["at"]] == ROWS["source"].tolist()
    laws = given_to_page["tables"]["policies"]
    assert laws["source"] == [3 if name == "State aid" else None for name in laws["instrument"]]


def test_every_strange_site_and_short_list_is_named(atlas: Atlas) -> None:
    made = atlas.dossiers
    assert made is not None
    listed = atlas.sites["site_id"].iloc[0]
    places = made.places.assign(site_id=[listed, *made.places["site_id"].iloc[1:]])
    bad = dataclasses.replace(made, places=places, laws=made.laws.assign(site_id="nowhere"))
    with pytest.raises(SitingError) as caught:
        layers.payload(dataclasses.replace(atlas, dossiers=bad))
    said = {(fault.where, fault.value) for fault in caught.value.faults}
    assert said >= {("atlas.dossiers", listed), ("atlas.dossiers.laws", "nowhere")}
