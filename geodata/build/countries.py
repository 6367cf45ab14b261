"""Countries: the regions dissolved, with their name and United Nations subregion."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import shapely

from geodata.build import regions, sources

# United Nations M49 subregions (Natural Earth's attribute `subregion`); Kosovo and Taiwan,
# which M49 does not list, are with their neighbours.
SUBREGIONS = {
    name: codes.split()
    for name, codes in {
        "Northern Africa": "DZ EG EH LY MA SD TN",
        "Eastern Africa": "BI DJ ER ET IO KE KM MG MU MW MZ RE RW SC SO SS TF TZ UG YT ZM ZW",
        "Middle Africa": "AO CD CF CG CM GA GQ ST TD",
        "Southern Africa": "BW LS NA SZ ZA",
        "Western Africa": "BF BJ CI CV GH GM GN GW LR ML MR NE NG SH SL SN TG",
        "Caribbean": "AG AI AW BB BL BQ BS CU CW DM DO GD GP HT JM KN KY LC MF MQ MS PR SX TC "
        "TT VC VG VI",
        "Central America": "BZ CR GT HN MX NI PA SV",
        "South America": "AR BO BR BV CL CO EC FK GF GS GY PE PY SR UY VE",
        "Northern America": "BM CA GL PM US",
        "Central Asia": "KG KZ TJ TM UZ",
        "Eastern Asia": "CN HK JP KP KR MN MO TW",
        "South-Eastern Asia": "BN ID KH LA MM MY PH SG TH TL VN",
        "Southern Asia": "AF BD BT IN IR LK MV NP PK",
        "Western Asia": "AE AM AZ BH CY GE IL IQ JO KW LB OM PS QA SA SY TR YE",
        "Eastern Europe": "BG BY CZ HU MD PL RO RU SK UA",
        "Northern Europe": "AX DK EE FI FO GB GG IE IM IS JE LT LV NO SE SJ",
        "Southern Europe": "AD AL BA ES GI GR HR IT ME MK MT PT RS SI SM VA XK",
        "Western Europe": "AT BE CH DE FR LI LU MC NL",
        "Australia and New Zealand": "AU CC CX HM NF NZ",
        "Melanesia": "FJ NC PG SB VU",
        "Micronesia": "FM GU KI MH MP NR PW UM",
        "Polynesia": "AS CK NU PF PN TK TO TV WF WS",
        "Antarctica": "AQ",
    }.items()
}
SUBREGION = {code: name for name, codes in SUBREGIONS.items() for code in codes}

# The names that readers know, where Natural Earth's long form is not one.
NAMES = {
    "BA": "Bosnia and Herzegovina",
    "BL": "Saint Barthélemy",
    "BN": "Brunei",
    "BS": "Bahamas",
    "CD": "DR Congo",
    "CG": "Congo",
    "CI": "Côte d'Ivoire",
    "CU": "Cuba",
    "CV": "Cabo Verde",
    "CY": "Cyprus",
    "CZ": "Czechia",
    "FM": "Micronesia",
    "GS": "South Georgia",
    "GW": "Guinea-Bissau",
    "HK": "Hong Kong",
    "MK": "North Macedonia",
    "MO": "Macao",
    "PN": "Pitcairn",
    "PS": "Palestine",
    "RS": "Serbia",
    "SS": "South Sudan",
    "ST": "São Tomé and Príncipe",
    "SZ": "Eswatini",
    "TF": "French Southern Territories",
    "TL": "Timor-Leste",
    "TR": "Türkiye",
    "TZ": "Tanzania",
    "UM": "US Minor Outlying Islands",
    "US": "United States",
}


def names(raw: pd.DataFrame) -> dict[str, str]:
    """Return ISO2 -> short English name; the commonest `admin` of its divisions, or `NAMES`."""
    frame = regions.codes(raw).assign(admin=raw["admin"])
    own = frame.groupby("country")["admin"].agg(lambda admin: admin.value_counts().index[0])
    return {str(code): str(name) for code, name in own.items()} | NAMES


def build() -> gpd.GeoDataFrame:
    """Make the countries layer: country (ISO2), name, world_region, geometry."""
    parts = gpd.read_parquet(sources.LAYERS / "regions.parquet")
    name = names(sources.admin1())
    rows = [
        (code, name[code], SUBREGION[code], shapely.union_all(rows.geometry.to_numpy()))
        for code, rows in parts.groupby("country", sort=True)
    ]
    frame = pd.DataFrame(rows, columns=["country", "name", "world_region", "geometry"])
    frame["geometry"] = regions.polygons_only(sources.on_grid(frame["geometry"].to_numpy()))
    return gpd.GeoDataFrame(frame, geometry="geometry", crs=sources.CRS)


if __name__ == "__main__":
    sources.write(build(), "countries")
