import numpy as np
import pytest
import shapely
from pyproj import Geod

from siting.results.gis import layers
from siting.results.tables import ranked_sites, tables_of

NAMES = {
    "ranked_sites", "gigafactories", "anode_plants", "automaker_plants", "demand_clusters",
    "barred_sites", "estates", "candidates", "freight_flows", "siting_zones", "land",
}  # fmt: skip


@pytest.fixture(scope="module")
def ranked(nordic):
    return ranked_sites(nordic)


@pytest.fixture(scope="module")
def made(nordic):
    return {layer.name: layer for layer in layers.layers(nordic, tables_of(nordic))}


def test_the_ranked_list_comes_first_and_every_layer_is_there(made):
    assert set(made) == NAMES
    assert next(iter(made)) == "ranked_sites"


@pytest.mark.parametrize("name", sorted(NAMES))
def test_a_layer_has_its_geometry_in_degrees(made, name):
    layer = made[name]
    assert set(layer.frame.geom_type) <= {layer.geometry}
    assert layer.frame.crs.to_epsg() == 4326
    assert layer.frame.geometry.is_valid.all()
    bounds = np.abs(layer.frame.bounds.to_numpy())
    assert (bounds <= [180, 90, 180, 90]).all()
    assert layer.frame.index.tolist() == list(range(len(layer.frame)))


def test_counts_are_those_of_the_plan(made, nordic):
    sizes = {name: len(layer.frame) for name, layer in made.items()}
    assert sizes["candidates"] == len(nordic.places)
    assert sizes["barred_sites"] == len(nordic.barred)
    assert sizes["ranked_sites"] == sizes["siting_zones"] == len(nordic.zones.head)
    assert sizes["gigafactories"] == len(nordic.demand.plants)
    assert sizes["anode_plants"] == len(nordic.demand.rivals)
    assert sizes["automaker_plants"] == len(nordic.demand.carmakers)
    assert sizes["demand_clusters"] == nordic.demand_cluster.max() + 1


def test_candidates_stand_likeliest_first_with_chances_that_sum_to_one(made, nordic):
    frame = made["candidates"].frame
    assert frame["place_rank"].tolist() == list(range(1, len(frame) + 1))
    assert frame["chance"].is_monotonic_decreasing
    assert frame["odds_vs_median"].is_monotonic_decreasing
    assert frame["chance"].sum() == pytest.approx(1.0, abs=1e-5)
    places = nordic.places.set_index("site_id").loc[frame["site_id"]]
    assert (frame.geometry.x.to_numpy() == places["lon"].to_numpy(float)).all()
    zone = dict(zip(nordic.places["site_id"], nordic.zones.zone, strict=True))
    assert frame["zone_rank"].tolist() == [zone[site] for site in frame["site_id"]]


def test_estates_are_those_that_the_list_names(made, ranked):
    frame = made["estates"].frame
    names = frame.groupby("rank")["name"].agg(";".join)
    listed = ranked.set_index("rank")["estates"]
    assert names.to_dict() == listed[listed.ne("")].to_dict()


def test_a_zone_holds_its_places(made, nordic):
    for row in made["siting_zones"].frame.itertuples():
        members = nordic.places[nordic.zones.zone == row.rank]
        assert len(members) == row.zone_places
        xy = members[["lon", "lat"]].to_numpy(float).T
        assert shapely.contains_xy(row.geometry, *xy).all()


def test_flows_run_from_the_site_to_the_customers_of_the_list(made, nordic, ranked):
    flows = made["freight_flows"].frame
    plants = nordic.demand.plants.set_index("id")
    geod = Geod(ellps="WGS84")
    for _, flow in flows.iloc[:: max(len(flows) // 20, 1)].iterrows():
        site, plant = ranked.loc[flow["rank"] - 1], plants.loc[flow["plant_id"]]
        ends = shapely.get_coordinates(flow.geometry)[[0, -1]]
        assert ends[0] == pytest.approx([site["lon"], site["lat"]], abs=1e-5)
        assert ends[1] == pytest.approx([plant["lon"], plant["lat"]], abs=1e-5)
        metres = geod.inv(*ends[0], *ends[1])[2]
        assert flow["great_circle_km"] == pytest.approx(metres / 1000, abs=0.1)
    way = flows["freight_usd_per_t"] + flows["duty_usd_per_t"]
    assert (way.groupby(flows["rank"]).diff().dropna() >= -0.02).all()
    first = flows[flows["order"] == 1]
    named = ranked["customers"].str.rsplit(";").str[0].str.rsplit(" (", n=1).str[0]
    assert first["plant"].tolist() == named.tolist()


def test_facts_carry_their_source(made):
    for name in ("gigafactories", "anode_plants", "automaker_plants"):
        frame = made[name].frame
        assert frame["source"].ne("").all()
        assert set(frame["confidence"]) <= set("ABC")


def test_a_column_of_the_users_named_geometry_is_kept(ranked):
    points = layers.ranked_points(ranked.assign(geometry="z"))
    assert set(points["own_geometry"]) == {"z"}
    assert np.allclose(points.geometry.y, ranked["lat"])
