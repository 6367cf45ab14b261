"""Towns of more than 15,000 people."""

from __future__ import annotations

import pandas as pd

from geodata import places
from geodata.build import sources

LEAST_PEOPLE = 15000
# GeoNames counts overseas regions as countries; the countries layer does not.
COUNTRY_OF = {
    "AX": "FI",
    "BQ": "NL",
    "CC": "AU",
    "CX": "AU",
    "GF": "FR",
    "GP": "FR",
    "MQ": "FR",
    "RE": "FR",
    "SJ": "NO",
    "YT": "FR",
}


def build() -> pd.DataFrame:
    """Make the towns layer: geonameid, name, country, region, lat, lon, population."""
    towns = sources.places(LEAST_PEOPLE)
    towns["country"] = towns["country"].replace(COUNTRY_OF)
    towns["region"] = places.locate(
        towns["lat"].to_numpy(), towns["lon"].to_numpy(), towns["country"].to_numpy()
    )["region"].to_numpy()
    towns = towns.sort_values(["population", "geonameid"], ascending=[False, True])
    columns = ["geonameid", "name", "country", "region", "lat", "lon", "population"]
    return pd.DataFrame(towns[columns].reset_index(drop=True))


if __name__ == "__main__":
    sources.write(build(), "towns")
