import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.cluster import DBSCAN

from siting.model.clusters import cluster_table, demand_clusters, sphere_centre


def plants(*rows):
    frame = pd.DataFrame(rows, columns=["city", "lat", "lon", "anode_kt"])
    return frame.assign(country="DE", gwh=frame["anode_kt"])


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
