from siting.results.columns import MEANINGS, Meaning, meanings
from siting.results.gis.layers import layers
from siting.results.tables import ranked_sites
from siting.study.criteria import CRITERIA


def test_every_column_of_the_list_and_of_every_layer_has_a_meaning(nordic):
    ranked = ranked_sites(nordic)
    named = {column for layer in layers(nordic, ranked) for column in layer.frame} - {"geometry"}
    assert set(ranked) <= named
    assert named <= set(MEANINGS)


def test_no_two_columns_of_a_layer_mean_the_same(nordic):
    for layer in layers(nordic, ranked_sites(nordic)):
        words = [str(meaning) for meaning in meanings(layer.frame.columns).values()]
        assert len(words) == len(set(words)), layer.name


def test_a_number_bears_the_unit_that_its_name_carries(nordic):
    for column in ranked_sites(nordic):
        if column.endswith("_usd_per_t"):
            assert MEANINGS[column].unit == "USD/t"
        if column.endswith("_km"):
            assert MEANINGS[column].unit == "km"
    power = CRITERIA["power_price"]
    assert MEANINGS["power_price_usd_per_mwh"] == Meaning(power.name, power.unit)


def test_a_column_of_the_users_has_no_meaning():
    share = Meaning("Share of the chances that the zone holds", "0-1")
    assert meanings(["share", "=1+1"]) == {"share": share}
    assert str(share) == "Share of the chances that the zone holds (0-1)"
    assert str(Meaning("Name")) == "Name"
