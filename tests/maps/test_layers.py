from __future__ import annotations

import dataclasses
import json

import numpy as np
import pandas as pd
import pytest
from polyline import decode
from sample_atlas import PILLARS, sample

from geodata.errors import SitingError
from maps import layers
from maps.atlas import Atlas
from maps.escape import embed


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return sample()


def changed(atlas: Atlas, **changes: object) -> Atlas:
    return dataclasses.replace(atlas, **changes)  # type: ignore[arg-type] # any field


def test_every_row_of_every_table_arrives(atlas: Atlas) -> None:
    tables = layers.payload(atlas)["tables"]
    for name in layers.TABLES:
        frame = getattr(atlas, name)
        assert {len(column) for column in tables[name].values()} == {len(frame)}, name


def test_per_site_tables_point_at_their_site_whatever_the_order(atlas: Atlas) -> None:
    mixed = changed(
        atlas,
        sites=atlas.sites.sample(frac=1, random_state=1),
        contributions=atlas.contributions.sample(frac=1, random_state=2),
        runners_up=atlas.runners_up.assign(name=atlas.runners_up["site_id"]),
    )
    made = layers.payload(mixed)
    ids = made["tables"]["sites"]["site_id"]
    assert ids == list(atlas.sites["site_id"])
    others = made["tables"]["runners_up"]
    assert [ids[at] for at in others["site"]] == others["name"]
    sums = np.array(made["odds"]).sum(axis=1)
    assert np.allclose(sums, made["tables"]["sites"]["odds"], atol=1e-3)


def test_missing_numbers_are_null_and_hulls_come_back(atlas: Atlas) -> None:
    made = layers.payload(atlas)
    raw = made["tables"]["criteria"]
    power = [r for r, u in zip(raw["raw"], raw["unit"], strict=True) if u == "USD/MWh"]
    assert set(power) == {None}
    hull = decode(made["tables"]["zones"]["hull"][0])
    assert np.allclose([(y, x) for x, y in hull], atlas.zones["hull"][0], atol=6e-4)
    json.loads(embed(made))  # nothing that JSON has not


def test_all_faults_come_at_once(atlas: Atlas) -> None:
    broken = changed(
        atlas,
        pillars=PILLARS + PILLARS[:1],
        sites=atlas.sites.drop(columns="known"),
        rivals=atlas.rivals.assign(lat=np.nan).head(1),
        surface=atlas.surface.assign(kt=np.inf).head(1),
    )
    with pytest.raises(SitingError) as caught:
        layers.payload(broken)
    words = [str(fault) for fault in caught.value.faults]
    assert len(words) == 4
    assert any("atlas.sites, known: a column is missing" in line for line in words)
    assert any("atlas.rivals, row 2, lat" in line for line in words)


def test_strange_and_double_sites_are_named(atlas: Atlas) -> None:
    twice = pd.concat([atlas.sites, atlas.sites.head(1)])
    stray = atlas.customers.assign(site_id="nowhere")
    with pytest.raises(SitingError, match="the same site twice") as caught:
        layers.payload(changed(atlas, sites=twice, customers=stray))
    assert "nowhere" in str(caught.value)


def test_only_drawn_countries_are_scored(atlas: Atlas) -> None:
    made = layers.payload(changed(atlas, scored_countries=frozenset({"SE", "", "QQ", "NO"})))
    assert made["ground"]["scored"] == ["NO", "SE"]


def test_parts_of_the_cost_keep_their_order_and_their_groups(atlas: Atlas) -> None:
    costs = layers.payload(atlas)["tables"]["costs"]
    first = [at == 0 for at in costs["site"]]
    one = {key: [v for v, here in zip(costs[key], first, strict=True) if here] for key in costs}
    assert one["usd_per_t"] == [1135, 468, 259, 1052, 330, -131, -62, 53, 9]
    assert one["part"][4] == "Needle tax"
    assert one["group"][:5] == ["materials", "energy", "labour", "capital", "other"]


def test_a_part_without_a_number_is_a_fault(atlas: Atlas) -> None:
    costs = atlas.costs.assign(usd_per_t=[np.nan, *atlas.costs["usd_per_t"][1:]])
    with pytest.raises(SitingError, match=r"atlas\.costs, row 2, usd_per_t: not a number"):
        layers.payload(changed(atlas, costs=costs))


def test_a_margin_may_be_unknown_and_a_range_may_be_left_out(atlas: Atlas) -> None:
    customers = layers.payload(atlas)["tables"]["customers"]
    assert customers["margin"][:4] == [528, 464, None, -63]
    assert customers["parity"][2] is None
    assert layers.payload(atlas)["tables"]["sites"]["low"][0] == 2900
    bare = changed(atlas, sites=atlas.sites.drop(columns=["low", "high"]))
    assert "low" not in layers.payload(bare)["tables"]["sites"]
