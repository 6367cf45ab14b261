"""First-level regions of the world, ISO 3166-2, one common border between neighbours."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geodata.build import sources

# Two-letter codes that Natural Earth leaves to a dependency or a de facto power, by its
# adm0_a3; the planner follows ISO 3166-1 and the United Nations.
COUNTRY_OF = {
    "SOL": "SO",  # Somaliland
    "CYN": "CY",  # Northern Cyprus
    "ESB": "CY",  # British bases in Cyprus
    "WSB": "CY",
    "USG": "CU",  # Guantanamo
    "KAB": "KZ",  # Baikonur lease
    "ALD": "FI",  # Aland: region FI-01
    "PGA": "",  # Spratly Islands: claimed by six
    "KAS": "",  # Siachen Glacier
}
COUNTRY_OF_CODE = {"UA-43": "UA", "UA-40": "UA", "US-PR": "PR", "NL-SX": "SX"}
WESTERN_SAHARA_NORTH = 27.6667  # degrees: the border of the non-self-governing territory

# Natural Earth code -> ISO 3166-2 as it stands (Finland, Korea: as the catalogue uses them).
RECODE = {
    country + "-" + old: country + "-" + new
    for country, pairs in {
        # counties of 2024; those that merged are dissolved
        "NO": "01:31 02:32 06:33 04:34 05:34 07:39 08:40 09:42 10:42 12:46 14:46 16:50 17:50 "
        "19:55 20:56",
        "OM": "BA:BS SH:SJ",
        "PL": "SL:24 MA:12 PK:18 DS:02 OP:16 PD:20 WN:28 LB:08 ZP:32 LU:06 PM:22 MZ:14 LD:10 "
        "KP:04 WP:30 SK:26",
        "CZ": "US:42 LI:51 KA:41 PL:32 JC:31 KR:52 OL:71 PA:53 MO:80 JM:64 ZL:72 VY:63 ST:20 PR:10",
        "EE": "67:68 82:81 86:87 44:45 65:64 78:79 49:50 57:56 59:60 70:71 51:52",
        "IN": "CT:CG OR:OD TG:TS UT:UK",
        "ZA": "NL:KZN GT:GP",
        "MX": "DIF:CMX",
        "IT": "CI:SU VS:SU OG:NU OT:SS",
        "HU": "ED:PE",
        "FR": "GF:973 GP:971 MQ:972 RE:974 YT:976 75:75C",
        "PH": "MNL:00",
        "GR": "A1:I",
        "BH": "16:14",
    }.items()
    for old, new in (pair.split(":") for pair in pairs.split())
}
# Divisions younger than Natural Earth's: the outline is cut half-way between places of
# GeoNames, which know their present region. Old codes (none: all of the country), then
# GeoNames code -> ISO 3166-2.
RECUT: dict[str, tuple[tuple[str, ...], dict[str, str]]] = {
    "MA": ((), {f"{n:02d}": f"MA-{n:02d}" for n in range(1, 13)}),  # twelve regions of 2015
    "ID": (("ID-KI",), {"14": "ID-KI", "42": "ID-KU"}),  # North Kalimantan, 2012
}
RECUT_NAMES = {
    "MA-01": "Tanger-Tétouan-Al Hoceïma",
    "MA-02": "L'Oriental",
    "MA-03": "Fès-Meknès",
    "MA-04": "Rabat-Salé-Kénitra",
    "MA-05": "Béni Mellal-Khénifra",
    "MA-06": "Casablanca-Settat",
    "MA-07": "Marrakech-Safi",
    "MA-08": "Drâa-Tafilalet",
    "MA-09": "Souss-Massa",
    "MA-10": "Guelmim-Oued Noun",
    "MA-11": "Laâyoune-Sakia El Hamra",
    "MA-12": "Dakhla-Oued Ed-Dahab",
    "ID-KI": "Kalimantan Timur",
    "ID-KU": "Kalimantan Utara",
    "FI-01": "Åland",
    "NO-34": "Innlandet",
    "NO-42": "Agder",
    "NO-46": "Vestland",
    "NO-50": "Trøndelag",
    "PH-00": "Metro Manila",
    "HU-PE": "Pest",
    "IT-SU": "Sud Sardegna",
    "IT-NU": "Nuoro",
    "IT-SS": "Sassari",
}
# Square root of the area, in degrees, of the corners that are cut off (Visvalingam-Whyatt).
TOLERANCE = 0.012


def codes(frame: pd.DataFrame) -> pd.DataFrame:
    """Give every division its country (ISO2) and its region (ISO 3166-2, "" where none).

    Parameters
    ----------
    frame : DataFrame
        Columns iso_a2, iso_3166_2, adm0_a3 as Natural Earth has them.

    Returns
    -------
    DataFrame
        Columns country and region, same index.
    """
    country = frame["adm0_a3"].map(COUNTRY_OF).fillna(frame["iso_a2"])
    country = frame["iso_3166_2"].map(COUNTRY_OF_CODE).fillna(country)
    region = frame["iso_3166_2"].replace(RECODE)
    # Natural Earth's own makeshift codes end in a tilde; a code of another country is no code
    makeshift = region.str.contains("~", regex=False) | region.str.startswith("-99")
    foreign = region.str.split("-").str[0] != country
    region = region.mask(makeshift | foreign, "")
    region = region.mask(frame["adm0_a3"] == "ALD", "FI-01")
    return pd.DataFrame({"country": country, "region": region})


def cut_by_towns(
    outline: shapely.Geometry, lon: np.ndarray, lat: np.ndarray, label: np.ndarray
) -> dict[str, shapely.Geometry]:
    """Divide an outline among labels: each point of it goes to the nearest town's label."""
    towns = shapely.points(lon, lat)
    cells = np.asarray(
        shapely.get_parts(
            shapely.voronoi_polygons(
                shapely.multipoints(towns), extend_to=shapely.envelope(outline), ordered=True
            )
        )
    )
    return {
        str(name): shapely.intersection(shapely.union_all(cells[label == name]), outline)
        for name in np.unique(label)
    }


def recut(frame: gpd.GeoDataFrame, towns: pd.DataFrame) -> gpd.GeoDataFrame:
    """Replace the regions in `RECUT` by those of today."""
    rows = [frame]
    drop = np.zeros(len(frame), dtype=bool)
    for country, (old, new) in RECUT.items():
        mine = (frame["country"] == country).to_numpy()
        if old:
            mine = mine & frame["region"].isin(old).to_numpy()
        known = towns[(towns["country"] == country) & towns["admin1code"].isin(new)]
        known = known.drop_duplicates(["lon", "lat"])
        outline = shapely.union_all(frame.geometry.to_numpy()[mine])
        pieces = cut_by_towns(
            outline,
            known["lon"].to_numpy(),
            known["lat"].to_numpy(),
            known["admin1code"].map(new).to_numpy(dtype=object),
        )
        rows.append(
            gpd.GeoDataFrame(
                {"region": list(pieces), "name": "", "country": country},
                geometry=list(pieces.values()),
                crs=sources.CRS,
            )
        )
        drop = drop | mine
    rows[0] = frame[~drop]
    return gpd.GeoDataFrame(pd.concat(rows, ignore_index=True), crs=sources.CRS)


def free_western_sahara(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Cut Morocco at the border of Western Sahara; what lies south of it is EH."""
    south = shapely.box(-20.0, 20.0, -5.0, WESTERN_SAHARA_NORTH)
    morocco = frame["country"] == "MA"
    taken = frame[morocco].copy()
    taken["geometry"] = shapely.intersection(taken.geometry.to_numpy(), south)
    taken["country"], taken["region"] = "EH", ""
    kept = frame.copy()
    kept.loc[morocco, "geometry"] = shapely.difference(kept.geometry.to_numpy()[morocco], south)
    both = pd.concat([kept, taken[~taken.geometry.is_empty]], ignore_index=True)
    return gpd.GeoDataFrame(both[~both.geometry.is_empty], crs=sources.CRS)


def polygons_only(geometry: np.ndarray) -> np.ndarray:
    """Hint invalid areas and drop the lines and points that the repair leaves behind."""
    repaired = shapely.make_valid(geometry, method="structure", keep_collapsed=False)
    parts, owner = shapely.get_parts(repaired, return_index=True)
    parts, deeper = shapely.get_parts(parts, return_index=True)  # areas inside collections
    owner, areal = owner[deeper], shapely.area(parts) > 0
    whole = np.full(len(repaired), shapely.MultiPolygon(), dtype=object)
    shapely.multipolygons(parts[areal], indices=owner[areal], out=whole)
    return whole


def dissolve(frame: gpd.GeoDataFrame, by: list[str]) -> gpd.GeoDataFrame:
    """Join rows that share `by`; the name of the largest part stays."""
    area = shapely.area(frame.geometry.to_numpy())
    frame = frame.iloc[np.argsort(-area, kind="stable")]
    joined = [
        (*key, str(rows["name"].iloc[0]), shapely.union_all(rows.geometry.to_numpy()))
        for key, rows in frame.groupby(by, sort=True)
    ]
    table = pd.DataFrame(joined, columns=[*by, "name", "geometry"])
    return gpd.GeoDataFrame(table, geometry="geometry", crs=sources.CRS)


def build() -> gpd.GeoDataFrame:
    """Make the regions layer: region, name, country, geometry.

    One row has region "" in a country where land has no ISO 3166-2 code.
    """
    raw = sources.admin1()
    frame = gpd.GeoDataFrame(
        codes(raw).assign(name=raw["name"].fillna("")),
        geometry=polygons_only(raw.geometry.to_numpy()),
        crs=sources.CRS,
    )
    frame = frame[(frame["country"] != "") & (frame["country"] != "AQ")]
    frame = free_western_sahara(frame)
    frame = recut(frame, sources.places(500))
    frame = dissolve(frame, ["country", "region"])
    simple = shapely.coverage_simplify(polygons_only(frame.geometry.to_numpy()), TOLERANCE)
    frame["geometry"] = polygons_only(sources.on_grid(polygons_only(np.asarray(simple))))
    frame["name"] = frame["region"].map(RECUT_NAMES).fillna(frame["name"])
    frame.loc[frame["region"] == "", "name"] = ""
    frame = frame[~frame.geometry.is_empty].reset_index(drop=True)
    return frame[["region", "name", "country", "geometry"]]


if __name__ == "__main__":
    sources.write(build(), "regions")
