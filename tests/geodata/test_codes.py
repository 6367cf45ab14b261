import pytest

from geodata.codes import (
    blocs,
    countries,
    country_hint,
    country_meant,
    country_of,
    foreign_names,
    place_hint,
)
from geodata.places import country_names


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("UK", "GB"), ("EL", "GR"), ("uk", "GB"), ("U.K.", "GB"), ("de", "DE"), ("DEU", "DE"),
        ("GER", "DE"), ("Germany", "DE"), ("Germny", "DE"), ("Deutschland", "DE"), ("USA", "US"),
        ("the Netherlands", "NL"), ("Turkey", "TR"), ("Türkiye", "TR"), ("Cote d'Ivoire", "CI"),
        ("South Korea", "KR"), ("DE-BY", "DE"), ("SE2", "SE"), ("GF", "FR"), ("GUF", "FR"),
        ("XX", ""), ("ZZ", ""), ("12", ""), ("", ""), ("EU", ""), ("AQ", ""), ("\x1b[31m", ""),
    ],
)  # fmt: skip
def test_what_people_write_for_a_country(word, code):
    assert country_meant(word) == code
    assert (f"mean {code}?" if code else "ISO 3166-1") in country_hint(word)


@pytest.mark.parametrize(
    ("word", "code"),
    [("中国", "CN"), ("말레이시아", "MY"), ("摩洛哥", "MA"), ("日本", "JP"), ("Suomi", "FI"),
     ("ESPAÑA", "ES"), ("Österreich", "AT"), ("Марокко", "MA"), ("Maroc", "MA"), ("モロッコ", "MA"),
     ("Corea", "")],
)  # fmt: skip
def test_a_country_is_known_by_its_name_in_other_languages(word, code):
    assert country_of(word) == code


def test_no_foreign_name_means_another_country_than_ours_does():
    ours = {name.casefold(): code for code, name in country_names().items()}
    wrong = {n: c for n, c in foreign_names().items() if ours.get(n.casefold(), c) != c}
    assert wrong == {}


def test_a_code_or_a_name_of_a_country_is_never_taken_for_another():
    assert all(country_meant(code) == country_meant(code.lower()) == code for code in countries())
    assert not blocs() & countries()


@pytest.mark.parametrize(
    ("word", "parts", "meant"),
    [
        ("asean", False, "ASEAN"), ("European Union", False, "EU"), ("Europe", False, "EU"),
        ("Europe", True, "europe"), ("Middle East", True, "middle_east"), ("europ", True, "europe"),
        ("UK", True, "GB"),
    ],
)  # fmt: skip
def test_what_people_write_for_a_bloc_or_a_part_of_the_world(word, parts, meant):
    assert f"did you mean {meant}?" in place_hint(word, parts=parts)


def test_who_means_nobody_is_told_what_may_stand():
    assert "a bloc, as EU" in place_hint("XX")
    assert "south_east_asia" in place_hint("XX", parts=True)
