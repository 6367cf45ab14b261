"""What a reader may search for beside the places of a study: countries and larger towns.

Countries go by their codes and by their names in many languages, towns by their name and those
in Chinese, Japanese and Korean. Both are the same for every study, as the basemap is.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from geodata.codes import called
from geodata.geometry import layer
from maps import linework
from maps.escape import plain

LEAST_PEOPLE = 500_000  # of a town that is searched for by name alone
OF_EACH = 2  # towns of every country that are, however small
EACH = 2  # names of a town in each script
BETWEEN = "|"  # names of one place; none holds it
# A name in kanji that only spells itself out in hiragana is searched for by nobody.
SCRIPTS = tuple(
    re.compile(letters)
    for letters in ("^[\u3400-\u9fff]+$", "^[\u30a0-\u30ff\u3000 \u30fb]+$", "^[\uac00-\ud7af ]+$")
)


@lru_cache
def payload() -> dict[str, Any]:
    """Return names of countries by code, and towns: names, country and position of each.

    Returns
    -------
    dict
        countries: code -> names, the own first; towns: `names` and `country` as lists, largest
        first, and `places` as one line in the code of `maps.linework`.
    """
    return {
        "countries": {code: _joined(names) for code, names in sorted(called().items())},
        "towns": towns(large()),
    }


def large() -> pd.DataFrame:
    """Return the towns that are found by name alone, the largest first.

    Those of many people, and the largest of every country.
    """
    rows = layer("towns").sort_values(["population", "geonameid"], ascending=[False, True])
    largest = rows.groupby("country").cumcount() < OF_EACH
    return rows[(rows["population"] >= LEAST_PEOPLE) | (largest & rows["population"].gt(0))]


def towns(rows: pd.DataFrame) -> dict[str, Any]:
    """Return towns as the page has them: all names, country and place of each."""
    others = east_asian()
    every = zip(rows["geonameid"], rows["name"], strict=True)
    return {
        "names": [_joined((name, *others.get(number, ()))) for number, name in every],
        "country": [plain(code) for code in rows["country"]],
        "places": linework.encode(rows[["lon", "lat"]].to_numpy(dtype=float)),
    }


@lru_cache
def east_asian() -> dict[int, tuple[str, ...]]:
    """Return the names of towns in Chinese, Japanese and Korean letters, by `geonameid`."""
    rows = layer("town_names")
    numbers = rows["geonameid"].to_numpy()
    names: dict[int, list[str]] = {}
    for script in SCRIPTS:
        mine = np.flatnonzero(rows["name"].str.contains(script))
        short = rows.iloc[mine].assign(long=rows["name"].iloc[mine].str.len())
        first = short.sort_values(["geonameid", "long", "name"]).groupby("geonameid").head(EACH)
        for number, name in zip(first["geonameid"], first["name"], strict=True):
            names.setdefault(int(number), []).append(str(name))
    return {int(number): tuple(names[int(number)]) for number in numbers if int(number) in names}


def _joined(names: tuple[str, ...]) -> str:
    return BETWEEN.join(plain(name) for name in names)
