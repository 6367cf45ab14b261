from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from scipy.sparse.csgraph import shortest_path
from shapely.geometry import box

from geodata.build import roads
from geodata.build.graphs import Graph
from geodata.build.land import Land
from geodata.errors import SitingError


def chain(lat: list[float], lon: list[float], pairs: list[tuple[int, int]]) -> Graph:
    u, v = np.array(pairs).T
    y, x = np.array(lat), np.array(lon)
    km = 111.2 * np.hypot(y[u] - y[v], (x[u] - x[v]) * np.cos(np.radians(y[u])))
    return Graph(y, x, u, v, km)


def km_between(graph: Graph, a: int, b: int) -> float:
    return float(shortest_path(graph.matrix(), directed=False, indices=a)[b])


def land(*areas: object) -> Land:
    codes = [f"C{i}" for i in range(len(areas))]
    return Land(gpd.GeoDataFrame({"country": codes}, geometry=list(areas), crs="EPSG:4326"))


WIDE = land(box(-5, 40, 15, 60))
LINK = {"link_id": "x", "from_name": "a", "to_name": "b", "km": 50.0}


def ends(*places: float) -> dict[str, float]:
    return dict(zip(("from_lat", "from_lon", "to_lat", "to_lon"), places, strict=True))


def test_link_joins_the_nearest_nodes() -> None:
    graph = chain([50, 50, 50, 50], [0, 1, 2, 3], [(0, 1), (2, 3)])
    links = pd.DataFrame([LINK | ends(50, 1.1, 50, 1.9)])
    joined, nodes = roads.with_links(graph, links)
    assert nodes.tolist() == [[1, 2]]
    assert km_between(joined, 1, 2) == pytest.approx(50)


def test_link_to_a_stub_reaches_the_roads_beside_it() -> None:
    # node 4 is the nearest to the end of the link, but joined to nothing else
    graph = chain([50, 50, 50, 50, 50, 50], [0, 1, 2, 3, 1.03, 1.04], [(0, 1), (2, 3), (4, 5)])
    links = pd.DataFrame([LINK | ends(50, 1.035, 50, 2)])
    joined, _ = roads.with_links(graph, links)
    assert km_between(joined, 0, 2) < 130


def test_links_that_end_nowhere_are_named_together() -> None:
    graph = chain([50, 50], [0, 1], [(0, 1)])
    far = LINK | ends(55, 0, 50, 1)
    links = pd.DataFrame([far | {"link_id": "one"}, far | {"link_id": "two"}])
    with pytest.raises(SitingError) as caught:
        roads.with_links(graph, links)
    assert len(caught.value.faults) == 2
    assert "one" in str(caught.value)


def test_closed_border_is_cut_and_no_other() -> None:
    graph = chain([50, 50, 50, 50], [0, 1, 2, 3], [(0, 1), (1, 2), (2, 3)])
    country = np.array(["AA", "AA", "BB", "CC"])
    closed = pd.DataFrame({"from_name": ["BB"], "to_name": ["AA"]})
    cut = roads.without_borders(graph, country, closed)
    assert np.isinf(km_between(cut, 0, 3))
    assert km_between(cut, 2, 3) == km_between(graph, 2, 3)
    assert len(cut.u) == 2


def test_gap_over_land_is_closed_and_over_water_is_not() -> None:
    graph = chain([50, 50, 50, 50], [0, 1, 1.2, 2], [(0, 1), (2, 3)])
    joined = roads.with_gaps_closed(graph, WIDE, 25.0)
    assert km_between(joined, 1, 2) == pytest.approx(14.3 * roads.WINDING, rel=0.01)
    bay = WIDE._parts[0].difference(box(1.02, 45, 1.18, 60))
    assert np.isinf(km_between(roads.with_gaps_closed(graph, land(bay), 25.0), 1, 2))


def test_strait_of_a_mile_is_closed_whatever_lies_between() -> None:
    graph = chain([50, 50, 50, 50], [0, 1, 1.02, 2], [(0, 1), (2, 3)])
    apart = land(box(-5, 40, 1.001, 60), box(1.019, 40, 15, 60))
    assert km_between(roads.with_gaps_closed(graph, apart, 25.0), 1, 2) < 3


def hairpin() -> Graph:
    """Two parallel roads 20 km apart which meet 200 km away only."""
    x = np.arange(0, 3, 0.25)
    lat = [*np.full(12, 50.0), *np.full(12, 50.18), 51.5, 48.5]
    lon = [*x, *x, 1.4, 1.4]
    one = [(i, i + 1) for i in range(11)]
    two = [(i + 12, i + 13) for i in range(11)]
    return chain(lat, lon, [*one, *two, (11, 23), (23, 24), (0, 25)])


def test_local_roads_are_supplied_where_the_way_round_is_long() -> None:
    graph = hairpin()
    assert km_between(graph, 0, 12) > 350
    assert km_between(roads.with_local_roads(graph, WIDE), 0, 12) == pytest.approx(
        20 * roads.WINDING, rel=0.01
    )
    # where the roads meet anyway nothing is added
    assert km_between(roads.with_local_roads(graph, WIDE), 11, 23) == km_between(graph, 11, 23)


def test_local_roads_do_not_cross_water() -> None:
    fjord = WIDE._parts[0].difference(box(-5, 50.05, 15, 50.15))
    graph = hairpin()
    mended = roads.with_local_roads(graph, land(fjord))
    assert km_between(mended, 0, 12) == km_between(graph, 0, 12)
