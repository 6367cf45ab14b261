import numpy as np
import pytest

from geodata.errors import SitingError
from siting.freight.freight import route
from siting.market.customers import coordinates, freight_to_customers, known_demand
from siting.study.study import Study
from siting.world import facts


def test_no_customer_stands_where_nobody_may_sell(nordic):
    closed = set(nordic.facts.closed)
    assert closed
    assert not closed & set(nordic.demand.plants["country"])
    assert not closed & set(nordic.demand.carmakers["country"])


def test_demand_and_what_rivals_leave_of_it(nordic):
    plants = nordic.demand.plants
    assert (plants["anode_kt"] >= 0).all()
    assert plants["anode_kt"].sum() > 500  # over 1,000 GWh outside China
    assert (plants["unserved_kt"] <= plants["anode_kt"] + 1e-9).all()
    assert (plants["unserved_kt"] >= -1e-9).all()
    served = plants["anode_kt"].sum() - plants["unserved_kt"].sum()
    assert 0 < served <= nordic.demand.rivals["supply_kt"].sum() + 1e-6


def test_freight_stands_under_the_right_plant(nordic):
    """Seen from a plant's own gate, that plant is the nearest; and a route says the same."""
    known = nordic.demand
    rows = np.flatnonzero(known.plants["country"].isin(["SE", "DE", "US", "JP"]))[::8]
    seen = freight_to_customers(known, coordinates(known.plants.iloc[rows]))
    own = seen.freight[np.arange(len(rows)), rows]
    assert own == pytest.approx(seen.freight.min(axis=1), abs=0.01)
    far = rows[-1]
    points = coordinates(known.plants)
    way = route(*known.ways, tuple(points[rows[0]]), tuple(points[far]))
    assert seen.freight[0, far] == pytest.approx(way.usd_per_t, rel=1e-4)


def test_carmakers_and_feedstock_have_columns_of_their_own(nordic):
    known = nordic.demand
    k, s = len(known.carmakers), len(known.feedstock)
    assert nordic.customers.car_freight.shape == (len(nordic.places), k)
    assert nordic.customers.feed_freight.shape == (len(nordic.places), s)
    car = known.carmakers.reset_index(drop=True)
    at = int(np.flatnonzero(car["country"].eq("SE"))[0])
    there = freight_to_customers(known, coordinates(car.iloc[[at]]))
    assert there.car_freight[0, at] == pytest.approx(there.car_freight.min(), abs=0.01)


def test_the_feedstock_is_that_of_the_product(nordic):
    natural = known_demand(Study(product="natural"), nordic.facts)
    assert natural.feedstock["feedstock"].str.contains("flake").all()
    assert nordic.demand.feedstock["feedstock"].str.contains("coke").all()


def test_nobody_to_sell_to_is_a_fault(tmp_path):
    (tmp_path / "g.csv").write_text(
        "id,name,owner,owner_hq_country,country,city,lat,lon,coord_precision,status,"
        "capacity_gwh_now,capacity_gwh_2030,start_year,chemistry,source,confidence,"
        "announced_date,segment,as_of\n"
        "a,A,Me,CN,SE,Umea,63.8,20.2,city,announced,0,0,2028,NMC,me,A,2026-05-01,ev,2026-05-01\n"
    )
    study = Study(tables={"gigafactories": tmp_path / "g.csv"})
    with pytest.raises(SitingError, match="no gigafactory"):
        known_demand(study, facts.load(study))
