import pandas as pd

from siting.results.columns import COLUMNS, Column, as_written, known
from siting.results.gis.layers import layers
from siting.results.tables import ranked_sites, tables_of
from siting.study.criteria import CRITERIA


def test_every_column_of_the_list_and_of_every_layer_has_a_meaning(nordic):
    ranked = ranked_sites(nordic)
    named = {column for layer in layers(nordic, tables_of(nordic)) for column in layer.frame} - {
        "geometry"
    }
    assert set(ranked) <= named
    assert named <= set(COLUMNS)


def test_no_two_columns_of_a_layer_mean_the_same(nordic):
    for layer in layers(nordic, tables_of(nordic)):
        words = [str(meaning) for meaning in known(layer.frame.columns).values()]
        assert len(words) == len(set(words)), layer.name


def test_a_number_bears_the_unit_that_its_name_carries(nordic):
    for column in ranked_sites(nordic):
        if column.endswith("_usd_per_t"):
            assert COLUMNS[column].unit == "USD/t"
        if column.endswith("_km"):
            assert COLUMNS[column].unit == "km"
    power = CRITERIA["power_price"]
    assert COLUMNS["power_price_usd_per_mwh"] == Column(power.name, power.unit, 3)


def test_a_column_of_the_users_has_no_meaning():
    share = Column("Chance of the next plant: the zone", "0-1", 6)
    assert known(["share", "=1+1"]) == {"share": share}
    assert str(share) == "Chance of the next plant: the zone (0-1)"
    assert str(Column("Name")) == "Name"


def test_a_table_is_written_to_the_decimals_of_its_columns():
    table = pd.DataFrame(
        {"share": [0.12345678], "margin_usd_per_t": [-12.6], "front": [True],
         "odds_vs_median": [0.000312349], "mine": [1.23456789], "rank": [1]}
    )  # fmt: skip
    assert as_written(table).loc[0].tolist() == [0.123457, -13.0, "yes", 0.0003123, 1.23456789, 1]
