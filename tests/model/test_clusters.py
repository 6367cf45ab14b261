import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.cluster import DBSCAN

from siting.model.clusters import cluster_table, demand_clusters, sphere_centre


def plants(*rows):
    frame = pd.DataFrame(rows, columns=["city", "lat", "lon", "anode_kt"])
    return frame.assign(country="DE", capacity_gwh=frame["anode_kt"])


def test_clusters_weigh_tonnes_not_heads():
    # one large works is a cluster, three small ones close together are none
    table = plants(("Large", 50, 10, 40), ("a", 40, 0, 2), ("b", 40.1, 0, 2), ("c", 40.2, 0, 2))
    assert demand_clusters(table).tolist() == [0, -1, -1, -1]


def test_clusters_cross_the_date_line_and_are_numbered_by_tonnes():
    table = plants(("w", 0, 179.8, 10), ("e", 0, -179.8, 10), ("big", 50, 10, 90))
    assert demand_clusters(table).tolist() == [1, 1, 0]
    described = cluster_table(table, demand_clusters(table))
    assert described["name"].tolist() == ["big, DE", "w, DE"]
    assert abs(described["lon"][1]) == pytest.approx(180, abs=0.01)
    assert described["radius_km"][1] < 30


def test_plants_without_demand_are_in_no_cluster():
    assert demand_clusters(plants(("x", 1, 1, 0))).tolist() == [-1]
    assert cluster_table(plants(("x", 1, 1, 0)), np.array([-1])).empty


def test_a_cluster_is_described_by_its_tonnes():
    table = plants(
        ("small", 50.0, 10.0, 10.0), ("large", 50.0, 11.0, 30.0), ("far", 0.0, 0.0, 20.0)
    )
    table["capacity_gwh"] = [1.0, 2.0, 4.0]
    first, second = cluster_table(table, np.array([0, 0, 1])).to_dict("records")
    assert (first["cluster"], first["name"], first["plants"]) == (1, "large, DE", 2)
    assert (first["kt"], first["gwh"]) == (40.0, 3.0)
    # three quarters of the way to the large one, and that far from the small one: 54 of 71.5 km
    assert (first["lat"], first["lon"]) == pytest.approx((50.0, 10.75), abs=0.01)
    assert first["radius_km"] == pytest.approx(0.75 * 71.48, rel=0.01)
    assert second == {
        "cluster": 2, "name": "far, DE", "lat": 0.0, "lon": 0.0, "kt": 20.0, "gwh": 4.0,
        "plants": 1, "radius_km": 0.0,
    }  # fmt: skip
    nobody = cluster_table(table, np.array([-1, -1, -1]))
    assert nobody.columns.tolist() == list(first)


def test_a_plant_without_demand_makes_no_cluster_and_joins_none():
    table = plants(
        ("idle", 50.0, 10.0, 0.0), ("large", 50.0, 10.1, 15.0), ("less", 60.0, 0.0, 14.9)
    )
    assert demand_clusters(table).tolist() == [-1, 0, -1]


def test_centre_follows_the_weight():
    lat, lon = sphere_centre(np.array([0.0, 0.0]), np.array([0.0, 90.0]), np.array([1.0, 1e-9]))
    assert (lat, lon) == pytest.approx((0, 0), abs=1e-6)


@given(
    st.lists(
        st.tuples(st.floats(40, 46), st.floats(-3, 3), st.sampled_from([1.0, 6.0, 14.9, 15.0])),
        min_size=1,
        max_size=30,
        unique_by=lambda row: row[:2],
    )
)
def test_clusters_are_those_of_dbscan(rows):
    table = plants(*(("x", *row) for row in rows))
    kt = table["anode_kt"].to_numpy()
    model = DBSCAN(eps=150 / 6371.0088, min_samples=15, metric="haversine", algorithm="ball_tree")
    theirs = model.fit(np.radians(table[["lat", "lon"]]), sample_weight=kt).labels_
    ours = demand_clusters(table)
    assert ((ours >= 0) == (theirs >= 0)).all()
    assert len(set(zip(ours, theirs, strict=True))) == len(set(ours)) == len(set(theirs))
