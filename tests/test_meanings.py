from siting.results.gis_layers import layers
from siting.results.meanings import MEANINGS, Meaning, meanings
from siting.results.ranking import ranked_sites
from siting.study.criteria import CRITERIA


def test_every_column_of_the_list_and_of_every_layer_is_told(nordic):
    ranked = ranked_sites(nordic)
    told = {column for layer in layers(nordic, ranked) for column in layer.frame} - {"geometry"}
    assert set(ranked) <= told
    assert told <= set(MEANINGS)


def test_no_two_columns_of_a_layer_are_told_alike(nordic):
    for layer in layers(nordic, ranked_sites(nordic)):
        said = [str(meaning) for meaning in meanings(layer.frame.columns).values()]
        assert len(said) == len(set(said)), layer.name


def test_a_number_is_told_with_the_unit_that_its_name_carries(nordic):
    for column in ranked_sites(nordic):
        if column.endswith("_usd_per_t"):
            assert MEANINGS[column].unit == "USD/t"
        if column.endswith("_km"):
            assert MEANINGS[column].unit == "km"
    power = CRITERIA["power_price"]
    assert MEANINGS["power_price_usd_per_mwh"] == Meaning(power.name, power.unit)


def test_a_column_of_the_users_is_not_told():
    assert meanings(["score", "=1+1"]) == {"score": Meaning("Score", "of 100")}
    assert str(Meaning("Score", "of 100")) == "Score (of 100)"
    assert str(Meaning("Name")) == "Name"
