import pytest

from geodata.errors import SitingError
from siting.world.towns import point


@pytest.mark.parametrize("text", ["62.39,17.31", " 62.39 , 17.31 ", "+62.39,17.31"])
def test_coordinates(text):
    assert point(text).latlon == (62.39, 17.31)


def test_a_town_by_name_without_its_accents():
    assert point("lulea").name == "Luleå, SE"


def test_of_towns_of_one_name_the_largest_or_that_of_the_country():
    assert point("London").name.endswith("GB")
    assert point("London, CA").name.endswith("CA")


@pytest.mark.parametrize("text", ["95,10", "10,-190"])
def test_off_the_globe(text):
    with pytest.raises(SitingError, match="globe"):
        point(text)


def test_an_unknown_town_suggests_the_nearest():
    with pytest.raises(SitingError, match="Salzgitter"):
        point("Salzgiter")
    with pytest.raises(SitingError, match="lat,lon"):
        point("qqqqqqq")
