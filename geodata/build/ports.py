"""Cargo ports: searoute's list, corrected where positions are wrong and completed by hand.

A plant needs a quay that a container feeder or a small bulk carrier calls at. No package states
depths or sizes. The list marks ports with a terminal, and others for which it knows the countries
that they trade with; cargo ports added to the freight network by hand count too. The rest are
fishing harbours, anchorages and river landings, and are left out.
"""

from __future__ import annotations

import json
import unicodedata

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from scipy.spatial import cKDTree

from geodata import geometry, places, sphere
from geodata.build import sources
from geodata.build.towns import COUNTRY_OF
from geodata.load import table

COAST_KM = 25.0  # to the 1:10m coast, which follows wide estuaries (Hamburg, Montreal)
SAME_PLACE_KM = 12.0
TOO_FAR_KM = 15.0
ASTRAY_KM = 100.0
CASPIAN = (46.0, 36.0, 55.5, 47.6)  # degrees W, S, E, N: no way to the oceans for ships
# Former codes of countries in UN/LOCODE, and typing errors of the list.
CODES = {"AN": "CW", "CS": "ME", "TK": "TM", "CH": "UA", "ZAPOR": "UA", "ASPGO": "PA"}

# Ports that the list lacks or misplaces: code, name, lat, lon. Positions are approximate,
# from general knowledge; a hyphen marks a code of our own where no UN/LOCODE was at hand.
BY_HAND = (
    ("ITBDS", "Brindisi", 40.645, 17.965),
    ("ESHUV", "Huelva", 37.195, -6.935),
    ("AEKHL", "Khalifa Port", 24.810, 54.660),
    ("AERUW", "Ruwais", 24.145, 52.735),
    ("AE-MSF", "Musaffah", 24.370, 54.480),
    ("SAYNB", "Yanbu", 23.955, 38.230),
    ("SA-RAK", "Ras Al-Khair", 27.540, 49.190),
    ("OMDQM", "Duqm", 19.670, 57.715),
    ("OMSOH", "Sohar", 24.505, 56.625),
    ("ZASDB", "Saldanha Bay", -33.025, 17.965),
    ("LKHBA", "Hambantota", 6.120, 81.105),
    ("VN-VAG", "Vung Ang", 18.110, 106.395),
    ("VN-NGS", "Nghi Son", 19.310, 105.820),
    ("VN-DQT", "Dung Quat", 15.400, 108.790),
    ("TR-FIL", "Filyos", 41.580, 32.030),
    ("AUGET", "Geraldton", -28.775, 114.600),
    ("USILM", "Wilmington (North Carolina)", 34.190, -77.955),
    ("BR-ACU", "Porto do Açu", -21.850, -41.010),
    ("MY-SMJ", "Samalaju", 3.540, 113.310),
    ("MAPTM", "Tanger Med", 35.885, -5.500),
    ("NGLKK", "Lekki", 6.430, 4.005),
    ("IEFOV", "Foynes", 52.615, -9.110),
    ("SADMM", "Dammam", 26.495, 50.200),
    ("NAWVB", "Walvis Bay", -22.950, 14.495),
    ("JPKSM", "Kashima", 35.930, 140.690),
    ("JPSKD", "Sakaide", 34.335, 133.845),
    ("JP-MUO", "Mutsu-Ogawara", 40.930, 141.390),
    ("INJGD", "Jaigarh", 17.300, 73.215),
    ("USPDX", "Portland (Oregon)", 45.630, -122.770),
    ("USPWM", "Portland (Maine)", 43.655, -70.245),
    ("US-SRP", "Searsport", 44.450, -68.920),
    ("TZMYW", "Mtwara", -10.270, 40.200),
    ("MYLBU", "Labuan", 5.275, 115.245),
)
# Dammam again, under a mistyped code; then ports at another's place
REPLACED = ("SADMN", "USPIT", "ARSFN", "BRNVT")
# Sea ports further up a river, canal or the Great Lakes than COAST_KM.
UPRIVER = (
    "ARROS ARZAE BRMAO CAHAM CATHU CATOR CDMAT CNHUI CNNKG CNWUX DEBRE ESSVQ FRURO GBLON GBMNC "
    "IDDJB IDPLM INCCU IRKHO KHPNH MDGIU MYSBW PYASU RUKGD USBUF USCHI USCLE USDET USDLH USMEM "
    "USMKE USTOL VNDNA"
)
# Right where they are, although the only places of that name are far away.
RIGHT = "BRTUB GTSNJ IDBUR ITVAD KRMAS KRTSN MXDBT MXTUX PECON PESNX"
# With a container service, though neither the list nor the freight network marks them (general
# knowledge): Pantoloan, Lahad Datu, Jazan, Duba, Kunsan, Kakinada.
CALLED = "IDPTL MYLDU SAGIZ SADHU KRKUV INKAK"
NETWORK_KM = 5.0  # positions of `freight_links` are good to about that
NAMES = {"SEGOT": "Gothenburg"}  # misspelt in the list


def plain(names: pd.Series) -> pd.Series:
    """Reduce names to lower-case letters, without accents and what follows a comma or bracket."""
    head = names.str.split(r"[,(/]", regex=True).str[0].str.strip().str.casefold()
    return head.map(
        lambda name: "".join(c for c in unicodedata.normalize("NFKD", name) if c.isalpha())
    )


def as_minutes(degrees: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Read degrees.minutes that were taken for decimal degrees: 54.06 -> 54.10; NaN if not so.

    Many positions of the list are UN/LOCODE's ddmm with a point set in, up to 44 km off.
    """
    value = np.asarray(degrees, float)
    whole = np.trunc(value)
    minutes = np.round((value - whole) * 100, 6)
    could = (np.abs(minutes - np.round(minutes)) < 1e-4) & (np.abs(minutes) < 60)  # noqa: PLR2004 - minutes
    return np.where(could, whole + minutes / 60, np.nan)


def coast_within(lat: np.ndarray, lon: np.ndarray, km: float) -> npt.NDArray[np.bool_]:
    """Return which points are within `km` of a sea, the Caspian included."""
    countries = gpd.read_parquet(sources.LAYERS / "countries.parquet")
    land = shapely.union_all(countries.geometry.to_numpy())
    edges = geometry.outlines(np.asarray([land], dtype=object))
    return geometry.nearest_row(edges, lat, lon, km) >= 0


def km_to_namesake(ports: pd.DataFrame, lat: np.ndarray, lon: np.ndarray) -> np.ndarray:
    """Return the distance to the nearest place of the port's name in its country, NaN if none."""
    towns = sources.places(500)
    towns = pd.DataFrame(
        {
            "country": towns["country"].replace(COUNTRY_OF),
            "key": plain(towns["name"]),
            "town_lat": towns["lat"],
            "town_lon": towns["lon"],
        }
    )
    here = pd.DataFrame({"country": ports["country"], "key": plain(ports["name"])})
    here = here.assign(row=np.arange(len(here)), lat=lat, lon=lon)
    pairs = here.merge(towns, on=["country", "key"])
    pairs["km"] = sphere.great_circle_km(
        pairs["lat"], pairs["lon"], pairs["town_lat"], pairs["town_lon"]
    )
    return pairs.groupby("row")["km"].min().reindex(here["row"]).to_numpy()


def read() -> pd.DataFrame:
    """Read searoute's list: locode, name, country, lat, lon, served (terminal or known trade)."""
    path = sources.pip("searoute") / "data" / "ports.geojson"
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    rows = [
        (
            f["properties"]["port"],
            f["properties"]["name"].strip(),
            f["geometry"]["coordinates"][1],
            f["geometry"]["coordinates"][0],
            f["properties"].get("t") == 1 or bool(f["properties"].get("to_cty")),
        )
        for f in features
    ]
    ports = pd.DataFrame(rows, columns=["locode", "name", "lat", "lon", "served"])
    prefix = ports["locode"].str[:2]
    country = ports["locode"].map(CODES).fillna(prefix.replace(CODES)).replace(COUNTRY_OF)
    return ports.assign(country=country)


def served_by_network(ports: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Return which ports are cargo ports of the freight network (`freight_links`)."""
    links = table("freight_links").query("kind == 'port'")
    here = sphere.unit_vectors(ports["lat"], ports["lon"])
    there = sphere.unit_vectors(links["from_lat"], links["from_lon"])
    chord, _ = cKDTree(there).query(here)
    return np.asarray(2 * sphere.EARTH_KM * np.arcsin(chord / 2) <= NETWORK_KM)


def corrected(ports: pd.DataFrame) -> pd.DataFrame:
    """Correct degrees.minutes and drop what still lies in another country or far from the sea."""
    lat, lon = ports["lat"].to_numpy(), ports["lon"].to_numpy()
    lat2, lon2 = as_minutes(lat), as_minutes(lon)
    possible = np.isfinite(lat2) & np.isfinite(lon2)
    lat2, lon2 = np.where(possible, lat2, lat), np.where(possible, lon2, lon)
    country = ports["country"].to_numpy(dtype=object)

    def at_home(y: np.ndarray, x: np.ndarray) -> np.ndarray:
        actual = places.locate(y, x, country)["country"].to_numpy()
        # the dependencies share one former code
        return np.asarray((actual == country) | np.isin(ports["locode"].str[:2], ("AN",)))

    home, home2 = at_home(lat, lon), at_home(lat2, lon2)
    km, km2 = km_to_namesake(ports, lat, lon), km_to_namesake(ports, lat2, lon2)
    named = (km > TOO_FAR_KM) & (km2 < SAME_PLACE_KM)
    swap = possible & home2 & (named | ~home)
    lat, lon, home = np.where(swap, lat2, lat), np.where(swap, lon2, lon), home | swap
    known = ports["served"].to_numpy() | ports["locode"].isin(RIGHT.split()).to_numpy()
    astray = (km_to_namesake(ports, lat, lon) > ASTRAY_KM) & ~known
    west, south, east, north = CASPIAN
    caspian = (lon > west) & (lon < east) & (lat > south) & (lat < north)
    coastal = coast_within(lat, lon, COAST_KM) & ~caspian
    coastal |= ports["locode"].isin(UPRIVER.split()).to_numpy()
    keep = home & coastal & ~astray
    print(
        f"ports: {swap.sum()} read as degrees.minutes; dropped {(~home).sum()} abroad or at sea, "
        f"{(home & ~coastal).sum()} inland, {(home & coastal & astray).sum()} at another place"
    )
    return pd.DataFrame(ports.assign(lat=lat, lon=lon)[keep])


def build() -> pd.DataFrame:
    """Make the ports layer: locode, name, country, lat, lon; sorted by code."""
    hand = pd.DataFrame(BY_HAND, columns=["locode", "name", "lat", "lon"])
    hand = hand.assign(country=hand["locode"].str[:2], served=True)
    ports = read()
    ports = ports[~ports["locode"].isin([*hand["locode"], *REPLACED])]
    ports = pd.concat([corrected(ports.reset_index(drop=True)), hand], ignore_index=True)
    cargo = ports["served"] | served_by_network(ports) | ports["locode"].isin(CALLED.split())
    ports = ports[cargo].reset_index(drop=True)
    former = ports["locode"].str.startswith(("AN", "CS"))  # former states: ask the map
    now = places.locate(ports["lat"].to_numpy(), ports["lon"].to_numpy())["country"]
    ports["country"] = ports["country"].mask(former, now)
    ports = ports.sort_values(["locode", "served", "name"], ascending=[True, False, True])
    ports = ports.drop_duplicates("locode").reset_index(drop=True)
    ports["name"] = ports["locode"].map(NAMES).fillna(ports["name"])
    ports[["lat", "lon"]] = ports[["lat", "lon"]].round(5)
    return pd.DataFrame(ports[["locode", "name", "country", "lat", "lon"]])


if __name__ == "__main__":
    sources.write(build(), "ports")
